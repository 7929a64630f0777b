"""How each record lies in its table: one codec for all, so that a new field is a column and nothing else."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import lru_cache, partial
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

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
    RecordSource,
    Skill,
    StudySession,
    Tag,
)

R = TypeVar("R", bound=Record)
Value = int | str | bytes | float | None


@dataclass(frozen=True, slots=True)
class LinkTable:
    """A many-to-many table that holds one tuple field of a record, in order.

    `owner` and `target` are its columns, `target_table` is the table that `target` points at.
    """

    field: str
    table: str
    owner: str
    target: str
    target_table: str


class RecordTable(Generic[R]):
    """One record type and its table: column names, and the way there and back.

    Most values lie in the table as they are: only the others are converted, because imports move 100,000 rows.
    """

    def __init__(self, record_type: type[R], table: str, links: Sequence[LinkTable] = ()) -> None:
        self.record_type = record_type
        self.table = table
        self.links = tuple(links)
        linked = {link.field for link in links}
        hints = get_type_hints(record_type)
        self._fields = [field.name for field in fields(record_type) if field.name not in linked]
        kinds = [_kind_of(hints[name]) for name in self._fields]
        # Money takes two columns; from the last to the first, so that the places before stay right.
        self._money = [place for place, kind in enumerate(kinds) if kind is Money][::-1]
        codecs = [(place, _codec(kind)) for place, kind in enumerate(kinds)]
        self._converted = [(place, *codec) for place, codec in codecs if codec is not None]
        self._money_names = {self._fields[place] for place in self._money}
        self._decoders = {self._fields[place]: decode for place, _, decode in self._converted}
        self._types = [types for name in self._fields for types in _types_of(hints[name])]
        self._good_rows: set[tuple[type, ...]] = set()
        self._values_of = attrgetter(*self._fields)
        columns = [
            (f"{name}_minor", f"{name}_currency") if kind is Money else (name,)
            for name, kind in zip(self._fields, kinds, strict=True)
        ]
        self.column_names = tuple(name for names in columns for name in names)

    def encode(self, record: R) -> tuple[Value, ...]:
        """Return the row of a record, in the order of `column_names`."""
        row: list[Any] = list(self._values_of(record))
        for place, encode, _ in self._converted:
            if row[place] is not None:
                row[place] = encode(row[place])
        for place in self._money:
            money = row[place]
            row[place : place + 1] = (None, None) if money is None else (money.minor, money.currency)
        return tuple(row)

    def decode(self, row: Sequence[Value], linked: Mapping[str, tuple[int, ...]]) -> R:
        """Return the record of a row (in the order of `column_names`) and of its link fields.

        Raises ValueError or TypeError for a row that is no record, as damage makes them.
        """
        self._check_types(tuple(map(type, row)))
        values: list[Any] = list(row)
        for place in reversed(self._money):
            minor, currency = values[place : place + 2]
            values[place : place + 2] = [None if minor is None else Money(minor, currency)]
        for place, _, decode in self._converted:
            if values[place] is not None:
                values[place] = decode(values[place])
        named: dict[str, Any] = {**dict(zip(self._fields, values, strict=True)), **linked}
        return self.record_type(**named)

    def decode_some(self, columns: Mapping[str, Value]) -> dict[str, Any]:
        """Return the values of the fields whose columns are given; one column of a price alone keeps its own name.

        Raises ValueError or TypeError for what no record holds.
        """
        found: dict[str, Any] = dict(columns)
        for name in self._money_names:
            pair = (f"{name}_minor", f"{name}_currency")
            if columns.keys() >= set(pair):
                minor, currency = (found.pop(column) for column in pair)
                found[name] = None if minor is None else Money(minor, currency)
        decoded = {name for name in self._decoders.keys() & columns.keys() if columns[name] is not None}
        return {name: self._decoders[name](value) if name in decoded else value for name, value in found.items()}

    def _check_types(self, found: tuple[type, ...]) -> None:
        # Rows of a table are nearly all alike, so that each combination is looked at once.
        if found in self._good_rows:
            return
        for name, one, allowed in zip(self.column_names, found, self._types, strict=True):
            if one not in allowed:
                raise TypeError(f"{name} is of the type {one.__name__}")
        self._good_rows.add(found)


def _types_of(hint: object) -> list[tuple[type, ...]]:
    """Return the types that the columns of a field may have."""
    kind = _kind_of(hint)
    maybe = (NoneType,) if isinstance(hint, UnionType) and NoneType in get_args(hint) else ()
    if kind is Money:
        return [(int, *maybe), (str, *maybe)]
    return [(int if kind is int or kind is bool else str, *maybe)]


def _kind_of(hint: object) -> object:
    arguments: tuple[object, ...] = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    return next(argument for argument in arguments if argument is not NoneType)


def _codec(kind: object) -> tuple[Callable[[Any], Value], Callable[[Any], Any]] | None:
    """Return how a value of a kind becomes a column's and comes back; None when it lies there as it is."""
    if kind is PartialDate:
        return str, _date_of
    if kind is bool:
        return int, bool
    if get_origin(kind) is tuple:
        return _list_text, partial(_tuple_of, get_args(kind)[0])
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return str, kind
    return None


