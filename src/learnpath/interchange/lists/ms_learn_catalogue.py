"""The format `ms_learn_catalogue`: a saved answer of Microsoft Learn's catalogue interface.

One object with a list per kind of entry; `uid` is the key of an entry, and one that changes means a new entry.
"""

import re

from learnpath.domain.records import AchievementType
from learnpath.interchange.badges.shape import JsonObject, one_object
from learnpath.interchange.drafts import ParsedFile, ParsedRow, ParseOptions, ProgramDraft
from learnpath.interchange.lists.entries import Entry, as_objects, is_json, listed, load_list, whole_minutes
from learnpath.interchange.lists.ms_learn import ISSUER, snake_names

FORMAT = "ms_learn_catalogue"
_TYPES = {
    "certifications": AchievementType.CERTIFICATION,
    "merged_certifications": AchievementType.CERTIFICATION,
    "applied_skills": AchievementType.MICRO_CREDENTIAL,
    "exams": AchievementType.ASSESSMENT,
    "learning_paths": AchievementType.LEARNING_PROGRAM,
    "courses": AchievementType.COURSE,
    "modules": AchievementType.COURSE,
}
_LISTS = tuple(f'"{name}"'.encode() for name in (*_TYPES, "mergedCertifications", "appliedSkills", "learningPaths"))
_MARKS = (
    b'"duration_in_minutes"',
    b'"durationInMinutes"',
    b'"certification_type"',
    b'"certificationType"',
    b'"icon_url"',
)
_CODE = re.compile(r"(?:exam|course)\.([a-z]{2,4}-[a-z0-9]{2,8})", re.ASCII | re.IGNORECASE)


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.8 for JSON with the lists and names of Microsoft Learn's catalogue."""
    del file_name
    if not is_json(data) or b'"uid"' not in data or b'"modulesCompleted"' in data:
        return 0.0
    return 0.8 if any(name in data for name in _LISTS) and any(mark in data for mark in _MARKS) else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return the entries of the catalogue as programs: certifications first, modules last. Raises KnownError."""
    del options
    catalogue = snake_names(one_object(load_list(data)))
    found = [(kind, thing) for name, kind in _TYPES.items() for thing in as_objects(catalogue.get(name))]
    rows = (_row(number, kind, thing) for number, (kind, thing) in enumerate(found, start=1))
    return listed(FORMAT, "programs", rows, "The file holds no modules, learning paths, exams or certifications.")


def _row(number: int, kind: AchievementType, thing: JsonObject) -> ParsedRow:
    entry = Entry(number, snake_names(thing))
    uid = entry.line("uid")
    code = _CODE.fullmatch(uid)
    draft = ProgramDraft(
        name=entry.line("title", "display_name", "name"),
        issuer_name=ISSUER,
        human_code=code[1].upper() if code else "",
        achievement_type=kind,
        description=entry.paragraph("summary", "subtitle", "description"),
        url=entry.address("url"),
        level=", ".join(entry.names("levels")),
        language=entry.line("locale"),
        estimated_minutes=entry.minutes("duration_in_minutes", "duration")
        or whole_minutes(entry.thing.get("duration_in_hours"), 60),
        external_id=uid,
        checked_on=entry.date("last_modified"),
    )
    return entry.row(draft)
