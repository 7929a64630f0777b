"""The rows that could not be imported as CSV files to mend and import again."""

from collections.abc import Sequence

from learnpath.interchange.csv_export import write_csv
from learnpath.interchange.drafts import ParsedFile

_LINE, _REASON, _FILE = "Line in the file", "Why it was not imported", "File"

Named = tuple[str, ParsedFile]
"""A file's name and what it says."""


def broken_rows_csv(parsed: ParsedFile) -> bytes:
    """Return the broken rows' own cells as CSV, with the line they were on and the reason in two more columns."""
    return _csv([("", parsed)])


def _csv(files: Sequence[Named]) -> bytes:
    """Return the broken rows of files with the same columns; of several files each row says which one it is from."""
    broken = [(name, row) for name, parsed in files for row in parsed.rows if row.draft is None]
    columns = _columns(files[0][1])
    width = max([len(columns), *(len(row.raw) for _, row in broken)])
    header = [*columns, *(f"Column {number}" for number in range(len(columns) + 1, width + 1)), _LINE, _REASON]
    rows = [
        [*row.raw, *[""] * (width - len(row.raw)), str(row.line), "; ".join(row.problems), name] for name, row in broken
    ]
    return write_csv([[*header, _FILE], *rows] if len(files) > 1 else [header, *(row[:-1] for row in rows)])


def broken_rows_files(files: Sequence[Named]) -> list[bytes]:
    """Return the broken rows of files as one CSV for each kind of columns; nothing without a broken row."""
    groups: dict[tuple[str, ...], list[Named]] = {}
    for name, parsed in files:
        if any(row.draft is None for row in parsed.rows):
            groups.setdefault(_columns(parsed), []).append((name, parsed))
    return [_csv(group) for group in groups.values()]


def _columns(parsed: ParsedFile) -> tuple[str, ...]:
    return parsed.table.columns if parsed.table else ()
