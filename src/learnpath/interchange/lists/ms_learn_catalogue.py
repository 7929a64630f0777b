"""The format `ms_learn_catalogue`: a saved answer of Microsoft Learn's catalogue interface.

One object with a list per kind of entry; `uid` is the key of an entry, and one that changes means a new entry.
"""

import re

from learnpath.domain.records import AchievementType
from learnpath.interchange.badges.shape import JsonObject, one_object, text_of
from learnpath.interchange.drafts import ParsedFile, ParsedRow, ParseOptions, ProgramDraft
from learnpath.interchange.lists.descriptions import described, sentence, unique_names
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
_TITLES = ("title", "display_name", "name")
_TAGS = ("roles", "products")
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
    names = _Names(catalogue, [thing for _, thing in found])
    rows = (_row(number, kind, thing, names) for number, (kind, thing) in enumerate(found, start=1))
    return listed(FORMAT, "programs", rows, "The file holds no modules, learning paths, exams or certifications.")


class _Names:
    """What the catalogue calls its entries, roles and products, by key."""

    def __init__(self, catalogue: JsonObject, entries: list[JsonObject]) -> None:
        called = ((text_of(thing.get("uid")), Entry(0, snake_names(thing)).line(*_TITLES)) for thing in entries)
        self._entries = {uid: name for uid, name in called if uid and name}
        self._unique = unique_names(self._entries.values())
        self._tags: dict[str, str] = {}
        level = [one for name in _TAGS for one in as_objects(catalogue.get(name))]
        while level:
            self._tags |= {text_of(one.get("id")): text_of(one.get("name")) for one in level}
            level = [inner for one in level for inner in as_objects(one.get("children"))]

    def entry(self, uid: str) -> str:
        """Return what only the entry with this key is called, or ""."""
        name = self._entries.get(uid, "")
        return name if name in self._unique else ""

    def tag(self, key: str) -> str:
        """Return what a role or product is called: its key in words where the catalogue does not say."""
        return self._tags.get(key) or key.replace("-", " ")


def _row(number: int, kind: AchievementType, thing: JsonObject, names: _Names) -> ParsedRow:
    entry = Entry(number, snake_names(thing))
    uid = entry.line("uid")
    code = _CODE.fullmatch(uid)
    exams = entry.names("exams", inner=("uid",))
    # An exam that is not in the file is known by its code alone.
    told = [_code_of(exam) for exam in exams if not names.entry(exam)]
    draft = ProgramDraft(
        name=entry.line(*_TITLES),
        issuer_name=ISSUER,
        human_code=code[1].upper() if code else "",
        achievement_type=kind,
        description=described(
            entry.paragraph("summary", "subtitle", "description"), sentence("Requires", told, entry.notes)
        ),
        url=entry.address("url"),
        level=", ".join(entry.names("levels")),
        language=entry.line("locale"),
        estimated_minutes=entry.minutes("duration_in_minutes", "duration")
        or whole_minutes(entry.thing.get("duration_in_hours"), 60),
        external_id=uid,
        required_names=tuple(name for exam in exams if (name := names.entry(exam))),
        tag_names=Entry(number, {"tags": [names.tag(key) for key in entry.names(*_TAGS)]}).names("tags"),
    )
    return entry.row(draft)


def _code_of(uid: str) -> str:
    code = _CODE.fullmatch(uid)
    return f"exam {code[1].upper()}" if code else uid
