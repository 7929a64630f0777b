"""The format `json_resume`: the certificates of a résumé in the JSON Resume schema (jsonresume.org), and its awards.

Older files kept certificates under `awards`. The schema knows neither numbers nor expiry; people add them.
"""

from collections.abc import Iterator
from dataclasses import replace

from learnpath.domain.records import AchievementType, Stage
from learnpath.errors import KnownError
from learnpath.interchange.badges.shape import JsonObject, is_object, one_object
from learnpath.interchange.badges.strict_json import JsonRules, load_json
from learnpath.interchange.drafts import CredentialDraft, ParsedFile, ParsedRow, ParseOptions
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
    """Return certificates and awards as earned credentials. Raises KnownError for damaged JSON and none of either."""
    del options
    resume = one_object(load_json(data, _RULES))
    # Both lists count from 1; what the person types for a row is kept under a number that no other row has.
    rows = (replace(row, line=number) for number, row in enumerate(_rows(resume), start=1))
    return listed(FORMAT, "credentials", rows, "The résumé lists no certificates and no awards.")


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
