"""The sample library: a whole, consistent library of an invented person, for the demo and for trying out.

Belongs here: turning `resources/samples/*.toml` into records around a given day. Nothing is stored, no clock
is read. What issuers decide (prices, retirements) keeps its dates; what happened to the person moves.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from learnpath.domain.contents import LibraryContents
from learnpath.domain.records import (
    AchievementType,
    Issuer,
    LifecycleStatus,
    Path,
    PathStep,
    Portfolio,
    Profile,
    Program,
    Skill,
    Tag,
)
from learnpath.resources import resource_path
from learnpath.services.sample_person import PersonReader
from learnpath.services.sample_rows import SampleRow
from learnpath.services.sample_study import study_sessions

_FILES = ("samples/sample_programs.toml", "samples/sample_library.toml")


@dataclass(frozen=True, slots=True)
class SampleLibrary:
    """A complete library: its records, and its evidence files by their SHA-256 in hexadecimal."""

    contents: LibraryContents
    files: dict[str, bytes]


def build_sample(today: date, make_id: Callable[[], int]) -> SampleLibrary:
    """Return the sample library as it looks on `today`, with ids from `make_id`, which must grow."""
    tables: dict[str, object] = {}
    for name in _FILES:
        tables |= tomllib.loads(resource_path(name).read_text(encoding="utf-8"))
    return sample_from_tables(tables, today, make_id)


def sample_from_tables(tables: Mapping[str, object], today: date, make_id: Callable[[], int]) -> SampleLibrary:
    """Return the library that the merged TOML tables describe.

    Raises SampleError, with the table, for an unknown name or field and for a value that does not fit.
    """
    top = SampleRow(tables, "sample")
    anchor = top.day("anchor")
    if anchor is None or anchor.precision != "day":
        raise top.fail("anchor is not a day")
    catalogue = _CatalogueReader(top, make_id)
    profile = _profile(top.row("profile"))
    person = PersonReader(top, catalogue.programs, catalogue.tags, make_id, today, anchor.first_day)
    credentials = person.credentials(catalogue.skill_id)
    evidence, files = person.evidence(profile.name, catalogue.issuer_names)
    credential_ids = {key: credential.id for key, credential in credentials.items()}
    paths, steps = _paths(top, person, catalogue.programs, credential_ids, make_id)
    contents = LibraryContents(
        profile=profile,
        issuers=tuple(catalogue.issuers.values()),
        skills=tuple(catalogue.skills.values()),
        tags=tuple(catalogue.tags.values()),
        programs=tuple(catalogue.programs.values()),
        credentials=tuple(credentials.values()),
        evidence=evidence,
        costs=person.costs(),
        sessions=study_sessions(top.row("study"), today, credential_ids, make_id),
        paths=paths,
        steps=steps,
        portfolios=_portfolios(top, credential_ids, make_id),
    )
    top.close()
    return SampleLibrary(contents, files)


class _CatalogueReader:
    """Issuers, skills, tags and programs, each by its key in the file."""

    def __init__(self, top: SampleRow, make_id: Callable[[], int]) -> None:
        self._make_id = make_id
        self.tags = {name: Tag(id=make_id(), name=name) for name in top.texts("tags") or ()}
        self.issuers = {name: self._issuer(name, row) for name, row in top.keyed_rows("issuers").items()}
        self.skills: dict[str, Skill] = {}
        self.programs = {key: self._program(row) for key, row in top.keyed_rows("programs").items()}

    @property
    def issuer_names(self) -> dict[int | None, str]:
        """Return each issuer's name by its id."""
        return {issuer.id: issuer.name for issuer in self.issuers.values()}

    def skill_id(self, name: str) -> int:
        """Return the id of a skill, which is new when nobody named it before."""
        if name not in self.skills:
            self.skills[name] = Skill(id=self._make_id(), name=name)
        return self.skills[name].id

    def _issuer(self, name: str, row: SampleRow) -> Issuer:
        issuer = Issuer(
            id=self._make_id(),
            name=name,
            aliases=row.texts("aliases") or (),
            url=row.required("url"),
            country_code=row.text("country_code"),
        )
        row.close()
        return issuer

    def _program(self, row: SampleRow) -> Program:
        issuer = row.required("issuer")
        if issuer not in self.issuers:
            raise row.fail(f"unknown issuer {issuer!r}")
        hours = row.number("hours")
        program = Program(
            id=self._make_id(),
            name=row.required("name"),
            issuer_id=self.issuers[issuer].id,
            human_code=row.text("human_code"),
            achievement_type=row.choice("achievement_type", AchievementType.ACHIEVEMENT),
            description=row.required("description"),
            url=row.required("url"),
            level=row.text("level"),
            language="en",
            estimated_minutes=None if hours is None else hours * 60,
            price=row.price("price"),
            valid_for=row.text("valid_for"),
            lifecycle_status=row.choice("lifecycle_status", LifecycleStatus.ACTIVE),
            retires_on=row.day("retires_on"),
            source_url=row.text("source_url"),
            checked_on=row.day("checked_on"),
            skill_ids=tuple(self.skill_id(name) for name in row.texts("skills") or ()),
        )
        row.close()
        return program


def _profile(row: SampleRow) -> Profile:
    goal = row.number("week_goal_minutes")
    if goal is None:
        raise row.fail("week_goal_minutes is missing")
    profile = Profile(
        name=row.required("name"),
        headline=row.text("headline"),
        place=row.text("place"),
        email=row.text("email"),
        currency=row.required("currency"),
        week_goal_minutes=goal,
    )
    row.close()
    return profile


def _paths(
    top: SampleRow,
    person: PersonReader,
    programs: Mapping[str, Program],
    credential_ids: Mapping[str, int],
    make_id: Callable[[], int],
) -> tuple[tuple[Path, ...], tuple[PathStep, ...]]:
    program_of = {credential.id: credential.program_id for credential in person.by_key.values()}
    paths: list[Path] = []
    steps: list[PathStep] = []
    for row in top.rows("paths"):
        path = Path(
            id=make_id(),
            title=row.required("title"),
            description=row.text("description"),
            goal_on=person.moved(row, "goal_on"),
        )
        for position, step in enumerate(row.rows("steps")):
            program_key, credential_key = step.text("program"), step.text("credential")
            step.close()
            credential_id = credential_ids.get(credential_key)
            program = programs.get(program_key)
            if not (program_key or credential_key):
                raise row.fail(f"step {position + 1} names no program and no credential")
            if program_key and program is None:
                raise row.fail(f"unknown program {program_key!r}")
            if credential_key and credential_id is None:
                raise row.fail(f"unknown credential {credential_key!r}")
            steps.append(
                PathStep(
                    id=make_id(),
                    path_id=path.id,
                    position=position,
                    program_id=program.id if program else program_of.get(credential_id or 0),
                    credential_id=credential_id,
                )
            )
        row.close()
        paths.append(path)
    return tuple(paths), tuple(steps)


def _portfolios(top: SampleRow, credential_ids: Mapping[str, int], make_id: Callable[[], int]) -> tuple[Portfolio, ...]:
    portfolios: list[Portfolio] = []
    for row in top.rows("portfolios"):
        excluded = row.texts("excluded") or ()
        unknown = [key for key in excluded if key not in credential_ids]
        if unknown:
            raise row.fail(f"unknown credential {unknown[0]!r}")
        portfolios.append(
            Portfolio(
                id=make_id(),
                name=row.required("name"),
                sections=row.texts("sections") or (),
                excluded_ids=tuple(credential_ids[key] for key in excluded),
            )
        )
        row.close()
    return tuple(portfolios)
