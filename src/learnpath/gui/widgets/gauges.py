"""A share of a whole as a ring or a line. Charts with several values have modules of their own."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from learnpath.gui.infra.shapes import paint_rounded
from learnpath.gui.infra.theme import Theme
from learnpath.gui.infra.tokens import Token
from learnpath.gui.widgets.themed import ThemedWidget


def _percent(share: float) -> int:
    # Only what is done reads as 100 %, and only what is not begun as 0 %.
    if 0 < share < 1:
        return min(99, max(1, round(share * 100)))
    return 100 if share >= 1 else 0


class RingGauge(ThemedWidget):
    """A ring filled by a share, with the percentage (or another short text) in it."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._name = name
        self._share = 0.0
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_share(0.0)

    @property
    def text(self) -> str:
        """Return what stands in the ring."""
        return self._text

    def set_share(self, share: float, text: str | None = None) -> None:
        """Show a share from 0 to 1 (more is drawn as full); `text` replaces the percentage."""
        self._share = min(1.0, max(0.0, share))
        self._text = self.tr("{percent}%").format(percent=_percent(share)) if text is None else text
        self.setAccessibleName(f"{self._name}: {self._text}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return a square."""
        return QSize(self._theme.px(80), self._theme.px(80))

    def minimumSizeHint(self) -> QSize:
        """Return the same square: a ring does not shrink."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring from twelve o'clock on."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.width() / 9
        rect = QRectF(self.rect()).adjusted(width / 2 + 1, width / 2 + 1, -width / 2 - 1, -width / 2 - 1)
        painter.setPen(QPen(self._theme.color("track"), width))
        painter.drawEllipse(rect)
        if self._share > 0:
            pen = QPen(self._theme.color("accent"), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(rect, 90 * 16, -round(self._share * 360 * 16))
        painter.setPen(self._theme.color("text"))
        painter.setFont(self._theme.font("heading", tabular=True))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._text)


class ProgressLine(ThemedWidget):
    """A thin bar filled by a share."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._name = name
        self._share = 0.0
        self._color: Token = "accent"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_share(0.0)

    def set_share(self, share: float, color: Token = "accent") -> None:
        """Show a share from 0 to 1; more is drawn as full."""
        self._share = min(1.0, max(0.0, share))
        self._color = color
        percent = self.tr("{percent}%").format(percent=_percent(share))
        self.setAccessibleName(f"{self._name}: {percent}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return a line 7 px high."""
        return QSize(self._theme.px(160), self._theme.px(7))

    def minimumSizeHint(self) -> QSize:
        """Return the least that shows a share."""
        return QSize(self._theme.px(40), self._theme.px(7))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the track and the filled part; any progress at all is seen."""
        painter = QPainter(self)
        rect = self.rect()
        radius = rect.height() / 2
        paint_rounded(painter, rect, radius, self._theme.color("track"), None)
        if self._share > 0:
            rect.setWidth(max(rect.height(), round(rect.width() * self._share)))
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                rect.moveRight(self.rect().right())
            paint_rounded(painter, rect, radius, self._theme.color(self._color), None)
