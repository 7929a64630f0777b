"""`python -m tests.mutants [--full] [format…]`: damages valid files of every format and reads them.

Prints a table and ends with 1 when anything but a refusal with a sentence stopped a file, or one took over 5 seconds.
"""

import argparse
import faulthandler
import sys

from tests.mutants.run import Outcome, run_kind, table
from tests.mutants.seeds import format_of, seeds_by_kind

FEW = 200
MANY = 10_000
_DEAD_SECONDS = 60


def main(arguments: list[str]) -> int:
    """Read mutants of the named formats (none named: all) and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description="What damaged files do to us.")
    _ = parser.add_argument("--full", action="store_true", help=f"{MANY:,} mutants of each format instead of {FEW}")
    _ = parser.add_argument("names", nargs="*", metavar="format")
    chosen = parser.parse_args(arguments)
    seeds = seeds_by_kind()
    kinds = [kind for kind in seeds if not chosen.names or {kind, format_of(kind)} & set(chosen.names)]
    if not kinds:
        parser.error(f"there are {', '.join(seeds)}")
    outcomes: list[Outcome] = []
    for kind in kinds:
        outcomes.append(run_kind(kind, seeds[kind], MANY if chosen.full else FEW, _watch))
        sys.stderr.write(table(outcomes[-1:]).splitlines()[2] + "\n")
    faulthandler.cancel_dump_traceback_later()
    sys.stdout.write(table(outcomes))
    return 1 if any(outcome.crashes or outcome.hangs for outcome in outcomes) else 0


def _watch() -> None:
    # A compiled library that hangs hears no signal: then the process ends and shows where.
    faulthandler.dump_traceback_later(_DEAD_SECONDS, exit=True, file=sys.__stderr__)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
