"""What is measured, always against something plain in the same run: seconds on one machine mean nothing on another."""

import csv
import io
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import apsw
from tests.benchmarks.fill import make_csv
from tests.benchmarks.others import import_with_anki, import_with_sqlite_utils, is_installed

from learnpath.domain.listing import CredentialFilter, CredentialSort, StatusGroup
from learnpath.services.importing import apply_previews, preview_file
from learnpath.services.libraries import open_library
from learnpath.storage.credential_list import credential_counts, credential_ids, credential_rows
from learnpath.storage.library import Library
from learnpath.storage.migrations import step_0001

TODAY = date(2026, 11, 21)
ROOT = Path(__file__).resolve().parents[2]
_PAGE = 200
_REST = ("USD", "", "active", None, "", "", None)


@dataclass(frozen=True)
class Figure:
    """One line of the report: ours and the plain way, in `unit`; `missing` says what was not there to measure."""

    name: str
    ours: float
    plain: float
    unit: str
    missing: str = ""

    @property
    def ratio(self) -> float:
        """Return how many times the plain way ours takes."""
        return self.ours / self.plain if self.plain else float("nan")


def measure_start(folder: Path, runs: int) -> list[Figure]:
    """From process start to the first painted window, and until all is loaded, against a bare window."""
    bare, painted, loaded = [], [], []
    for _ in range(runs):
        started, told = _child("bare")
        bare.append(told["painted_at"] - started)
        started, told = _child("app", str(folder))
        painted.append(told["painted_at"] - started)
        loaded.append(told["loaded_at"] - started)
    plain = statistics.median(bare) * 1000
    return [
        Figure("start to first painted window", statistics.median(painted) * 1000, plain, "ms"),
        Figure("start to everything loaded", statistics.median(loaded) * 1000, plain, "ms"),
    ]


def measure_memory(folder: Path) -> list[Figure]:
    """Resident memory with the list of credentials open, against a bare window."""
    _, bare = _child("bare")
    _, ours = _child("app", str(folder), "credentials")
    return [Figure("memory with the list open", ours["memory"], bare["memory"], "MB")]


def measure_import(folder: Path, rows: int, rounds: int) -> list[Figure]:
    """A program list: read, plan, write with history and word index; the medians of some rounds in turn.

    Against `csv` and `executemany` into the same tables, and against what other programs do with the same file.
    """
    data = make_csv(rows)
    file = folder / "list.csv"
    _ = file.write_bytes(data)
    others = {"sqlite_utils": import_with_sqlite_utils, "anki": import_with_anki}
    spent: dict[str, list[float]] = {}
    for number in range(rounds):
        place = folder / f"round-{number}"
        place.mkdir()
        spent.setdefault("plain", []).append(_time(partial(_plain_import, place / "plain.db", data)))
        library = open_library(place / "library")
        spent.setdefault("ours", []).append(_time(partial(_our_import, library, data)))
        spent.setdefault("undo", []).append(_time(library.undo))
        library.close()
        for package in filter(is_installed, others):
            spent.setdefault(package, []).append(_time(partial(others[package], place, file)))
        shutil.rmtree(place)
    median = {name: statistics.median(times) * 1000 for name, times in spent.items()}
    return [
        Figure(f"import of {rows:,} rows", median["ours"], median["plain"], "ms"),
        *(_against(package, median) for package in others),
        Figure("undo of that import", median["undo"], median["plain"], "ms"),
    ]


def _our_import(library: Library, data: bytes) -> None:
    _ = apply_previews(library, [preview_file(library, "list.csv", data)])


def _against(package: str, median: Mapping[str, float]) -> Figure:
    """Return our import against another program's of the same file."""
    missing = "" if package in median else f"{package} is not installed"
    return Figure(f"… against {package.replace('_', '-')}'s", median["ours"], median.get(package, 0.0), "ms", missing)


