"""Delimited text to rows of cells with line numbers: delimiter, quotes, damage. Knows nothing of what cells mean."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice

from learnpath.interchange.checkpoints import Checkpoint, go_on, watched
from learnpath.interchange.sheet_extent import MOST_CELLS, check_span

DELIMITERS = (",", ";", "\t", "|")
MOST_CELL_CHARACTERS = 2 * 1024 * 1024
_SAMPLE_ROWS = 60
_SAMPLE_LINES = 2000
_MOST_REPAIRS = 20


@dataclass(slots=True)
class DelimitedRows:
    """Rows of cells; `lines[i]` is the physical line row i starts on, from 1.

    `too_long` are the starts of rows with a cell over `MOST_CELL_CHARACTERS` (their cells are left out), `unclosed`
    those whose quotation mark is never closed (read as plain text to the end of their line).
    """

    delimiter: str
    rows: list[list[str]] = field(default_factory=list[list[str]])
    lines: list[int] = field(default_factory=list[int])
    too_long: set[int] = field(default_factory=set[int])
    unclosed: list[int] = field(default_factory=list[int])


def split_text(text: str, delimiter: str | None = None, check: Checkpoint = go_on) -> DelimitedRows:
    """Return the rows of a text. The delimiter is a `sep=` first line's, the given one, or found by column counts.

    Raises KnownError for more cells than a table may have.
    """
    # Every line has a cell.
    check_span(text.count("\n"), 1)
    lines = list(StringIO(text, newline=""))
    first = 0
    if lines and lines[0][:4].lower() == "sep=" and len(lines[0].rstrip("\r\n")) == 5:
        delimiter, first = lines[0][4], 1
    found = DelimitedRows(delimiter or find_delimiter(lines))
    csv.field_size_limit(MOST_CELL_CHARACTERS)
    # A line without so many characters has fewer cells.
    for line in watched(lines, check):
        if len(line) > MOST_CELLS:
            check_span(1, line.count(found.delimiter) + 1)
    while first < len(lines):
        check()
        first = _read_from(lines, first, found, check)
    return found


def find_delimiter(lines: list[str]) -> str:
    """Return the delimiter that gives the first rows the most even number of columns; a comma when none does."""
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        widths = [len(row) for row in _sample(lines, delimiter) if any(row)]
        if not widths:
            continue
        width, count = Counter(widths).most_common(1)[0]
        if width < 2:
            wide = [one for one in widths if one > 1]
            # A table under many banner lines still shows: half as sure.
            width, count = (Counter(wide).most_common(1)[0][0], len(wide) / 2) if wide else (1, 0)
        score = count / len(widths) * (1 + min(width, 30) / 100)
        if width > 1 and score > best_score:
            best, best_score = delimiter, score
    return best


def _sample(lines: list[str], delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(MOST_CELL_CHARACTERS)
    try:
        yield from islice(csv.reader(lines[:_SAMPLE_LINES], delimiter=delimiter), _SAMPLE_ROWS)
    except csv.Error:
        return


def _read_from(lines: list[str], first: int, found: DelimitedRows, check: Checkpoint) -> int:
    """Read rows from a line on, and return the line to go on from: the end, or the one after a damaged row."""
    reader = csv.reader(islice(lines, first, None) if first else lines, delimiter=found.delimiter)
    add_row, add_line = found.rows.append, found.lines.append
    start = first
    cells = 0
    try:
        for row in watched(reader, check):
            add_row(row)
            cells += len(row)
            if cells > MOST_CELLS:
                check_span(cells, 1)
            add_line(start + 1)
            last, start = start, first + reader.line_num
    except csv.Error:
        return _read_damaged(lines, start, found)
    if not found.lines or found.lines[-1] <= first or len(found.unclosed) >= _MOST_REPAIRS:
        return len(lines)
    last = found.lines[-1] - 1
    if start - last > 1 and _is_unclosed(lines[last:], found.delimiter):
        del found.rows[-1], found.lines[-1]
        found.unclosed.append(last + 1)
        return _read_damaged(lines, last, found)
    return len(lines)


def _is_unclosed(lines: list[str], delimiter: str) -> bool:
    try:
        for _ in csv.reader(lines, delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False


def _read_damaged(lines: list[str], at: int, found: DelimitedRows) -> int:
    cells: list[str] = []
    try:
        cells = next(csv.reader([lines[at]], delimiter=found.delimiter, quoting=csv.QUOTE_NONE))
    except csv.Error:
        found.too_long.add(at + 1)
    found.rows.append(cells)
    found.lines.append(at + 1)
    return at + 1
