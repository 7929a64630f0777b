"""The first card: the week, the first active path, valid credentials and what was spent, each explained on hover."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from learnpath.domain.progress import PathProgress, Verdict
from learnpath.domain.wording import money_text
from learnpath.gui.infra.theme import Theme
from learnpath.gui.screens.overview.path_wording import forecast_text, hours_left_text, steps_text
from learnpath.gui.widgets.card import Card
from learnpath.gui.widgets.clickable_frame import ClickableFrame
from learnpath.gui.widgets.gauges import RingGauge
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.wording import duration_text
from learnpath.services.overview import Overview

_ONE_ROW_FROM = 900


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("FiguresCard", text, None, count)


class RingFigure(ClickableFrame):
    """A ring with a title and a line beside it."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.ring = RingGauge(theme, name)
        self.title = PlainLabel(theme, name, "strong", wrap=True)
        self.line = PlainLabel(theme, "", "small", "muted", wrap=True, tabular=True)
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addStretch()
        text.addWidget(self.title)
        text.addWidget(self.line)
        text.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 4, 6, 4)
        row.setSpacing(12)
        row.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(text, 1)
        self.take(self.ring, self.title, self.line)


class NumberFigure(ClickableFrame):
    """A large number with its name above and a line below."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.name = PlainLabel(theme, name, "small", "muted", elide=True)
        self.number = PlainLabel(theme, "", "number", elide=True, tabular=True)
        self.line = PlainLabel(theme, "", "small", "muted", wrap=True, tabular=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(2)
        column.addStretch()
        for label in (self.name, self.number, self.line):
            column.addWidget(label)
        column.addStretch()
        self.take(self.name, self.number, self.line)


class FiguresCard(Card):
    """Four figures in one row, or two by two when there is little room.

    `screen_chosen(id)` and `path_chosen(id)`: the person wants to see what is behind a figure. `week_chosen`: and to
    log study time.
    """

    screen_chosen = Signal(object)
    path_chosen = Signal(object)
    week_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.setAccessibleName(_tr("Where things stand"))
        self.week = RingFigure(theme, _tr("This week"))
        self.path = RingFigure(theme, "")
        self.valid = NumberFigure(theme, _tr("Valid credentials"))
        self.spent = NumberFigure(theme, "")
        self._grid = QGridLayout()
        self._placed: tuple[list[ClickableFrame], int] = ([], 0)
        self._has_path = False
        self._build_figures()

    def show_figures(self, overview: Overview, year: int) -> None:
        """Show the figures of a day; `year` is the one of the spending."""
        self._show_week(overview)
        self._show_path(overview.paths[0] if overview.paths else None)
        self._show_valid(overview)
        self._show_spent(overview, year)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the row in two when it does not fit."""
        super().resizeEvent(event)
        self._arrange()

    def _build_figures(self) -> None:
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self.body.addLayout(self._grid)
        self.valid.set_key("credentials")
        self.spent.set_key("credentials")
        self.week.activated.connect(self.week_chosen)
        self.valid.activated.connect(self.screen_chosen)
        self.spent.activated.connect(self.screen_chosen)
        self.path.activated.connect(self.path_chosen)
        self.path.setParent(self)
        self.path.hide()

    def _arrange(self) -> None:
        shown: list[ClickableFrame] = [self.week, self.valid, self.spent]
        if self._has_path:
            shown.insert(1, self.path)
        columns = len(shown) if self.width() >= self._theme.px(_ONE_ROW_FROM) else 2
        if (shown, columns) == self._placed:
            return
        self._placed = (shown, columns)
        for figure in (self.week, self.path, self.valid, self.spent):
            self._grid.removeWidget(figure)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for index, figure in enumerate(shown):
            self._grid.addWidget(figure, index // columns, index % columns)

    def _show_week(self, overview: Overview) -> None:
        done, goal = duration_text(overview.week_minutes), overview.week_goal_minutes
        days = overview.week_days_left
        left = (
            _tr("last day of the week") if not days else _tr("1 day left") if days == 1 else _tr("%n days left", days)
        )
        if goal > 0:
            line = _tr("{done} of {goal} · {left}").format(done=done, goal=duration_text(goal), left=left)
            self.week.ring.set_share(overview.week_minutes / goal)
            missing = max(0, goal - overview.week_minutes)
            rest = _tr("{time} to go.").format(time=duration_text(missing)) if missing else _tr("The goal is reached.")
        else:
            line = _tr("{done} · no weekly goal").format(done=done)
            self.week.ring.set_share(0, "–")
            rest = _tr("Set a weekly goal in the settings to see how far the week is.")
        self.week.line.setText(line)
        tip = _tr("Study time logged from Monday to today, against your weekly goal.")
        self.week.explain(f"{self.week.title.text()}: {line}", f"{tip} {rest}\n{_tr('Open to log study time.')}")

    def _show_path(self, path: PathProgress | None) -> None:
        self._has_path = path is not None
        self.path.setVisible(self._has_path)
        if path is None:
            return
        verdict = {
            Verdict.DONE: _tr("done"),
            Verdict.ON_TRACK: _tr("on track"),
            Verdict.LATE: _tr("later than planned"),
            Verdict.NO_GOAL: _tr("no goal date"),
        }[path.verdict]
        self.path.set_key(path.path.id)
        title = _tr("Path to {title}").format(title=path.path.title)
        self.path.title.setText(title)
        self.path.line.setText(f"{steps_text(path)} · {verdict}")
        self.path.ring.set_share(path.percent / 100)
        forecast = forecast_text(path, 0)
        tip = _tr("{percent}% by hours of study, {left}.").format(percent=path.percent, left=hours_left_text(path))
        self.path.explain(f"{title}: {self.path.line.text()}", f"{tip} {forecast}." if forecast else tip)

    def _show_valid(self, overview: Overview) -> None:
        locale = self.locale()
        soon = overview.expiring
        proof = _tr("{count} with proof").format(count=locale.toString(overview.valid_with_proof))
        expire = _tr("1 expires soon") if soon == 1 else _tr("{count} expire soon").format(count=locale.toString(soon))
        self.valid.number.setText(locale.toString(overview.valid))
        self.valid.line.setText(f"{proof} · {expire}" if soon else proof)
        tip = _tr(
            "Earned and not expired or revoked today. With proof: at least one file is attached. "
            "Expire soon: within 90 days."
        )
        self.valid.explain(f"{self.valid.name.text()}: {overview.valid}, {self.valid.line.text()}", tip)

    def _show_spent(self, overview: Overview, year: int) -> None:
        sums = [money_text(money) for money in overview.spent]
        first = sums[0] if sums else f"0 {overview.profile.currency}"
        more = _tr("and {sums}").format(sums=", ".join(sums[1:])) if sums[1:] else _tr("paid by yourself")
        self.spent.name.setText(_tr("Spent in {year}").format(year=year))
        self.spent.number.setText(first)
        self.spent.line.setText(more)
        tip = _tr(
            "What you paid yourself in {year} and did not get back, one sum for each currency. Planned costs, and what "
            "your employer paid or paid back, are left out."
        ).format(year=year)
        self.spent.explain(f"{self.spent.name.text()}: {first}, {more}", tip)
