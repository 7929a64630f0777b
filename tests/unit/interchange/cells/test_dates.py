from contextlib import suppress
from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnpath.domain.dates import PartialDate
from learnpath.interchange.cells.dates import (
    DateSurroundings,
    find_languages,
    find_order,
    is_ambiguous,
    read_date,
)
from learnpath.interchange.cells.months import COMMON_MONTHS, languages_of, months_called
from learnpath.interchange.cells.reading import LeftOut, UnreadableCell
from learnpath.interchange.drafts import DateOrder

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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("augusti 2024", "2024-08"),
        ("14 maj 2024", "2024-05-14"),
        ("des. 2023", "2023-12"),
        ("3. desember 2023", "2023-12-03"),
        ("3. december 2023", "2023-12-03"),
        ("Mayıs 2024", "2024-05"),
        ("14 ARALIK 2024", "2024-12-14"),
        ("Ağu 2024", "2024-08"),
        ("14. května 2024", "2024-05-14"),
        ("květen 2024", "2024-05"),
        ("14. októbra 2024", "2024-10-14"),
        ("14 мая 2024 г.", "2024-05-14"),
        ("май 2024", "2024-05"),
        ("14 травня 2024", "2024-05-14"),
        ("травень 2024", "2024-05"),
        ("14 mai 2024", "2024-05-14"),
        ("iulie 2024", "2024-07"),
        ("toukokuu 2024", "2024-05"),
        ("14. toukokuuta 2024", "2024-05-14"),
        ("14 Μαΐου 2024", "2024-05-14"),
        ("Ιούνιος 2024", "2024-06"),
        ("مايو 2024", "2024-05"),
        ("أيار ٢٠٢٤", "2024-05"),
        ("14 كانون الثاني 2024", "2024-01-14"),
        ("تشرين الأول 2024", "2024-10"),
        ("14 Agustus 2024", "2024-08-14"),
        ("Ogos 2024", "2024-08"),
        ("maj 2024", "2024-05"),
        ("14 maja 2024", "2024-05-14"),
        ("wrzesień 2024", "2024-09"),
        ("14. svibnja 2024.", "2024-05-14"),
        ("avgust 2024", "2024-08"),
        ("tháng 5 2024", "2024-05"),
        ("14 tháng 5, 2024", "2024-05-14"),
        ("Tháng 12 năm 2024", "2024-12"),
        ("2024年5月", "2024-05"),
        ("2024年05月14日", "2024-05-14"),
        ("2024 年 5 月", "2024-05"),
        ("2024년 5월", "2024-05"),
        ("2024년 5월 14일", "2024-05-14"),
        ("２０２４年５月", "2024-05"),
        ("２０２４－０５－１４", "2024-05-14"),
        ("मई 2024", "2024-05"),
        ("gegužė 2024", "2024-05"),
        ("מאי 2024", "2024-05"),
        ("20240514", "2024-05-14"),
    ],
)
def test_dates_in_many_languages(text: str, expected: str) -> None:
    assert read_date(text) == PartialDate(expected)


@pytest.mark.parametrize("text", ["2024年13月", "2024년 5월 0일", "20241345", "12345678", "Summer School 2024"])
def test_what_is_no_date_in_other_languages(text: str) -> None:
    with pytest.raises(UnreadableCell):
        read_date(text)


def test_a_name_that_means_two_months_is_read_by_what_the_column_proves() -> None:
    with pytest.raises(LeftOut, match="other languages"):
        read_date("listopada 2021")
    polish = find_languages(["listopada 2021", "stycznia 2020", ""])
    assert read_date("listopada 2021", around=DateSurroundings(languages=polish)) == PartialDate("2021-11")
    croatian = find_languages(["listopada 2021", "svibnja 2020"])
    assert read_date("listopada 2021", around=DateSurroundings(languages=croatian)) == PartialDate("2021-10")
    for cells in (["listopada 2021"], ["listopada 2021", "May 2020"], ["listopada 2021", "svibnja 2020", "maja 2020"]):
        with pytest.raises(LeftOut):
            read_date("listopada 2021", around=DateSurroundings(languages=find_languages(cells)))
    assert find_languages(["May 2020", "2021", "soon"]) == frozenset()


def test_common_names_mean_one_month_in_every_language() -> None:
    for name, month in COMMON_MONTHS.items():
        assert months_called(name) == {month}
        assert languages_of(name)
        assert all(months_called(name, [language]) == {month} for language in languages_of(name))


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("14.5.24", None, "2024-05-14"),
        ("5/14/24", None, "2024-05-14"),
        ("1/2/24", "dmy", "2024-02-01"),
        ("1/2/24", "mdy", "2024-01-02"),
        ("14.5.46", None, "2046-05-14"),
        ("14.5.47", None, "1947-05-14"),
        ("14.5.99", None, "1999-05-14"),
    ],
)
def test_years_of_two_digits_lie_at_most_twenty_years_ahead(text: str, order: DateOrder | None, expected: str) -> None:
    around = DateSurroundings(date(2026, 11, 22))
    assert read_date(text, order, around) == PartialDate(expected)
    with pytest.raises(LeftOut, match="two digits"):
        read_date(text, order)


def test_years_of_two_digits_are_not_guessed_at() -> None:
    around = DateSurroundings(date(2026, 11, 22))
    with pytest.raises(LeftOut, match="told apart"):
        read_date("1/2/24", None, around)
    with pytest.raises(LeftOut, match="two digits"):
        read_date("24-05-14", "dmy", around)
    assert is_ambiguous("1/2/24")
    assert find_order(["1/2/24", "14/2/24"]) == "dmy"


def test_days_that_a_workbook_stores_as_numbers() -> None:
    assert read_date("45426", around=DateSurroundings(epoch=1900)) == PartialDate("2024-05-14")
    assert read_date("45426.75", around=DateSurroundings(epoch=1900)) == PartialDate("2024-05-14")
    assert read_date("43964", around=DateSurroundings(epoch=1904)) == PartialDate("2024-05-14")
    assert read_date("2024", around=DateSurroundings(epoch=1900)) == PartialDate("2024")
    assert read_date("32874", around=DateSurroundings(epoch=1900)) == PartialDate("1990-01-01")
    for text in ("32873", "73051", "12345"):
        with pytest.raises(UnreadableCell):
            read_date(text, around=DateSurroundings(epoch=1900))
    with pytest.raises(UnreadableCell):
        read_date("45426")


@pytest.mark.parametrize(
    "text",
    ["1:00" + " " * 30_000 + "x", "T1:00" * 3 + " " * 30_000 + "x", "é" + "\u0301\u0323" * 20_000, "1 " * 400],
    ids=["blanks", "times", "marks", "words"],
)
def test_endless_cells_are_no_dates_at_once(text: str) -> None:
    started = process_time()
    with pytest.raises(UnreadableCell):
        read_date(text)
    assert find_order([text]) is None
    assert find_languages([text]) == frozenset()
    assert not is_ambiguous(text)
    assert process_time() - started < 1


def test_blanks_in_a_date_do_not_count() -> None:
    assert read_date("14" + " " * 400 + "May\n2024") == PartialDate("2024-05-14")
