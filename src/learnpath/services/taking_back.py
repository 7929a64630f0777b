"""Taking single records back out of an opened backup, as one undoable change.

Belongs here: what comes along with them, and writing it. What differs is found by `record_comparison`.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from learnpath.domain.changes import Outcome
from learnpath.domain.records import Credential, ImportSource, PathStep, Program, Record, StudySession
from learnpath.domain.wording import count_text
from learnpath.errors import UsageError
from learnpath.services.field_wording import KIND_WORDS
from learnpath.services.provenance import different_fields, note_known_as, note_sources_again, sources_of
from learnpath.services.record_comparison import POINTS_AT, Comparison, is_stored, pointed_ids
from learnpath.storage.change import Change
from learnpath.storage.library import Library
from learnpath.storage.mapping import TABLES

_KINDS: dict[str, type[Record]] = {table.table: record_type for record_type, table in TABLES.items()}
# What loses its pointer when a record is removed, and gets it back with it.
_POINTERS = (
    (Program, "issuer_id"),
    (Credential, "issuer_id"),
    (Credential, "program_id"),
    (StudySession, "credential_id"),
    (PathStep, "program_id"),
    (PathStep, "credential_id"),
)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many records came back that were gone (with what belongs to them), and how many are again as they were.

    `lost_files` are the original names of proofs that could not come back because their files are gone.
    """

    added: int
    changed: int
    lost_files: tuple[str, ...] = ()


@dataclass(slots=True)
class _Return:
    """What is to be written, by type and id; `missing` are those of the wanted records that were gone."""

    added: dict[type[Record], dict[int, Record]] = field(default_factory=dict[type[Record], dict[int, Record]])
    changed: dict[type[Record], dict[int, Record]] = field(default_factory=dict[type[Record], dict[int, Record]])
    missing: dict[type[Record], set[int]] = field(default_factory=dict[type[Record], set[int]])
    again: int = 0
    lost_files: list[str] = field(default_factory=list[str])

    def note(self, then: Record, now: Record | None) -> bool:
        """Note a record that is to become what it was; return whether that is news."""
        target = (self.added if now is None else self.changed).setdefault(type(then), {})
        if then == now or then.id in target:
            return False
        target[then.id] = then
        return True


def take_records_back(library: Library, backup: Library, wanted: Mapping[str, Iterable[int]]) -> Outcome[TakenBack]:
    """Take records (ids by table name) out of an opened backup into the library, as one undoable change.

    Each becomes again what it was, with its proofs, costs, study and steps; what it points at and is gone comes along.
    What was added to it since stays. A field that becomes again what it was has the source that it had then, and what
    files called the record is known again. Raises UsageError for an unknown kind or id.
    """
    groups = {_kind(name): _found(backup, _kind(name), ids) for name, ids in wanted.items()}
    coming = _plan(library, backup, groups)
    refilled = _refilled_fields(library, coming)
    with library.change(_label(groups)) as change:
        for record_type in TABLES:
            _ = change.insert_many(list(coming.added.get(record_type, {}).values()))
        for record_type in TABLES:
            change.update_many(list(coming.changed.get(record_type, {}).values()))
        for record_type, name in _POINTERS:
            change.update_many(_pointing_again(library, backup, record_type, name, coming.missing))
        change.update_many(_requiring_again(library, backup, coming.missing.get(Program, set())))
        for kind, names in refilled.items():
            _carry_sources(library, backup, change, kind, names)
    added = sum(map(len, coming.added.values()))
    return Outcome(TakenBack(added, coming.again, tuple(coming.lost_files)), change.change_set)


def _kind(name: str) -> type[Record]:
    if name not in _KINDS:
        raise UsageError(f"There is no kind of record “{name}”.", f"Use one of: {', '.join(_KINDS)}.")
    return _KINDS[name]


def _found(backup: Library, kind: type[Record], ids: Iterable[int]) -> list[Record]:
    asked = sorted(set(ids))
    found = backup.all(kind, asked)
    if len(found) < len(asked):
        raise UsageError("Not all of these records are in the backup.", "Nothing was changed.")
    return found


def _label(groups: Mapping[type[Record], list[Record]]) -> str:
    records = [one for group in groups.values() for one in group]
    kinds = [TABLES[kind].table for kind, group in groups.items() if group]
    if len(records) == 1:
        named = getattr(records[0], "title", "") or getattr(records[0], "name", "")
        return f"Take {named or f'1 {KIND_WORDS.get(kinds[0], kinds[0])}'} back from a backup"
    noun = KIND_WORDS.get(kinds[0], "record") if len(kinds) == 1 else "record"
    return f"Take {count_text(len(records), noun)} back from a backup"


