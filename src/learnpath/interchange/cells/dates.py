"""Dates as files write them, kept as exact as they are written. Never guesses which number is the month."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from learnpath.domain.dates import PartialDate
from learnpath.interchange.cells.months import COMMON_MONTHS, date_words, languages_of, months_called
from learnpath.interchange.cells.reading import MOST_SIGNS, LeftOut, UnreadableCell, quoted
from learnpath.interchange.drafts import DateOrder

_Parts = tuple[int, int, int]
Epoch = Literal[1900, 1904]

_TIME = re.compile(
    r"(?:[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s*(?:[AaPp][Mm])?\s*"
    r"(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)$",
    re.ASCII,
)
_ISO = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?\.?)?", re.ASCII)
_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d)", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})[./-](\d{4})", re.ASCII)
# Chinese, Japanese and Korean write what each number is behind it.
_NAMED_NUMBERS = re.compile(r"(\d{4})\s*[年년]\s*(?:(\d{1,2})\s*[月월]\s*(?:(\d{1,2})\s*[日号일])?)?\.?", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|e|o|a)?", re.ASCII)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_MOST_WORDS = 5
_YEARS_AHEAD = 20
# 1990-01-01 and 2100-01-01 in the epoch of 1900.
_FIRST_SERIAL, _AFTER_SERIALS = 32_874, 73_051
_EPOCHS: dict[Epoch, date] = {1900: date(1899, 12, 30), 1904: date(1904, 1, 1)}


@dataclass(frozen=True, slots=True)
class DateSurroundings:
    """What a date's cell does not say itself.

    `today` is needed for years of two digits, which lie up to twenty years ahead, else in the last century. `languages`
    are those that the other cells of the column prove (`find_languages`). `epoch` is that of a workbook, whose days may
    be stored as plain numbers.
    """

    today: date | None = None
    languages: frozenset[str] = frozenset()
    epoch: Epoch | None = None


NO_SURROUNDINGS = DateSurroundings()


def read_date(text: str, order: DateOrder | None = None, around: DateSurroundings = NO_SURROUNDINGS) -> PartialDate:
    """Return the date a cell holds: a year, a month or a day.

    `order` says whether `4/5/2024` is 4 May (`dmy`) or 5 April (`mdy`). Without it such a date raises LeftOut, as does
    a year of two digits without a clock, or a month's name that is of two months in different languages.
    Raises UnreadableCell for anything that is no date, or no day of the calendar.
    """
    plain = _plain(text)
    parts = (
        _iso_parts(plain)
        or _numeric_parts(plain, order, around.today)
        or _named_parts(plain)
        or _serial_parts(plain, around.epoch)
        or _worded_parts(plain, around.languages)
    )
    if parts is None:
        raise UnreadableCell(f"{quoted(text)} is no date")
    year, month, day = parts
    written = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
    try:
        return PartialDate(written)
    except ValueError:
        raise UnreadableCell(f"{quoted(text)} is no day of the calendar") from None


def find_order(cells: Iterable[str]) -> DateOrder | None:
    """Return the order of day and month that a column's values prove, or None when they prove none (or both)."""
    found: set[DateOrder] = set()
    for cell in cells:
        match = _NUMERIC.match(_plain(cell))
        if match is None:
            continue
        first, second = int(match[1]), int(match[3])
        if first > 12 >= second:
            found.add("dmy")
        elif second > 12 >= first:
            found.add("mdy")
    return found.pop() if len(found) == 1 else None


def find_languages(cells: Iterable[str]) -> frozenset[str]:
    """Return the languages that all names of months in a column are of; none where no name is of two months.

    Most columns need none of this: their names mean one month wherever they are used.
    """
    names = {name for cell in cells if _LETTERS.search(cell) and (name := _month_name(_plain(cell)))}
    unclear = next((name for name in names if len(months_called(name)) > 1), None)
    if unclear is None:
        return frozenset()
    return languages_of(unclear).intersection(*map(languages_of, names))


def is_ambiguous(text: str) -> bool:
    """Return whether a cell is a date whose day and month cannot be told apart."""
    match = _NUMERIC.fullmatch(_plain(text))
    return match is not None and match[1].zfill(2) != match[3].zfill(2) and int(match[1]) < 13 > int(match[3])


