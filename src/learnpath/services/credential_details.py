"""One credential with everything that belongs to it, for the inspector and the command `show`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from learnpath.domain.deadlines import Deadline, find_deadlines
from learnpath.domain.records import (
    CostLine,
    Credential,
    EvidenceFile,
    Issuer,
    PathStep,
    Program,
    Skill,
    StudySession,
    Tag,
)
from learnpath.domain.records import Path as LearningPath
from learnpath.domain.status import Status, last_renewal_day, renewal_opens_on, status_of
from learnpath.services.provenance import FieldSource, field_sources
from learnpath.storage.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class PathMembership:
    """The path a record is part of: step `number` (from 1) of `steps`."""

    path_id: int
    title: str
    number: int
    steps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialDetails:
    """A credential, its status on a day, and its surroundings. `study_minutes` is the time logged for it.

    `sources` tells by field name which import filled a field; what the person entered is not in it.
    """

    credential: Credential
    status: Status
    issuer: Issuer | None
    program: Program | None
    skills: tuple[Skill, ...]
    tags: tuple[Tag, ...]
    evidence: tuple[EvidenceFile, ...]
    costs: tuple[CostLine, ...]
    study_minutes: int
    paths: tuple[PathMembership, ...]
    deadlines: tuple[Deadline, ...]
    renewal_opens_on: date | None
    last_renewal_day: date | None
    sources: Mapping[str, FieldSource]


def credential_details(library: Library, credential_id: int, today: date) -> CredentialDetails:
    """Return everything about a credential; UsageError when there is none with this id."""
    one = library.get(Credential, credential_id)
    costs = library.where(CostLine, "credential_id = ?", (one.id,))
    sessions = library.where(StudySession, "credential_id = ?", (one.id,))
    skills = {skill.id: skill for skill in library.all(Skill, one.skill_ids)}
    tags = {tag.id: tag for tag in library.all(Tag, one.tag_ids)}
    return CredentialDetails(
        credential=one,
        status=status_of(one, today),
        issuer=library.find(Issuer, one.issuer_id or 0),
        program=library.find(Program, one.program_id or 0),
        skills=tuple(skills[skill_id] for skill_id in one.skill_ids),
        tags=tuple(tags[tag_id] for tag_id in one.tag_ids),
        evidence=tuple(library.where(EvidenceFile, "credential_id = ?", (one.id,))),
        costs=tuple(costs),
        study_minutes=sum(session.minutes for session in sessions),
        paths=path_memberships(library, credential_id=one.id, program_id=one.program_id),
        deadlines=tuple(find_deadlines([one], costs, [], today)),
        renewal_opens_on=renewal_opens_on(one),
        last_renewal_day=last_renewal_day(one),
        sources=field_sources(library, "credential", one.id),
    )


def path_memberships(
    library: Library, *, credential_id: int | None, program_id: int | None
) -> tuple[PathMembership, ...]:
    """Return the paths that have the credential or the program as a step."""
    own = library.where(PathStep, "credential_id = ? OR program_id = ?", (credential_id, program_id))
    paths = {path.id: path for path in library.all(LearningPath, {step.path_id for step in own})}
    found: list[PathMembership] = []
    for path in paths.values():
        steps = library.where(PathStep, "path_id = ?", (path.id,))
        ordered = sorted(steps, key=lambda step: (step.position, step.id))
        mine = next(step for step in own if step.path_id == path.id)
        found.append(
            PathMembership(path_id=path.id, title=path.title, number=ordered.index(mine) + 1, steps=len(steps))
        )
    return tuple(found)
