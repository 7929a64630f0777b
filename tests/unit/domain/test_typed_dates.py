from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnpath.domain.typed_dates import Prefer, describe_distance, read_typed_date

TODAY = date(2026, 11, 21)  # a Saturday


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2027-02-27", "2027-02-27"),
        ("2027/2/7", "2027-02-07"),
        ("2027-02", "2027-02"),
        ("2027", "2027"),
        ("27 feb", "2027-02-27"),
        ("27th of February, 2028", "2028-02-27"),
        ("Feb 27", "2027-02-27"),
        ("Feb. 27, 2027", "2027-02-27"),
        ("27 dec", "2026-12-27"),
        ("21 nov", "2026-11-21"),
        ("20 nov", "2027-11-20"),
        ("29 feb", "2028-02-29"),
        ("3 apr 29", "2029-04-03"),
        ("feb 2027", "2027-02"),
        ("February", "2027-02"),
        ("november", "2026-11"),
        ("dec", "2026-12"),
        ("27.2.2027", "2027-02-27"),
        ("3.4.2027", "2027-04-03"),
        ("27.2.", "2027-02-27"),
        ("27/2/27", "2027-02-27"),
        ("2/27/2027", "2027-02-27"),
        ("4/4/2027", "2027-04-04"),
        ("02/2027", "2027-02"),
        ("1.1.69", "1969-01-01"),
        ("today", "2026-11-21"),
        ("Tomorrow", "2026-11-22"),
        ("yesterday", "2026-11-20"),
        ("friday", "2026-11-27"),
        ("next friday", "2026-11-27"),
        ("sat", "2026-11-28"),
        ("this friday", "2026-11-20"),
        ("last friday", "2026-11-20"),
        ("last sat", "2026-11-14"),
        ("in 3 weeks", "2026-12-12"),
        ("3 weeks", "2026-12-12"),
        ("in a month", "2026-12-21"),
        ("+10d", "2026-12-01"),
        ("2 years ago", "2024-11-21"),
        ("3 days ago", "2026-11-18"),
        ("9 months ago", "2026-02-21"),
        ("next week", "2026-11-28"),
        ("last week", "2026-11-14"),
        ("next month", "2026-12"),
        ("last month", "2026-10"),
        ("next year", "2027"),
        ("end of month", "2026-11-30"),
        ("end of the year", "2026-12-31"),
        ("end of next month", "2026-12-31"),
        ("end of february", "2027-02-28"),
        ("end of 2027", "2027-12-31"),
        ("start of feb 2028", "2028-02-01"),
        ("end of week", "2026-11-22"),
        ("start of next week", "2026-11-23"),
    ],
)
def test_reads(typed: str, expected: str) -> None:
    assert read_typed_date(typed, TODAY).text == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("27 feb", "2026-02-27"), ("dec", "2025-12"), ("feb", "2026-02"), ("friday", "2026-11-20")],
)
def test_can_look_back(typed: str, expected: str) -> None:
    assert read_typed_date(typed, TODAY, "past").text == expected


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("3/4/2027", "3 Apr or 4 Mar"),
        ("31 feb 2027", "February 2027 has no day 31"),
        ("31 feb", "has no day 31"),
        ("27.13.2027", "no month 13"),
        ("2027-13", "no month 13"),
        ("0000", "no year 0"),
        ("in 9999 years", "too far away"),
        ("9999 years ago", "too far away"),
        ("soon", "is no date"),
        ("", "is no date"),
        ("end of friday", "is no date"),
        ("in 3 weeks ago", "is no date"),
        ("３.４.２０２７", "is no date"),
    ],
)
def test_says_why_not(typed: str, part: str) -> None:
    with pytest.raises(ValueError, match=part):
        read_typed_date(typed, TODAY)


days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(days, days)
def test_every_way_of_writing_a_day_means_that_day(day: date, today: date) -> None:
    ways = (
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%d %b %Y}",
        f"{day:%B} {day.day}, {day.year}",
    )
    assert {read_typed_date(way, today).text for way in ways} == {day.isoformat()}


@given(days, days, st.sampled_from(["future", "past"]))
def test_a_day_without_year_is_on_the_preferred_side(day: date, today: date, prefer: Prefer) -> None:
    found = read_typed_date(f"{day:%d %b}", today, prefer).first_day
    assert (found.month, found.day) == (day.month, day.day)
    assert found == today or (found > today) == (prefer == "future")


@given(days, st.integers(0, 999))
def test_spans_are_counted_from_today(today: date, count: int) -> None:
    assert read_typed_date(f"in {count} days", today).first_day == today + timedelta(days=count)
    assert read_typed_date(f"{count} weeks ago", today).first_day == today - timedelta(weeks=count)


@given(st.text(max_size=30), days)
def test_any_text_gives_a_date_or_a_sentence(text: str, today: date) -> None:
    try:
        found = read_typed_date(text, today)
    except ValueError as error:
        sentence = str(error)
    else:
        sentence = f"{found.first_day.isoformat()}."
    assert sentence.endswith(".")


def test_distance_by_example() -> None:
    def say(day: date) -> tuple[int, str]:
        distance = describe_distance(day, TODAY)
        return distance.count, distance.unit

    assert say(TODAY) == (0, "day")
    assert say(date(2026, 11, 27)) == (6, "day")
    assert say(date(2026, 11, 18)) == (-3, "day")
    assert say(date(2027, 2, 27)) == (3, "month")
    assert say(date(2028, 11, 20)) == (23, "month")
    assert say(date(2028, 11, 21)) == (2, "year")
    assert say(date(2020, 11, 21)) == (-6, "year")
    assert describe_distance(date(2027, 8, 31), date(2027, 7, 1)).unit == "week"


@given(days, days)
def test_distance_agrees_with_the_calendar(day: date, today: date) -> None:
    distance = describe_distance(day, today)
    assert distance.weekday == day.weekday()
    assert (distance.count > 0) == (day > today)
    assert (distance.count < 0) == (day < today)
    if distance.unit != "day":
        assert abs(distance.count) >= 2
