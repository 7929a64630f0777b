"""A table of records to tick: Space, Enter and a double click tick the selected rows, a click on the box ticks one."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from learnpath.gui.infra.theme import Theme
from learnpath.gui.models.paged_table import Column, HasId, PagedTableModel
from learnpath.gui.widgets.record_delegate import CELL_PADDING, TICK_WIDTH
from learnpath.gui.widgets.record_table import RecordTable

Row = TypeVar("Row", bound=HasId)
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class TickModel(PagedTableModel[Row]):
    """Records with a tick each; the ticks outlive every change of the list. `ticked()`: that changed.

    `can_tick` says by id which may be ticked.
    """

    ticked = Signal()

    def __init__(
        self, columns: Sequence[Column[Row]], can_tick: Callable[[int], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(columns, self._spoken, parent)
        self._can_tick = can_tick
        self.chosen: set[int] = set()

    def toggle(self, ids: Sequence[int]) -> None:
        """Tick those of these records that may be; when all of them are ticked, untick them."""
        possible = [one for one in ids if self._can_tick(one)]
        if self.chosen.issuperset(possible):
            self.chosen.difference_update(possible)
        else:
            self.chosen.update(possible)
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))
        self.ticked.emit()

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Return whether a row can be ticked, beside the rest."""
        found = super().flags(index)
        can_tick = self._can_tick(self.id_at(index.row()) or 0)
        return found | Qt.ItemFlag.ItemIsUserCheckable if can_tick else found

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows; the first one has the tick."""
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            ticked = self.id_at(index.row()) in self.chosen
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return super().data(index, role)

    def _spoken(self, row: Row) -> str:
        told = [f"{column.title}: {text}" for column in self.columns[1:] if (text := column.text(row))]
        if self._can_tick(row.id):
            told.append(self.tr("ticked") if row.id in self.chosen else self.tr("not ticked"))
        return ". ".join([self.columns[0].text(row), *told])


class TickTable(RecordTable):
    """Shows a `TickModel`."""

    def __init__(self, theme: Theme, model: TickModel[Row], name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, model, name, parent)
        self._ticks = model
        self.record_activated.connect(self._toggle_selected)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick the selected rows on Space; Ctrl+Enter is left to the dialog."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._toggle_selected()
        elif event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick the row whose box is clicked."""
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        left = self.columnViewportPosition(0)
        box_end = left + CELL_PADDING + self._theme.px(TICK_WIDTH)
        record = self._ticks.id_at(index.row())
        if event.button() == Qt.MouseButton.LeftButton and record and left <= place.x() < box_end:
            self._ticks.toggle([record])

    def _toggle_selected(self) -> None:
        ids = self.selected_ids()
        if ids:
            self._ticks.toggle(ids)
