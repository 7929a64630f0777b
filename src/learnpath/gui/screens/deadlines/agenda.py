"""The agenda as values: rows in groups, and dates by day. Made in a worker thread, so it holds no widget.

Belongs here: what can be done with a date right where it is listed. Not here: painting and wording.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from learnpath.domain.changes import ChangeSet
from learnpath.domain.dates import PartialDate
from learnpath.domain.deadlines import AgendaGroup, Deadline, DeadlineKind
from learnpath.gui.models.deadline_lines import chip_kind, deadline_line
from learnpath.gui.widgets.month_grid import DayMark
from learnpath.services.credentials import set_target
from learnpath.services.deadlines import list_deadlines, needing_action
from learnpath.services.paths import set_goal
from learnpath.storage.library import Library


class RowAction(StrEnum):
    """What can be done with a date where it is listed."""

    MARK_CLAIMED = "mark_claimed"
    CHOOSE_DATE = "choose_date"


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a group, and how many dates stand below it."""

    group: AgendaGroup
    count: int


Row = Heading | Deadline


@dataclass(frozen=True, slots=True)
class Agenda:
    """All dates on a day: in order, as rows with headings, and by day."""

    today: date
    deadlines: tuple[Deadline, ...]
    rows: tuple[Row, ...]
    by_day: Mapping[date, Sequence[Deadline]]
    needing_action: int


def read_agenda(library: Library, today: date) -> Agenda:
    """Return every open date of a library."""
    deadlines = list_deadlines(library, today)
    by_day: dict[date, list[Deadline]] = {}
    groups: dict[AgendaGroup, list[Deadline]] = {group: [] for group in AgendaGroup}
    for deadline in deadlines:
        by_day.setdefault(deadline.on, []).append(deadline)
        groups[deadline.group(today)].append(deadline)
    # What comes this week stands before the targets that slipped and only want a new date.
    groups[AgendaGroup.THIS_WEEK].sort(key=lambda one: (one.on < today, one.on))
    rows: list[Row] = []
    for group, members in groups.items():
        if members:
            rows += [Heading(group, len(members)), *members]
    return Agenda(today, tuple(deadlines), tuple(rows), by_day, needing_action(deadlines))


def actions_of(deadline: Deadline) -> tuple[RowAction, ...]:
    """Return what can be done with a date right away."""
    if deadline.cost_id is not None:
        return (RowAction.MARK_CLAIMED,)
    if deadline.kind in {DeadlineKind.TARGET, DeadlineKind.PATH_GOAL}:
        return (RowAction.CHOOSE_DATE,)
    return ()


def inline_action(deadline: Deadline, today: date) -> RowAction | None:
    """Return the action to show in the row itself: claims, and targets that slipped."""
    shown = deadline.cost_id is not None or deadline.on < today
    return next(iter(actions_of(deadline)), None) if shown else None


def move(library: Library, deadline: Deadline, on: PartialDate) -> ChangeSet | None:
    """Give a target or a path's goal another date; return what that changed."""
    if deadline.path_id is not None:
        return set_goal(library, deadline.path_id, on).change
    return set_target(library, deadline.credential_id or 0, on).change


class DayMarks(Mapping[date, Sequence[DayMark]]):
    """The marks of a calendar, worded only for the days that are looked at."""

    def __init__(self, agenda: Agenda) -> None:
        self._agenda = agenda

    def __getitem__(self, day: date) -> Sequence[DayMark]:
        """Return the marks of a day; KeyError when it has none."""
        return [self._mark(deadline) for deadline in self._agenda.by_day[day]]

    def __iter__(self) -> Iterator[date]:
        return iter(self._agenda.by_day)

    def __len__(self) -> int:
        return len(self._agenda.by_day)

    def __contains__(self, day: object) -> bool:
        return day in self._agenda.by_day

    def _mark(self, deadline: Deadline) -> DayMark:
        line = deadline_line(deadline, self._agenda.today)
        return DayMark(line.chip, chip_kind(deadline), deadline.title)
