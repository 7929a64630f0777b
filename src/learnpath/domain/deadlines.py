"""What comes up and when: claims, exams, expiries, renewal windows, targets and path goals, with their reasons.

Red ("act") is only what is lost if it is ignored this week. A target that slipped is not overdue: it wants a new date.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import ClaimState, CostKind, CostLine, Credential, Path, Stage
from learnpath.domain.status import Status, last_renewal_day, renewal_opens_on, status_of
from learnpath.domain.wording import count_text, date_text, money_text, term_text

ACT_DAYS = 7
SOON_DAYS = 30


class DeadlineKind(StrEnum):
    """What happens on the day."""

    CLAIM = "claim"
    EXAM = "exam"
    EXPIRY = "expiry"
    GRACE_END = "grace_end"
    RENEWAL_OPENS = "renewal_opens"
    TARGET = "target"
    PATH_GOAL = "path_goal"


class Urgency(StrEnum):
    """How near the loss is."""

    ACT = "act"
    SOON = "soon"
    LATER = "later"


class AgendaGroup(StrEnum):
    """The headings of the agenda."""

    OVERDUE = "overdue"
    THIS_WEEK = "this_week"
    THIS_MONTH = "this_month"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One date. `subject` is the short name of the credential or path, `time` is `HH:MM` or empty.

    A claim also names the cost line it asks for (`cost_id`).
    `title` and `explanation` are plain English; `explanation` says where the date comes from.
    """

    on: date
    kind: DeadlineKind
    subject: str
    title: str
    explanation: str
    urgency: Urgency
    time: str = ""
    credential_id: int | None = None
    path_id: int | None = None
    cost_id: int | None = None

    def days(self, today: date) -> int:
        """Return the days from `today`; negative when the day has passed."""
        return (self.on - today).days

    def group(self, today: date) -> AgendaGroup:
        """Return the heading under which the agenda shows it."""
        days = self.days(today)
        if days < 0:
            return AgendaGroup.OVERDUE if self.urgency is Urgency.ACT else AgendaGroup.THIS_WEEK
        if days <= ACT_DAYS:
            return AgendaGroup.THIS_WEEK
        return AgendaGroup.THIS_MONTH if days <= SOON_DAYS else AgendaGroup.LATER


def find_deadlines(
    credentials: Iterable[Credential],
    costs: Iterable[CostLine],
    paths: Iterable[Path],
    today: date,
) -> list[Deadline]:
    """Return every date ahead, and what is past and still open, in order of date."""
    by_id = {credential.id: credential for credential in credentials}
    found: list[Deadline] = []
    for credential in by_id.values():
        found.extend(_of_credential(credential, today))
    for cost in costs:
        credential = by_id.get(cost.credential_id)
        if credential is not None and cost.claim_state is ClaimState.TO_CLAIM and cost.claim_by is not None:
            found.append(_claim(cost, credential, cost.claim_by.last_day, today))
    for path in paths:
        if path.is_active and path.goal_on is not None:
            found.append(_path_goal(path, path.goal_on, today))
    return sorted(found, key=lambda deadline: (deadline.on, deadline.title))


def short_name(credential: Credential) -> str:
    """Return the exam code when there is one, else the title."""
    return credential.human_code or credential.title


def _of_credential(credential: Credential, today: date) -> Iterator[Deadline]:
    if credential.stage in {Stage.WISHED, Stage.PLANNED, Stage.ENROLLED, Stage.BOOKED}:
        if credential.exam_on is not None and credential.exam_on.last_day >= today:
            yield _exam(credential, credential.exam_on, today)
        elif credential.target_on is not None:
            yield _target(credential, credential.target_on, today)
    elif credential.stage is Stage.EARNED and credential.valid_until is not None:
        yield from _expiry(credential, credential.valid_until, today)


def _exam(credential: Credential, on: PartialDate, today: date) -> Deadline:
    where = ", ".join(part for part in (credential.exam_place, _time_text(credential)) if part)
    return Deadline(
        on=on.last_day,
        kind=DeadlineKind.EXAM,
        subject=short_name(credential),
        title=f"{short_name(credential)} exam",
        explanation=where or "The exam date you entered",
        urgency=_urgency(on.last_day, today),
        time=credential.exam_time,
        credential_id=credential.id,
    )


