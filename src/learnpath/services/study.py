"""Logging study time and costs of a credential."""

from dataclasses import replace
from datetime import date, timedelta

from learnpath.domain.changes import Outcome
from learnpath.domain.dates import PartialDate
from learnpath.domain.records import ClaimState, CostLine, Credential, StudySession
from learnpath.domain.wording import minutes_text, money_text
from learnpath.errors import UsageError
from learnpath.storage.library import Library
from learnpath.storage.totals import study_minutes_by_day

_MOST_MINUTES = 24 * 60


def log_study(
    library: Library, minutes: int, on: date, *, credential_id: int | None = None, note: str = ""
) -> Outcome[StudySession]:
    """Store minutes studied on a day; UsageError when they do not fit into a day."""
    if not 0 < minutes <= _MOST_MINUTES:
        raise UsageError("Enter a study time between 1 minute and 24 hours.")
    credential = library.get(Credential, credential_id) if credential_id is not None else None
    of = f" for {credential.title}" if credential else ""
    with library.change(f"Log {minutes_text(minutes)}{of}") as change:
        session = change.insert(
            StudySession(credential_id=credential_id, studied_on=PartialDate.of(on), minutes=minutes, note=note.strip())
        )
    return Outcome(session, change.change_set)


def study_days(library: Library, today: date, weeks: int) -> dict[date, int]:
    """Return minutes by day for the `weeks` weeks that end with the week of `today`."""
    start = today - timedelta(days=today.weekday() + 7 * (weeks - 1))
    return study_minutes_by_day(library, start, today)


def save_cost(library: Library, cost: CostLine) -> Outcome[CostLine]:
    """Store a new cost line (id 0) or replace one."""
    credential = library.get(Credential, cost.credential_id)
    verb = "Edit" if cost.id else "Add"
    with library.change(f"{verb} {money_text(cost.price)} for {credential.title}") as change:
        if cost.id:
            change.update(cost)
            stored = cost
        else:
            stored = change.insert(cost)
    return Outcome(stored, change.change_set)


def mark_claimed(library: Library, cost_id: int) -> Outcome[CostLine]:
    """Remember that a cost was asked back; UsageError when there is none with this id."""
    cost = library.get(CostLine, cost_id)
    credential = library.get(Credential, cost.credential_id)
    claimed = replace(cost, claim_state=ClaimState.CLAIMED)
    with library.change(f"Mark {money_text(cost.price)} for {credential.title} as claimed") as change:
        change.update(claimed)
    return Outcome(claimed, change.change_set)


def delete_cost(library: Library, cost_id: int) -> Outcome[CostLine]:
    """Remove a cost line."""
    cost = library.get(CostLine, cost_id)
    with library.change(f"Remove {money_text(cost.price)}") as change:
        change.delete(CostLine, [cost_id])
    return Outcome(cost, change.change_set)
