"""Times of day and time zones from files, as an exam has them."""

import re
import zoneinfo

from learnpath.interchange.cells.reading import UnreadableCell, quoted

_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})(?::\d{2}(?:\.\d+)?)?\s?(?:([ap])\.?m\.?|uhr)?", re.ASCII | re.IGNORECASE)


def read_clock(text: str) -> str:
    """Return a time of day as `HH:MM`, from `9:30`, `09:30:00`, `9.30`, `2:15 pm`. Raises UnreadableCell."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        raise UnreadableCell(f"{quoted(text)} is no time of day such as 09:30")
    hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").lower()
    if half and not 1 <= hour <= 12:
        hour = 24
    elif half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise UnreadableCell(f"{quoted(text)} is no time of day such as 09:30")
    return f"{hour:02d}:{minute:02d}"


def read_zone(text: str) -> str:
    """Return a time zone of the IANA list such as `Europe/Vienna`. Raises UnreadableCell."""
    plain = text.strip()
    if plain not in zoneinfo.available_timezones():
        raise UnreadableCell(f"{quoted(text)} is no time zone such as Europe/Vienna")
    return plain
