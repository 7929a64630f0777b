"""The commands that change the library or write files: import, export, undo, redo."""

from pathlib import Path

import click

from learnpath.cli.context import CommandContext, json_option, pass_context
from learnpath.cli.printing import print_error, print_json, say
from learnpath.domain.changes import ChangeSet
from learnpath.domain.wording import count_text
from learnpath.errors import KnownError, UsageError
from learnpath.interchange.formats import format_names
from learnpath.services.exporting import EXPORT_KINDS, export_library
from learnpath.services.importing import (
    ImportedFile,
    Preview,
    ReadingOptions,
    apply_previews,
    planned_report,
    preview_file,
    preview_parts,
    read_bytes,
)
from learnpath.storage.library import Library

_COUNTS = ("new", "updated", "same", "undecided", "broken", "left_out")


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
    """Import FILES as one change that undo takes back.

    Tables (CSV, TSV), LinkedIn's Certifications.csv and libraries written by “export json” are recognised by their
    content. Leaves with 1 when a row or a file could not be taken or needs a decision; the rest comes in.
    """
    options = ReadingOptions(
        format=format_name,
        on_duplicate="keep" if on_duplicate == "keep" else "update",
        left_out=frozenset() if takes_all else None,
    )
    if fixes and len(files) > 1:
        raise UsageError("--fix is for one file.", "Import the files one after the other.")
    with context.library() as library:
        previews, refused = _preview_all(library, files, options, mapping)
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
) -> tuple[list[Preview], list[tuple[Path, KnownError]]]:
    previews: list[Preview] = []
    refused: list[tuple[Path, KnownError]] = []
    for file in files:
        try:
            found = preview_parts(library, file.name, read_bytes(file), options, after=previews)
            previews += [_remap(library, preview, mapping, previews) for preview in found] if mapping else found
        except UsageError:
            raise
        except KnownError as error:
            refused.append((file, error))
    return previews, refused


def _remap(library: Library, preview: Preview, mapping: tuple[str, ...], after: list[Preview]) -> Preview:
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
    options = replace(preview.options, mapping=chosen)
    return preview_file(library, preview.file_name, preview.data, options, after=after)


def _fix(library: Library, preview: Preview, fixes: tuple[str, ...]) -> Preview:
    from dataclasses import replace

    table = preview.parsed.table
    corrections: dict[tuple[int, int | str], str] = {}
    for entry in fixes:
        place, equals, text = entry.partition("=")
        line, colon, column = place.partition(":")
        if not (equals and colon and line.strip().isdigit()):
            raise UsageError(f"“{entry}” names no cell.", "Write LINE:COLUMN=TEXT.")
        found: int | str = column.strip()
        if table is not None:
            found = _column_index(table.columns, column)
        elif column.strip().isdigit():
            found = int(column) - 1
        corrections[int(line), found] = text
    return preview_file(library, preview.file_name, preview.data, replace(preview.options, corrections=corrections))


def _column_index(columns: tuple[str, ...], wanted: str) -> int:
    for index, name in enumerate(columns):
        if name.casefold() == wanted.strip().casefold():
            return index
    if wanted.isdigit() and 1 <= int(wanted) <= len(columns):
        return int(wanted) - 1
    raise UsageError(f"There is no column “{wanted}”.", f"Columns: {', '.join(columns)}.")


def _print_results(
    context: CommandContext, results: list[ImportedFile], refused: list[tuple[Path, KnownError]], *, dry_run: bool
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
        for where, message in (*result.problems, *result.to_decide):
            say(f"  {message if message.startswith(where) else f'{where}: {message}'}")
        if result.to_decide:
            say("  Rows to decide are left out. Import the file in the window to decide them.")
    for file, error in refused:
        say(f"{file.name}: not imported.", err=True)
        print_error(error, as_json=False)


def _results_json(results: list[ImportedFile], refused: list[tuple[Path, KnownError]]) -> dict[str, object]:
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
    }


def _refusal_json(file: Path, error: KnownError) -> dict[str, object]:
    message = f"{error.message} {error.hint}".strip()
    return {
        "file": file.name,
        "format": None,
        **dict.fromkeys(_COUNTS, 0),
        "only_proof": False,
        "problems": [{"where": "file", "message": message}],
        "to_decide": [],
    }
