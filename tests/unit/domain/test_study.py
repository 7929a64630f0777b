from datetime import date, timedelta

import pytest
from tests.library_fixtures import TODAY

from learnpath.domain.study import best_streak_weeks, week_minutes, week_start


def test_a_week_begins_on_monday() -> None:
    monday = date(2026, 11, 16)
    assert {week_start(monday + timedelta(days=days)) for days in range(7)} == {monday}
    assert week_start(date(2027, 1, 1)) == date(2026, 12, 28)


def test_the_week_counts_from_monday_to_today() -> None:
    minutes = {date(2026, 11, 15): 1, date(2026, 11, 16): 10, TODAY: 100, date(2026, 11, 22): 1000}
    assert week_minutes(minutes, TODAY) == 110
    assert week_minutes({}, TODAY) == 0


@pytest.mark.parametrize(
    ("days", "weeks"),
    [
        ({}, 0),
        ({"2026-11-21": 5}, 1),
        ({"2026-11-16": 5, "2026-11-22": 5}, 1),
        ({"2026-11-15": 5, "2026-11-16": 5}, 2),
        ({"2026-11-02": 5, "2026-11-16": 5}, 1),
        ({"2026-11-02": 5, "2026-11-09": 0, "2026-11-16": 5}, 1),
        ({"2025-12-29": 5, "2026-01-05": 5, "2026-01-17": 5, "2026-03-01": 5, "2026-03-02": 5}, 3),
    ],
)
def test_the_best_streak_is_the_longest_run_of_weeks(days: dict[str, int], weeks: int) -> None:
    assert best_streak_weeks({date.fromisoformat(text): minutes for text, minutes in days.items()}) == weeks
