from datetime import date

import pytest
from tests.library_fixtures import TODAY, day, earned, planned

from learnpath.domain.progress import UNKNOWN_STEP_MINUTES, PathProgress, StepState, Verdict, path_progress
from learnpath.domain.records import Credential, Path, PathStep, Program, Stage

_PATH = Path(id=1, title="Way", goal_on=day("2026-12-31"))


def _progress(
    *credentials: Credential,
    path: Path = _PATH,
    steps: tuple[PathStep, ...] | None = None,
    programs: tuple[Program, ...] = (),
    logged: dict[int, int] | None = None,
    week: int = 300,
) -> PathProgress:
    own = tuple(PathStep(id=one.id, path_id=1, position=at, credential_id=one.id) for at, one in enumerate(credentials))
    return path_progress(
        path,
        own if steps is None else steps,
        credentials={one.id: one for one in credentials},
        programs={one.id: one for one in programs},
        logged_minutes=logged or {},
        week_minutes=week,
        today=TODAY,
    )


@pytest.mark.parametrize(
    ("credential", "state", "done"),
    [
        (earned("A", id=5), StepState.DONE, 1),
        (earned("A", until="2026-12", id=5), StepState.RENEW, 1),
        (earned("A", until="2026-01", id=5), StepState.RENEW, 0),
        (earned("A", until="2026-11-20", grace_days=9, id=5), StepState.RENEW, 0),
        (planned("A", id=5, stage=Stage.ENROLLED), StepState.IN_PROGRESS, 0),
        (planned("A", id=5, stage=Stage.BOOKED), StepState.IN_PROGRESS, 0),
        (planned("A", id=5), StepState.PLANNED, 0),
        (planned("A", id=5, stage=Stage.LET_GO), StepState.OPEN, 0),
    ],
)
def test_the_state_of_a_step_is_that_of_its_credential(credential: Credential, state: StepState, done: int) -> None:
    found = _progress(credential)
    assert (found.steps[0].state, found.steps_done) == (state, done)
    assert found.steps[0].credential is credential


def test_hours_done_and_left_are_weighed_by_effort() -> None:
    found = _progress(
        earned("A", id=5, estimated_minutes=600),
        planned("B", id=6, estimated_minutes=900),
        planned("C", id=7, estimated_minutes=1500),
        logged={5: 50, 6: 300, 7: 9000},
    )
    assert [(step.minutes_done, step.minutes) for step in found.steps] == [(600, 600), (300, 900), (1500, 1500)]
    assert (found.minutes_left, found.percent) == (600, 80)
    assert found.forecast == date(2026, 12, 5)
    assert (found.verdict, found.days_early) == (Verdict.ON_TRACK, 26)


def test_percent_is_rounded_down() -> None:
    found = _progress(planned("A", id=5, estimated_minutes=1000), logged={5: 999})
    assert (found.percent, found.minutes_left) == (99, 1)


def test_a_path_is_late_when_the_forecast_is_after_the_goal() -> None:
    found = _progress(planned("A", id=5, estimated_minutes=301), path=Path(title="W", goal_on=day("2026-11-28")))
    assert (found.forecast, found.days_early, found.verdict) == (date(2026, 11, 29), -1, Verdict.LATE)


@pytest.mark.parametrize("week", [0, -1])
def test_without_a_pace_there_is_no_forecast(week: int) -> None:
    found = _progress(planned("A", id=5), week=week)
    assert (found.forecast, found.verdict, found.days_early) == (None, Verdict.NO_GOAL, None)


def test_a_forecast_beyond_a_century_is_none() -> None:
    assert _progress(planned("A", id=5, estimated_minutes=5200), week=1).forecast is not None
    assert _progress(planned("A", id=5, estimated_minutes=5201), week=1).forecast is None


def test_without_a_goal_there_is_no_verdict() -> None:
    found = _progress(planned("A", id=5), path=Path(title="W"))
    assert (found.verdict, found.days_early) == (Verdict.NO_GOAL, None)
    assert found.forecast is not None


def test_a_path_whose_steps_are_all_valid_is_done_even_after_its_goal() -> None:
    found = _progress(earned("A", id=5), path=Path(title="W", goal_on=day("2020")))
    assert (found.verdict, found.percent, found.forecast, found.next_step) == (Verdict.DONE, 100, TODAY, None)


def test_a_path_without_steps_is_not_done() -> None:
    found = _progress()
    assert (found.percent, found.minutes_left, found.next_step, found.verdict) == (0, 0, None, Verdict.ON_TRACK)


def test_the_next_step_is_the_one_under_way_else_the_first_open() -> None:
    first, second, third = earned("A", id=5), planned("B", id=6), planned("C", id=7, stage=Stage.ENROLLED)
    under_way = _progress(first, second, third).next_step
    assert under_way is not None
    assert under_way.title == "C"
    ahead = _progress(first, second).next_step
    assert ahead is not None
    assert ahead.title == "B"


def test_a_step_of_a_program_takes_the_newest_record_of_it() -> None:
    program = Program(id=9, name="P", estimated_minutes=120)
    old, new = earned("Old", until="2020", id=5, program_id=9), planned("New", id=6, program_id=9, estimated_minutes=60)
    step = PathStep(id=1, path_id=1, position=0, program_id=9)
    found = _progress(new, old, steps=(step,), programs=(program,)).steps[0]
    assert (found.credential, found.program, found.title, found.minutes) == (new, program, "New", 60)
    bare = _progress(steps=(step,), programs=(program,)).steps[0]
    assert (bare.credential, bare.title, bare.minutes, bare.state) == (None, "P", 120, StepState.OPEN)


def test_a_step_says_its_own_title_and_effort_first() -> None:
    steps = (
        PathStep(id=2, path_id=1, position=1, title="Second", estimated_minutes=5),
        PathStep(id=3, path_id=1, position=0, title="First"),
        PathStep(id=1, path_id=1, position=1, credential_id=5, title="Before", estimated_minutes=7),
    )
    found = _progress(planned("A", id=5, estimated_minutes=60), steps=steps)
    assert [(step.title, step.minutes) for step in found.steps] == [
        ("First", UNKNOWN_STEP_MINUTES),
        ("Before", 7),
        ("Second", 5),
    ]
