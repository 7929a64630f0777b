"""Between drafts, which have names, and records, which have ids: reading what is there, writing what was planned."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from functools import cache
from itertools import islice
from operator import attrgetter
from typing import Any, TypeVar

from learnpath.domain.matching import normalise_title
from learnpath.domain.names import tidy_name
from learnpath.domain.records import Credential, Issuer, Path, Program, Skill, Tag
from learnpath.interchange.checkpoints import Checkpoint, go_on, watched
from learnpath.interchange.draft_kinds import DRAFT_KINDS
from learnpath.interchange.drafts import Draft, PathDraft, ProgramDraft, RowsKind, SkillDraft
from learnpath.interchange.plan import ExistingRecord, ImportPlan
from learnpath.interchange.planned_records import stage_of
from learnpath.interchange.row_changes import UNSTATED, attributed_fields, filled_fields
from learnpath.interchange.row_changes import Change as RowChange
from learnpath.services.credentials import with_validity
from learnpath.services.known_issuers import issuer_names, known_issuers
from learnpath.services.naming import NameBook
from learnpath.services.program_requirements import link_requirements
from learnpath.services.provenance import fillings, first_source, forget_sources, note_filled
from learnpath.storage.change import Change
from learnpath.storage.library import Library

T = TypeVar("T")
# Between two batches the person can cancel: small enough to answer at once, large enough to cost nothing.
_BATCH = 1000
# What a record has as ids, or not at all.
_NAMED = {"issuer_name", "skill_names", "tag_names", "program_name", "other_names", "required_names"}
Written = Program | Credential | Skill | Path
_RECORD_TYPES: Mapping[RowsKind, type[Written]] = {
    "programs": Program,
    "credentials": Credential,
    "skills": Skill,
    "paths": Path,
}
# What an import works out where the file does not say it.
_DERIVED = ("stage", "valid_for", "valid_until")


def existing_records(library: Library, kind: RowsKind, check: Checkpoint = go_on) -> list[ExistingRecord]:
    """Return the records of a kind as an import plan compares them."""
    draft_kind = DRAFT_KINDS[kind]
    plain, values_of = _plain_values(draft_kind.draft_type)
    filled_by = fillings(library, draft_kind.record) if draft_kind.keeps_sources else {}
    names = _Names(library) if draft_kind.keeps_sources else None
    found: list[ExistingRecord] = []
    for record in watched(library.all(_RECORD_TYPES[kind]), check):
        values: dict[str, Any] = dict(zip(plain, values_of(record), strict=True))
        if names is not None and isinstance(record, Program | Credential):
            values |= names.of(record)
        found.append(ExistingRecord(record.id, draft_kind.record, values, filled_by.get(record.id, {})))
    return found


def issuer_aliases(library: Library) -> dict[str, str]:
    """Return the other names of issuers, each with the name that its record has or would get."""
    return issuer_names(library.all(Issuer))


def write_plan(
    library: Library, change: Change, plan: ImportPlan, import_source_id: int, advance: Callable[[int], None]
) -> tuple[list[int], int]:
    """Write a plan's new and changed records, and which fields they have from the file.

    Returns the ids of the new ones and how many were changed. `advance` hears of every batch written.
    """
    kind = DRAFT_KINDS[plan.kind]
    names = NameBook(library, change, known_issuers())
    programs = _ProgramFinder(library) if plan.kind == "credentials" else None
    new: dict[int, int] = {}
    updated = 0
    for batch in _batches(plan.to_insert()):
        drafts = [draft for _, draft in batch]
        records = [_record(change, draft, names, programs) for draft in drafts]
        _ = change.insert_many(records)
        if kind.keeps_sources:
            typed_by_row = [plan.rows[index].typed for index, _ in batch]
            _note_sources(change, kind.record, drafts, records, import_source_id, typed_by_row)
        new |= {index: record.id for (index, _), record in zip(batch, records, strict=True)}
        advance(len(batch))
    for batch in _batches(plan.to_update()):
        _update(library, change, plan.kind, {one: dict(_new_values(changes)) for _, one, changes in batch}, names)
        if kind.keeps_sources:
            typed = {one: _typed_changes(plan.rows[index].typed, changes) for index, one, changes in batch}
            filled = {one: _others(attributed_fields(changes), typed[one]) for _, one, changes in batch}
            note_filled(library, change, kind.record, import_source_id, filled)
            forget_sources(library, change, kind.record, {one: names for one, names in typed.items() if names})
        updated += len(batch)
        advance(len(batch))
    for batch in _batches(plan.to_confirm()):
        note_filled(library, change, kind.record, import_source_id, dict(batch))
    link_requirements(library, change, plan, new)
    return list(new.values()), updated


@cache
def _plain_values(draft_type: type[Draft]) -> tuple[tuple[str, ...], Callable[[object], tuple[Any, ...]]]:
    """Return the fields that drafts and records share as they are, and a function that reads them all."""
    names = tuple(field.name for field in fields(draft_type) if field.name not in _NAMED)
    return names, attrgetter(*names)


class _Names:
    """The names behind the ids of programs and credentials."""

    def __init__(self, library: Library) -> None:
        self._issuers = {one.id: one.name for one in library.all(Issuer)}
        self._skills = {one.id: one.name for one in library.all(Skill)}
        self._tags = {one.id: one.name for one in library.all(Tag)}
        self._programs = {one.id: one.name for one in library.all(Program)}

    def of(self, record: Program | Credential) -> dict[str, Any]:
        found: dict[str, Any] = {
            "issuer_name": self._issuers.get(record.issuer_id or 0, ""),
            "skill_names": tuple(self._skills[one] for one in record.skill_ids),
            "tag_names": tuple(self._tags[one] for one in record.tag_ids),
        }
        if isinstance(record, Credential):
            found["program_name"] = self._programs.get(record.program_id or 0, "")
        else:
            found["required_names"] = tuple(self._programs[one] for one in record.required_ids)
        return found


class _ProgramFinder:
    """Finds the program that a credential is of, by name and issuer, so that each leads to the other."""

    def __init__(self, library: Library) -> None:
        self._programs: dict[tuple[str, int | None], Program] = {}
        for program in library.all(Program):
            self._programs.setdefault((normalise_title(program.name), program.issuer_id), program)

    def find(self, name: str, issuer_id: int | None) -> Program | None:
        return self._programs.get((normalise_title(name), issuer_id))


def _record(change: Change, draft: Draft, names: NameBook, programs: _ProgramFinder | None) -> Written:
    names_of_values, values_of = _plain_values(type(draft))
    values: dict[str, Any] = dict(zip(names_of_values, values_of(draft), strict=True))
    for name, default in UNSTATED.items():
        if name in values and values[name] is None:
            values[name] = default
    values["id"] = change.next_id()
    if isinstance(draft, SkillDraft):
        values["name"] = tidy_name(draft.name)
        return Skill(**values)
    if isinstance(draft, PathDraft):
        return Path(**values)
    values["issuer_id"] = names.issuer_id(draft.issuer_name)
    values["skill_ids"] = names.skill_ids(draft.skill_names)
    values["tag_ids"] = names.tag_ids(draft.tag_names)
    if isinstance(draft, ProgramDraft):
        return Program(**values)
    values["stage"] = stage_of(draft)
    credential = Credential(**values)
    program = programs.find(draft.program_name or draft.title, credential.issuer_id) if programs else None
    if program is not None:
        credential = replace(credential, program_id=program.id, valid_for=credential.valid_for or program.valid_for)
    return with_validity(credential)


def _note_sources(
    change: Change,
    kind: str,
    drafts: Sequence[Draft],
    records: Sequence[Written],
    import_source_id: int,
    typed: Sequence[tuple[str, ...]],
) -> None:
    sources = [
        first_source(kind, record.id, import_source_id, _others(_fields_of(draft, record), own))
        for draft, record, own in zip(drafts, records, typed, strict=True)
    ]
    _ = change.insert_many(sources)


def _others(names: tuple[str, ...], typed: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields that are the file's: not those that the person typed in its place."""
    return tuple(name for name in names if name not in typed) if typed else names


