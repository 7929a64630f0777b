"""Which cells of the preview ask for another text, or have got one: of a row, by the column it is shown in.

What a correction means is read in `interchange.corrections`; keeping it is the business of `open_file`.
"""

from collections.abc import Collection
from dataclasses import dataclass

from learnpath.gui.screens.importing.open_file import OpenFile
from learnpath.gui.screens.importing.wording import COLUMN_FIELDS
from learnpath.interchange.drafts import ParsedRow, title_of

NOTE = "note"
"""The column in which what has no column of its own is corrected."""

_COLUMNS = {field: column for column, fields in COLUMN_FIELDS.items() for field in fields}


@dataclass(frozen=True, slots=True)
class FixCell:
    """A cell that can be typed anew: where it is kept (line and place), its field, its text now and in the file.

    `reason` says why it gave no value, "" when it gives one. `is_typed` says that the text is the person's; while
    `is_waiting` the row was not yet read with it.
    """

    line: int
    place: int | str
    field: str
    text: str
    original: str
    reason: str = ""
    is_typed: bool = False
    is_waiting: bool = False


def fix_cells(file: OpenFile, row_index: int, columns: Collection[str]) -> dict[str, FixCell]:
    """Return the cells of a row that can be typed anew, by the column that shows them; of many rows none.

    Of several without a column of their own the first is offered: the next one follows when it is mended.
    """
    row = file.parsed_row(row_index)
    if row is None or not (row.faults or row.typed):
        return {}
    found: dict[str, FixCell] = {}
    faulty = {fault.place for fault in row.faults}
    places = [(fault.field, fault.place, fault.reason) for fault in row.faults]
    places += [(field, place, "") for field, place in row.typed if place not in faulty]
    for field, place, reason in places:
        column = _COLUMNS.get(field, NOTE)
        _ = found.setdefault(column if column in columns else NOTE, _cell(file, row, field, place, reason))
    return found


def _cell(file: OpenFile, row: ParsedRow, field: str, place: int | str, reason: str) -> FixCell:
    key = (row.line, place)
    read = _text(row, place)
    original = file.originals.get(key, read)
    text = file.corrections.get(key, original)
    return FixCell(row.line, place, field, text, original, reason, key in file.corrections, text != read)


def _text(row: ParsedRow, place: int | str) -> str:
    if isinstance(place, int):
        return row.raw[place] if place < len(row.raw) else ""
    return title_of(row.draft) if row.draft is not None else ""
