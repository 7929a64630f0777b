"""What the import command says of what it did, as sentences and as JSON.

Belongs here: wording and shapes. Importing is in `importing`.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from learnpath.cli.printing import print_error, print_json, say
from learnpath.domain.money import Money
from learnpath.domain.wording import count_text, money_text
from learnpath.errors import KnownError
from learnpath.interchange.drafts import title_of
from learnpath.interchange.plan import PlannedRow, RowKind
from learnpath.services.import_sources import Source
from learnpath.services.importing import ImportedFile, Preview

Refused = tuple[Source, KnownError]
Done = tuple[ImportedFile, Preview]

# So many places of one reason are named.
_MOST_PLACES = 8
# Of rows that are probably a record, each with a reason of its own.
_MOST_LISTED = 20
_COUNTS = ("new", "updated", "same", "undecided", "broken", "left_out", "left_out_cells")
_PLACE = re.compile(r"([a-z]+) (\d+)")


def print_results(
    results: Sequence[Done],
    refused: Sequence[Refused],
    saved: Sequence[Path],
    notes: Sequence[str],
    *,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Print what became of files: those read, each with its preview, those refused, and the files of broken rows.

    `notes` are sentences on what was left out of folders.
    """
    if as_json:
        print_json({**_results_json(results, refused, saved, dry_run=dry_run), **({"notes": notes} if notes else {})})
        return
    for result, preview in results:
        _say_result(result, preview, dry_run=dry_run, is_saved=bool(saved))
    for file in saved:
        say(f"Wrote the broken rows to {file}.")
    say(*notes)
    for source, error in refused:
        say(f"{source.name}: not imported.", err=True)
        print_error(error, as_json=False)


def _say_result(result: ImportedFile, preview: Preview, *, dry_run: bool, is_saved: bool) -> None:
    verb = "would be " if dry_run else ""
    say(
        f"{result.file_name}: {result.new:,} {verb}new, {result.updated:,} {verb}updated, {result.same:,} same, "
        f"{result.undecided:,} to decide, {result.broken:,} broken."
    )
    if result.left_out:
        say(f"  {result.left_out:,} left out. Use --all to take them in.")
    if result.only_proved:
        say(f"  The file {'would be' if dry_run else 'was'} attached to its credential as proof.")
    for line in (*reason_lines(result.problems), *reason_lines(result.to_decide), *_first_lines(result.likely)):
        say(f"  {line}")
    if result.left_out_cells:
        say(f"  {count_text(result.left_out_cells, 'cell')} left out of {count_text(result.partial, 'row')}:")
    for where, why in result.notes:
        say(f"  {where}: {why}")
    for line in _hints(result, preview):
        if not (is_saved and line.startswith("Mend")):
            say(f"  {line}")


def reason_lines(reasons: Sequence[tuple[str, str]]) -> list[str]:
    """Return (where, why) as lines of text; what rows have in common is one line that names their places."""
    places: dict[tuple[str, str], list[str]] = {}
    for where, message in reasons:
        found = _PLACE.fullmatch(where)
        why = message.replace(f"{where}: ", "")
        places.setdefault((found[1] if found else where, why), []).append(found[2] if found else "")
    return [f"{_places_text(noun, numbers)}: {why}" for (noun, why), numbers in places.items()]


def _first_lines(reasons: Sequence[tuple[str, str]]) -> list[str]:
    """Return (where, why) as lines of text; of very many only the first."""
    lines = [f"{where}: {message}" for where, message in reasons[:_MOST_LISTED]]
    return [*lines, f"and {len(reasons) - _MOST_LISTED:,} more"] if len(reasons) > _MOST_LISTED else lines


def _places_text(noun: str, numbers: Sequence[str]) -> str:
    if len(numbers) == 1 or not numbers[0]:
        return f"{noun} {numbers[0]}".strip()
    if len(numbers) <= _MOST_PLACES:
        return f"{noun}s {', '.join(sorted(numbers, key=int))}"
    shown = ", ".join(sorted(numbers, key=int)[:_MOST_PLACES])
    return f"{len(numbers):,} {noun}s ({shown} … and {len(numbers) - _MOST_PLACES:,} more)"


