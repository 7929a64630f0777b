"""`python -m tests.benchmarks [--small]`: prints the figures of one run, each against a plain way of the same work.

With `pip install 'learnpath[benchmark]'` the import is measured against other programs, too.
"""

import sys
import tempfile
from pathlib import Path

from tests.benchmarks.fill import fill_library
from tests.benchmarks.measure import (
    Figure,
    measure_import,
    measure_import_screen,
    measure_lists,
    measure_memory,
    measure_start,
)


def run(*, small: bool) -> list[Figure]:
    """Measure everything, with a tenth of the rows and one start when `small`."""
    many, some, runs = (10_000, 1_000, 1) if small else (100_000, 10_000, 5)
    with tempfile.TemporaryDirectory(prefix="learnpath-benchmark-") as folder:
        place = Path(folder)
        fill_library(place / "some", some)
        fill_library(place / "many", many)
        return [
            *measure_start(place / "some", runs),
            *measure_import(place, many, rounds=1 if small else 3),
            *measure_import_screen(place, 5_000),
            *measure_lists(place / "many"),
            *measure_memory(place / "many"),
        ]


def main() -> None:
    """Print the table."""
    sys.stdout.write(f"{'':<34}{'ours':>10}{'plain':>10}      ratio\n")
    for figure in run(small="--small" in sys.argv[1:]):
        theirs = f"{figure.plain:>10.1f} {figure.unit:<4} {figure.ratio:>5.2f}"
        sys.stdout.write(f"{figure.name:<34}{figure.ours:>10.1f}{figure.missing or theirs:>20}\n")


if __name__ == "__main__":
    main()
