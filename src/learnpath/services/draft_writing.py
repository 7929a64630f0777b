"""Between drafts, which have names, and records, which have ids: reading what is there, writing what was planned."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from functools import cache
from itertools import islice
from operator import attrgetter
from typing import Any, TypeVar

from learnpath.domain.matching import normalise_title
from learnpath.domain.records import Credential, Issuer, Program, Skill, Tag
from learnpath.interchange.checkpoints import Checkpoint, go_on, watched
from learnpath.interchange.drafts import CredentialDraft, Draft, Kind, ProgramDraft
from learnpath.interchange.plan import ExistingRecord, ImportPlan
from learnpath.interchange.planned_records import stage_of
from learnpath.interchange.row_changes import UNSTATED, attributed_fields, filled_fields
from learnpath.interchange.row_changes import Change as RowChange
from learnpath.services.credentials import with_validity
from learnpath.services.known_issuers import issuer_names, known_issuers
from learnpath.services.naming import NameBook
from learnpath.services.provenance import fillings, first_source, forget_sources, note_filled
from learnpath.storage.change import Change
from learnpath.storage.library import Library

T = TypeVar("T")
# Between two batches the person can cancel: small enough to answer at once, large enough to cost nothing.
_BATCH = 1000
_NAMED = {"issuer_name", "skill_names", "tag_names", "program_name"}
# What an import works out where the file does not say it.
_DERIVED = ("stage", "valid_for", "valid_until")


def existing_records(library: Library, kind: Kind, check: Checkpoint = go_on) -> list[ExistingRecord]:
    """Return the programs or credentials of the library as an import plan compares them."""
    issuers = {one.id: one.name for one in library.all(Issuer)}
    skills = {one.id: one.name for one in library.all(Skill)}
    tags = {one.id: one.name for one in library.all(Tag)}
    record_type = Program if kind == "programs" else Credential
    plain, values_of = _plain_values(ProgramDraft if kind == "programs" else CredentialDraft)
    programs = {one.id: one.name for one in library.all(Program)} if record_type is Credential else {}
    found: list[ExistingRecord] = []
    what = "program" if kind == "programs" else "credential"
    filled_by = fillings(library, what)
    for record in watched(library.all(record_type), check):
        values: dict[str, Any] = dict(zip(plain, values_of(record), strict=True))
        values["issuer_name"] = issuers.get(record.issuer_id or 0, "")
        values["skill_names"] = tuple(skills[one] for one in record.skill_ids)
        values["tag_names"] = tuple(tags[one] for one in record.tag_ids)
        if isinstance(record, Credential):
            values["program_name"] = programs.get(record.program_id or 0, "")
        found.append(ExistingRecord(record.id, what, values, filled_by.get(record.id, {})))
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
    kind = "program" if plan.kind == "programs" else "credential"
    names = NameBook(library, change, known_issuers())
    programs = _ProgramFinder(library) if plan.kind == "credentials" else None
    new: list[int] = []
    updated = 0
    for batch in _batches(plan.to_insert()):
        records = [_record(change, draft, names, programs) for _, draft in batch]
        _insert(change, records)
        rows = [plan.rows[index] for index, _ in batch]
        _note_sources(change, [draft for _, draft in batch], records, import_source_id, [row.typed for row in rows])
        new.extend(record.id for record in records)
        advance(len(batch))
    for batch in _batches(plan.to_update()):
        _update(library, change, plan.kind, {one: dict(_new_values(changes)) for _, one, changes in batch}, names)
        typed = {one: _typed_changes(plan.rows[index].typed, changes) for index, one, changes in batch}
        filled = {one: _others(attributed_fields(changes), typed[one]) for _, one, changes in batch}
        note_filled(library, change, kind, import_source_id, filled)
        forget_sources(library, change, kind, {one: names for one, names in typed.items() if names})
        updated += len(batch)
        advance(len(batch))
    for batch in _batches(plan.to_confirm()):
        note_filled(library, change, kind, import_source_id, dict(batch))
    return new, updated


@cache
def _plain_values(draft_type: type[Draft]) -> tuple[tuple[str, ...], Callable[[object], tuple[Any, ...]]]:
    """Return the fields that drafts and records share as they are, and a function that reads them all."""
    names = tuple(field.name for field in fields(draft_type) if field.name not in _NAMED)
    return names, attrgetter(*names)


class _ProgramFinder:
    """Finds the program that a credential is of, by name and issuer, so that each leads to the other."""

    def __init__(self, library: Library) -> None:
        self._programs: dict[tuple[str, int | None], Program] = {}
        for program in library.all(Program):
            self._programs.setdefault((normalise_title(program.name), program.issuer_id), program)

    def find(self, name: str, issuer_id: int | None) -> Program | None:
        return self._programs.get((normalise_title(name), issuer_id))


def _record(change: Change, draft: Draft, names: NameBook, programs: _ProgramFinder | None) -> Program | Credential:
    names_of_values, values_of = _plain_values(type(draft))
    values: dict[str, Any] = dict(zip(names_of_values, values_of(draft), strict=True))
    for name, default in UNSTATED.items():
        if name in values and values[name] is None:
            values[name] = default
    values["id"] = change.next_id()
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


def _insert(change: Change, records: Sequence[Program | Credential]) -> None:
    _ = change.insert_many([record for record in records if isinstance(record, Program)])
    _ = change.insert_many([record for record in records if isinstance(record, Credential)])


def _note_sources(
    change: Change,
    drafts: Sequence[Draft],
    records: Sequence[Program | Credential],
    import_source_id: int,
    typed: Sequence[tuple[str, ...]],
) -> None:
    kind = "program" if isinstance(drafts[0], ProgramDraft) else "credential"
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


def _fields_of(draft: Draft, record: Program | Credential) -> tuple[str, ...]:
    """Return what the import filled: what the file states, and what follows from it."""
    stated = filled_fields(draft)
    if isinstance(record, Program):
        return stated
    derived = [name for name in _DERIVED if name not in stated and getattr(record, name)]
    if record.program_id is not None and "program_name" not in stated:
        derived.append("program_name")
    return (*stated, *derived)


def _update(
    library: Library, change: Change, kind: str, values_by_id: Mapping[int, dict[str, Any]], names: NameBook
) -> None:
    record_type = Program if kind == "programs" else Credential
    updated: list[Program | Credential] = []
    for record in library.all(record_type, values_by_id):
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