def _plain(text: str) -> str:
    """Return a cell without the time of day, its digits as ASCII ones; "" for what is too long to be a date."""
    plain = " ".join(text.split())
    if len(plain) > MOST_SIGNS:
        return ""
    if not plain.isascii():
        digits = (str(unicodedata.decimal(one)) if one.isdecimal() else one for one in plain)
        plain = unicodedata.normalize("NFKC", "".join(digits)).strip()
    return _TIME.sub("", plain).strip() if ":" in plain else plain


def _iso_parts(text: str) -> _Parts | None:
    match = _COMPACT.fullmatch(text)
    if match is not None:
        return int(match[1]), int(match[2]), int(match[3])
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    month, day = match[3], match[4]
    if (month and int(month) == 0) or (day and int(day) == 0):
        raise UnreadableCell(f"{quoted(text)} is no day of the calendar")
    return int(match[1]), int(month or 0), int(day or 0)


def _numeric_parts(text: str, order: DateOrder | None, today: date | None) -> _Parts | None:
    match = _MONTH_YEAR.fullmatch(text)
    if match is not None:
        month = int(match[1])
        if not 1 <= month <= 12:
            raise UnreadableCell(f"{quoted(text)} is no month of the calendar")
        return int(match[2]), month, 0
    match = _NUMERIC.fullmatch(text)
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    if first == 0 or second == 0 or (first > 12 and second > 12):
        raise UnreadableCell(f"{quoted(text)} is no day of the calendar")
    year = int(match[4])
    if len(match[4]) == 2:
        if match[2] == "-" or today is None:
            # 24-05-14 is 14 May 2024 to some, and 24 May 2014 to others.
            raise LeftOut(f"{quoted(text)} is ambiguous: its year has two digits")
        year += 2000 if year + 2000 <= today.year + _YEARS_AHEAD else 1900
    if first > 12 or first == second:
        return year, second, first
    if second > 12:
        return year, first, second
    if order is None:
        raise LeftOut(f"{quoted(text)} is ambiguous: day and month cannot be told apart")
    return (year, second, first) if order == "dmy" else (year, first, second)


def _named_parts(text: str) -> _Parts | None:
    match = _NAMED_NUMBERS.fullmatch(text) if not text.isascii() else None
    if match is None:
        return None
    month, day = int(match[2] or 0), int(match[3] or 0)
    if (match[2] and not 1 <= month <= 12) or (match[3] and day == 0):
        raise UnreadableCell(f"{quoted(text)} is no day of the calendar")
    return int(match[1]), month, day


def _serial_parts(text: str, epoch: Epoch | None) -> _Parts | None:
    match = _SERIAL.fullmatch(text) if epoch is not None else None
    if match is None or epoch is None:
        return None
    day = _EPOCHS[epoch] + timedelta(days=int(match[1]))
    first, after = (_EPOCHS[1900] + timedelta(days=one) for one in (_FIRST_SERIAL, _AFTER_SERIALS))
    return (day.year, day.month, day.day) if first <= day < after else None


def _worded_parts(text: str, languages: Collection[str]) -> _Parts | None:
    found = _split_words(text)
    if found is None:
        return None
    year, name, others = found
    # A weekday in front ("Monday, May 14, 2024") says nothing more.
    others = others[1:] if len(others) == 2 and others[0].isalpha() else others
    day = _DAY.fullmatch(others[0]) if len(others) == 1 else None
    if len(others) > 1 or (others and (day is None or int(day[1]) == 0)):
        return None
    months = months_called(name, languages)
    if len(months) > 1:
        raise LeftOut(f"{quoted(text)} is ambiguous: the month means others in other languages")
    return int(year), min(months), int(day[1]) if day else 0


def _month_name(text: str) -> str:
    """Return the folded name of the month in a date, "" when there is none."""
    found = _split_words(text)
    return found[1] if found else ""


def _split_words(text: str) -> tuple[str, str, list[str]] | None:
    """Return the year, the folded name of the month and the other words; None when it is no date in words."""
    words = date_words(text)
    years = [word for word in words if len(word) == 4 and word.isascii() and word.isdigit()]
    if not 2 <= len(words) <= _MOST_WORDS or len(years) != 1:
        return None
    words.remove(years[0])
    common = [word for word in words if word in COMMON_MONTHS]
    names = common or _rarer_names(words)
    if len(names) != 1:
        return None
    for word in names[0].split():
        words.remove(word)
    return years[0], names[0], words


def _rarer_names(words: list[str]) -> list[str]:
    """Return the names of months among words, of which two may be one name ("tháng 5")."""
    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    return [one for one in pairs if months_called(one)] or [one for one in words if months_called(one)]
