"""The history as people read it: what each change did in words, and going back to any point of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from learnpath.domain.changes import ChangeSet, HistoryEntry
from learnpath.domain.money import Money
from learnpath.domain.records import CostLine, Credential, Issuer, Path, Portfolio, Program, Skill, Tag
from learnpath.services.field_wording import KIND_WORDS, FieldChange, Names, field_word, pointed_kind, value_text
from learnpath.storage.changed_rows import ChangedRow
from learnpath.storage.library import Library
from learnpath.storage.mapping import LINKS

# An import can write 100,000 rows: the first ones tell what it did, the number tells how much.
_MOST_ROWS = 400
_TITLE_FIELDS = ("title", "name", "original_name", "note")
_PRICE = ("price_minor", "price_currency")
_HIDDEN = frozenset({"id", "position", "sha256", "size", "file_name", "media_type", *_PRICE})
_PRICED: Mapping[str, type[Program] | type[CostLine]] = {"program": Program, "cost_line": CostLine}
# Of the history and of one change: more than either can have.
_MOST_CHANGES = 1_000_000
_MOST_READ = 10_000_000


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What a change did to one record. `kind` is its table name, `action` is added, changed or removed."""

    kind: str
    kind_word: str
    record_id: int
    title: str
    action: str
    fields: tuple[FieldChange, ...]


def list_history(library: Library, limit: int = 500, record_id: int | None = None) -> list[HistoryEntry]:
    """Return the newest changes first; with `record_id` only those that touched that record or its parts."""
    entries = library.history(limit)
    if record_id is None:
        return entries
    wanted = set(library.changes_of_record(record_id, limit))
    return [entry for entry in entries if entry.id in wanted]


def record_title(library: Library, record_id: int) -> str:
    """Return the title of a credential, a program or a path; empty when there is none with this id."""
    for record_type in (Credential, Path):
        if (one := library.find(record_type, record_id)) is not None:
            return one.title
    program = library.find(Program, record_id)
    return "" if program is None else program.name


def go_to(library: Library, change_id: int) -> ChangeSet | None:
    """Take back or repeat changes, as one step, until this one is the last done (0: before all of them)."""
    return library.go_to(change_id)


def describe_change(library: Library, change_id: int) -> list[RecordChange]:
    """Return what a change did, record by record (a few hundred at most)."""
    rows = [_with_whole_price(library, change_id, row) for row in library.changed_rows(change_id, _MOST_ROWS)]
    names = _names(library, rows)
    found: list[RecordChange] = []
    for (kind, record_id), own in _by_record(rows).items():
        main = next((row for row in own if row.table == row.kind), own[0])
        is_link = main.table != main.kind
        title = _title(main) or names.get((kind, record_id), "")
        action = "changed" if is_link else main.action
        fields = () if action == "removed" else tuple(_fields(own, names, is_new=action == "added"))
        found.append(RecordChange(kind, KIND_WORDS[kind], record_id, title, action, fields))
    return found


def _by_record(rows: Iterable[ChangedRow]) -> dict[tuple[str, int], list[ChangedRow]]:
    grouped: dict[tuple[str, int], list[ChangedRow]] = {}
    for row in rows:
        if row.kind == "record_source":
            # Where a record's fields came from is told by the import itself.
            continue
        grouped.setdefault((row.kind, row.record_id), []).append(row)
    return grouped


def _title(row: ChangedRow) -> str:
    values = row.new if row.action == "added" else row.old
    if row.table != row.kind or row.action == "changed":
        return ""
    return next((str(values[name]) for name in _TITLE_FIELDS if values.get(name)), "")


def _fields(rows: list[ChangedRow], names: Names, *, is_new: bool) -> Iterable[FieldChange]:
    for row in rows:
        if row.table != row.kind:
            # A link that changed only moved up or down its list.
            if row.action != "changed":
                yield _link_change(row, names)
            continue
        for name in dict.fromkeys((*row.old, *row.new)):
            before, after = row.old.get(name), row.new.get(name)
            if name in _HIDDEN or (name in _TITLE_FIELDS and is_new) or before == after:
                continue
            words = FieldChange(
                field_word(name, row.kind), value_text(name, before, names), value_text(name, after, names)
            )
            if words.before or words.after:
                yield words


def _link_change(row: ChangedRow, names: Names) -> FieldChange:
    values = row.new or row.old
    target = LINKS[row.table].target
    # One link is one skill, not several: the word is the column's and not the field's.
    word, name = field_word(target.removesuffix("_id"), row.kind), value_text(target, values[target], names)
    return FieldChange(word, name if row.action == "removed" else "", "" if row.action == "removed" else name)


def _with_whole_price(library: Library, change_id: int, row: ChangedRow) -> ChangedRow:
    """Return a row in which an amount that changed has its currency, and a currency its amount, as they were then."""
    known = row.old.keys() & set(_PRICE)
    if row.action != "changed" or len(known) != 1:
        return row
    (other,) = set(_PRICE) - known
    value = _value_at(library, change_id, row, other)
    if value is None:
        # Its record and what came before have been forgotten: an amount alone says nothing.
        return row
    return replace(row, old=_price_of({**row.old, other: value}), new=_price_of({**row.new, other: value}))


def _price_of(values: Mapping[str, Any]) -> dict[str, Any]:
    minor, currency = (values[name] for name in _PRICE)
    return {**{name: one for name, one in values.items() if name not in _PRICE}, "price": Money(minor, currency)}


def _value_at(library: Library, change_id: int, row: ChangedRow, column: str) -> Any:
    """Return what a price's column held during a change that left it alone; None when nothing tells any more.

    The next change of it says so by what was there before, of changes that were undone the one before by what came.
    """
    undone = {one.id for one in library.history(_MOST_CHANGES) if one.undone}
    is_undone = change_id in undone
    changes = library.changes_of_record(row.record_id, _MOST_CHANGES)
    between = [one for one in changes if (one in undone) == is_undone and (one < change_id) == is_undone]
    for one in between if is_undone else reversed(between):
        if one == change_id:
            continue
        for other in library.changed_rows(one, _MOST_READ):
            if (other.table, other.record_id) == (row.table, row.record_id):
                values = other.new if is_undone else other.old
                if column in values:
                    return values[column]
                if isinstance(price := values.get("price"), Money):
                    return price.minor if column == "price_minor" else price.currency
    record = library.find(_PRICED[row.table], row.record_id)
    if record is None or record.price is None:
        return None
    return record.price.minor if column == "price_minor" else record.price.currency


def _names(library: Library, rows: Iterable[ChangedRow]) -> dict[tuple[str, int], str]:
    """Return the present names of everything that the rows speak of, by kind and id."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        wanted.setdefault(row.kind, set()).add(row.record_id)
        for values in (row.old, row.new):
            for column, value in values.items():
                if column.endswith("_id") and isinstance(value, int):
                    wanted.setdefault(pointed_kind(column), set()).add(value)
    found: dict[tuple[str, int], str] = {}
    for kind, record_type in (("credential", Credential), ("path", Path)):
        found |= {(kind, one.id): one.title for one in library.all(record_type, wanted.get(kind, ()))}
    for kind, record_type in (
        ("program", Program),
        ("issuer", Issuer),
        ("skill", Skill),
        ("tag", Tag),
        ("portfolio", Portfolio),
    ):
        found |= {(kind, one.id): one.name for one in library.all(record_type, wanted.get(kind, ()))}
    return found
