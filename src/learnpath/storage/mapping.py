"""How each record lies in its table: one codec for all, so that a new field is a column and nothing else."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from types import NoneType, UnionType
from typing import Generic, TypeVar, get_args, get_origin, get_type_hints

from learnpath.domain.dates import PartialDate
from learnpath.domain.money import Money
from learnpath.domain.records import (
    CostLine,
    Credential,
    EvidenceFile,
    ImportSource,
    Issuer,
    Path,
    PathStep,
    Portfolio,
    Program,
    Record,
    Skill,
    StudySession,
    Tag,
)

R = TypeVar("R", bound=Record)
Value = int | str | bytes | float | None


@dataclass(frozen=True, slots=True)
class LinkTable:
    """A many-to-many table that holds one tuple field of a record, in order."""

    field: str
    table: str
    owner: str
    target: str


@dataclass(frozen=True, slots=True)
class _Column:
    field: str
    names: tuple[str, ...]
    encode: Callable[[object], tuple[Value, ...]]
    decode: Callable[[tuple[Value, ...]], object]


class RecordTable(Generic[R]):
    """One record type and its table: column names, and the way there and back."""

    def __init__(self, record_type: type[R], table: str, links: Sequence[LinkTable] = ()) -> None:
        self.record_type = record_type
        self.table = table
        self.links = tuple(links)
        linked = {link.field for link in links}
        hints = get_type_hints(record_type)
        self._columns = [_column(f.name, hints[f.name]) for f in fields(record_type) if f.name not in linked]
        self.column_names = tuple(name for column in self._columns for name in column.names)

    def encode(self, record: R) -> tuple[Value, ...]:
        """Return the row of a record, in the order of `column_names`."""
        row: list[Value] = []
        for column in self._columns:
            row.extend(column.encode(getattr(record, column.field)))
        return tuple(row)

    def decode(self, row: Sequence[Value], linked: Mapping[str, tuple[int, ...]]) -> R:
        """Return the record of a row (in the order of `column_names`) and of its link fields."""
        values: dict[str, object] = dict(linked)
        at = 0
        for column in self._columns:
            width = len(column.names)
            values[column.field] = column.decode(tuple(row[at : at + width]))
            at += width
        return self.record_type(**values)  # pyright: ignore[reportArgumentType]


def _column(field: str, hint: object) -> _Column:
    arguments: tuple[object, ...] = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    optional = NoneType in arguments
    kind = next(argument for argument in arguments if argument is not NoneType)
    if kind is Money:
        names = (f"{field}_minor", f"{field}_currency")
        return _Column(field, names, _money_out, _money_in)
    encode, decode = _plain_codec(kind)
    if optional:
        return _Column(
            field,
            (field,),
            lambda value: (None if value is None else encode(value),),
            lambda row: None if row[0] is None else decode(row[0]),
        )
    return _Column(field, (field,), lambda value: (encode(value),), lambda row: decode(row[0]))


def _plain_codec(kind: object) -> tuple[Callable[[object], Value], Callable[[Value], object]]:
    if kind is PartialDate:
        return str, lambda value: PartialDate(str(value))
    if kind is bool:
        return lambda value: int(bool(value)), bool
    if get_origin(kind) is tuple:
        return lambda value: json.dumps(value, ensure_ascii=False), lambda value: tuple(json.loads(str(value)))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return lambda value: str(value), lambda value: kind(str(value))
    return lambda value: value, lambda value: value  # pyright: ignore[reportReturnType]


def _money_out(value: object) -> tuple[Value, ...]:
    return (value.minor, value.currency) if isinstance(value, Money) else (None, None)


def _money_in(row: tuple[Value, ...]) -> Money | None:
    minor, currency = row
    return None if minor is None else Money(int(minor), str(currency))


def _links(table: str) -> tuple[LinkTable, ...]:
    return (
        LinkTable("skill_ids", f"{table}_skill", f"{table}_id", "skill_id"),
        LinkTable("tag_ids", f"{table}_tag", f"{table}_id", "tag_id"),
    )


# Parents before children: an insert of everything in this order never meets a missing parent.
TABLES: dict[type[Record], RecordTable[Record]] = {
    table.record_type: table  # pyright: ignore[reportAssignmentType]
    for table in (
        RecordTable(Issuer, "issuer"),
        RecordTable(Skill, "skill"),
        RecordTable(Tag, "tag"),
        RecordTable(Program, "program", _links("program")),
        RecordTable(Credential, "credential", _links("credential")),
        RecordTable(EvidenceFile, "evidence_file"),
        RecordTable(CostLine, "cost_line"),
        RecordTable(StudySession, "study_session"),
        RecordTable(Path, "path"),
        RecordTable(PathStep, "path_step"),
        RecordTable(Portfolio, "portfolio"),
        RecordTable(ImportSource, "import_source"),
    )
}

# A link row belongs to the record that owns it: a change of it is told as a change of the owner.
RECORDED_TABLES: dict[str, str] = {
    "profile": "profile",
    **{table.table: table.table for table in TABLES.values()},
    **{link.table: table.table for table in TABLES.values() for link in table.links},
}


def table_of(record_type: type[R]) -> RecordTable[R]:
    """Return the table of a record type."""
    return TABLES[record_type]  # pyright: ignore[reportReturnType]
