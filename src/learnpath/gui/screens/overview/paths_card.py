"""The card of active paths: title, progress by hours, steps and forecast of each."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from learnpath.domain.progress import PathProgress, Verdict
from learnpath.gui.infra.theme import Theme
from learnpath.gui.screens.overview.path_wording import forecast_text, hours_left_text, steps_text
from learnpath.gui.widgets.card import Card
from learnpath.gui.widgets.chip import Chip
from learnpath.gui.widgets.clickable_frame import ClickableFrame
from learnpath.gui.widgets.gauges import ProgressLine
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.wording import date_text, day_text, duration_text

PATHS_SHOWN = 4
_INSET = 6


def _tr(text: str) -> str:
    return QCoreApplication.translate("PathsCard", text)


class PathBlock(ClickableFrame):
    """One path."""

    def __init__(self, theme: Theme, path: PathProgress, week_minutes: int, parent: QWidget | None = None) -> None:
        super().__init__(theme, path.path.id, parent)
        title = PlainLabel(theme, path.path.title, "strong", elide=True)
        percent = PlainLabel(theme, f"{path.percent}%", "small", "muted", tabular=True)
        line = ProgressLine(theme, path.path.title)
        line.set_share(path.percent / 100)
        left = f"{steps_text(path)} · {hours_left_text(path)}" if path.minutes_left else steps_text(path)
        steps = PlainLabel(theme, left, "small", "muted", tabular=True)
        forecast = forecast_text(path, week_minutes)
        self._build((title, percent), line, (steps, self._forecast(theme, path, forecast)))
        self.explain(f"{path.path.title}, {path.percent}%: {left}. {forecast}", _explanation(path, week_minutes))

    def _build(self, top: tuple[QWidget, QWidget], line: QWidget, bottom: tuple[QWidget, QWidget]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(_INSET, 5, _INSET, 6)
        column.setSpacing(5)
        for left, right in (top, bottom):
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(left, 1)
            row.addWidget(right)
            column.addLayout(row)
        column.insertWidget(1, line)
        self.take(*top, line, *bottom)

    @staticmethod
    def _forecast(theme: Theme, path: PathProgress, text: str) -> QWidget:
        if path.verdict is Verdict.LATE and text:
            return Chip(theme, text, "warn")
        if path.verdict is Verdict.DONE:
            return Chip(theme, text, "ok")
        return PlainLabel(theme, text, "small", "muted", tabular=True)


class PathsCard(Card):
    """The first active paths; `path_chosen(id)`."""

    path_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _tr("Active paths"), _tr("All paths"), parent)
        self.blocks: list[PathBlock] = []
        self.body.setSpacing(4)
        sentence = _tr("No active path yet. A path puts what you want to earn in order and says when you will be done.")
        self.empty = PlainLabel(theme, sentence, "body", "muted", wrap=True)
        self.body.addWidget(self.empty)
        self.body.addStretch()
        self._outset()

    def show_paths(self, paths: Sequence[PathProgress], week_minutes: int) -> None:
        """Show the first few of the active paths; `week_minutes` is the pace of the forecasts."""
        for block in self.blocks:
            block.hide()
            block.deleteLater()
        self.blocks = [PathBlock(self._theme, path, week_minutes) for path in paths[:PATHS_SHOWN]]
        for index, block in enumerate(self.blocks):
            block.activated.connect(self.path_chosen)
            self.body.insertWidget(index, block)
        self.empty.setVisible(not self.blocks)
        more = len(paths) > PATHS_SHOWN
        self.set_link(_tr("All {count} active paths").format(count=len(paths)) if more else _tr("All paths"))

    def tab_stops(self) -> list[QWidget]:
        """Return what the tab key stops at, in order."""
        return [self._link, *self.blocks]

    def _outset(self) -> None:
        # The blocks are wider than what they say by the margin that shows hover and focus.
        self.empty.setContentsMargins(_INSET, 0, _INSET, 0)
        outer = self.layout()
        if outer is None:
            return
        outer.setContentsMargins(16 - _INSET, 10, 16 - _INSET, 14)
        first = outer.itemAt(0)
        head = None if first is None else first.layout()
        if head is not None:
            head.setContentsMargins(_INSET, 0, _INSET, 0)


def _explanation(path: PathProgress, week_minutes: int) -> str:
    parts = [_tr("{percent}% of the hours of study are done.").format(percent=path.percent)]
    if path.forecast is not None and path.verdict is not Verdict.DONE:
        parts.append(
            _tr("{left} at {pace} a week, your weekly goal: done by {day}.").format(
                left=hours_left_text(path), pace=duration_text(week_minutes), day=day_text(path.forecast)
            )
        )
    if path.path.goal_on is not None:
        parts.append(_tr("Your goal is {day}.").format(day=date_text(path.path.goal_on)))
    if path.next_step is not None:
        parts.append(_tr("Next: {step}.").format(step=path.next_step.title))
    return " ".join(parts)