def _hints(result: ImportedFile, preview: Preview) -> list[str]:
    """Return what to do about a file, each sentence with the option that does it."""
    found: list[str] = []
    table, options = preview.parsed.table, preview.options
    if table is not None:
        title = "name" if preview.parsed.kind == "programs" else "title"
        if title not in table.mapping:
            found.append(f"Choose the column of the titles with --map {title}=COLUMN.")
        if unread := _unread(preview):
            names = ", ".join(f"“{name}”" for name in unread)
            found.append(f"Not read: {names}. Read a column with --map FIELD=COLUMN.")
        if table.ambiguous_dates:
            found.append(f"Choose the order of day and month with --date-order {_order_text(preview)}.")
        if table.needs_currency:
            found.append("Choose the currency with --currency, such as --currency EUR.")
        others = [f"“{name}”" for name in table.sheets if name != table.sheet]
        if others and options.sheet is None:
            found.append(f"Read from the sheet “{table.sheet}”. Choose another with --sheet: {', '.join(others)}.")
        if not preview.parsed.rows:
            found.append("Say which row holds the names of the columns with --header-row, 0 for none.")
    if result.broken:
        found.append("Mend cells with --fix LINE:COLUMN=TEXT, or write the broken rows with --save-broken FILE.")
    if result.likely:
        found.append("Rows that are probably a record update it. Keep one apart with --decide LINE=new.")
    if result.undecided:
        found.append(
            "Rows to decide are left out. Decide one with --decide LINE=new, update or skip, or all with --decide "
            "undecided=skip."
        )
    return found


def _unread(preview: Preview) -> list[str]:
    """Return the names of the columns that no field is read from."""
    table = preview.parsed.table
    return [table.columns[column] for column in table.unmapped if table.columns[column]] if table is not None else []


def _order_text(preview: Preview) -> str:
    table = preview.parsed.table
    if table is None or len(table.ambiguous_dates) < 2:
        return "dmy or mdy"
    first = table.columns[next(iter(table.ambiguous_dates))]
    return f"dmy or mdy, or for one column with --date-order “{first}=dmy”"


def _results_json(
    results: Sequence[Done], refused: Sequence[Refused], saved: Sequence[Path], *, dry_run: bool
) -> dict[str, object]:
    files = [_result_json(result, preview, dry_run=dry_run) for result, preview in results]
    files += [_refusal_json(source, error) for source, error in refused]
    totals = {name: sum(getattr(result, name) for result, _ in results) for name in _COUNTS}
    found: dict[str, object] = {"files": files, "totals": totals}
    return {**found, "broken_rows": [str(file) for file in saved]} if saved else found


def _result_json(result: ImportedFile, preview: Preview, *, dry_run: bool) -> dict[str, object]:
    found: dict[str, object] = {
        "file": result.file_name,
        "format": result.format,
        **{name: getattr(result, name) for name in _COUNTS},
        "only_proof": result.only_proved,
        "problems": [{"where": where, "message": message} for where, message in result.problems],
        "to_decide": [{"where": where, "message": message} for where, message in result.to_decide],
        "likely": [{"where": where, "message": message} for where, message in result.likely],
        "notes": [{"where": where, "message": message} for where, message in result.notes],
        "not_read": _unread(preview),
        "hints": _hints(result, preview),
    }
    return {**found, "rows": _rows_json(preview)} if dry_run else found


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
        "not_read": [],
        "hints": [error.hint] if error.hint else [],
    }


def _rows_json(preview: Preview) -> list[dict[str, object]]:
    """Return every row of a file and what would become of it; nothing of a whole library."""
    if preview.plan is None:
        return []
    pairs = zip(preview.parsed.rows, preview.plan.rows, strict=True)
    return [{"line": parsed.line, **_row_json(row, preview)} for parsed, row in pairs]


def _row_json(row: PlannedRow, preview: Preview) -> dict[str, object]:
    known = row.existing_id
    return {
        "where": row.where,
        "kind": row.kind.value,
        "title": title_of(row.draft) if row.draft is not None else None,
        "reason": row.reason,
        "likeness": round(row.likeness, 3) if known is not None else None,
        "looks_like": preview.titles.get(known) if known is not None and row.kind is RowKind.UNDECIDED else None,
        "existing_id": str(known) if known is not None and known > 0 else None,
        "decision": row.decision,
        "changes": [{"field": name, "old": _plain(old), "new": _plain(new)} for name, old, new in row.changes],
        "notes": list(row.notes),
    }


def _plain(value: Any) -> object:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, tuple):
        return [_plain(one) for one in value]  # pyright: ignore[reportUnknownVariableType]
    return money_text(value) if isinstance(value, Money) else str(value)
