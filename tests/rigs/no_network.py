"""The whole suite under a hook that refuses and counts every connection and every name look-up."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.rigs.result import Result

_ROOT = Path(__file__).resolve().parents[2]


def run(place: Path, tests: Sequence[str] = ("tests/unit", "tests/gui")) -> Result:
    """Run tests in a process of their own; `count` is how many, each attempt is a failure."""
    result = Result("no network", "0 connects, 0 name look-ups")
    report = place / "network.txt"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
    path = os.pathsep.join((str(_ROOT / "src"), str(_ROOT)))
    done = subprocess.run(
        command,
        cwd=_ROOT,
        env={**os.environ, "LEARNPATH_NETWORK_REPORT": str(report), "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    told = re.search(r"(\d+) passed", done.stdout)
    result.count = int(told[1]) if told else 0
    result.expect(result.count > 0, f"no test ran: {done.stdout[-300:]}{done.stderr[-300:]}")
    result.failures += report.read_text(encoding="utf-8").splitlines() if report.exists() else ["no report"]
    others = re.search(r"(\d+) failed", done.stdout)
    result.note = f"{others[1]} failed for other reasons" if others else ""
    return result.finish()
