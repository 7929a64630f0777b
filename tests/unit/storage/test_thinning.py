"""Which backups stay, over 400 simulated days and with clocks that jump."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnpath.storage.thinning import thin, week_of

START = datetime(2027, 1, 4, 9, tzinfo=UTC)
moments = st.datetimes(datetime(1970, 1, 2), datetime(9000, 12, 31)).map(lambda moment: moment.replace(tzinfo=UTC))


class Shelf:
    """Backups kept under the rule, each made with the clock of that moment."""

    def __init__(self) -> None:
        self.made: dict[str, datetime] = {}
        self.exported: set[str] = set()

    def back_up(self, now: datetime) -> str:
        name = f"{now.isoformat()}#{len(self.made)}"
        if not any(week_of(self.made[one]) == week_of(now) for one in self.exported):
            self.exported.add(name)
        self.made[name] = now
        gone = thin(self.made, now, self.exported)
        newest = sorted(self.made, key=lambda one: (self.made[one], one))[-3:]
        assert gone.isdisjoint(newest)
        assert name not in gone
        for one in gone:
            del self.made[one]
        self.exported &= self.made.keys()
        return name


def test_400_days_leave_two_days_twelve_days_ten_weeks_and_nine_months() -> None:
    # From 4 January 2027 over the leap day of 2028 and both changes of the clocks.
    shelf = Shelf()
    now = START
    for _ in range(430 * 8):
        now += timedelta(hours=3)
        _ = shelf.back_up(now)
    ages = sorted(now - moment for moment in shelf.made.values())
    recent = [age for age in ages if age < timedelta(days=2)]
    older = sorted((moment for moment in shelf.made.values() if now - moment >= timedelta(days=2)), reverse=True)
    assert len(recent) == 16
    assert len(older) == 12 + 10 + 9
    assert len({moment.date() for moment in older[:12]}) == 12
    assert len({week_of(moment) for moment in older[12:22]}) == 10
    assert len({(moment.year, moment.month) for moment in older[22:]}) == 9
    assert ages[-1] > timedelta(days=300)


def test_each_weekly_backup_is_the_one_with_an_export() -> None:
    shelf = Shelf()
    now = START
    for _ in range(300 * 3):
        now += timedelta(hours=8)
        _ = shelf.back_up(now)
    weekly = sorted(shelf.made, key=lambda one: shelf.made[one], reverse=True)[6 + 12 : 6 + 12 + 10]
    assert set(weekly) <= shelf.exported


def test_a_clock_set_back_a_year_loses_nothing_new() -> None:
    shelf = Shelf()
    now = START + timedelta(days=400)
    for _ in range(100):
        now += timedelta(hours=6)
        _ = shelf.back_up(now)
    before = set(shelf.made)
    now -= timedelta(days=365)
    made = []
    for _ in range(8):
        now += timedelta(hours=5)
        made.append(shelf.back_up(now))
    assert set(made) <= shelf.made.keys()
    assert before <= shelf.made.keys()


def test_a_clock_that_jumps_ahead_leaves_the_days_and_weeks() -> None:
    shelf = Shelf()
    now = START
    for _ in range(60):
        now += timedelta(days=1)
        _ = shelf.back_up(now)
    kept = len(shelf.made)
    _ = shelf.back_up(now + timedelta(days=3650))
    assert len(shelf.made) >= kept - 2


@given(st.lists(moments, max_size=60), moments)
def test_the_newest_three_and_everything_recent_stay(times: list[datetime], now: datetime) -> None:
    made = {str(place): moment for place, moment in enumerate(times)}
    gone = thin(made, now)
    by_time = sorted(made, key=lambda one: (made[one], one))
    assert gone.isdisjoint(by_time[-3:])
    assert all(now - made[one] >= timedelta(days=2) for one in gone)
    assert gone <= made.keys()
    # The rule is settled after one step: nothing more goes at the same moment.
    left = {name: moment for name, moment in made.items() if name not in gone}
    assert thin(left, now) == set()


@pytest.mark.parametrize("count", [0, 1, 3])
def test_few_backups_all_stay(count: int) -> None:
    made = {str(place): START - timedelta(days=1000 * place) for place in range(count)}
    assert thin(made, START) == set()
