"""kill -9 at any moment: of a process that edits, imports, undoes, redoes, makes or migrates a library."""

import multiprocessing
import random
import shutil
import sys
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.library_fixtures import unpack_schema_1
from tests.rigs import writer
from tests.rigs.result import Result
from tests.rigs.work import add_credential, copy_library, digest_records, look, make_library, open_library

from learnpath.errors import LibraryError
from learnpath.services.backups import backup_now, list_backups
from learnpath.services.checking import check_library

# A process that is forked from one that has imported everything already starts in a few milliseconds.
_PROCESSES = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
if sys.platform != "win32":
    _PROCESSES.set_forkserver_preload(["tests.rigs.writer"])
_KILLS_PER_LIBRARY = 25
_LONGEST_WAIT = 60.0


@contextmanager
def _process(work: Callable[..., None], *arguments: Any) -> Generator[tuple[Any, Connection]]:
    """Start a process that tells through the pipe; it is dead when the context ends."""
    hear, tell = _PROCESSES.Pipe(duplex=False)
    process = _PROCESSES.Process(target=work, args=(*arguments, tell))
    process.start()
    tell.close()
    try:
        yield process, hear
    finally:
        process.kill()
        process.join()
        process.close()
        hear.close()


def run_edits(count: int, place: Path, seed: int = 1) -> Result:
    """Kill a process that edits `count` times at random moments."""
    result = Result("kill -9 during edits", "0 acknowledged changes lost, 0 integrity failures")
    chance = random.Random(seed)
    template = make_library(place / "edits-template", rows=20, credentials_made=10)
    folder = place / "edits"
    acknowledged_in_all = 0
    for number in range(count):
        if number % _KILLS_PER_LIBRARY == 0:
            _ = copy_library(template, folder)
        acknowledged = _edit_until_killed(folder, number + 1, chance)
        acknowledged_in_all += len(acknowledged)
        if acknowledged:
            _check_edits(result, folder, number, acknowledged[-1])
        else:
            _, problems = look(folder)
            result.expect(not problems, f"kill {number}: {problems}")
        result.count += 1
    result.note = f"{acknowledged_in_all:,} acknowledged changes"
    return result.finish()


def _edit_until_killed(folder: Path, seed: int, chance: random.Random) -> list[tuple[int, str]]:
    """Return what the process told of its commits until it was killed."""
    told: list[tuple[int, str]] = []
    with _process(writer.edit_for_ever, folder, seed) as (process, hear):
        # One in ten dies while it opens the library.
        if chance.random() > 0.1 and hear.poll(_LONGEST_WAIT):
            told.append(hear.recv())
        time.sleep(chance.uniform(0, 0.12))
        process.kill()
        process.join()
        while hear.poll():
            try:
                told.append(hear.recv())
            except EOFError:
                break
    return told


def _check_edits(result: Result, folder: Path, number: int, last: tuple[int, str]) -> None:
    changes, records = last
    try:
        library = open_library(folder, second=900_000)
    except LibraryError as error:
        result.failures.append(f"kill {number}: {error.message}")
        return
    try:
        found = library.history(1)[0].id
        # The change that was under way may be there whole; what was acknowledged lies below it.
        if found == changes + 1:
            _ = library.undo()
            result.expect(digest_records(library) == records, f"kill {number}: a change was half done")
            _ = library.redo()
        else:
            result.expect(found == changes, f"kill {number}: {changes} changes acknowledged, {found} kept")
            result.expect(digest_records(library) == records, f"kill {number}: the records differ")
        problems = check_library(library).problems
        result.expect(not problems, f"kill {number}: {problems}")
    finally:
        library.close()


def run_operation(
    operation: str,
    count: int,
    place: Path,
    *,
    rows: int = 2000,
    seed: int = 1,
    pragmas: Mapping[str, object] | None = None,
) -> Result:
    """Kill a process that does one thing `count` times: half at a random moment, half at a random call to the disk."""
    result = Result(f"kill -9 during {operation}", "all or nothing, the library opens")
    changed = dict(pragmas or {})
    before_folder = _before(operation, rows, place / f"{operation}-before")
    folder = place / operation
    calls, seconds = _whole_run(before_folder, folder, operation, rows, changed)
    # A library that is not made yet is nothing; opening it afterwards makes it anew.
    after, _ = look(folder)
    before, _ = look(copy_library(before_folder, folder)) if operation != "creation" else (after, [])
    chance = random.Random(seed)
    landed = 0
    for number in range(count):
        _ = copy_library(before_folder, folder)
        # A copy of the file goes past the watched disk: it is killed at random moments only.
        die_at = chance.randint(1, calls) if number % 2 and calls else None
        done = _operate_until_killed(folder, operation, rows, die_at, changed, chance.uniform(0, seconds))
        try:
            state, problems = look(folder)
        except LibraryError as error:
            state, problems = "", [error.message]
        where = f"kill {number} at call {die_at}"
        result.expect(state == after or (state == before and not done), f"{where}: neither before nor after")
        result.expect(not problems, f"{where}: {problems}")
        backups = list_backups(folder, verify=True)
        result.expect(all(one.verified for one in backups), f"{where}: a backup in the list is not sound")
        landed += state == after
        result.count += 1
    # Opening it to look makes or migrates what was not: whether the work had landed cannot be told.
    is_opening = operation in {"creation", "migration"}
    result.note = f"{calls} disk calls" if is_opening else f"{landed} landed, {calls} disk calls"
    shutil.rmtree(folder)
    return result.finish()


def _before(operation: str, rows: int, folder: Path) -> Path:
    if operation == "creation":
        folder.mkdir()
        return folder
    if operation == "migration":
        return unpack_schema_1(folder)
    _ = make_library(folder)
    if operation in {"undo", "redo"}:
        library = open_library(folder, 400_000)
        writer.import_rows(library, rows)
        if operation == "redo":
            _ = library.undo()
        library.close()
    if operation in {"backup", "restore"}:
        library = open_library(folder, 400_000)
        _ = backup_now(library)
        _ = add_credential(library, "After the backup")
        library.close()
    return folder


def _whole_run(
    source: Path, folder: Path, operation: str, rows: int, pragmas: Mapping[str, object]
) -> tuple[int, float]:
    """Let the operation come to its end; return the calls that change the disk and the seconds it took."""
    _ = copy_library(source, folder)
    with _process(writer.run_operation, folder, operation, rows, None, pragmas) as (process, hear):
        assert hear.recv() == "ready"
        started = time.perf_counter()
        calls = int(hear.recv())
        process.join()
        return calls, time.perf_counter() - started


def _operate_until_killed(
    folder: Path, operation: str, rows: int, die_at: int | None, pragmas: Mapping[str, object], seconds: float
) -> bool:
    """Return whether the operation told that it was done before it was killed."""
    with _process(writer.run_operation, folder, operation, rows, die_at, pragmas) as (process, hear):
        try:
            assert hear.recv() == "ready"
            if die_at is None:
                time.sleep(seconds)
                process.kill()
            process.join()
            return hear.poll() and bool(hear.recv())
        except EOFError:
            return False
