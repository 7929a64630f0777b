"""A handful of numbers as bars, with a table of the same."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from learnpath.gui.infra.shapes import paint_rounded
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.themed import ThemedWidget


class BarChart(ThemedWidget):
    """Bars with their value above and their label below; the last one, still growing, in full colour."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._name = name
        self._bars: tuple[tuple[str, int], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)

    def set_bars(self, bars: Sequence[tuple[str, int]]) -> None:
        """Show label and value (0 or more) of each bar, from left to right."""
        self._bars = tuple(bars)
        self.setAccessibleDescription(", ".join(f"{label}: {value}" for label, value in self._bars))
        self.updateGeometry()
        self.update()

    def as_table(self) -> tuple[tuple[str, str], ...]:
        """Return a header and one row per bar."""
        head = (self.tr("Label"), self._name)
        return (head, *((label, self.locale().toString(value)) for label, value in self._bars))

    def sizeHint(self) -> QSize:
        """Return a size with room for all labels."""
        return QSize(max(1, len(self._bars)) * self._column(), self._theme.px(120))

    def minimumSizeHint(self) -> QSize:
        """Return the size in which no label is cut."""
        return QSize(max(1, len(self._bars)) * self._column(), self._theme.px(90))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars from a common ground."""
        if not self._bars:
            return
        painter = QPainter(self)
        painter.setFont(self._theme.font("tiny", tabular=True))
        line = QFontMetrics(painter.font()).height()
        column = min(self.width() / len(self._bars), self._theme.px(60))
        left = (self.width() - column * len(self._bars)) / 2
        ground = self.height() - line - 4
        most = max(1, *(value for _, value in self._bars))
        width = round(min(column * 0.56, self._theme.px(22)))
        # Labels that would touch are left out, counted from the last bar, which keeps its own.
        step = max(1, ceil(self._column() / column))
        for index, (label, value) in enumerate(self._bars):
            height = round((ground - line - 4) * value / most)
            middle = round(left + column * (index + 0.5))
            last = index == len(self._bars) - 1
            color = self._theme.color("accent") if last else self._theme.blend("accent", "surface", 0.55)
            paint_rounded(painter, QRect(middle - width // 2, ground - height, width, height), 3, color, None)
            cell = QRect(round(middle - column / 2), ground - height - line - 2, round(column), line)
            center = int(Qt.AlignmentFlag.AlignCenter)
            painter.setPen(self._theme.color("text"))
            painter.drawText(cell, center, self.locale().toString(value))
            if (len(self._bars) - 1 - index) % step:
                continue
            cell.moveTop(ground + 4)
            painter.setPen(self._theme.color("muted"))
            painter.drawText(cell, center | Qt.TextFlag.TextDontClip, label)

    def _column(self) -> int:
        metrics = QFontMetrics(self._theme.font("tiny", tabular=True))
        return max((metrics.horizontalAdvance(label) for label, _ in self._bars), default=0) + self._theme.px(8)
