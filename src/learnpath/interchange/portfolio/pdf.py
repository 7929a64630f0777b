"""The portfolio as PDF: tagged (PDF/UA-1) and archivable (PDF/A-2a), the same bytes for the same document.

Belongs here: what the typst template is given, and what happens when a font lacks a letter. Not here: what the
document says (`document`) and how it looks (`resources/templates/portfolio.typ`).

The template reads one JSON text. Nothing in it is markup, and the compiler gets no files but the template.
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, Literal
from urllib.parse import quote, urlsplit, urlunsplit

from learnpath.domain.dates import PartialDate
from learnpath.interchange.portfolio import words
from learnpath.interchange.portfolio.document import (
    CredentialEntry,
    PathEntry,
    PortfolioDocument,
    StudyMonth,
)
from learnpath.resources import resource_path

PageSize = Literal["a4", "letter"]

# PDF/A-2a and PDF/UA-1 share PDF 1.7; A-4 needs 2.0, which UA-1 does not allow.
_STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
_PAPERS = {"a4": "a4", "letter": "us-letter"}
# typst refuses addresses over 8,000 bytes; browsers and mail programs give up earlier.
_ADDRESS_LIMIT = 2000
_ADDRESS_SHOWN = 80
_ADDRESS_SAFE = ":/?#[]@!$&'()*+,;=%-._~"
_WORD_LIMIT = 40
_LETTERS_NAMED = 5
_MISSING_LETTER = re.compile(r'the text `"(.+?)"` could not be displayed')
_CODE_POINT = re.compile(r"\\u\{([0-9a-f]+)\}")
# Directional overrides and isolates can make a line read other than it is stored; the byte order mark is refused.
_UNWANTED = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, 0xFFFC)))
_PAGE_OBJECT = re.compile(rb"^\d+ 0 obj\s*<<\s*/Type\s*/Page\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RenderedPdf:
    """A PDF file, plain sentences about what is less than perfect in it (none: all is well), its number of pages."""

    data: bytes
    notes: tuple[str, ...]
    pages: int


def render_pdf(document: PortfolioDocument, *, page: PageSize = "a4") -> RenderedPdf:
    """Return the document as PDF. Letters no font has never stop it: the notes then say what is missing."""
    import typst

    sources = {"data": json.dumps(_payload(document, page))}
    template = resource_path("templates/portfolio.typ").read_bytes()
    moment = datetime.combine(document.generated_on, time(), UTC)

    def compile_pdf(*, strict: bool, own_fonts: bool) -> bytes:
        made = typst.compile(
            template,
            format="pdf",
            sys_inputs=sources,
            pdf_standards=list(_STANDARDS) if strict else [],
            ignore_system_fonts=own_fonts,
            timestamp=moment,
        )
        assert isinstance(made, bytes)
        return made

    try:
        return _rendered(compile_pdf(strict=True, own_fonts=True), ())
    except typst.TypstError as problem:
        missing = _missing_letters(problem.diagnostic)
    try:
        return _rendered(compile_pdf(strict=True, own_fonts=False), (_borrowed_note(missing),))
    except typst.TypstError as problem:
        missing = _missing_letters(problem.diagnostic)
    return _rendered(compile_pdf(strict=False, own_fonts=False), (_incomplete_note(missing),))


def _rendered(data: bytes, notes: tuple[str, ...]) -> RenderedPdf:
    # typst writes page objects in the open, and no text of ours can hold a line break to look like one.
    return RenderedPdf(data, notes, len(_PAGE_OBJECT.findall(data)))


def _missing_letters(diagnostic: str) -> list[str]:
    """Return the letters that typst's message names, each once and in its order."""
    found = (
        _CODE_POINT.sub(lambda match: chr(int(match[1], 16)), letters)
        for letters in _MISSING_LETTER.findall(diagnostic)
    )
    return list(dict.fromkeys(found))


def _borrowed_note(missing: Sequence[str]) -> str:
    return (
        f"{_letters_have(missing)} no letter shape in this document's fonts. Fonts of this computer were used "
        "instead, so the file may look different when it is made elsewhere."
    )


def _incomplete_note(missing: Sequence[str]) -> str:
    cause = f"{_letters_have(missing)} no letter shape in this document's fonts or any font of this computer"
    if not missing:
        cause = "Some of the text cannot be set by the rules for accessible and archived documents"
    return f"{cause}. The file can be read and printed, but it does not meet the standards PDF/UA and PDF/A."


def _letters_have(missing: Sequence[str]) -> str:
    if not missing:
        return "Some characters have"
    # An invisible or unknown character shows nothing to a reader: its number does.
    named = [one if one.isprintable() else f"U+{ord(one[0]):04X}" for one in missing[:_LETTERS_NAMED]]
    more = ", …" if len(missing) > len(named) else ""
    verb = "has" if len(missing) == 1 else "have"
    return f"{words.counted(len(missing), 'character', 'characters')} ({', '.join(named)}{more}) {verb}"


def _payload(document: PortfolioDocument, page: PageSize) -> dict[str, Any]:
    """Return what the template reads. Its keys are the contract with `portfolio.typ`."""
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
                "title": _title(entry.title, ""),
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
    done = f"{entry.steps_done} of {words.counted(entry.steps, 'step', 'steps')}, {entry.percent} %"
    return {
        "title": _title(entry.title, ""),
        "progress": done,
        "percent": entry.percent,
        "next_step": _clean(f"{words.LABELS['next_step']}: {entry.next_step}") if entry.next_step else "",
    }


def _study(months: Sequence[StudyMonth]) -> dict[str, Any]:
    most = max((month.minutes for month in months), default=0)
    hours = [_hours(month.minutes) for month in months]
    total = f"{_hours(sum(month.minutes for month in months))} hours"
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
                "hours": amount if month.minutes else "",
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

    Control characters, halves of surrogate pairs and directional overrides go, unknown and private characters become
    U+FFFD, and words longer than a line get places to break.
    """
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    kept = "".join(_printable(character) for character in composed if character not in _UNWANTED)
    return " ".join(_breakable(word) for word in kept.split())


def _printable(character: str) -> str:
    match unicodedata.category(character):
        case "Cc" | "Cs":
            return ""
        case "Co" | "Cn":
            return "\ufffd"
        case _:
            return character


def _breakable(word: str) -> str:
    if len(word) <= _WORD_LIMIT or "/" in word:
        return word
    return "\u200b".join(word[start : start + _WORD_LIMIT] for start in range(0, len(word), _WORD_LIMIT))
