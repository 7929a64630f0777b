"""How far a path is: its steps' states, hours done and left, and the day it will be done at the present pace."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from learnpath.domain.records import Credential, Path, PathStep, Program
from learnpath.domain.status import IN_PROGRESS, OVER, VALID, Status, status_of

# A step that nobody has estimated counts as ten hours, about what a fundamentals exam takes.
UNKNOWN_STEP_MINUTES = 600
_WEEKS_AHEAD_LIMIT = 5200


class StepState(StrEnum):
    """Where a step of a path stands."""

    DONE = "done"
    RENEW = "renew"
    IN_PROGRESS = "in_progress"
    PLANNED = "planned"
    OPEN = "open"


class Verdict(StrEnum):
    """Whether the goal will be met at the present pace."""

    DONE = "done"
    ON_TRACK = "on_track"
    LATE = "late"
    NO_GOAL = "no_goal"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepProgress:
    """One step with its state and effort in minutes (`minutes_done` of `minutes`)."""

    step: PathStep
    title: str
    state: StepState
    status: Status | None
    credential: Credential | None
    program: Program | None
    minutes: int
    minutes_done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PathProgress:
    """A path in figures. A step is done while its credential is valid; `percent` is by hours.

    `days_early` is negative when the forecast is after the goal.
    """

    path: Path
    steps: tuple[StepProgress, ...]
    steps_done: int
    percent: int
    minutes_left: int
    next_step: StepProgress | None
    forecast: date | None
    verdict: Verdict
    days_early: int | None


def path_progress(
    path: Path,
    steps: Sequence[PathStep],
    *,
    credentials: Mapping[int, Credential],
    programs: Mapping[int, Program],
    logged_minutes: Mapping[int, int],
    week_minutes: int,
    today: date,
) -> PathProgress:
    """Return the figures of a path.

    A step's credential is the one it names, else the person's newest record of its program. `logged_minutes` is study
    time by credential id, `week_minutes` the pace for the forecast (0: no forecast).
    """
    newest = {one.program_id: one for _, one in sorted(credentials.items()) if one.program_id is not None}
    shown = tuple(
        _step(step, credentials, programs, newest, logged_minutes, today)
        for step in sorted(steps, key=lambda step: (step.position, step.id))
    )
    done = [step for step in shown if step.status in VALID]
    total = sum(step.minutes for step in shown)
    left = total - sum(step.minutes_done for step in shown)
    forecast = _forecast(left, week_minutes, today)
    goal = path.goal_on.last_day if path.goal_on is not None else None
    days_early = (goal - forecast).days if goal is not None and forecast is not None else None
    return PathProgress(
        path=path,
        steps=shown,
        steps_done=len(done),
        percent=_percent(total - left, total),
        minutes_left=left,
        next_step=_next_step(shown),
        forecast=forecast,
        verdict=_verdict(shown, len(done), days_early),
        days_early=days_early,
    )


def _step(
    step: PathStep,
    credentials: Mapping[int, Credential],
    programs: Mapping[int, Program],
    newest: Mapping[int, Credential],
    logged_minutes: Mapping[int, int],
    today: date,
) -> StepProgress:
    credential = credentials.get(step.credential_id or 0) or newest.get(step.program_id or 0)
    program = programs.get(step.program_id or (credential.program_id if credential else None) or 0)
    status = status_of(credential, today) if credential is not None else None
    state = _state(status)
    minutes = _minutes(step, credential, program)
    if status in VALID:
        minutes_done = minutes
    else:
        minutes_done = min(minutes, logged_minutes.get(credential.id, 0) if credential is not None else 0)
    title = step.title or (credential.title if credential else "") or (program.name if program else "")
    return StepProgress(
        step=step,
        title=title,
        state=state,
        status=status,
        credential=credential,
        program=program,
        minutes=minutes,
        minutes_done=minutes_done,
    )


def _state(status: Status | None) -> StepState:
    if status is None or status is Status.LET_GO:
        return StepState.OPEN
    if status in {Status.EXPIRING, *OVER}:
        return StepState.RENEW
    if status in VALID:
        return StepState.DONE
    return StepState.IN_PROGRESS if status in IN_PROGRESS else StepState.PLANNED


def _minutes(step: PathStep, credential: Credential | None, program: Program | None) -> int:
    known = (
        step.estimated_minutes,
        credential.estimated_minutes if credential is not None else None,
        program.estimated_minutes if program is not None else None,
    )
    return next((minutes for minutes in known if minutes), UNKNOWN_STEP_MINUTES)


def _next_step(steps: Sequence[StepProgress]) -> StepProgress | None:
    under_way = [step for step in steps if step.state is StepState.IN_PROGRESS]
    # What has expired has to be done again; what is only about to expire is still done.
    ahead = [
        step
        for step in steps
        if step.state in {StepState.PLANNED, StepState.OPEN}
        or (step.state is StepState.RENEW and step.status not in VALID)
    ]
    return next(iter(under_way + ahead), None)


def _forecast(minutes_left: int, week_minutes: int, today: date) -> date | None:
    if minutes_left == 0:
        return today
    if week_minutes <= 0:
        return None
    days = math.ceil(minutes_left / week_minutes * 7)
    return today + timedelta(days=days) if days <= _WEEKS_AHEAD_LIMIT * 7 else None


def _percent(done: int, total: int) -> int:
    # Rounded down: a path is at 100 % only when nothing is left.
    return done * 100 // total if total else 0


def _verdict(steps: Sequence[StepProgress], done: int, days_early: int | None) -> Verdict:
    if steps and done == len(steps):
        return Verdict.DONE
    if days_early is None:
        return Verdict.NO_GOAL
    return Verdict.ON_TRACK if days_early >= 0 else Verdict.LATE
