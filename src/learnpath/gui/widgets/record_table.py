"""The table of records that the list screens share: one row height, whole rows, nothing lost when the list changes.

Belongs here: rows, selection, keys, drops. The header is in `record_columns`, painting in `record_delegate`.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from learnpath.gui.infra.shapes import paint_ring
from learnpath.gui.infra.style import ROW_HEIGHT
from learnpath.gui.infra.theme import Theme
from learnpath.gui.models.paged_table import PAGE_ROWS, PagedTableModel
from learnpath.gui.widgets.record_columns import RecordColumns
from learnpath.gui.widgets.record_copy import rows_as_mime
from learnpath.gui.widgets.record_delegate import RecordDelegate
from learnpath.settings import Json

# More selected rows than this are not looked up again one by one when the list changes.
_MOST_KEPT = 2000
_Select = QItemSelectionModel.SelectionFlag


class RecordTable(QTableView):
    """Shows a `PagedTableModel`.

    Signals carry record ids, which have 63 bits and so travel as objects.
    `current_record_changed(id)`: another row is current, 0 for none. `selection_changed()`: other rows are selected.
    `record_activated(id)`: Enter or double click. `copy_needed(ids)`: Ctrl+C while selected rows are not there yet;
    answer with `copy_rows`. `files_dropped(id, list[Path])`: files let go over a row (after `take_files`).
    """

    record_activated = Signal(object)
    current_record_changed = Signal(object)
    selection_changed = Signal()
    copy_needed = Signal(list)
    files_dropped = Signal(object, list)

    def __init__(self, theme: Theme, model: PagedTableModel[Any], name: str, parent: QWidget | None = None) -> None:
        """Show `model`; `name` is what a screen reader calls the table."""
        super().__init__(parent)
        self._theme = theme
        self._records = model
        self._delegate = RecordDelegate(theme, self)
        self._told: int = 0
        self._kept_ids: list[int] = []
        self._kept_current: int = 0
        self._kept_place = 0
        self._kept_offset = 0
        self._kept_scroll = 0
        self._kept_count = 0
        self._kept_selected = 0
        self._wanted_current = 0
        self._wanted_top = -1.0
        self._resetting = False
        self._drop_row = -1
        self.setAccessibleName(name)
        self._build()
        self.setModel(model)
        self.columns = RecordColumns(self, model, theme)
        self._connect()
        self._restyle()

    # What others ask and tell ------------------------------------------------------------------------------------

    @property
    def current_id(self) -> int:
        """Return the id of the current record, 0 for none."""
        return self._records.id_at(self.currentIndex().row()) or 0

    def selected_ids(self) -> list[int]:
        """Return the ids of the selected records in the order shown."""
        ids = self._records.ids
        selection = self.selectionModel().selection()
        ranges = [selection.at(place) for place in range(selection.count())]
        places = sorted((one.top(), one.bottom()) for one in ranges)
        return [record for top, bottom in places for record in ids[top : bottom + 1]]

    def select_record(self, record_id: int) -> bool:
        """Make a record the current and only selected one and scroll to it; False when it is not in the list."""
        place = self._records.place_of(record_id)
        if place is None:
            return False
        index = self._records.index(place, 0)
        self.selectionModel().setCurrentIndex(index, _Select.ClearAndSelect | _Select.Rows)
        self._reveal(place)
        return True

    def keep_after_reset(self, record_id: int) -> None:
        """Let this record be the current one after the next change of the list."""
        self._wanted_current = record_id

    def visible_ids(self) -> list[int]:
        """Return the ids of the rows in view, for reading them together with a new list."""
        first = max(self.rowAt(0), 0)
        last = self.rowAt(self.viewport().height() - 1)
        return list(self._records.ids[first : (last if last >= 0 else first + PAGE_ROWS) + 1])

    def take_files(self) -> None:
        """Let files be dropped on rows; what is dropped beside them goes on to the window."""
        self.setAcceptDrops(True)

    def copy_selection(self) -> None:
        """Put the selected rows into the clipboard, or ask for those that are not there yet."""
        ids = self.selected_ids()
        if not ids:
            return
        rows = [self._records.row_at(place) for one in ids if (place := self._records.place_of(one)) is not None]
        if any(row is None for row in rows):
            self.copy_needed.emit(ids)
        else:
            self.copy_rows(rows)

    def copy_rows(self, rows: Sequence[Any]) -> None:
        """Put rows into the clipboard as the columns show them."""
        shown = [column for column in self._records.columns if not self.columns.is_hidden(column.key)]
        cells = [[column.text(row) for column in shown] for row in rows]
        QGuiApplication.clipboard().setMimeData(rows_as_mime([column.title for column in shown], cells))

    def save_state(self) -> dict[str, Json]:
        """Return columns, sort order, current record and scroll position."""
        rows_above = self.verticalScrollBar().value() / self._theme.px(ROW_HEIGHT)
        return {**self.columns.save_state(), "current": self.current_id, "top": round(rows_above, 2)}

    def restore_state(self, state: Mapping[str, Json]) -> None:
        """Take back what `save_state` returned; record and scroll position apply when the list arrives."""
        self.columns.restore_state(state)
        current, top = state.get("current"), state.get("top")
        if isinstance(current, int) and not isinstance(current, bool):
            self._wanted_current = current
        if isinstance(top, (int, float)) and not isinstance(top, bool):
            self._wanted_top = float(top)

    # Keys and pointer --------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current record on Enter and copy on Ctrl+C."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & ~_KEYPAD:
            if self.current_id:
                self.record_activated.emit(self.current_id)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are for commands, and looking through 100,000 rows would stop the window."""

    def leaveEvent(self, event: Any) -> None:
        """Forget the row that was under the pointer."""
        self._set_hovered(-1)
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the wide column what is left."""
        super().resizeEvent(event)
        if hasattr(self, "columns"):
            self.columns.lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, then the ring around the current one or the one that files are held over."""
        super().paintEvent(event)
        by_keyboard = self.hasFocus() and self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        row = self._drop_row if self._drop_row >= 0 else self.currentIndex().row() if by_keyboard else -1
        if row >= 0:
            rect = self.viewport().rect()
            rect.setTop(self.rowViewportPosition(row))
            rect.setHeight(self.rowHeight(row) - 1)
            paint_ring(QPainter(self.viewport()), rect, self._theme, radius=6)

    # Dropping files ----------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files only."""
        if dropped_paths(event):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show the row that would get the files."""
        self._set_drop_row(self.indexAt(event.position().toPoint()).row())
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show no row any more."""
        self._set_drop_row(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        """Send the files with the record of their row; id 0 where there is none."""
        self._set_drop_row(-1)
        row = self.indexAt(event.position().toPoint()).row()
        self.files_dropped.emit(self._records.id_at(row) or 0, dropped_paths(event))
        event.acceptProposedAction()

    # Inside ------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)

    def _connect(self) -> None:
        model = self._records
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self.selectionModel().selectionChanged.connect(self._tell_selection)
        self.doubleClicked.connect(self._on_double_click)
        self.entered.connect(self._on_entered)
        self._theme.changed.connect(self._restyle)

    @Slot()
    def _restyle(self) -> None:
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Base, self._theme.color("bg"))
        self.setPalette(palette)
        self.verticalHeader().setDefaultSectionSize(self._theme.px(ROW_HEIGHT))
        self.verticalScrollBar().setSingleStep(self._theme.px(ROW_HEIGHT))

    @Slot()
    def _remember(self) -> None:
        self._resetting = True
        index = self.currentIndex()
        self._kept_current = self.current_id
        self._kept_place = index.row()
        self._kept_count = len(self._records.ids)
        ids = self.selected_ids()
        self._kept_ids = ids if len(ids) <= _MOST_KEPT else []
        self._kept_selected = len(ids)
        self._kept_scroll = self.verticalScrollBar().value()
        self._kept_offset = self.rowViewportPosition(index.row()) if index.isValid() else -1

    @Slot()
    def _recall(self) -> None:
        wanted = self._wanted_current or self._kept_current
        place = self._records.place_of(wanted) if wanted else None
        was_there = place is not None and wanted == self._kept_current
        if place is None and self._records.ids:
            place = self._neighbour()
        if place is not None:
            self._select_places(place)
            self._scroll_to(place, was_there=was_there)
        if self._records.ids:
            self._wanted_current, self._wanted_top = 0, -1.0
        self._resetting = False
        self._tell_current()
        self.selection_changed.emit()

    def _neighbour(self) -> int:
        """Return the row that takes over: the next one after a deletion, the first one of a new list."""
        count = len(self._records.ids)
        removed = self._kept_count - count
        if 0 < removed <= max(1, self._kept_selected) and self._kept_place >= 0:
            return min(self._kept_place, count - 1)
        return 0

    def _select_places(self, current: int) -> None:
        model, selection = self._records, QItemSelection()
        kept = [place for one in self._kept_ids if (place := model.place_of(one)) is not None]
        for place in kept if current in kept else [current]:
            selection.select(model.index(place, 0), model.index(place, model.columnCount() - 1))
        self.selectionModel().setCurrentIndex(model.index(current, 0), _Select.NoUpdate)
        self.selectionModel().select(selection, _Select.ClearAndSelect)

    def _scroll_to(self, place: int, *, was_there: bool) -> None:
        self.updateGeometries()
        bar, height = self.verticalScrollBar(), self.rowHeight(place)
        if self._wanted_top >= 0:
            bar.setValue(round(self._wanted_top * height))
        elif was_there and 0 <= self._kept_offset < self.viewport().height():
            # The row that the person looks at stays where it is on the glass.
            bar.setValue(place * height - self._kept_offset)
        else:
            bar.setValue(min(self._kept_scroll, bar.maximum()) if was_there else bar.value())
        if not was_there:
            self._reveal(place)

    def _reveal(self, place: int) -> None:
        top = self.rowViewportPosition(place)
        if not 0 <= top <= self.viewport().height() - self.rowHeight(place):
            self.scrollTo(self._records.index(place, 0), QAbstractItemView.ScrollHint.PositionAtCenter)

    @Slot()
    def _tell_current(self) -> None:
        if self._resetting:
            return
        current = self.current_id
        if current != self._told:
            self._told = current
            self.current_record_changed.emit(current)

    @Slot()
    def _tell_selection(self) -> None:
        if not self._resetting:
            self.selection_changed.emit()

    def _on_double_click(self, index: QModelIndex) -> None:
        record = self._records.id_at(index.row())
        if record is not None:
            self.record_activated.emit(record)

    def _on_entered(self, index: QModelIndex | QPersistentModelIndex) -> None:
        self._set_hovered(index.row())

    def _set_hovered(self, row: int) -> None:
        old, self._delegate.hovered_row = self._delegate.hovered_row, row
        if old != row:
            self.viewport().update()

    def _set_drop_row(self, row: int) -> None:
        if row != self._drop_row:
            self._drop_row = row
            self.viewport().update()


_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def dropped_paths(event: QDropEvent) -> list[Path]:
    """Return the local files that are being dragged."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
