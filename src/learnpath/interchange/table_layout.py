"""Where a table's header and data are among banners, blank rows, a second header row and ragged rows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from learnpath.errors import KnownError
from learnpath.interchange.cells.numbers import read_number
from learnpath.interchange.cells.words import is_empty
from learnpath.interchange.column_matching import MOST_COLUMNS, count_known, header_words

_SEARCHED_ROWS = 40
_WIDTH_ROWS = 300


@dataclass(frozen=True, slots=True)
class Layout:
    """`header_row` is an index into the rows, -1 for none; data begins at `first_row`; `columns` are unique names."""

    header_row: int
    first_row: int
    columns: tuple[str, ...]


def find_layout(rows: Sequence[Sequence[str]], header_row: int | None = None) -> Layout:
    """Return the layout of a table; `header_row` is the person's own choice (-1: there is no header).

    Raises KnownError for more columns than any list has.
    """
    index = _find_header(rows) if header_row is None else header_row
    if not 0 <= index < len(rows):
        width = _usual_width(rows)
        _check_width(width)
        return Layout(-1, 0, tuple(f"Column {number}" for number in range(1, width + 1)))
    names = [" ".join(cell.split()) for cell in rows[index]]
    first = index + 1
    below = next((at for at in range(first, min(first + 3, len(rows))) if any(rows[at])), -1)
    if below >= 0 and _repeats(names, rows[below]):
        second = [" ".join(cell.split()) for cell in rows[below]]
        names = [_fuller(first_name, second_name) for first_name, second_name in _zip_longest(names, second)]
        first = below + 1
    if names and not names[-1]:
        named = max((at for at, name in enumerate(names, 1) if name), default=0)
        filled = max((_filled_width(row) for row in rows[first:]), default=0)
        del names[max(named, filled) :]
    _check_width(len(names))
    return Layout(index, first, _unique(names))


def _check_width(width: int) -> None:
    if width > MOST_COLUMNS:
        raise KnownError(
            f"The table has {width:,} columns: no list has more than {MOST_COLUMNS:,}. Nothing was imported.",
            "Check what parts its columns, or save it with the columns that matter, and import that file.",
        )


def is_blank(row: Sequence[str]) -> bool:
    """Return whether a row holds nothing but blanks."""
    return not any(cell and not cell.isspace() for cell in row)


def _find_header(rows: Sequence[Sequence[str]]) -> int:
    filled = [(at, row) for at, row in enumerate(islice(rows, _SEARCHED_ROWS)) if not is_blank(row)]
    if not filled:
        return -1
    known = {at: count_known(row) for at, row in filled}
    best = max(known.values())
    usual = _usual_cells(rows)
    if best >= 2 or (best == 1 and usual <= 1):
        return next(at for at, _ in filled if known[at] == best)
    if len(filled) == 1 and not best:
        # One row, such as a pasted one: there is nothing that it could be the header of.
        return -1
    for at, row in filled:
        cells = [cell for cell in row if cell and not cell.isspace()]
        if len(cells) * 2 >= usual and len(cells) >= min(2, usual) and _is_worded(cells):
            return at if usual > 1 else -1
    return -1


def _filled_width(row: Sequence[str]) -> int:
    """Return the number of the last column of a row with anything in it, from 1; 0 without one."""
    width = len(row)
    while width and not row[width - 1]:
        width -= 1
    return width


def _is_worded(cells: Sequence[str]) -> bool:
    return sum(read_number(cell) is not None or is_empty(cell) or len(cell) > 100 for cell in cells) * 3 <= len(cells)


def _usual_cells(rows: Sequence[Sequence[str]]) -> int:
    """Return how many cells of a row are filled, in the middle one of the first rows."""
    counts = sorted(sum(map(bool, row)) for row in islice(rows, _WIDTH_ROWS) if not is_blank(row))
    return counts[len(counts) // 2] if counts else 0


def _usual_width(rows: Sequence[Sequence[str]]) -> int:
    widths = Counter(len(row) for row in islice(rows, _WIDTH_ROWS) if not is_blank(row))
    return widths.most_common(1)[0][0] if widths else 0


def _repeats(names: Sequence[str], row: Sequence[str]) -> bool:
    """Return whether a row is a second header: most of its cells say the same as the header above, or more."""
    pairs = [(header_words(name), header_words(cell)) for name, cell in zip(names, row, strict=False) if cell and name]
    same = sum(bool(first) and (second == first or second.startswith(first + " ")) for first, second in pairs)
    return same >= 2 and same * 2 >= len(pairs)


def _fuller(first: str, second: str) -> str:
    """Return the second header's name where it only adds to the first's ("Cost", "Cost [USD]")."""
    return second if header_words(second).startswith(header_words(first)) and len(second) > len(first) else first


def _zip_longest(first: list[str], second: list[str]) -> list[tuple[str, str]]:
    width = max(len(first), len(second))
    return [(first[at] if at < len(first) else "", second[at] if at < len(second) else "") for at in range(width)]


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    taken: set[str] = set()
    # Where to go on counting for each name: thousands of columns may bear the same one.
    copies: dict[str, int] = {}
    result: list[str] = []
    for number, name in enumerate(names, 1):
        plain = name or f"Column {number}"
        candidate = plain
        while candidate in taken:
            copies[plain] = copies.get(plain, 1) + 1
            candidate = f"{plain} ({copies[plain]})"
        taken.add(candidate)
        result.append(candidate)
    return tuple(result)
