"""What the tables and indexes of a schema look like: asked of an empty library, so that it is never written twice."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import apsw

from learnpath.storage.database import APPLICATION_ID
from learnpath.storage.mapping import RECORDED_TABLES
from learnpath.storage.migrations import STEPS
from learnpath.storage.pages import Cell

KEPT_TABLES = (*RECORDED_TABLES, "change")
_TYPES: dict[str, type | tuple[type, ...]] = {"INTEGER": int, "TEXT": str, "BLOB": bytes, "REAL": (int, float)}


@dataclass(frozen=True, slots=True)
class Pointer:
    """A column that points at a record of another table; `owned`: the row goes with that record."""

    column: str
    target: str
    owned: bool


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table: its columns with type and whether they must have a value, its first page, and what it points at."""

    name: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    required: tuple[bool, ...]
    has_rowid: bool
    root: int
    pointers: tuple[Pointer, ...]

    def fits(self, values: Sequence[Cell], *, older: bool = False) -> bool:
        """Return whether stored values could be a row here; `older` also takes one from before the last columns."""
        if len(values) > len(self.columns) or (len(values) < len(self.columns) and not older):
            return False
        for value, kind, required in zip(values, self.types, self.required, strict=False):
            if value is None and required:
                return False
            if value is not None and not isinstance(value, _TYPES[kind]):
                return False
        return True


@dataclass(frozen=True, slots=True)
class IndexShape:
    """An index: its table, its columns with the key's columns behind them, and its first page."""

    name: str
    table: str
    columns: tuple[str, ...]
    root: int


@dataclass(frozen=True, slots=True)
class Shape:
    """The tables that are worth saving, by name, their indexes, and the first page of everything by name."""

    tables: dict[str, TableShape]
    indexes: tuple[IndexShape, ...]
    roots: dict[str, int]


def create_empty(file: Path | None, version: int) -> apsw.Connection:
    """Return a connection to a new library of a schema version, in an empty file or (None) in memory."""
    connection = apsw.Connection(":memory:" if file is None else str(file))
    bring_to(connection, version)
    return connection


def bring_to(connection: apsw.Connection, version: int) -> None:
    """Bring a copy of a library of an older schema, or an empty file, to a schema version."""
    (found,) = connection.execute("PRAGMA user_version").fetchall()[0]
    with connection:
        for upgrade in STEPS[int(str(found)) : version]:
            upgrade(connection.execute)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {version}")


def shape_of(version: int) -> Shape:
    """Return the shape of a schema version."""
    with closing(create_empty(None, version)) as connection:
        roots = roots_of(connection)
        tables = {name: _table(connection, name, roots) for name in KEPT_TABLES if name in roots}
        names = connection.execute("SELECT name, tbl_name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")
        indexes = [
            _index(connection, str(name), tables[str(table)], roots)
            for name, table in names.fetchall()
            if table in tables
        ]
    return Shape(tables, tuple(indexes), roots)


def roots_of(connection: apsw.Connection) -> dict[str, int]:
    """Return the first page of every table and index of a library, by name."""
    rows = connection.execute("SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0").fetchall()
    return {str(name): int(str(root)) for name, root in rows}


def _table(connection: apsw.Connection, name: str, roots: dict[str, int]) -> TableShape:
    columns = connection.execute(f"PRAGMA table_info({name})").fetchall()
    listed = connection.execute("SELECT wr FROM pragma_table_list WHERE name = ?", (name,)).fetchall()
    has_rowid = not listed[0][0]
    pointers = connection.execute(f"PRAGMA foreign_key_list({name})").fetchall()
    return TableShape(
        name=name,
        columns=tuple(str(column[1]) for column in columns),
        types=tuple(str(column[2]) for column in columns),
        # A rowid's own column is stored as nothing.
        required=tuple(bool(column[3]) and not (has_rowid and column[5]) for column in columns),
        has_rowid=has_rowid,
        root=roots[name],
        pointers=tuple(Pointer(str(one[3]), str(one[2]), one[6] == "CASCADE") for one in pointers),
    )


def _index(connection: apsw.Connection, name: str, table: TableShape, roots: dict[str, int]) -> IndexShape:
    columns = [str(row[2]) for row in connection.execute(f"PRAGMA index_info({name})")]
    key = ["id"] if table.has_rowid else [column for column in table.columns[:2] if column not in columns]
    return IndexShape(name, table.name, (*columns, *key), roots[name])
