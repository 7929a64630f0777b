from datetime import date, timedelta

import pytest
from tests.library_fixtures import TODAY, day, earned, planned

from learnpath.domain.deadlines import AgendaGroup, Deadline, DeadlineKind, Urgency, find_deadlines
from learnpath.domain.money import Money
from learnpath.domain.records import ClaimState, CostKind, CostLine, Credential, Path, Stage


def _of(*credentials: Credential, today: date = TODAY) -> list[Deadline]:
    return find_deadlines(credentials, [], [], today)


def _only(credential: Credential) -> Deadline:
    (found,) = _of(credential)
    return found


AZ_104 = earned(
    "Azure Administrator",
    "2026-01-20",
    "2027-01-20",
    id=1,
    human_code="AZ-104",
    renewal_opens_days=180,
    valid_for="P1Y",
)
GOOGLE = earned("Cloud Architect", "2025-01-15", "2027-01-15", id=2, renewal_opens_days=60, grace_days=30)
PL_200 = earned("PL-200", "2025-12-05", "2026-12-05", id=3)


def test_three_renewals_come_in_order_and_none_is_red() -> None:
    found = _of(AZ_104, GOOGLE, PL_200)
    assert [(one.subject, one.days(TODAY), one.urgency, one.group(TODAY)) for one in found] == [
        ("PL-200", 14, Urgency.SOON, AgendaGroup.THIS_MONTH),
        ("Cloud Architect", 55, Urgency.LATER, AgendaGroup.LATER),
        ("AZ-104", 60, Urgency.LATER, AgendaGroup.LATER),
    ]
    assert found[2].explanation == "20 Jan 2027: issued 20 Jan 2026, valid for 1 year"
    assert found[2].title == "AZ-104 expires"


def test_the_day_on_which_renewal_opens_is_told_ahead_of_it() -> None:
    before = _of(AZ_104, GOOGLE, today=date(2026, 7, 20))
    assert [(one.kind, str(one.on), one.urgency) for one in before] == [
        (DeadlineKind.RENEWAL_OPENS, "2026-07-24", Urgency.SOON),
        (DeadlineKind.RENEWAL_OPENS, "2026-11-16", Urgency.LATER),
        (DeadlineKind.EXPIRY, "2027-01-15", Urgency.LATER),
        (DeadlineKind.EXPIRY, "2027-01-20", Urgency.LATER),
    ]
    assert before[0].explanation == "180 days before it expires"
    opened = _of(AZ_104, today=date(2026, 7, 24))
    assert [one.kind for one in opened] == [DeadlineKind.EXPIRY]


def test_one_day_is_told_as_one() -> None:
    one = earned("A", until="2026-12-01", renewal_opens_days=1)
    assert [each.explanation for each in _of(one) if each.kind is DeadlineKind.RENEWAL_OPENS] == [
        "1 day before it expires"
    ]
    grace = _only(earned("A", until="2026-11-20", grace_days=1))
    assert grace.explanation == "Expired 20 Nov 2026, with 1 day of grace"


def test_grace_ends_on_its_last_day() -> None:
    (found,) = _of(GOOGLE, today=date(2027, 2, 10))
    assert (found.kind, found.on, found.urgency) == (DeadlineKind.GRACE_END, date(2027, 2, 14), Urgency.ACT)
    assert found.title == "Last day to renew Cloud Architect"
    assert found.explanation == "Expired 15 Jan 2027, with 30 days of grace"
    assert _of(GOOGLE, today=date(2027, 2, 15)) == []


@pytest.mark.parametrize(
    "silent",
    [
        earned("A"),
        earned("A", until="2026-11-20"),
        earned("A", until="2027", revoked_on=day("2026-01")),
        planned("A"),
        planned("A", stage=Stage.LET_GO, target_on=day("2026-12"), exam_on=day("2026-12-01")),
        planned("A", exam_on=day("2026-11-20")),
    ],
)
def test_what_has_no_date_ahead_is_silent(silent: Credential) -> None:
    assert _of(silent) == []


def test_a_note_on_renewal_explains_it() -> None:
    found = _of(earned("A", "2025", "2027-06", renewal_opens_days=30, renewal_note="Free online test."))
    assert [one.explanation for one in found] == [
        "Free online test.",
        "Jun 2027: issued 2025. Free online test.",
    ]
    undated = Credential(title="A", stage=Stage.EARNED, valid_until=day("2027-06"))
    assert _only(undated).explanation == "Valid until Jun 2027"


