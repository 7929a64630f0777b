"""A new library file out of salvaged rows, with what is known to be missing taken from a backup.

Belongs here: writing that file and counting. Reading the damaged one is in `salvage`, the order in `recovery`.
"""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import apsw

from learnpath.storage.database import connect_to_copy
from learnpath.storage.mapping import RECORDED_TABLES
from learnpath.storage.salvage import Key, Salvaged, SalvagedTable
from learnpath.storage.shapes import KEPT_TABLES, TableShape, create_empty


@dataclass(frozen=True, slots=True)
class TableCount:
    """What became of one table: rows read out of the damaged file, rows taken from a backup, rows known to be lost.

    `dropped` rows belonged to a record that is lost; `unpointed` ones only pointed at one and stay without it.
    """

    table: str
    kept: int = 0
    from_backup: int = 0
    lost: int = 0
    dropped: int = 0
    unpointed: int = 0


def rebuild(target: Path, saved: Salvaged, backup: Path | None) -> list[TableCount]:
    """Write salvaged rows into an empty file as a library of their schema; return the counts, one a table.

    `backup` must be of the same schema. The search words are made anew.
    """
    gone = deleted_keys(saved) if backup is not None else {}
    counts: list[TableCount] = []
    with closing(create_empty(target, saved.schema)) as connection:
        _ = connection.execute("PRAGMA foreign_keys = 0; BEGIN").fetchall()
        for name in KEPT_TABLES:
            table = saved.tables[name]
            kept = sum(_insert(connection, table.shape, row) for row in table.rows.values())
            filled = _fill(connection, table, backup, gone.get(name, set())) if backup is not None else 0
            counts.append(TableCount(name, kept, filled))
        counts = [_without_dangling(connection, saved.tables[count.table], count) for count in counts]
        _ = connection.execute("COMMIT").fetchall()
    return counts


def deleted_keys(saved: Salvaged) -> dict[str, set[Key]]:
    """Return the keys that the readable part of the history says were removed for good, by table name."""
    gone: dict[str, set[Key]] = {}
    shape = saved.tables["change"].shape
    state, changeset = shape.columns.index("state"), shape.columns.index("changeset")
    for row in sorted(saved.tables["change"].rows.values(), key=lambda row: int(str(row[0]))):
        data = row[changeset]
        if row[state] == "done" and isinstance(data, bytes) and data:
            _note_deletions(data, gone)
    return gone


def _note_deletions(changeset: bytes, gone: dict[str, set[Key]]) -> None:
    try:
        for change in apsw.Changeset.iter(changeset):
            row = change.old if change.op == "DELETE" else change.new
            key = tuple(one for one in (row or ())[: len(change.pk_columns)] if isinstance(one, int))
            if change.op == "DELETE":
                gone.setdefault(change.name, set()).add(key)
            elif change.op == "INSERT":
                gone.get(change.name, set()).discard(key)
    except apsw.Error:
        # A changeset with a damaged byte tells as far as it can be read.
        return


def _insert(connection: apsw.Connection, shape: TableShape, row: tuple[object, ...]) -> bool:
    names, marks = ", ".join(shape.columns[: len(row)]), ", ".join("?" * len(row))
    try:
        connection.execute(f"INSERT INTO {shape.name} ({names}) VALUES ({marks})", row)  # pyright: ignore[reportArgumentType]
    except (apsw.ConstraintError, apsw.MismatchError):
        return False
    return True


def _fill(connection: apsw.Connection, table: SalvagedTable, backup: Path, gone: set[Key]) -> int:
    """Insert from the backup what is missing: the known losses, and of a table with unreadable pages all it has."""
    if not table.broken and not table.lost:
        return 0
    shape, width = table.shape, 1 if table.shape.has_rowid else 2
    with closing(connect_to_copy(backup)) as source:
        rows: Iterable[tuple[object, ...]] = source.execute(f"SELECT {', '.join(shape.columns)} FROM {shape.name}")
        return sum(
            _insert(connection, shape, row)
            for row in rows
            if (key := tuple(int(str(one)) for one in row[:width])) not in table.rows
            and (key in table.lost or (table.broken and key not in gone))
        )


def _without_dangling(connection: apsw.Connection, table: SalvagedTable, count: TableCount) -> TableCount:
    dropped = unpointed = 0
    name = table.shape.name
    for pointer in table.shape.pointers:
        dangling = f"{pointer.column} IS NOT NULL AND {pointer.column} NOT IN (SELECT id FROM {pointer.target})"
        if pointer.owned:
            connection.execute(f"DELETE FROM {name} WHERE {dangling}")
            dropped += connection.changes()
        else:
            connection.execute(f"UPDATE {name} SET {pointer.column} = NULL WHERE {dangling}")
            unpointed += connection.changes()
    (found,) = connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0]
    present = {tuple(row) for row in connection.execute(f"SELECT {', '.join(_keys(table.shape))} FROM {name}")}
    lost = len((table.known | table.rows.keys()) - present)
    kept = int(str(found)) - count.from_backup
    return replace(count, kept=max(0, kept), lost=lost, dropped=dropped, unpointed=unpointed)


def _keys(shape: TableShape) -> tuple[str, ...]:
    return shape.columns[:1] if shape.has_rowid else shape.columns[:2]


def count_rows(file: Path) -> list[TableCount]:
    """Return how many rows each table of a sound file holds, as kept."""
    with closing(connect_to_copy(file)) as connection:
        return [
            TableCount(name, int(str(connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0])))
            for name in (*RECORDED_TABLES, "change")
        ]
