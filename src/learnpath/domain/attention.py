"""What needs doing now, and the one next step of each: the rules behind "Needs action".

Belongs here: which records ask for something today, and how urgently. Not here: dates that merely come up
(`domain.deadlines`) and how the next step is worded (the window).
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from learnpath.domain.deadlines import Deadline, DeadlineKind, Urgency, short_name
from learnpath.domain.records import CostKind, CostLine, CostState, Credential, Stage
from learnpath.domain.status import EXPIRING_DAYS, VALID, Status, status_of

_OPEN = frozenset({Stage.WISHED, Stage.PLANNED, Stage.ENROLLED, Stage.BOOKED})
_RUNNING_OUT = frozenset({Status.EXPIRING, Status.GRACE})
_EXPIRY_KINDS = frozenset({DeadlineKind.EXPIRY, DeadlineKind.GRACE_END})
_ORDER = (Urgency.ACT, Urgency.SOON, Urgency.LATER)


class AttentionKind(StrEnum):
    """Why a record asks for something; each kind has one next step."""

    CLAIM = "claim"
    EXAM_SOON = "exam_soon"
    EXAM_PASSED = "exam_passed"
    RENEWAL_UNPLANNED = "renewal_unplanned"
    TARGET_SLIPPED = "target_slipped"
    GOAL_SLIPPED = "goal_slipped"
    PROOF_MISSING = "proof_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """One thing to do. `on` is the date it is about (None: any day will do), `subject` the record's short name.

    `detail` is the explanation of the date in plain English, empty when there is none.
    """

    kind: AttentionKind
    urgency: Urgency
    subject: str
    on: date | None = None
    detail: str = ""
    credential_id: int | None = None
    path_id: int | None = None
    cost_id: int | None = None


def find_attention(
    deadlines: Iterable[Deadline],
    credentials: Iterable[Credential],
    costs: Iterable[CostLine],
    *,
    unproven: Iterable[Credential] = (),
    done_path_ids: Collection[int] = (),
    today: date,
) -> list[Attention]:
    """Return what needs doing on `today`, most urgent first.

    `credentials` are those that can ask for something or answer it: open ones, those running out, and others of the
    same programs (a newer award is the renewal). `unproven` are earned ones without a proof, in the order to show.
    """
    known = {one.id: one for one in credentials}
    past = [one for one in known.values() if exam_has_passed(one, today)]
    past_ids = {one.id for one in past}
    covered = planned_renewals(known.values(), costs, today)
    found = [_exam_passed(one) for one in past]
    for deadline in deadlines:
        if deadline.credential_id not in past_ids and deadline.path_id not in done_path_ids:
            found.extend(_of_deadline(deadline, covered, today))
    found.sort(key=lambda one: (_ORDER.index(one.urgency), one.on or date.max, one.subject))
    return found + [_proof_missing(one) for one in unproven]


def exam_has_passed(credential: Credential, today: date) -> bool:
    """Return whether an exam day has passed and nobody has said how it went."""
    if credential.stage not in _OPEN or credential.exam_on is None:
        return False
    return credential.exam_on.last_day < today


def planned_renewals(credentials: Iterable[Credential], costs: Iterable[CostLine], today: date) -> frozenset[int]:
    """Return the ids of credentials that run out but are taken care of.

    Taken care of means: a target or exam day ahead, a renewal fee planned or paid since it was awarded, or another
    record of the same program that is under way or lasts longer.
    """
    every = list(credentials)
    fees = [cost for cost in costs if cost.kind is CostKind.RENEWAL and cost.state is not CostState.REFUNDED]
    by_program: dict[int, list[Credential]] = {}
    for one in every:
        if one.program_id is not None:
            by_program.setdefault(one.program_id, []).append(one)
    return frozenset(
        one.id
        for one in every
        if status_of(one, today) in _RUNNING_OUT
        and (
            any(day is not None and day.last_day >= today for day in (one.target_on, one.exam_on))
            or any(_pays_for(fee, one) for fee in fees)
            or any(_replaces(other, one, today) for other in by_program.get(one.program_id or 0, ()))
        )
    )


def _pays_for(fee: CostLine, credential: Credential) -> bool:
    if fee.credential_id != credential.id:
        return False
    # A fee from before the award paid for the period that now ends.
    if fee.incurred_on is None or credential.awarded_on is None:
        return True
    return fee.incurred_on.last_day > credential.awarded_on.last_day


def _replaces(other: Credential, credential: Credential, today: date) -> bool:
    if other.id == credential.id:
        return False
    if other.stage in _OPEN:
        return True
    if status_of(other, today) not in VALID or credential.valid_until is None:
        return False
    return other.valid_until is None or other.valid_until.last_day > credential.valid_until.last_day


def _of_deadline(deadline: Deadline, covered: Collection[int], today: date) -> Iterator[Attention]:
    urgent = deadline.urgency is Urgency.ACT
    slipped = deadline.on < today
    if deadline.kind is DeadlineKind.CLAIM and urgent:
        yield _from(deadline, AttentionKind.CLAIM)
    elif deadline.kind is DeadlineKind.EXAM and urgent:
        yield _from(deadline, AttentionKind.EXAM_SOON)
    elif deadline.kind in _EXPIRY_KINDS and deadline.credential_id not in covered:
        # Expiries further away than "running out" are no reason to act yet.
        if deadline.kind is DeadlineKind.GRACE_END or (deadline.on - today).days <= EXPIRING_DAYS:
            yield _from(deadline, AttentionKind.RENEWAL_UNPLANNED)
    elif deadline.kind is DeadlineKind.TARGET and slipped:
        yield _from(deadline, AttentionKind.TARGET_SLIPPED)
    elif deadline.kind is DeadlineKind.PATH_GOAL and slipped:
        yield _from(deadline, AttentionKind.GOAL_SLIPPED)


def _from(deadline: Deadline, kind: AttentionKind) -> Attention:
    return Attention(
        kind=kind,
        urgency=deadline.urgency,
        subject=deadline.subject,
        on=deadline.on,
        detail=deadline.explanation,
        credential_id=deadline.credential_id,
        path_id=deadline.path_id,
        cost_id=deadline.cost_id,
    )


def _exam_passed(credential: Credential) -> Attention:
    return Attention(
        kind=AttentionKind.EXAM_PASSED,
        urgency=Urgency.SOON,
        subject=short_name(credential),
        on=credential.exam_on.last_day if credential.exam_on is not None else None,
        detail=credential.exam_place,
        credential_id=credential.id,
    )


def _proof_missing(credential: Credential) -> Attention:
    return Attention(
        kind=AttentionKind.PROOF_MISSING,
        urgency=Urgency.LATER,
        subject=short_name(credential),
        credential_id=credential.id,
    )
