"""The cards of the past: study time as a heat map, and credentials earned per year."""

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from learnpath.domain.study import best_streak_weeks, week_start
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.bar_chart import BarChart
from learnpath.gui.widgets.card import Card
from learnpath.gui.widgets.heat_map import HeatMap
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.wording import tip_text
from learnpath.services.overview import HEAT_MAP_WEEKS

_LEAST_WEEKS = 12
_YEARS_SHOWN = 10


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("ChartCards", text, None, count)


class _Fitted(QWidget):
    """Holds the heat map without asking for its width, so that a card can become narrower than the map was."""

    def __init__(self, heat_map: HeatMap) -> None:
        super().__init__()
        self._map = heat_map
        heat_map.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the map's height."""
        return QSize(0, self._map.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the map's height."""
        return self.sizeHint()


class StudyCard(Card):
    """As many of the last weeks as fit."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _tr("Study time"), parent=parent)
        self._minutes: dict[date, int] = {}
        self._today = date(2000, 1, 2)
        self._weeks = 0
        self.heat_map = HeatMap(theme, _tr("Study time"))
        self._frame = _Fitted(self.heat_map)
        self.empty = PlainLabel(theme, _tr("Time you log for studying shows here, day by day."), "small", "muted")
        self.add(self._frame)
        self.add(self.empty)
        theme.changed.connect(self._refill)

    @property
    def weeks(self) -> int:
        """Return how many weeks are shown."""
        return self._weeks

    def show_study(self, minutes: Mapping[date, int], today: date) -> None:
        """Show minutes by day up to today."""
        self._minutes, self._today = dict(minutes), today
        self.empty.setVisible(not self._minutes)
        self._refill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more or fewer weeks."""
        super().resizeEvent(event)
        if self._fitting() != self._weeks:
            self._refill()

    def _fitting(self) -> int:
        self.heat_map.ensurePolished()
        step = self.heat_map.rect_of(self._today).height() + 2
        room = self.width() - 36
        return max(_LEAST_WEEKS, min(HEAT_MAP_WEEKS, room // max(step, 1)))

    def _refill(self) -> None:
        self._weeks = self._fitting()
        first = week_start(self._today) - timedelta(weeks=self._weeks - 1)
        shown = {day: minutes for day, minutes in self._minutes.items() if day >= first}
        self.heat_map.set_days(shown, self._today, self._weeks)
        self.heat_map.resize(self.heat_map.sizeHint())
        self._frame.updateGeometry()
        self.set_title(_tr("Study time, last %n weeks", self._weeks))
        hours = round(sum(shown.values()) / 60)
        streak = best_streak_weeks(shown)
        weeks = _tr("1 week") if streak == 1 else _tr("%n weeks", streak)
        self.set_note(_tr("{hours} h · best streak {weeks}").format(hours=hours, weeks=weeks) if shown else "")
        self.setToolTip(
            tip_text(_tr("A streak is weeks in a row with any study in them. One square is a day; darker is longer."))
        )


class YearsCard(Card):
    """Credentials earned per year, the last ten years."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        title = _tr("Credentials earned per year")
        super().__init__(theme, title, parent=parent)
        self.chart = BarChart(theme, title)
        self.chart.setToolTip(tip_text(_tr("Counted by the year of the award, expired ones included.")))
        self.empty = PlainLabel(
            theme, _tr("What you have earned shows here, year by year."), "small", "muted", wrap=True
        )
        self.add(self.chart, 1)
        self.add(self.empty)

    def show_years(self, by_year: Mapping[int, int], year: int) -> None:
        """Show the counts by year, years without any included, up to `year`."""
        first = max(min(by_year, default=year), year - _YEARS_SHOWN + 1)
        shown = range(first, year + 1) if by_year else ()
        self.chart.set_bars([(str(one), by_year.get(one, 0)) for one in shown])
        self.chart.setVisible(bool(by_year))
        self.empty.setVisible(not by_year)
