"""Every change with its changeset: undo applies the inverse, redo the changeset, both survive a restart."""

from collections.abc import Callable

import apsw

from learnpath.domain.changes import ChangeSet, HistoryEntry
from learnpath.domain.records import CostLine, EvidenceFile, PathStep, StudySession
from learnpath.storage.database import LibraryDatabase
from learnpath.storage.mapping import RECORDED_TABLES, TABLES

# What was undone before a newer change was made can no longer be redone: it is "dropped" and stays in the list.
_ENTRY = "SELECT id, label, at, device, row_count, state FROM change"
_MARK = "SELECT max(id), (SELECT id FROM change WHERE state = 'done' ORDER BY id DESC LIMIT 1) FROM change"
_LAST_DONE = "SELECT id, label, changeset FROM change WHERE state = 'done' ORDER BY id DESC LIMIT 1"
_FIRST_UNDONE = "SELECT id, label, changeset FROM change WHERE state = 'undone' ORDER BY id LIMIT 1"


# Tables of what belongs to one record: the column that names that record, and its place in a row.
_OWNERS = {
    table: (owner, TABLES[record_type].column_names.index(owner))
    for record_type, table, owner in (
        (EvidenceFile, "evidence_file", "credential_id"),
        (CostLine, "cost_line", "credential_id"),
        (StudySession, "study_session", "credential_id"),
        (PathStep, "path_step", "path_id"),
    )
}

# How many changes can always be undone, whatever their age.
KEPT_CHANGES = 500
_ROWS_BETWEEN_CHECKS = 1000


def start_recording(connection: apsw.Connection) -> apsw.Session:
    """Return a session that records every row written to the record tables from now on."""
    session = apsw.Session(connection, "main")
    for table in RECORDED_TABLES:
        session.attach(table)
    return session


def recorded(session: apsw.Session, check: Callable[[], object] | None = None) -> bytes:
    """Return what a session recorded, as a changeset; empty when nothing changed. `check` may raise to stop."""
    pieces: list[bytes] = []
    session.changeset_stream(_taker(pieces, check))
    return b"".join(pieces)


def describe(label: str, changeset: bytes, check: Callable[[], object] | None = None) -> ChangeSet:
    """Return the kinds and ids of the records that a changeset touches; apsw.CorruptError for one that is not ours.

    `check` may raise to stop.
    """
    kinds: set[str] = set()
    ids: set[int] = set()
    for place, change in enumerate(apsw.Changeset.iter(changeset)):
        if check is not None and not place % _ROWS_BETWEEN_CHECKS:
            _ = check()
        if change.name not in RECORDED_TABLES:
            raise apsw.CorruptError("its history tells of a table that is no record's")
        kind = RECORDED_TABLES[change.name]
        kinds.add(kind)
        if kind == "record_source":
            # It tells of a record that the change touched itself.
            continue
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


def changeset_of(database: LibraryDatabase, change_id: int) -> bytes | None:
    """Return the changeset of one change; None when there is no such change."""
    row = database.execute_sql("SELECT changeset FROM change WHERE id = ?", (change_id,)).fetchone()
    return None if row is None else _bytes(row[0])


def changes_of_record(database: LibraryDatabase, record_id: int, limit: int) -> list[int]:
    """Return the ids of the changes that touched a record, newest first, among the newest `limit` changes.

    What belongs to a record (proofs, costs, study, steps) counts as the record, also when it has been removed since.
    """
    sql = "SELECT id, changeset FROM change ORDER BY id DESC LIMIT ?"
    own = {record_id}
    for table, (owner, _) in _OWNERS.items():
        own.update(row[0] for row in database.execute_sql(f"SELECT id FROM {table} WHERE {owner} = ?", (record_id,)))
    for row in database.execute_sql(sql, (limit,)):
        own.update(_parts_of(_bytes(row[1]), record_id))
    rows = database.execute_sql(sql, (limit,))
    return [row[0] for row in rows if not own.isdisjoint(describe("", _bytes(row[1])).ids)]


def _parts_of(changeset: bytes, record_id: int) -> set[int]:
    found: set[int] = set()
    for change in apsw.Changeset.iter(changeset):
        if change.name in _OWNERS:
            place = _OWNERS[change.name][1]
            rows = [row for row in (change.old, change.new) if row is not None]
            if any(row[place] == record_id for row in rows):
                found.update(int(str(row[0])) for row in rows if isinstance(row[0], int))
    return found


