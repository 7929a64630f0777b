"""What the portfolio's template is given: one JSON-ready value whose text is clean, short enough and never markup.

Belongs here: the keys that `resources/templates/portfolio.typ` reads, and making text and addresses safe to set.
Not here: choosing what is shown (`document`) and compiling (`pdf`).
"""

import unicodedata
from collections.abc import Sequence
from typing import Any, Literal, cast
from urllib.parse import quote, urlsplit, urlunsplit

from learnpath.domain.dates import PartialDate
from learnpath.interchange.portfolio import words
from learnpath.interchange.portfolio.document import (
    CredentialEntry,
    PathEntry,
    PortfolioDocument,
    StudyMonth,
)

PageSize = Literal["a4", "letter"]

# Zero width space: where a long word may break.
BREAK = "\u200b"

_PAPERS = {"a4": "a4", "letter": "us-letter"}
# typst refuses addresses over 8,000 bytes; browsers and mail programs give up earlier.
_ADDRESS_LIMIT = 2000
_ADDRESS_SHOWN = 80
_ADDRESS_SAFE = ":/?#[]@!$&'()*+,;=%-._~"
_WORD_LIMIT = 40
# The document's own fonts have every letter before this: Latin, Greek and Cyrillic.
_PLAIN_END = "\u0500"
_PLAIN_SIGNS = f"{BREAK}–—‘’“”…€™"
# Some scripts need the joiners. The other format characters show nothing, or make a line read other than it is stored.
_JOINERS = ("\u200c", "\u200d")


def make_payload(document: PortfolioDocument, page: PageSize, *, plain: bool = False) -> dict[str, Any]:
    """Return what the template reads. Its keys are the contract with `portfolio.typ`.

    `plain` replaces all letters but Latin, Greek and Cyrillic ones by U+FFFD, for text that could not be set.
    """
    payload = _payload(document, page)
    return {key: _plain(value) for key, value in payload.items()} if plain else payload


def _payload(document: PortfolioDocument, page: PageSize) -> dict[str, Any]:
    person = document.person
    day = document.generated_on
    return {
        "language": document.language,
        "paper": _PAPERS[page],
        "title": _clean(document.title),
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "footer": _footer(document),
        "labels": words.LABELS,
        "headings": words.HEADINGS,
        "sections": list(document.sections),
        "person": {
            "name": _clean(person.name),
            "name_or_title": _clean(person.name) or _clean(document.title),
            "headline": _clean(person.headline),
            "place": _clean(person.place),
            "email": _clean(person.email),
        },
        "summary": _clean(" ".join(document.summary)),
        "credentials": [_credential(entry) for entry in document.credentials],
        "in_progress": [
            {
                "title": _title(entry.title, entry.human_code),
                "issuer": _clean(entry.issuer),
                "progress": entry.progress,
            }
            for entry in document.in_progress
        ],
        "earlier": [_credential(entry) for entry in document.earlier],
        "skills": [
            {
                "name": _clean(entry.name),
                "proved_by": _clean(", ".join(entry.proved_by)),
                "most_recent": entry.most_recent,
            }
            for entry in document.skills
        ],
        "paths": [_path(entry) for entry in document.paths],
        "study": _study(document.study),
    }


def _credential(entry: CredentialEntry) -> dict[str, Any]:
    address = _link_address(entry.verification_url)
    return {
        "title": _title(entry.title, entry.human_code),
        "issuer": _clean(entry.issuer),
        "issued": entry.issued,
        "validity": entry.validity,
        "license": _clean(f"ID {entry.license_number}") if entry.license_number.strip() else "",
        "verification_url": address,
        "url_text": _clean(_short_address(entry.verification_url)),
        "skills": _clean(", ".join(entry.skills)),
        "proof_count": entry.proof_count,
        "claim": entry.claim[:1].upper() + entry.claim[1:],
        "is_valid": not entry.is_over,
        "status_words": entry.status_words[:1].upper() + entry.status_words[1:],
    }


def _path(entry: PathEntry) -> dict[str, Any]:
    done = f"{entry.steps_done} of {words.counted(entry.steps, 'step', 'steps')}, {entry.percent}% of the hours"
    return {
        "title": _title(entry.title, ""),
        "progress": done,
        "percent": entry.percent,
        "next_step": _clean(f"{words.LABELS['next_step']}: {entry.next_step}") if entry.next_step else "",
    }


def _study(months: Sequence[StudyMonth]) -> dict[str, Any]:
    most = max((month.minutes for month in months), default=0)
    hours = [_hours(month.minutes) for month in months]
    total = f"{_hours(sum(month.minutes for month in months))} hours in the last {len(months)} months"
    spoken = ", ".join(
        f"{words.month_words(PartialDate(month.month).first_day)} {amount}"
        for month, amount in zip(months, hours, strict=True)
    )
    return {
        "total": total,
        "alt": f"Bar chart of the hours studied in each month: {spoken}.",
        "months": [
            {
                "label": month.label,
                "hours": amount,
                "share": round(month.minutes * 100 / most) if most else 0,
            }
            for month, amount in zip(months, hours, strict=True)
        ],
    }


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.1f}".removesuffix(".0")


def _footer(document: PortfolioDocument) -> str:
    made_on = f"{words.LABELS['made_on']} {words.date_words(PartialDate.of(document.generated_on))}"
    return " · ".join(part for part in (_clean(document.person.name), made_on) if part)


def _title(title: str, human_code: str) -> str:
    """Return a title with its code, unless it has it already, and never empty: a heading needs a text."""
    cleaned = _clean(title) or words.LABELS["untitled"]
    code = _clean(human_code)
    return f"{cleaned} ({code})" if code and code.casefold() not in cleaned.casefold() else cleaned


def _link_address(address: str) -> str:
    """Return an http(s) address as a link's target: ASCII as PDF asks, empty when it is too long to be one."""
    try:
        parts = urlsplit(address)
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    except ValueError:
        return ""
    target = quote(urlunsplit(parts._replace(netloc=host)), safe=_ADDRESS_SAFE)
    return target if parts.scheme in ("http", "https") and len(target) <= _ADDRESS_LIMIT else ""


def _short_address(address: str) -> str:
    """Return an address as printed: without its scheme, and cut in the middle when it is long."""
    shown = address.removeprefix("https://").removeprefix("http://").removesuffix("/")
    if len(shown) <= _ADDRESS_SHOWN:
        return shown
    return f"{shown[: _ADDRESS_SHOWN - 21]}…{shown[-20:]}"


def _clean(text: str) -> str:
    """Return text as one line of printable characters in composed form.

    Control and format characters and halves of surrogate pairs go, unknown and private characters become U+FFFD, and
    words longer than a line get places to break.
    """
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    kept = "".join(_printable(character) for character in composed)
    return " ".join(_breakable(word) for word in kept.split())


def _printable(character: str) -> str:
    match unicodedata.category(character):
        case "Cc" | "Cs":
            return ""
        case "Cf":
            return character if character in _JOINERS else ""
        case "Co" | "Cn":
            return "\ufffd"
        case _:
            return character


def _breakable(word: str) -> str:
    if len(word) <= _WORD_LIMIT or "/" in word:
        return word
    return BREAK.join(word[start : start + _WORD_LIMIT] for start in range(0, len(word), _WORD_LIMIT))


def _plain(value: object) -> object:
    if isinstance(value, str):
        return "".join(one if one < _PLAIN_END or one in _PLAIN_SIGNS else "\ufffd" for one in value)
    if isinstance(value, list):
        return [_plain(item) for item in cast("list[object]", value)]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in cast("dict[str, object]", value).items()}
    return value
