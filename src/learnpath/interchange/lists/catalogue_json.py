"""The format `catalogue_json`: JSON lists of programs that no standard describes, read by the names of their values.

An array of objects (or one under a name such as `records`), nested or not; what its values are called decides.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from learnpath.domain.dates import Term
from learnpath.domain.money import Money
from learnpath.domain.records import AchievementType, LifecycleStatus
from learnpath.errors import KnownError
from learnpath.interchange.badges.shape import JsonObject, is_object, many, one_object, text_of
from learnpath.interchange.cells.numbers import read_number
from learnpath.interchange.cells.prices import CURRENCIES, read_price
from learnpath.interchange.cells.reading import UnreadableCell
from learnpath.interchange.cells.words import read_achievement_type, read_lifecycle_status
from learnpath.interchange.drafts import ParsedFile, ParsedRow, ParseOptions, ProgramDraft
from learnpath.interchange.lists.descriptions import described, sentence
from learnpath.interchange.lists.entries import Entry, as_objects, is_json, listed, load_list, minutes_of, term_of

FORMAT = "catalogue_json"
_LISTS = ("records", "certifications", "credentials", "courses", "programs", "catalog", "catalogue", "items", "results",
          "data")  # fmt: skip
_NAMES = ("name", "title", "course_title", "certification_name", "course_name")
_ISSUERS = (
    "vendor_name",
    "issuer_name",
    "provider_name",
    "vendor",
    "issuer",
    "provider",
    "organization",
    "organisation",
)
_KEYS = ("certification_id", "course_id", "external_id", "uid", "id", "slug")
_ADDRESSES = ("official_url", "url", "link", "website", "course_url")
_HOURS = ("hours", "duration_hours", "duration_in_hours", "total_hours", "estimated_hours")
_MINUTES = ("minutes", "duration_minutes", "duration_in_minutes")
_SPANS = ("duration", "effort", "length", "workload", "time_required")
_REQUIRED = ("prerequisites", "requires", "requirements")
_OTHERS = ("exam_codes", "exam_code", "validity_years", "level", "description", "duration", "language", *_ADDRESSES)
_SNIFF_BYTES = 2 * 1024 * 1024
_MOST_YEARS = 50
_LONGEST_PRICE = 200


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.35 for JSON lists of things that have a name and some other value that programs have."""
    del file_name
    if not is_json(data):
        return 0.0
    named = any(f'"{name}"'.encode() in data for name in (*_NAMES, *_ISSUERS[:3]))
    if not named or not any(f'"{name}"'.encode() in data for name in _OTHERS) or len(data) > _SNIFF_BYTES:
        return 0.35 if named and len(data) > _SNIFF_BYTES else 0.0
    try:
        things = _things(load_list(data))
    except KnownError:
        return 0.0
    fits = sum(_is_program(_flat(thing)) for thing in things[:50])
    return 0.35 if fits and fits * 2 >= min(len(things), 50) else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return the things that are listed as programs. Raises KnownError for damaged JSON and for other documents."""
    del options
    things = _things(load_list(data))
    rows = (_row(number, _flat(thing)) for number, thing in enumerate(things, start=1))
    return listed(FORMAT, "programs", rows, "The file holds no list of programs.")


def _things(value: object) -> list[JsonObject]:
    if is_object(value):
        document = one_object(value)
        value = next((document[name] for name in _LISTS if isinstance(document.get(name), list)), None)
    return [] if is_object(value) else as_objects(value)


def _flat(thing: JsonObject) -> JsonObject:
    """Return the values of an object and of the objects in it by their own names; the outermost of a name counts."""
    found: JsonObject = {}
    level = [thing]
    while level:
        inner: list[JsonObject] = []
        for part in level:
            for name, value in part.items():
                plain = name.lower().replace(" ", "_").replace("-", "_")
                if is_object(value) and plain not in _ISSUERS:
                    inner.append(cast("JsonObject", value))
                if value is not None:
                    _ = found.setdefault(plain, value)
        level = inner
    return found


def _is_program(flat: JsonObject) -> bool:
    has_name = any(isinstance(flat.get(name), str) for name in _NAMES)
    return has_name and any(name in flat for name in (*_OTHERS, *_ISSUERS))


def _row(number: int, flat: JsonObject) -> ParsedRow:
    entry = Entry(number, flat)
    minutes = _minutes(entry)
    required = entry.names(*(name for name in _REQUIRED if isinstance(flat.get(name), list)), inner=_NAMES)
    asked = [text_of(flat.get(name)) for name in _REQUIRED if isinstance(flat.get(name), str)]
    spans = [] if minutes else [text for name in _SPANS if (text := entry.line(name))]
    draft = ProgramDraft(
        name=entry.line(*_NAMES),
        issuer_name=next((name for key in _ISSUERS for name in entry.names(key)), ""),
        human_code=", ".join((entry.names("exam_codes") or entry.names("exam_code", "code", "course_code"))[:4]),
        achievement_type=_kind(entry),
        description=described(
            entry.paragraph("description", "summary", "recommended_background"),
            sentence("Requires", asked, entry.notes),
            sentence("Duration", spans, entry.notes),
        ),
        url=entry.address(*_ADDRESSES),
        level=entry.line("level", "difficulty"),
        language=entry.line("language", "locale"),
        estimated_minutes=minutes,
        price=_price(flat, entry.notes),
        valid_for=_validity(flat),
        lifecycle_status=_status(entry),
        external_id=entry.line(*_KEYS),
        source_url=entry.address("source_url"),
        checked_on=entry.date("checked_date", "checked_on"),
        required_names=required,
        skill_names=entry.names("skills"),
    )
    return entry.row(draft)


def _kind(entry: Entry) -> AchievementType | None:
    try:
        return read_achievement_type(entry.line("type", "achievement_type", "category"))
    except UnreadableCell:
        return None


def _status(entry: Entry) -> LifecycleStatus | None:
    try:
        return read_lifecycle_status(entry.line("state", "status", "lifecycle_status"))
    except UnreadableCell:
        return None


def _minutes(entry: Entry) -> int | None:
    """Return the effort; a number counts what its name says, a text has to name its unit."""
    for names, unit in ((_HOURS, "hours"), (_MINUTES, "minutes"), (_SPANS, "")):
        for name in names:
            text = text_of(entry.thing.get(name)).strip()
            found = minutes_of(f"{text} {unit}") if unit and read_number(text) is not None else minutes_of(text)
            if found:
                return found
    return None


def _price(flat: JsonObject, notes: list[str]) -> Money | None:
    """Return the price when the fees that are named are all the same."""
    found = set(_fees(flat))
    text = flat.get("price", flat.get("cost"))
    if not found and isinstance(text, str) and text.strip():
        code = text_of(flat.get("currency")).strip().upper()
        try:
            return read_price(text[:_LONGEST_PRICE], code if code in CURRENCIES else "")
        except UnreadableCell as problem:
            notes.append(f"price: {problem}")
    return found.pop() if len(found) == 1 else None


def _fees(flat: JsonObject) -> Iterator[Money]:
    for part in (flat, *(fee for name in ("exam_fees", "fees", "price") for fee in many(flat.get(name)))):
        fee = one_object(part)
        amount, code = fee.get("amount", fee.get("price")), text_of(fee.get("currency")).upper()
        if not isinstance(amount, int | float) or isinstance(amount, bool):
            continue
        if code in CURRENCIES and 0 <= amount < 10**9:
            yield Money.of(Decimal(str(amount)), code)


def _validity(flat: JsonObject) -> str:
    years = flat.get("validity_years")
    if isinstance(years, int | float) and not isinstance(years, bool):
        months = round(years * 12) if 0 < years <= _MOST_YEARS else 0
        return str(Term(years=months // 12, months=months % 12)) if months else ""
    return term_of(text_of(flat.get("valid_for")))
