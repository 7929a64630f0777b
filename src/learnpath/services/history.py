"""The history as people read it: what each change did in words, and going back to any point of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from learnpath.domain.changes import ChangeSet, HistoryEntry
from learnpath.domain.dates import PartialDate
from learnpath.domain.money import Money
from learnpath.domain.records import Credential, Issuer, Path, Portfolio, Program, Skill, Tag
from learnpath.domain.wording import date_text, minutes_text, money_text
from learnpath.services.field_wording import KIND_WORDS, FieldChange, field_word
from learnpath.storage.changed_rows import ChangedRow
from learnpath.storage.library import Library
from learnpath.storage.mapping import Value

# An import can write 100,000 rows: the first ones tell what it did, the number tells how much.
_MOST_ROWS = 400
_TITLE_COLUMNS = ("title", "name", "original_name", "note")
_HIDDEN = frozenset({"id", "position", "sha256", "size", "file_name", "media_type", "price_currency"})


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
    rows = library.changed_rows(change_id, _MOST_ROWS)
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
    return next((str(values[name]) for name in _TITLE_COLUMNS if values.get(name)), "")


def _fields(rows: list[ChangedRow], names: Mapping[tuple[str, int], str], *, is_new: bool) -> Iterable[FieldChange]:
    for row in rows:
        if row.table != row.kind:
            yield _link_change(row, names)
            continue
        for column in (*row.old, *(name for name in row.new if name not in row.old)):
            before, after = row.old.get(column), row.new.get(column)
            if column in _HIDDEN or (column in _TITLE_COLUMNS and is_new) or before == after:
                continue
            words = FieldChange(
                field_word(column),
                _price_words(row.old) if column == "price_minor" else _words(column, before, names),
                _price_words(row.new) if column == "price_minor" else _words(column, after, names),
            )
            if words.before or words.after:
                yield words


def _link_change(row: ChangedRow, names: Mapping[tuple[str, int], str]) -> FieldChange:
    values = row.new or row.old
    target = next(name for name in values if name.endswith("_id") and not name.startswith(row.kind))
    kind = target.removesuffix("_id")
    name = names.get((kind, int(str(values[target]))), "")
    return FieldChange(kind, name if row.action == "removed" else "", "" if row.action == "removed" else name)


def _words(column: str, value: Value, names: Mapping[tuple[str, int], str]) -> str:
    if value is None or value in {"", "[]"}:
        return ""
    if column.endswith("_id"):
        return names.get((column.removesuffix("_id"), int(str(value))), "")
    if column.endswith(("_on", "_until", "_by")) and isinstance(value, str):
        return date_text(PartialDate(value))
    if column in {"estimated_minutes", "minutes", "week_goal_minutes"}:
        return minutes_text(int(str(value)))
    return str(value).replace("_", " ") if column in {"stage", "state", "claim_state"} else str(value)


def _price_words(values: Mapping[str, Value]) -> str:
    minor, currency = values.get("price_minor"), values.get("price_currency")
    if minor is None:
        return ""
    # An update names only the columns it changed: without its currency an amount has no known decimals.
    return money_text(Money(int(str(minor)), str(currency))) if currency else f"{minor} (smallest units)"


def _names(library: Library, rows: Iterable[ChangedRow]) -> dict[tuple[str, int], str]:
    """Return the present names of everything that the rows speak of, by kind and id."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        wanted.setdefault(row.kind, set()).add(row.record_id)
        for values in (row.old, row.new):
            for column, value in values.items():
                if column.endswith("_id") and isinstance(value, int):
                    wanted.setdefault(column.removesuffix("_id"), set()).add(value)
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
