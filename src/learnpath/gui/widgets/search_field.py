"""The field to search in: an icon, a placeholder, the key that leads to it, and Esc to clear."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.shapes import paint_rounded
from learnpath.gui.infra.theme import Theme


class SearchField(QLineEdit):
    """A line edit with a magnifying glass and a key cap such as `Ctrl K`, which goes while there is text.

    Esc clears the text; with nothing to clear it sends `left`. The down arrow sends `down_pressed`.
    """

    left = Signal()
    down_pressed = Signal()

    def __init__(self, theme: Theme, placeholder: str, key_hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key_hint = key_hint
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.textChanged.connect(self._restyle)
        theme.changed.connect(self._restyle)
        self._restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear on Esc, or leave; tell of the down arrow, with which a line of text does nothing."""
        if event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.text():
            self.clear()
        else:
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, then the icon and the key cap in its margins."""
        super().paintEvent(event)
        painter = QPainter(self)
        theme = self._theme
        edge = theme.px(16)
        place = QRectF(theme.px(10), (self.height() - edge) / 2, edge, edge)
        Icons(theme).paint(painter, place, "search", "faint")
        if self._cap_width():
            painter.setFont(theme.font("tiny"))
            height = theme.px(20)
            cap = QRect(0, (self.height() - height) // 2, self._cap_width(), height)
            cap.moveRight(self.width() - theme.px(7))
            paint_rounded(painter, cap, 4, theme.color("surface"), theme.color("border"))
            painter.setPen(theme.color("muted"))
            painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), self._key_hint)

    def _cap_width(self) -> int:
        if not self._key_hint or self.text():
            return 0
        metrics = QFontMetrics(self._theme.font("tiny"))
        return metrics.horizontalAdvance(self._key_hint) + self._theme.px(12)

    def _restyle(self) -> None:
        cap = self._cap_width()
        self.setTextMargins(self._theme.px(20), 0, cap + self._theme.px(4) if cap else 0, 0)
        self.update()
