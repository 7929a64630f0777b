"""The list of the agenda: a click or Enter opens a date, the action in a row does what it says."""

from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QListView, QMenu, QWidget

from learnpath.domain.deadlines import Deadline
from learnpath.gui.infra.theme import Theme
from learnpath.gui.screens.deadlines.agenda import RowAction, actions_of, inline_action
from learnpath.gui.screens.deadlines.agenda_delegate import AgendaDelegate
from learnpath.gui.screens.deadlines.agenda_model import AgendaModel, Index, action_text


class AgendaView(QListView):
    """Shows the agenda.

    `opened(Deadline)`, `action_requested(Deadline, RowAction)`, `moved()`: another row is current.
    """

    opened = Signal(object)
    action_requested = Signal(object, object)
    moved = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.agenda = AgendaModel(self)
        self._pressed = -1
        self._delegate = AgendaDelegate(theme, self.agenda, self)
        self.setModel(self.agenda)
        self.setItemDelegate(self._delegate)
        self._build()
        theme.changed.connect(self._restyle)

    @property
    def current(self) -> Deadline | None:
        """Return the date that the keyboard is on."""
        row = self.agenda.row_at(self.currentIndex())
        return row if isinstance(row, Deadline) else None

    def reveal(self, deadline: Deadline) -> None:
        """Select a date and scroll to it."""
        place = self.agenda.place_of(deadline)
        if place.isValid():
            self.setCurrentIndex(place)
            self.scrollTo(place, QListView.ScrollHint.PositionAtCenter)

    def place_below(self, deadline: Deadline) -> QPoint:
        """Return the global place below a date's row."""
        rect = self.visualRect(self.agenda.place_of(deadline))
        action = self._delegate.action_rect(rect, self.agenda.place_of(deadline))
        corner = (rect if action.isEmpty() else action).bottomLeft()
        return self.viewport().mapToGlobal(corner)

    def action_place(self, deadline: Deadline) -> QPoint:
        """Return the middle of a row's action, in the viewport."""
        index = self.agenda.place_of(deadline)
        return self._delegate.action_rect(self.visualRect(index), index).center()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell that another row is current."""
        super().currentChanged(current, previous)
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current date."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Underline the action under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(event.position().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer."""
        super().leaveEvent(event)
        self._hover(QPoint(-1, -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click began."""
        super().mousePressEvent(event)
        self._pressed = self.indexAt(event.position().toPoint()).row()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do the action under the pointer, or open the date."""
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        row = self.agenda.row_at(index)
        is_click = event.button() == Qt.MouseButton.LeftButton and index.row() == self._pressed
        if not is_click or not isinstance(row, Deadline):
            return
        action = inline_action(row, self.agenda.today)
        if action is not None and self._is_action(place, index):
            self.action_requested.emit(row, action)
        else:
            self.opened.emit(row)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer everything that can be done with the current date."""
        row = self.current
        if row is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Open")).triggered.connect(partial(self._choose, row, None))
        for action in actions_of(row):
            menu.addAction(action_text(action)).triggered.connect(partial(self._choose, row, action))
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        menu.popup(self.place_below(row) if by_key else event.globalPos())

    def _choose(self, row: Deadline, action: RowAction | None, _checked: bool = False) -> None:
        if action is None:
            self.opened.emit(row)
        else:
            self.action_requested.emit(row, action)

    def _build(self) -> None:
        self.setAccessibleName(self.tr("Agenda"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.viewport().setAutoFillBackground(False)
        self._restyle()

    @Slot()
    def _restyle(self) -> None:
        self.setMinimumHeight(self._theme.px(120))
        self.verticalScrollBar().setSingleStep(self._theme.px(24))
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def _hover(self, place: QPoint) -> None:
        index = self.indexAt(place)
        over = self._is_action(place, index)
        self._delegate.hovered_action = index.row() if over else -1
        is_date = isinstance(self.agenda.row_at(index), Deadline)
        shape = Qt.CursorShape.PointingHandCursor if is_date else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self.viewport().update()

    def _is_action(self, place: QPoint, index: QModelIndex) -> bool:
        return index.isValid() and self._delegate.action_rect(self.visualRect(index), index).contains(place)
