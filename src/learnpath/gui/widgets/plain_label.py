"""A label for text that may come from outside: never rich, in a role of the theme, elided when asked."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from learnpath.gui.infra.fonts import TextRole
from learnpath.gui.infra.theme import Theme
from learnpath.gui.infra.tokens import Token
from learnpath.gui.widgets.wording import tip_text


class PlainLabel(QLabel):
    """Plain text in one role and colour of the theme.

    With `elide` the text is one line, cut where it does not fit and whole in the tool tip; with `wrap` it
    takes as many lines as it needs. `tabular` gives figures of equal width.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: TextRole = "body",
        color: Token = "text",
        *,
        elide: bool = False,
        wrap: bool = False,
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role: TextRole = role
        self._color: Token = color
        self._elide = elide
        self._tabular = tabular
        self._own_tip = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)
        self._restyle()
        theme.changed.connect(self._restyle)

    def set_color(self, color: Token) -> None:
        """Change the colour."""
        self._color = color
        self._restyle()

    def set_role(self, role: TextRole) -> None:
        """Change size and weight."""
        self._role = role
        self._restyle()

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self._update_tip()

    def minimumSizeHint(self) -> QSize:
        """Return the whole text's size, or a few letters where it may be elided."""
        hint = super().minimumSizeHint()
        if self._elide:
            hint.setWidth(min(hint.width(), self.fontMetrics().averageCharWidth() * 6))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the tool tip: it holds the text while that is cut."""
        super().resizeEvent(event)
        self._update_tip()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, cut where it does not fit."""
        if not self._elide:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        rect = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, rect.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(rect, int(self.alignment()) | int(Qt.TextFlag.TextSingleLine), text)

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the font has changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._update_tip()

    def _restyle(self) -> None:
        self.setFont(self._theme.font(self._role, tabular=self._tabular))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, self._theme.color(self._color))
        self.setPalette(palette)

    def _update_tip(self) -> None:
        if not getattr(self, "_elide", False):
            return
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        if cut != self._own_tip or cut:
            self.setToolTip(tip_text(self.text()) if cut else "")
            self._own_tip = cut
