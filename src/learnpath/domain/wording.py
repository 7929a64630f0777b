"""Dates, durations and amounts as plain English text, the same in the window, the command line and the document."""

from datetime import date

from learnpath.domain.dates import PartialDate, Term
from learnpath.domain.money import Money, minor_digits

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def date_text(value: PartialDate | date) -> str:
    """Return `14 May 2024`, `May 2024` or `2024`: as exact as the date is."""
    if isinstance(value, date):
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    first = value.first_day
    match value.precision:
        case "year":
            return str(first.year)
        case "month":
            return f"{_MONTHS[first.month - 1]} {first.year}"
        case "day":
            return date_text(first)


def day_month_text(day: date) -> str:
    """Return `14 May`, for lists whose year is clear."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def distance_text(days: int) -> str:
    """Return `today`, `in 6 days`, `3 days ago` for a number of days from today."""
    if days == 0:
        return "today"
    if days in {1, -1}:
        return "tomorrow" if days == 1 else "yesterday"
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def minutes_text(minutes: int) -> str:
    """Return `45 min`, `3 h` or `3 h 30`."""
    hours, rest = divmod(minutes, 60)
    if hours == 0:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def money_text(money: Money) -> str:
    """Return `1,234.50 EUR`; whole amounts without the fraction."""
    digits = minor_digits(money.currency)
    whole = money.minor % 10**digits == 0
    return f"{money.amount:,.{0 if whole else digits}f} {money.currency}"


def term_text(term: str) -> str:
    """Return `3 years`, `1 year and 6 months`, `180 days` for an ISO 8601 term; other text comes back as it is."""
    try:
        parsed = Term.parse(term)
    except ValueError:
        return term
    units = ((parsed.years, "year"), (parsed.months, "month"), (parsed.days, "day"))
    return " and ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in units if count) or "no time"


def count_text(count: int, noun: str) -> str:
    """Return `1 credential`, `3 credentials`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
