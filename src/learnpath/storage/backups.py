"""Copies of the library file in the library's `backups` folder: making, checking, listing, thinning.

Each is a whole library file, so that it opens in any Learnpath, and is in the list only after it has been opened and
checked. Restoring one is in `restoring`; when to make one is decided by the services.
"""

import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import apsw

from learnpath.errors import LibraryError, UsageError
from learnpath.storage.database import APPLICATION_ID, connect_to_copy
from learnpath.storage.errors import DamagedLibraryError, ForeignFileError, known_errors, known_file_errors
from learnpath.storage.mapping import TABLES
from learnpath.storage.migrations import SCHEMA_VERSION
from learnpath.storage.private_files import create_file, make_folder, part_beside, replace_file, sync_file, sync_folder
from learnpath.storage.schema import made_schema, read_schema
from learnpath.storage.thinning import thin

Checkpoint = Callable[[], object]
ENDING = ".learnpath"
_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)(-\d+)?\.learnpath")
# Four megabytes, a few milliseconds.
_PAGES_AT_A_TIME = 1000
# Of SQLite's virtual machine: a few milliseconds.
_STEPS_BETWEEN_CHECKS = 10_000
_MOST_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup by its name and size (bytes). `made_at` is UTC; `export` is the JSON file beside it, if there is one."""

    file: Path
    made_at: datetime
    size: int
    export: Path | None

    @property
    def name(self) -> str:
        """Return the file name, by which a backup is asked for."""
        return self.file.name


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What a library file holds: its schema, records by table name, and what is wrong (nothing: sound)."""

    schema: int
    records: dict[str, int]
    problems: tuple[str, ...]


def backups_folder(folder: Path) -> Path:
    """Return where the backups of a library are."""
    return folder / "backups"


def stored_backups(folder: Path) -> list[Backup]:
    """Return the backups of a library by name, the newest first; other files in that folder are passed over."""
    found: list[Backup] = []
    place = backups_folder(folder)
    with known_file_errors(folder):
        for file in place.iterdir() if place.is_dir() else ():
            if (made_at := moment_of(file.name)) is not None and file.is_file():
                export = export_beside(file)
                found.append(Backup(file, made_at, file.stat().st_size, export if export.exists() else None))
    return sorted(found, key=_order, reverse=True)


def find_backup(folder: Path, name: str | None) -> Backup:
    """Return the backup with this name (its ending may be left out), the newest for None; UsageError without one."""
    backups = stored_backups(folder)
    for backup in backups:
        if name is None or backup.name in {name, f"{name}{ENDING}"}:
            return backup
    if name is None:
        raise UsageError(f"The library in {folder} has no backups yet.", "The backup command makes one.")
    raise UsageError(f"There is no backup named “{name}”.", "The command restore --list shows them.")


def as_backup(file: Path) -> Backup:
    """Return any library file as if it were a backup, made when it was last written. OSError passes."""
    found = file.stat()
    return Backup(file, datetime.fromtimestamp(found.st_mtime, UTC), found.st_size, None)


def export_beside(file: Path) -> Path:
    """Return where the JSON export of a backup lies."""
    return file.with_suffix(".json")


def make_backup(
    copy_into: Callable[[Path], object], folder: Path, now: datetime, check: Checkpoint | None = None
) -> Backup:
    """Make a backup and return it. `copy_into` writes the library into an empty file that is there already.

    The copy is opened, checked and synced before it gets its name. Raises a LibraryError; nothing is left then, nor
    when `check` raises, which is called every few milliseconds while the copy is looked through.
    """
    place = backups_folder(folder)
    with known_file_errors(folder):
        make_folder(place)
        beside = part_beside(place)
        create_file(beside)
        try:
            copy_into(beside)
            facts = examine(beside, check)
            if facts.problems:
                raise DamagedLibraryError(folder, facts.problems[0])
            sync_file(beside)
            target = _free_name(place, now)
            replace_file(beside, target)
        finally:
            beside.unlink(missing_ok=True)
    return Backup(target, _whole_second(now), target.stat().st_size, None)


def copy_database(source: apsw.Connection, target: Path, check: Checkpoint | None = None) -> None:
    """Write the state of an open library, as of one moment, into an empty file. `check` may raise to stop."""
    with closing(apsw.Connection(str(target))) as connection:
        # The file has no name yet that anybody looks at: a crash leaves rubbish to be cleared, nothing to be mended.
        _ = connection.execute("PRAGMA journal_mode = off; PRAGMA synchronous = off").fetchall()
        with connection.backup("main", source, "main") as copying:
            while not copying.done:
                if check is not None:
                    _ = check()
                _ = copying.step(_PAGES_AT_A_TIME)
        _ = connection.execute("PRAGMA journal_mode = truncate").fetchall()