def _typed_changes(typed: tuple[str, ...], changes: Sequence[RowChange]) -> tuple[str, ...]:
    return tuple(name for name, _, _ in changes if name in typed) if typed else ()


def _fields_of(draft: Draft, record: Written) -> tuple[str, ...]:
    """Return what the import filled: what the file states, and what follows from it."""
    stated = filled_fields(draft)
    if not isinstance(record, Credential):
        return stated
    derived = [name for name in _DERIVED if name not in stated and getattr(record, name)]
    if record.program_id is not None and "program_name" not in stated:
        derived.append("program_name")
    return (*stated, *derived)


def _update(
    library: Library, change: Change, kind: RowsKind, values_by_id: Mapping[int, dict[str, Any]], names: NameBook
) -> None:
    updated: list[Written] = []
    for record in library.all(_RECORD_TYPES[kind], values_by_id):
        values = values_by_id[record.id]
        plain = {name: value for name, value in values.items() if name not in _NAMED}
        if "issuer_name" in values:
            plain["issuer_id"] = names.issuer_id(values["issuer_name"])
        if "skill_names" in values:
            plain["skill_ids"] = names.skill_ids(values["skill_names"])
        if "tag_names" in values:
            plain["tag_ids"] = names.tag_ids(values["tag_names"])
        updated.append(replace(record, **plain))
    change.update_many(updated)


def _new_values(changes: Sequence[tuple[str, Any, Any]]) -> Iterator[tuple[str, Any]]:
    return ((name, new) for name, _, new in changes)


def _batches(items: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(islice(items, _BATCH)):
        yield batch
