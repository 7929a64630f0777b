"""The days of one month as a grid with a mark for each date on them. Moving from month to month is the calendar's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from learnpath.gui.infra.shapes import paint_ring, paint_rounded
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.chip import CHIP_COLORS, ChipKind, chip_size, paint_chip
from learnpath.gui.widgets.themed import ThemedWidget
from learnpath.gui.widgets.wording import day_text, tip_text, weekday_text

WEEKS = 6
_CELL = 44
_DOT = 6
_MOST_DOTS = 4


@dataclass(frozen=True, slots=True)
class DayMark:
    """One date on a day: a short label, its colours, and what it is in words."""

    label: str
    kind: ChipKind
    detail: str


class MonthGrid(ThemedWidget):
    """Six weeks around a month. Arrow keys move the day, Enter or a double click activates it.

    `day_changed(date)`: another day is current, perhaps in another month. `activated(date)`.
    """

    day_changed = Signal(object)
    activated = Signal(object)

    def __init__(self, theme: Theme, name: str, today: date, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._today = today
        self._day = today
        self._marks: Mapping[date, Sequence[DayMark]] = {}
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._announce()

    @property
    def day(self) -> date:
        """Return the current day; its month is the one shown."""
        return self._day

    def set_today(self, today: date) -> None:
        """Tell which day is today."""
        self._today = today
        self.update()

    def set_marks(self, marks: Mapping[date, Sequence[DayMark]]) -> None:
        """Show these marks instead; only the days in view are asked for."""
        self._marks = marks
        self._announce()

    def set_day(self, day: date) -> None:
        """Make a day current and show its month."""
        if day != self._day:
            self._day = day
            self._announce()
            self.day_changed.emit(day)

    def sentence_of(self, day: date) -> str:
        """Return what is on a day: `Fri 27 Nov 2026: SC-200 exam`."""
        details = "; ".join(mark.detail for mark in self._marks.get(day, ()))
        return f"{weekday_text(day)} {day_text(day)}: {details or self.tr('no dates')}"

    def rect_of(self, day: date) -> QRect:
        """Return a day's cell; empty when it is not among the six weeks shown."""
        index = (day - self._first()).days
        if not 0 <= index < WEEKS * 7:
            return QRect()
        row, column = divmod(index, 7)
        left, right = self._edge(column), self._edge(column + 1)
        return QRect(left, self._head() + row * self._cell(), right - left, self._cell())

    def day_at(self, place: QPoint) -> date | None:
        """Return the day under a place, None beside all."""
        days = (self._first() + timedelta(days=index) for index in range(WEEKS * 7))
        return next((day for day in days if self.rect_of(day).contains(place)), None)

    def sizeHint(self) -> QSize:
        """Return a size with room for a short chip in each cell."""
        return QSize(self._theme.px(52 * 7), self._head() + WEEKS * self._cell() + 1)

    def minimumSizeHint(self) -> QSize:
        """Return the least width in which the days' numbers stand apart."""
        return QSize(self._theme.px(30 * 7), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint weekdays, lines, days and marks."""
        painter = QPainter(self)
        theme = self._theme
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("muted"))
        for column in range(7):
            weekday = (self._first() + timedelta(days=column)).isoweekday()
            name = self.locale().standaloneDayName(weekday, self.locale().FormatType.ShortFormat)
            place = QRect(self._edge(column) + theme.px(6), 0, self.width() // 7, self._head() - 4)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), name)
        for row in range(WEEKS):
            painter.fillRect(0, self._head() + row * self._cell(), self.width(), 1, theme.color("border"))
        for index in range(WEEKS * 7):
            self._paint_day(painter, self._first() + timedelta(days=index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by a day, a week or a month, or activate the day."""
        key = event.key()
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -7,
            Qt.Key.Key_Down: 7,
        }
        if key in steps:
            self.set_day(self._day + timedelta(days=steps[Qt.Key(key)]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.set_day(shift_month(self._day, -1 if key == Qt.Key.Key_PageUp else 1))
        elif key == Qt.Key.Key_Home:
            self.set_day(self._today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit(self._day)
            return
        else:
            super().keyPressEvent(event)
            return
        if self._day in self._marks:
            place = self.mapToGlobal(self.rect_of(self._day).bottomLeft())
            QToolTip.showText(place, tip_text(self.sentence_of(self._day)), self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make the day under the pointer current."""
        day = self.day_at(event.position().toPoint())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self.set_day(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Activate the day under the pointer."""
        if self.rect_of(self._day).contains(event.position().toPoint()):
            self.activated.emit(self._day)

    def event(self, event: QEvent) -> bool:
        """Say what is on the day under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self.day_at(event.pos())
            if day is not None and day in self._marks:
                QToolTip.showText(event.globalPos(), tip_text(self.sentence_of(day)), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _paint_day(self, painter: QPainter, day: date) -> None:
        theme, rect = self._theme, self.rect_of(day)
        inside = day.month == self._day.month
        number = QRect(rect.left(), rect.top() + theme.px(4), theme.px(24), theme.px(18))
        if day == self._today:
            paint_rounded(painter, number, number.height() / 2, theme.color("accent-soft"), None)
        painter.setFont(theme.font("small_strong" if day == self._today else "small", tabular=True))
        painter.setPen(theme.color("accent" if day == self._today else "text" if inside else "muted"))
        painter.drawText(number, int(Qt.AlignmentFlag.AlignCenter), str(day.day))
        marks = self._marks.get(day, ())
        if marks:
            self._paint_marks(painter, rect.adjusted(1, theme.px(22), -2, -1), marks)
        if day == self._day and self.hasFocus():
            paint_ring(painter, rect.adjusted(0, 1, 0, 0), theme, radius=5)

    def _paint_marks(self, painter: QPainter, rect: QRect, marks: Sequence[DayMark]) -> None:
        theme = self._theme
        if len(marks) == 1 and chip_size(marks[0].label, theme).width() <= rect.width():
            paint_chip(painter, rect, marks[0].label, marks[0].kind, theme)
            return
        size, step = theme.px(_DOT), theme.px(_DOT + 3)
        shown = marks if len(marks) <= _MOST_DOTS else marks[: _MOST_DOTS - 1]
        left, top = rect.left() + theme.px(8), rect.top() + (rect.height() - size) // 2
        for mark in shown:
            dot = QRect(left, top, size, size)
            paint_rounded(painter, dot, size / 2, theme.color(CHIP_COLORS[mark.kind][0]), None)
            left += step
        if len(shown) < len(marks):
            painter.setFont(theme.font("tiny", tabular=True))
            painter.setPen(theme.color("muted"))
            place = QRect(left - 1, rect.top(), rect.right() - left + 2, rect.height())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), f"+{len(marks) - len(shown)}")

    def _announce(self) -> None:
        self.setAccessibleDescription(self.sentence_of(self._day))
        self.update()

    def _first(self) -> date:
        start = self._day.replace(day=1)
        back = (start.isoweekday() - self.locale().firstDayOfWeek().value) % 7
        return start - timedelta(days=back)

    def _head(self) -> int:
        return self._theme.px(24)

    def _cell(self) -> int:
        return self._theme.px(_CELL)

    def _edge(self, column: int) -> int:
        return round(column * self.width() / 7)


def shift_month(day: date, months: int) -> date:
    """Return the same day `months` months later (negative: earlier), or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    following = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))
