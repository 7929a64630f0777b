"""The ladder for a damaged library: the step that loses least is taken, and the damaged file is always kept.

1. Keep a copy byte for byte. 2. Make the indexes and search words of a copy anew. 3. The last good backup with the
later changes of the damaged file's history. 4. The rows page by page, with what is missing from a backup. 5. A new
library.
"""

import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import apsw

from learnpath.errors import LibraryError
from learnpath.storage.backups import Backup, examine, stored_backups
from learnpath.storage.database import LIBRARY_FILE, connect_to_copy
from learnpath.storage.errors import ForeignFileError, known_errors, known_file_errors
from learnpath.storage.private_files import copy_file, create_file, make_folder, part_beside, sync_file
from learnpath.storage.rebuilding import TableCount, count_rows, rebuild
from learnpath.storage.restoring import put_in_place, quarantine
from learnpath.storage.salvage import Salvaged, salvage
from learnpath.storage.shapes import bring_to, roots_of


class Step(StrEnum):
    """How a library was recovered."""

    REINDEXED = "reindexed"
    REPLAYED = "replayed"
    SALVAGED = "salvaged"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was done: the step, where the damaged file is kept, the backup that helped, changes replayed, the counts."""

    step: Step
    damaged: Path
    backup: str | None
    replayed: int
    tables: tuple[TableCount, ...]

    @property
    def kept(self) -> int:
        """Return how many rows the library holds that were in the damaged file, its history included."""
        return sum(table.kept + table.from_history for table in self.tables)

    @property
    def from_backup(self) -> int:
        """Return how many rows came from a backup."""
        return sum(table.from_backup for table in self.tables)

    @property
    def lost(self) -> int:
        """Return how many rows are known to be lost."""
        return sum(table.lost for table in self.tables)


@dataclass(frozen=True, slots=True)
class _Candidate:
    step: Step
    file: Path
    tables: tuple[TableCount, ...]
    backup: str | None = None
    replayed: int = 0


@dataclass(frozen=True, slots=True)
class _Helper:
    """A copy of the backup that helps, of the damaged file's schema, and the backup's name."""

    file: Path
    name: str


def recover(folder: Path, now: datetime, *, may_start_anew: bool = True) -> Recovery:
    """Recover the library in a folder that is locked. Raises a LibraryError when even that is impossible (full disk).

    The library's file is replaced only by one that was checked, after the damaged one was kept. Without
    `may_start_anew` a file in which no row is found, with no backup, is a ForeignFileError and stays.
    """
    damaged = quarantine(folder, now)
    work = part_beside(folder)
    try:
        with known_file_errors(folder), known_errors(folder):
            make_folder(work)
            candidate = _best(folder, damaged, work)
            if candidate.step is Step.NEW and not may_start_anew:
                raise ForeignFileError(folder / LIBRARY_FILE)
            sync_file(candidate.file)
        put_in_place(folder, candidate.file)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Recovery(candidate.step, damaged, candidate.backup, candidate.replayed, candidate.tables)


def _best(folder: Path, damaged: Path, work: Path) -> _Candidate:
    copy = _copy_with_journal(damaged, work)
    backups = _good_backups(folder)
    saved = salvage(copy.read_bytes(), [_roots(backup.file) for backup in backups])
    found = _reindexed(copy, saved, work) if saved.is_whole else None
    if found is not None:
        return found
    backup = _as_of_schema(backups[0], saved.schema, work) if backups else None
    replayed = _replayed(backup, saved, work) if backup is not None else None
    return replayed or _salvaged(saved, backup, work)


def _as_of_schema(backup: Backup, schema: int, work: Path) -> _Helper | None:
    """Return a copy of a backup, brought to a schema version; None for a backup of a later one."""
    if examine(backup.file).schema > schema:
        return None
    copy = work / "backup"
    copy_file(backup.file, copy)
    with closing(connect_to_copy(copy, writing=True)) as connection:
        bring_to(connection, schema)
    return _Helper(copy, backup.name)


def _good_backups(folder: Path) -> list[Backup]:
    """Return the newest backup that is sound, in a list; an empty one without any."""
    for backup in stored_backups(folder):
        try:
            if not examine(backup.file).problems:
                return [backup]
        except LibraryError:
            continue
    return []


def _roots(file: Path) -> dict[str, int]:
    with closing(connect_to_copy(file)) as connection:
        return roots_of(connection)


def _copy_with_journal(damaged: Path, work: Path) -> Path:
    """Return a copy of the kept files in which a change that was cut off has been taken back, if that is possible."""
    for file in damaged.iterdir():
        copy_file(file, work / file.name)
    copy = work / LIBRARY_FILE
    try:
        with closing(connect_to_copy(copy, writing=True)) as connection:
            _ = connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    except apsw.Error:
        # Too damaged for SQLite: its pages are read as they are.
        return copy
    return copy


def _reindexed(copy: Path, saved: Salvaged, work: Path) -> _Candidate | None:
    target = work / "reindexed"
    copy_file(copy, target)
    try:
        with closing(connect_to_copy(target, writing=True)) as connection:
            connection.execute("REINDEX")
            words = connection.execute(
                "SELECT name FROM sqlite_schema WHERE name LIKE '%_words' AND sql LIKE 'CREATE VIRTUAL%'"
            )
            for (name,) in words.fetchall():
                connection.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")
        counts = tuple(count_rows(target))
        if examine(target).problems or any(len(saved.tables[one.table].rows) != one.kept for one in counts):
            return None
    except (apsw.Error, LibraryError):
        return None
    return _Candidate(Step.REINDEXED, target, counts)


def _replayed(backup: _Helper, saved: Salvaged, work: Path) -> _Candidate | None:
    """Return the backup brought to the end of the damaged file's history; None when a part of that cannot be read."""
    target = work / "replayed"
    copy_file(backup.file, target)
    with closing(connect_to_copy(target, writing=True)) as connection:
        try:
            replayed = _replay(connection, saved)
        except (apsw.Error, TypeError, ValueError):
            return None
    if replayed is None or examine(target).problems:
        return None
    counts = tuple(count_rows(target))
    # The pages hold more than the history tells: it is not the history of this file.
    if any(len(saved.tables[count.table].rows) > count.kept for count in counts):
        return None
    return _Candidate(Step.REPLAYED, target, counts, backup.name, replayed)


