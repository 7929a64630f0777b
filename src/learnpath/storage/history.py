"""Every change with its changeset: undo applies the inverse, redo the changeset, both survive a restart."""

import apsw

from learnpath.domain.changes import ChangeSet, HistoryEntry
from learnpath.storage.database import LibraryDatabase
from learnpath.storage.mapping import RECORDED_TABLES

# What was undone before a newer change was made can no longer be redone: it is "dropped" and stays in the list.
_ENTRY = "SELECT id, label, at, device, row_count, state FROM change"
_MARK = "SELECT max(id), (SELECT id FROM change WHERE state = 'done' ORDER BY id DESC LIMIT 1) FROM change"
_LAST_DONE = "SELECT id, label, changeset FROM change WHERE state = 'done' ORDER BY id DESC LIMIT 1"
_FIRST_UNDONE = "SELECT id, label, changeset FROM change WHERE state = 'undone' ORDER BY id LIMIT 1"


def start_recording(connection: apsw.Connection) -> apsw.Session:
    """Return a session that records every row written to the record tables from now on."""
    session = apsw.Session(connection, "main")
    for table in RECORDED_TABLES:
        session.attach(table)
    return session


def describe(label: str, changeset: bytes) -> ChangeSet:
    """Return the kinds and ids of the records that a changeset touches; apsw.CorruptError for one that is not ours."""
    kinds: set[str] = set()
    ids: set[int] = set()
    for change in apsw.Changeset.iter(changeset):
        if change.name not in RECORDED_TABLES:
            raise apsw.CorruptError("its history tells of a table that is no record's")
        kinds.add(RECORDED_TABLES[change.name])
        row = change.old if change.old is not None else change.new
        key = row[0] if row is not None else None
        if isinstance(key, int):
            ids.add(key)
    return ChangeSet(label, frozenset(kinds), frozenset(ids))


def store(connection: apsw.Connection, *, label: str, at: str, device: str, rows: int, changeset: bytes) -> None:
    """Add a change to the history; runs in the transaction of the change itself."""
    connection.execute("UPDATE change SET state = 'dropped' WHERE state = 'undone'")
    connection.execute(
        "INSERT INTO change (label, at, device, row_count, state, changeset) VALUES (?, ?, ?, ?, 'done', ?)",
        (label, at, device, rows, changeset),
    )


def entries(database: LibraryDatabase, limit: int) -> list[HistoryEntry]:
    """Return the newest changes first."""
    rows = database.execute_sql(f"{_ENTRY} ORDER BY id DESC LIMIT ?", (limit,)).fetchall()
    return [HistoryEntry(row[0], row[1], row[2], row[3], row[4], row[5] != "done") for row in rows]


def mark(connection: apsw.Connection) -> tuple[object, ...]:
    """Return what every change, undo and redo alters: the newest change and the newest that is done."""
    return connection.execute(_MARK).fetchall()[0]


def next_label(database: LibraryDatabase, *, redo: bool) -> str | None:
    """Return the label of what undo (or redo) would take back (or repeat), None when there is nothing."""
    row = database.execute_sql(_FIRST_UNDONE if redo else _LAST_DONE).fetchone()
    return None if row is None else str(row[1])


def step(connection: apsw.Connection, *, redo: bool) -> ChangeSet | None:
    """Take back the last change, or repeat the last one taken back; None when there is none. Needs a transaction."""
    row = connection.execute(_FIRST_UNDONE if redo else _LAST_DONE).fetchone()
    if row is None:
        return None
    change_id, label, changeset = int(str(row[0])), str(row[1]), row[2]
    if not isinstance(changeset, bytes):
        raise apsw.CorruptError("its history cannot be read")
    described = describe(label, changeset)
    wanted = changeset if redo else apsw.Changeset.invert(changeset)
    # A row that a cascade has already removed is reported by name; with foreign key actions off there is none.
    try:
        apsw.Changeset.apply(wanted, connection, conflict=_refuse, flags=apsw.SQLITE_CHANGESETAPPLY_FKNOACTION)
    except apsw.ConstraintError as error:
        raise apsw.AbortError("the records do not fit to the change") from error
    connection.execute("UPDATE change SET state = ? WHERE id = ?", ("done" if redo else "undone", change_id))
    return described


def _refuse(_reason: int, _change: apsw.TableChange) -> int:
    # Changes are taken back in order, newest first: a conflict means that the file was written by something else.
    return apsw.SQLITE_CHANGESET_ABORT
