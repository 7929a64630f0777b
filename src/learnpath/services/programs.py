"""The catalogue: what could be earned, and taking something from it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from learnpath.domain.changes import Outcome
from learnpath.domain.dates import PartialDate
from learnpath.domain.names import fold_name
from learnpath.domain.records import Credential, Issuer, Program, Skill, Stage, Tag
from learnpath.domain.status import Status, status_of
from learnpath.domain.wording import count_text
from learnpath.errors import UsageError
from learnpath.services.credential_details import PathMembership, path_memberships
from learnpath.services.credentials import is_term, is_web_address, with_validity
from learnpath.services.naming import NameBook
from learnpath.services.paths import name_steps
from learnpath.services.provenance import forget_changed
from learnpath.storage.library import Library

# How far each stage is; what was let go can be taken up again at any of them.
_ORDER = (Stage.LET_GO, Stage.WISHED, Stage.PLANNED, Stage.ENROLLED, Stage.BOOKED, Stage.EARNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramForm:
    """A program as a form shows it: the record, and names where the record has ids."""

    program: Program
    issuer_name: str = ""
    required_names: tuple[str, ...] = ()
    skill_names: tuple[str, ...] = ()
    tag_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RelatedProgram:
    """A program that another one requires or is required by; `status` is that of the person's newest record of it."""

    id: int
    name: str
    status: Status | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramDetails:
    """A program with everything that belongs to it; `credential` is the person's newest record of it.

    `required` are the programs to be earned before, `leads_to` those that require this one.
    """

    program: Program
    issuer: Issuer | None
    skills: tuple[Skill, ...]
    tags: tuple[Tag, ...]
    credential: Credential | None
    status: Status | None
    required: tuple[RelatedProgram, ...]
    leads_to: tuple[RelatedProgram, ...]
    paths: tuple[PathMembership, ...]


def program_details(library: Library, program_id: int, today: date) -> ProgramDetails:
    """Return everything about a program; UsageError when there is none with this id."""
    program = library.get(Program, program_id)
    skills = {skill.id: skill for skill in library.all(Skill, program.skill_ids)}
    tags = {tag.id: tag for tag in library.all(Tag, program.tag_ids)}
    mine = library.where(Credential, "program_id = ?", (program_id,))
    return ProgramDetails(
        program=program,
        issuer=library.find(Issuer, program.issuer_id or 0),
        skills=tuple(skills[one] for one in program.skill_ids),
        tags=tuple(tags[one] for one in program.tag_ids),
        credential=mine[-1] if mine else None,
        status=status_of(mine[-1], today) if mine else None,
        required=_related(library, program.required_ids, today),
        leads_to=_related(library, [one.id for one in _requiring(library, program_id)], today),
        paths=path_memberships(library, credential_id=None, program_id=program_id),
    )


def _requiring(library: Library, program_id: int) -> list[Program]:
    condition = "id IN (SELECT program_id FROM program_requirement WHERE required_id = ?)"
    return sorted(library.where(Program, condition, (program_id,)), key=lambda one: one.name.casefold())