def _plan(library: Library, backup: Library, groups: Mapping[type[Record], list[Record]]) -> _Return:
    """Return what is to be written so that the records are again what they were."""
    comparison = Comparison(library, backup)
    coming = _Return()
    waiting: list[Any] = []

    def note(records: list[Any], *, wanted: bool) -> None:
        for one in comparison.differences(records):
            coming.lost_files += one.lost_files
            if one.state == "same" or (not wanted and one.now is not None):
                continue
            if one.now is None:
                coming.missing.setdefault(type(one.then), set()).add(one.then.id)
            elif wanted:
                coming.again += 1
            for then, now in ((one.then, one.now), *((part.then, part.now) for part in one.parts)):
                if coming.note(then, now):
                    waiting.append(then)

    for records in groups.values():
        note(records, wanted=True)
    while waiting:
        record = waiting.pop()
        for name in {one.name for one in fields(record)} & POINTS_AT.keys():
            kind, ids = POINTS_AT[name], pointed_ids(record, name)
            known = coming.added.get(kind, {})
            gone = set(ids) - known.keys() - {one.id for one in library.all(kind, ids)}
            note(backup.all(kind, gone), wanted=False)
    return coming


def _pointing_again(
    library: Library, backup: Library, record_type: type[Record], name: str, missing: Mapping[type[Record], set[int]]
) -> list[Record]:
    """Return the library's records whose pointer was emptied when its target went, pointing at it again."""
    found: list[Record] = []
    for gone in sorted(missing.get(POINTS_AT[name], ())):
        before = backup.where(record_type, f"{name} = ?", (gone,))
        now = library.all(record_type, [one.id for one in before])
        found += [replace(one, **{name: gone}) for one in now if getattr(one, name) is None]
    return found


def _refilled_fields(library: Library, coming: _Return) -> dict[str, dict[int, tuple[str, ...]]]:
    """Return the fields that become again what they were, by table and record id: of what was gone, all."""
    found: dict[str, dict[int, tuple[str, ...]]] = {}
    for record_type in (Program, Credential):
        then: dict[int, Any] = {**coming.added.get(record_type, {}), **coming.changed.get(record_type, {})}
        now = {one.id: one for one in library.all(record_type, then)}
        names = {one: different_fields(now.get(one), record) for one, record in then.items()}
        if names:
            found[TABLES[record_type].table] = names
    return found


def _carry_sources(
    library: Library, backup: Library, change: Change, kind: str, names_by_id: Mapping[int, tuple[str, ...]]
) -> None:
    before = sources_of(backup, kind, names_by_id)
    imports = _imports_here(library, backup, change, {one.import_source_id for one in before})
    known = [
        replace(one, import_source_id=imports[one.import_source_id])
        for one in before
        if one.import_source_id in imports
    ]
    note_sources_again(library, change, kind, names_by_id, known)
    for one in known:
        if one.former:
            note_known_as(library, change, kind, one.import_source_id, {one.record_id: one.former})


def _imports_here(library: Library, backup: Library, change: Change, wanted: Iterable[int]) -> dict[int, int]:
    """Return the library's import for each one of the backup: the same file in the same format, else it comes along.

    One whose file is gone does not come: what it filled counts as typed by the person.
    """
    here = library.all(ImportSource)
    known, taken = {(one.sha256, one.format): one.id for one in here}, {one.id for one in here}
    found: dict[int, int] = {}
    for one in backup.all(ImportSource, wanted):
        same = known.get((one.sha256, one.format))
        if same is None and is_stored(library, one):
            same = change.insert(replace(one, id=0) if one.id in taken else one).id
        if same is not None:
            found[one.id] = same
    return found


def _requiring_again(library: Library, backup: Library, missing: Collection[int]) -> list[Program]:
    """Return the library's programs that required one of these before it was removed, requiring it again."""
    condition = (
        "id IN (SELECT program_id FROM program_requirement WHERE required_id IN (SELECT value FROM json_each(?)))"
    )
    before = {one.id: one for one in backup.where(Program, condition, (json.dumps(sorted(missing)),))}
    found: list[Program] = []
    for one in library.all(Program, before):
        again = (required for required in before[one.id].required_ids if required in missing)
        required_ids = tuple(dict.fromkeys((*one.required_ids, *again)))
        if required_ids != one.required_ids:
            found.append(replace(one, required_ids=required_ids))
    return found
