from dataclasses import replace
from datetime import date

import pytest
from tests.library_fixtures import TODAY, add, day, planned

from learnpath.domain.money import Money
from learnpath.domain.records import ClaimState, CostLine, CostState, Payer, StudySession
from learnpath.errors import UsageError
from learnpath.services.study import delete_cost, log_study, save_cost, study_days
from learnpath.storage.library import Library
from learnpath.storage.totals import logged_minutes, spent_in_year


def _labels(library: Library) -> list[str]:
    return [entry.label for entry in library.history()]


def test_study_is_logged_for_a_credential_or_in_general(library: Library) -> None:
    one = add(library, planned("A"))
    first = log_study(library, 90, TODAY, credential_id=one.id, note=" chapter 2 ").value
    second = log_study(library, 1440, date(2026, 11, 20)).value
    assert (first.note, first.studied_on) == ("chapter 2", day("2026-11-21"))
    assert library.all(StudySession) == [first, second]
    assert _labels(library)[:2] == ["Log 24 h", "Log 1 h 30 for A"]
    assert logged_minutes(library) == {one.id: 90}


@pytest.mark.parametrize("minutes", [0, -5, 1441])
def test_minutes_must_fit_into_a_day(library: Library, minutes: int) -> None:
    with pytest.raises(UsageError, match="between 1 minute and 24 hours"):
        _ = log_study(library, minutes, TODAY)
    assert library.history() == []


def test_study_for_what_is_not_there_is_refused(library: Library) -> None:
    with pytest.raises(UsageError):
        _ = log_study(library, 5, TODAY, credential_id=0)


def test_days_are_summed_for_whole_weeks(library: Library) -> None:
    for text, minutes in (
        ("2026-11-08", 1),
        ("2026-11-09", 2),
        ("2026-11-20", 4),
        ("2026-11-20", 8),
        ("2026-11-22", 16),
    ):
        _ = log_study(library, minutes, date.fromisoformat(text))
    with library.change("A month, no day") as change:
        _ = change.insert(StudySession(studied_on=day("2026-11"), minutes=32))
    assert study_days(library, TODAY, 2) == {date(2026, 11, 9): 2, date(2026, 11, 20): 12}
    assert study_days(library, TODAY, 1) == {date(2026, 11, 20): 12}


def test_costs_are_added_edited_and_removed(library: Library) -> None:
    one = add(library, planned("A"))
    cost = save_cost(library, CostLine(credential_id=one.id, price=Money(16500, "USD"))).value
    edited = save_cost(library, replace(cost, price=Money(9950, "USD"))).value
    assert library.all(CostLine) == [edited]
    assert delete_cost(library, cost.id).value == edited
    assert library.all(CostLine) == []
    assert _labels(library)[:3] == ["Remove 99.50 USD", "Edit 99.50 USD for A", "Add 165 USD for A"]
    for call in (
        lambda: delete_cost(library, cost.id),
        lambda: save_cost(library, edited),
        lambda: save_cost(library, replace(edited, credential_id=3)),
    ):
        with pytest.raises(UsageError):
            _ = call()


def test_spent_is_what_was_paid_by_oneself_and_not_given_back(library: Library) -> None:
    one = add(library, planned("A"))
    paid = CostLine(credential_id=one.id, price=Money(100, "EUR"), state=CostState.PAID, incurred_on=day("2026-03"))
    for cost in (
        paid,
        replace(paid, price=Money(50, "EUR"), incurred_on=day("2026")),
        replace(paid, price=Money(900, "HUF")),
        replace(paid, incurred_on=day("2025-12-31")),
        replace(paid, incurred_on=None),
        replace(paid, state=CostState.PLANNED),
        replace(paid, state=CostState.REFUNDED),
        replace(paid, payer=Payer.EMPLOYER),
        replace(paid, claim_state=ClaimState.REIMBURSED),
    ):
        _ = save_cost(library, cost)
    assert spent_in_year(library, 2026) == [Money(900, "HUF"), Money(150, "EUR")]
    assert spent_in_year(library, 2024) == []
