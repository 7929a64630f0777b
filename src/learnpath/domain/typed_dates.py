"""Reading dates as people type them, and saying how far away a day is.

Dates in files are read in `interchange`: there a column decides what `3/4/2027` means, here the person does.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from learnpath.domain.dates import PartialDate, Term

Prefer = Literal["future", "past"]

_MONTH_NAMES = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS = _MONTH_NAMES | {name[:3]: number for name, number in _MONTH_NAMES.items()} | {"sept": 9}
_DAY_NAMES = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_DAY_SHORTS = {name[:3]: number for name, number in _DAY_NAMES.items()}
_WEEKDAYS = _DAY_NAMES | _DAY_SHORTS | {"tues": 1, "thur": 3, "thurs": 3}
_NEAR = {"today": 0, "now": 0, "tomorrow": 1, "yesterday": -1, "day after tomorrow": 2}
_UNITS = {"d": "D", "day": "D", "w": "W", "week": "W", "month": "M", "y": "Y", "year": "Y"}

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})(?:\2\s?(\d{4}|\d{2})|\.)?", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})[./-](\d{4})", re.ASCII)
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?(?: of)? ([a-z]+)\.?(?: (\d{4}|\d{2}))?", re.ASCII)
_MONTH_DAY = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?", re.ASCII)
_MONTH = re.compile(r"([a-z]+)\.?(?: (\d{4}))?", re.ASCII)
_SPAN = re.compile(r"(in |\+ ?)?(\d{1,4}|an?|one|two|three) ?([a-z]+?)s?( ago)?", re.ASCII)
_WEEKDAY = re.compile(r"(?:(next|this|last|on) )?([a-z]+)", re.ASCII)
_EDGE = re.compile(r"(?:the )?(end|start|beginning)(?: of)?(?: the)? (.+)", re.ASCII)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}


def read_typed_date(text: str, today: date, prefer: Prefer = "future") -> PartialDate:
    """Return the date that a person typed: `27 feb`, `feb 2027`, `27.2.2027`, `next friday`, `in 3 weeks`.

    A day or month without a year is the nearest one from today on, or up to today when `prefer` is `past`.
    Raises ValueError with a sentence for what is no date, does not exist or can mean two days.
    """
    plain = " ".join(text.lower().replace(",", " ").split())
    try:
        for read in _READERS:
            found = read(plain, today, prefer)
            if found is not None:
                return found
    except OverflowError:
        raise ValueError(f"“{text.strip()}” is too far away.") from None
    raise ValueError(f"“{text.strip()}” is no date. Try 27 feb, 2027-02-27 or in 3 weeks.")


def _exact(year: int, month: int, day: int) -> PartialDate:
    if not 1 <= month <= 12:
        raise ValueError(f"There is no month {month}.")
    if not 1 <= year <= 9999:
        raise ValueError(f"There is no year {year}.")
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise ValueError(f"{calendar.month_name[month]} {year} has no day {day}.")
    return PartialDate.of(date(year, month, day))


def _month(year: int, month: int) -> PartialDate:
    return PartialDate(_exact(year, month, 1).text[:7])


def _full_year(digits: str) -> int:
    # POSIX strptime: 69 to 99 are 1969 to 1999, 00 to 68 are 2000 to 2068.
    number = int(digits)
    return number if len(digits) == 4 else number + (1900 if number >= 69 else 2000)


def _nearest(month: int, day: int, today: date, prefer: Prefer) -> PartialDate:
    step = 1 if prefer == "future" else -1
    years = (today.year + step * count for count in range(9))
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(2024, month)[1]:
        return _exact(today.year, month, day)
    for year in years:
        if not 1 <= year <= 9999 or day > calendar.monthrange(year, month)[1]:
            continue
        found = date(year, month, day)
        if found == today or (found > today) == (prefer == "future"):
            return PartialDate.of(found)
    raise OverflowError("no such day in the calendar")


def _read_iso(text: str, today: date, prefer: Prefer) -> PartialDate | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    year, month, day = match.groups()
    if month is None:
        return PartialDate(_exact(int(year), 1, 1).text[:4])
    return _month(int(year), int(month)) if day is None else _exact(int(year), int(month), int(day))


def _read_near(text: str, today: date, prefer: Prefer) -> PartialDate | None:
    return PartialDate.of(today + timedelta(days=_NEAR[text])) if text in _NEAR else None


def _read_numeric(text: str, today: date, prefer: Prefer) -> PartialDate | None:
    match = _MONTH_YEAR.fullmatch(text)
    if match is not None:
        return _month(int(match[2]), int(match[1]))
    match = _NUMERIC.fullmatch(text)
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    day, month = first, second
    if match[2] != ".":
        # A dot stands only in dates that begin with the day; a slash stands in both kinds.
        if first <= 12 and second <= 12 and first != second:
            one, other = f"{first} {calendar.month_abbr[second]}", f"{second} {calendar.month_abbr[first]}"
            raise ValueError(f"“{text}” can mean {one} or {other}. Write the month as a word.")
        if second > 12:
            day, month = second, first
    if match[4] is None:
        return _nearest(month, day, today, prefer)
    return _exact(_full_year(match[4]), month, day)


def _read_named(text: str, today: date, prefer: Prefer) -> PartialDate | None:
    match = _DAY_MONTH.fullmatch(text)
    if match is not None and match[2] in _MONTHS:
        day, name, year = match.groups()
        return _day_of(_MONTHS[name], int(day), year, today, prefer)
    match = _MONTH_DAY.fullmatch(text)
    if match is not None and match[1] in _MONTHS:
        name, day, year = match.groups()
        return _day_of(_MONTHS[name], int(day), year, today, prefer)
    match = _MONTH.fullmatch(text)
    if match is not None and match[1] in _MONTHS:
        number = _MONTHS[match[1]]
        if match[2]:
            return _month(int(match[2]), number)
        shift = (number < today.month) - (number > today.month and prefer == "past")
        return _month(today.year + (shift if prefer == "future" or shift < 0 else 0), number)
    return None


def _day_of(month: int, day: int, year: str | None, today: date, prefer: Prefer) -> PartialDate:
    return _nearest(month, day, today, prefer) if year is None else _exact(_full_year(year), month, day)


def _read_span(text: str, today: date, prefer: Prefer) -> PartialDate | None:
    match = _SPAN.fullmatch(text)
    if match is None or match[3] not in _UNITS or (match[1] and match[4]):
        return None
    count = _COUNTS.get(match[2]) or int(match[2])
    unit = _UNITS[match[3]]
    if match[4] is None:
        return PartialDate.of(Term.parse(f"P{count}{unit}").after(today))
    if unit in "DW":
        return PartialDate.of(today - timedelta(days=count * (7 if unit == "W" else 1)))
    index = today.year * 12 + today.month - 1 - count * (12 if unit == "Y" else 1)
    year, month = divmod(index, 12)
    if year < 1:
        raise OverflowError("before the year 1")
    return _exact(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _read_weekday(text: str, today: date, prefer: Prefer) -> PartialDate | None:
    match = _WEEKDAY.fullmatch(text)
    if match is None or match[2] not in _WEEKDAYS:
        return None
    wanted = _WEEKDAYS[match[2]]
    if match[1] == "this":
        return PartialDate.of(today + timedelta(days=wanted - today.weekday()))
    if match[1] == "last" or (match[1] is None and prefer == "past"):
        return PartialDate.of(today - timedelta(days=(today.weekday() - wanted - 1) % 7 + 1))
    return PartialDate.of(today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1))


def _read_period(text: str, today: date, prefer: Prefer) -> PartialDate | None:
    match text.split():
        case ["next", "week"]:
            return PartialDate.of(today + timedelta(days=7))
        case ["last", "week"]:
            return PartialDate.of(today - timedelta(days=7))
        case ["next" | "this" | "last" as which, "month" | "year" as unit]:
            shift = {"next": 1, "this": 0, "last": -1}[which]
            if unit == "year":
                return PartialDate(_exact(today.year + shift, 1, 1).text[:4])
            year, month = divmod(today.year * 12 + today.month - 1 + shift, 12)
            return _month(year, month + 1)
        case _:
            return None


def _read_edge(text: str, today: date, prefer: Prefer) -> PartialDate | None:
    match = _EDGE.fullmatch(text)
    if match is None:
        return None
    at_end, what = match[1] == "end", match[2]
    if what in {"week", "this week", "next week"}:
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7 if what == "next week" else 0)
        return PartialDate.of(monday + timedelta(days=6 if at_end else 0))
    if what in {"month", "year"}:
        what = f"this {what}"
    period = _read_period(what, today, prefer) or _read_iso(what, today, prefer)
    period = period or _read_named(what, today, prefer)
    if period is None or period.precision == "day":
        return None
    return PartialDate.of(period.last_day if at_end else period.first_day)


_READERS: tuple[Callable[[str, date, Prefer], PartialDate | None], ...] = (
    _read_iso,
    _read_near,
    _read_numeric,
    _read_named,
    _read_span,
    _read_weekday,
    _read_period,
    _read_edge,
)

DistanceUnit = Literal["day", "week", "month", "year"]


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a day is from today: `count` units ahead (positive) or back (negative), and its weekday.

    `weekday` is 0 for Monday. `count` is 0 for today; tomorrow and yesterday are 1 and -1 days. Larger units
    are whole ones that have passed, never fewer than two.
    """

    count: int
    unit: DistanceUnit
    weekday: int


def describe_distance(day: date, today: date) -> Distance:
    """Return the distance in the unit that people say: days up to 60, then months up to 24, then years."""
    days = (day - today).days
    if abs(days) <= 60:
        return Distance(days, "day", day.weekday())
    early, late = min(day, today), max(day, today)
    months = (late.year - early.year) * 12 + late.month - early.month - (late.day < early.day)
    sign = 1 if days > 0 else -1
    if months < 2:
        return Distance(sign * (abs(days) // 7), "week", day.weekday())
    if months < 24:
        return Distance(sign * months, "month", day.weekday())
    return Distance(sign * (months // 12), "year", day.weekday())
