"""The sample's study sessions: weekly patterns laid over the weeks before a day.

Belongs here: turning phases and their patterns into sessions. Nothing is drawn at random, and weeks keep
their weekdays whatever day they are laid from.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import StudySession
from learnpath.services.sample_rows import SampleRow

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def study_sessions(
    study: SampleRow, today: date, credential_ids: Mapping[str, int], make_id: Callable[[], int]
) -> tuple[StudySession, ...]:
    """Return the sessions of every phase, oldest first, none after `today`. Raises SampleError."""
    skipped = frozenset(study.numbers("skipped"))
    found: list[tuple[date, int, str, int | None]] = []
    for phase in study.rows("phases"):
        credential_id = _credential_id(phase, credential_ids)
        found += ((*session, credential_id) for session in _phase_sessions(phase, today, skipped))
    study.close()
    found.sort(key=lambda session: session[0])
    return tuple(
        StudySession(
            id=make_id(),
            credential_id=credential_id,
            studied_on=PartialDate.of(day),
            minutes=minutes,
            note=note,
        )
        for day, minutes, note, credential_id in found
    )


def _credential_id(phase: SampleRow, credential_ids: Mapping[str, int]) -> int | None:
    key = phase.text("credential")
    if key and key not in credential_ids:
        raise phase.fail(f"unknown credential {key!r}")
    return credential_ids.get(key)


def _phase_sessions(phase: SampleRow, today: date, skipped: frozenset[int]) -> list[tuple[date, int, str]]:
    first, last = phase.number("first"), phase.number("last")
    weeks = phase.text_lists("weeks")
    notes = phase.texts("notes") or ("",)
    phase.close()
    if first is None or last is None or first < last or not weeks:
        raise phase.fail("a phase needs weeks, and a first week that is not after the last")
    monday = today - timedelta(days=today.weekday())
    sessions: list[tuple[date, int, str]] = []
    for place, weeks_back in enumerate(range(first, last - 1, -1)):
        if weeks_back in skipped:
            continue
        for entry in weeks[place % len(weeks)]:
            weekday, minutes = _entry(phase, entry)
            day = monday + timedelta(days=weekday - 7 * weeks_back)
            if day <= today:
                sessions.append((day, minutes, notes[len(sessions) % len(notes)]))
    return sessions


def _entry(phase: SampleRow, entry: str) -> tuple[int, int]:
    weekday, _, minutes = entry.partition(" ")
    if weekday not in _WEEKDAYS or not minutes.isdecimal():
        raise phase.fail(f"not a weekday and minutes: {entry!r}")
    return _WEEKDAYS.index(weekday), int(minutes)