def _time_text(credential: Credential) -> str:
    return f"{credential.exam_time} {credential.exam_zone}".strip() if credential.exam_time else ""


def _target(credential: Credential, on: PartialDate, today: date) -> Deadline:
    slipped = on.last_day < today
    return Deadline(
        on=on.last_day,
        kind=DeadlineKind.TARGET,
        subject=short_name(credential),
        title=f"Finish {short_name(credential)}",
        explanation=f"Planned for {date_text(on)}: choose a new date" if slipped else "The target date you chose",
        urgency=Urgency.SOON if slipped or (on.last_day - today).days <= SOON_DAYS else Urgency.LATER,
        credential_id=credential.id,
    )


def _expiry(credential: Credential, until: PartialDate, today: date) -> Iterator[Deadline]:
    status = status_of(credential, today)
    if status in {Status.EXPIRED, Status.REVOKED}:
        return
    origin = f"Valid until {date_text(until)}"
    if credential.awarded_on is not None:
        origin = f"{date_text(until)}: issued {date_text(credential.awarded_on)}"
        if credential.valid_for:
            origin += f", valid for {term_text(credential.valid_for)}"
    if credential.renewal_note:
        origin = f"{origin}. {credential.renewal_note}"
    last_day = last_renewal_day(credential)
    if status is Status.GRACE and last_day is not None:
        yield Deadline(
            on=last_day,
            kind=DeadlineKind.GRACE_END,
            subject=short_name(credential),
            title=f"Last day to renew {short_name(credential)}",
            explanation=f"Expired {date_text(until)}, with {count_text(credential.grace_days, 'day')} of grace",
            urgency=_urgency(last_day, today),
            credential_id=credential.id,
        )
        return
    yield Deadline(
        on=until.last_day,
        kind=DeadlineKind.EXPIRY,
        subject=short_name(credential),
        title=f"{short_name(credential)} expires",
        explanation=origin,
        urgency=_urgency(until.last_day, today),
        credential_id=credential.id,
    )
    opens = renewal_opens_on(credential)
    if opens is not None and opens > today:
        yield Deadline(
            on=opens,
            kind=DeadlineKind.RENEWAL_OPENS,
            subject=short_name(credential),
            title=f"{short_name(credential)} renewal opens",
            explanation=credential.renewal_note
            or f"{count_text(credential.renewal_opens_days or 0, 'day')} before it expires",
            urgency=Urgency.LATER if (opens - today).days > SOON_DAYS else Urgency.SOON,
            credential_id=credential.id,
        )


def _claim(cost: CostLine, credential: Credential, claim_by: date, today: date) -> Deadline:
    what = "cost" if cost.kind is CostKind.OTHER else f"{cost.kind.value} fee"
    return Deadline(
        on=claim_by,
        kind=DeadlineKind.CLAIM,
        subject=short_name(credential),
        title=f"Claim {short_name(credential)} {what}",
        explanation=f"{money_text(cost.price)}, ask by {date_text(claim_by)}",
        urgency=_urgency(claim_by, today),
        credential_id=credential.id,
        cost_id=cost.id,
    )


def _path_goal(path: Path, goal: PartialDate, today: date) -> Deadline:
    slipped = goal.last_day < today
    reason = f"Planned for {date_text(goal)}: choose a new date" if slipped else "The goal you set for this path"
    return Deadline(
        on=goal.last_day,
        kind=DeadlineKind.PATH_GOAL,
        subject=path.title,
        title=f"Goal: {path.title}",
        explanation=reason,
        urgency=Urgency.SOON if slipped or (goal.last_day - today).days <= SOON_DAYS else Urgency.LATER,
        path_id=path.id,
    )


def _urgency(on: date, today: date) -> Urgency:
    days = (on - today).days
    if days <= ACT_DAYS:
        return Urgency.ACT
    return Urgency.SOON if days <= SOON_DAYS else Urgency.LATER
