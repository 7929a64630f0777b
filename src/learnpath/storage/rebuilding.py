"""A new library file out of salvaged rows, with what is known to be missing taken from a backup.

Belongs here: writing that file and counting. Reading the damaged one is in `salvage`, the order in `recovery`.
"""

from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import takewhile, zip_longest
from pathlib import Path

import apsw

from learnpath.storage.database import connect_to_copy
from learnpath.storage.pages import Cell
from learnpath.storage.salvage import Key, Salvaged, SalvagedTable
from learnpath.storage.shapes import KEPT_TABLES, TableShape, create_empty, roots_of

# Behind every real place in a list.
_LAST = 1_000_000


@dataclass(frozen=True, slots=True)
class TableCount:
    """What became of one table: rows read in the damaged file, told by its history, taken from a backup, and lost.

    `dropped` rows belonged to a record that is lost; `unpointed` ones only pointed at one and stay without it.
    """

    table: str
    kept: int = 0
    from_history: int = 0
    from_backup: int = 0
    lost: int = 0
    dropped: int = 0
    unpointed: int = 0


def rebuild(target: Path, saved: Salvaged, backup: Path | None) -> list[TableCount]:
    """Write salvaged rows into an empty file as a library of their schema; return the counts, one a table.

    `backup` must be of the same schema. The search words are made anew.
    """
    told = read_history(saved)
    counts: list[TableCount] = []
    with closing(create_empty(target, saved.schema)) as connection:
        _ = connection.execute("PRAGMA foreign_keys = 0; BEGIN").fetchall()
        for name, table in saved.tables.items():
            present = {key for key, row in table.rows.items() if _insert(connection, table.shape, row)}
            told_keys = _fill_from_history(connection, table, told)
            present |= told_keys
            gone, filled = told.gone.get(name, set()), set[Key]()
            if backup is not None:
                filled = _fill_from_backup(connection, table, backup, present, gone)
            _ = _fill_links(connection, table, present | filled)
            counts.append(TableCount(name, from_history=len(told_keys), from_backup=len(filled)))
        counts = [_without_dangling(connection, saved.tables[count.table], count) for count in counts]
        _ = connection.execute("COMMIT").fetchall()
    return counts


@dataclass(slots=True)
class Told:
    """What the readable part of a history tells: the last values of rows by key, and the keys that were removed."""

    rows: dict[str, dict[Key, tuple[Cell, ...]]] = field(default_factory=dict[str, "dict[Key, tuple[Cell, ...]]"])
    gone: dict[str, set[Key]] = field(default_factory=dict[str, "set[Key]"])


def read_history(saved: Salvaged) -> Told:
    """Return what the salvaged changes tell of the rows they wrote: a second copy of them, in effect."""
    told = Told()
    shape = saved.tables["change"].shape
    state, changeset = shape.columns.index("state"), shape.columns.index("changeset")
    for row in sorted(saved.tables["change"].rows.values(), key=lambda row: int(str(row[0]))):
        data = row[changeset]
        if row[state] == "done" and isinstance(data, bytes) and data:
            try:
                for change in apsw.Changeset.iter(data):
                    _note(told, change)
            except (apsw.Error, ValueError, IndexError):
                # A changeset with damaged bytes (they may be no text any more) tells as far as it can be read.
                continue
    return told


def _note(told: Told, change: apsw.TableChange) -> None:
    rows, gone = told.rows.setdefault(change.name, {}), told.gone.setdefault(change.name, set())
    old, new = change.old or (), change.new or ()
    values = new if change.op == "INSERT" else old
    key = tuple(int(str(values[place])) for place in sorted(change.pk_columns))
    if change.op == "DELETE":
        rows.pop(key, None)
        gone.add(key)
    elif change.op == "INSERT":
        rows[key] = tuple(new)  # pyright: ignore[reportArgumentType]
        gone.discard(key)
    elif key in rows:
        # What was added under an older schema may have fewer columns than what changed it.
        pairs = zip_longest(rows[key], new, fillvalue=apsw.no_change)
        merged = (before if now is apsw.no_change else now for before, now in pairs)
        rows[key] = tuple(takewhile(_is_known, merged))  # pyright: ignore[reportArgumentType]


def _is_known(value: object) -> bool:
    return value is not apsw.no_change


def _insert(connection: apsw.Connection, shape: TableShape, row: tuple[object, ...]) -> bool:
    names, marks = ", ".join(shape.columns[: len(row)]), ", ".join("?" * len(row))
    try:
        connection.execute(f"INSERT INTO {shape.name} ({names}) VALUES ({marks})", row)  # pyright: ignore[reportArgumentType]
    except (apsw.ConstraintError, apsw.MismatchError):
        return False
    return True


def _fill_from_history(connection: apsw.Connection, table: SalvagedTable, told: Told) -> set[Key]:
    """Insert the known losses that the history tells; return their keys."""
    rows = told.rows.get(table.shape.name, {})
    return {key for key in sorted(table.lost & rows.keys()) if _insert(connection, table.shape, rows[key])}


def _fill_from_backup(
    connection: apsw.Connection, table: SalvagedTable, backup: Path, present: set[Key], gone: set[Key]
) -> set[Key]:
    """Insert what is missing: the known losses, and of a table with unreadable pages all that the backup has."""
    if not table.broken and table.lost <= present:
        return set()
    shape, width = table.shape, 1 if table.shape.has_rowid else 2
    with closing(connect_to_copy(backup)) as source:
        rows = source.execute(f"SELECT {', '.join(shape.columns)} FROM {shape.name}").fetchall()
    keyed = {tuple(int(str(one)) for one in row[:width]): row for row in rows}
    wanted = keyed.keys() - present if table.broken else keyed.keys() & table.lost - present
    return {key for key in sorted(wanted - gone) if _insert(connection, shape, keyed[key])}


def _fill_links(connection: apsw.Connection, table: SalvagedTable, present: set[Key]) -> int:
    """Insert the links that only an index still knows: both ids, but no place in the order."""
    if table.shape.has_rowid:
        return 0
    return sum(_insert(connection, table.shape, (*key, _LAST)) for key in sorted(table.lost - present))


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
    kept = int(str(found)) - count.from_backup - count.from_history
    return replace(count, kept=max(0, kept), lost=lost, dropped=dropped, unpointed=unpointed)


def _keys(shape: TableShape) -> tuple[str, ...]:
    return shape.columns[:1] if shape.has_rowid else shape.columns[:2]


def count_rows(file: Path) -> list[TableCount]:
    """Return how many rows each table of a sound file holds, as kept."""
    with closing(connect_to_copy(file)) as connection:
        present = roots_of(connection)
        return [
            TableCount(name, int(str(connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0])))
            for name in KEPT_TABLES
            if name in present
        ]
