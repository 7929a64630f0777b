"""`python -m tests.rigs [--full] [name…]`: runs the rigs, prints their table, and ends with 1 when a promise broke.

Set TMPDIR to a disk in memory to spare the real one: the full run writes some hundred thousand small libraries.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.rigs.catalogue import RIGS
from tests.rigs.result import table


def main(arguments: list[str]) -> int:
    """Run the named rigs (none named: all) and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.rigs", description="What the library survives.")
    _ = parser.add_argument("--full", action="store_true", help="the full counts instead of a few")
    _ = parser.add_argument("names", nargs="*", metavar="name", help=", ".join(RIGS))
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.names) - set(RIGS):
        parser.error(f"there is no rig {', '.join(sorted(unknown))}; there are {', '.join(RIGS)}")
    results = []
    with tempfile.TemporaryDirectory(prefix="learnpath-rigs-") as folder:
        for name in chosen.names or RIGS:
            place = Path(folder) / name
            place.mkdir()
            rig = RIGS[name]
            results.append(rig.run(rig.full if chosen.full else rig.small, place))
            sys.stderr.write(f"{name}: {results[-1].seconds:.0f} s\n")
    sys.stdout.write(table(results))
    return 1 if any(result.failures for result in results) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
