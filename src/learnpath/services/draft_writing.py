"""From drafts, which have names, to records, which have ids: writing what was planned.

Reading what is there is in `draft_reading`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from learnpath.domain.matching import normalise_title
from learnpath.domain.names import tidy_name
from learnpath.domain.records import Credential, Path, Program, Skill
from learnpath.interchange.checkpoints import Checkpoint, batches
from learnpath.interchange.draft_kinds import DRAFT_KINDS
from learnpath.interchange.drafts import Draft, PathDraft, ProgramDraft, RowsKind, SkillDraft
from learnpath.interchange.groups import Groups
from learnpath.interchange.plan import ImportPlan
from learnpath.interchange.planned_records import stage_of
from learnpath.interchange.row_changes import UNSTATED, attributed_fields, filled_fields
from learnpath.interchange.row_changes import Change as RowChange
from learnpath.services.credentials import with_validity
from learnpath.services.draft_reading import NAMED, RECORD_TYPES, Written, plain_values
from learnpath.services.known_issuers import known_issuers
from learnpath.services.naming import NameBook
from learnpath.services.program_requirements import link_requirements
from learnpath.services.provenance import first_source, forget_sources, note_filled, note_known_as
from learnpath.storage.change import Change
from learnpath.storage.library import Library

# What an import works out where the file does not say it.
_DERIVED = ("stage", "valid_for", "valid_until")


class PlanWriter:
    """Writes plans into a library, one after the other, in one change.

    What it looks up names in is read once and kept, so that a file costs what it holds. `names` tells what else was
    made on the way.
    """

    def __init__(self, library: Library, change: Change, check: Checkpoint) -> None:
        self.names = NameBook(library, change, known_issuers())
        self._library = library
        self._change = change
        self._check = check
        self._programs: _ProgramFinder | None = None

    def write(
        self, plan: ImportPlan, import_source_id: int, advance: Callable[[int], None]
    ) -> tuple[list[int], list[int]]:
        """Write a plan's new and changed records, and which fields they have from the file.

        Returns the ids of the new ones and of those that were changed. `advance` hears of every batch written.
        """
        kind = DRAFT_KINDS[plan.kind]
        library, change = self._library, self._change
        if plan.kind == "credentials" and self._programs is None:
            self._programs = _ProgramFinder(library.in_parts(Program, self._check))
        new: dict[int, int] = {}
        updated: list[int] = []
        for batch in batches(plan.to_insert(), self._check):
            drafts = [draft for _, draft in batch]
            records = [_record(change, draft, self.names, self._programs) for draft in drafts]
            _ = change.insert_many(records)
            if kind.keeps_sources:
                typed_by_row = [plan.rows[index].typed for index, _ in batch]
                _note_sources(change, kind.record, drafts, records, import_source_id, typed_by_row)
            self._remember(records)
            new |= {index: record.id for (index, _), record in zip(batch, records, strict=True)}
            advance(len(batch))
        for batch in batches(plan.to_update(), self._check):
            values = {one: dict(_new_values(changes)) for _, one, changes in batch}
            self._remember(_update(library, change, plan.kind, values, self.names))
            if kind.keeps_sources:
                typed = {one: _typed_changes(plan.rows[index].persons_own, changes) for index, one, changes in batch}
                filled = {one: _others(attributed_fields(changes), typed[one]) for _, one, changes in batch}
                note_filled(library, change, kind.record, import_source_id, filled)
                forget_sources(library, change, kind.record, {one: names for one, names in typed.items() if names})
                known_as = {one: plan.rows[index].known_as for index, one, _ in batch if plan.rows[index].known_as}
                note_known_as(library, change, kind.record, import_source_id, known_as)
            updated.extend(values)
            advance(len(batch))
        for batch in batches(plan.to_confirm(), self._check):
            note_filled(library, change, kind.record, import_source_id, dict(batch))
        link_requirements(library, change, plan, new)
        return list(new.values()), updated

    def _remember(self, records: Sequence[Written]) -> None:
        self.names.add_skills(one for one in records if isinstance(one, Skill))
        if self._programs is not None:
            self._programs.put(one for one in records if isinstance(one, Program))


class _ProgramFinder:
    """Finds the program that a credential is of, by name and issuer, so that each leads to the other."""

    def __init__(self, programs: Iterable[Program]) -> None:
        self._programs = Groups[_Findable]()
        self._keys: dict[int, str] = {}
        self.put(programs)

    def put(self, programs: Iterable[Program]) -> None:
        """Take in programs that are new, or have changed."""
        for program in programs:
            old, key = self._keys.get(program.id, ""), _program_key(program.name, program.issuer_id)
            self._keys[program.id] = key
            self._programs.replace(old, key, _Findable(program.id, program))

    def find(self, name: str, issuer_id: int | None) -> Program | None:
        return next((one.program for one in self._programs.get(_program_key(name, issuer_id))), None)


@dataclass(frozen=True, slots=True)
class _Findable:
    place: int
    program: Program


def _program_key(name: str, issuer_id: int | None) -> str:
    return f"{issuer_id}\0{normalise_title(name)}"


def _record(change: Change, draft: Draft, names: NameBook, programs: _ProgramFinder | None) -> Written:
    names_of_values, values_of = plain_values(type(draft))
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
) -> list[Written]:
    updated: list[Written] = []
    for record in library.all(RECORD_TYPES[kind], values_by_id):
        values = values_by_id[record.id]
        plain = {name: value for name, value in values.items() if name not in NAMED}
        if "issuer_name" in values:
            plain["issuer_id"] = names.issuer_id(values["issuer_name"])
        if "skill_names" in values:
            plain["skill_ids"] = names.skill_ids(values["skill_names"])
        if "tag_names" in values:
            plain["tag_ids"] = names.tag_ids(values["tag_names"])
        updated.append(replace(record, **plain))
    change.update_many(updated)
    return updated


def _new_values(changes: Sequence[tuple[str, Any, Any]]) -> Iterator[tuple[str, Any]]:
    return ((name, new) for name, _, new in changes)
