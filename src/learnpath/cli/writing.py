"""The commands that change the library or write files: import, export, undo, redo."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from learnpath.cli.context import CommandContext, json_option, pass_context
from learnpath.cli.printing import print_error, print_json, say
from learnpath.domain.changes import ChangeSet
from learnpath.domain.wording import count_text
from learnpath.errors import KnownError, UsageError
from learnpath.interchange.formats import format_names
from learnpath.services.exporting import EXPORT_KINDS, export_library
from learnpath.services.import_sources import Source, list_sources
from learnpath.services.importing import (
    ImportedFile,
    Preview,
    ReadingOptions,
    apply_previews,
    planned_report,
    preview_file,
)
from learnpath.services.planning import Planning
from learnpath.storage.library import Library

# With more rows than this for one reason, the reason is said once.
# Of rows that are probably a record, each with a reason of its own.
_MOST_LISTED = 20
_MOST_ALIKE = 20
_MOST_DIGITS = 10
_FIX_HINT = "Name a row that is there, and a column that is read or a field that is missing."
_COUNTS = ("new", "updated", "same", "undecided", "broken", "left_out", "left_out_cells")


@click.command("import", short_help="Import files as one change.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--as",
    "format_name",
    metavar="FORMAT",
    help=f"Read the files as one of {', '.join(format_names())}, whatever they look like.",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option(
    "--on-duplicate",
    type=click.Choice(["update", "keep"]),
    default="update",
    show_default=True,
    help="What to do with rows that are already here but say something else.",
)
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Read a field from a column, named by its header or its number from 1. Repeatable.",
)
@click.option(
    "--fix",
    "fixes",
    multiple=True,
    metavar="LINE:COLUMN=TEXT",
    help="Read a cell of the (only) file as TEXT; the file stays as it is. Where a file has no columns, the number of "
    "the row and a field such as title. Repeatable.",
)
@click.option("--all", "takes_all", is_flag=True, help="Take in what stays out otherwise: the modules of a transcript.")
@json_option
@pass_context
def import_files(
    context: CommandContext,
    files: tuple[Path, ...],
    format_name: str | None,
    dry_run: bool,
    on_duplicate: str,
    mapping: tuple[str, ...],
    fixes: tuple[str, ...],
    takes_all: bool,
) -> None:
    """Import FILES, and those in folders and ZIP archives, as one change that undo takes back.

    Tables, LinkedIn's export, badges, lists of programs or skills, certificates and libraries written by “export json”
    are recognised by their content. Leaves with 1 when a row or a file could not be taken or needs a decision; the
    rest comes in.
    """
    options = ReadingOptions(
        format=format_name,
        on_duplicate="keep" if on_duplicate == "keep" else "update",
        left_out=frozenset() if takes_all else None,
    )
    with context.library() as library:
        previews, refused = _preview_all(library, files, options, mapping)
        if fixes and len(previews) + len(refused) > 1:
            raise UsageError("--fix is for one file.", "Import the files one after the other.")
        if fixes:
            previews = [_fix(library, preview, fixes) for preview in previews]
        if dry_run:
            results = [planned_report(preview) for preview in previews]
        else:
            results = apply_previews(library, previews).value if previews else []
    _print_results(context, results, refused, dry_run=dry_run)
    if refused or any(result.broken or result.undecided for result in results):
        raise SystemExit(1)


@click.command("export", short_help="Write the portfolio, a table or the whole library.")
@click.argument("kind", type=click.Choice(EXPORT_KINDS))
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--portfolio", metavar="NAME", help="Which version of the portfolio goes into the PDF (the first one without this)."
)
@pass_context
def export(context: CommandContext, kind: str, out: Path, portfolio: str | None) -> None:
    """Write the portfolio (pdf), the credentials (csv) or the whole library (json) to OUT.

    A file that is there already is replaced.
    """
    with context.library() as library:
        notes = export_library(library, kind, out, today=context.today, portfolio_name=portfolio)
    for note in notes:
        say(note, err=True)
    say(f"Wrote {out}.")


@click.command("undo")
@pass_context
def undo(context: CommandContext) -> None:
    """Take back the last change."""
    with context.library() as library:
        _tell("Undone", library.undo(), "There is nothing to undo.")


@click.command("redo")
@pass_context
def redo(context: CommandContext) -> None:
    """Repeat the change that was taken back last."""
    with context.library() as library:
        _tell("Redone", library.redo(), "There is nothing to redo.")


def _tell(done: str, change: ChangeSet | None, nothing: str) -> None:
    if change is None:
        raise KnownError(nothing)
    say(f"{done}: {change.label} ({count_text(len(change.ids), 'record')}).")


def _preview_all(
    library: Library, files: tuple[Path, ...], options: ReadingOptions, mapping: tuple[str, ...]
) -> tuple[list[Preview], list[tuple[Source, KnownError]]]:
    previews: list[Preview] = []
    refused: list[tuple[Source, KnownError]] = []
    planning = Planning(library)
    for source in list_sources(files):
        try:
            data = source.read(library)
            found = preview_file(library, source.name, data, options, after=previews, planning=planning)
            if mapping:
                chosen = _remap(found, mapping)
                found = preview_file(library, source.name, data, chosen, after=previews, planning=planning)
            previews.append(found)
        except UsageError:
            raise
        except KnownError as error:
            refused.append((source, error))
    return previews, refused


def _remap(preview: Preview, mapping: tuple[str, ...]) -> ReadingOptions:
    from dataclasses import replace

    table = preview.parsed.table
    if table is None:
        raise UsageError(f"{preview.file_name} is no table: its columns cannot be mapped.")
    chosen = dict(table.mapping)
    known = {field.name for field in table.fields}
    for entry in mapping:
        field, equals, column = entry.partition("=")
        if not equals:
            raise UsageError(f"“{entry}” is no mapping.", "Write FIELD=COLUMN.")
        if field not in known:
            raise UsageError(f"There is no field “{field}”.", f"Fields: {', '.join(sorted(known))}.")
        chosen[field] = _column_index(table.columns, column)
    return replace(preview.options, mapping=chosen)


def _fix(library: Library, preview: Preview, fixes: tuple[str, ...]) -> Preview:
    from dataclasses import replace

    table = preview.parsed.table
    corrections: dict[tuple[int, int | str], str] = {}
    lines: dict[str, int] = {}
    for entry in fixes:
        place, equals, text = entry.partition("=")
        line, colon, column = place.partition(":")
        number = _number(line)
        if not (equals and colon and number is not None):
            raise UsageError(f"“{entry}” names no cell.", "Write LINE:COLUMN=TEXT.")
        found: int | str = column.strip()
        if table is not None:
            found = _column_index(table.columns, column)
        elif (at := _number(column)) is not None:
            if not 1 <= at <= max((len(row.raw) for row in preview.parsed.rows), default=0):
                raise UsageError(f"There is no column “{column}”.", "Columns are counted from 1.")
            found = at - 1
        corrections[number, found] = text
        lines[entry] = number
    options = replace(preview.options, corrections=corrections)
    fixed = preview_file(library, preview.file_name, preview.data, options)
    before, after = ({row.line: row for row in one.parsed.rows} for one in (preview, fixed))
    for entry, number in lines.items():
        if before.get(number) == after.get(number):
            raise UsageError(f"“{entry}” mends nothing in {preview.file_name}. Nothing was imported.", _FIX_HINT)
    return fixed


def _number(text: str) -> int | None:
    digits = text.strip()
    return int(digits) if digits.isdecimal() and len(digits) < _MOST_DIGITS else None


def _column_index(columns: tuple[str, ...], wanted: str) -> int:
    for index, name in enumerate(columns):
        if name.casefold() == wanted.strip().casefold():
            return index
    number = _number(wanted)
    if number is not None and 1 <= number <= len(columns):
        return number - 1
    raise UsageError(f"There is no column “{wanted}”.", f"Columns: {', '.join(columns)}.")


def _print_results(
    context: CommandContext, results: list[ImportedFile], refused: list[tuple[Source, KnownError]], *, dry_run: bool
) -> None:
    if context.as_json:
        print_json(_results_json(results, refused))
        return
    for result in results:
        verb = "would be " if dry_run else ""
        say(
            f"{result.file_name}: {result.new:,} {verb}new, {result.updated:,} {verb}updated, {result.same:,} same, "
            f"{result.undecided:,} to decide, {result.broken:,} broken."
        )
        if result.left_out:
            say(f"  {result.left_out:,} left out. Use --all to take them in.")
        if result.only_proved:
            say(f"  The file {'would be' if dry_run else 'was'} attached to its credential as proof.")
        for line in (*_reason_lines(result.problems), *_reason_lines(result.to_decide)):
            say(f"  {line}")
        for line in _first_lines(result.likely):
            say(f"  {line}")
        if result.likely:
            say("  These are probably the same and are updated. Import the file in the window to keep them apart.")
        if result.left_out_cells:
            say(f"  {count_text(result.left_out_cells, 'cell')} left out of {count_text(result.partial, 'row')}:")
        for where, why in result.notes:
            say(f"  {where}: {why}")
        if result.to_decide:
            say("  Rows to decide are left out. Import the file in the window to decide them.")
    for file, error in refused:
        say(f"{file.name}: not imported.", err=True)
        print_error(error, as_json=False)


def _first_lines(reasons: Sequence[tuple[str, str]]) -> list[str]:
    """Return (where, why) as lines of text; of very many only the first."""
    lines = [f"{where}: {message}" for where, message in reasons[:_MOST_LISTED]]
    return [*lines, f"and {len(reasons) - _MOST_LISTED:,} more"] if len(reasons) > _MOST_LISTED else lines


def _reason_lines(reasons: Sequence[tuple[str, str]]) -> list[str]:
    """Return (where, why) as lines of text; what many rows have in common is one line."""
    counts = Counter(message for _, message in reasons)
    lines: list[str] = []
    for where, message in reasons:
        count = counts[message]
        if count > _MOST_ALIKE:
            lines.append(f"{where} and {count - 1:,} more: {message}")
            counts[message] = 0
        elif count:
            lines.append(message if message.startswith(where) else f"{where}: {message}")
    return lines


def _results_json(results: list[ImportedFile], refused: list[tuple[Source, KnownError]]) -> dict[str, object]:
    files = [_result_json(result) for result in results] + [_refusal_json(file, error) for file, error in refused]
    totals = {name: sum(getattr(result, name) for result in results) for name in _COUNTS}
    return {"files": files, "totals": totals}


def _result_json(result: ImportedFile) -> dict[str, object]:
    return {
        "file": result.file_name,
        "format": result.format,
        **{name: getattr(result, name) for name in _COUNTS},
        "only_proof": result.only_proved,
        "problems": [{"where": where, "message": message} for where, message in result.problems],
        "to_decide": [{"where": where, "message": message} for where, message in result.to_decide],
        "likely": [{"where": where, "message": message} for where, message in result.likely],
        "notes": [{"where": where, "message": message} for where, message in result.notes],
    }


def _refusal_json(source: Source, error: KnownError) -> dict[str, object]:
    message = f"{error.message} {error.hint}".strip()
    return {
        "file": source.name,
        "format": None,
        **dict.fromkeys(_COUNTS, 0),
        "only_proof": False,
        "problems": [{"where": "file", "message": message}],
        "to_decide": [],
        "likely": [],
        "notes": [],
    }
