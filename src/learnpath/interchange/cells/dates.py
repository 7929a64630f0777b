"""Dates as files write them, kept as exact as they are written. Never guesses which number is the month."""

import re
from collections.abc import Iterable

from learnpath.domain.dates import PartialDate
from learnpath.interchange.cells.months import MONTHS, fold
from learnpath.interchange.cells.reading import LeftOut, UnreadableCell, quoted
from learnpath.interchange.drafts import DateOrder

_TIME = re.compile(
    r"(?:[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s*(?:[AaPp][Mm])?\s*"
    r"(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)$",
    re.ASCII,
)
_ISO = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?\.?)?", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4})", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})[./-](\d{4})", re.ASCII)
_SPLIT = re.compile(r"[\s,./-]+")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|º|ª)?", re.ASCII)
_FILLERS = frozenset(["of", "de", "del", "den", "le", "the", "el", "do", "di", "am", "vom", "a", "az"])


def read_date(text: str, order: DateOrder | None = None) -> PartialDate:
    """Return the date a cell holds: a year, a month or a day.

    `order` says whether `4/5/2024` is 4 May (`dmy`) or 5 April (`mdy`). Without it such a date raises LeftOut.
    Raises UnreadableCell for anything that is no date, or no day of the calendar.
    """
    plain = text.strip()
    plain = _TIME.sub("", plain).strip() if ":" in plain else plain
    parts = _iso_parts(plain) or _numeric_parts(plain, order) or _worded_parts(plain)
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
        match = _NUMERIC.match(cell.strip())
        if match is None:
            continue
        first, second = int(match[1]), int(match[3])
        if first > 12 >= second:
            found.add("dmy")
        elif second > 12 >= first:
            found.add("mdy")
    return found.pop() if len(found) == 1 else None


def is_ambiguous(text: str) -> bool:
    """Return whether a cell is a date whose day and month cannot be told apart."""
    match = _NUMERIC.match(text.strip())
    return match is not None and match[1].zfill(2) != match[3].zfill(2) and int(match[1]) < 13 > int(match[3])


def _iso_parts(text: str) -> tuple[int, int, int] | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    month, day = match[3], match[4]
    if (month and int(month) == 0) or (day and int(day) == 0):
        raise UnreadableCell(f"{quoted(text)} is no day of the calendar")
    return int(match[1]), int(month or 0), int(day or 0)


def _numeric_parts(text: str, order: DateOrder | None) -> tuple[int, int, int] | None:
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
    if first > 12 or first == second:
        return int(match[4]), second, first
    if second > 12:
        return int(match[4]), first, second
    if order is None:
        raise LeftOut(f"{quoted(text)} is ambiguous: day and month cannot be told apart")
    return (int(match[4]), second, first) if order == "dmy" else (int(match[4]), first, second)


def _worded_parts(text: str) -> tuple[int, int, int] | None:
    words = [word for word in _SPLIT.split(fold(text)) if word and word not in _FILLERS]
    if not 2 <= len(words) <= 4:
        return None
    # A weekday in front ("Monday, May 14, 2024") says nothing more.
    words = words[1:] if len(words) == 4 and words[0].isalpha() else words
    months = [MONTHS[word] for word in words if word in MONTHS]
    years = [word for word in words if len(word) == 4 and word.isascii() and word.isdigit()]
    days = [match[1] for word in words if (match := _DAY.fullmatch(word))]
    if len(months) != 1 or len(years) != 1 or len(months) + len(years) + len(days) != len(words) or len(days) > 1:
        return None
    day = int(days[0]) if days else 0
    if days and day == 0:
        return None
    return int(years[0]), months[0], day
