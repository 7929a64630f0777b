"""The command that imports: files, folders, archives and standard input, as the window does.

Belongs here: the options and the way through them. What they mean for a file is in `import_choices`, what is said in
`import_text`.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal, get_args

import click

from learnpath.cli.context import CommandContext, json_option, pass_context
from learnpath.cli.import_choices import Decisions, fix_cells, map_columns, order_dates, read_date_orders
from learnpath.cli.import_text import Refused, print_results
from learnpath.errors import KnownError, UsageError
from learnpath.interchange.drafts import TableKind
from learnpath.interchange.formats import MOST_BYTES, check_size, format_names
from learnpath.services.broken_rows import save_broken_rows
from learnpath.services.import_choices import load_choices, preview_as_remembered, recall
from learnpath.services.import_sources import Source, Sources, find_sources, paste
from learnpath.services.importing import Preview, ReadingOptions, apply_previews, planned_report, preview_file
from learnpath.services.planning import Planning
from learnpath.storage.library import Library

_STANDARD_INPUT = Path("-")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choices:
    """What the options say about every file. `uses_memory`: what the window remembers for columns counts."""

    options: ReadingOptions
    date_orders: Sequence[str]
    mapping: Sequence[str]
    fixes: Sequence[str]
    decisions: Decisions
    uses_memory: bool

    @property
    def option_of_one_file(self) -> str:
        """Return the name of an option that only makes sense for one file; empty for none."""
        return "--fix" if self.fixes else "--decide LINE" if self.decisions.lines else ""


def _read_decisions(_context: click.Context, _parameter: click.Parameter, value: Sequence[str]) -> Decisions:
    return Decisions.read(value)


@click.command("import", short_help="Import files as one change.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--as",
    "format_name",
    metavar="FORMAT",
    help=f"Read the files as one of {', '.join(format_names())}, whatever they look like.",
)
@click.option("--kind", type=click.Choice(get_args(TableKind)), help="What the rows of tables are.")
@click.option("--sheet", metavar="NAME", help="Read this sheet of a workbook.")
@click.option(
    "--header-row",
    type=click.IntRange(min=0),
    metavar="N",
    help="The row of a table that holds the names of its columns, counted from 1; 0 when none does.",
)
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Read a field from a column, named by its header or its number from 1. Repeatable.",
)
@click.option(
    "--date-order",
    "date_orders",
    multiple=True,
    metavar="[COLUMN=]dmy|mdy",
    help="Read dates such as 03/04/2024 as day first or month first, where a column does not prove its order itself. "
    "Repeatable.",
)
@click.option("--currency", metavar="CODE", help="The currency of amounts that name none, such as EUR.")
@click.option(
    "--no-remembered", is_flag=True, help="Read tables without what was chosen for such columns in the window."
)
@click.option(
    "--fix",
    "fixes",
    multiple=True,
    metavar="LINE:COLUMN=TEXT",
    help="Read a cell of the (only) file as TEXT; the file stays as it is. Where a file has no columns, the number of "
    "the row and a field such as title. Repeatable.",
)
@click.option(
    "--decide",
    "decisions",
    multiple=True,
    callback=_read_decisions,
    metavar="LINE=new|update|skip",
    help="Decide a row of the (only) file; “undecided=…” decides all rows that are open and take it. Repeatable.",
)
@click.option(
    "--on-duplicate",
    type=click.Choice(["update", "keep"]),
    default="update",
    show_default=True,
    help="What to do with rows that are already here but say something else.",
)
@click.option("--all", "takes_all", is_flag=True, help="Take in what stays out otherwise: the modules of a transcript.")
@click.option(
    "--save-broken",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the broken rows to a CSV file, to mend and import again.",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing to the library.")
@json_option
@pass_context
def import_files(
    context: CommandContext,
    files: tuple[Path, ...],
    format_name: str | None,
    kind: TableKind | None,
    sheet: str | None,
    header_row: int | None,
    mapping: tuple[str, ...],
    date_orders: tuple[str, ...],
    currency: str | None,
    no_remembered: bool,
    fixes: tuple[str, ...],
    decisions: Decisions,
    on_duplicate: Literal["update", "keep"],
    takes_all: bool,
    save_broken: Path | None,
    dry_run: bool,
) -> None:
    """Import FILES, and those in folders and ZIP archives, as one change that undo takes back.

    “-” is standard input. Tables, LinkedIn's export, badges, lists of programs or skills, certificates and libraries
    written by “export json” are recognised by their content. Leaves with 1 when a row or a file could not be taken or
    needs a decision; the rest comes in.
    """
    for_all, for_columns = read_date_orders(date_orders)
    options = ReadingOptions(
        format=format_name,
        kind=kind,
        sheet=sheet,
        header_row=None if header_row is None else header_row - 1,
        date_order=for_all,
        currency=currency.upper() if currency is not None else None,
        on_duplicate=on_duplicate,
        left_out=frozenset() if takes_all else None,
    )
    is_read_otherwise = any(one is not None for one in (format_name, kind, sheet, header_row))
    choices = _Choices(
        options=options,
        date_orders=for_columns,
        mapping=mapping,
        fixes=fixes,
        decisions=decisions,
        uses_memory=not no_remembered and not is_read_otherwise,
    )
    with context.library() as library:
        sources = _sources(files)
        previews, refused = _preview_all(context, library, sources.files, choices)
        saved = save_broken_rows([(one.file_name, one.parsed) for one in previews], save_broken) if save_broken else ()
        if dry_run:
            results = [planned_report(preview) for preview in previews]
        else:
            results = apply_previews(library, previews).value if previews else []
    done = list(zip(results, previews, strict=True))
    print_results(done, refused, saved, sources.notes, as_json=context.as_json, dry_run=dry_run)
    if refused or any(result.broken or result.undecided for result in results):
        raise SystemExit(1)


def _preview_all(
    context: CommandContext, library: Library, sources: Sequence[Source], choices: _Choices
) -> tuple[list[Preview], list[Refused]]:
    if len(sources) > 1 and choices.option_of_one_file:
        raise UsageError(f"{choices.option_of_one_file} is for one file.", "Import the files one after the other.")
    previews: list[Preview] = []
    refused: list[Refused] = []
    planning = Planning(library)
    for source in sources:
        try:
            data = source.read(library)
            preview = partial(_preview, library, source.name, data, choices.options, tuple(previews), planning)
            previews.append(_as_chosen(context, preview, data, source.name, choices))
        except UsageError:
            raise
        except KnownError as error:
            refused.append((source, error))
    return previews, refused


def _as_chosen(
    context: CommandContext, preview: "partial[Preview]", data: bytes, name: str, chosen: _Choices
) -> Preview:
    """Return the preview of one file with everything that was chosen for it."""
    known = load_choices(context.settings) if chosen.uses_memory else {}
    found = preview_as_remembered(data, name, partial(recall, known), preview).preview
    _require_header(found, chosen.options)
    options = order_dates(map_columns(found, chosen.mapping), found.parsed.table, chosen.date_orders)
    if options != found.options:
        found = preview(options)
    if chosen.fixes:
        found = fix_cells(found, chosen.fixes, preview)
    return chosen.decisions.apply(found)


def _preview(
    library: Library,
    name: str,
    data: bytes,
    given: ReadingOptions,
    after: Sequence[Preview],
    planning: Planning,
    chosen: ReadingOptions | None,
) -> Preview:
    """Return a preview with choices for the file, of which those given as options count more."""
    options = given
    if chosen is not None:
        options = replace(
            chosen,
            format=given.format,
            date_order=given.date_order or chosen.date_order,
            date_orders=chosen.date_orders if given.date_order is None else {},
            currency=given.currency or chosen.currency,
            on_duplicate=given.on_duplicate,
            left_out=given.left_out,
        )
    return preview_file(library, name, data, options, after=after, planning=planning)


def _require_header(preview: Preview, options: ReadingOptions) -> None:
    table = preview.parsed.table
    if table is not None and options.header_row is not None and table.header_row != options.header_row:
        raise UsageError(f"{preview.file_name} has no row {options.header_row + 1}.", "Rows are counted from 1.")


def _sources(files: Sequence[Path]) -> Sources:
    if _STANDARD_INPUT not in files:
        return find_sources(files)
    at = files.index(_STANDARD_INPUT)
    if _STANDARD_INPUT in files[at + 1 :]:
        raise UsageError("Standard input can be read only once.", "Write “-” once.")
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    check_size(len(data), "Standard input")
    before, after = find_sources(files[:at]), find_sources(files[at + 1 :])
    return Sources([*before.files, paste(data), *after.files], (*before.notes, *after.notes))
