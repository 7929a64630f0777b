"""What one change wrote: its changeset read back into tables, columns and values."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import apsw

from learnpath.storage.mapping import RECORDED_TABLES, TABLES, Value

_PROFILE_COLUMNS = ("id", "name", "headline", "place", "email", "currency", "week_goal_minutes")
_COLUMNS: dict[str, tuple[str, ...]] = {
    "profile": _PROFILE_COLUMNS,
    **{table.table: table.column_names for table in TABLES.values()},
    **{link.table: (link.owner, link.target, "position") for table in TABLES.values() for link in table.links},
}
_ACTIONS: dict[int, Literal["added", "changed", "removed"]] = {
    apsw.SQLITE_INSERT: "added",
    apsw.SQLITE_UPDATE: "changed",
    apsw.SQLITE_DELETE: "removed",
}


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One row that a change wrote. `kind` is the table of the record it belongs to, `record_id` that record.

    `table` is the table itself: a link table where only a skill or a tag was given or taken. `old` and `new` hold the
    columns that the change touched; `old` is empty for an added row, `new` for a removed one.
    """

    table: str
    kind: str
    action: Literal["added", "changed", "removed"]
    record_id: int
    old: Mapping[str, Value]
    new: Mapping[str, Value]


def read_changeset(changeset: bytes, limit: int) -> list[ChangedRow]:
    """Return the rows of a changeset, at most `limit` of them."""
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
        _touched(columns, old),
        _touched(columns, new),
    )


def _touched(columns: tuple[str, ...], values: tuple[object, ...] | None) -> dict[str, Value]:
    if values is None:
        return {}
    return {
        name: value  # pyright: ignore[reportReturnType]
        for name, value in zip(columns, values, strict=True)
        if value is not apsw.no_change
    }
