from datetime import date

import pytest
from tests.library_fixtures import day

from learnpath.domain.money import Money
from learnpath.domain.wording import (
    count_text,
    date_text,
    day_month_text,
    distance_text,
    minutes_text,
    money_text,
    term_text,
)


@pytest.mark.parametrize(("text", "words"), [("2024", "2024"), ("2024-05", "May 2024"), ("2024-05-04", "4 May 2024")])
def test_a_date_is_told_as_exactly_as_it_is_known(text: str, words: str) -> None:
    assert date_text(day(text)) == words


def test_a_day_is_told_with_and_without_its_year() -> None:
    assert date_text(date(2026, 12, 1)) == "1 Dec 2026"
    assert day_month_text(date(2026, 12, 1)) == "1 Dec"


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (6, "in 6 days"), (-3, "3 days ago")],
)
def test_a_distance_is_told_from_today(days: int, words: str) -> None:
    assert distance_text(days) == words


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (65, "1 h 05"), (210, "3 h 30"), (6000, "100 h")]
)
def test_minutes_are_told_in_hours(minutes: int, words: str) -> None:
    assert minutes_text(minutes) == words


@pytest.mark.parametrize(
    ("money", "words"),
    [
        (Money(123_450, "EUR"), "1,234.50 EUR"),
        (Money(123_400, "EUR"), "1,234 EUR"),
        (Money(-5, "USD"), "-0.05 USD"),
        (Money(0, "USD"), "0 USD"),
        (Money(1_500_000, "JPY"), "1,500,000 JPY"),
        (Money(1_234, "KWD"), "1.234 KWD"),
    ],
)
def test_money_is_told_with_its_currency(money: Money, words: str) -> None:
    assert money_text(money) == words


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("P3Y", "3 years"),
        ("P1Y6M", "1 year and 6 months"),
        ("P180D", "180 days"),
        ("P2W", "14 days"),
        ("P0D", "no time"),
        ("for life", "for life"),
        ("", ""),
    ],
)
def test_a_term_is_told_in_words(term: str, words: str) -> None:
    assert term_text(term) == words


def test_counts_have_their_noun() -> None:
    assert [count_text(count, "step") for count in (0, 1, 2, 1000)] == ["0 steps", "1 step", "2 steps", "1,000 steps"]
