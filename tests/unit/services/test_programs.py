from dataclasses import replace

import pytest
from tests.library_fixtures import TODAY, add, planned

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import Credential, Path, PathStep, Program, Stage
from learnpath.domain.status import Status
from learnpath.errors import UsageError
from learnpath.services import paths
from learnpath.services.programs import (
    ProgramForm,
    RelatedProgram,
    delete_programs,
    find_program_mistakes,
    program_details,
    read_program_form,
    save_program,
    take_programs,
)
from learnpath.storage.library import Library


def _program(library: Library, name: str = "P", **values: object) -> Program:
    program = Program(name=name, **values)  # pyright: ignore[reportArgumentType]
    return save_program(library, ProgramForm(program=program, issuer_name="Guild", skill_names=("IAM",))).value


def _label(library: Library) -> str:
    return library.history()[0].label


def test_a_program_is_stored_edited_and_read_back(library: Library) -> None:
    program = _program(library, " Guild  exam ")
    assert _label(library) == "Add Guild exam"
    form = read_program_form(library, program.id, TODAY)
    assert form == ProgramForm(program=program, issuer_name="Guild", skill_names=("IAM",))
    assert save_program(library, form).change is None
    edited = save_program(library, replace(form, program=replace(program, level="high"), issuer_name="")).value
    assert (edited.level, edited.issuer_id) == ("high", None)
    assert library.all(Program) == [edited]
    assert _label(library) == "Edit Guild exam"
    assert read_program_form(library, program.id, TODAY).issuer_name == ""


@pytest.mark.parametrize(
    ("program", "mistakes"),
    [
        (Program(name="P", valid_for="P3Y", url="https://example.org"), set()),
        (Program(name=" "), {"name"}),
        (Program(name="P", valid_for="3 years"), {"valid_for"}),
        (Program(name="P", url="ftp://example.org"), {"url"}),
        (Program(name="P", url="https:"), {"url"}),
        (Program(name="P", url="http://[::1"), {"url"}),
    ],
)
def test_mistakes_are_found_and_nothing_is_stored(library: Library, program: Program, mistakes: set[str]) -> None:
    form = ProgramForm(program=program)
    assert set(find_program_mistakes(form)) == mistakes
    if mistakes:
        with pytest.raises(UsageError):
            _ = save_program(library, form)
        assert library.history() == []


def test_taking_a_program_copies_what_the_award_remembers(library: Library) -> None:
    program = _program(library, human_code="P-1", valid_for="P1Y", estimated_minutes=60, level="low")
    (one,) = take_programs(library, [program.id], Stage.PLANNED).value
    assert (one.title, one.program_id, one.human_code, one.valid_for, one.estimated_minutes, one.level, one.stage) == (
        "P",
        program.id,
        "P-1",
        "P1Y",
        60,
        "low",
        Stage.PLANNED,
    )
    assert (one.issuer_id, one.skill_ids, one.valid_until) == (program.issuer_id, program.skill_ids, None)
    assert _label(library) == "Plan P"


def test_taking_it_again_moves_the_open_record_on(library: Library) -> None:
    program = _program(library, valid_for="P1Y")
    (first,) = take_programs(library, [program.id], Stage.PLANNED).value
    (second,) = take_programs(library, [program.id], Stage.ENROLLED).value
    assert _label(library) == "Start P"
    (third,) = take_programs(library, [program.id], Stage.EARNED, on=PartialDate("2026-11")).value
    assert _label(library) == "Add as earned: P"
    assert first.id == second.id == third.id
    assert third.valid_until == PartialDate("2027-11")
    (fourth,) = take_programs(library, [program.id], Stage.WISHED).value
    assert fourth.id != first.id
    assert _label(library) == "Add P"
    details = program_details(library, program.id, TODAY)
    assert (details.credential, details.status) == (fourth, Status.WISHED)


