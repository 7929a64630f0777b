"""Dates, distances and lengths of time as words for the window, in the person's language."""

from datetime import date, datetime, timedelta
from html import escape

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from learnpath.domain.dates import PartialDate
from learnpath.domain.typed_dates import Distance, describe_distance


def _say(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("Wording", text, None, count)


def duration_text(minutes: int) -> str:
    """Return a length of time such as `3 h 30`, `45 min` or `2 h`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _say("%n min", rest)
    return _say("%n h", hours) if not rest else f"{_say('%n h', hours)} {rest:02}"


def weekday_text(day: date) -> str:
    """Return the short name of a day's weekday."""
    return QLocale().dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)


def day_text(day: date, *, year: bool = True) -> str:
    """Return a day such as `27 Feb 2027`, or `27 Feb` without the year."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy" if year else "d MMM")


def moment_text(moment: datetime) -> str:
    """Return a moment (with its zone) as day and time where the person is: `21 Nov 2026, 21:15`."""
    here = moment.astimezone()
    return f"{day_text(here.date())}, {here:%H:%M}"


def age_text(age: timedelta) -> str:
    """Return how long ago something was, to the minute, the hour or the day: `12 minutes ago`."""
    minutes = age // timedelta(minutes=1)
    hours, days = minutes // 60, minutes // 1440
    if minutes < 1:
        return _say("just now")
    if minutes < 60:
        return _say("1 minute ago") if minutes == 1 else _say("%n minutes ago", minutes)
    if hours < 24:
        return _say("1 hour ago") if hours == 1 else _say("%n hours ago", hours)
    return _say("1 day ago") if days == 1 else _say("%n days ago", days)


def date_text(value: PartialDate) -> str:
    """Return a date as exactly as it is known: `27 Feb 2027`, `Feb 2027` or `2027`."""
    first = value.first_day
    patterns = {"day": "d MMM yyyy", "month": "MMM yyyy", "year": "yyyy"}
    return QLocale().toString(QDate(first.year, first.month, first.day), patterns[value.precision])


def distance_text(distance: Distance) -> str:
    """Return a distance such as `in 6 days`, `tomorrow` or `3 months ago`."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if distance.unit == "day" and distance.count in near:
        return _say(near[distance.count])
    ahead = {"day": "in %n days", "week": "in %n weeks", "month": "in %n months", "year": "in %n years"}
    back = {"day": "%n days ago", "week": "%n weeks ago", "month": "%n months ago", "year": "%n years ago"}
    return _say((ahead if distance.count > 0 else back)[distance.unit], abs(distance.count))


def typed_date_text(value: PartialDate, today: date) -> str:
    """Return what a date field says below: weekday, date and distance as far as they are known."""
    if value.precision != "day":
        return date_text(value)
    day = value.first_day
    distance = distance_text(describe_distance(day, today))
    return f"{weekday_text(day)} {day_text(day)} · {distance}"


def tip_text(text: str) -> str:
    """Return a tool tip that shows `text` as it is: Qt reads a tip as rich text when it looks like it."""
    return f"<qt>{escape(text)}</qt>" if text else ""
