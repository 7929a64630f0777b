"""What comes up: the dates of all credentials, claims and paths."""

from datetime import date, timedelta

from learnpath.domain.deadlines import ACT_DAYS, Deadline, Urgency, find_deadlines
from learnpath.domain.records import CostLine, Credential, Path
from learnpath.storage.library import Library


def list_deadlines(library: Library, today: date, within: int | None = None) -> list[Deadline]:
    """Return open dates in order, those past and still open first; `within` limits to that many days ahead."""
    # Credentials without any date ahead are left in the database: a library can hold 100,000 of them.
    credentials = library.where(
        Credential,
        """(stage = 'earned' AND valid_until IS NOT NULL
            AND julianday(substr(valid_until, 1, 4) || '-12-31') + grace_days >= julianday(?))
        OR (stage IN ('wished', 'planned', 'enrolled', 'booked') AND (exam_on IS NOT NULL OR target_on IS NOT NULL))
        OR id IN (SELECT credential_id FROM cost_line WHERE claim_state = 'to_claim')""",
        (today.isoformat(),),
    )
    costs = library.where(CostLine, "claim_state = 'to_claim' AND claim_by IS NOT NULL")
    found = find_deadlines(credentials, costs, library.where(Path, "is_active"), today)
    return [one for one in found if within is None or one.days(today) <= within]


def count_needing_action(library: Library, today: date) -> int:
    """Return `needing_action` of all dates, reading only the credentials that can be among them.

    The window asks after every change, when a library of 10,000 credentials has thousands of dates further ahead.
    """
    try:
        limit = (today + timedelta(days=ACT_DAYS)).isoformat()
    except OverflowError:
        limit = date.max.isoformat()
    # A date known to the month or year is a beginning of the days it can mean, and so never after them as text.
    credentials = library.where(
        Credential,
        """(stage = 'earned' AND valid_until <= ?
            AND julianday(substr(valid_until, 1, 4) || '-12-31') + grace_days >= julianday(?))
        OR (stage IN ('wished', 'planned', 'enrolled', 'booked') AND exam_on <= ?)
        OR id IN (SELECT credential_id FROM cost_line WHERE claim_state = 'to_claim' AND claim_by <= ?)""",
        (limit, today.isoformat(), limit, limit),
    )
    costs = library.where(CostLine, "claim_state = 'to_claim' AND claim_by <= ?", (limit,))
    return needing_action(find_deadlines(credentials, costs, [], today))


def needing_action(deadlines: list[Deadline]) -> int:
    """Return how many of the dates are lost if they are ignored this week."""
    return sum(1 for one in deadlines if one.urgency is Urgency.ACT)
