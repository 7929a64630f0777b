"""Figures with their pace, taking a step whatever it stands for, and what could become a step."""

import pytest
from tests.library_fixtures import TODAY, add, day, earned, planned

from learnpath.domain.dates import PartialDate
from learnpath.domain.progress import StepState
from learnpath.domain.records import Credential, Path, PathStep, Profile, Program, Stage
from learnpath.errors import UsageError
from learnpath.services.path_steps import find_candidates, read_board, take_step
from learnpath.services.paths import add_steps, path_details, save_path
from learnpath.services.profile import save_profile
from learnpath.services.programs import ProgramForm, save_program
from learnpath.storage.library import Library


def add_program(library: Library, name: str, issuer: str = "", **values: object) -> Program:
    program = Program(name=name, **values)  # pyright: ignore[reportArgumentType]
    return save_program(library, ProgramForm(program=program, issuer_name=issuer)).value


def add_path(library: Library, *program_ids: int, credential_ids: tuple[int, ...] = ()) -> Path:
    path = save_path(library, Path(title="Cloud security")).value
    add_steps(library, path.id, program_ids=program_ids, credential_ids=credential_ids)
    return path


def steps_of(library: Library, path: Path) -> list[int]:
    return [step.step.id for step in path_details(library, path.id, TODAY).steps]


def test_the_board_has_the_pace_and_the_issuers_of_steps(library: Library) -> None:
    save_profile(library, Profile(week_goal_minutes=360))
    program = add_program(library, "AZ-900", "Microsoft")
    own = add(library, planned("Security+"), issuer="CompTIA")
    path = add_path(library, program.id, credential_ids=(own.id,))
    board = read_board(library, TODAY)
    assert board.week_minutes == 360
    assert [board.issuers[step] for step in steps_of(library, path)] == ["Microsoft", "CompTIA"]
    assert [one.path.title for one in board.paths] == ["Cloud security"]


@pytest.mark.parametrize(
    ("stage", "state"), [(Stage.PLANNED, StepState.PLANNED), (Stage.ENROLLED, StepState.IN_PROGRESS)]
)
def test_an_open_step_is_taken_from_its_program(library: Library, stage: Stage, state: StepState) -> None:
    program = add_program(library, "AZ-900", estimated_minutes=900)
    path = add_path(library, program.id)
    taken = take_step(library, steps_of(library, path)[0], stage, TODAY).value
    assert [(one.program_id, one.stage, one.estimated_minutes) for one in taken] == [(program.id, stage, 900)]
    assert path_details(library, path.id, TODAY).steps[0].state is state


def test_a_step_with_a_record_moves_that_record_on(library: Library) -> None:
    own = add(library, planned("Security+", valid_for="P3Y"))
    path = add_path(library, credential_ids=(own.id,))
    step = steps_of(library, path)[0]
    take_step(library, step, Stage.ENROLLED, TODAY)
    assert library.get(Credential, own.id).stage is Stage.ENROLLED
    take_step(library, step, Stage.EARNED, TODAY, on=day("2026-11-20"))
    stored = library.get(Credential, own.id)
    assert (stored.stage, stored.awarded_on, stored.valid_until) == (
        Stage.EARNED,
        PartialDate("2026-11-20"),
        PartialDate("2029-11-20"),
    )
    assert len(library.all(Credential)) == 1


def test_finishing_needs_a_day_and_changes_nothing_without(library: Library) -> None:
    path = add_path(library, add_program(library, "AZ-900").id)
    with pytest.raises(UsageError, match="Enter when you earned it"):
        take_step(library, steps_of(library, path)[0], Stage.EARNED, TODAY)
    assert library.all(Credential) == []


def test_a_step_with_a_title_alone_gets_a_record_of_its_own(library: Library) -> None:
    path = save_path(library, Path(title="Cloud")).value
    with library.change("Add a step") as change:
        step = change.insert(PathStep(path_id=path.id, position=0, title="Read the book", estimated_minutes=120))
    taken = take_step(library, step.id, Stage.ENROLLED, TODAY).value[0]
    assert (taken.title, taken.stage, taken.estimated_minutes) == ("Read the book", Stage.ENROLLED, 120)
    assert library.get(PathStep, step.id).credential_id == taken.id


def test_candidates_are_credentials_then_programs_each_thing_once(library: Library) -> None:
    taken = add_program(library, "Azure administrator", "Microsoft")
    free = add_program(library, "Azure network engineer", "Microsoft")
    own = add(library, earned("Azure administrator", program_id=taken.id), issuer="Microsoft")
    add(library, planned("Security+"))
    path = add_path(library, free.id)
    found = find_candidates(library, path.id, "azure", TODAY)
    assert [(one.kind, one.id, one.is_in_path) for one in found] == [
        ("credential", own.id, False),
        ("program", free.id, True),
    ]
    assert found[0].issuer == "Microsoft"
    assert len(find_candidates(library, path.id, "", TODAY)) == 3
    assert find_candidates(library, path.id, "nothing such", TODAY) == []


def test_a_record_of_a_program_in_the_path_counts_as_in_it(library: Library) -> None:
    program = add_program(library, "AZ-900")
    add(library, earned("AZ-900", program_id=program.id))
    path = add_path(library, program.id)
    assert [one.is_in_path for one in find_candidates(library, path.id, "az", TODAY)] == [True]
