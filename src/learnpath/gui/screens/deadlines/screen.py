"""The screen of everything that comes up: twelve months, the agenda, and a month.

Belongs here: asking for the dates and doing what a row offers. Each part has a module of its own.
"""

from datetime import date
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from learnpath.domain.changes import ChangeSet
from learnpath.domain.dates import PartialDate
from learnpath.domain.deadlines import Deadline
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.deadlines.agenda import (
    Agenda,
    DayMarks,
    RowAction,
    actions_of,
    move,
    read_agenda,
)
from learnpath.gui.screens.deadlines.agenda_view import AgendaView
from learnpath.gui.screens.deadlines.ribbon_items import MOST_ITEMS, on_ribbon, ribbon_items
from learnpath.gui.shell.commands import ADD_CREDENTIAL, EDIT, LOG_STUDY_TIME, OPEN_IMPORT, TOGGLE_DONE
from learnpath.gui.shell.screen import Screen
from learnpath.gui.widgets.card import Card
from learnpath.gui.widgets.date_popup import DatePopup
from learnpath.gui.widgets.empty_state import EmptyState
from learnpath.gui.widgets.month_calendar import MonthCalendar
from learnpath.gui.widgets.ribbon import Ribbon
from learnpath.services.study import mark_claimed

_CALENDAR_FROM = 1000
_COMMANDS = {TOGGLE_DONE: RowAction.MARK_CLAIMED, EDIT: RowAction.CHOOSE_DATE}


