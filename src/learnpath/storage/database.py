"""The SQLite file: how it is opened, what its first bytes must say, and how it is brought to today's schema."""

from collections.abc import Callable
from pathlib import Path

import apsw
from playhouse.apsw_ext import APSWDatabase

from learnpath.storage.errors import (
    DamagedLibraryError,
    ForeignFileError,
    ForeignSchemaError,
    NewerLibraryError,
    known_errors,
    known_file_errors,
)
from learnpath.storage.migrations import SCHEMA_VERSION, STEPS
from learnpath.storage.schema import made_schema, read_schema

# "LPTH": the mark in the file header by which `file` and we tell a library from any other SQLite file.
APPLICATION_ID = 0x4C505448
LIBRARY_FILE = "library.learnpath"
_MAGIC = b"SQLite format 3\x00"

# TRUNCATE with EXTRA lost no acknowledged commit in 10,000 simulated power cuts; WAL with NORMAL did.
# The cache never spills, so that readers are locked out only while a commit is written.
_PRAGMAS = {
    "journal_mode": "truncate",
    "synchronous": "extra",
    "fullfsync": 1,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "cache_spill": 0,
    "cache_size": -16_000,
    "temp_store": "memory",
}
_BUSY_SECONDS = 5


class LibraryDatabase(APSWDatabase):
    """A peewee database whose every connection (one a thread) has the library's safety settings."""

    def __init__(self, file: Path, *, read_only: bool = False, vfs: str | None = None) -> None:
        self._is_shut = False
        pragmas = {**_PRAGMAS, "query_only": 1} if read_only else _PRAGMAS
        chosen = {} if vfs is None else {"vfs": vfs}
        super().__init__(str(file), pragmas=pragmas, timeout=_BUSY_SECONDS, **chosen)

    def shut(self) -> None:
        """Close this thread's connection and open no other: after this the library belongs to somebody else."""
        self._is_shut = True
        self.close()

    def _connect(self) -> apsw.Connection:
        if self._is_shut:
            raise RuntimeError("the library has been closed")
        return super()._connect()

    def _add_conn_hooks(self, conn: apsw.Connection) -> None:
        _harden(conn)
        super()._add_conn_hooks(conn)

    @property
    def apsw_connection(self) -> apsw.Connection:
        """Return this thread's connection, opening it when there is none."""
        return self.connection()  # pyright: ignore[reportReturnType]


def _harden(connection: apsw.Connection) -> None:
    # Before the pragmas: nothing that the file itself brings may run or rewrite the schema.
    connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    connection.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    connection.config(apsw.SQLITE_DBCONFIG_DQS_DML, 0)
    connection.config(apsw.SQLITE_DBCONFIG_DQS_DDL, 0)


def connect_to_copy(file: Path, *, writing: bool = False) -> apsw.Connection:
    """Return a plain connection to a library file that is not the one in use: a backup, or a copy to be mended."""
    flags = apsw.SQLITE_OPEN_READWRITE if writing else apsw.SQLITE_OPEN_READONLY
    connection = apsw.Connection(str(file), flags=flags)
    _harden(connection)
    _ = connection.execute("PRAGMA cell_size_check = 1; PRAGMA temp_store = memory").fetchall()
    return connection


def open_database(
    file: Path,
    before_migration: Callable[[apsw.Connection], object] | None = None,
    *,
    read_only: bool = False,
    vfs: str | None = None,
) -> LibraryDatabase:
    """Open or create the library file and bring it to today's schema.

    `before_migration` is called with the connection before a file of an older schema is changed. `vfs` names the
    registered layer through which SQLite reaches the disk; None is the system's own.
    Raises ForeignFileError, ForeignSchemaError, NewerLibraryError, DamagedLibraryError, ReadOnlyLibraryError or another
    LibraryError.
    """
    with known_file_errors(file.parent):
        if not file.exists() or file.stat().st_size == 0:
            file.touch(mode=0o600)
        else:
            _check_header(file)
    database = LibraryDatabase(file, read_only=read_only, vfs=vfs)
    try:
        with known_errors(file.parent):
            _bring_to_schema(database, file, before_migration)
    except BaseException:
        database.close()
        raise
    return database


def confirm_commit(connection: apsw.Connection) -> None:
    """Commit once more without altering anything, so that the disk confirms the commit before. apsw.Error passes."""
    # Writing the version that is there already is the smallest write there is.
    (version,) = connection.execute("PRAGMA user_version").fetchall()[0]
    connection.execute(f"BEGIN IMMEDIATE; PRAGMA user_version = {version}; COMMIT")


def _check_header(file: Path) -> None:
    if not file.is_file():
        raise ForeignFileError(file)
    with file.open("rb+") as stream:
        header = stream.read(100)
    journal = file.with_name(f"{file.name}-journal")
    if not any(header) and journal.exists() and journal.stat().st_size > 0:
        # A creation that was cut off: SQLite takes it back from the journal, or says that it is none of its files.
        return
    if not is_library_header(header):
        raise ForeignFileError(file)


def is_library_header(header: bytes) -> bool:
    """Return whether the first 100 bytes of a file are those of a library."""
    # Offsets 68 to 71 of the file format hold the application id.
    return header.startswith(_MAGIC) and header[68:72] == APPLICATION_ID.to_bytes(4, "big")


def _bring_to_schema(
    database: LibraryDatabase, file: Path, before_migration: Callable[[apsw.Connection], object] | None
) -> None:
    found = int(database.pragma("user_version"))  # pyright: ignore[reportArgumentType]
    if found > SCHEMA_VERSION:
        raise NewerLibraryError(file.parent, found, SCHEMA_VERSION)
    # Pages are counted after SQLite has taken back a creation that was cut off: none are left then.
    if found < 1 and int(database.pragma("page_count")) > 0:  # pyright: ignore[reportArgumentType]
        raise DamagedLibraryError(file.parent, "it has no schema version")
    connection = database.apsw_connection
    if read_schema(connection) != made_schema(found):
        raise ForeignSchemaError(file.parent)
    if found == SCHEMA_VERSION:
        return
    # Most starts find today's schema and need none of this.
    from playhouse.migrate import SqliteMigrator

    if 0 < found < SCHEMA_VERSION and before_migration is not None:
        before_migration(connection)
    for version, upgrade in enumerate(STEPS[found:], start=found + 1):
        with SqliteMigrator(database).migration_context():
            upgrade(connection.execute)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {version}")