def examine(file: Path, check: Checkpoint | None = None) -> BackupFacts:
    """Open a library file that nobody writes, read all of it, and return what it holds. `check` may raise to stop.

    Raises a LibraryError when it cannot be opened at all: foreign or damaged.
    """
    with known_errors(file), closing(connect_to_copy(file)) as connection:
        if check is not None:
            connection.set_progress_handler(partial(_go_on_after, check), _STEPS_BETWEEN_CHECKS)
        _require_library(connection, file)
        version = _number(connection, "PRAGMA user_version")
        if version <= SCHEMA_VERSION and read_schema(connection) != made_schema(version):
            # Even the check would run what such a file brings.
            return BackupFacts(version, {}, ("its tables are not those that Learnpath makes",))
        problems = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_MOST_PROBLEMS})")]
        missing = connection.execute("PRAGMA foreign_key_check").fetchall()
        problems = [problem for problem in problems if problem != "ok"]
        problems += [f"{row[0]} row {row[1]} points at a missing {row[2]}" for row in missing[:_MOST_PROBLEMS]]
        return BackupFacts(version, _counts(connection), tuple(problems))


def _go_on_after(check: Checkpoint) -> bool:
    _ = check()
    return False


def count_records(file: Path) -> BackupFacts:
    """Return what a library file says it holds, without checking it (`problems` is empty). Raises a LibraryError."""
    with known_errors(file), closing(connect_to_copy(file)) as connection:
        _require_library(connection, file)
        return BackupFacts(_number(connection, "PRAGMA user_version"), _counts(connection), ())


def mark_of(file: Path) -> str:
    """Return the mark of the state in a library file (see `state_mark`). Raises a LibraryError."""
    with known_errors(file), closing(connect_to_copy(file)) as connection:
        return state_mark(connection)


def state_mark(connection: apsw.Connection) -> str:
    """Return a text that differs whenever the records differ; empty while nothing was ever changed.

    Every change, undo and redo is in the history, so its newest end names the state.
    """
    (last_done,) = connection.execute("SELECT max(id) FROM change WHERE state = 'done'").fetchall()[0]
    newest = connection.execute("SELECT id, label, at, device, row_count FROM change ORDER BY id DESC LIMIT 1")
    rows = newest.fetchall()
    schema = _number(connection, "PRAGMA user_version")
    return repr((schema, last_done, *rows[0])) if rows else ""


def delete_thinned(folder: Path, now: datetime) -> list[str]:
    """Delete the backups that the thinning rule gives up, with their exports; return their names.

    Nothing goes unless the newest backup can be opened and is sound. Raises a LibraryError.
    """
    backups = stored_backups(folder)
    exported = {backup.name for backup in backups if backup.export is not None}
    gone = thin({backup.name: backup.made_at for backup in backups}, now, exported)
    if not gone or examine(backups[0].file).problems:
        return []
    with known_file_errors(folder):
        for name in gone:
            file = backups_folder(folder) / name
            file.unlink(missing_ok=True)
            export_beside(file).unlink(missing_ok=True)
        sync_folder(backups_folder(folder))
    return sorted(gone)


def is_sound(file: Path) -> bool:
    """Return whether a library file opens and passes SQLite's checks."""
    try:
        return not examine(file).problems
    except LibraryError:
        return False


def time_name(now: datetime) -> str:
    """Return a moment as a part of a file name that every system takes: `2026-11-21T21-15-03Z`."""
    return _whole_second(now).replace(tzinfo=None).isoformat().replace(":", "-") + "Z"


def _whole_second(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(microsecond=0)


def moment_of(name: str) -> datetime | None:
    """Return when the backup with this file name was made (UTC); None for a name that is no backup's."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    day, _, clock = match[1].removesuffix("Z").partition("T")
    try:
        return datetime.fromisoformat(f"{day}T{clock.replace('-', ':')}+00:00")
    except ValueError:
        return None


def _order(backup: Backup) -> tuple[datetime, int]:
    # A second backup within one second has the suffix “-2”.
    match = _NAME.fullmatch(backup.name)
    return backup.made_at, -int((match[2] if match else None) or "0")


def _free_name(place: Path, now: datetime) -> Path:
    stem = time_name(now)
    target, number = place / f"{stem}{ENDING}", 1
    while target.exists():
        number += 1
        target = place / f"{stem}-{number}{ENDING}"
    return target


def _require_library(connection: apsw.Connection, file: Path) -> None:
    if _number(connection, "PRAGMA application_id") != APPLICATION_ID:
        raise ForeignFileError(file)


def _counts(connection: apsw.Connection) -> dict[str, int]:
    present = {str(row[0]) for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    names = [table.table for table in TABLES.values() if table.table in present]
    return {name: _number(connection, f"SELECT count(*) FROM {name}") for name in names}


def _number(connection: apsw.Connection, sql: str) -> int:
    return int(str(connection.execute(sql).fetchall()[0][0]))
