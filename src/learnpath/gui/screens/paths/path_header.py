"""What stands above the steps: the path's title, progress and forecast, and what can be done with it."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from learnpath.domain.progress import PathProgress
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.paths import words
from learnpath.gui.screens.paths.tool_button import tool_button
from learnpath.gui.shell.commands import EDIT, RECORD_HISTORY
from learnpath.gui.widgets.flow_layout import FlowLayout
from learnpath.gui.widgets.gauges import ProgressLine
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.wording import date_text, duration_text, tip_text


class PathHeader(QWidget):
    """Shows one path. `add_wanted()`, `edit_wanted()`, `history_wanted()`, `delete_wanted()`: its buttons."""

    add_wanted = Signal()
    edit_wanted = Signal()
    history_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, context: GuiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = context.theme
        self.title = PlainLabel(theme, "", "title", elide=True)
        self.description = PlainLabel(theme, "", "body", "muted", elide=True)
        self.progress = PlainLabel(theme, "", "body", "muted", tabular=True)
        self.forecast = PlainLabel(theme, "", "strong", "ok", tabular=True)
        self.line = ProgressLine(theme, self.tr("Progress by hours"))
        self.percent = PlainLabel(theme, "", "small", "muted", tabular=True)
        self.goal = PlainLabel(theme, "", "small", "muted", tabular=True)
        self.add_button = QPushButton(self.tr("Add steps…"))
        self.edit_button = tool_button(context, "edit", self.tr("Edit path"), EDIT)
        self.history_button = tool_button(context, "history", self.tr("History of this path"), RECORD_HISTORY)
        self.delete_button = tool_button(context, "trash", self.tr("Delete path"))
        self._build()
        self._connect()

    def show_path(self, progress: PathProgress, week_minutes: int, today: date) -> None:
        """Show a path as it is on a day, at a pace in minutes a week."""
        path = progress.path
        self.title.setText(path.title)
        self.description.setText(path.description)
        self.description.setVisible(bool(path.description))
        forecast = words.forecast_text(progress, today)
        self.progress.setText(self._progress_text(progress, week_minutes))
        self.forecast.setText(forecast)
        self.forecast.set_color(words.forecast_color(progress))
        self.forecast.setVisible(bool(forecast))
        self.percent.setText(self.tr("{percent}%").format(percent=progress.percent))
        self.line.set_share(progress.percent / 100, "ok" if progress.percent >= 100 else "accent")
        self.goal.setText(self.tr("Goal {day}").format(day=date_text(path.goal_on)) if path.goal_on else "")
        self.goal.setVisible(path.goal_on is not None)
        tip = tip_text(words.forecast_tip(progress, week_minutes))
        for label in (self.progress, self.forecast, self.goal):
            label.setToolTip(tip)
        for widget in (self.line, self.percent):
            widget.setToolTip(tip_text(words.percent_tip(progress)))

    def _progress_text(self, progress: PathProgress, week_minutes: int) -> str:
        text = words.progress_text(progress)
        if not progress.minutes_left or week_minutes <= 0:
            return text
        return self.tr("{progress} at {pace} a week").format(progress=text, pace=duration_text(week_minutes))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        for button in (self.add_button, self.edit_button, self.history_button, self.delete_button):
            head.addWidget(button)
        figures = QWidget()
        flow = FlowLayout(figures, 10)
        flow.addWidget(self.progress)
        flow.addWidget(self.forecast)
        bar = QHBoxLayout()
        bar.setSpacing(10)
        bar.addWidget(self.line, 1)
        bar.addWidget(self.percent)
        bar.addWidget(self.goal)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.description)
        column.addWidget(figures)
        column.addLayout(bar)

    def _connect(self) -> None:
        self.add_button.clicked.connect(self.add_wanted)
        self.edit_button.clicked.connect(self.edit_wanted)
        self.history_button.clicked.connect(self.history_wanted)
        self.delete_button.clicked.connect(self.delete_wanted)
