"""Backups of a library: made when something changed, before what could go wrong, listed and thinned.

A backup that fails is told, never raised: work goes on without it. Restoring is in `restoring`.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from learnpath.errors import KnownError, LibraryError
from learnpath.interchange.checkpoints import Checkpoint, go_on
from learnpath.interchange.library_json import dump_library
from learnpath.storage.backups import (
    Backup,
    count_records,
    delete_thinned,
    examine,
    export_beside,
    make_backup,
    mark_of,
    stored_backups,
)
from learnpath.storage.errors import known_file_errors
from learnpath.storage.library import Library
from learnpath.storage.private_files import write_file
from learnpath.storage.thinning import week_of


@dataclass(frozen=True, slots=True)
class BackupResult:
    """What became of a backup. `backup` None without a `problem`: nothing had changed since the newest one.

    `thinned` are the names of older backups that went.
    """

    backup: Backup | None
    problem: KnownError | None = None
    thinned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BackupState:
    """The newest backup (None: there is none), its age, how many there are, and whether it holds today's records."""

    newest: Backup | None
    age: timedelta | None
    count: int
    up_to_date: bool


@dataclass(frozen=True, slots=True)
class BackupLine:
    """One backup in a list. `verified`: whether it was just found sound; None when it was not looked through now."""

    backup: Backup
    verified: bool | None
    schema: int | None = None
    records: dict[str, int] = field(default_factory=dict[str, int])


def backup_now(library: Library, *, even_unchanged: bool = False, check: Checkpoint = go_on) -> BackupResult:
    """Make a backup when something changed since the newest one, then thin the older ones. Raises nothing known.

    `check` is called every few milliseconds and may raise to stop: what is half done then leaves nothing behind.
    """
    try:
        if not even_unchanged and _is_up_to_date(library, stored_backups(library.folder)):
            return BackupResult(None)
        backup = make_backup(partial(library.copy_into, check=check), library.folder, library.now(), check)
    except LibraryError as error:
        return BackupResult(None, error)
    try:
        backup = _with_export(library, backup, check)
        _ = library.thin_history()
        return BackupResult(backup, None, tuple(delete_thinned(library.folder, library.now())))
    except LibraryError as error:
        return BackupResult(backup, error)


def backup_before(library: Library, reason: str, check: Checkpoint = go_on) -> BackupResult:
    """Make a backup before something that could go wrong; `reason` ends the sentence when none can be made.

    `check` is called every few milliseconds and may raise to stop.
    """
    result = backup_now(library, check=check)
    if result.problem is None or result.backup is not None:
        return result
    problem = KnownError(f"No backup could be made before {reason}. {result.problem.message}", result.problem.hint)
    return BackupResult(None, problem)


def backup_state(library: Library) -> BackupState:
    """Return how old the newest backup is and whether it holds today's records. Raises a LibraryError."""
    backups = stored_backups(library.folder)
    newest = backups[0] if backups else None
    age = None if newest is None else max(timedelta(0), library.now() - newest.made_at)
    return BackupState(newest, age, len(backups), _is_up_to_date(library, backups))


def list_backups(folder: Path, *, verify: bool = False) -> list[BackupLine]:
    """Return the backups of a library folder, the newest first; with `verify` each is read through."""
    return [_line(backup, verify=verify) for backup in stored_backups(folder)]


def _line(backup: Backup, *, verify: bool) -> BackupLine:
    try:
        facts = examine(backup.file) if verify else count_records(backup.file)
    except LibraryError:
        return BackupLine(backup, verified=False)
    return BackupLine(backup, not facts.problems if verify else None, facts.schema, facts.records)


def _is_up_to_date(library: Library, backups: list[Backup]) -> bool:
    mark = library.state_mark()
    if not mark:
        return True
    # Not only the newest: after the clock was set back, the last one made is not the one with the latest name.
    return any(_holds(backup, mark) for backup in backups)


def _holds(backup: Backup, mark: str) -> bool:
    try:
        return mark_of(backup.file) == mark
    except LibraryError:
        return False


def _with_export(library: Library, backup: Backup, check: Checkpoint) -> Backup:
    """Write the records as JSON beside the first backup of each week: a library that needs no app to be read.

    The proofs are not in it: they lie as files in `files`, and each record has its file's name and SHA-256.
    """
    week = week_of(backup.made_at)
    if any(one.export and week_of(one.made_at) == week for one in stored_backups(library.folder)):
        return backup
    target = export_beside(backup.file)
    with known_file_errors(library.folder):
        write_file(target, dump_library(library.contents(check), {}, check))
    return Backup(backup.file, backup.made_at, backup.size, target)
