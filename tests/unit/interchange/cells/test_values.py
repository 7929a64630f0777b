from collections.abc import Callable
from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnpath.domain.dates import Term
from learnpath.domain.money import Money
from learnpath.domain.records import AchievementType, LifecycleStatus, Stage
from learnpath.interchange.cells.durations import (
    is_forever,
    read_minutes,
    read_term,
    read_weekly_minutes,
    read_weeks,
)
from learnpath.interchange.cells.links import read_url
from learnpath.interchange.cells.lists import read_names, write_names
from learnpath.interchange.cells.numbers import read_number
from learnpath.interchange.cells.prices import CURRENCIES, named_currency, read_currency, read_price
from learnpath.interchange.cells.reading import MOST_SIGNS, LeftOut, NoCurrency, UnreadableCell, quoted
from learnpath.interchange.cells.words import is_empty, read_achievement_type, read_lifecycle_status, read_stage


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0,5", "0.5"),
        ("1.00", "1.00"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("124,980", "124980"),
        ("1 234 567", "1234567"),
        ("1'234.50", "1234.50"),
        ("1.234.567", "1234567"),
        ("-3", "-3"),
        ("0,125", "0.125"),
    ],
)
def test_numbers(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "a", "1.2.3", "1,23,4", "1..2", "--1", "1e5", "½"])
def test_what_is_no_number(text: str) -> None:
    assert read_number(text) is None


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_none(text: str) -> None:
    read_number(text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1.5 hours", 90),
        ("27 total hours", 1620),
        ("27 total hours 398 lectures All Levels", 1620),
        ("PT22H", 1320),
        ("PT1H30M", 90),
        ("90 min", 90),
        ("3h 30m", 210),
        ("3 h", 180),
        ("2 Stunden", 120),
        ("2 Std. 15 Min.", 135),
        ("1 heure 30 minutes", 90),
        ("4 óra", 240),
        ("1:30", 90),
        ("2-4 hours", 180),
        ("about 3 hours", 180),
        ("~20 hours", 1200),
        ("20+ hours", 1200),
        ("1h30", 90),
        ("1 h 30", 90),
        ("ca. 12 Std.", 720),
        ("2,5 Stunden", 150),
        ("90 mins", 90),
        ("approx. 27 total hours", 1620),
    ],
)
def test_effort(text: str, minutes: int) -> None:
    assert read_minutes(text) == minutes


def test_a_bare_number_needs_a_unit() -> None:
    assert read_minutes("0,5", "hours") == 30
    assert read_minutes("940", "minutes") == 940
    with pytest.raises(LeftOut, match="no unit"):
        read_minutes("12")


@pytest.mark.parametrize("text", ["2 Weeks", "3 - 6 Months", "2–3 hours per week", "5 Wochen", "P3M", "P1D", "P1Y2M"])
def test_calendar_time_is_no_effort(text: str) -> None:
    with pytest.raises(LeftOut, match="calendar time"):
        read_minutes(text)


def test_words_are_no_number_of_hours() -> None:
    with pytest.raises(UnreadableCell, match="“two weeks” is no number of hours"):
        read_minutes("two weeks")
    with pytest.raises(UnreadableCell, match="plausible"):
        read_minutes("99999999 hours")
    with pytest.raises(UnreadableCell):
        read_minutes("-5", "hours")


@given(st.integers(0, 9999), st.integers(0, 59))
def test_hours_and_minutes_add_up(hours: int, minutes: int) -> None:
    assert read_minutes(f"{hours}h {minutes}m") == hours * 60 + minutes
    assert read_minutes(f"PT{hours}H{minutes}M") == hours * 60 + minutes


