"""Finding a record by its id alone, whatever its kind, and names for many records at once."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from learnpath.domain.dates import PartialDate
from learnpath.domain.money import Money
from learnpath.domain.records import Credential, Issuer, Program, Skill
from learnpath.domain.records import Path as LearningPath
from learnpath.errors import UsageError
from learnpath.services.paths import path_details
from learnpath.storage.library import Library


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record's kind and its fields as plain values, ids as text."""

    kind: str
    fields: dict[str, object]


def find_record(library: Library, record_id: int, today: date) -> FoundRecord:
    """Return the credential, program or path with this id; UsageError when there is none."""
    credential = library.find(Credential, record_id)
    if credential is not None:
        return FoundRecord("credential", _plain(credential))
    program = library.find(Program, record_id)
    if program is not None:
        names = [skill.name for skill in library.all(Skill, program.skill_ids)]
        required = {one.id: one.name for one in library.all(Program, program.required_ids)}
        requires = [required[one] for one in program.required_ids]
        issuer = library.get(Issuer, program.issuer_id) if program.issuer_id is not None else None
        named = {"issuer": issuer.name if issuer is not None else "", "requires": requires, "skills": names}
        return FoundRecord("program", {**_plain(program), **named})
    if library.find(LearningPath, record_id) is None:
        raise UsageError(
            f"There is no record with the id {record_id}.", "The commands list, programs and progress show the ids."
        )
    progress = path_details(library, record_id, today)
    steps = [f"{step.title}: {step.state.value.replace('_', ' ')}" for step in progress.steps]
    return FoundRecord("path", {**_plain(progress.path), "percent": progress.percent, "steps": steps})


def skill_names_of_credentials(library: Library, ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the skill names of many credentials, by credential id."""
    names = {skill.id: skill.name for skill in library.all(Skill)}
    return {one.id: [names[skill] for skill in one.skill_ids] for one in library.all(Credential, ids) if one.skill_ids}


def _plain(record: Credential | Program | LearningPath) -> dict[str, object]:
    found: dict[str, object] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name.endswith("_ids"):
            continue
        if field.name == "id" or field.name.endswith("_id"):
            found[field.name] = None if value is None else str(value)
        elif isinstance(value, Money):
            found[field.name] = {"amount": str(value.amount), "currency": value.currency}
        else:
            found[field.name] = str(value) if isinstance(value, PartialDate) else value
    return found
