"""Putting a backup in the place of a library's file, and opening one to look into it.

The file in use is never written over: it becomes a backup first, or, when it is damaged, a byte-for-byte copy in
the folder `damaged`.
"""

import shutil
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from learnpath.errors import LibraryError, UsageError
from learnpath.storage.backups import (
    Backup,
    BackupFacts,
    backups_folder,
    copy_database,
    examine,
    make_backup,
    time_name,
)
from learnpath.storage.database import LIBRARY_FILE, connect_to_copy
from learnpath.storage.errors import (
    DamagedBackupError,
    DamagedLibraryError,
    ForeignFileError,
    known_errors,
    known_file_errors,
)
from learnpath.storage.library import Library, Surroundings
from learnpath.storage.lock import LibraryLock
from learnpath.storage.private_files import copy_file, make_folder, part_beside, replace_file, sync_folder

# What SQLite keeps beside a database. One of these beside another database than its own destroys that one.
_COMPANIONS = ("-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the library file that was replaced is now: a backup's file, or a folder of damaged files."""

    place: Path
    damaged: bool


@contextmanager
def locked_folder(folder: Path, around: Surroundings) -> Generator[None]:
    """Own a library folder without opening its library. Raises a LibraryError when somebody else does."""
    now = around.now()
    with known_file_errors(folder):
        lock = LibraryLock.take(folder, host=around.device, now=now)
    try:
        yield
    finally:
        lock.release()


def restore_file(folder: Path, backup: Backup, now: datetime) -> Kept | None:
    """Put a backup in the place of the library's file; return where that is kept, None when there was none.

    The folder must be locked. Raises DamagedBackupError and other LibraryErrors; the library's file is as it
    was then.
    """
    _ = require_sound(backup)
    kept = keep_current(folder, now)
    put_in_place(folder, backup.file)
    return kept


def keep_current(folder: Path, now: datetime) -> Kept | None:
    """Keep the library's file as a backup, or as a damaged file when it is no sound one; None when there is none."""
    file = folder / LIBRARY_FILE
    if not file.exists() or file.stat().st_size == 0:
        return None
    try:
        return Kept(make_backup(partial(_copy_file_of, file), folder, now).file, damaged=False)
    except LibraryError:
        return Kept(quarantine(folder, now), damaged=True)


def quarantine(folder: Path, now: datetime) -> Path:
    """Copy the library's file and its journal byte for byte into a new folder below `damaged`; return that folder."""
    with known_file_errors(folder):
        place, number = folder / "damaged" / time_name(now), 1
        while place.exists():
            number += 1
            place = folder / "damaged" / f"{time_name(now)}-{number}"
        make_folder(place)
        for ending in ("", *_COMPANIONS):
            file = folder / f"{LIBRARY_FILE}{ending}"
            if file.exists() and (not ending or file.stat().st_size > 0):
                copy_file(file, place / file.name)
        sync_folder(place.parent)
        sync_folder(folder)
    return place


@contextmanager
def copied_files(folder: Path) -> Generator[Path]:
    """Copy the library's file and its journal byte for byte into a passing folder, for what may alter them there."""
    work = part_beside(folder)
    try:
        with known_file_errors(folder):
            make_folder(work)
            for ending in ("", *_COMPANIONS):
                if (beside := folder / f"{LIBRARY_FILE}{ending}").exists():
                    copy_file(beside, work / beside.name)
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def put_in_place(folder: Path, source: Path) -> None:
    """Replace the library's file by a copy of `source`, whole or not at all; nothing of the old one's journal stays."""
    with known_file_errors(folder):
        beside = part_beside(folder)
        try:
            copy_file(source, beside)
            # The journal goes first: a crash in between must not leave it beside the file that it does not belong to.
            for ending in _COMPANIONS:
                (folder / f"{LIBRARY_FILE}{ending}").unlink(missing_ok=True)
            sync_folder(folder)
            replace_file(beside, folder / LIBRARY_FILE)
        finally:
            beside.unlink(missing_ok=True)


@contextmanager
def opened_backup(folder: Path, backup: Backup, around: Surroundings) -> Generator[Library]:
    """Open a backup to look into it: a copy of it, brought to today's schema, whose files are the library's own.

    Changing it raises ReadOnlyLibraryError. The copy goes at the end.
    """
    place = part_beside(backups_folder(folder))
    try:
        with known_file_errors(folder):
            make_folder(place)
            copy_file(backup.file, place / LIBRARY_FILE)
        Library.open(place, around).close()
        opened = Library.open(place, around, read_only=True)
        try:
            opened.files_folder = folder / "files"
            yield opened
        finally:
            opened.close()
    finally:
        shutil.rmtree(place, ignore_errors=True)


def copy_library(folder: Path, backup: Backup, target: Path) -> None:
    """Make a new library folder from a backup, with a copy of the proofs. UsageError when there is one already."""
    if (target / LIBRARY_FILE).exists():
        raise UsageError(f"There is a library in {target} already.", "Nothing was written. Choose another folder.")
    _ = require_sound(backup)
    with known_file_errors(target):
        make_folder(target / "files")
        proofs = folder / "files"
        for file in proofs.iterdir() if proofs.is_dir() else ():
            if file.is_file() and not file.name.startswith("."):
                copy_file(file, target / "files" / file.name)
    put_in_place(target, backup.file)


def require_sound(backup: Backup) -> BackupFacts:
    """Read a backup through and return what it holds; DamagedBackupError when it is not sound."""
    try:
        facts = examine(backup.file)
    except (DamagedLibraryError, ForeignFileError) as error:
        raise DamagedBackupError(backup.name, "it does not open as a library") from error
    if facts.problems:
        raise DamagedBackupError(backup.name, facts.problems[0])
    return facts


def _copy_file_of(file: Path, target: Path) -> None:
    # Opening takes back a change that was cut off, or clears a journal that is none: that is done to a copy.
    with (
        copied_files(file.parent) as work,
        known_errors(file.parent),
        closing(connect_to_copy(work / file.name, writing=True)) as connection,
    ):
        copy_database(connection, target)