def test_effort_per_week_and_length() -> None:
    assert read_weekly_minutes("2–4 hours per week") == 180
    assert read_weekly_minutes("3 Stunden pro Woche") == 180
    assert read_weeks("6 weeks") == 6
    assert read_weeks("3 months") == 13
    assert read_weeks("1 Jahr") == 52
    assert read_weeks("14 days") == 2
    assert read_weeks("P3M") == 13
    assert read_weeks("about 6 weeks") == 6
    for text in ("a while", "300 hours per week", ""):
        with pytest.raises(UnreadableCell):
            read_weekly_minutes(text)
    with pytest.raises(UnreadableCell):
        read_weeks("long")


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("3 years", "P3Y"),
        ("36 months", "P3Y"),
        ("18 Monate", "P18M"),
        ("P3Y", "P3Y"),
        ("180 days", "P180D"),
        ("2 weeks", "P14D"),
        ("Lifetime", ""),
        ("does not expire", ""),
        ('{"validity_years": 3.0}', "P3Y"),
        ('{"validity_years": 0.0}', ""),
        ('{"validity_years": 1.5}', "P18M"),
    ],
)
def test_terms(text: str, term: str) -> None:
    assert read_term(text) == term
    assert not term or str(Term.parse(term)) == term


def test_terms_that_are_none() -> None:
    assert read_term("3", "years") == "P3Y"
    assert read_term("18", "months") == "P18M"
    for text in ("3", '{"validity_years": null}', '{"a": 1}', '{"validity_years": true}'):
        with pytest.raises(LeftOut):
            read_term(text)
    for text in ("a while", "{", "0.3 years", "999 years", '{"validity_years": 1e999}'):
        with pytest.raises(UnreadableCell):
            read_term(text)
    assert is_forever("No expiration")
    assert not is_forever("2027-01-01")


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("$49", 4900, "USD"),
        ("USD 49.00", 4900, "USD"),
        ("1.234,56 €", 123456, "EUR"),
        ("1.234 €", 123400, "EUR"),
        ("€ 99,-", 9900, "EUR"),
        ("£1,299.00", 129900, "GBP"),
        ("49 CHF", 4900, "CHF"),
        ("15000 Ft", 1500000, "HUF"),
        ("¥5000", 5000, "JPY"),
        ("A$ 200", 20000, "AUD"),
        ("Current price $89.99", 8999, "USD"),
        ("FREE-Add a Verified Certificate for $49 USD", 4900, "USD"),
        ("$500 (USD)", 50000, "USD"),
        ("$1.5K", 150000, "USD"),
        ("$3M", 300000000, "USD"),
        ("€1,5k", 150000, "EUR"),
        ("1.5k USD", 150000, "USD"),
        ("$2 million", 200000000, "USD"),
        ("NT$300", 30000, "TWD"),
        ("CN¥50", 5000, "CNY"),
        ("C$ 20", 2000, "CAD"),
        ("HK$20", 2000, "HKD"),
        ("S$20", 2000, "SGD"),
        ("R$ 20,50", 2050, "BRL"),
        ("US$20", 2000, "USD"),
        ("MX$20", 2000, "MXN"),
        ("NZ$20", 2000, "NZD"),
        ("USD12.50", 1250, "USD"),
        ("12.50USD", 1250, "USD"),
        ("12 eur", 1200, "EUR"),
        ("50 RMB", 5000, "CNY"),
        ("Rs. 499", 49900, "INR"),
        ("Rs 1,499", 149900, "INR"),
        ("₹499", 49900, "INR"),
        ("10 TOP", 1000, "TOP"),
        ("$49 CAD", 4900, "CAD"),
        ("Only $49 CAD for members", 4900, "CAD"),
        ("from USD 300 + VAT", 30000, "USD"),
        ("300 EUR (members)", 30000, "EUR"),
        ("$1,200.", 120000, "USD"),
        ('[{"amount":129.0,"currency":"USD"},{"amount":5,"currency":"EUR"}]', 12900, "USD"),
        ('{"price":"1.299,00","priceCurrency":"EUR"}', 129900, "EUR"),
    ],
)
def test_prices(text: str, minor: int, currency: str) -> None:
    assert read_price(text) == Money(minor, currency)