def go_to(connection: apsw.Connection, change_id: int) -> list[ChangeSet]:
    """Undo or redo until `change_id` is the last change done (0: none is); return what each step touched.

    Needs a transaction. A dropped change can no longer be gone to: the changes before it are then left as they are.
    """
    steps: list[ChangeSet] = []
    while _last_done_id(connection) > change_id and (taken := step(connection, redo=False)):
        steps.append(taken)
    while _last_done_id(connection) < change_id:
        following = connection.execute(_FIRST_UNDONE).fetchone()
        if following is None or int(str(following[0])) > change_id or (taken := step(connection, redo=True)) is None:
            break
        steps.append(taken)
    return steps


def _last_done_id(connection: apsw.Connection) -> int:
    row = connection.execute(_LAST_DONE).fetchone()
    return 0 if row is None else int(str(row[0]))


def next_label(database: LibraryDatabase, *, redo: bool) -> str | None:
    """Return the label of what undo (or redo) would take back (or repeat), None when there is nothing."""
    row = database.execute_sql(_FIRST_UNDONE if redo else _LAST_DONE).fetchone()
    return None if row is None or not row[2] else str(row[1])


def thin(connection: apsw.Connection, before: str) -> int:
    """Empty the changesets of changes made before a moment (UTC ISO text); return how many. Needs a transaction.

    The newest `KEPT_CHANGES` keep theirs, whatever their age. What is emptied is always the oldest part, so that
    everything newer can still be undone; the entries themselves stay in the list.
    """
    connection.execute(
        """
        UPDATE change SET changeset = x'', state = iif(state = 'undone', 'dropped', state)
        WHERE length(changeset) > 0 AND at < ?
            AND id <= (SELECT coalesce(max(id), 0) FROM (SELECT id FROM change ORDER BY id DESC LIMIT -1 OFFSET ?))
            AND NOT EXISTS (SELECT 1 FROM change AS older WHERE older.id < change.id AND older.at >= ?)
        """,
        (before, KEPT_CHANGES, before),
    )
    return connection.changes()


def step(connection: apsw.Connection, *, redo: bool) -> ChangeSet | None:
    """Take back the last change, or repeat the last one taken back; None when there is none. Needs a transaction."""
    row = connection.execute(_FIRST_UNDONE if redo else _LAST_DONE).fetchone()
    if row is None:
        return None
    change_id, label, changeset = int(str(row[0])), str(row[1]), _bytes(row[2])
    if not changeset:
        return None
    described = describe(label, changeset)
    wanted = changeset if redo else _invert(changeset)
    # A row that a cascade has already removed is reported by name; with foreign key actions off there is none.
    source = _pieces_of(wanted)
    try:
        apsw.Changeset.apply(source, connection, conflict=_refuse, flags=apsw.SQLITE_CHANGESETAPPLY_FKNOACTION)
    except apsw.ConstraintError as error:
        raise apsw.AbortError("the records do not fit to the change") from error
    connection.execute("UPDATE change SET state = ? WHERE id = ?", ("done" if redo else "undone", change_id))
    return described


def _bytes(changeset: object) -> bytes:
    if not isinstance(changeset, bytes):
        raise apsw.CorruptError("its history cannot be read")
    return changeset


def _refuse(_reason: int, _change: apsw.TableChange) -> int:
    # Changes are taken back in order, newest first: a conflict means that the file was written by something else.
    return apsw.SQLITE_CHANGESET_ABORT


# Changesets go in and out in pieces: SQLite's session functions keep Python's lock for as long as they run, and only
# between pieces can the window's thread go on. Whole, undoing 100,000 rows stopped it for 4.6 seconds.


def _invert(changeset: bytes) -> bytes:
    pieces: list[bytes] = []
    apsw.Changeset.invert_stream(_pieces_of(changeset), _taker(pieces))
    return b"".join(pieces)


def _pieces_of(data: bytes) -> Callable[[int], bytes]:
    at = 0

    def give(most: int) -> bytes:
        nonlocal at
        piece = data[at : at + most]
        at += len(piece)
        return piece

    return give


def _taker(pieces: list[bytes], check: Callable[[], object] | None = None) -> Callable[[memoryview], None]:
    def take(piece: memoryview) -> None:
        if check is not None:
            _ = check()
        pieces.append(bytes(piece))

    return take
