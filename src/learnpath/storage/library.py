"""The library: the one place through which records are read and written.

Belongs here: opening and closing, the transaction of a change, undo and redo, what is wrong with the file. Reading is
in `record_reader`; lists with filters have modules of their own (`credential_list`, `program_list`, `totals`); files
are in `evidence_store`.
"""

import secrets
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Self

import apsw

from learnpath.domain.changes import ChangeSet, HistoryEntry
from learnpath.domain.ids import IdMaker
from learnpath.domain.records import Record
from learnpath.errors import LibraryError
from learnpath.storage import history
from learnpath.storage.backups import Checkpoint, backups_folder, copy_database, make_backup, state_mark
from learnpath.storage.change import Change
from learnpath.storage.changed_rows import ChangedRow, read_changeset
from learnpath.storage.database import LIBRARY_FILE, LibraryDatabase, confirm_commit, open_database
from learnpath.storage.errors import (
    DamagedLibraryError,
    LibraryAccessError,
    UnconfirmedChangeError,
    known_errors,
    known_file_errors,
)
from learnpath.storage.lock import LibraryLock
from learnpath.storage.mapping import TABLES
from learnpath.storage.private_files import make_folder, remove_parts
from learnpath.storage.record_reader import RecordReader


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a library needs from outside, so that tests can fix it: clock, ids, and the name of this device.

    `vfs` names the layer through which SQLite reaches the disk (None: the system's), so that tests can make it fail.
    """

    now: Callable[[], datetime]
    next_id: Callable[[], int]
    device: str
    vfs: str | None = None

    @classmethod
    def real(cls, device: str) -> "Surroundings":
        """Return the system's clock and random ids."""
        maker = IdMaker(lambda: time.time_ns() // 1_000_000, secrets.randbelow)
        return cls(lambda: datetime.now(UTC), maker.next_id, device)


class Library(RecordReader):
    """An open library folder. Reading is allowed from any thread, changes are made one at a time.

    `notes` are sentences about the opening that the person should read once (usually none).
    """

    def __init__(self, folder: Path, database: LibraryDatabase, lock: LibraryLock, around: Surroundings) -> None:
        super().__init__(folder, database)
        self.files_folder = folder / "files"
        self._lock = lock
        self._around = around
        self.notes: tuple[str, ...] = ()
        # Reentrant, so that a change inside a change is refused by SQLite instead of waiting for itself.
        self._writing = threading.RLock()

    @classmethod
    def open(cls, folder: Path, around: Surroundings, *, read_only: bool = False) -> Self:
        """Open the library in `folder`, making it when the folder is new or empty.

        With `read_only` every change raises ReadOnlyLibraryError (it must be there and of today's schema).
        Raises a LibraryError: in use, not ours, newer, damaged, read-only, disk full.
        """
        folder = folder.expanduser().absolute()
        try:
            _ = str(folder).encode()
        except UnicodeEncodeError as error:
            # SQLite takes its file's name as UTF-8.
            raise LibraryAccessError(folder, "its name is no UTF-8 text") from error
        lock = _lock_folder(folder, around)
        try:
            notes: list[str] = []
            before_migration = partial(_back_up_before, folder, around.now(), notes)
            file = folder / LIBRARY_FILE
            database = open_database(file, before_migration, read_only=read_only, vfs=around.vfs)
        except BaseException:
            lock.release()
            raise
        library = cls(folder, database, lock, around)
        library.notes = tuple(notes)
        return library

    def close(self) -> None:
        """Close this thread's connection and let others open the library; closing again does nothing."""
        try:
            self._database.shut()
        finally:
            self._lock.release()

    def close_thread(self) -> None:
        """Close the connection of the calling thread; every thread that read must call it before it ends."""
        self._database.close()

    def interrupt(self) -> None:
        """Stop the statement that is running on the calling thread's connection (from a progress callback)."""
        self._database.apsw_connection.interrupt()

    def beat(self) -> None:
        """Show other computers that the library is open here; to be called every `lock.BEAT_EVERY`."""
        with known_file_errors(self.folder):
            self._lock.beat(self._around.now())

    def now(self) -> datetime:
        """Return the present moment."""
        return self._around.now()

    def now_text(self) -> str:
        """Return the present moment as UTC ISO text to the second."""
        return self._around.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def next_id(self) -> int:
        """Return a new record id, for records that must know each other before they are stored."""
        return self._around.next_id()

    # Changes ---------------------------------------------------------------------------------------------------

    @contextmanager
    def change(self, label: str, check: Checkpoint | None = None) -> Generator[Change]:
        """Write records as one recorded, undoable change; `change_set` of the yielded object tells what it touched.

        An exception inside takes everything back, as does one of `check`, which is called every few milliseconds while
        a large change is recorded. A change that leaves every row as it was is not recorded.
        """
        described: ChangeSet | None = None
        with self._transaction() as connection:
            session = history.start_recording(connection)
            try:
                change = Change(label, connection, self.next_id)
                yield change
                changeset = history.recorded(session, check)
            finally:
                session.close()
            if changeset:
                described = history.describe(change.label, changeset, check)
                history.store(
                    connection,
                    label=change.label,
                    at=self.now_text(),
                    device=self._around.device,
                    rows=len(described.ids),
                    changeset=changeset,
                )
        change.change_set = described

    def undo(self) -> ChangeSet | None:
        """Take back the last change; return what it touched, or None when there is nothing to take back."""
        with self._readable(), self._transaction() as connection:
            return history.step(connection, redo=False)

    def redo(self) -> ChangeSet | None:
        """Repeat the change that was taken back last; None when there is none."""
        with self._readable(), self._transaction() as connection:
            return history.step(connection, redo=True)

    def go_to(self, change_id: int) -> ChangeSet | None:
        """Undo or redo, as one step, until a change is the last one done (0: before all); None when it already is."""
        with self._readable(), self._transaction() as connection:
            steps = history.go_to(connection, change_id)
        if not steps:
            return None
        kinds = frozenset(kind for one in steps for kind in one.kinds)
        return ChangeSet(steps[-1].label, kinds, frozenset(one for step in steps for one in step.ids))

    def changed_rows(self, change_id: int, limit: int) -> list[ChangedRow]:
        """Return what a change wrote, row by row, at most `limit` rows; empty for an unknown change."""
        with self._readable():
            changeset = history.changeset_of(self._database, change_id)
            try:
                return [] if changeset is None else read_changeset(changeset, limit)
            except (LookupError, TypeError, ValueError) as error:
                raise DamagedLibraryError(self.folder, "its history tells of what is no record") from error

    def changes_of_record(self, record_id: int, limit: int = 1000) -> list[int]:
        """Return the ids of the changes that touched a record or its parts, newest first, among the newest `limit`."""
        with self._readable():
            return history.changes_of_record(self._database, record_id, limit)

    def thin_history(self, days: int = 400) -> int:
        """Forget how to undo changes older than `days`, except the newest 500; return how many were forgotten."""
        before = (self.now().astimezone(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
        with self._transaction() as connection:
            return history.thin(connection, before)

    def undo_label(self) -> str | None:
        """Return the label of the change that `undo` would take back."""
        with self._readable():
            return history.next_label(self._database, redo=False)

    def redo_label(self) -> str | None:
        """Return the label of the change that `redo` would repeat."""
        with self._readable():
            return history.next_label(self._database, redo=True)

    def history(self, limit: int = 200) -> list[HistoryEntry]:
        """Return the newest changes first."""
        with self._readable():
            return history.entries(self._database, limit)

    @contextmanager
    def _transaction(self) -> Generator[apsw.Connection]:
        with self._writing, known_errors(self.folder, self._is_damaged):
            connection = self._database.apsw_connection
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                self._commit(connection)
            except BaseException:
                if not connection.get_autocommit():
                    connection.execute("ROLLBACK")
                raise

    def _commit(self, connection: apsw.Connection) -> None:
        made = history.mark(connection)
        try:
            connection.execute("COMMIT")
        except apsw.IOError as error:
            # The last step of a commit can fail when the change is in the file already: then it is asked for again.
            try:
                is_made = history.mark(connection) == made
                if is_made:
                    confirm_commit(connection)
            except apsw.Error:
                raise UnconfirmedChangeError(self.folder) from error
            if not is_made:
                raise

    def copy_into(self, file: Path, check: Checkpoint | None = None) -> None:
        """Write the library's file as of one moment into an empty file, beside whatever other threads do.

        `check` is called every few milliseconds and may raise to stop.
        """
        with self._one_moment():
            # What is read here holds the moment from the first page to the last.
            _ = self._database.execute_sql("SELECT count(*) FROM sqlite_schema").fetchall()
            copy_database(self._database.apsw_connection, file, check)

    def state_mark(self) -> str:
        """Return a text that differs whenever the records differ; empty while nothing was ever changed."""
        with known_errors(self.folder):
            return state_mark(self._database.apsw_connection)

    def problems(self) -> list[str]:
        """Return what is wrong with the file, as sentences; an empty list when it is sound.

        SQLite's own checks, search words that differ from their records, and rows that are no record.
        """
        found: list[str] = []
        for look in (self._problems_of_file, self._problems_of_words, *self._readings()):
            try:
                found += look()
            except DamagedLibraryError as error:
                found.append(error.message)
        return found

    def _readings(self) -> list[Callable[[], list[str]]]:
        def read(record_type: type[Record]) -> list[str]:
            _ = self.all(record_type)
            return []

        return [partial(read, record_type) for record_type in TABLES]

    def _problems_of_file(self) -> list[str]:
        found = [str(row[0]) for row in self.rows("PRAGMA integrity_check(100)") if row[0] != "ok"]
        missing = self.rows("PRAGMA foreign_key_check")
        return found + [f"{row[0]} row {row[1]} points at a missing {row[2]}" for row in missing]

    def _problems_of_words(self) -> list[str]:
        with self._readable():
            tables = _word_tables(self._database.apsw_connection)
        found: list[str] = []
        for table in tables:
            try:
                with self._transaction() as connection:
                    _compare_words(connection, table)
            except DamagedLibraryError:
                found.append(f"{table}: the search words are not those of the records")
        return found

    def _is_damaged(self) -> bool:
        # Words that are not those of the records can pass SQLite's own check, and make changes fail in odd ways.
        return super()._is_damaged() or self._has_wrong_words()

    def _has_wrong_words(self) -> bool:
        connection = self._database.apsw_connection
        try:
            with connection:
                for table in _word_tables(connection):
                    _compare_words(connection, table)
        except apsw.CorruptError:
            return True
        except (apsw.BusyError, apsw.LockedError, apsw.ReadOnlyError):
            # The question is put as a write; where that is not possible now, nobody knows.
            return False
        return False


def _word_tables(connection: apsw.Connection) -> list[str]:
    sql = "SELECT name FROM sqlite_schema WHERE name LIKE '%_words' AND sql LIKE 'CREATE VIRTUAL%'"
    return [str(name) for (name,) in connection.execute(sql)]


def _compare_words(connection: apsw.Connection, table: str) -> None:
    """Raise apsw.CorruptError when the search words are not those of the records."""
    # Rank 1 asks to compare with the records too; the command is written as an insert but writes nothing.
    connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")


def _lock_folder(folder: Path, around: Surroundings) -> LibraryLock:
    now = around.now()
    with known_file_errors(folder):
        make_folder(folder)
        make_folder(folder / "files")
        lock = LibraryLock.take(folder, host=around.device, now=now)
        try:
            _ = remove_parts((folder, folder / "files", backups_folder(folder)))
        except BaseException:
            lock.release()
            raise
        return lock


def _back_up_before(folder: Path, now: datetime, notes: list[str], connection: apsw.Connection) -> None:
    try:
        _ = make_backup(partial(copy_database, connection), folder, now)
    except LibraryError as error:
        # The migration is one transaction and takes itself back when it fails, so it goes on; the person is told.
        notes.append(f"No backup could be made before the library was brought to this version. {error.message}")
