"""A button that reads as a link inside of cards and rows."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from learnpath.gui.infra.fonts import TextRole
from learnpath.gui.infra.shapes import paint_ring
from learnpath.gui.infra.theme import Theme


class LinkButton(QPushButton):
    """Accent text without a frame, as wide as its text; underlined under the pointer."""

    def __init__(self, theme: Theme, text: str, role: TextRole = "medium", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._role: TextRole = role
        self.setProperty("quiet", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        """Return the text's size, at least 24 px high to be hit."""
        metrics = QFontMetrics(self._theme.font(self._role))
        width = metrics.size(Qt.TextFlag.TextShowMnemonic, self.text()).width()
        return QSize(width, max(self._theme.px(24), metrics.height() + 4))

    def minimumSizeHint(self) -> QSize:
        """Return the text's size."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter follows the link, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text."""
        painter = QPainter(self)
        font = self._theme.font(self._role)
        font.setUnderline(self.underMouse() and self.isEnabled())
        painter.setFont(font)
        painter.setPen(self._theme.color("accent" if self.isEnabled() else "faint"))
        flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(QRect(self.rect()), int(flags), self.text())
        if self.hasFocus() and self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            paint_ring(painter, self.rect(), self._theme, radius=4)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
