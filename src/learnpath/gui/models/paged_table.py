"""A table over a list of ids: SQL makes the list, rows come a page at a time, nothing is sorted or filtered here.

`data()` never reads: a row that is not there yet is asked for by `rows_needed`, whose receiver answers with `fill`.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

Index = QModelIndex | QPersistentModelIndex
PAGE_ROWS = 200
_PAGES_KEPT = 40
NO_INDEX = QModelIndex()

# Roles of our own: what a delegate needs beside the text.
ID_ROLE = Qt.ItemDataRole.UserRole + 1
CHIP_ROLE = Qt.ItemDataRole.UserRole + 2
MUTED_ROLE = Qt.ItemDataRole.UserRole + 3


class HasId(Protocol):
    """A row that knows the id of its record."""

    @property
    def id(self) -> int:
        """Return the record's id."""
        ...


Row = TypeVar("Row", bound=HasId)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """One column: what it is called and what its cells show.

    `sort` is the key by which the list can be ordered, empty when it cannot. `chip` gives the kind of chip a cell is
    painted as (empty: plain text). `width` is logical pixels at 100 % text size; 0 takes what is left. `descending`
    columns (dates) are ordered downwards by the first click. `optional` ones are hidden until the person asks,
    `spare` ones while there is too little room.
    """

    key: str
    title: str
    text: Callable[[Row], str]
    sort: str = ""
    chip: Callable[[Row], str] | None = None
    tip: Callable[[Row], str] | None = None
    width: int = 120
    is_muted: bool = False
    is_number: bool = False
    descending: bool = False
    optional: bool = False
    spare: bool = False


class PagedTableModel(QAbstractTableModel, Generic[Row]):
    """Shows the records of an id list. `rows_needed(list of ids)` asks for rows, `fill` brings them.

    `sort_requested(key, descending)` is sent when the person clicks a header.
    """

    rows_needed = Signal(list)
    sort_requested = Signal(str, bool)

    def __init__(
        self, columns: Sequence[Column[Row]], sentence: Callable[[Row], str], parent: QObject | None = None
    ) -> None:
        """Make an empty table; `sentence` is what a screen reader says of a row."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self._sentence = sentence
        self._ids: Sequence[int] = ()
        self._places: Mapping[int, int] | None = None
        self._pages: OrderedDict[int, list[Row | None]] = OrderedDict()
        self._wanted: set[int] = set()
        self._asked: set[int] = set()
        self._ask = QTimer(self, singleShot=True, interval=0)
        self._ask.timeout.connect(self._ask_for_pages)

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these records in this order; rows already known for the same page are asked for again."""
        self.beginResetModel()
        self._ids = ids
        self._places = None
        self._forget_pages()
        self.endResetModel()

    def fill(self, rows: Sequence[Row]) -> None:
        """Bring rows that were asked for; those no longer in the list are ignored."""
        by_id = {row.id: row for row in rows}
        pages = {place // PAGE_ROWS for one in by_id if (place := self.place_of(one)) is not None}
        for page in pages:
            first, last = page * PAGE_ROWS, min((page + 1) * PAGE_ROWS, len(self._ids))
            self._pages[page] = [by_id.get(one) for one in self._ids[first:last]]
            self._pages.move_to_end(page)
            self._asked.discard(page)
            self.dataChanged.emit(self.index(first, 0), self.index(last - 1, len(self.columns) - 1))
        while len(self._pages) > _PAGES_KEPT:
            _ = self._pages.popitem(last=False)

    def reload(self) -> None:
        """Ask again for the rows that are shown, because records changed and their order did not."""
        shown = list(self._pages)
        self._asked.clear()
        self._wanted.update(shown)
        self._ask.start()

    @property
    def ids(self) -> Sequence[int]:
        """Return the ids in the order shown."""
        return self._ids

    def row_at(self, place: int) -> Row | None:
        """Return the row at a place, None while it is not there yet (it is asked for)."""
        page, offset = divmod(place, PAGE_ROWS)
        rows = self._pages.get(page)
        if rows is None:
            if page not in self._asked:
                self._wanted.add(page)
                self._ask.start()
            return None
        return rows[offset] if offset < len(rows) else None

    def id_at(self, place: int) -> int | None:
        """Return the id at a place, None outside of the list."""
        return self._ids[place] if 0 <= place < len(self._ids) else None

    def place_of(self, record_id: int) -> int | None:
        """Return where a record is in the list, None when it is not in it."""
        if self._places is None:
            self._places = {one: place for place, one in enumerate(self._ids)}
        return self._places.get(record_id)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return the number of records."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows; text is empty until its row has been brought."""
        if not index.isValid():
            return None
        if role == ID_ROLE:
            return self.id_at(index.row())
        row = self.row_at(index.row())
        if row is None:
            return None
        column = self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row)
            case Qt.ItemDataRole.ToolTipRole:
                return column.tip(row) if column.tip is not None else None
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._sentence(row) if index.column() == 0 else f"{column.title}: {column.text(row)}"
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignVCenter | (
                    Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
                )
            case _:
                return self._own_role(column, row, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title of a column."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].is_number else Qt.AlignmentFlag.AlignLeft
            return Qt.AlignmentFlag.AlignVCenter | side
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order of the list."""
        if 0 <= column < len(self.columns) and self.columns[column].sort:
            self.sort_requested.emit(self.columns[column].sort, order is Qt.SortOrder.DescendingOrder)

    def _own_role(self, column: Column[Row], row: Row, role: int) -> object:
        if role == CHIP_ROLE:
            return column.chip(row) if column.chip is not None else None
        if role == MUTED_ROLE:
            return column.is_muted
        return None

    def _ask_for_pages(self) -> None:
        wanted = sorted(self._wanted)
        self._wanted.clear()
        for page in wanted:
            ids = list(self._ids[page * PAGE_ROWS : (page + 1) * PAGE_ROWS])
            if ids:
                self._asked.add(page)
                self.rows_needed.emit(ids)

    def _forget_pages(self) -> None:
        self._pages.clear()
        self._wanted.clear()
        self._asked.clear()
