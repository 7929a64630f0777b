"""Study time: the week against its goal, days for the heat map, the best streak of weeks."""

from collections.abc import Mapping
from datetime import date, timedelta


def week_start(day: date) -> date:
    """Return the Monday of the week that holds `day` (ISO 8601 weeks)."""
    return day - timedelta(days=day.weekday())


def week_minutes(minutes_by_day: Mapping[date, int], today: date) -> int:
    """Return the minutes studied in the week of `today`, up to and including it."""
    start = week_start(today)
    return sum(minutes for day, minutes in minutes_by_day.items() if start <= day <= today)


def best_streak_weeks(minutes_by_day: Mapping[date, int]) -> int:
    """Return the longest run of consecutive weeks with any study."""
    weeks = {week_start(day) for day, minutes in minutes_by_day.items() if minutes > 0}
    best = 0
    for week in weeks:
        if week - timedelta(days=7) in weeks:
            continue
        length = 1
        while week + timedelta(days=7 * length) in weeks:
            length += 1
        best = max(best, length)
    return best