def _replay(connection: apsw.Connection, saved: Salvaged) -> int | None:
    table = saved.tables["change"]
    columns = ", ".join(table.shape.columns)
    before = {int(str(row[0])): row for row in connection.execute(f"SELECT {columns} FROM change")}
    after = {key[0]: row for key, row in table.rows.items()}
    state, changeset = table.shape.columns.index("state"), table.shape.columns.index("changeset")
    same = [index for index in range(len(table.shape.columns)) if index != state]
    newest = max(before, default=0)
    is_continued = newest not in before or [after.get(newest, ())[i : i + 1] for i in same] == [
        before[newest][i : i + 1] for i in same
    ]
    if table.broken or table.lost or not after or not is_continued:
        return None
    done_before = {number for number, row in before.items() if row[state] == "done"}
    done_after = {number for number, row in after.items() if row[state] == "done"}
    steps = [(number, True) for number in sorted(done_before - done_after, reverse=True)]
    steps += [(number, False) for number in sorted(done_after - done_before)]
    with connection:
        for number, backwards in steps:
            data = (before if backwards else after)[number][changeset]
            if not isinstance(data, bytes):
                raise TypeError("a changeset is stored as bytes")
            wanted = apsw.Changeset.invert(data) if backwards else data
            apsw.Changeset.apply(wanted, connection, flags=apsw.SQLITE_CHANGESETAPPLY_FKNOACTION)
        marks = ", ".join("?" * len(table.shape.columns))
        rows = (after[number] for number in sorted(after))
        connection.executemany(f"INSERT OR REPLACE INTO change ({columns}) VALUES ({marks})", rows)
    return len(steps)


def _salvaged(saved: Salvaged, backup: _Helper | None, work: Path) -> _Candidate:
    target = work / "salvaged"
    create_file(target)
    counts = tuple(rebuild(target, saved, backup.file if backup is not None else None))
    filled = sum(count.from_backup for count in counts)
    if any(count.kept or count.from_history for count in counts) or filled:
        return _Candidate(Step.SALVAGED, target, counts, backup.name if backup is not None and filled else None)
    return _Candidate(Step.NEW, target, counts)
