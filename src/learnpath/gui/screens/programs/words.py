"""What the catalogue says: states of a program and of the person's record of it, effort, price and validity."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale

from learnpath.domain.money import Money
from learnpath.domain.records import LifecycleStatus, Program
from learnpath.domain.status import Status
from learnpath.domain.wording import money_text, term_text
from learnpath.gui.widgets.chip import ChipKind
from learnpath.gui.widgets.wording import date_text

NOTHING = "—"
_MINE: dict[Status, tuple[str, ChipKind]] = {
    Status.WISHED: ("Wished for", "neutral"),
    Status.PLANNED: ("Planned", "plan"),
    Status.ENROLLED: ("In progress", "accent"),
    Status.BOOKED: ("Exam booked", "accent"),
    Status.ACTIVE: ("Earned", "ok"),
    Status.RENEWABLE: ("Earned", "ok"),
    Status.EXPIRING: ("Expires soon", "warn"),
    Status.GRACE: ("In grace", "warn"),
    Status.EXPIRED: ("Expired", "bad"),
    Status.REVOKED: ("Revoked", "bad"),
    Status.LET_GO: ("Let go", "neutral"),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("ProgramsScreen", text)


def mine_chip(status: Status) -> tuple[str, ChipKind]:
    """Return the chip of the person's own record as text and kind."""
    text, kind = _MINE[status]
    return _tr(text), kind


def lifecycle_chip(program: Program, today: date) -> tuple[str, ChipKind] | None:
    """Return the chip for a program that cannot be started, or not for long; None for any other."""
    ends = program.retires_on
    if program.lifecycle_status is LifecycleStatus.RETIRED or (ends is not None and ends.last_day < today):
        return (_tr("Retired {day}").format(day=date_text(ends)) if ends else _tr("Retired")), "neutral"
    if ends is not None:
        return _tr("Retires {day}").format(day=date_text(ends)), "warn"
    if program.lifecycle_status is LifecycleStatus.ANNOUNCED:
        return _tr("Announced"), "accent"
    return None


def lifecycle_text(status: LifecycleStatus) -> str:
    """Return what a stage of a program's life is called."""
    names = {
        LifecycleStatus.ANNOUNCED: _tr("Announced"),
        LifecycleStatus.ACTIVE: _tr("Available"),
        LifecycleStatus.RETIRED: _tr("Retired"),
    }
    return names[status]


def price_text(price: Money | None) -> str:
    """Return an amount, `Free` for none to pay, or a dash while it is not known."""
    if price is None:
        return NOTHING
    return money_text(price) if price.minor else _tr("Free")


def validity_text(term: str) -> str:
    """Return how long it is valid: `3 years`, or a dash when nobody knows or it does not expire."""
    return term_text(term) if term else NOTHING


def language_text(code: str) -> str:
    """Return the name of a language such as `en`; what is no language code comes back as it is."""
    language = QLocale.codeToLanguage(code.partition("-")[0])
    return code if language == QLocale.Language.AnyLanguage else QLocale.languageToString(language)
