"""The format `json_resume`: certificates, awards and degrees of a résumé in the JSON Resume schema (jsonresume.org).

Skills have a place of their own in a library, and one file brings one kind of things: that they stay out is said.
Older files kept certificates under `awards`. The schema knows neither numbers nor expiry; people add them.
"""

from collections.abc import Iterator
from dataclasses import replace

from learnpath.domain.records import AchievementType, Stage
from learnpath.domain.wording import count_text
from learnpath.errors import KnownError
from learnpath.interchange.badges.shape import JsonObject, first_text, is_object, many, one_object, text_of
from learnpath.interchange.badges.strict_json import JsonRules, load_json
from learnpath.interchange.drafts import CredentialDraft, ParsedFile, ParsedRow, ParseOptions
from learnpath.interchange.lists.descriptions import described, sentence
from learnpath.interchange.lists.entries import Entry, as_objects, is_json, listed

FORMAT = "json_resume"
_RULES = JsonRules(what="The résumé", kind="résumé", hint="Export the résumé again as JSON. Nothing was imported.")
_OTHER_PARTS = ("work", "education", "volunteer", "publications", "projects", "references", "interests", "languages")


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.75 for JSON with the parts of a résumé."""
    del file_name
    if not is_json(data) or not any(name in data for name in (b'"basics"', b'"certificates"', b'"awards"')):
        return 0.0
    try:
        return 0.75 if _is_resume(load_json(data, _RULES)) else 0.0
    except KnownError:
        # A damaged résumé: said when nobody else knows the file.
        return 0.3 if b'"basics"' in data else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return certificates, awards and degrees as credentials, those under way as such.

    Raises KnownError for damaged JSON and for a résumé without any of them.
    """
    del options
    resume = one_object(load_json(data, _RULES))
    found = [*_rows(resume), *(row for row in _education(resume) if row is not None)]
    # Each list counts from 1, and corrections are kept by the number of the row.
    rows = [replace(row, line=number) for number, row in enumerate(found, start=1)]
    parsed = listed(FORMAT, "credentials", rows, "The résumé lists no certificates, awards or degrees.")
    return replace(parsed, problems=tuple(_left_out(resume)))


def _is_resume(value: object) -> bool:
    if not is_object(value):
        return False
    resume = one_object(value)
    has_list = any(isinstance(resume.get(name), list) for name in ("certificates", "awards"))
    parts = sum(isinstance(resume.get(name), list) for name in _OTHER_PARTS)
    return is_object(resume.get("basics")) or (has_list and (parts > 0 or len(resume) <= 3))


def _rows(resume: JsonObject) -> Iterator[ParsedRow]:
    for number, thing in enumerate(as_objects(_array(resume, "certificates")), start=1):
        yield _row(Entry(number, thing, "certificate"), None)
    for number, thing in enumerate(as_objects(_array(resume, "awards")), start=1):
        yield _row(Entry(number, thing, "award"), AchievementType.ACHIEVEMENT)


def _education(resume: JsonObject) -> Iterator[ParsedRow | None]:
    """Yield the degrees; None for a school at which none is named, so that its number is nobody else's."""
    for number, thing in enumerate(as_objects(_array(resume, "education")), start=1):
        yield _degree(Entry(number, thing, "education")) if _names_degree(thing) else None


def _names_degree(thing: JsonObject) -> bool:
    return bool(first_text(thing.get("studyType"), thing.get("area")))


def _degree(entry: Entry) -> ParsedRow:
    kind, area = entry.line("studyType"), entry.line("area")
    ended = entry.date("endDate")
    grade = entry.line("score", "gpa")
    courses = sentence("Courses", map(text_of, many(entry.thing.get("courses"))), entry.notes)
    draft = CredentialDraft(
        title=", ".join(part for part in (kind, area) if part),
        issuer_name=entry.line("institution"),
        achievement_type=AchievementType.DEGREE,
        stage=Stage.ENROLLED if ended is None and entry.line("startDate") else Stage.EARNED,
        awarded_on=ended,
        notes=described(f"Grade: {grade}" if grade else "", courses),
    )
    return entry.row(draft)


def _left_out(resume: JsonObject) -> Iterator[str]:
    """Yield what a credential cannot be made of and is worth a sentence."""
    schools = sum(not _names_degree(thing) for thing in as_objects(_array(resume, "education")))
    if schools:
        yield f"Left out: {count_text(schools, 'school')} at which no degree is named."
    skills = len(as_objects(_array(resume, "skills")))
    if skills:
        yield f"Left out: {count_text(skills, 'group')} of skills. Add those you want to keep to your credentials."


def _array(resume: JsonObject, name: str) -> object:
    value = resume.get(name)
    return value if isinstance(value, list) else None  # pyright: ignore[reportUnknownVariableType]


def _row(entry: Entry, kind: AchievementType | None) -> ParsedRow:
    draft = CredentialDraft(
        title=entry.line("name", "title"),
        issuer_name=entry.line("issuer", "awarder"),
        achievement_type=kind,
        stage=Stage.EARNED,
        awarded_on=entry.date("date", "issueDate", "startDate"),
        valid_until=entry.date("expires", "expirationDate", "expiryDate", "validUntil", "endDate"),
        license_number=entry.line("credentialId", "licenseNumber", "number", "id"),
        verification_url=entry.address("url", "website"),
        notes=entry.paragraph("summary"),
    )
    return entry.row(draft)
