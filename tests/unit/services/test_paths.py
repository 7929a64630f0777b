import pytest
from tests.library_fixtures import TODAY, add, day, earned, planned

from learnpath.domain.progress import Verdict
from learnpath.domain.records import Path, PathStep, Program
from learnpath.errors import UsageError
from learnpath.services import paths
from learnpath.services.programs import ProgramForm, save_program
from learnpath.services.study import log_study
from learnpath.storage.library import Library


def _path(library: Library, title: str = "Way", **values: object) -> Path:
    return paths.save_path(library, Path(title=title, **values)).value  # pyright: ignore[reportArgumentType]


def _titles(library: Library, path_id: int) -> list[str]:
    return [step.title for step in paths.path_details(library, path_id, TODAY).steps]


def test_a_path_is_stored_edited_and_deleted_with_its_steps(library: Library) -> None:
    path = _path(library, "  Cloud   engineer ")
    _ = paths.add_steps(library, path.id, credential_ids=[add(library, planned("A")).id])
    edited = paths.save_path(library, Path(id=path.id, title="Cloud", is_active=False))
    assert library.all(Path) == [edited.value]
    assert paths.delete_path(library, path.id).value == edited.value
    assert library.all(PathStep) == []
    assert [entry.label for entry in library.history()] == [
        "Delete path Cloud",
        "Edit path Cloud",
        "Add 1 step to Cloud engineer",
        "Add A",
        "Add path Cloud engineer",
    ]


def test_a_path_needs_a_title(library: Library) -> None:
    with pytest.raises(UsageError, match="Enter a title"):
        _ = paths.save_path(library, Path(title=" \n"))
    assert library.history() == []


def test_what_is_gone_is_said(library: Library) -> None:
    for call in (
        lambda: paths.path_details(library, 1, TODAY),
        lambda: paths.delete_path(library, 1),
        lambda: paths.add_steps(library, 1),
        lambda: paths.move_step(library, 1, 1),
        lambda: paths.remove_step(library, 1),
        lambda: paths.save_path(library, Path(id=1, title="Gone")),
    ):
        with pytest.raises(UsageError):
            _ = call()


def test_steps_are_appended_once_each(library: Library) -> None:
    path = _path(library)
    program = save_program(library, ProgramForm(program=Program(name="P"))).value
    one, two = add(library, planned("A")), add(library, planned("B"))
    outcome = paths.add_steps(library, path.id, program_ids=[program.id, program.id], credential_ids=[two.id, two.id])
    assert [step.position for step in outcome.value] == [0, 1]
    assert library.history()[0].label == "Add 2 steps to Way"
    _ = paths.add_steps(library, path.id, program_ids=[program.id], credential_ids=[one.id, two.id])
    assert _titles(library, path.id) == ["P", "B", "A"]
    assert paths.add_steps(library, path.id, credential_ids=[one.id]).change is None


def test_a_step_added_after_others_were_removed_comes_last(library: Library) -> None:
    path = _path(library)
    ids = [add(library, planned(title)).id for title in "ABCDE"]
    steps = paths.add_steps(library, path.id, credential_ids=ids[:4]).value
    for step in steps[:2]:
        assert paths.remove_step(library, step.id).value == step
    _ = paths.add_steps(library, path.id, credential_ids=[ids[4]])
    assert _titles(library, path.id) == ["C", "D", "E"]


@pytest.mark.parametrize(
    ("which", "offset", "order"),
    [(0, 1, "BAC"), (2, -1, "ACB"), (0, 9, "BCA"), (2, -9, "CAB"), (1, 0, "ABC"), (0, -1, "ABC")],
)
def test_steps_are_moved_within_their_path(library: Library, which: int, offset: int, order: str) -> None:
    path = _path(library)
    ids = [add(library, planned(title)).id for title in "ABC"]
    steps = paths.add_steps(library, path.id, credential_ids=ids).value
    outcome = paths.move_step(library, steps[which].id, offset)
    assert _titles(library, path.id) == list(order)
    assert [step.position for step in outcome.value] == [0, 1, 2]
    assert (outcome.change is None) == (order == "ABC")


def test_paths_are_listed_active_first_with_their_figures(library: Library) -> None:
    _ = _path(library, "zebra")
    _ = _path(library, "Old", is_active=False)
    path = _path(library, "Cloud", goal_on=day("2027-06-30"))
    done = add(library, earned("A", estimated_minutes=600))
    half = add(library, planned("B", estimated_minutes=1000))
    _ = paths.add_steps(library, path.id, credential_ids=[done.id, half.id])
    _ = log_study(library, 400, TODAY, credential_id=half.id)

    found = paths.list_paths(library, TODAY)

    assert [one.path.title for one in found] == ["Cloud", "zebra", "Old"]
    cloud = found[0]
    assert (cloud.steps_done, cloud.percent, cloud.minutes_left) == (1, 62, 600)
    assert str(cloud.forecast) == "2026-12-05"
    assert cloud.verdict is Verdict.ON_TRACK