# A library holds the same few thousand dates over and over.
@lru_cache(maxsize=8192)
def _date_of(text: str) -> PartialDate:
    return PartialDate(text)


# An import writes the same few lists of field names 100,000 times.
@lru_cache(maxsize=1024)
def _list_text(value: tuple[Any, ...]) -> str:
    return json.dumps(value, ensure_ascii=False)


@lru_cache(maxsize=1024)
def _tuple_of(kind: type, text: str) -> tuple[Any, ...]:
    try:
        found = json.loads(text)
    except RecursionError as error:
        raise ValueError("a list lies in too many others") from error
    if not isinstance(found, list) or any(type(one) is not kind for one in found):  # pyright: ignore[reportUnknownVariableType]
        raise ValueError(f"{text[:40]} is no list of {kind.__name__}")
    return tuple(found)  # pyright: ignore[reportUnknownArgumentType]


def _links(table: str) -> tuple[LinkTable, ...]:
    return (
        LinkTable("skill_ids", f"{table}_skill", f"{table}_id", "skill_id", "skill"),
        LinkTable("tag_ids", f"{table}_tag", f"{table}_id", "tag_id", "tag"),
    )


_REQUIREMENTS = LinkTable("required_ids", "program_requirement", "program_id", "required_id", "program")


# Parents before children: an insert of everything in this order never meets a missing parent.
TABLES: dict[type[Record], RecordTable[Record]] = {
    table.record_type: table  # pyright: ignore[reportAssignmentType]
    for table in (
        RecordTable(Issuer, "issuer"),
        RecordTable(Skill, "skill"),
        RecordTable(Tag, "tag"),
        RecordTable(Program, "program", (_REQUIREMENTS, *_links("program"))),
        RecordTable(Credential, "credential", _links("credential")),
        RecordTable(EvidenceFile, "evidence_file"),
        RecordTable(CostLine, "cost_line"),
        RecordTable(StudySession, "study_session"),
        RecordTable(Path, "path"),
        RecordTable(PathStep, "path_step"),
        RecordTable(Portfolio, "portfolio"),
        RecordTable(ImportSource, "import_source"),
        RecordTable(RecordSource, "record_source"),
    )
}

LINKS: dict[str, LinkTable] = {link.table: link for table in TABLES.values() for link in table.links}

# A link row belongs to the record that owns it: a change of it is told as a change of the owner.
RECORDED_TABLES: dict[str, str] = {
    "profile": "profile",
    **{table.table: table.table for table in TABLES.values()},
    **{link.table: table.table for table in TABLES.values() for link in table.links},
}


def table_of(record_type: type[R]) -> RecordTable[R]:
    """Return the table of a record type."""
    return TABLES[record_type]  # pyright: ignore[reportReturnType]
