"""A path's progress in the window's words."""

from PySide6.QtCore import QCoreApplication

from learnpath.domain.progress import PathProgress, Verdict
from learnpath.gui.widgets.wording import day_text, duration_text


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("PathWording", text, None, count)


def steps_text(path: PathProgress) -> str:
    """Return `6 of 9 steps`."""
    if not path.steps:
        return _tr("No steps yet")
    return _tr("{done} of {count} steps").format(done=path.steps_done, count=len(path.steps))


def hours_left_text(path: PathProgress) -> str:
    """Return `41 h left`, in whole hours from ten hours on."""
    minutes = path.minutes_left
    if minutes >= 600:
        minutes = round(minutes / 60) * 60
    return _tr("{time} left").format(time=duration_text(minutes))


def forecast_text(path: PathProgress, week_minutes: int) -> str:
    """Return when it will be done: `Done by 12 Mar, 19 days early` or `9 days late at 6 h a week`.

    Empty when nothing can be said. `week_minutes` 0 leaves the pace out.
    """
    if path.verdict is Verdict.DONE:
        return _tr("Done")
    if path.forecast is None or not path.steps:
        return ""
    if path.days_early is not None and path.days_early < 0:
        late = _tr("1 day late") if path.days_early == -1 else _tr("%n days late", -path.days_early)
        if not week_minutes:
            return late
        return _tr("{late} at {time} a week").format(late=late, time=duration_text(week_minutes))
    done = _tr("Done by {day}").format(day=day_text(path.forecast, year=False))
    if path.days_early is None:
        return done
    if path.days_early == 0:
        return _tr("{done}, on the day").format(done=done)
    early = _tr("1 day early") if path.days_early == 1 else _tr("%n days early", path.days_early)
    return f"{done}, {early}"
