"""A deadline in the window's words: its chip, its line in a list, and the sentence that explains it.

Belongs here: wording shared by every screen that lists dates. Not here: which dates there are (`domain.deadlines`).
"""

from datetime import date

from PySide6.QtCore import QCoreApplication

from learnpath.domain.deadlines import Deadline, DeadlineKind, Urgency
from learnpath.domain.typed_dates import describe_distance
from learnpath.domain.wording import date_text
from learnpath.gui.widgets.agenda_line import AgendaLine
from learnpath.gui.widgets.chip import ChipKind
from learnpath.gui.widgets.wording import day_text, distance_text, weekday_text

_CHIP_TEXTS = {
    DeadlineKind.CLAIM: "Claim",
    DeadlineKind.EXAM: "Exam",
    DeadlineKind.EXPIRY: "Expires",
    DeadlineKind.GRACE_END: "Renew",
    DeadlineKind.RENEWAL_OPENS: "Renew",
    DeadlineKind.TARGET: "Target",
    DeadlineKind.PATH_GOAL: "Goal",
}
_CHIP_KINDS: dict[DeadlineKind, ChipKind] = {
    DeadlineKind.CLAIM: "accent",
    DeadlineKind.EXAM: "warn",
    DeadlineKind.EXPIRY: "warn",
    DeadlineKind.GRACE_END: "warn",
    DeadlineKind.RENEWAL_OPENS: "accent",
    DeadlineKind.TARGET: "plan",
    DeadlineKind.PATH_GOAL: "plan",
}


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("Deadlines", text, None, count)


def chip_text(kind: DeadlineKind) -> str:
    """Return the one word that says what happens on the day."""
    return _tr(_CHIP_TEXTS[kind])


def chip_kind(deadline: Deadline) -> ChipKind:
    """Return the chip's colours: by what happens, red only for what is lost if it is ignored this week."""
    return "bad" if deadline.urgency is Urgency.ACT else _CHIP_KINDS[deadline.kind]


def when_text(day: date, today: date) -> str:
    """Return a day short enough for a list: `27 Nov`, and `Mar 2028` when it is a year away or more."""
    if abs((day - today).days) < 365:
        return day_text(day, year=False)
    return day_text(day).split(" ", 1)[1]


def how_far_text(deadline: Deadline, today: date) -> str:
    """Return how far away it is; what is lost when ignored and past is `3 days overdue`."""
    days = deadline.days(today)
    if days < 0 and deadline.urgency is Urgency.ACT:
        return _tr("%n days overdue", -days) if days < -1 else _tr("1 day overdue")
    return distance_text(describe_distance(deadline.on, today))


def deadline_line(deadline: Deadline, today: date, *, distance_first: bool = False) -> AgendaLine:
    """Return the line of a list; `distance_first` puts the distance before the explanation instead of at the end."""
    far = how_far_text(deadline, today)
    # The row begins with the day: the explanation need not repeat it.
    reason = deadline.explanation.removeprefix(f"{date_text(deadline.on)}: ")
    subtitle = f"{far} · {reason}" if distance_first else reason
    return AgendaLine(
        when=when_text(deadline.on, today),
        title=deadline.title,
        subtitle=subtitle[:1].upper() + subtitle[1:],
        chip=chip_text(deadline.kind),
        kind=chip_kind(deadline),
        distance="" if distance_first else far,
    )


def deadline_tip(deadline: Deadline, today: date) -> str:
    """Return the whole of it as text: day, distance, title, and where the date comes from."""
    far = how_far_text(deadline, today)
    return f"{weekday_text(deadline.on)} {day_text(deadline.on)}, {far}\n{deadline.title}\n{deadline.explanation}"
