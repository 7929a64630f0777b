"""Minutes per day as a grid of weeks, with a table of the same for those who read it."""

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from learnpath.gui.infra.shapes import paint_rounded
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.themed import ThemedWidget
from learnpath.gui.widgets.wording import day_text, duration_text, tip_text, weekday_text

LEVELS = 5
_CELL = 11
_GAP = 2
_SHARES = (0.0, 0.25, 0.45, 0.7, 1.0)


def level_of(minutes: int, most: int) -> int:
    """Return 0 for nothing, else 1 to 4 in quarters of the best day's minutes."""
    if minutes <= 0 or most <= 0:
        return 0
    return min(LEVELS - 1, 1 + (minutes * (LEVELS - 1) - 1) // most)


class HeatMap(ThemedWidget):
    """The last weeks, one column each, Monday at the top. Arrow keys move and say a day's minutes."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._minutes: dict[date, int] = {}
        self._weeks = 30
        self._last = date(2000, 1, 2)
        self._current = self._last
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def current_day(self) -> date:
        """Return the day that the keyboard is on."""
        return self._current

    def set_days(self, minutes: Mapping[date, int], last_day: date, weeks: int = 30) -> None:
        """Show `weeks` weeks up to the one of `last_day`; days that are missing count 0 minutes."""
        self._minutes = dict(minutes)
        self._weeks = weeks
        self._last = last_day
        self._move_to(last_day)
        self.updateGeometry()
        self.update()

    def text_of(self, day: date) -> str:
        """Return a day's sentence: `Fri 20 Nov 2026: 1 h 30`."""
        minutes = self._minutes.get(day, 0)
        amount = duration_text(minutes) if minutes else self.tr("no study")
        return f"{weekday_text(day)} {day_text(day)}: {amount}"

    def as_table(self) -> tuple[tuple[str, str], ...]:
        """Return a header and one row per day with minutes, the latest first."""
        head = (self.tr("Day"), self.tr("Study time"))
        days = (self._last - timedelta(days=back) for back in range((self._last - self._first).days + 1))
        rows = ((f"{weekday_text(day)} {day_text(day)}", self._minutes.get(day, 0)) for day in days)
        return (head, *((day, duration_text(minutes)) for day, minutes in rows if minutes))

    def rect_of(self, day: date) -> QRect:
        """Return a day's square in this widget."""
        days = (day - self._first).days
        step = self._theme.px(_CELL + _GAP)
        return QRect(days // 7 * step + 2, days % 7 * step + 2, self._theme.px(_CELL), self._theme.px(_CELL))

    def day_at(self, place: QPoint) -> date | None:
        """Return the day under a place, None beside all."""
        step = self._theme.px(_CELL + _GAP)
        week, row = (place.x() - 2) // step, (place.y() - 2) // step
        if not (0 <= week < self._weeks and 0 <= row < 7):
            return None
        day = self._first + timedelta(days=week * 7 + row)
        return day if day <= self._last else None

    def sizeHint(self) -> QSize:
        """Return the size of the whole grid."""
        step = self._theme.px(_CELL + _GAP)
        return QSize(self._weeks * step + 2, 7 * step + 2)

    def minimumSizeHint(self) -> QSize:
        """Return the size of the whole grid: it does not shrink."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the squares, and a ring around the current day while it has the focus."""
        painter = QPainter(self)
        most = max(self._minutes.values(), default=0)
        colors = [self._color(level) for level in range(LEVELS)]
        day = self._first
        while day <= self._last:
            level = level_of(self._minutes.get(day, 0), most)
            paint_rounded(painter, self.rect_of(day), 2.5, colors[level], None)
            day += timedelta(days=1)
        if self.hasFocus():
            ring = self.rect_of(self._current).adjusted(-2, -2, 2, 2)
            paint_rounded(painter, ring, 4, None, self._theme.color("text"), 1.5)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by a day or a week."""
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Left: -7,
            Qt.Key.Key_Right: 7,
        }
        if event.key() == Qt.Key.Key_Home:
            self._move_to(self._first)
        elif event.key() == Qt.Key.Key_End:
            self._move_to(self._last)
        elif event.key() in steps:
            self._move_to(self._current + timedelta(days=steps[Qt.Key(event.key())]))
        else:
            super().keyPressEvent(event)
            return
        place = self.mapToGlobal(self.rect_of(self._current).bottomRight())
        QToolTip.showText(place, tip_text(self.text_of(self._current)), self)

    def event(self, event: QEvent) -> bool:
        """Show a day's sentence under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self.day_at(event.pos())
            if day is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), tip_text(self.text_of(day)), self)
            return True
        return super().event(event)

    @property
    def _first(self) -> date:
        monday = self._last - timedelta(days=self._last.weekday())
        return monday - timedelta(weeks=self._weeks - 1)

    def _move_to(self, day: date) -> None:
        self._current = min(self._last, max(self._first, day))
        self.setAccessibleDescription(self.text_of(self._current))
        self.update()

    def _color(self, level: int) -> QColor:
        if level == 0:
            return self._theme.blend("track", "surface", 0.45)
        return self._theme.blend("accent", "surface", _SHARES[level])
