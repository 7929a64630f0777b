"""Going back: a whole backup in the place of the library, or a look into one.

Belongs here: whole files. Single records are compared in `record_comparison` and written in `taking_back`.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from learnpath.services.libraries import real_surroundings
from learnpath.storage.backups import Backup, count_records, find_backup
from learnpath.storage.library import Library, Surroundings
from learnpath.storage.restoring import Kept, copy_library, locked_folder, opened_backup, restore_file


@dataclass(frozen=True, slots=True)
class Restored:
    """A library that was put back: the backup, its records by table name, and where the file before it is kept."""

    backup: Backup
    records: dict[str, int]
    kept: Kept | None


def restore_backup(folder: Path, name: str | None = None, around: Surroundings | None = None) -> Restored:
    """Put a backup (None: the newest) in the place of a library that is closed; the file before it is kept.

    Restoring the backup made of that file takes this back. Raises UsageError for an unknown name, a LibraryError when
    the library is open somewhere or the backup is damaged; nothing has changed then.
    """
    around = around or real_surroundings()
    folder = folder.expanduser().absolute()
    backup = find_backup(folder, name)
    with locked_folder(folder, around):
        kept = restore_file(folder, backup, around.now())
    return Restored(backup, count_records(backup.file).records, kept)


def restore_into(folder: Path, name: str | None, target: Path) -> Restored:
    """Make a new library folder from a backup and the proofs; the library itself is not touched."""
    backup = find_backup(folder, name)
    copy_library(folder, backup, target.expanduser().absolute())
    return Restored(backup, count_records(backup.file).records, None)


@contextmanager
def open_backup_read_only(
    folder: Path, name: str | None = None, around: Surroundings | None = None
) -> Generator[Library]:
    """Open a backup (None: the newest) to look into it; changing it raises a LibraryError."""
    with opened_backup(folder, find_backup(folder, name), around or real_surroundings()) as library:
        yield library
