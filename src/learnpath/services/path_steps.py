"""What the screen of paths needs beside the paths: figures with their pace, taking a step, and what could be a step.

Adding, moving and removing steps is in `services.paths`.
"""

from dataclasses import dataclass, replace
from datetime import date

from learnpath.domain.changes import Outcome
from learnpath.domain.dates import PartialDate
from learnpath.domain.listing import CredentialFilter, ProgramFilter
from learnpath.domain.progress import PathProgress, StepProgress
from learnpath.domain.records import Credential, Issuer, PathStep, Stage
from learnpath.errors import UsageError
from learnpath.services.credentials import mark_earned, set_stage
from learnpath.services.paths import list_paths, path_details
from learnpath.services.programs import take_programs
from learnpath.storage.credential_list import credential_ids, credential_rows
from learnpath.storage.library import Library
from learnpath.storage.program_list import program_ids, program_rows

# A person narrows a longer list by typing, so nobody scrolls through all of it.
MOST_CANDIDATES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PathBoard:
    """All paths, the pace their forecasts use in minutes a week, and issuer names by step id."""

    paths: tuple[PathProgress, ...]
    week_minutes: int
    issuers: dict[int, str]


@dataclass(frozen=True, slots=True)
class StepCandidate:
    """Something that can become a step; `kind` is its table name, `program` or `credential`."""

    kind: str
    id: int
    title: str
    issuer: str
    is_in_path: bool


def read_board(library: Library, today: date) -> PathBoard:
    """Return all paths with what the screen shows of them."""
    paths = list_paths(library, today)
    steps = [step for path in paths for step in path.steps]
    wanted = {issuer_id for step in steps if (issuer_id := _issuer_id(step)) is not None}
    names = {issuer.id: issuer.name for issuer in library.all(Issuer, wanted)}
    return PathBoard(
        paths=tuple(paths),
        week_minutes=library.profile().week_goal_minutes,
        issuers={step.step.id: names.get(_issuer_id(step) or 0, "") for step in steps},
    )


def find_candidates(library: Library, path_id: int, text: str, today: date) -> list[StepCandidate]:
    """Return credentials and then programs that match a text, at most `MOST_CANDIDATES` of each.

    A program the person has a record of is listed once, as the credential.
    """
    steps = library.where(PathStep, "path_id = ?", (path_id,))
    own_ids = credential_ids(library, CredentialFilter(text=text), today)
    own = credential_rows(library, own_ids[:MOST_CANDIDATES], today)
    programs = program_rows(library, program_ids(library, ProgramFilter(text=text))[:MOST_CANDIDATES], today)
    credential_steps = {step.credential_id for step in steps} - {None}
    program_steps = {step.program_id for step in steps} - {None}
    found = [
        StepCandidate(
            "credential", row.id, row.title, row.issuer, row.id in credential_steps or row.program_id in program_steps
        )
        for row in own
    ]
    listed = {row.program_id for row in own}
    found += [
        StepCandidate(
            "program", row.id, row.name, row.issuer, row.id in program_steps or row.credential_id in credential_steps
        )
        for row in programs
        if row.id not in listed
    ]
    return found


def take_step(
    library: Library, step_id: int, stage: Stage, today: date, *, on: PartialDate | None = None
) -> Outcome[list[Credential]]:
    """Plan, start or finish (stage earned, on the day `on`) a step; return the credential it now stands for.

    The step's own record moves on; without one it is made from the program, or from the step's title.
    """
    step = library.get(PathStep, step_id)
    shown = path_details(library, step.path_id, today).steps
    credential = next(one.credential for one in shown if one.step.id == step_id)
    if stage is Stage.EARNED and on is None:
        raise UsageError("Enter when you earned it. A year is enough.")
    if credential is not None:
        if stage is Stage.EARNED and on is not None:
            return mark_earned(library, [credential.id], on)
        return set_stage(library, [credential.id], stage)
    if step.program_id is not None:
        return take_programs(library, [step.program_id], stage, on=on)
    return _take_title(library, step, stage, on)


def _take_title(library: Library, step: PathStep, stage: Stage, on: PartialDate | None) -> Outcome[list[Credential]]:
    new = Credential(title=step.title, stage=stage, awarded_on=on, estimated_minutes=step.estimated_minutes)
    with library.change(f"Add {step.title}") as change:
        stored = change.insert(new)
        change.update(replace(step, credential_id=stored.id))
    return Outcome([stored], change.change_set)


def _issuer_id(step: StepProgress) -> int | None:
    if step.credential is not None and step.credential.issuer_id is not None:
        return step.credential.issuer_id
    return step.program.issuer_id if step.program is not None else None