def test_a_currency_is_never_made_up() -> None:
    for text in ("49", "1.234,56", "1.5K", "499 kr"):
        with pytest.raises(NoCurrency):
            read_price(text)
    assert read_price("49", "EUR") == Money(4900, "EUR")
    assert read_price("1.5K", "EUR") == Money(150000, "EUR")
    assert read_price("kostenlos", "EUR") == Money(0, "EUR")


def test_what_costs_nothing_costs_it_in_the_currency_of_the_column() -> None:
    assert named_currency(["Free", "$49", "soon", "20"]) == "USD"
    assert named_currency(["$49", "€49", "£1"]) == ""
    assert named_currency(["Free", "49"]) == ""
    assert read_price("Gratis!", "", "USD") == Money(0, "USD")
    with pytest.raises(LeftOut, match="names no currency") as caught:
        read_price("Free")
    assert not isinstance(caught.value, NoCurrency)


def test_a_sign_of_several_currencies_is_the_one_that_is_named() -> None:
    assert read_price("$49", "AUD") == Money(4900, "AUD")
    assert read_price("$49", "EUR") == Money(4900, "USD")
    assert read_price("¥49", "CNY") == Money(4900, "CNY")
    assert read_price("499 kr", "NOK") == Money(49900, "NOK")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("-5 EUR", "no price"),
        ("- 5 EUR", "no price"),
        ("€-5", "no price"),
        ("-5", "no price"),
        ("10-20 EUR", "range"),
        ("$10 - $20", "range"),
        ("10 to 20 USD", "range"),
        ("10 € / month", "again"),
        ("$49/mo", "again"),
        ("$49 per year", "again"),
        ("EUR 5 pro Monat", "again"),
        ("$5 a month", "again"),
        ("Free trial, then $49 monthly", "again"),
    ],
)
def test_what_is_understood_but_is_not_one_price(text: str, why: str) -> None:
    with pytest.raises(LeftOut, match=why):
        read_price(text, "EUR")


@pytest.mark.parametrize(
    "text",
    [
        "100 all in",
        "10 TOP courses",
        "try 5 times",
        "Take 10 all",
        "$5B",
        "$15B",
        "X$5",
        "AZ-104 or 5 labs",
        "5 ZZZ",
        "€5 USD",
    ],
)
def test_no_currency_is_found_in_prose(text: str) -> None:
    with pytest.raises(UnreadableCell):
        read_price(text, "EUR")


@pytest.mark.parametrize(
    "text", ["Error", "$1 or €2", "-5", "[", '[{"amount":true,"currency":"USD"}]', '{"amount":1,"currency":"?"}']
)
def test_what_is_no_price(text: str) -> None:
    with pytest.raises(UnreadableCell):
        read_price(text, "EUR")


@given(st.decimals(0, 10**9, places=2), st.sampled_from(sorted(CURRENCIES)))
def test_every_amount_is_read_back(amount: Decimal, currency: str) -> None:
    expected = Money.of(amount, currency)
    assert read_price(f"{amount} {currency}") == expected
    assert read_price(f"{currency} {amount:,}") == expected
    assert read_price(str(amount), currency) == expected


def test_currencies() -> None:
    assert read_currency(" eur ") == "EUR"
    assert read_currency("€") == "EUR"
    with pytest.raises(UnreadableCell):
        read_currency("euro-ish")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a; b;a", ("a", "b")),
        ("a | b", ("a", "b")),
        ("['A','B']", ("A", "B")),
        ('["A, x", "B"]', ("A, x", "B")),
        ("[A, B]", ("A", "B")),
        ("Python, SQL", ("Python", "SQL")),
        ("a\nb", ("a", "b")),
        ("one name", ("one name",)),
        ("[1, {}, true]", ("1", "True")),
    ],
)
def test_lists(text: str, expected: tuple[str, ...]) -> None:
    assert read_names(text) == expected


