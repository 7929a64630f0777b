"""Every rig with the size of its small and of its full run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.rigs import damage, disk_full, hostile, io_errors, kill, no_network, one_page, power_cut, sequences
from tests.rigs.result import Result
from tests.rigs.writer import OPERATIONS


@dataclass(frozen=True)
class Rig:
    """`run(count, place)` does the work; for some rigs the count is a stride or is not used, as its text says."""

    run: Callable[[int, Path], Result]
    small: int
    full: int


def _kill(operation: str) -> Callable[[int, Path], Result]:
    # A small run imports less, too.
    return lambda count, place: kill.run_operation(operation, count, place, rows=2000 if count >= 100 else 200)


def _cut(operation: str) -> Callable[[int, Path], Result]:
    return lambda count, place: power_cut.run(operation, count, place)


def _no_network(count: int, place: Path) -> Result:
    return no_network.run(place) if count else no_network.run(place, ["tests/unit/domain/test_money.py"])


RIGS: Mapping[str, Rig] = {
    "kill-edits": Rig(kill.run_edits, 12, 1000),
    **{f"kill-{name}": Rig(_kill(name), 6, 300) for name in OPERATIONS},
    **{f"power-{name}": Rig(_cut(name), 60, 10_000) for name in power_cut.OPERATIONS},
    # The count is the stride from one refused call to the next.
    "io-errors": Rig(lambda every, place: io_errors.run(place, every=every), 47, 1),
    "disk-full": Rig(disk_full.run, 12, 200),
    "damage": Rig(damage.run, 50, 5000),
    # Each page three times, with and without a backup.
    "one-page": Rig(one_page.run, 4, 100),
    "sequences": Rig(lambda count, _: sequences.run(count), 3, 1000),
    "hostile": Rig(hostile.run, 30, 2000),
    # 1 is the whole suite, 0 a few tests of it.
    "no-network": Rig(_no_network, 0, 1),
}