class DeadlinesScreen(Screen):
    """Every date ahead, and what is past and still open."""

    screen_id = "deadlines"
    icon_name = "deadline"
    kinds = frozenset({"credential", "cost_line", "path", "path_step", "study_session", "profile"})
    primary_command = ADD_CREDENTIAL
    secondary_command = LOG_STUDY_TIME

    def __init__(self, context: GuiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self._shown: Agenda | None = None
        self.ribbon_card = Card(theme, self.tr("Next 12 months"))
        self.ribbon = Ribbon(theme, self.tr("Next 12 months"))
        self.agenda_card = Card(theme, self.tr("Agenda"))
        self.agenda = AgendaView(theme)
        self.calendar_card = Card(theme)
        self.calendar = MonthCalendar(theme, self.tr("Month"), context.today())
        self.empty = EmptyState(
            theme,
            "deadline",
            self.tr("No dates ahead"),
            self.tr("Expiry dates, exams, claims and targets appear here by themselves once a credential has them."),
            self.tr("Add credential"),
            self.tr("Import…"),
        )
        self.popup: DatePopup | None = None
        self._pages = QStackedWidget()
        self._content = QWidget()
        self._side = QWidget()
        self._build()
        self._connect()

    def title(self) -> str:
        """Return the title for the top bar and the navigation."""
        return self.tr("Deadlines")

    def refresh(self, change: ChangeSet | None) -> None:
        """Ask for all open dates of today."""
        task = partial(read_agenda, self.context.library, self.context.today())
        self.context.operations.read(task, self._show, replaces="deadlines")

    def can_run(self, command_id: str) -> bool:
        """Return whether the current date can be marked as claimed or moved."""
        current = self.agenda.current
        return current is not None and _COMMANDS.get(command_id) in actions_of(current)

    def run_command(self, command_id: str) -> None:
        """Mark the current claim as claimed, or choose a new date for the current target."""
        current = self.agenda.current
        if current is not None and self.can_run(command_id):
            self._act(current, _COMMANDS[command_id])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the month out where there is too little room."""
        super().resizeEvent(event)
        self._fit()

    def _build(self) -> None:
        self.ribbon_card.add(self.ribbon)
        self.ribbon_card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.agenda_card.body.setSpacing(0)
        self.agenda_card.add(self.agenda, 1)
        self.calendar_card.setAccessibleName(self.tr("Month"))
        self.calendar_card.add(self.calendar)
        lower = QHBoxLayout()
        lower.setSpacing(14)
        lower.addWidget(self.agenda_card, 66)
        right = QVBoxLayout(self._side)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.calendar_card)
        right.addStretch()
        lower.addWidget(self._side, 40)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(18, 18, 18, 18)
        column.setSpacing(14)
        column.addWidget(self.ribbon_card)
        column.addLayout(lower, 1)
        self._pages.addWidget(self._content)
        self._pages.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        stops = (self.ribbon, self.agenda, self.calendar.back, self.calendar.forward, self.calendar.grid)
        for one, following in pairwise(stops):
            self.setTabOrder(one, following)
        if TOGGLE_DONE in self.context.actions:
            self.context.actions.attach(TOGGLE_DONE, self.agenda)

    def _connect(self) -> None:
        self.ribbon.activated.connect(self._on_ribbon)
        self.agenda.opened.connect(self._open)
        self.agenda.action_requested.connect(self._act)
        self.agenda.moved.connect(self.context.actions.refresh)
        self.calendar.activated.connect(self._open_day)
        self.calendar.day_changed.connect(self._reveal_day)
        self.empty.primary_clicked.connect(partial(self._run, ADD_CREDENTIAL))
        self.empty.secondary_clicked.connect(partial(self._run, OPEN_IMPORT))
        self.context.theme.changed.connect(self._fit)

    @Slot()
    def _fit(self) -> None:
        self._side.setVisible(self.window().width() >= self.context.theme.px(_CALENDAR_FROM))

    def _show(self, agenda: Agenda) -> None:
        self._shown = agenda
        self._pages.setCurrentWidget(self._content if agenda.deadlines else self.empty)
        self._show_ribbon(agenda)
        self.calendar.set_marks(DayMarks(agenda), agenda.today)
        self._show_rows(agenda)
        count = len(agenda.deadlines)
        text = self.tr("1 date") if count == 1 else self.tr("{count} dates")
        self.agenda_card.set_note(text.format(count=self.locale().toString(count)))
        self.context.actions.refresh()

    def _show_ribbon(self, agenda: Agenda) -> None:
        shown = on_ribbon(agenda.deadlines, agenda.today)
        self.ribbon.set_items(ribbon_items(shown, agenda.today), agenda.today)
        locale = self.locale()
        dates = self.tr("1 date") if len(shown) == 1 else self.tr("{count} dates")
        note = dates.format(count=locale.toString(len(shown)))
        if agenda.needing_action:
            urgent = agenda.needing_action
            action = self.tr("1 needs action") if urgent == 1 else self.tr("{count} need action")
            note = f"{note} · {action.format(count=locale.toString(urgent))}"
        self.ribbon_card.set_note(note)

    def _show_rows(self, agenda: Agenda) -> None:
        kept, row = self.agenda.current, self.agenda.currentIndex().row()
        scrolled = self.agenda.verticalScrollBar().value()
        self.agenda.agenda.set_rows(agenda.rows, agenda.today)
        if kept is not None:
            place = self.agenda.agenda.place_of(kept)
            self.agenda.setCurrentIndex(place if place.isValid() else self.agenda.agenda.next_date(row))
        self.agenda.verticalScrollBar().setValue(scrolled)

    @Slot(object)
    def _on_ribbon(self, deadline: Deadline) -> None:
        # A dot that stands for a whole month leads to that month in the agenda.
        together = self._shown is not None and len(on_ribbon(self._shown.deadlines, self._shown.today)) > MOST_ITEMS
        if together:
            self.agenda.reveal(deadline)
            self.agenda.setFocus()
        else:
            self._open(deadline)

    @Slot(object)
    def _open(self, deadline: Deadline) -> None:
        if deadline.credential_id is not None:
            self.context.navigate.to_record("credential", deadline.credential_id)
        elif deadline.path_id is not None:
            self.context.navigate.to_record("path", deadline.path_id)

    @Slot(object)
    def _open_day(self, day: date) -> None:
        first = self._first_on(day)
        if first is not None:
            self._open(first)

    @Slot(object)
    def _reveal_day(self, day: date) -> None:
        first = self._first_on(day)
        if first is not None:
            self.agenda.reveal(first)

    def _first_on(self, day: date) -> Deadline | None:
        return None if self._shown is None else next(iter(self._shown.by_day.get(day, ())), None)

    def _run(self, command_id: str) -> None:
        self.context.actions.run(command_id)

    @Slot(object, object)
    def _act(self, deadline: Deadline, action: RowAction) -> None:
        if action is RowAction.MARK_CLAIMED:
            task = partial(mark_claimed, self.context.library, deadline.cost_id or 0)
            toast = self.tr("Marked as claimed: {subject}").format(subject=deadline.subject)
            self.context.operations.change(task, toast=toast)
            return
        title = self.tr("New date for {subject}").format(subject=deadline.subject)
        self.popup = DatePopup(self.context.theme, title, self.context.today, self)
        self.popup.chosen.connect(partial(self._move, deadline))
        self.popup.open_at(self.agenda.place_below(deadline))

    def _move(self, deadline: Deadline, on: PartialDate) -> None:
        toast = self.tr("New date for {subject}").format(subject=deadline.subject)
        self.context.operations.change(partial(move, self.context.library, deadline, on), toast=toast)
