"""What can go wrong with a library, each as one sentence; and the translation from SQLite's codes."""

import errno
import shlex
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import apsw
import peewee

from learnpath.errors import LibraryError


class LibraryInUseError(LibraryError):
    """Another window or process holds the library. `holder` says who, in words."""

    def __init__(self, folder: Path, holder: str) -> None:
        super().__init__(
            f"The library in {folder} is open in another Learnpath ({holder}).",
            "Use that window, or close it and try again. Nothing was changed.",
        )
        self.folder = folder
        self.holder = holder


class LibraryElsewhereError(LibraryError):
    """Another computer has the library open in a synced or shared folder. `holder` is its name."""

    def __init__(self, folder: Path, holder: str, seen: str) -> None:
        super().__init__(
            f"The library in {folder} is open on another computer ({holder}, last seen {seen}).",
            f"Nothing was changed. Close Learnpath on {holder} and let the folder sync. If it no longer runs there, "
            "try again in half an hour, or delete the file library.lock in that folder.",
        )
        self.folder = folder
        self.holder = holder


class DamagedLibraryError(LibraryError):
    """The file is a library, but parts of it cannot be read."""

    def __init__(self, folder: Path, detail: str) -> None:
        super().__init__(
            f"The library in {folder} is damaged ({' '.join(detail.split())}).",
            f"Nothing was written to it. The command “learnpath --library {shlex.quote(str(folder))} check --repair” "
            "saves what can be saved and keeps the damaged file.",
        )
        self.folder = folder


class DamagedBackupError(LibraryError):
    """A backup cannot be used."""

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(
            f"The backup {name} is damaged ({detail}).",
            "It was not used and nothing was changed. The command restore --list shows which backups are sound.",
        )


class ForeignFileError(LibraryError):
    """The file is not a Learnpath library at all."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file} is not a Learnpath library.",
            "It was left as it is. Choose another folder with --library or in the settings.",
        )


class ForeignSchemaError(LibraryError):
    """The file says that it is a library, but its tables, indexes or triggers are not those that we make."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The library in {folder} does not have the tables that Learnpath makes: another program has altered it.",
            "Nothing of it was run and nothing was changed. Use a backup, or ask for an export from where it came.",
        )


class NewerLibraryError(LibraryError):
    """The library was written by a later release."""

    def __init__(self, folder: Path, found: int, known: int) -> None:
        super().__init__(
            f"The library in {folder} was made by a newer Learnpath (schema {found}, this one knows {known}).",
            "Nothing was changed. Install the newer version to open it.",
        )


class ReadOnlyLibraryError(LibraryError):
    """The folder or file cannot be written."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The library in {folder} cannot be written: the folder or a file in it is read-only.",
            "Nothing was changed. Allow writing there, or choose another folder with --library.",
        )


class DiskFullError(LibraryError):
    """No room left on the disk that holds the library."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The disk that holds {folder} is full.",
            "The last change was not made; everything before it is kept. Free some space and try again.",
        )


class LibraryAccessError(LibraryError):
    """The disk or the system refused a read or a write."""

    def __init__(self, folder: Path, detail: str) -> None:
        super().__init__(
            f"The library in {folder} could not be read or written ({detail}).",
            "The last change was not made; everything before it is kept.",
        )


class UnconfirmedChangeError(LibraryError):
    """The disk failed while it was to confirm a change, so that nobody knows whether the change will stay."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The disk that holds {folder} did not confirm the last change.",
            "It may have been made or not: look before you repeat it. Everything before it is kept.",
        )


@contextmanager
def known_errors(folder: Path, is_damaged: Callable[[], bool] = lambda: False) -> Generator[None]:
    """Turn SQLite's failures into the sentences above; what is our own fault passes through.

    A damaged file can make SQLite answer anything: `is_damaged` is asked before a failure is held for our fault.
    """
    try:
        yield
    except (apsw.Error, peewee.DatabaseError, peewee.InterfaceError) as error:
        known = _translate(error, folder)
        if known is None and is_damaged():
            known = DamagedLibraryError(folder, str(error))
        if known is None:
            raise
        raise known from error


@contextmanager
def known_file_errors(folder: Path) -> Generator[None]:
    """Turn what the system refuses in the library's folder into the sentences above."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFullError(folder) from error
        if error.errno in {errno.EACCES, errno.EROFS, errno.EPERM}:
            raise ReadOnlyLibraryError(folder) from error
        raise LibraryAccessError(folder, error.strerror or str(error)) from error


def _translate(error: Exception, folder: Path) -> LibraryError | None:
    # peewee keeps apsw's own exception in `orig`; while it connects it wraps twice.
    cause: Exception = error
    while isinstance(within := getattr(cause, "orig", None), Exception):
        cause = within
    match cause:
        case apsw.FullError():
            return DiskFullError(folder)
        case apsw.BusyError() | apsw.LockedError():
            return LibraryInUseError(folder, "another program")
        case apsw.ReadOnlyError():
            return ReadOnlyLibraryError(folder)
        case apsw.NotADBError():
            return ForeignFileError(folder)
        case apsw.CorruptError():
            return DamagedLibraryError(folder, str(cause))
        case apsw.SQLError() if str(cause) == "integer overflow":
            return DamagedLibraryError(folder, "a number in it is too large")
        case apsw.AbortError():
            # Only `history.step` stops a statement this way: a row is not as the history left it.
            return DamagedLibraryError(folder, "its records are not as its history left them")
        case apsw.IOError() | apsw.CantOpenError():
            return LibraryAccessError(folder, str(cause))
        case _:
            return None
