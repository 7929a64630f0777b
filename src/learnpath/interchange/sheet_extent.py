"""How far the cells of a sheet reach, found out before the library that reads workbooks lays them out.

That library keeps a sheet as a full rectangle: two cells in opposite corners of a sheet of a few kilobytes would ask
for 500 GB and end the program. So the corners are looked for first, in the XML itself.
"""

import re
from collections.abc import Iterator
from xml.parsers import expat

from learnpath.errors import KnownError
from learnpath.interchange.archive_files import damaged
from learnpath.interchange.checkpoints import Checkpoint, go_on, watched

MOST_CELLS = 5_000_000
"""Of the rectangle around a table's cells: 190,000 rows of 26 columns. A cell takes about 32 bytes."""

_CELL = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]*)(\d+)""")
_COLUMN = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]+)\d""")
_LONG_ROW = re.compile(rb"""\sr\s*=\s*["']\s*[A-Za-z]*\d{6}""")
_ROW_OR_CELL = re.compile(rb"<(?:[^\s<>/!?:]{1,40}:)?(row|c)(?=[\s/>])([^<>]*)")
_PART_BYTES = 512 * 1024
_REFERENCE = re.compile(rb"""(?:^|\s)r\s*=\s*["']""")


def check_span(rows: int, columns: int) -> None:
    """Raise KnownError when a rectangle of so many rows and columns has more than `MOST_CELLS`."""
    if rows * columns > MOST_CELLS:
        raise KnownError(
            f"The table spans more than {MOST_CELLS:,} cells. Nothing was imported.",
            "Delete empty rows and columns after the list, or split the list, and import that.",
        )


def check_sheet_xml(data: bytes, check: Checkpoint = go_on) -> None:
    """Raise KnownError when the cells of an XLSX sheet span more than `MOST_CELLS`. `data` is the sheet's XML."""
    named: set[bytes] = set()
    has_long_row = is_unnamed = False
    for start, end in xml_parts(data):
        check()
        named.update(_COLUMN.findall(data, start, end))
        has_long_row = has_long_row or _LONG_ROW.search(data, start, end) is not None
        is_unnamed = is_unnamed or _may_be_unnamed(data, start, end)
    columns = max(map(_column_number, named), default=1)
    rows = 99_999
    if has_long_row or rows * columns > MOST_CELLS:
        rows = max((int(match[2][:12]) for match in watched(_CELL.finditer(data), check)), default=1)
    if is_unnamed:
        columns = max(columns, _most_unnamed(data, check))
    check_span(rows, columns)


def xml_parts(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield XML in parts that end with an element: looking through all of it at once would stop every thread."""
    start = 0
    while start < len(data):
        end = data.find(b">", start + _PART_BYTES) + 1
        yield start, end or len(data)
        start = end or len(data)


def check_content_xml(data: bytes) -> None:
    """Raise KnownError when a sheet of an ODS workbook spans more than `MOST_CELLS`, and for a DTD or damaged XML.

    `data` is its content.xml, where a cell or a row may stand for many.
    """
    walk = _OdsWalk()
    parser = expat.ParserCreate()
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError):
        # Damaged, or in an encoding that nobody knows: the library that reads it would look for the end of a table for
        # ever.
        raise damaged() from None


class _OdsWalk:
    """Counts rows and columns up to the last filled cell of each sheet."""

    def __init__(self) -> None:
        self._rows = self._columns = self._row_columns = self._passed_rows = self._passed_columns = 0
        self._repeats = 1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        local = name.rpartition(":")[2]
        if local == "table":
            self._rows = self._columns = self._passed_rows = 0
        elif local == "table-row":
            self._row_columns = self._passed_columns = 0
            self._repeats = _repeats(attributes, "number-rows-repeated")
        elif local in ("table-cell", "covered-table-cell"):
            self._passed_columns += _repeats(attributes, "number-columns-repeated")
            # A cell counts as filled when it states a kind of value; one with only text in it counts at its text.
            if any(key.rpartition(":")[2] in ("value-type", "formula") for key in attributes):
                self._row_columns = self._passed_columns
        elif local == "p":
            self._row_columns = self._passed_columns

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name.rpartition(":")[2] != "table-row":
            return
        self._passed_rows += self._repeats
        if self._row_columns:
            self._rows = self._passed_rows
            self._columns = max(self._columns, self._row_columns)
            check_span(self._rows, self._columns)


def _repeats(attributes: dict[str, str], wanted: str) -> int:
    stated = next((value for key, value in attributes.items() if key.rpartition(":")[2] == wanted), "1")
    return max(1, int(stated[:12])) if stated.isascii() and stated.isdigit() else 1


def _may_be_unnamed(data: bytes, start: int, end: int) -> bool:
    """Return whether a part of a sheet has cells that do not say where they are, or are named otherwise."""
    cells = sum(data.count(name, start, end) for name in (b"<c ", b"<c>", b"<c/"))
    is_foreign = data.find(b":c ", start, end) >= 0 or data.find(b":c>", start, end) >= 0
    return is_foreign or cells != data.count(b'<c r="', start, end)


def _most_unnamed(data: bytes, check: Checkpoint) -> int:
    """Return the most cells of a row when some do not say where they are: they follow one another then."""
    most = count = 0
    named = True
    for match in watched(_ROW_OR_CELL.finditer(data), check):
        if match[1] == b"row":
            count = 0
        else:
            count += 1
            named = named and _REFERENCE.search(match[2]) is not None
            most = max(most, count)
    return 1 if named else most


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters[:8].upper():
        number = number * 26 + letter - 64
    return number


def _refuse_doctype(*_: object) -> None:
    raise KnownError(
        "The workbook declares a document type, which no spreadsheet program writes. Nothing was imported.",
        "Open it in your spreadsheet program, save it again, and import that file.",
    )
