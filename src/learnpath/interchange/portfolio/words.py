"""The words a portfolio says about dates, states and proof, in the document's language.

Belongs here: text a reader of the document sees that no person typed. Not here: which entries are shown, and layout.
"""

from collections.abc import Collection
from datetime import date

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import Credential, EvidenceRole, Stage
from learnpath.domain.status import Status

LANGUAGES = ("en",)

HEADINGS = {
    "summary": "Summary",
    "credentials": "Credentials",
    "in_progress": "In progress and planned",
    "earlier": "Earlier credentials",
    "skills": "Skills",
    "paths": "Paths in progress",
    "study": "Study time",
}

LABELS = {
    "skill": "Skill",
    "proved_by": "Proved by",
    "most_recent": "Most recent",
    "next_step": "Next",
    "page": "Page",
    "of": "of",
    "made_on": "Made on",
    "untitled": "Untitled",
    "nothing_valid": "No valid credentials are listed in this version.",
}

# Not `calendar.month_abbr`: that follows the computer's locale, and the same data must give the same bytes.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_CLAIMS = (
    (EvidenceRole.CERTIFICATE, "certificate on file"),
    (EvidenceRole.BADGE, "badge on file"),
    (EvidenceRole.SCORE_REPORT, "score report on file"),
    (EvidenceRole.EVIDENCE, "evidence on file"),
)


def title_words(name: str) -> str:
    """Return the title of a person's document."""
    return f"Portfolio of {name}" if name else "Credential portfolio"


def date_words(day: PartialDate) -> str:
    """Return a date as exact as it is known: `14 May 2024`, `May 2024` or `2024`."""
    first = day.first_day
    if day.precision == "year":
        return f"{first.year}"
    if day.precision == "month":
        return month_words(first)
    return f"{first.day} {month_words(first)}"


def month_words(day: date) -> str:
    """Return the month of a day: `May 2024`."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def month_letters(day: date) -> str:
    """Return the month of a day without its year: `May`."""
    return _MONTHS[day.month - 1]


def issued_words(awarded_on: PartialDate | None) -> str:
    """Return when a credential was issued, or an empty text when nobody knows."""
    return f"Issued {date_words(awarded_on)}" if awarded_on else ""


def validity_words(valid_until: PartialDate | None) -> str:
    """Return until when a credential is valid."""
    return f"Valid until {date_words(valid_until)}" if valid_until else "No expiry date"


def status_words(credential: Credential, status: Status) -> str:
    """Return the state of a credential that was earned, as its reader should understand it."""
    match status:
        case Status.REVOKED:
            return f"revoked {date_words(credential.revoked_on)}" if credential.revoked_on else "revoked"
        case Status.EXPIRED:
            return "expired"
        case Status.GRACE:
            return "expired, renewal still possible"
        case Status.LET_GO:
            return "no longer kept up"
        case _:
            return "valid"


def progress_words(credential: Credential, today: date) -> str:
    """Return how far a credential is that is not earned: it must never read as if it were."""
    state = "planned" if credential.stage is Stage.PLANNED else "in progress"
    exam, target = credential.exam_on, credential.target_on
    if exam is not None and exam.last_day < today:
        return f"{state}, result of the exam on {date_words(exam)} not recorded yet"
    if exam is not None:
        return f"{state}, exam {date_words(exam)}"
    # A target that has passed says nothing to a reader.
    if target is not None and target.last_day >= today:
        return f"{state}, expected {date_words(target)}"
    return state


def claim_words(roles: Collection[EvidenceRole], *, has_address: bool, shows_address: bool) -> str:
    """Return what backs a claim: the strongest kind of file, else the issuer's page, else only the person's word."""
    for role, words in _CLAIMS:
        if role in roles:
            return words
    if has_address:
        return "verification link" if shows_address else "verification link on request"
    return "self-declared"


def counted(count: int, one: str, many: str) -> str:
    """Return a count with its noun: `1 valid credential`, `31 valid credentials`."""
    return f"{count} {one if count == 1 else many}"
