"""What was left out of the rows of an import, told once for all rows that it is alike in."""

import re
from collections.abc import Iterable

_QUOTED = re.compile("“[^”]*”")
_MOST_PLACES = 4


def merged_notes(notes: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return (where, why) of notes, those that differ in nothing but the cell they quote as one, in order.

    ("line 2", "line 2: “soon” is no date") and one like it in line 5 are ("lines 2 and 5", "“soon” is no date").
    """
    places: dict[str, list[str]] = {}
    reasons: dict[str, list[str]] = {}
    for where, note in notes:
        reason = note.removeprefix(f"{where}: ")
        alike = _QUOTED.sub("“”", reason)
        places.setdefault(alike, []).append(where)
        told = reasons.setdefault(alike, [reason])
        if len(told) < 2 and told[0] != reason:
            told.append(reason)
    return tuple((_places_text(places[alike]), _reason_text(told)) for alike, told in reasons.items())


def _places_text(places: list[str]) -> str:
    lines = [place.removeprefix("line ") for place in places]
    shown = list(dict.fromkeys(lines if all(map(str.isdecimal, lines)) else places))
    more = len(shown) - _MOST_PLACES
    last = f"{more:,} more" if more > 0 else shown.pop() if len(shown) > 1 else ""
    text = ", ".join(shown[:_MOST_PLACES]) + (f" and {last}" if last else "")
    return text if shown[0] in places else f"line{'s' if last else ''} {text}"


def _reason_text(told: list[str]) -> str:
    return told[0] if len(told) == 1 else f"{told[0]}, and others like it"
