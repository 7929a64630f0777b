"""One entry of the navigation: icon, title, a count or a shortcut at the right, a pill when selected.

Belongs here: how an entry looks and what a screen reader hears. Which entries exist is in `navigation_pane`.
"""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.shapes import paint_ring
from learnpath.gui.infra.theme import Theme

_HEIGHT = 33
_ICON = 18
_RADIUS = 6


class NavigationButton(QAbstractButton):
    """A checkable entry. `set_narrow(True)` leaves the icon only and puts the title into the tooltip."""

    def __init__(self, title: str, icon_name: str, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._icon_name = icon_name
        self._hint = ""
        self._urgent = False
        self._narrow = False
        self.setText(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    @property
    def hint(self) -> str:
        """The text at the right: a count or a shortcut."""
        return self._hint

    @property
    def urgent(self) -> bool:
        """Whether the count speaks of something that is lost if ignored this week."""
        return self._urgent

    def set_hint(self, hint: str, *, urgent: bool = False, spoken: str = "") -> None:
        """Set the text at the right; `spoken` is what a screen reader hears for it."""
        self._hint = hint
        self._urgent = urgent
        self._describe(spoken or hint)
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon only, or everything."""
        self._narrow = narrow
        self._describe_tooltip()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of one entry at the present text scale."""
        return QSize(self._theme.px(36), self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the size of the entry with the icon only."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font and the palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self.updateGeometry()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint pill, icon, title and hint."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_pill(painter)
        token = "accent" if self.isChecked() else "muted"
        edge = theme.px(_ICON)
        left = (self.width() - edge) // 2 if self._narrow else 10
        icon_rect = QRectF(left, (self.height() - edge) / 2, edge, edge)
        self._icons.paint(painter, icon_rect, self._icon_name, token)
        if self._narrow:
            self._paint_urgent_dot(painter, icon_rect)
            return
        right = self.width() - 10
        if self._hint:
            font = theme.font("small", tabular=True)
            painter.setFont(font)
            painter.setPen(theme.color("bad" if self._urgent else "muted"))
            width = QFontMetrics(font).horizontalAdvance(self._hint)
            right -= width
            painter.drawText(QRect(right, 0, width + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, self._hint)
            right -= 8
        font = theme.font("medium")
        painter.setFont(font)
        painter.setPen(theme.color(token))
        start = left + edge + 10
        title = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, right - start)
        painter.drawText(QRect(start, 0, right - start + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, title)

    def _paint_pill(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(self._theme.color("accent-soft"))
            painter.drawRoundedRect(self.rect(), _RADIUS, _RADIUS)
        elif self.underMouse():
            painter.setBrush(self._theme.blend("text", "side", 0.06))
            painter.drawRoundedRect(self.rect(), _RADIUS, _RADIUS)
        if self.hasFocus() and self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            paint_ring(painter, self.rect(), self._theme, radius=_RADIUS)

    def _paint_urgent_dot(self, painter: QPainter, icon_rect: QRectF) -> None:
        if not self._urgent:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("bad"))
        painter.drawEllipse(QRectF(icon_rect.right() - 2, icon_rect.top() - 2, 7, 7))

    def _describe(self, spoken: str = "") -> None:
        self.setAccessibleName(f"{self.text()}, {spoken}" if spoken else self.text())
        self._describe_tooltip()

    def _describe_tooltip(self) -> None:
        self.setToolTip(self.accessibleName() if self._narrow else "")
