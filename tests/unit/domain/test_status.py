from datetime import date

import pytest
from tests.library_fixtures import TODAY, day, earned, planned

from learnpath.domain.records import Credential, Stage
from learnpath.domain.status import Status, last_renewal_day, renewal_opens_on, status_of


@pytest.mark.parametrize(
    ("credential", "status"),
    [
        (earned("A"), Status.ACTIVE),
        (earned("A", until="2026-11-21"), Status.EXPIRING),
        (earned("A", until="2026-11-20"), Status.EXPIRED),
        (earned("A", until="2026-11"), Status.EXPIRING),
        (earned("A", until="2026-10", grace_days=21), Status.GRACE),
        (earned("A", until="2026-10", grace_days=20), Status.EXPIRED),
        (earned("A", until="2027-02-19"), Status.EXPIRING),
        (earned("A", until="2027-02-20"), Status.ACTIVE),
        (earned("A", until="2027-02-20", renewal_opens_days=91), Status.RENEWABLE),
        (earned("A", until="2027-02-20", renewal_opens_days=90), Status.ACTIVE),
        (earned("A", until="2027-02-20", renewal_opens_days=0), Status.ACTIVE),
        (earned("A", until="2027", revoked_on=day("2026")), Status.REVOKED),
        (earned("A", until="2027-12", revoked_on=day("2026-11-22")), Status.ACTIVE),
        (Credential(title="A", stage=Stage.BOOKED, valid_until=day("2020"), revoked_on=day("2020")), Status.BOOKED),
    ],
)
def test_the_status_on_a_day(credential: Credential, status: Status) -> None:
    assert status_of(credential, TODAY) is status


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.EARNED])
def test_what_is_not_earned_has_its_stage_for_a_status(stage: Stage) -> None:
    assert status_of(planned("A", stage=stage), TODAY).value == stage.value


@pytest.mark.parametrize(
    ("until", "opens", "grace", "first", "last"),
    [
        (None, 60, 30, None, None),
        ("2027-01-15", None, 0, None, date(2027, 1, 15)),
        ("2027-01-15", 60, 30, date(2026, 11, 16), date(2027, 2, 14)),
        ("2024-02", 0, 1, date(2024, 2, 29), date(2024, 3, 1)),
        ("9999", 10_000_000, 1, date.min, date.max),
    ],
)
def test_the_window_of_renewal(
    until: str | None, opens: int | None, grace: int, first: date | None, last: date | None
) -> None:
    one = earned("A", until=until, renewal_opens_days=opens, grace_days=grace)
    assert (renewal_opens_on(one), last_renewal_day(one)) == (first, last)
