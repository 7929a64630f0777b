"""Reading records: by id, by a condition of ours, all of one moment.

Belongs here: SELECT statements made into records, and damage told as such. Writing is in `library`, lists with filters
in modules of their own.
"""

import json
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import apsw

from learnpath.domain.contents import LibraryContents
from learnpath.domain.records import (
    CostLine,
    Credential,
    EvidenceFile,
    ImportSource,
    Issuer,
    PathStep,
    Portfolio,
    Profile,
    Program,
    Record,
    RecordSource,
    Skill,
    StudySession,
    Tag,
)
from learnpath.domain.records import Path as LearningPath
from learnpath.errors import UsageError
from learnpath.storage.database import LibraryDatabase
from learnpath.storage.errors import DamagedLibraryError, known_errors
from learnpath.storage.mapping import RecordTable, Value, table_of

R = TypeVar("R", bound=Record)
T = TypeVar("T")
_ROWS_IN_PART = 1000


class RecordReader:
    """The reading half of a library, allowed from any thread."""

    def __init__(self, folder: Path, database: LibraryDatabase) -> None:
        self.folder = folder
        self._database = database

    def find(self, record_type: type[R], record_id: int) -> R | None:
        """Return a record, or None when there is none with this id."""
        found = self.all(record_type, [record_id])
        return found[0] if found else None

    def get(self, record_type: type[R], record_id: int) -> R:
        """Return a record; UsageError when there is none with this id."""
        found = self.find(record_type, record_id)
        if found is None:
            name = table_of(record_type).table.replace("_", " ")
            raise UsageError(f"There is no {name} with the id {record_id}.", "The list command shows the ids.")
        return found

    def all(self, record_type: type[R], ids: Iterable[int] | None = None) -> list[R]:
        """Return the records of a type ordered by id: all of them, or those with the given ids."""
        return (
            self.where(record_type, "TRUE")
            if ids is None
            else self.where(record_type, "id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),))
        )

    def ids(self, record_type: type[Record]) -> list[int]:
        """Return the ids of all records of a type, in order."""
        return [int(str(row[0])) for row in self.rows(f"SELECT id FROM {table_of(record_type).table} ORDER BY id")]

    def in_parts(
        self, record_type: type[R], check: Callable[[], object], ids: Sequence[int] | None = None
    ) -> Iterator[R]:
        """Yield records in the order of their ids: all of a type, or those with the given ids, which are in order.

        Each part is read in a few milliseconds, after `check`, which may raise to stop.
        """
        wanted = self.ids(record_type) if ids is None else ids
        for start in range(0, len(wanted), _ROWS_IN_PART):
            _ = check()
            yield from self.all(record_type, wanted[start : start + _ROWS_IN_PART])

    def where(self, record_type: type[R], condition: str, parameters: Sequence[Value] = ()) -> list[R]:
        """Return the records for which an SQL condition of ours over their own columns holds, ordered by id."""
        if not table_of(record_type).links:
            return self._read(record_type, condition, parameters)
        with self._one_moment():
            return self._read(record_type, condition, parameters)

    def _read(self, record_type: type[R], condition: str, parameters: Sequence[Value]) -> list[R]:
        table = table_of(record_type)
        sql = f"SELECT {', '.join(table.column_names)} FROM {table.table} WHERE {condition} ORDER BY id"
        rows = self.rows(sql, parameters)
        linked = self._linked(table, condition, parameters) if rows else {}
        nothing = {link.field: () for link in table.links}
        try:
            return [table.decode(row, {**nothing, **linked.get(int(str(row[0])), {})}) for row in rows]
        except (ValueError, TypeError) as error:
            raise DamagedLibraryError(self.folder, f"a row of {table.table} is no record: {error}") from error

    def _linked(
        self, table: RecordTable[R], condition: str, parameters: Sequence[Value]
    ) -> dict[int, dict[str, tuple[int, ...]]]:
        found: dict[int, dict[str, tuple[int, ...]]] = {}
        for link in table.links:
            sql = f"""
                SELECT {link.owner}, {link.target} FROM {link.table}
                WHERE {link.owner} IN (SELECT id FROM {table.table} WHERE {condition})
                ORDER BY {link.owner}, position
            """
            for owner, target in self.rows(sql, parameters):
                fields = found.setdefault(int(str(owner)), {})
                fields[link.field] = (*fields.get(link.field, ()), int(str(target)))
        return found

    def rows(self, sql: str, parameters: Sequence[Value] = ()) -> list[tuple[Value, ...]]:
        """Return the rows of one SELECT of ours; only the list modules of this package write SQL."""
        with self._readable():
            return self._database.execute_sql(sql, tuple(parameters)).fetchall()

    def each(self, make: Callable[[tuple[Value, ...]], T], sql: str, parameters: Sequence[Value] = ()) -> list[T]:
        """Return what `make` makes of every row of one SELECT of ours.

        A row of which nothing can be made (ValueError, TypeError) is damage, and raises DamagedLibraryError.
        """
        rows = self.rows(sql, parameters)
        try:
            return [make(row) for row in rows]
        except (ValueError, TypeError) as error:
            raise DamagedLibraryError(self.folder, f"a row in it cannot be read: {error}") from error

    @contextmanager
    def _readable(self) -> Generator[None]:
        try:
            with known_errors(self.folder, self._is_damaged):
                yield
        except UnicodeDecodeError as error:
            raise DamagedLibraryError(self.folder, f"a text in it cannot be read: {error.reason}") from error

    def _is_damaged(self) -> bool:
        try:
            return self._database.apsw_connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]
        except (apsw.Error, UnicodeDecodeError):
            return True

    def profile(self) -> Profile:
        """Return the owner's profile; the defaults while nothing has been set."""
        found = self.each(_profile_of, "SELECT name, headline, place, email, currency, week_goal_minutes FROM profile")
        return found[0] if found else Profile()

    def contents(self, check: Callable[[], object] | None = None) -> LibraryContents:
        """Return every record of the library, all as of one moment.

        `check` is called every few milliseconds and may raise to stop.
        """
        with self._one_moment():
            return self._read_contents(check)

    @contextmanager
    def _one_moment(self) -> Generator[None]:
        """Let several queries see the same state, whatever another thread writes meanwhile."""
        with self._readable():
            connection = self._database.apsw_connection
            if connection.in_transaction:
                yield
                return
            connection.execute("BEGIN")
            try:
                yield
            finally:
                if connection.in_transaction:
                    connection.execute("COMMIT")

    def _read_contents(self, check: Callable[[], object] | None) -> LibraryContents:
        def all_of(record_type: type[R]) -> tuple[R, ...]:
            return tuple(self.in_parts(record_type, check) if check is not None else self.all(record_type))

        return LibraryContents(
            profile=self.profile(),
            issuers=all_of(Issuer),
            skills=all_of(Skill),
            tags=all_of(Tag),
            programs=all_of(Program),
            credentials=all_of(Credential),
            evidence=all_of(EvidenceFile),
            costs=all_of(CostLine),
            sessions=all_of(StudySession),
            paths=all_of(LearningPath),
            steps=all_of(PathStep),
            portfolios=all_of(Portfolio),
            imports=all_of(ImportSource),
            sources=all_of(RecordSource),
        )


def _profile_of(row: tuple[Value, ...]) -> Profile:
    name, headline, place, email, currency = map(str, row[:5])
    goal = int(str(row[5]))
    return Profile(name=name, headline=headline, place=place, email=email, currency=currency, week_goal_minutes=goal)