@pytest.mark.parametrize(
    ("days", "urgency", "group"),
    [
        (0, Urgency.ACT, AgendaGroup.THIS_WEEK),
        (7, Urgency.ACT, AgendaGroup.THIS_WEEK),
        (8, Urgency.SOON, AgendaGroup.THIS_MONTH),
        (30, Urgency.SOON, AgendaGroup.THIS_MONTH),
        (31, Urgency.LATER, AgendaGroup.LATER),
    ],
)
def test_an_exam_is_red_in_its_week(days: int, urgency: Urgency, group: AgendaGroup) -> None:
    on = (TODAY + timedelta(days=days)).isoformat()
    found = _only(planned("A", stage=Stage.BOOKED, exam_on=day(on), exam_time="09:30", exam_zone="Europe/Budapest"))
    assert (found.kind, found.urgency, found.group(TODAY), found.time) == (DeadlineKind.EXAM, urgency, group, "09:30")
    assert found.explanation == "09:30 Europe/Budapest"


def test_an_exam_says_where_it_is() -> None:
    at_home = planned("A", exam_on=day("2026-12"), exam_place="Online", exam_time="10:00", target_on=day("2026-11-25"))
    assert (_only(at_home).explanation, _only(at_home).on) == ("Online, 10:00", date(2026, 12, 31))
    assert _only(planned("A", exam_on=day("2026-12-01"), exam_zone="UTC")).explanation == "The exam date you entered"


@pytest.mark.parametrize(
    ("on", "urgency", "group", "explanation"),
    [
        ("2026-11-20", Urgency.SOON, AgendaGroup.THIS_WEEK, "Planned for 20 Nov 2026: choose a new date"),
        ("2026-10", Urgency.SOON, AgendaGroup.THIS_WEEK, "Planned for Oct 2026: choose a new date"),
        ("2026-11-21", Urgency.SOON, AgendaGroup.THIS_WEEK, None),
        ("2026-12-21", Urgency.SOON, AgendaGroup.THIS_MONTH, None),
        ("2027", Urgency.LATER, AgendaGroup.LATER, None),
    ],
)
def test_a_target_or_goal_that_slipped_wants_a_new_date_and_is_never_red(
    on: str, urgency: Urgency, group: AgendaGroup, explanation: str | None
) -> None:
    paths = [
        Path(id=9, title="Way", goal_on=day(on)),
        Path(title="Off", goal_on=day(on), is_active=False),
        Path(title="X"),
    ]
    goal, target = find_deadlines([planned("A", id=4, target_on=day(on))], [], paths, TODAY)[::-1]
    assert (target.kind, target.title, target.credential_id) == (DeadlineKind.TARGET, "Finish A", 4)
    assert (goal.kind, goal.title, goal.path_id) == (DeadlineKind.PATH_GOAL, "Goal: Way", 9)
    assert (target.urgency, target.group(TODAY), target.on) == (urgency, group, day(on).last_day)
    assert (goal.urgency, goal.group(TODAY), goal.on) == (urgency, group, day(on).last_day)
    assert target.explanation == (explanation or "The target date you chose")
    assert goal.explanation == (explanation or "The goal you set for this path")


def test_an_exam_that_is_over_gives_way_to_the_target() -> None:
    found = _only(planned("A", exam_on=day("2026-11-20"), target_on=day("2026-12-31")))
    assert found.kind is DeadlineKind.TARGET


@pytest.mark.parametrize(("kind", "what"), [(CostKind.EXAM, "exam fee"), (CostKind.OTHER, "cost")])
def test_a_claim_is_asked_for_by_its_day(kind: CostKind, what: str) -> None:
    costs = [
        CostLine(
            credential_id=credential,
            kind=kind,
            price=Money(16550, "EUR"),
            claim_state=state,
            claim_by=day(by) if by else None,
        )
        for credential, state, by in (
            (5, ClaimState.TO_CLAIM, "2026-11-25"),
            (5, ClaimState.TO_CLAIM, "2026-11-01"),
            (5, ClaimState.TO_CLAIM, None),
            (5, ClaimState.CLAIMED, "2026-11-25"),
            (6, ClaimState.TO_CLAIM, "2026-11-25"),
        )
    ]
    overdue, found = find_deadlines([planned("Brother feedback", id=5)], costs, [], TODAY)
    assert (found.kind, found.title, found.urgency) == (
        DeadlineKind.CLAIM,
        f"Claim Brother feedback {what}",
        Urgency.ACT,
    )
    assert found.explanation == "165.50 EUR, ask by 25 Nov 2026"
    assert found.group(TODAY) is AgendaGroup.THIS_WEEK
    assert (overdue.urgency, overdue.group(TODAY)) == (Urgency.ACT, AgendaGroup.OVERDUE)
