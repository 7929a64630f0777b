"""The figures of the first screen and of the command `progress`."""

from dataclasses import dataclass
from datetime import date

from learnpath.domain.attention import Attention
from learnpath.domain.deadlines import Deadline
from learnpath.domain.money import Money
from learnpath.domain.progress import PathProgress
from learnpath.domain.records import Profile
from learnpath.domain.status import VALID, Status
from learnpath.domain.study import best_streak_weeks, week_minutes
from learnpath.services.attention import UNPROVEN_LIMIT, list_attention
from learnpath.services.deadlines import list_deadlines, needing_action
from learnpath.services.paths import list_paths
from learnpath.services.sample import has_sample
from learnpath.services.study import study_days
from learnpath.storage.library import Library
from learnpath.storage.totals import (
    credentials_by_status,
    earned_by_year,
    record_counts,
    spent_in_year,
    valid_with_proof,
)

HEAT_MAP_WEEKS = 53


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything the first screen shows. `study` is minutes by day for the last 53 weeks.

    `attention` is what needs doing now, most urgent first; it names the newest credentials without a
    proof, and `attention_left_out` counts the others. `is_empty`: the library holds none of the person's records yet.
    """

    profile: Profile
    week_minutes: int
    week_goal_minutes: int
    week_days_left: int
    by_status: dict[Status, int]
    valid: int
    valid_with_proof: int
    expiring: int
    paths: tuple[PathProgress, ...]
    deadlines: tuple[Deadline, ...]
    needing_action: int
    earned_by_year: dict[int, int]
    study: dict[date, int]
    best_streak_weeks: int
    spent: tuple[Money, ...]
    attention: tuple[Attention, ...]
    attention_left_out: int
    is_empty: bool
    has_sample: bool


def read_overview(library: Library, today: date) -> Overview:
    """Return the figures of the first screen on a day."""
    by_status = credentials_by_status(library, today)
    deadlines = list_deadlines(library, today)
    study = study_days(library, today, HEAT_MAP_WEEKS)
    profile = library.profile()
    paths = list_paths(library, today)
    valid = sum(by_status.get(status, 0) for status in VALID)
    proven = valid_with_proof(library, today)
    return Overview(
        profile=profile,
        week_minutes=week_minutes(study, today),
        week_goal_minutes=profile.week_goal_minutes,
        week_days_left=7 - today.weekday() - 1,
        by_status=by_status,
        valid=valid,
        valid_with_proof=proven,
        expiring=by_status.get(Status.EXPIRING, 0),
        paths=tuple(one for one in paths if one.path.is_active),
        deadlines=tuple(deadlines),
        needing_action=needing_action(deadlines),
        earned_by_year=earned_by_year(library),
        study=study,
        best_streak_weeks=best_streak_weeks(study),
        spent=tuple(spent_in_year(library, today.year)),
        attention=tuple(list_attention(library, today, deadlines, paths)),
        attention_left_out=max(0, valid - proven - UNPROVEN_LIMIT),
        is_empty=not any(record_counts(library).values()),
        has_sample=has_sample(library),
    )
