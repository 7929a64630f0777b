"""Which backups may go: a pure rule over their times.

All of the last two days stay, then the last of each day for 12 days, of each week for 10 weeks and of each month for
9 months (the steps Anki uses). Days, weeks and months without a backup do not count, so that a long pause or a clock
that jumps never empties the list. Days are UTC days: no hour is there twice.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

KEEP_ALL_FOR = timedelta(days=2)
DAILY, WEEKLY, MONTHLY = 12, 10, 9
NEVER_DELETED = 3

_Bucket = Callable[[datetime], tuple[int, ...]]


def thin(made: Mapping[str, datetime], now: datetime, preferred: Collection[str] = ()) -> set[str]:
    """Return the names of the backups to delete.

    `made` is name -> moment in UTC. Among those of one day, week or month a `preferred` one stays (it has an export
    beside it), else the newest. Backups from the future (the clock was set back) all stay, and so do the newest three.
    """
    newest_first = sorted(made, key=lambda name: (made[name], name), reverse=True)
    kept = set(newest_first[:NEVER_DELETED])
    kept |= {name for name in newest_first if now - made[name] < KEEP_ALL_FOR}
    rest = [name for name in newest_first if now - made[name] >= KEEP_ALL_FOR]
    steps: tuple[tuple[int, _Bucket], ...] = ((DAILY, _day), (WEEKLY, week_of), (MONTHLY, _month))
    for count, bucket in steps:
        chosen, rest = _one_of_each(rest, made, preferred, count, bucket)
        kept |= chosen
    return set(made) - kept


def _one_of_each(
    newest_first: list[str], made: Mapping[str, datetime], preferred: Collection[str], count: int, bucket: _Bucket
) -> tuple[set[str], list[str]]:
    """Return the name kept of each of the newest `count` buckets, and the names older than those buckets."""
    groups: dict[tuple[int, ...], list[str]] = {}
    for name in newest_first:
        groups.setdefault(bucket(made[name]), []).append(name)
    taken = list(groups)[:count]
    chosen = {next((name for name in groups[one] if name in preferred), groups[one][0]) for one in taken}
    return chosen, [name for one in list(groups)[count:] for name in groups[one]]


def _day(moment: datetime) -> tuple[int, ...]:
    return moment.year, moment.month, moment.day


def week_of(moment: datetime) -> tuple[int, ...]:
    """Return the ISO year and week of a moment."""
    return tuple(moment.isocalendar())[:2]


def _month(moment: datetime) -> tuple[int, ...]:
    return moment.year, moment.month