def test_a_record_that_is_further_is_not_taken_back(library: Library) -> None:
    program = _program(library)
    booked = add(library, planned("P", program_id=program.id, stage=Stage.BOOKED, exam_on=PartialDate("2027-01-15")))
    for stage in (Stage.PLANNED, Stage.ENROLLED):
        outcome = take_programs(library, [program.id], stage)
        assert outcome.value == [booked]
        assert outcome.change is None


def test_what_was_let_go_can_be_taken_up_again(library: Library) -> None:
    program = _program(library, valid_for="P2Y")
    _ = add(library, planned("P", program_id=program.id, stage=Stage.LET_GO, let_go_reason="no time"))
    (again,) = take_programs(library, [program.id], Stage.PLANNED).value
    assert (again.stage, again.let_go_reason) == (Stage.PLANNED, "")
    (done,) = take_programs(library, [program.id], Stage.EARNED, on=PartialDate("2026-11-20")).value
    assert done.valid_until == PartialDate("2028-11-20")
    assert len(library.all(Credential)) == 1


def test_earning_needs_a_date(library: Library) -> None:
    with pytest.raises(UsageError, match="when you earned it"):
        _ = take_programs(library, [_program(library).id], Stage.EARNED)


def test_several_programs_are_one_change(library: Library) -> None:
    ids = [_program(library, name).id for name in ("A", "B", "C")]
    assert len(take_programs(library, ids, Stage.PLANNED).value) == 3
    assert _label(library) == "Plan 3 programs"
    assert delete_programs(library, ids).value == 3
    assert _label(library) == "Delete 3 programs"
    assert [one.program_id for one in library.all(Credential)] == [None, None, None]


def test_a_step_keeps_the_name_of_a_program_that_is_deleted(library: Library) -> None:
    first, second, third = (_program(library, name) for name in ("A", "B", "C"))
    path = paths.save_path(library, Path(title="Way")).value
    steps = paths.add_steps(library, path.id, program_ids=[first.id, second.id, third.id]).value
    own = add(library, planned("Mine"))
    with library.change("Name two steps") as change:
        change.update_many([replace(steps[1], credential_id=own.id), replace(steps[2], title="Third")])

    _ = delete_programs(library, [first.id, second.id, third.id])

    assert [(step.title, step.program_id) for step in library.all(PathStep)] == [
        ("A", None),
        ("", None),
        ("Third", None),
    ]
    assert [step.title for step in paths.path_details(library, path.id, TODAY).steps] == ["A", "Mine", "Third"]


def test_a_program_requires_others_by_name_first_of_its_own_issuer(library: Library) -> None:
    _ = save_program(library, ProgramForm(program=Program(name="Knots"), issuer_name="Port School"))
    guild = save_program(library, ProgramForm(program=Program(name="Knots"), issuer_name="Guild")).value
    form = ProgramForm(program=Program(name="Rigger"), issuer_name="Guild", required_names=("knots",))
    rigger = save_program(library, form).value
    assert rigger.required_ids == (guild.id,)
    _ = take_programs(library, [guild.id], Stage.PLANNED)
    details = program_details(library, rigger.id, TODAY)
    assert details.required == (RelatedProgram(guild.id, "Knots", Status.PLANNED),)
    assert program_details(library, guild.id, TODAY).leads_to == (RelatedProgram(rigger.id, "Rigger", None),)
    again = read_program_form(library, rigger.id, TODAY)
    assert again.required_names == ("Knots",)
    assert save_program(library, again).change is None
    with pytest.raises(UsageError, match="no other program “Rigger”"):
        _ = save_program(library, replace(again, required_names=("Rigger",)))


def test_details_say_where_a_program_is_part_of(library: Library) -> None:
    program = _program(library)
    path = paths.save_path(library, Path(title="Way")).value
    _ = paths.add_steps(library, path.id, program_ids=[program.id])
    details = program_details(library, program.id, TODAY)
    assert [(one.title, one.number, one.steps) for one in details.paths] == [("Way", 1, 1)]
    assert (details.credential, details.status) == (None, None)
    assert delete_programs(library, [program.id]).value == 1
    assert _label(library) == "Delete P"
    with pytest.raises(UsageError):
        _ = program_details(library, program.id, TODAY)
