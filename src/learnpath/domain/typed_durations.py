"""Reading lengths of time as people type them. Showing them is the window's work."""

import re

_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)", re.ASCII)
_WORDS = re.compile(
    r"(?:(\d{1,4}(?:[.,]\d{1,2})?) ?(?:h|hr|hrs|hours?))? ?(?:(\d{1,5}) ?(?:m|min|mins|minutes?)?)?", re.ASCII
)
# Longer than anyone studies for one thing; keeps a slipped key from becoming a century.
_MOST_MINUTES = 10_000 * 60


def read_typed_duration(text: str) -> int:
    """Return minutes from `1:30`, `1 h 30`, `1.5 h`, `90 min` or `90` (minutes).

    Raises ValueError with a sentence for anything else, and for more than 10,000 hours.
    """
    plain = " ".join(text.lower().split())
    match = _CLOCK.fullmatch(plain)
    if match is not None:
        minutes = int(match[1]) * 60 + int(match[2])
    else:
        match = _WORDS.fullmatch(plain)
        if match is None or not any(match.groups()):
            raise ValueError(f"“{text.strip()}” is no length of time. Try 1:30, 1.5 h or 90 min.")
        hours = float((match[1] or "0").replace(",", "."))
        minutes = round(hours * 60) + int(match[2] or 0)
    if minutes > _MOST_MINUTES:
        raise ValueError(f"“{text.strip()}” is more than 10,000 hours.")
    return minutes
