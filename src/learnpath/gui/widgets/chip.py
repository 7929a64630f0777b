"""The status pill, as a widget and as a painting that item delegates use."""

from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from learnpath.gui.infra.shapes import paint_rounded
from learnpath.gui.infra.theme import Theme
from learnpath.gui.infra.tokens import Token
from learnpath.gui.widgets.themed import ThemedWidget

ChipKind = Literal["ok", "warn", "bad", "plan", "accent", "neutral"]
CHIP_COLORS: dict[ChipKind, tuple[Token, Token]] = {
    "ok": ("ok", "ok-soft"),
    "warn": ("warn", "warn-soft"),
    "bad": ("bad", "bad-soft"),
    "plan": ("plan", "plan-soft"),
    "accent": ("accent", "accent-soft"),
    "neutral": ("muted", "side"),
}
_PADDING = 8
_HEIGHT = 20


def chip_size(text: str, theme: Theme) -> QSize:
    """Return the size a chip with this text needs."""
    metrics = QFontMetrics(theme.font("tiny_strong"))
    height = max(theme.px(_HEIGHT), metrics.height() + 4)
    return QSize(metrics.horizontalAdvance(text) + 2 * theme.px(_PADDING), height)


def paint_chip(
    painter: QPainter, rect: QRect, text: str, kind: ChipKind, theme: Theme, *, selected: bool = False
) -> None:
    """Paint a chip at the left of `rect`, vertically in its middle; text that does not fit is cut.

    On a selected row an accent chip gets an edge: the selection has the same ground.
    """
    size = chip_size(text, theme)
    place = QRect(rect.left(), 0, min(size.width(), rect.width()), size.height())
    place.moveTop(rect.top() + (rect.height() - size.height()) // 2)
    ink, ground = CHIP_COLORS[kind]
    line = theme.color(ink) if theme.name == "contrast" else None
    if line is None and selected and kind == "accent":
        line = theme.blend("accent", "accent-soft", 0.45)
    paint_rounded(painter, place, size.height() / 2, theme.color(ground), line)
    painter.save()
    painter.setFont(theme.font("tiny_strong"))
    painter.setPen(theme.color(ink))
    room = place.width() - 2 * theme.px(_PADDING)
    shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, room + 1)
    painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), shown)
    painter.restore()


class Chip(ThemedWidget):
    """A status in one or two words. It cannot be clicked."""

    def __init__(self, theme: Theme, text: str = "", kind: ChipKind = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._text = text
        self._kind: ChipKind = kind
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        """Return what it says."""
        return self._text

    @property
    def kind(self) -> ChipKind:
        """Return its kind."""
        return self._kind

    def set_chip(self, text: str, kind: ChipKind) -> None:
        """Show another status."""
        self._text, self._kind = text, kind
        self.setAccessibleName(text)
        self._restyle()

    def sizeHint(self) -> QSize:
        """Return the size for the whole text."""
        return chip_size(self._text, self._theme)

    def minimumSizeHint(self) -> QSize:
        """Return the size for the whole text: a chip is never cut by a layout."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip."""
        paint_chip(QPainter(self), self.rect(), self._text, self._kind, self._theme)
