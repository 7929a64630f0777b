"""What the screen of paths says: progress, forecast and the state of a step, as plain text.

Belongs here: wording only. The figures come from `domain.progress`.
"""

from datetime import date

from PySide6.QtCore import QCoreApplication

from learnpath.domain.progress import PathProgress, StepProgress, StepState, Verdict
from learnpath.domain.status import Status
from learnpath.domain.typed_dates import describe_distance
from learnpath.gui.infra.tokens import Token
from learnpath.gui.widgets.chip import ChipKind
from learnpath.gui.widgets.wording import date_text, day_text, distance_text, duration_text

# A day further away than this is told with its year.
_CLEAR_DAYS = 300


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("PathsScreen", text, None, count)


def _days(count: int) -> str:
    return _tr("1 day") if count == 1 else _tr("%n days", count)


def hours_text(minutes: int) -> str:
    """Return a length of time; from ten hours on in whole hours, rounded up."""
    return duration_text(-(-minutes // 60) * 60 if minutes >= 600 else minutes)


def progress_text(progress: PathProgress) -> str:
    """Return such as `6 of 9 steps · 41 h left`."""
    if not progress.steps:
        return _tr("No steps yet")
    whole = _tr("1 step") if len(progress.steps) == 1 else _tr("%n steps", len(progress.steps))
    steps = _tr("{done} of {steps}").format(done=progress.steps_done, steps=whole)
    if not progress.minutes_left:
        return steps
    return _tr("{steps} · {hours} left").format(steps=steps, hours=hours_text(progress.minutes_left))


def forecast_text(progress: PathProgress, today: date) -> str:
    """Return such as `done by 12 Mar, 19 days before your goal`; empty when nothing can be said."""
    if progress.verdict is Verdict.DONE:
        return _tr("all steps done")
    if not progress.steps or progress.forecast is None:
        return ""
    day = _day(progress.forecast, today)
    early = progress.days_early
    if early is None:
        return _tr("done by {day}").format(day=day)
    if early == 0:
        return _tr("done by {day}, on the day of your goal").format(day=day)
    if early > 0:
        return _tr("done by {day}, {days} before your goal").format(day=day, days=_days(early))
    return _tr("done by {day}, {days} after your goal").format(day=day, days=_days(-early))


def forecast_color(progress: PathProgress) -> Token:
    """Return the colour of the forecast: good, to look at, or none."""
    if progress.verdict in {Verdict.DONE, Verdict.ON_TRACK}:
        return "ok"
    return "warn" if progress.verdict is Verdict.LATE else "muted"


def forecast_tip(progress: PathProgress, week_minutes: int) -> str:
    """Return where the forecast comes from."""
    if progress.verdict is Verdict.DONE or not progress.steps:
        return ""
    if week_minutes <= 0:
        return _tr("Set how many hours a week you study in Settings to see when you will be done.")
    left = _tr("{hours} left at {pace} a week, from today.").format(
        hours=duration_text(progress.minutes_left), pace=duration_text(week_minutes)
    )
    goal = progress.path.goal_on
    return left if goal is None else f"{left} {_tr('Your goal is {day}.').format(day=date_text(goal))}"


def percent_tip(progress: PathProgress) -> str:
    """Return where the percentage comes from."""
    total = sum(step.minutes for step in progress.steps)
    done = sum(step.minutes_done for step in progress.steps)
    if not total:
        return ""
    return _tr("{percent}%: {done} of {total} of estimated study, from logged time and finished steps").format(
        percent=progress.percent, done=duration_text(done), total=duration_text(total)
    )


def next_text(progress: PathProgress) -> str:
    """Return the line about the next step, empty when there is none."""
    if progress.next_step is None:
        return ""
    return _tr("Next: {title}").format(title=progress.next_step.title)


_CHIPS: dict[StepState, tuple[str, ChipKind]] = {
    StepState.DONE: ("Done", "ok"),
    StepState.RENEW: ("Renew", "warn"),
    StepState.IN_PROGRESS: ("In progress", "accent"),
    StepState.PLANNED: ("Planned", "plan"),
    StepState.OPEN: ("Open", "neutral"),
}


def step_chip(state: StepState) -> tuple[str, ChipKind]:
    """Return the chip of a step as text and kind."""
    text, kind = _CHIPS[state]
    return _tr(text), kind


def step_text(step: StepProgress, today: date) -> str:
    """Return what is to be known of a step: when it was earned, is examined, ends, or is aimed at."""
    credential = step.credential
    if credential is None:
        return _tr("Not planned yet")
    if step.state is StepState.RENEW:
        return _renewal_text(step, today)
    if step.state is StepState.DONE:
        earned = credential.awarded_on
        return _tr("Earned {day}").format(day=date_text(earned)) if earned else _tr("Earned")
    for value, words in ((credential.exam_on, _tr("Exam {day}")), (credential.target_on, _tr("Target {day}"))):
        if value is not None:
            return _with_distance(words.format(day=date_text(value)), value.last_day, today)
    let_go = step.status is Status.LET_GO
    return _tr("Let go") if let_go else _tr("Under way") if step.state is StepState.IN_PROGRESS else _tr("No date yet")


def effort_text(step: StepProgress) -> str:
    """Return the effort: `6 h of 50 h` while it is under way, else `50 h`, with `about` when nobody estimated it."""
    whole = hours_text(step.minutes)
    if not is_estimated(step):
        whole = _tr("about {hours}").format(hours=whole)
    if step.minutes_done and step.minutes_done < step.minutes:
        return _tr("{done} of {whole}").format(done=hours_text(step.minutes_done), whole=whole)
    return whole


def effort_tip(step: StepProgress) -> str:
    """Return where the effort comes from."""
    if not is_estimated(step):
        return _tr("Nobody has estimated this step, so it counts as {hours}.").format(hours=duration_text(step.minutes))
    return _tr("{done} of {whole} done, from the estimate and the logged study time").format(
        done=duration_text(step.minutes_done), whole=duration_text(step.minutes)
    )


def is_estimated(step: StepProgress) -> bool:
    """Return whether anybody has said how long the step takes."""
    sources = (step.step, step.credential, step.program)
    return any(source is not None and source.estimated_minutes for source in sources)


def _renewal_text(step: StepProgress, today: date) -> str:
    credential = step.credential
    if credential is None or credential.valid_until is None:
        return _tr("Revoked") if step.status is Status.REVOKED else ""
    day = date_text(credential.valid_until)
    if step.status is Status.EXPIRING:
        return _with_distance(_tr("Renew by {day}").format(day=day), credential.valid_until.last_day, today)
    if step.status is Status.REVOKED:
        return _tr("Revoked")
    return _with_distance(_tr("Expired {day}").format(day=day), credential.valid_until.last_day, today)


def _with_distance(text: str, day: date, today: date) -> str:
    return f"{text} · {distance_text(describe_distance(day, today))}"


def _day(day: date, today: date) -> str:
    return day_text(day, year=(day - today).days > _CLEAR_DAYS)
