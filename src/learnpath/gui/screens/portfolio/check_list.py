"""A list of rows with a check box, a note at the right and, where the order counts, a handle to drag.

Belongs here: painting, toggling and moving. What the rows are is in the models.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QWidget,
)

from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.shapes import paint_ring, state_of
from learnpath.gui.infra.theme import Theme

Index = QModelIndex | QPersistentModelIndex
NOTE_ROLE = Qt.ItemDataRole.UserRole + 10
ROW = 32
_BOX = 16
_HANDLE = 22
_GAP = 9


class _RowDelegate(QStyledItemDelegate):
    """Paints a row; toggling is the view's, so that a click anywhere in the row counts once."""

    def __init__(self, theme: Theme, parent: "CheckList") -> None:
        super().__init__(parent)
        self._theme = theme
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row; its width follows the view."""
        return QSize(self._theme.px(80), self._theme.px(ROW))

    def editorEvent(self, *_: object) -> bool:
        """Leave toggling to the view."""
        return False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the box, the text, the note and the handle."""
        theme = self._theme
        rect: QRect = option.rect  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]
        state = state_of(option)
        if state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("bg"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("border"))
        right = rect.right() - theme.px(2)
        if self._list.is_movable:
            edge = theme.px(_BOX)
            handle = QRectF(right - edge, rect.center().y() - edge / 2 + 1, edge, edge)
            Icons(theme).paint(painter, handle, "drag-handle", "faint")
            right -= theme.px(_HANDLE)
        left = self._paint_box(painter, rect, index)
        right = self._paint_note(painter, QRect(QPoint(left, rect.top()), QPoint(right, rect.bottom())), index)
        room = QRect(left, rect.top(), right - left, rect.height())
        painter.save()
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text"))
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.restore()
        if state & QStyle.StateFlag.State_HasFocus and self._list.shows_focus():
            paint_ring(painter, rect, theme, radius=4)

    def _paint_box(self, painter: QPainter, rect: QRect, index: Index) -> int:
        edge = self._theme.px(_BOX)
        box = QStyleOptionButton()
        box.rect = QRect(rect.left() + 2, rect.center().y() - edge // 2 + 1, edge, edge)
        checked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        on = QStyle.StateFlag.State_On if checked else QStyle.StateFlag.State_Off
        box.state = QStyle.StateFlag.State_Enabled | on
        self._list.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, box, painter, self._list)
        return rect.left() + 2 + edge + self._theme.px(_GAP)

    def _paint_note(self, painter: QPainter, room: QRect, index: Index) -> int:
        note = index.data(NOTE_ROLE)
        if not isinstance(note, str) or not note:
            return room.right()
        painter.save()
        painter.setFont(self._theme.font("small", tabular=True))
        painter.setPen(self._theme.color("muted"))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), note)
        width = QFontMetrics(painter.font()).horizontalAdvance(note)
        painter.restore()
        return room.right() - width - self._theme.px(10)


class CheckList(QListView):
    """Toggles with a click or Space, and moves rows by their handle or with Alt+Up and Alt+Down.

    `toggled(row)` asks to change a row's check, `moved(row, to)` to move a row, `dropped()` says that moving is over.
    """

    toggled = Signal(int)
    moved = Signal(int, int)
    dropped = Signal()

    def __init__(self, theme: Theme, name: str, *, movable: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.is_movable = movable
        self._held = -1
        self.setAccessibleName(name)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_RowDelegate(theme, self))
        theme.changed.connect(self.doItemsLayout)

    def shows_focus(self) -> bool:
        """Return whether the row with the focus is to be marked."""
        return self.hasFocus() and self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a row by its handle."""
        super().mousePressEvent(event)
        place = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and self._is_on_handle(place):
            self._held = self.indexAt(place).row()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Bring the held row to where the pointer is."""
        place = event.position().toPoint()
        if self._held < 0:
            super().mouseMoveEvent(event)
            shape = Qt.CursorShape.OpenHandCursor if self._is_on_handle(place) else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            return
        last = self.model().rowCount() - 1
        to = min(max(place.y() // self._theme.px(ROW), 0), last)
        if to != self._held:
            self.moved.emit(self._held, to)
            self._held = to
            self.setCurrentIndex(self.model().index(to, 0))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the held row go, or toggle the row that was clicked."""
        place = event.position().toPoint()
        super().mouseReleaseEvent(event)
        if self._held >= 0:
            self._held = -1
            self.unsetCursor()
            self.dropped.emit()
        elif event.button() == Qt.MouseButton.LeftButton and not self._is_on_handle(place):
            index = self.indexAt(place)
            if index.isValid() and index == self.currentIndex():
                self.toggled.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter toggle; with Alt the arrows move the row."""
        row = self.currentIndex().row()
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if row >= 0 and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.toggled.emit(row)
        elif step and self.is_movable and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            if row >= 0 and 0 <= row + step < self.model().rowCount():
                self.moved.emit(row, row + step)
                self.setCurrentIndex(self.model().index(row + step, 0))
                self.dropped.emit()
        else:
            super().keyPressEvent(event)

    def _is_on_handle(self, place: QPoint) -> bool:
        return (
            self.is_movable
            and self.indexAt(place).isValid()
            and place.x() >= self.viewport().width() - self._theme.px(_HANDLE) - 4
        )