def _related(library: Library, ids: Sequence[int], today: date) -> tuple[RelatedProgram, ...]:
    """Return programs in the order of their ids as given."""
    names = {one.id: one.name for one in library.all(Program, ids)}
    mine = library.where(Credential, "program_id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),))
    statuses = {one.program_id: status_of(one, today) for one in mine}
    return tuple(RelatedProgram(one, names[one], statuses.get(one)) for one in ids)


def read_program_form(library: Library, program_id: int, today: date) -> ProgramForm:
    """Return a stored program for editing; UsageError when there is none with this id."""
    details = program_details(library, program_id, today)
    return ProgramForm(
        program=details.program,
        issuer_name=details.issuer.name if details.issuer else "",
        required_names=tuple(one.name for one in details.required),
        skill_names=tuple(skill.name for skill in details.skills),
        tag_names=tuple(tag.name for tag in details.tags),
    )


def find_program_mistakes(form: ProgramForm) -> dict[str, str]:
    """Return what is wrong with a form, as one sentence by field name; empty when it can be saved."""
    found: dict[str, str] = {}
    if not form.program.name.strip():
        found["name"] = "Enter a name."
    if form.program.valid_for and not is_term(form.program.valid_for):
        found["valid_for"] = "Enter a term such as P3Y (three years)."
    if form.program.url and not is_web_address(form.program.url):
        found["url"] = "Enter a web address that begins with https://."
    return found


def save_program(library: Library, form: ProgramForm) -> Outcome[Program]:
    """Store a new program (id 0) or replace one.

    UsageError with the first mistake when the form has any, or when it requires what is not in the catalogue.
    """
    if mistakes := find_program_mistakes(form):
        raise UsageError(next(iter(mistakes.values())))
    name = " ".join(form.program.name.split())
    with library.change(f"{'Edit' if form.program.id else 'Add'} {name}") as change:
        names = NameBook(library, change)
        issuer_id = names.issuer_id(form.issuer_name)
        program = replace(
            form.program,
            name=name,
            issuer_id=issuer_id,
            required_ids=_required_ids(library, form, issuer_id),
            skill_ids=names.skill_ids(form.skill_names),
            tag_ids=names.tag_ids(form.tag_names),
        )
        if program.id:
            before = library.all(Program, [program.id])
            change.update(program)
            forget_changed(library, change, before, [program])
        else:
            program = change.insert(program)
    return Outcome(program, change.change_set)


def _required_ids(library: Library, form: ProgramForm, issuer_id: int | None) -> tuple[int, ...]:
    """Return the programs of these names: those that were required before, else of the same issuer, else any."""
    before: dict[str, list[int]] = {}
    for one in library.all(Program, form.program.required_ids):
        before.setdefault(fold_name(one.name), []).append(one.id)
    found: list[int] = []
    for name in form.required_names:
        if known := before.get(fold_name(name)):
            found += known
            continue
        called = library.where(Program, "name = ? COLLATE NOCASE AND id <> ?", (name, form.program.id))
        if not called:
            raise UsageError(f"There is no other program “{name}” here.", "Add it first, or leave it out.")
        found.append(min(called, key=lambda one: (one.issuer_id != issuer_id, one.id)).id)
    return tuple(dict.fromkeys(found))


def delete_programs(library: Library, ids: Sequence[int]) -> Outcome[int]:
    """Remove programs from the catalogue; the person's own credentials of them stay."""
    names = {program.id: program.name for program in library.all(Program, ids)}
    what = next(iter(names.values())) if len(names) == 1 else count_text(len(names), "program")
    with library.change(f"Delete {what}") as change:
        name_steps(library, change, names)
        change.delete(Program, ids)
    return Outcome(len(names), change.change_set)


def take_programs(
    library: Library, ids: Sequence[int], stage: Stage, *, on: PartialDate | None = None
) -> Outcome[list[Credential]]:
    """Make a credential of each program in a stage: planned, enrolled, or earned on a day (`on`).

    A program the person already has an unfinished record of moves that record on instead of making a second one; a
    record that is further already stays as it is.
    """
    if stage is Stage.EARNED and on is None:
        raise UsageError("Enter when you earned it. A year is enough.")
    programs = library.all(Program, ids)
    open_records = {
        one.program_id: one
        for program in programs
        for one in library.where(Credential, "program_id = ? AND stage <> 'earned'", (program.id,))
    }
    verb = {Stage.PLANNED: "Plan", Stage.ENROLLED: "Start", Stage.EARNED: "Add as earned:"}.get(stage, "Add")
    what = programs[0].name if len(programs) == 1 else count_text(len(programs), "program")
    with library.change(f"{verb} {what}") as change:
        taken: list[Credential] = []
        for program in programs:
            before = open_records.get(program.id) or _from_program(program)
            mine = _moved_on(before, program, stage, on)
            if mine.id:
                change.update(mine)
                forget_changed(library, change, [before], [mine])
            else:
                mine = change.insert(mine)
            taken.append(mine)
    return Outcome(taken, change.change_set)


def _moved_on(mine: Credential, program: Program, stage: Stage, on: PartialDate | None) -> Credential:
    if _ORDER.index(mine.stage) > _ORDER.index(stage):
        return mine
    if stage is not Stage.EARNED:
        return replace(mine, stage=stage, let_go_reason="")
    valid_for = mine.valid_for or program.valid_for
    return with_validity(replace(mine, stage=stage, awarded_on=on, valid_for=valid_for, let_go_reason=""))


def _from_program(program: Program) -> Credential:
    return Credential(
        title=program.name,
        stage=Stage.WISHED,
        issuer_id=program.issuer_id,
        program_id=program.id,
        human_code=program.human_code,
        achievement_type=program.achievement_type,
        level=program.level,
        valid_for=program.valid_for,
        estimated_minutes=program.estimated_minutes,
        skill_ids=program.skill_ids,
    )
