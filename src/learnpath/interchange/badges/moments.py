"""Moments as badges write them: ISO 8601 with and without zone, Unix seconds, plain dates; kept as days."""

import re
from datetime import UTC, datetime

from learnpath.domain.dates import PartialDate
from learnpath.interchange.cells.dates import read_date
from learnpath.interchange.cells.reading import UnreadableCell, quoted

_SECONDS = re.compile(r"-?\d{8,13}", re.ASCII)
_WITHOUT_ZONE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?", re.ASCII)
# Larger numbers count milliseconds: in seconds they would lie in the year 5138.
_MOST_SECONDS = 100_000_000_000
_MOST_CHARACTERS = 60
_LAST_SECOND = 253_402_300_799


def read_moment(value: object, what: str, notes: list[str]) -> PartialDate | None:
    """Return the day of a moment as it is written, in the zone it is written in.

    `what` names the moment in `notes`, which get a phrase for what is no date and for a missing zone (UTC is assumed).
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, str) and not _is_seconds(value):
        return _read_text(value.strip(), what, notes)
    try:
        return _of_seconds(int(value))  # pyright: ignore[reportArgumentType]
    except (TypeError, ValueError, OverflowError):
        notes.append(f"{what}: {quoted(str(value))} is no date")
        return None


def _is_seconds(text: str) -> bool:
    # Eight digits are a day without dashes to some and seconds of 1970 to others: the day is meant.
    return len(text.strip()) > 8 and _SECONDS.fullmatch(text.strip()) is not None


def _of_seconds(number: int) -> PartialDate:
    seconds = number // 1000 if abs(number) >= _MOST_SECONDS else number
    if not 0 <= seconds <= _LAST_SECOND:
        raise ValueError(number)
    return PartialDate.of(datetime.fromtimestamp(seconds, UTC).date())


def _read_text(text: str, what: str, notes: list[str]) -> PartialDate | None:
    if _WITHOUT_ZONE.fullmatch(text):
        notes.append(f"{what}: {quoted(text)} names no time zone, UTC was assumed")
    if len(text) > _MOST_CHARACTERS:
        notes.append(f"{what}: {quoted(text)} is no date")
        return None
    plain = f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 and text.isascii() and text.isdigit() else text
    try:
        return read_date(plain)
    except UnreadableCell as problem:
        notes.append(f"{what}: {problem}")
        return None
