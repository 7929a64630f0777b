from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.library_fixtures import day

from learnpath.domain.dates import PartialDate, Term, better_date


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("2024", "year", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2100-02", "month", date(2100, 2, 1), date(2100, 2, 28)),
        ("9999-12", "month", date(9999, 12, 1), date(9999, 12, 31)),
        ("2024-02-29", "day", date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_a_partial_date_means_from_its_first_to_its_last_day(
    text: str, precision: str, first: date, last: date
) -> None:
    partial = PartialDate(text)
    assert (partial.precision, partial.first_day, partial.last_day, str(partial)) == (precision, first, last, text)


@pytest.mark.parametrize(
    "text",
    ["", "24", "0000", "2024-13", "2023-02-29", "2024-2", "2024-05-1", "2024-05-14T00", " 2024", "2024\n", "２０２４"],
)
def test_anything_else_is_no_date(text: str) -> None:
    with pytest.raises(ValueError):
        _ = PartialDate(text)


def test_dates_order_by_time_with_the_less_exact_first() -> None:
    texts = ["2023-12-31", "2024", "2024-05", "2024-05-14", "2024-06", "2025"]
    assert [str(one) for one in sorted(day(text) for text in reversed(texts))] == texts
    assert PartialDate.of(date(2024, 5, 4)) == day("2024-05-04")


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        (None, None, None),
        (None, "2024", "2024"),
        ("2024", None, "2024"),
        ("2024-05-14", "2024-05", "2024-05-14"),
        ("2024-05", "2024", "2024-05"),
        ("2024", "2024-05", "2024-05"),
        ("2024-05-14", "2024-06", "2024-06"),
        ("2024", "2024", "2024"),
    ],
)
def test_less_precision_never_replaces_more_of_the_same_date(
    old: str | None, new: str | None, kept: str | None
) -> None:
    def read(text: str | None) -> PartialDate | None:
        return PartialDate(text) if text else None

    assert better_date(read(old), read(new)) == read(kept)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("P3Y", date(2024, 2, 29), date(2027, 2, 28)),
        ("P4Y", date(2024, 2, 29), date(2028, 2, 29)),
        ("P1M", date(2024, 1, 31), date(2024, 2, 29)),
        ("P1M", date(2023, 1, 31), date(2023, 2, 28)),
        ("P1M", date(2024, 12, 31), date(2025, 1, 31)),
        ("P18M", date(2024, 8, 31), date(2026, 2, 28)),
        ("P1Y1M1D", date(2024, 1, 31), date(2025, 3, 1)),
        ("P2W", date(2024, 2, 20), date(2024, 3, 5)),
        ("P0D", date(2024, 2, 29), date(2024, 2, 29)),
        ("P7975Y", date(2024, 12, 31), date(9999, 12, 31)),
    ],
)
def test_a_term_ends_on_the_same_day_or_the_months_last(text: str, start: date, end: date) -> None:
    assert Term.parse(text).after(start) == end


@pytest.mark.parametrize("text", ["P7976Y", "P9999Y9999M", "P7975Y1D"])
def test_a_term_beyond_the_calendar_is_said(text: str) -> None:
    with pytest.raises(OverflowError):
        _ = Term.parse(text).after(date(2024, 12, 31))


@pytest.mark.parametrize("text", ["", "P", "3Y", "P3", "P-1Y", "P1Y ", "P1DT2H", "P1D1Y", "P1.5Y", "p1y", "P１Y"])
def test_anything_else_is_no_term(text: str) -> None:
    with pytest.raises(ValueError):
        _ = Term.parse(text)


@given(st.builds(Term, st.integers(0, 9999), st.integers(0, 9999), st.integers(0, 99_999)))
def test_a_term_is_read_back_as_it_was_written(term: Term) -> None:
    assert Term.parse(str(term)) == term


@given(st.dates(), st.integers(0, 50), st.integers(0, 50), st.integers(0, 500))
def test_a_longer_term_never_ends_earlier(start: date, years: int, months: int, days: int) -> None:
    if start.year < 9900:
        end = Term(years, months, days).after(start)
        assert start <= end <= Term(years, months, days + 1).after(start)
        assert end <= Term(years, months + 1, days).after(start)
