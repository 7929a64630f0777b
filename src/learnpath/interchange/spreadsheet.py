"""The format `spreadsheet`: a sheet of an Excel (XLSX, XLS) or OpenDocument (ODS) workbook, read as a table.

Belongs here: finding the sheet, and its cells as text. What the table means is the business of `table_building`.
Formulas give the values the program that saved the workbook kept; cells with an error are empty.
"""

import datetime
import math
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from learnpath.errors import KnownError
from learnpath.interchange.archive_files import (
    MOST_INFLATED_BYTES,
    damaged,
    entry_names,
    open_archive,
    read_entries,
)
from learnpath.interchange.cells.dates import Epoch
from learnpath.interchange.cells.links import read_url
from learnpath.interchange.cells.numbers import read_number
from learnpath.interchange.cells.reading import UnreadableCell
from learnpath.interchange.checkpoints import Checkpoint, watched
from learnpath.interchange.column_matching import count_known, header_words
from learnpath.interchange.drafts import ParsedFile, ParseOptions
from learnpath.interchange.old_workbook import check_old_workbook
from learnpath.interchange.people_lists import HINT, PEOPLE, names_only_people
from learnpath.interchange.sheet_extent import check_content_xml, check_sheet_xml
from learnpath.interchange.table_building import TableSource, build_table
from learnpath.interchange.table_layout import is_blank
from learnpath.interchange.text_decoding import SIGNS_REMOVED, without_odd_signs
from learnpath.interchange.workbook_details import WorkbookDetails

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

FORMAT = "spreadsheet"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK, _BOOK, _ENCRYPTED = (name.encode("utf-16-le") for name in ("Workbook", "Book", "EncryptedPackage"))
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_BOOK_PART = b"xl/workbook.xml"
_MOST_FILLED = 1_000_000
_SEARCHED_ROWS = 20
_HEADER_ROWS = 5

