"""A path's progress in words."""

from dataclasses import replace
from datetime import date

import pytest

from learnpath.domain.progress import PathProgress, StepProgress, StepState, Verdict
from learnpath.domain.records import Path, PathStep
from learnpath.gui.screens.overview.path_wording import forecast_text, hours_left_text, steps_text

STEP = StepProgress(
    step=PathStep(path_id=1, position=0),
    title="CKA",
    state=StepState.OPEN,
    status=None,
    credential=None,
    program=None,
    minutes=600,
    minutes_done=0,
)
PATH = PathProgress(
    path=Path(id=1, title="Cloud"),
    steps=(STEP, STEP),
    steps_done=1,
    percent=50,
    minutes_left=600,
    next_step=STEP,
    forecast=date(2027, 3, 12),
    verdict=Verdict.ON_TRACK,
    days_early=19,
)


@pytest.mark.parametrize(
    ("days_early", "text"),
    [
        (19, "Done by 12 Mar, 19 days early"),
        (1, "Done by 12 Mar, 1 day early"),
        (0, "Done by 12 Mar, on the day"),
        (None, "Done by 12 Mar"),
        (-1, "1 day late at 6 h a week"),
        (-9, "9 days late at 6 h a week"),
    ],
)
def test_the_forecast_says_how_early_or_late(days_early: int | None, text: str) -> None:
    assert forecast_text(replace(PATH, days_early=days_early), 360) == text


def test_the_pace_can_be_left_out() -> None:
    assert forecast_text(replace(PATH, days_early=-9), 0) == "9 days late"


def test_nothing_is_said_where_nothing_is_known() -> None:
    assert forecast_text(replace(PATH, forecast=None), 360) == ""
    assert forecast_text(replace(PATH, steps=()), 360) == ""
    assert forecast_text(replace(PATH, verdict=Verdict.DONE), 360) == "Done"


def test_steps_and_hours() -> None:
    assert steps_text(PATH) == "1 of 2 steps"
    assert steps_text(replace(PATH, steps=())) == "No steps yet"
    assert hours_left_text(PATH) == "10 h left"
    assert hours_left_text(replace(PATH, minutes_left=59)) == "59 min left"
    assert hours_left_text(replace(PATH, minutes_left=635)) == "11 h left"
