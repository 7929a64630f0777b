"""Everything one library holds, as plain records: what is exported, rebuilt, compared and made as a sample."""

from dataclasses import dataclass, field

from learnpath.domain.records import (
    CostLine,
    Credential,
    EvidenceFile,
    ImportSource,
    Issuer,
    Path,
    PathStep,
    Portfolio,
    Profile,
    Program,
    RecordSource,
    Skill,
    StudySession,
    Tag,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryContents:
    """All records of a library. Two libraries are equal when these are (each tuple ordered by id)."""

    profile: Profile = field(default_factory=Profile)
    issuers: tuple[Issuer, ...] = ()
    skills: tuple[Skill, ...] = ()
    tags: tuple[Tag, ...] = ()
    programs: tuple[Program, ...] = ()
    credentials: tuple[Credential, ...] = ()
    evidence: tuple[EvidenceFile, ...] = ()
    costs: tuple[CostLine, ...] = ()
    sessions: tuple[StudySession, ...] = ()
    paths: tuple[Path, ...] = ()
    steps: tuple[PathStep, ...] = ()
    portfolios: tuple[Portfolio, ...] = ()
    imports: tuple[ImportSource, ...] = ()
    sources: tuple[RecordSource, ...] = ()
