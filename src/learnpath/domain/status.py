"""What state a credential is in on a given day. Computed on read, never stored.

`storage.credential_list` holds the same rules as SQL; a property test keeps the two equal.
"""

from datetime import date, timedelta
from enum import StrEnum

from learnpath.domain.records import Credential, Stage

# People act on an expiry about a quarter ahead; issuers' own mails start at 90 days too (Google Cloud: 90/60/30).
EXPIRING_DAYS = 90


class Status(StrEnum):
    """The states a credential can be in on a day."""

    WISHED = "wished"
    PLANNED = "planned"
    ENROLLED = "enrolled"
    BOOKED = "booked"
    ACTIVE = "active"
    RENEWABLE = "renewable"
    EXPIRING = "expiring"
    GRACE = "grace"
    EXPIRED = "expired"
    REVOKED = "revoked"
    LET_GO = "let_go"


VALID = frozenset({Status.ACTIVE, Status.RENEWABLE, Status.EXPIRING})
IN_PROGRESS = frozenset({Status.ENROLLED, Status.BOOKED})
AHEAD = frozenset({Status.WISHED, Status.PLANNED})
OVER = frozenset({Status.GRACE, Status.EXPIRED, Status.REVOKED})


def status_of(credential: Credential, today: date) -> Status:
    """Return the state of a credential on `today`.

    Valid until the end of the last day that `valid_until` can mean; `grace` for `grace_days` after it; `expiring` in
    the last 90 days; `renewable` from `renewal_opens_days` before the end until it is `expiring`.
    """
    if credential.stage is not Stage.EARNED:
        return Status(credential.stage.value)
    if credential.revoked_on is not None and credential.revoked_on.first_day <= today:
        return Status.REVOKED
    if credential.valid_until is None:
        return Status.ACTIVE
    days_left = (credential.valid_until.last_day - today).days
    if days_left < 0:
        return Status.GRACE if -days_left <= credential.grace_days else Status.EXPIRED
    if days_left <= EXPIRING_DAYS:
        return Status.EXPIRING
    if credential.renewal_opens_days is not None and days_left <= credential.renewal_opens_days:
        return Status.RENEWABLE
    return Status.ACTIVE


def renewal_opens_on(credential: Credential) -> date | None:
    """Return the first day on which renewal is possible, or None when it is not known."""
    if credential.valid_until is None or credential.renewal_opens_days is None:
        return None
    return _shift(credential.valid_until.last_day, -credential.renewal_opens_days)


def last_renewal_day(credential: Credential) -> date | None:
    """Return the last day on which renewal is possible, grace included, or None when it does not expire."""
    if credential.valid_until is None:
        return None
    return _shift(credential.valid_until.last_day, credential.grace_days)


def _shift(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min