_Cell = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.9 for a workbook, damaged and protected ones included, else 0. The name does not matter."""
    del file_name
    if data.startswith(_COMPOUND):
        return 0.9 if any(name in data for name in (_WORKBOOK, _BOOK, _ENCRYPTED)) else 0.0
    if not data.startswith(b"PK\x03\x04"):
        return 0.0
    if data[30:38] == b"mimetype" and _ODS in data[:200]:
        return 0.9
    if _BOOK_PART not in data:
        return 0.0
    # An archive may hold a workbook as it is, with the names of its parts: then it is not one itself.
    names = entry_names(data)
    return 0.9 if names is None or _BOOK_PART.decode() in names else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return the rows of one sheet as drafts: the one of `options.sheet`, or the one most like a list.

    Raises KnownError for a workbook that is damaged, protected, too large or without rows, and for an unknown sheet.
    """
    sheets = _read_sheets(data, options.check)
    names = tuple(sheet.name for sheet in sheets)
    if options.sheet is None:
        offered = [sheet for sheet in sheets if options.mapping or options.kind or not _is_of_people(sheet)]
        if sheets and not offered:
            raise KnownError(f"The workbook is {PEOPLE}. Nothing was imported.", HINT)
        chosen = max(offered, key=lambda sheet: sheet.rank, default=None)
    else:
        chosen = next((sheet for sheet in sheets if sheet.name == options.sheet), None)
        if chosen is None:
            raise KnownError(
                f"The workbook has no sheet “{options.sheet}” with rows in it.",
                f"Choose one of: {', '.join(names)}." if names else "Choose another file.",
            )
    if chosen is None:
        raise KnownError("The workbook holds no rows.", "Choose a file with a header line and at least one row.")
    source = TableSource(
        format=FORMAT,
        rows=chosen.rows,
        lines=range(1, len(chosen.rows) + 1),
        sheet=chosen.name,
        sheets=names,
        epoch=chosen.epoch,
        links=chosen.links,
    )
    problems = [SIGNS_REMOVED] if chosen.is_cleaned else []
    return build_table(source, options, problems)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet with something in it."""

    name: str
    rows: list[list[str]]
    is_hidden: bool
    is_cleaned: bool
    epoch: Epoch | None = None
    links: Mapping[int, str] = field(default_factory=dict[int, str])

    @property
    def rank(self) -> tuple[bool, float]:
        """Return how much it looks like the list meant: seen, known headers, many rows."""
        known = max((count_known(row) for row in self.rows[:_SEARCHED_ROWS]), default=0)
        return not self.is_hidden, (known + 0.1) * math.log2(1 + len(self.rows))


def _is_of_people(sheet: _Sheet) -> bool:
    return names_only_people([header_words(cell) for cell in row] for row in sheet.rows[:_HEADER_ROWS])


def _read_sheets(data: bytes, check: Checkpoint) -> list[_Sheet]:
    import python_calamine as calamine

    if data.startswith(_COMPOUND):
        if _ENCRYPTED in data:
            raise _protected()
        check_old_workbook(data)
        checked = data
    else:
        checked = _checked(data, check)
    check()
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(BytesIO(checked))
        check()
        sheets = _filled_sheets(workbook, check)
    except calamine.PasswordError:
        raise _protected() from None
    except (calamine.CalamineError, OSError, ValueError, OverflowError):
        raise damaged() from None
    except BaseException as error:
        # A panic of the compiled library comes as an exception that is no Exception, from a module of this name.
        if type(error).__module__ == "pyo3_runtime":
            raise damaged() from None
        raise
    if checked is data:
        return sheets
    details = WorkbookDetails(checked)
    return [_detailed(sheet, details, check) for sheet in sheets]


def _detailed(sheet: _Sheet, details: WorkbookDetails, check: Checkpoint) -> _Sheet:
    """Return a sheet with the currencies that its cells show, and the first link of each row."""
    rows = sheet.rows
    for row, column, sign in details.currencies(sheet.name, check):
        if row < len(rows) and column < len(rows[row]) and read_number(rows[row][column]) is not None:
            rows[row][column] += f" {sign}"
    links: dict[int, str] = {}
    for row, column, address in sorted(details.links(sheet.name)):
        # A cell that shows its own address needs no other column.
        if row < len(rows) and column < len(rows[row]) and _is_link(address) and not _is_link(rows[row][column]):
            links.setdefault(row, address)
    return replace(sheet, epoch=details.epoch, links=links)


def _is_link(text: str) -> bool:
    try:
        return bool(read_url(text))
    except UnreadableCell:
        return False


def _checked(data: bytes, check: Checkpoint) -> bytes:
    """Return a workbook with only the parts that make its cells, each of them checked, not compressed.

    What is read afterwards is so what was checked, whatever else the archive holds or says.
    """
    archive = open_archive(data)
    entries = {entry.filename: entry for entry in archive.infolist() if _is_needed(entry.filename)}
    contents = read_entries(data, entries.values(), MOST_INFLATED_BYTES)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
        for name, content in zip(entries, contents, strict=True):
            check()
            if name == "content.xml":
                check_content_xml(content)
            elif name.endswith(".xml"):
                check_sheet_xml(content, check)
            copy.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _is_needed(name: str) -> bool:
    return name == "mimetype" or name.endswith((".xml", ".rels"))


def _filled_sheets(workbook: "CalamineWorkbook", check: Checkpoint) -> list[_Sheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    found: list[_Sheet] = []
    for about in workbook.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        rows = _rows_of(workbook.get_sheet_by_name(about.name), check)
        if all(map(is_blank, rows)):
            continue
        is_cleaned = False
        for row in watched(rows, check):
            # Text in workbooks holds them as `_x0001_`.
            cleaned = list(map(without_odd_signs, row))
            if cleaned != row:
                row[:], is_cleaned = cleaned, True
        name = without_odd_signs(about.name)
        found.append(_Sheet(name, rows, about.visible != SheetVisibleEnum.Visible, is_cleaned))
    return found


def _rows_of(sheet: "CalamineSheet", check: Checkpoint) -> list[list[str]]:
    # One by one: all at once they would hold up every thread. The empty columns before the first are not among them.
    before = [""] * (sheet.start[1] if sheet.start is not None else 0)
    rows = [before + [_text(cell) for cell in row] for row in watched(sheet.iter_rows(), check)]
    _fill_down(rows, sheet.merged_cell_ranges or ())
    return rows


def _fill_down(rows: list[list[str]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Give every row of a merged cell its text, in the first of its columns: an issuer written once for many rows."""
    filled = 0
    for (top, column), (bottom, _) in merged:
        if not 0 <= top < len(rows) or not 0 <= column < len(rows[top]):
            continue
        for row in rows[top + 1 : bottom + 1]:
            if not row[column]:
                row[column] = rows[top][column]
        filled += max(0, min(bottom, len(rows)) - top)
        if filled > _MOST_FILLED:
            return


def _text(cell: _Cell) -> str:
    """Return a cell as it would be written in a CSV file: dates in ISO form, numbers without a needless fraction."""
    if isinstance(cell, str):
        return cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, datetime.timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"PT{minutes // 60}H{minutes % 60}M"
    if isinstance(cell, datetime.time):
        return cell.isoformat("minutes")
    return cell.isoformat() if isinstance(cell, datetime.date) else str(cell)


def _number(value: float) -> str:
    if not math.isfinite(value):
        return ""
    # Spreadsheets keep and show 15 digits: what is beyond them is rounding.
    plain = format(Decimal(format(value, ".15g")), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _protected() -> KnownError:
    return KnownError(
        "The workbook is protected with a password. Nothing was imported.",
        "Open it in your spreadsheet program, save it without a password, and import that file.",
    )
