from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnpath.domain.dates import PartialDate
from learnpath.interchange.cells.dates import find_order, is_ambiguous, read_date
from learnpath.interchange.cells.reading import LeftOut, UnreadableCell

EVERY_DAY = st.dates(date(1000, 1, 1), date(9999, 12, 31))
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", "2024"),
        ("2024-05", "2024-05"),
        ("2024-05-14", "2024-05-14"),
        ("2024/5/4", "2024-05-04"),
        ("2024.05.14.", "2024-05-14"),
        ("2024-05-14T10:20:30Z", "2024-05-14"),
        ("2024-05-14 00:00:00", "2024-05-14"),
        ("2018-09-16 14:44 UTC", "2018-09-16"),
        ("2024-05-14T23:59:59.1234567+00:00", "2024-05-14"),
        ("May 2024", "2024-05"),
        ("Sept 2023", "2023-09"),
        ("14 May 2024", "2024-05-14"),
        ("May 14, 2024", "2024-05-14"),
        ("23rd Jan, 2017", "2017-01-23"),
        ("Monday, May 14, 2024", "2024-05-14"),
        ("14.05.2024", "2024-05-14"),
        ("5/14/2024", "2024-05-14"),
        ("5/5/2024", "2024-05-05"),
        ("05/2024", "2024-05"),
        ("14. März 2024", "2024-03-14"),
        ("Mrz 2024", "2024-03"),
        ("févr. 2024", "2024-02"),
        ("1er août 2023", "2023-08-01"),
        ("3 de mayo de 2021", "2021-05-03"),
        ("março 2021", "2021-03"),
        ("2021. december 3.", "2021-12-03"),
        ("mei 2020", "2020-05"),
        ("dic 2020", "2020-12"),
    ],
)
def test_dates_people_write(text: str, expected: str) -> None:
    assert read_date(text) == PartialDate(expected)


@pytest.mark.parametrize(
    "text",
    ["2015-04-31", "30.02.2024", "13/13/2024", "00/05/2024", "2024-13", "2024-00-10", "0000", "13/2024", "soon",
     "14 Mai Juni 2024", "1.5", "99", "May", "14 May", "2024-05-14-01", "0 May 2024", "a b c d e f"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(UnreadableCell):
        read_date(text)


def test_day_and_month_are_never_guessed() -> None:
    with pytest.raises(LeftOut, match="ambiguous"):
        read_date("4/5/2024")
    assert read_date("4/5/2024", "dmy") == PartialDate("2024-05-04")
    assert read_date("4/5/2024", "mdy") == PartialDate("2024-04-05")
    assert is_ambiguous("04.05.2024")
    assert not is_ambiguous("04.04.2024")
    assert not is_ambiguous("14.04.2024")


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["4/5/2024", "14/5/2024"], "dmy"),
        (["4/5/2024", "5/14/2024"], "mdy"),
        (["4/5/2024"], None),
        (["14/5/2024", "5/14/2024"], None),
        (["no date", ""], None),
    ],
)
def test_one_value_over_twelve_decides_the_column(cells: list[str], order: str | None) -> None:
    assert find_order(cells) == order


@given(EVERY_DAY)
def test_every_day_is_read_back_in_every_form(day: date) -> None:
    exact = PartialDate.of(day)
    month = MONTHS[day.month - 1]
    assert read_date(day.isoformat()) == exact
    assert read_date(f"{day.day} {month} {day.year:04}") == exact
    assert read_date(f"{month[:3]} {day.day}, {day.year:04}") == exact
    assert read_date(f"{day.day:02}.{day.month:02}.{day.year:04}", "dmy") == exact
    # A first number over twelve is a day whatever the order says, so only real month-first texts are asked for.
    assert read_date(f"{day.month}/{day.day}/{day.year:04}", "mdy") == exact


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_unreadable(text: str) -> None:
    with suppress(UnreadableCell):
        assert isinstance(read_date(text), PartialDate)
