"""What one change wrote: its changeset read back into tables, columns and values."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

import apsw

from learnpath.storage.mapping import LINKS, RECORDED_TABLES, TABLES, Value

_PROFILE_COLUMNS = ("id", "name", "headline", "place", "email", "currency", "week_goal_minutes")
_COLUMNS: dict[str, tuple[str, ...]] = {
    "profile": _PROFILE_COLUMNS,
    **{table.table: table.column_names for table in TABLES.values()},
    **{name: (link.owner, link.target, "position") for name, link in LINKS.items()},
}
_RECORDS = {table.table: table for table in TABLES.values()}
_ACTIONS: dict[int, Literal["added", "changed", "removed"]] = {
    apsw.SQLITE_INSERT: "added",
    apsw.SQLITE_UPDATE: "changed",
    apsw.SQLITE_DELETE: "removed",
}


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One row that a change wrote. `kind` is the table of the record it belongs to, `record_id` that record.

    `table` is the table itself: a link table where only a skill, a tag or a requirement was given or taken. `old` and
    `new` hold the fields that the change touched, as the record has them; `old` is empty for an added row, `new` for a
    removed one. An amount and its currency are two fields, `price_minor` and `price_currency`, where only one of them
    changed.
    """

    table: str
    kind: str
    action: Literal["added", "changed", "removed"]
    record_id: int
    old: Mapping[str, Any]
    new: Mapping[str, Any]


def read_changeset(changeset: bytes, limit: int) -> list[ChangedRow]:
    """Return the rows of a changeset, at most `limit` of them. LookupError, TypeError or ValueError for damage."""
    # The objects of the iteration are only valid during their own step.
    return [_row(change) for change in islice(apsw.Changeset.iter(changeset), limit)]


def _row(change: apsw.TableChange) -> ChangedRow:
    columns = _COLUMNS[change.name]
    old, new = change.old, change.new
    key = (old if old is not None else new or (0,))[0]
    return ChangedRow(
        change.name,
        RECORDED_TABLES[change.name],
        _ACTIONS[change.opcode],
        int(str(key)),
        _touched(change.name, columns, old),
        _touched(change.name, columns, new),
    )


def _touched(table: str, columns: tuple[str, ...], values: tuple[object, ...] | None) -> dict[str, Any]:
    if values is None:
        return {}
    found: dict[str, Value] = {
        name: value  # pyright: ignore[reportAssignmentType]
        # What was written under an older schema has fewer columns.
        for name, value in zip(columns, values, strict=False)
        if value is not apsw.no_change
    }
    return _RECORDS[table].decode_some(found) if table in _RECORDS else found
