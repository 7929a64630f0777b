"""What a library file of a schema version is made of, so that nothing else in such a file ever runs.

Belongs here: reading and comparing `sqlite_schema`. The steps that make it are in `migrations`.
"""

from collections.abc import Callable
from functools import cache

import apsw

from learnpath.storage.migrations import STEPS, Execute

# Kind, name, table and the SQL as it was given; as bytes, because a damaged text cannot be read as one.
Schema = frozenset[tuple[bytes | None, ...]]
_PARTS = ", ".join(f"CAST({column} AS BLOB)" for column in ("type", "name", "tbl_name", "sql"))


def read_schema(connection: apsw.Connection) -> Schema:
    """Return every table, index, view and trigger of a file. Runs nothing that the file brings."""
    return frozenset(connection.execute(f"SELECT {_PARTS} FROM sqlite_schema"))  # pyright: ignore[reportArgumentType]


def made_schema(version: int) -> Schema:
    """Return the schema that our own steps up to a version make; empty for 0. Takes about 3 ms, once."""
    return _made_by(STEPS[:version])


@cache
def _made_by(steps: tuple[Callable[[Execute], None], ...]) -> Schema:
    connection = apsw.Connection(":memory:")
    try:
        for upgrade in steps:
            upgrade(connection.execute)
        return read_schema(connection)
    finally:
        connection.close()