@given(st.lists(st.text(min_size=1, max_size=12).map(lambda name: " ".join(name.split())).filter(bool), unique=True))
def test_written_names_are_read_back(names: list[str]) -> None:
    assert read_names(write_names(tuple(names))) == tuple(names)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("verify.example.in/x1", "https://verify.example.in/x1"),
        (" HTTP://example.org ", "HTTP://example.org"),
        ("example.org:8080/x", "https://example.org:8080/x"),
    ],
)
def test_addresses(text: str, url: str) -> None:
    assert read_url(text) == url


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "no address", "https://", "https://a b",
     "https://a\x00b", "mailto:a@example.org", "https://user@evil.example"],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(UnreadableCell):
        read_url(text)


def test_words() -> None:
    assert read_stage("In Progress") is Stage.ENROLLED
    assert read_stage("bestanden") is Stage.EARNED
    assert read_achievement_type("Zertifikat") is AchievementType.CERTIFICATE
    assert read_lifecycle_status("Retired") is LifecycleStatus.RETIRED
    for read in (read_stage, read_achievement_type, read_lifecycle_status):
        with pytest.raises(UnreadableCell):
            read("nonsense")


def test_every_word_of_the_library_is_read_back() -> None:
    assert [read_stage(stage.value) for stage in Stage] == list(Stage)
    assert [read_achievement_type(kind.value) for kind in AchievementType] == list(AchievementType)
    assert [read_lifecycle_status(state.value) for state in LifecycleStatus] == list(LifecycleStatus)


def test_empty_cells() -> None:
    assert all(is_empty(text) for text in ("", " ", "nan", "N/A", "NULL", "#NAME?", "–", " " * 20))
    assert not any(is_empty(text) for text in ("0", "no", "Nana"))


def test_long_cells_are_cut_in_messages() -> None:
    assert len(quoted("x" * 500)) == 62
    assert quoted("a\nb") == "“a b”"


@given(st.text(max_size=60))
def test_any_text_is_a_value_or_unreadable(text: str) -> None:
    for read in (read_minutes, read_term, read_price, read_url, read_weeks, read_weekly_minutes, read_currency):
        try:
            read(text)
        except UnreadableCell:
            continue
    read_names(text)


def test_a_cell_is_quoted_without_control_characters() -> None:
    assert quoted("\x1b[2J two\x00\u202e weeks") == "“[2J two weeks”"


_ENDLESS = {
    "blanks in a range": "1" + " " * 16_000 + "x",
    "blanks after a sign": "$" + " " * 16_000 + "x",
    "digits": "1" * 20_000 + "x",
    "groups of digits": "1 111" * 6_000,
    "marks above a letter": "é" + "\u0301\u0323" * 20_000,
    "calendar": "P" + "9" * 4_500 + "Y",
}


@pytest.mark.parametrize("text", _ENDLESS.values(), ids=_ENDLESS.keys())
@pytest.mark.parametrize("read", [read_price, read_minutes, read_weekly_minutes, read_weeks, read_term])
def test_endless_cells_are_refused_at_once(read: Callable[[str], object], text: str) -> None:
    started = process_time()
    with pytest.raises(UnreadableCell):
        read(text)
    assert process_time() - started < 1


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (read_price, "EUR 5"),
        (read_minutes, "3 hours"),
        (read_weekly_minutes, "3 hours per week"),
        (read_weeks, "3 years"),
        (read_term, "3 years"),
    ],
)
def test_cells_longer_than_any_value_are_refused(read: Callable[[str], object], value: str) -> None:
    assert read(value) == read(value.replace(" ", " " * 400))
    with pytest.raises(UnreadableCell, match="too long"):
        read("0" * MOST_SIGNS + value)


def test_endless_cells_expire_or_not_at_once() -> None:
    started = process_time()
    assert not is_forever("é" + "\u0301\u0323" * 20_000)
    assert process_time() - started < 1
