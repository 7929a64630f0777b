"""What needs doing on a day, most urgent first."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnpath.domain.attention import (
    Attention,
    AttentionKind,
    exam_has_passed,
    find_attention,
    planned_renewals,
)
from learnpath.domain.dates import PartialDate
from learnpath.domain.deadlines import Urgency, find_deadlines
from learnpath.domain.money import Money
from learnpath.domain.records import ClaimState, CostKind, CostLine, CostState, Credential, Path, Stage

TODAY = date(2026, 11, 21)


def day(offset: int) -> PartialDate:
    return PartialDate.of(TODAY + timedelta(days=offset))


def attention(
    *credentials: Credential,
    costs: tuple[CostLine, ...] = (),
    paths: tuple[Path, ...] = (),
    unproven: tuple[Credential, ...] = (),
    done: tuple[int, ...] = (),
) -> list[Attention]:
    deadlines = find_deadlines(credentials, costs, paths, TODAY)
    return find_attention(deadlines, credentials, costs, unproven=unproven, done_path_ids=done, today=TODAY)


EARNED = Credential(
    id=1, title="Terraform", stage=Stage.EARNED, awarded_on=day(-700), valid_until=day(20), program_id=9
)
BOOKED = Credential(id=2, title="SC-200", stage=Stage.BOOKED, exam_on=day(6), exam_place="Pearson VUE")
PLANNED = Credential(id=3, title="CKA", stage=Stage.PLANNED, target_on=day(-10))
CLAIM = CostLine(id=50, credential_id=1, price=Money(16500, "EUR"), claim_state=ClaimState.TO_CLAIM, claim_by=day(-3))
RENEWAL_FEE = CostLine(id=51, credential_id=1, price=Money(7050, "USD"), kind=CostKind.RENEWAL)
PATH = Path(id=70, title="Cloud", goal_on=day(-2))


def test_an_overdue_claim_names_its_cost_line() -> None:
    (found,) = [one for one in attention(EARNED, costs=(CLAIM,)) if one.kind is AttentionKind.CLAIM]
    assert (found.urgency, found.cost_id, found.credential_id) == (Urgency.ACT, 50, 1)
    assert found.on == TODAY - timedelta(days=3)


def test_a_claim_that_has_time_is_no_reason_to_act() -> None:
    later = replace(CLAIM, claim_by=day(8))
    assert [one.kind for one in attention(EARNED, costs=(later,))] == [AttentionKind.RENEWAL_UNPLANNED]


@pytest.mark.parametrize(("offset", "asks"), [(0, True), (7, True), (8, False)])
def test_an_exam_asks_for_something_in_its_last_week(offset: int, asks: bool) -> None:
    kinds = [one.kind for one in attention(replace(BOOKED, exam_on=day(offset)))]
    assert kinds == ([AttentionKind.EXAM_SOON] if asks else [])


def test_an_exam_that_has_passed_asks_how_it_went_and_nothing_else() -> None:
    (found,) = attention(replace(BOOKED, exam_on=day(-1), target_on=day(-1)))
    assert found.kind is AttentionKind.EXAM_PASSED
    assert (found.on, found.detail) == (TODAY - timedelta(days=1), "Pearson VUE")


def test_an_exam_known_to_the_month_has_not_passed_before_its_end() -> None:
    assert not exam_has_passed(replace(BOOKED, exam_on=PartialDate("2026-11")), TODAY)
    assert exam_has_passed(replace(BOOKED, exam_on=PartialDate("2026-10")), TODAY)


@pytest.mark.parametrize("stage", [Stage.EARNED, Stage.LET_GO])
def test_the_result_of_what_is_settled_is_not_asked_for(stage: Stage) -> None:
    assert not exam_has_passed(replace(BOOKED, stage=stage, exam_on=day(-1)), TODAY)


def test_what_expires_without_a_plan_asks_for_one() -> None:
    (found,) = attention(EARNED)
    assert (found.kind, found.urgency) == (AttentionKind.RENEWAL_UNPLANNED, Urgency.SOON)


@pytest.mark.parametrize(("offset", "asks"), [(90, True), (91, False)])
def test_an_expiry_asks_for_a_plan_in_its_last_quarter(offset: int, asks: bool) -> None:
    assert bool(attention(replace(EARNED, valid_until=day(offset)))) is asks


def test_days_of_grace_ask_for_a_plan_too() -> None:
    (found,) = attention(replace(EARNED, valid_until=day(-5), grace_days=60))
    assert found.kind is AttentionKind.RENEWAL_UNPLANNED
    assert found.on == TODAY + timedelta(days=55)


@pytest.mark.parametrize(
    "other",
    [
        Credential(id=8, title="Terraform 004", stage=Stage.PLANNED, program_id=9),
        Credential(id=8, title="Terraform 004", stage=Stage.EARNED, program_id=9, awarded_on=day(-1)),
        Credential(id=8, title="Terraform 004", stage=Stage.EARNED, program_id=9, valid_until=day(300)),
    ],
)
def test_a_newer_record_of_the_program_is_the_plan(other: Credential) -> None:
    assert planned_renewals([EARNED, other], [], TODAY) == {1}
    assert attention(EARNED, other) == []


@pytest.mark.parametrize(
    "other",
    [
        Credential(id=8, title="Other", stage=Stage.PLANNED, program_id=10),
        Credential(id=8, title="Other", stage=Stage.PLANNED),
        Credential(id=8, title="Old", stage=Stage.EARNED, program_id=9, valid_until=day(-300)),
        Credential(id=8, title="Gone", stage=Stage.LET_GO, program_id=9),
    ],
)
def test_other_records_are_no_plan(other: Credential) -> None:
    assert 1 not in planned_renewals([EARNED, other], [], TODAY)


def test_a_date_ahead_on_the_credential_itself_is_a_plan() -> None:
    assert planned_renewals([replace(EARNED, target_on=day(5))], [], TODAY) == {1}
    assert planned_renewals([replace(EARNED, exam_on=day(0))], [], TODAY) == {1}
    assert planned_renewals([replace(EARNED, exam_on=day(-700))], [], TODAY) == frozenset()


def test_a_renewal_fee_is_a_plan_unless_it_paid_for_the_period_that_ends() -> None:
    assert planned_renewals([EARNED], [RENEWAL_FEE], TODAY) == {1}
    assert planned_renewals([EARNED], [replace(RENEWAL_FEE, incurred_on=day(-3))], TODAY) == {1}
    assert planned_renewals([EARNED], [replace(RENEWAL_FEE, incurred_on=day(-700))], TODAY) == frozenset()
    assert planned_renewals([EARNED], [replace(RENEWAL_FEE, state=CostState.REFUNDED)], TODAY) == frozenset()
    assert planned_renewals([EARNED], [replace(RENEWAL_FEE, credential_id=2)], TODAY) == frozenset()


def test_targets_and_goals_that_slipped_want_a_new_date() -> None:
    found = attention(PLANNED, paths=(PATH,))
    assert [(one.kind, one.credential_id, one.path_id) for one in found] == [
        (AttentionKind.TARGET_SLIPPED, 3, None),
        (AttentionKind.GOAL_SLIPPED, None, 70),
    ]
    assert {one.urgency for one in found} == {Urgency.SOON}


def test_a_path_that_is_done_needs_no_new_goal() -> None:
    assert attention(paths=(PATH,), done=(70,)) == []


def test_targets_ahead_ask_for_nothing() -> None:
    assert attention(replace(PLANNED, target_on=day(0)), paths=(replace(PATH, goal_on=day(1)),)) == []


def test_what_is_lost_this_week_comes_first_and_missing_proof_last() -> None:
    found = attention(EARNED, BOOKED, PLANNED, costs=(CLAIM,), unproven=(EARNED,))
    assert [one.kind for one in found] == [
        AttentionKind.CLAIM,
        AttentionKind.EXAM_SOON,
        AttentionKind.TARGET_SLIPPED,
        AttentionKind.RENEWAL_UNPLANNED,
        AttentionKind.PROOF_MISSING,
    ]


@given(st.lists(st.tuples(st.sampled_from(Stage), st.integers(-400, 400), st.integers(-400, 400)), max_size=12))
def test_each_credential_asks_at_most_once_for_a_date_and_in_order_of_urgency(
    rows: list[tuple[Stage, int, int]],
) -> None:
    credentials = [
        Credential(
            id=number, title=f"C{number}", stage=stage, exam_on=day(exam), target_on=day(exam), valid_until=day(until)
        )
        for number, (stage, exam, until) in enumerate(rows, 1)
    ]
    found = attention(*credentials)
    ids = [one.credential_id for one in found]
    assert len(ids) == len(set(ids))
    order = [list(Urgency).index(one.urgency) for one in found]
    assert order == sorted(order)
