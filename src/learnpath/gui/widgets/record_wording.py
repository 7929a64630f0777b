"""What kinds, stages and states of records are called in the window, and which chip stands for a state."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from learnpath.domain.dates import PartialDate
from learnpath.domain.listing import CredentialRow
from learnpath.domain.records import AchievementType, Stage
from learnpath.domain.status import Status
from learnpath.gui.widgets.chip import ChipKind
from learnpath.gui.widgets.wording import date_text, day_text

# Within this many days a date needs no year to be clear.
_YEAR_IS_CLEAR_DAYS = 300
# Red is only for what is lost if it is ignored this week.
_ACT_DAYS = 7


def _say(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("Records", text, None, count)


def kind_text(kind: AchievementType) -> str:
    """Return what a kind of achievement is called, such as `Certificate of completion`."""
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in kind.value).strip()
    special = {AchievementType.MICRO_CREDENTIAL: "Micro-credential"}
    return _say(special.get(kind, words.capitalize()))


def stage_text(stage: Stage) -> str:
    """Return what a stage is called in forms and menus."""
    names = {
        Stage.WISHED: "Wished for",
        Stage.PLANNED: "Planned",
        Stage.ENROLLED: "In progress",
        Stage.BOOKED: "Exam booked",
        Stage.EARNED: "Earned",
        Stage.LET_GO: "Let go",
    }
    return _say(names[stage])


def near_date_text(value: PartialDate, today: date) -> str:
    """Return a date without its year while that is clear: `27 Nov`, but `27 Nov 2028`."""
    if value.precision != "day" or abs((value.first_day - today).days) > _YEAR_IS_CLEAR_DAYS:
        return date_text(value)
    return day_text(value.first_day, year=False)


def status_text(row: CredentialRow, today: date) -> str:
    """Return what the chip of a credential says: `Earned`, `Expires in 11 days`, `Exam 27 Nov` …"""
    match row.status:
        case Status.EXPIRING:
            days = _days_left(row, today)
            return (
                _say("Expires in %n days", days) if days > 1 else _say("Expires tomorrow" if days else "Expires today")
            )
        case Status.GRACE:
            days = _days_left(row, today) + row.grace_days
            return _say("Grace: %n days left", days) if days > 1 else _say("Grace: last days")
        case Status.BOOKED if row.next_date is not None and row.next_is_exam:
            return _say("Exam {day}").format(day=near_date_text(row.next_date, today))
        case _:
            return _say(_PLAIN[row.status])


def status_kind(row: CredentialRow, today: date) -> ChipKind:
    """Return the kind of chip for a credential."""
    days = _days_left(row, today)
    if row.status is Status.EXPIRING:
        return "bad" if days <= _ACT_DAYS else "warn"
    if row.status is Status.GRACE:
        return "bad" if days + row.grace_days <= _ACT_DAYS else "warn"
    if row.status is Status.BOOKED and row.next_date is not None:
        return "warn" if 0 <= (row.next_date.last_day - today).days <= _ACT_DAYS else "accent"
    return _KINDS[row.status]


def ahead_text(row: CredentialRow, today: date) -> str:
    """Return what lies ahead of a credential: its expiry, `no expiry`, `exam 27 Nov` or `by 30 Apr`."""
    if row.stage is Stage.EARNED:
        return date_text(row.valid_until) if row.valid_until else _say("no expiry")
    if row.next_date is None or row.stage is Stage.LET_GO:
        return "—"
    words = _say("exam {day}") if row.next_is_exam else _say("by {day}")
    return words.format(day=near_date_text(row.next_date, today))


def _days_left(row: CredentialRow, today: date) -> int:
    return 0 if row.valid_until is None else (row.valid_until.last_day - today).days


_PLAIN = {
    Status.WISHED: "Wished for",
    Status.PLANNED: "Planned",
    Status.ENROLLED: "In progress",
    Status.BOOKED: "Exam booked",
    Status.ACTIVE: "Earned",
    Status.RENEWABLE: "Renewable",
    Status.EXPIRED: "Expired",
    Status.REVOKED: "Revoked",
    Status.LET_GO: "Let go",
}
_KINDS: dict[Status, ChipKind] = {
    Status.WISHED: "neutral",
    Status.PLANNED: "plan",
    Status.ENROLLED: "accent",
    Status.BOOKED: "accent",
    Status.ACTIVE: "ok",
    Status.RENEWABLE: "ok",
    Status.EXPIRED: "bad",
    Status.REVOKED: "bad",
    Status.LET_GO: "neutral",
}
