"""The steps of a path as a timeline; rows can be dragged to another place."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from learnpath.gui.infra.theme import Theme
from learnpath.gui.screens.paths.step_delegate import StepDelegate
from learnpath.gui.screens.paths.step_model import STEP_MIME, StepModel, StepRow


class StepList(QListView):
    """The timeline. `step_chosen()`, `opened(id)` on Enter or double click, `move_wanted(id, offset)` after a drag."""

    step_chosen = Signal()
    opened = Signal(object)
    move_wanted = Signal(object, int)

    def __init__(self, theme: Theme, model: StepModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._steps = model
        self._gap = -1
        self.setModel(model)
        self.setItemDelegate(StepDelegate(theme, self))
        self.setAccessibleName(name)
        self._build()
        self.selectionModel().currentChanged.connect(self._on_current)
        self.doubleClicked.connect(self._on_double_click)
        theme.changed.connect(self._restyle)

    @property
    def current_id(self) -> int:
        """Return the id of the current step, 0 for none."""
        row = self._steps.row_at(self.currentIndex().row())
        return row.id if row else 0

    def show_rows(self, rows: Sequence[StepRow]) -> None:
        """Show these rows; the current step stays, or else its place, or else the step to work on is current."""
        current, place = self.current_id, self.currentIndex().row()
        scroll = self.verticalScrollBar().value()
        known = {row.id for row in rows}
        self._steps.set_rows(rows)
        if current in known:
            place = self._steps.place_of(current)
        elif current == 0 or place < 0:
            place = next((at for at, row in enumerate(rows) if row.is_next), 0)
        self.setCurrentIndex(self._steps.index(min(place, len(rows) - 1), 0))
        if current in known:
            self.verticalScrollBar().setValue(scroll)
        else:
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)
        self.step_chosen.emit()

    def forget(self) -> None:
        """Have no current step, because another path comes."""
        self._steps.set_rows([])

    def select_step(self, step_id: int) -> None:
        """Make a step current if it is there."""
        place = self._steps.place_of(step_id)
        if place >= 0:
            self.setCurrentIndex(self._steps.index(place, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current step on Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current_id:
            self.opened.emit(self.current_id)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters and Space are for commands."""

    # Dragging ----------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take the list's own rows; anything else goes on to the window."""
        if event.mimeData().hasFormat(STEP_MIME):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show the gap the row would go to."""
        self._set_gap(self._gap_at(event.position().toPoint().y()))
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: object) -> None:
        """Show no gap any more."""
        self._set_gap(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the move; the list shows it when it has been made."""
        self._set_gap(-1)
        step_id = int(event.mimeData().data(STEP_MIME).toStdString() or 0)
        place = self._steps.place_of(step_id)
        gap = self._gap_at(event.position().toPoint().y())
        # The row leaves a hole: gaps below it count one less.
        offset = (gap if gap <= place else gap - 1) - place
        # The view would remove a moved row by itself, so this is not called a move.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if place >= 0 and offset:
            self.move_wanted.emit(step_id, offset)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, and the line where a dragged one would go."""
        super().paintEvent(event)
        if self._gap < 0:
            return
        last = self._steps.rowCount() - 1
        rect = self.visualRect(self._steps.index(min(self._gap, last), 0))
        top = rect.top() if self._gap <= last else rect.bottom()
        QPainter(self.viewport()).fillRect(rect.left(), top - 1, rect.width(), 3, self._theme.color("accent"))

    def _gap_at(self, y: int) -> int:
        for place in range(self._steps.rowCount()):
            if y < self.visualRect(self._steps.index(place, 0)).center().y():
                return place
        return self._steps.rowCount()

    def _set_gap(self, gap: int) -> None:
        self._gap = gap
        self.viewport().update()

    # Inside ------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(False)
        self.viewport().setAutoFillBackground(False)

    @Slot()
    def _on_current(self) -> None:
        self.step_chosen.emit()

    @Slot(QModelIndex)
    def _on_double_click(self, index: QModelIndex) -> None:
        row = self._steps.row_at(index.row())
        if row is not None:
            self.opened.emit(row.id)

    @Slot()
    def _restyle(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
