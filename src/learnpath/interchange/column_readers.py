"""From a mapped column to a reader of its cells: units, currency and date order are settled once per column."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from learnpath.interchange.cells.clocks import read_clock, read_zone
from learnpath.interchange.cells.dates import DateSurroundings, find_languages, find_order, is_ambiguous, read_date
from learnpath.interchange.cells.durations import (
    DurationUnit,
    is_forever,
    read_minutes,
    read_term,
    read_weekly_minutes,
    read_weeks,
)
from learnpath.interchange.cells.links import read_url
from learnpath.interchange.cells.lists import read_names
from learnpath.interchange.cells.numbers import read_number
from learnpath.interchange.cells.prices import CURRENCIES, read_currency
from learnpath.interchange.cells.reading import UnreadableCell, quoted
from learnpath.interchange.cells.words import (
    is_empty,
    read_achievement_type,
    read_lifecycle_status,
    read_stage,
)
from learnpath.interchange.column_matching import header_words
from learnpath.interchange.columns import FieldRule
from learnpath.interchange.drafts import AmbiguousDate, DateOrder

Read = Callable[[str], object]
_HOUR_WORDS = frozenset(
    ["h", "hour", "hours", "hrs", "hr", "std", "stunden", "heures", "horas", "ora", "orak", "oraszam"]
)
_MINUTE_WORDS = frozenset(["min", "mins", "minute", "minutes", "minuten", "minutos", "perc"])
_MONTH_WORDS = frozenset(["months", "month", "monate", "mois", "meses", "honap"])
_YEAR_WORDS = frozenset(["years", "year", "jahre", "ans", "anos", "ev"])


@dataclass(slots=True)
class ColumnReader:
    """Reads one column into one field. `known` remembers cells already read: most columns repeat themselves."""

    name: str
    column: int
    read: Read
    is_strict: bool
    is_text: bool
    is_price: bool = False
    known: dict[str, object] = field(default_factory=dict[str, object])

    @property
    def may_be_unknown(self) -> bool:
        """Return whether "tbd" or "n/a" says that there is no value: in dates, amounts and efforts, not in texts."""
        return self.is_strict or self.name == "estimated_minutes"


@dataclass(frozen=True, slots=True)
class DateColumn:
    """The order of day and month in a column of dates: what its values prove, and what to read them with.

    `example` is a cell that cannot be read without an order, where there is none. `around` is what else its cells need.
    """

    proved: DateOrder | None
    order: DateOrder | None
    around: DateSurroundings
    example: AmbiguousDate | None = None


def study_dates(cells: Sequence[str], chosen: DateOrder | None, around: DateSurroundings) -> DateColumn:
    """Return the order for a column: what its values prove, else the person's choice."""
    distinct = dict.fromkeys(cells)
    around = replace(around, languages=find_languages(distinct))
    proved = find_order(distinct)
    order = proved or chosen
    examples = (_ambiguous(cell.strip(), around) for cell in distinct if is_ambiguous(cell)) if order is None else ()
    return DateColumn(proved, order, around, next(filter(None, examples), None))


def build_reader(
    rule: FieldRule, column: int, header: str, cells: Sequence[str], *, dates: DateColumn | None, by_hand: bool
) -> ColumnReader:
    """Return the reader of a column. `by_hand` columns hold what the field's label says (hours, years).

    `dates` is what is known of a column of dates (`study_dates`), None for all others.
    """
    if dates is not None:
        return ColumnReader(rule.name, column, _date_reader(dates, rule.name == "valid_until"), rule.is_strict, False)
    words = frozenset(header_words(header).split())
    read: Read
    match rule.value:
        case "minutes":
            unit = _duration_unit(words, cells) or ("hours" if by_hand else None)
            read = lambda text: read_minutes(text, unit)  # noqa: E731
        case "term":
            term_unit = "months" if words & _MONTH_WORDS else "years" if words & _YEAR_WORDS or by_hand else None
            read = lambda text: read_term(text, term_unit)  # noqa: E731
        case "days":
            read = _read_days
        case _:
            read = _READERS[rule.value]
    return ColumnReader(rule.name, column, read, rule.is_strict, rule.value == "text", rule.value == "price")


def header_currency(header: str) -> str:
    """Return the currency a header names (`Cost [USD]`, `price_eur`, `Preis (€)`), or ""."""
    for word in (*header_words(header).upper().split(), *re.findall(r"[€£¥₹]|US\$", header)):
        if word in CURRENCIES or not word.isascii() or word == "US$":
            try:
                return read_currency(word)
            except UnreadableCell:
                continue
    return ""


def _ambiguous(text: str, around: DateSurroundings) -> AmbiguousDate | None:
    try:
        return AmbiguousDate(text, read_date(text, "dmy", around), read_date(text, "mdy", around))
    except UnreadableCell:
        return None


def _date_reader(dates: DateColumn, may_be_forever: bool) -> Read:
    def read(text: str) -> object:
        return None if may_be_forever and is_forever(text) else read_date(text, dates.order, dates.around)

    return read


def _duration_unit(words: frozenset[str], cells: Sequence[str]) -> DurationUnit | None:
    if words & _MINUTE_WORDS:
        return "minutes"
    if words & _HOUR_WORDS:
        return "hours"
    numbers = [number for cell in set(cells) if not is_empty(cell) and (number := read_number(cell)) is not None]
    # Nobody writes fractions of minutes: 1.5 in a column of small numbers is hours.
    has_fraction = any(number != number.to_integral_value() for number in numbers)
    return "hours" if has_fraction and max(numbers) <= 1000 else None


def _read_days(text: str) -> int:
    number = read_number(text)
    if number is None or number != number.to_integral_value() or not 0 <= number <= 36_500:
        raise UnreadableCell(f"{quoted(text)} is no number of days")
    return int(number)


def _read_text(text: str) -> str:
    return text.strip()


_READERS: dict[str, Read] = {
    "text": _read_text,
    "url": read_url,
    "clock": read_clock,
    "zone": read_zone,
    "currency": read_currency,
    "weekly": read_weekly_minutes,
    "weeks": read_weeks,
    "names": read_names,
    "stage": read_stage,
    "type": read_achievement_type,
    "state": read_lifecycle_status,
    # A price needs its row's currency too: `table_rows` reads it.
    "price": _read_text,
}