def measure_import_screen(folder: Path, rows: int) -> list[Figure]:
    """The same list on the screen, in milliseconds, against what a person may be made to wait.

    The limits are for 5,000 rows; cancelling, and how long the window stands still, have the same at any length.
    """
    file, library = folder / f"list-{rows}.csv", folder / f"screen-{rows}"
    file.write_bytes(make_csv(rows))
    library.mkdir()
    _, told = _child(str(file), str(library), module="tests.benchmarks.import_screen")
    limits = {"preview": 2000, "write": 3000, "cancel_reading": 200, "cancel_writing": 200, "largest_gap": 100}
    return [
        Figure(f"{rows:,} rows: {name.replace('_', ' ')}", told[name], limit, "ms") for name, limit in limits.items()
    ]


def measure_lists(folder: Path) -> list[Figure]:
    """First page, sorting, filtering and searching, against the bare SQL of the same question."""
    library = open_library(folder)
    plain = apsw.Connection(str(folder / "library.learnpath"))
    page = "SELECT * FROM credential WHERE id IN (SELECT value FROM json_each(?))"
    cases: list[tuple[str, CredentialFilter, str]] = [
        ("first page by title", CredentialFilter(), "SELECT id FROM credential ORDER BY title COLLATE NOCASE"),
        (
            "sort by expiry",
            CredentialFilter(sort=CredentialSort.EXPIRES, descending=True),
            "SELECT id FROM credential ORDER BY valid_until DESC",
        ),
        (
            "filter: expired",
            CredentialFilter(group=StatusGroup.EXPIRED),
            "SELECT id FROM credential WHERE stage = 'earned' AND valid_until < '2026-11-21' ORDER BY title",
        ),
        (
            "search: three letters",
            CredentialFilter(text="kub"),
            "SELECT rowid FROM credential_words WHERE credential_words MATCH '\"kub\"*'",
        ),
        (
            "search: a rare word",
            CredentialFilter(text="99123"),
            "SELECT rowid FROM credential_words WHERE credential_words MATCH '\"99123\"*'",
        ),
    ]
    found: list[Figure] = []
    for name, wanted, sql in cases:

        def bare(sql: str = sql) -> None:
            ids = [row[0] for row in plain.execute(sql)]
            plain.execute(page, (json.dumps(ids[:_PAGE]),)).fetchall()

        def ours(wanted: CredentialFilter = wanted) -> None:
            credential_rows(library, credential_ids(library, wanted, TODAY)[:_PAGE], TODAY)

        found.append(Figure(name, _best(ours) * 1000, _best(bare) * 1000, "ms"))
    found.append(_counts(library, plain))
    plain.close()
    library.close()
    return found


def _counts(library: Library, plain: apsw.Connection) -> Figure:
    ours = _best(lambda: credential_counts(library, CredentialFilter(), TODAY))
    bare = _best(lambda: plain.execute("SELECT stage, count(*) FROM credential GROUP BY stage").fetchall())
    return Figure("counts for the chips", ours * 1000, bare * 1000, "ms")


def _plain_import(file: Path, data: bytes) -> None:
    connection = apsw.Connection(str(file))
    for pragma in ("journal_mode = truncate", "synchronous = extra", "foreign_keys = 1"):
        connection.execute(f"PRAGMA {pragma}")
    step_0001.upgrade(connection.execute)
    issuers: dict[str, int] = {}
    rows: list[tuple[object, ...]] = []
    for number, row in enumerate(csv.DictReader(io.StringIO(data.decode())), start=1):
        issuer = issuers.setdefault(row["provider"], len(issuers) + 1)
        price = int(float(row["price usd"]) * 100)
        minutes = int(row["hours"]) * 60
        rows.append(
            (number, row["title"], issuer, "", "Course", "", row["url"], row["level"], "", minutes, price, *_REST)
        )
    with connection:
        connection.executemany(
            "INSERT INTO issuer VALUES (?, ?, '[]', '', '', '')", [(one, name) for name, one in issuers.items()]
        )
        connection.executemany(f"INSERT INTO program VALUES ({', '.join('?' * 18)})", rows)
    connection.close()


def _child(*arguments: str, module: str = "tests.benchmarks.child") -> tuple[float, dict[str, float]]:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    # An installed program is compiled once, not at every start.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", module, *arguments]
    started = time.time()
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True, cwd=ROOT)
    return started, json.loads(done.stdout.splitlines()[-1])


def _time(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _best(work: Callable[[], object], runs: int = 5) -> float:
    return min(_time(work) for _ in range(runs))
