"""One change under way: the only way to write records. Opened by `Library.change`, closed by its transaction."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, replace
from itertools import chain
from typing import TypeVar

import apsw

from learnpath.domain.changes import ChangeSet
from learnpath.domain.records import Credential, Profile, Program, Record
from learnpath.errors import UsageError
from learnpath.storage.mapping import LinkTable, RecordTable, Value, table_of

R = TypeVar("R", bound=Record)
# Five times as many are no faster.
_ROWS_AT_ONCE = 100
_PROFILE_COLUMNS = "id, name, headline, place, email, currency, week_goal_minutes"


class Change:
    """Writes records inside one transaction. `change_set` is filled when the change has been committed."""

    def __init__(self, label: str, connection: apsw.Connection, next_id: Callable[[], int]) -> None:
        self.label = label
        self.change_set: ChangeSet | None = None
        self._connection = connection
        self._next_id = next_id

    def next_id(self) -> int:
        """Return a new record id, for a record that is made with it."""
        return self._next_id()

    def insert(self, record: R) -> R:
        """Store a new record and return it with its id (its own, when it already has one)."""
        return self.insert_many([record])[0]

    def insert_many(self, records: Sequence[R]) -> list[R]:
        """Store new records of one type and return them with their ids."""
        if not records:
            return []
        table = table_of(type(records[0]))
        stored = [record if record.id else replace(record, id=self._next_id()) for record in records]
        self._insert_rows(table.table, table.column_names, [table.encode(record) for record in stored])
        for link in table.links:
            self._insert_links(link, stored)
        return stored

    def update(self, record: Record) -> None:
        """Replace a stored record; columns that stay equal are not recorded as changed."""
        self.update_many([record])

    def update_many(self, records: Sequence[R]) -> None:
        """Replace stored records of one type; UsageError when one of them is no longer there."""
        if not records:
            return
        table = table_of(type(records[0]))
        self._require(table, {record.id for record in records})
        names = table.column_names[1:]
        sql = f"UPDATE {table.table} SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?"
        self._connection.executemany(sql, (_id_last(table, record) for record in records))
        for link in table.links:
            owners = [(record.id,) for record in records]
            self._connection.executemany(f"DELETE FROM {link.table} WHERE {link.owner} = ?", owners)
            self._insert_links(link, records)

    def delete(self, record_type: type[Record], ids: Iterable[int]) -> None:
        """Remove records; what belongs to them alone goes with them, what only points at them stays."""
        table = table_of(record_type)
        wanted = [(one,) for one in ids]
        self._connection.executemany(f"DELETE FROM {table.table} WHERE id = ?", wanted)
        if record_type in (Program, Credential):
            # By hand and not by a trigger: undo would meet rows that its own trigger has already removed.
            sql = f"DELETE FROM record_source WHERE record_kind = '{table.table}' AND record_id = ?"
            self._connection.executemany(sql, wanted)

    def set_profile(self, profile: Profile) -> None:
        """Replace the owner's profile."""
        sql = f"INSERT INTO profile ({_PROFILE_COLUMNS}) VALUES (1, ?, ?, ?, ?, ?, ?)"
        update = "ON CONFLICT (id) DO UPDATE SET " + ", ".join(
            f"{name} = excluded.{name}" for name in _PROFILE_COLUMNS.split(", ")[1:]
        )
        self._connection.execute(f"{sql} {update}", astuple(profile))

    def _require(self, table: RecordTable[R], ids: set[int]) -> None:
        sql = f"SELECT count(*) FROM {table.table} WHERE id IN (SELECT value FROM json_each(?))"
        (found,) = self._connection.execute(sql, (json.dumps(list(ids)),)).fetchall()[0]
        if found != len(ids):
            name = table.table.replace("_", " ")
            raise UsageError(f"The {name} was removed meanwhile.", "Nothing was changed.")

    def _insert_links(self, link: LinkTable, records: Sequence[Record]) -> None:
        rows = [
            (record.id, target, position)
            for record in records
            for position, target in enumerate(dict.fromkeys(getattr(record, link.field)))
        ]
        self._insert_rows(link.table, (link.owner, link.target, "position"), rows)

    def _insert_rows(self, table: str, columns: Sequence[str], rows: Sequence[tuple[Value, ...]]) -> None:
        # The word index writes down what it has gathered at the end of every statement: with one statement for each
        # row, that takes three times as long as everything else.
        insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "
        marks = f"({', '.join('?' * len(columns))})"
        whole = len(rows) - len(rows) % _ROWS_AT_ONCE
        many = insert + ", ".join([marks] * _ROWS_AT_ONCE)
        for start in range(0, whole, _ROWS_AT_ONCE):
            self._connection.execute(many, tuple(chain.from_iterable(rows[start : start + _ROWS_AT_ONCE])))
        self._connection.executemany(insert + marks, rows[whole:])


def _id_last(table: RecordTable[R], record: R) -> tuple[Value, ...]:
    row = table.encode(record)
    return (*row[1:], row[0])
