"""The painting of one line of an agenda, for the row widget and for lists that paint many rows themselves."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.chip import ChipKind, chip_size, paint_chip

_WHEN_WIDTH = 64
_GAP = 12


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """What a line says: when, what, a word on it, a chip. `distance` is muted text before the chip."""

    when: str
    title: str
    subtitle: str = ""
    chip: str = ""
    kind: ChipKind = "neutral"
    distance: str = ""

    @property
    def sentence(self) -> str:
        """Return all of it for a screen reader."""
        parts = (self.when, self.title, self.subtitle, self.distance, self.chip)
        return ", ".join(part for part in parts if part)


def line_size(line: AgendaLine, theme: Theme) -> QSize:
    """Return the size in which nothing of the line is cut."""
    title = QFontMetrics(theme.font("medium")).horizontalAdvance(line.title)
    subtitle = QFontMetrics(theme.font("small")).horizontalAdvance(line.subtitle)
    width = _when_width(line, theme) + max(title, subtitle) + right_width(line, theme) + 4
    return QSize(width, theme.px(51 if line.subtitle else 37))


def smallest_line_size(line: AgendaLine, theme: Theme) -> QSize:
    """Return a size in which the chip is whole and the text may be cut."""
    width = _when_width(line, theme) + theme.px(90) + right_width(line, theme)
    return QSize(width, line_size(line, theme).height())


def right_width(line: AgendaLine, theme: Theme, chip_room: int = 0) -> int:
    """Return the room that chip (`chip_room` at least) and distance take at the right end, gaps included."""
    width = max(chip_room, chip_size(line.chip, theme).width()) + theme.px(_GAP) if line.chip else 0
    if line.distance:
        width += QFontMetrics(theme.font("small", tabular=True)).horizontalAdvance(line.distance) + theme.px(_GAP)
    return width


def paint_line(
    painter: QPainter, rect: QRect, line: AgendaLine, theme: Theme, *, room: int = 0, chip_room: int = 0
) -> None:
    """Paint a line into `rect`, leaving `room` pixels free between the text and what stands at the right end.

    `chip_room` is the width of the column of chips, so that distances of many lines end at the same place.
    """
    painter.save()
    middle = int(Qt.AlignmentFlag.AlignVCenter)
    left = _when_width(line, theme)
    painter.setFont(theme.font("small", tabular=True))
    painter.setPen(theme.color("muted"))
    painter.drawText(QRect(rect.left(), rect.top(), left, rect.height()), middle, line.when)
    right = rect.right() + 1
    if line.chip:
        size = chip_size(line.chip, theme)
        place = QRect(right - size.width(), rect.top(), size.width(), rect.height())
        paint_chip(painter, place, line.chip, line.kind, theme)
        right -= max(chip_room, size.width()) + theme.px(_GAP)
    if line.distance:
        width = painter.fontMetrics().horizontalAdvance(line.distance)
        right -= width
        painter.drawText(QRect(right, rect.top(), width + 1, rect.height()), middle, line.distance)
    _paint_text(painter, rect.adjusted(left, 0, -right_width(line, theme, chip_room) - room, 0), line, theme)
    painter.restore()


def _paint_text(painter: QPainter, rect: QRect, line: AgendaLine, theme: Theme) -> None:
    title_line = QFontMetrics(theme.font("medium")).height()
    subtitle_line = QFontMetrics(theme.font("small")).height() if line.subtitle else 0
    top = rect.top() + (rect.height() - title_line - subtitle_line - (2 if line.subtitle else 0)) // 2
    elide = Qt.TextElideMode.ElideRight
    painter.setFont(theme.font("medium"))
    painter.setPen(theme.color("text"))
    place = QRect(rect.left(), top, rect.width(), title_line)
    painter.drawText(place, 0, painter.fontMetrics().elidedText(line.title, elide, rect.width()))
    if line.subtitle:
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("muted"))
        place = QRect(rect.left(), top + title_line + 2, rect.width(), subtitle_line)
        painter.drawText(place, 0, painter.fontMetrics().elidedText(line.subtitle, elide, rect.width()))


def _when_width(line: AgendaLine, theme: Theme) -> int:
    return theme.px(_WHEN_WIDTH) if line.when else 0
