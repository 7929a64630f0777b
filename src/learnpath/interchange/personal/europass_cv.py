"""The format `europass_cv`: education and certificates of a Europass CV in XML.

The old `SkillsPassport` (1.0 to 3.4, `learnerinfo` in 2.0) and the new `Candidate`. The same things have the same names
in all of them but for capital letters, so elements are found by name wherever they stand.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import AchievementType, Stage
from learnpath.errors import KnownError
from learnpath.interchange.badges.moments import read_moment
from learnpath.interchange.badges.plain_text import line, paragraph
from learnpath.interchange.corrections import lacking_title
from learnpath.interchange.drafts import CredentialDraft, ParsedFile, ParsedRow, ParseOptions
from learnpath.interchange.lists.entries import listed
from learnpath.interchange.text_decoding import decode

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

FORMAT = "europass_cv"
# CVs carry photographs and scanned certificates.
_MOST_BYTES = 16 * 1024 * 1024
# The largest official example has 700 elements, 12 deep.
_MOST_ELEMENTS, _MOST_DEPTH = 20_000, 32
_ROOTS = frozenset({"skillspassport", "learnerinfo", "candidate"})
_HINT = "Export the CV again as XML and import that file."
_LISTS = {
    "certifications": AchievementType.CERTIFICATION,
    "certificates": AchievementType.CERTIFICATE,
    "courses": AchievementType.COURSE,
    "seminars": AchievementType.COURSE,
    "honors_awards": AchievementType.ACHIEVEMENT,
    "memberships": AchievementType.MEMBERSHIP,
}
_CERTIFICATES = ("certificate", "certification")
_EDUCATION = ("education", "educationorganizationattendance")
_TITLES = ("certificationname", "certificationtypename", "degreename", "programname", "title", "name")
_ISSUERS = ("issuingauthority", "awardingbody", "organisation", "organizationname", "organization")
_EARNED = ("firstissueddate", "issuedate", "date", "to", "enddate")


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.85 for XML that names Europass near its start."""
    del file_name
    if b"<" not in data[:16]:
        return 0.0
    head = decode(data[:4096]).text.lstrip("\ufeff \t\r\n").lower()
    return 0.85 if head.startswith("<") and not head.startswith(("<!doctype html", "<html")) and _names(head) else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return education, certificates, courses and awards as credentials.

    Raises KnownError for XML that is damaged, has a document type or entities, is no CV or names nothing of the kind.
    """
    del options
    root = _read(data)
    if _is_endless(root):
        raise KnownError("The CV has more parts than any CV. Nothing was imported.", _HINT)
    if _name(root) not in _ROOTS:
        raise KnownError("The file is XML, but no Europass CV. Nothing was imported.", _HINT)
    rows = [_row(number, *found) for number, found in enumerate(_found(root), start=1)]
    return listed(FORMAT, "credentials", rows, "The CV names no education, certificates or courses.")


def _names(head: str) -> bool:
    return "europass" in head or "<skillspassport" in head


def _read(data: bytes) -> "Element":
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if len(data) > _MOST_BYTES:
        raise KnownError("The CV is larger than 16 MB. Nothing was imported.", "Leave out what is attached to it.")
    try:
        return fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise KnownError(
            "The CV defines its own entities, which no Europass CV does: it may be an attack. Nothing was imported.",
            _HINT,
        ) from None
    except (ParseError, ValueError, LookupError):
        raise KnownError("The CV is damaged: it is no well-formed XML. Nothing was imported.", _HINT) from None


def _is_endless(root: "Element") -> bool:
    """Return whether XML has more or deeper elements than any CV: looking things up by name would take long."""
    level, count = [root], 0
    for _ in range(_MOST_DEPTH):
        count += len(level)
        if not level or count > _MOST_ELEMENTS:
            break
        level = [inner for element in level for inner in element]
    return bool(level)


def _name(element: "Element") -> str:
    # Comments and processing instructions have a function for a tag.
    tag = cast("object", element.tag)
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _found(root: "Element") -> Iterator[tuple["Element", AchievementType | None, str]]:
    """Yield what can be a credential: its element, its kind and, for lists in one text, the line that names it."""
    for element in root.iter():
        name = _name(element)
        if name in _CERTIFICATES and _text(element, _TITLES):
            yield element, AchievementType.CERTIFICATE, ""
        elif name in _EDUCATION and _text(element, _TITLES):
            yield element, None, ""
        elif name == "achievement":
            kind = _LISTS.get(_text(element, ("code",)).lower())
            for part in paragraph(_text(element, ("description",)), []).splitlines() if kind else ():
                if part.strip():
                    yield element, kind, part


def _row(number: int, element: "Element", kind: AchievementType | None, title: str) -> ParsedRow:
    notes: list[str] = []
    title = line(title or paragraph(_text(element, _TITLES), notes), notes)
    is_current = _text(element, ("current", "ongoing")).lower() == "true"
    draft = CredentialDraft(
        title=title,
        issuer_name=line(paragraph(_text(element, _ISSUERS), notes), notes),
        achievement_type=kind,
        level=line(_text(element, ("level",)), notes) if kind is None else "",
        stage=Stage.ENROLLED if is_current else Stage.EARNED,
        awarded_on=None if is_current else _date(element, notes),
    )
    where = f"entry {number}"
    problems = tuple(f"{where}: {note}" for note in dict.fromkeys(notes))
    if not title:
        spoiled = (f"{where}: no name", *problems)
        faults = lacking_title(draft, "no name")
        return ParsedRow(where, number, None, spoiled, (draft.issuer_name,), faults, unfinished=draft)
    return ParsedRow(where, number, draft, problems, (title, draft.issuer_name))


def _text(element: "Element", names: tuple[str, ...]) -> str:
    """Return the text of the first element of the names inside, or of what it holds (`Title/Label`), or ""."""
    for name in names:
        for inner in element.iter():
            if inner is not element and _name(inner) == name:
                texts = (part.text or "" for part in sorted(inner.iter(), key=lambda part: _name(part) == "code"))
                found = next((text.strip() for text in texts if text.strip()), "")
                if found:
                    return found
    return ""


def _date(element: "Element", notes: list[str]) -> PartialDate | None:
    for name in _EARNED:
        for inner in element.iter():
            if _name(inner) == name and (found := _one_date(inner, notes)) is not None:
                return found
    return None


def _one_date(element: "Element", notes: list[str]) -> PartialDate | None:
    """Return a date: `year="2012" month="--06" day="---30"`, elements of these names, or one text."""
    inside = {_name(part): part.text or "" for part in element.iter() if part is not element}
    parts = [(element.get(name) or inside.get(name) or "").strip().lstrip("-") for name in ("year", "month", "day")]
    if not parts[0]:
        text = next((part.text.strip() for part in element.iter() if part.text and part.text.strip()), "")
        return read_moment(text, "date", notes)
    known = parts[: parts.index("") if "" in parts else 3]
    return read_moment("-".join([known[0], *(part.zfill(2) for part in known[1:])]), "date", notes)
