"""Effort in minutes, effort per week, and terms of validity. Weeks and months of calendar time are no effort."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from learnpath.domain.dates import Term
from learnpath.interchange.cells.json_cells import load_cell
from learnpath.interchange.cells.months import fold
from learnpath.interchange.cells.numbers import NUMBER_PATTERN, read_number
from learnpath.interchange.cells.reading import MOST_SIGNS, CalendarTime, LeftOut, UnreadableCell, quoted, single_spaced

DurationUnit = Literal["hours", "minutes"]
# Ten thousand hours is more than any program asks for; beyond it a cell is something else.
_MOST_MINUTES = 600_000
_HOURS = r"(?:hours?|hrs?|h|std|stunden?|heures?|horas?|ore|ora|orak|uur|uren)"
_MINUTES = r"(?:minutes?|mins?|min|m|minuten|minutos?|minuti|perc)"
_ISO = re.compile(r"pt(?=\d)(?:(\d{1,5}(?:\.\d+)?)h)?(?:(\d{1,6}(?:\.\d+)?)m)?(?:\d+(?:\.\d+)?s)?", re.ASCII)
_ISO_CALENDAR = re.compile(
    r"p(?=[\dt])(?:(\d{1,6})y)?(?:(\d{1,6})m)?(?:(\d{1,6})w)?(?:(\d{1,6})d)?(?:t[\dhms.]+)?", re.ASCII
)
_ABOUT = re.compile(
    r"(?:about|approx(?:\.|imately)?|around|circa|ca\.?|~|≈|etwa|rund|ungefahr|environ|env\.|aprox\.?|cerca de)\s*"
)
_AT_LEAST = re.compile(r"(?<=\d)\s?\+")
_HOURS_THEN_MINUTES = re.compile(rf"(\d{{1,4}})\s*{_HOURS}\.?\s*([0-5]?\d)", re.ASCII)
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)(?::[0-5]\d)?", re.ASCII)
_WORDED = re.compile(
    rf"(?:({NUMBER_PATTERN})\s*(?:total\s+)?{_HOURS}\b\.?)?\s*(?:,|and|und|et|y|e)?\s*"
    rf"(?:({NUMBER_PATTERN})\s*(?:total\s+)?{_MINUTES}\b\.?)?"
)
_LEADING = re.compile(rf"({NUMBER_PATTERN})\s*(?:total\s+){_HOURS}\b")
_RANGE = re.compile(rf"({NUMBER_PATTERN})\s*(?:-|–|—|to|bis)\s*({NUMBER_PATTERN})\s*({_HOURS}|{_MINUTES})\b")
_CALENDAR = re.compile(
    rf"(?:{NUMBER_PATTERN}\s*(?:-|–|—|to|bis)\s*)?({NUMBER_PATTERN})\s*"
    r"(days?|tage?|jours?|dias?|nap|weeks?|wochen?|semaines?|semanas?|het|months?|monate?n?|mois|mes(?:es)?|"
    r"honap|years?|jahre?n?|ans?|annees?|anos?|ev)\b"
)
_WEEKLY = re.compile(
    rf"({NUMBER_PATTERN})(?:\s*(?:-|–|—|to|bis)\s*({NUMBER_PATTERN}))?\s*{_HOURS}\b\.?\s*"
    r"(?:/|per|a|pro|par|por|each)\s*(?:week|wk|w|woche|semaine|semana|het)"
)
_FOREVER = re.compile(
    r"(?:no|none|never|lifetime|unlimited|does not expire|no expir\w+|permanent|unbegrenzt|lebenslang|illimitee?|"
    r"ilimitad[oa]|permanente|orokos|korlatlan)"
)


def read_minutes(text: str, unit: DurationUnit | None = None) -> int:
    """Return effort in minutes. `unit` is what a number without one counts (from the column's header).

    About so much ("~20 hours", "20+ hours") is read as so much. Raises CalendarTime for lengths ("2 weeks") and effort
    per week, LeftOut for numbers without a unit, UnreadableCell otherwise.
    """
    plain = _AT_LEAST.sub("", _ABOUT.sub("", fold(single_spaced(text)), count=1))
    number = read_number(plain)
    if number is not None:
        if unit is None:
            raise LeftOut(f"{quoted(text)} has no unit (hours or minutes)")
        minutes = number * 60 if unit == "hours" else number
    else:
        minutes = _worded_minutes(plain)
    if minutes is None:
        if _CALENDAR.fullmatch(plain) or _ISO_CALENDAR.fullmatch(plain) or _WEEKLY.search(plain):
            raise CalendarTime(f"{quoted(text)} is calendar time, not effort")
        raise UnreadableCell(f"{quoted(text)} is no number of hours")
    if not 0 <= minutes <= _MOST_MINUTES:
        raise UnreadableCell(f"{quoted(text)} is no plausible number of hours")
    return int(minutes.quantize(Decimal(1), ROUND_HALF_UP))


def read_weekly_minutes(text: str) -> int:
    """Return the minutes a week from "3 hours per week"; the middle of a range. Raises UnreadableCell."""
    match = _WEEKLY.search(fold(single_spaced(text)))
    low = read_number(match[1]) if match else None
    high = (read_number(match[2]) if match[2] else low) if match else None
    if low is None or high is None or high > 168:
        raise UnreadableCell(f"{quoted(text)} is no number of hours per week")
    return int((low + high) * 30)


def read_weeks(text: str) -> Decimal:
    """Return a length in weeks from "6 weeks", "3 months" (13 weeks) or "P3M". Raises UnreadableCell."""
    plain = _ABOUT.sub("", fold(single_spaced(text)), count=1)
    iso = _ISO_CALENDAR.fullmatch(plain)
    if iso is not None:
        years, months, weeks, days = (int(number or 0) for number in iso.groups())
        found = years * 52 + Decimal(months) * 13 / 3 + weeks + Decimal(days) / 7
        if 0 < found <= 1000:
            return found
    match = _CALENDAR.fullmatch(plain)
    number = read_number(match[1]) if match else None
    if match is None or number is None or number > 1000:
        raise UnreadableCell(f"{quoted(text)} is no length in weeks")
    times, by = {"d": (1, 7), "w": (1, 1), "m": (13, 3), "y": (52, 1)}[_unit_letter(match[2])]
    return number * times / by


def read_term(text: str, unit: Literal["years", "months"] | None = None) -> str:
    """Return an ISO 8601 term (`P3Y`), or "" for what never expires. Reads JSON with `validity_years` too.

    Raises LeftOut when a JSON cell says nothing about it, UnreadableCell for any other text.
    """
    if text.lstrip().startswith("{"):
        return _json_term(text)
    plain = fold(single_spaced(text))
    if _FOREVER.match(plain):
        return ""
    number = read_number(plain)
    if number is not None:
        if unit is None:
            raise LeftOut(f"{quoted(text)} has no unit (years or months)")
        return _term_of(number if unit == "months" else number * 12, text)
    match = _CALENDAR.fullmatch(plain)
    number = read_number(match[1]) if match else None
    if match is not None and number is not None:
        letter = _unit_letter(match[2])
        if letter in "dw":
            days = int(number * (7 if letter == "w" else 1))
            return f"P{days}D" if 0 < days < 100_000 else ""
        return _term_of(number * (12 if letter == "y" else 1), text)
    try:
        return str(Term.parse(plain.upper())) if len(plain) < 30 else _refuse_term(text)
    except ValueError:
        return _refuse_term(text)


def is_forever(text: str) -> bool:
    """Return whether a cell says that something never expires ("Lifetime", "no expiry", "unbegrenzt")."""
    return _FOREVER.match(fold(text.strip()[:MOST_SIGNS])) is not None


def _refuse_term(text: str) -> str:
    raise UnreadableCell(f"{quoted(text)} is no term such as “3 years”")


def _json_term(text: str) -> str:
    value = load_cell(text)
    years = value.get("validity_years") if isinstance(value, dict) else None
    if not isinstance(years, int | float) or isinstance(years, bool):
        raise LeftOut(f"{quoted(text)} does not say how long it is valid")
    return _term_of(Decimal(str(years)) * 12, text)


def _term_of(months: Decimal, text: str) -> str:
    if not months.is_finite() or not 0 <= months <= 1200 or months != months.to_integral_value():
        return _refuse_term(text)
    whole = int(months)
    if whole == 0:
        return ""
    return f"P{whole // 12}Y" if whole % 12 == 0 else f"P{whole}M"


def _unit_letter(word: str) -> str:
    if word.startswith(("day", "tag", "jour", "dia", "nap")):
        return "d"
    if word.startswith(("week", "woche", "sem", "het")):
        return "w"
    return "y" if word.startswith(("year", "jahr", "an", "ev")) else "m"


def _worded_minutes(plain: str) -> Decimal | None:
    match = _ISO.fullmatch(plain) if plain.startswith("pt") else _CLOCK.fullmatch(plain)
    match = match or _HOURS_THEN_MINUTES.fullmatch(plain)
    if match is not None:
        return Decimal(match[1] or 0) * 60 + Decimal(match[2] or 0)
    span = _RANGE.fullmatch(plain)
    if span is not None:
        low, high = read_number(span[1]), read_number(span[2])
        if low is None or high is None:
            return None
        return (low + high) / 2 * (1 if span[3].startswith(("m", "p")) else 60)
    match = _WORDED.fullmatch(plain)
    if match is not None and (match[1] or match[2]):
        hours, minutes = read_number(match[1] or "0"), read_number(match[2] or "0")
        return None if hours is None or minutes is None else hours * 60 + minutes
    leading = _LEADING.match(plain)
    hours = read_number(leading[1]) if leading else None
    return None if hours is None else hours * 60
