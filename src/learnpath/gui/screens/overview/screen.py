"""The first screen: figures, active paths, dates ahead, what needs action, study and awards over time.

Belongs here: asking for the figures, and leading on to where they come from. Each card has a module of its own.
"""

from datetime import date
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QVBoxLayout, QWidget

from learnpath.domain.attention import Attention
from learnpath.domain.changes import ChangeSet
from learnpath.domain.deadlines import Deadline
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.typing_focus import is_typing
from learnpath.gui.screens.overview.arrangement import SPACING, CardGrid
from learnpath.gui.screens.overview.charts import StudyCard, YearsCard
from learnpath.gui.screens.overview.figures_card import FiguresCard
from learnpath.gui.screens.overview.first_run import ADD, IMPORT, FirstRun
from learnpath.gui.screens.overview.paths_card import PathsCard
from learnpath.gui.screens.overview.rows_card import AttentionCard, DeadlinesCard
from learnpath.gui.shell.commands import ADD_CREDENTIAL, LOG_STUDY_TIME, OPEN_IMPORT
from learnpath.gui.shell.screen import Screen
from learnpath.gui.widgets.banner import Banner
from learnpath.services.overview import Overview, read_overview
from learnpath.services.sample import add_sample, remove_sample

_REMOVE_SAMPLE = "remove"


class OverviewScreen(Screen):
    """Where things stand today. With an empty library: three doors to begin."""

    screen_id = "overview"
    icon_name = "overview"
    kinds = frozenset(
        {
            "credential",
            "cost_line",
            "evidence_file",
            "path",
            "path_step",
            "program",
            "study_session",
            "profile",
        }
    )
    primary_command = ADD_CREDENTIAL
    secondary_command = LOG_STUDY_TIME

    def __init__(self, context: GuiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self.figures = FiguresCard(theme)
        self.paths = PathsCard(theme)
        self.deadlines = DeadlinesCard(theme)
        self.attention = AttentionCard(theme)
        self.study = StudyCard(theme)
        self.years = YearsCard(theme)
        cards = (self.figures, self.paths, self.deadlines, self.attention, self.study, self.years)
        self.grid = CardGrid(theme, cards)
        self.first_run = FirstRun(theme)
        self.sample_note = Banner(theme)
        self._note_closed = False
        self._scroll = QScrollArea()
        self._build()
        self._connect()

    def title(self) -> str:
        """Return the title for the top bar and the navigation."""
        return self.tr("Overview")

    def refresh(self, change: ChangeSet | None) -> None:
        """Ask for the figures of today."""
        today = self.context.today()
        task = partial(read_overview, self.context.library, today)
        self.context.operations.read(task, partial(self._show, today), replaces="overview")

    def _build(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(18, 18, 18, 18)
        column.setSpacing(SPACING)
        column.addWidget(self.sample_note)
        column.addWidget(self.grid)
        column.addWidget(self.first_run, 1)
        column.addStretch()
        self.grid.hide()
        self.first_run.hide()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(content)
        content.setAutoFillBackground(False)
        self._scroll.viewport().setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def _connect(self) -> None:
        navigate = self.context.navigate
        self.figures.screen_chosen.connect(self._open_screen)
        self.figures.path_chosen.connect(self._open_path)
        self.figures.week_chosen.connect(self._log_study)
        self.paths.path_chosen.connect(self._open_path)
        self.paths.link_clicked.connect(partial(navigate.to_screen, "paths"))
        self.deadlines.link_clicked.connect(partial(navigate.to_screen, "deadlines"))
        self.deadlines.row_chosen.connect(self._open_subject)
        self.attention.row_chosen.connect(self._open_subject)
        self.attention.refilled.connect(self._order_tabs)
        self.first_run.door_chosen.connect(self._open_door)
        self.sample_note.action_chosen.connect(self._on_note)
        self.sample_note.closed.connect(self._on_note_closed)

    def _show(self, today: date, overview: Overview) -> None:
        switched = self.first_run.isHidden() == overview.is_empty
        self.grid.setVisible(not overview.is_empty)
        self.first_run.setVisible(overview.is_empty)
        self._show_note(overview)
        if not overview.is_empty:
            self._show_figures(today, overview)
        if switched:
            self._focus_beginning(overview)

    def _show_figures(self, today: date, overview: Overview) -> None:
        self.figures.show_figures(overview, today.year)
        self.paths.show_paths(overview.paths, overview.week_goal_minutes)
        self.deadlines.show_deadlines(overview.deadlines, today)
        self.attention.show_attention(overview.attention, overview.attention_left_out, today)
        self.study.show_study(overview.study, today)
        self.years.show_years(overview.earned_by_year, today.year)
        self._order_tabs()

    def _focus_beginning(self, overview: Overview) -> None:
        """Lead the keyboard to what came instead of what had the focus, unless somebody is typing."""
        if self.isVisible() and not is_typing():
            (self.first_run.doors[0] if overview.is_empty else self.figures.week).setFocus()

    @Slot()
    def _order_tabs(self) -> None:
        # Rows are made anew at every refresh, which would put them at the end.
        figures = self.figures
        stops: list[QWidget] = [
            *(one for one in self.sample_note.findChildren(QAbstractButton) if not one.isHidden()),
            *(figures.week, figures.path, figures.valid, figures.spent),
            *self.paths.tab_stops(),
            *self.deadlines.tab_stops(),
            *self.attention.tab_stops(),
            self.study.heat_map,
        ]
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)

    def _show_note(self, overview: Overview) -> None:
        if overview.has_sample and not self._note_closed:
            text = self.tr("You are looking at sample data.")
            self.sample_note.show_message("info", text, [(_REMOVE_SAMPLE, self.tr("Remove it"))])
        else:
            self.sample_note.hide()

    @Slot(object)
    def _open_screen(self, screen_id: str) -> None:
        self.context.navigate.to_screen(screen_id)

    @Slot()
    def _log_study(self) -> None:
        if LOG_STUDY_TIME in self.context.actions:
            self.context.actions.run(LOG_STUDY_TIME)

    @Slot(object)
    def _open_path(self, path_id: int) -> None:
        self.context.navigate.to_record("path", path_id)

    @Slot(object)
    def _open_subject(self, subject: Deadline | Attention) -> None:
        if subject.credential_id is not None:
            self.context.navigate.to_record("credential", subject.credential_id)
        elif subject.path_id is not None:
            self.context.navigate.to_record("path", subject.path_id)

    @Slot(object)
    def _open_door(self, door: str) -> None:
        if door == IMPORT:
            self.context.actions.run(OPEN_IMPORT)
        elif door == ADD:
            self.context.actions.run(ADD_CREDENTIAL)
        else:
            self._note_closed = False
            task = partial(add_sample, self.context.library, self.context.today())
            self.context.operations.change(task, toast=self.tr("Sample data added"))

    @Slot(str)
    def _on_note(self, _action: str) -> None:
        task = partial(remove_sample, self.context.library, self.context.today())
        self.context.operations.change(task, toast=self.tr("Sample data removed"))

    @Slot()
    def _on_note_closed(self) -> None:
        self._note_closed = True
