"""The format `schema_org`: courses, programs and credentials in the words of schema.org.

As JSON-LD, or inside a saved web page of a course (`linked_data_pages`).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import cast

from learnpath.domain.money import Money
from learnpath.domain.records import AchievementType
from learnpath.domain.wording import date_text
from learnpath.errors import KnownError
from learnpath.interchange.badges.foreign_documents import describe_document
from learnpath.interchange.badges.moments import read_moment
from learnpath.interchange.badges.shape import (
    JsonObject,
    address_of,
    first_text,
    is_object,
    many,
    objects,
    one_object,
    text_of,
    types_of,
)
from learnpath.interchange.cells.numbers import read_number
from learnpath.interchange.cells.prices import CURRENCIES
from learnpath.interchange.cells.reading import UnreadableCell
from learnpath.interchange.cells.words import read_achievement_type
from learnpath.interchange.drafts import ParsedFile, ParsedRow, ParseOptions, ProgramDraft
from learnpath.interchange.lists.descriptions import described, sentence, span_words, unique_names
from learnpath.interchange.lists.entries import Entry, is_json, listed, load_lenient, minutes_of, term_of
from learnpath.interchange.lists.linked_data_pages import has_linked_data, linked_data

FORMAT = "schema_org"
_TYPES = {
    "Course": AchievementType.COURSE,
    "EducationalOccupationalProgram": AchievementType.LEARNING_PROGRAM,
    "WorkBasedProgram": AchievementType.LEARNING_PROGRAM,
    "EducationalOccupationalCredential": None,
}
_MOST_STARTS, _MOST_INSTANCES = 10, 1_000
_HINT = "Save the page of a course, a program or a credential and import that file."


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.6 for JSON in the words of schema.org, 0.7 for a web page with linked data; badges are surer."""
    del file_name
    if has_linked_data(data):
        return 0.7
    return 0.6 if is_json(data) and b'"@context"' in data and b"schema.org" in data else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return courses, programs and credentials as programs.

    Raises KnownError for damaged JSON and for documents that describe nothing of the kind.
    """
    del options
    is_page = not is_json(data)
    documents = list(_page_documents(data)) if is_page else [load_lenient(data)]
    kinds: set[str] = set()
    found = list(_things(documents, kinds))
    if not found:
        for document in documents:
            if is_object(document) and (known := describe_document(cast("JsonObject", document))) is not None:
                raise KnownError(f"The file is {known[0]}. Nothing was imported.", known[1])
        what = f"describes {', '.join(sorted(kinds)[:5])}: no" if kinds else "describes no"
        raise KnownError(
            f"The {'web page' if is_page else 'file'} {what} course, program or credential. Nothing was imported.",
            _HINT,
        )
    names = {at: text_of(thing.get("name")) for thing in found if (at := address_of(thing))}
    unique = unique_names(text_of(thing.get("name")) for thing in found)
    rows = (_row(number, thing, names, unique) for number, thing in enumerate(found, start=1))
    return listed(FORMAT, "programs", rows, "The file describes no course, program or credential.")


def _page_documents(data: bytes) -> Iterator[object]:
    for text in linked_data(data):
        try:
            yield load_lenient(text.encode("utf-8", "replace"))
        except KnownError:
            # One of several scripts on a page; the others may still be whole.
            continue


def _things(documents: Iterable[object], kinds: set[str]) -> Iterator[JsonObject]:
    """Yield the things to earn or attend wherever they stand; `kinds` gets the types of what surrounds them."""
    open_parts: list[object] = [*reversed(list(documents))]
    while open_parts:
        part = open_parts.pop()
        if isinstance(part, list):
            open_parts += reversed(cast("list[object]", part))
        elif is_object(part):
            thing = cast("JsonObject", part)
            types = types_of(thing)
            if types & _TYPES.keys():
                yield thing
            else:
                kinds |= types
                # A context explains words and describes nothing.
                open_parts += reversed([value for name, value in thing.items() if name != "@context"])


def _row(number: int, thing: JsonObject, names: Mapping[str, str], unique: Collection[str]) -> ParsedRow:
    """Return a thing; `names` are those of the document by address, `unique` the ones that only one of them has."""
    entry = Entry(number, thing)
    linked, told = _required(thing, names, unique)
    instances = objects(thing.get("hasCourseInstance"))[:_MOST_INSTANCES]
    spans = [text_of(thing.get(name)) for name in ("timeRequired", "timeToComplete")]
    workload = [text_of(one.get("courseWorkload")) for one in instances]
    draft = ProgramDraft(
        name=entry.line("name"),
        issuer_name=next(iter(entry.names("provider", "recognizedBy", "offeredBy", "publisher", "creator")), ""),
        human_code=entry.line("courseCode"),
        achievement_type=_kind(thing),
        description=described(
            entry.paragraph("description"),
            sentence("Requires", told, entry.notes),
            sentence("Leads to", entry.names("educationalCredentialAwarded"), entry.notes),
            sentence("Time to complete", _in_words(spans), entry.notes),
            sentence("Workload", _in_words(workload), entry.notes),
            sentence("Starts", _starts(instances, entry.notes), entry.notes),
        ),
        url=entry.address("url", "@id"),
        level=next(iter(entry.names("educationalLevel")), ""),
        language=next(iter(entry.names("inLanguage", inner=("alternateName", "name"))), ""),
        estimated_minutes=next((found for text in (*spans, *workload) if (found := minutes_of(text))), None),
        price=_price([thing, *instances]),
        valid_for=term_of(text_of(thing.get("validFor"))),
        external_id=entry.line("identifier"),
        required_names=Entry(number, {"names": linked}).names("names"),
        skill_names=entry.names("teaches", "competencyRequired"),
    )
    return entry.row(draft)


def _required(thing: JsonObject, names: Mapping[str, str], unique: Collection[str]) -> tuple[list[str], list[str]]:
    """Return the names of what is to be earned before, and what is asked for in words."""
    linked: list[str] = []
    told: list[str] = []
    for part in many(thing.get("coursePrerequisites")) + many(thing.get("programPrerequisites")):
        needed = one_object(part) if is_object(part) else {}
        name = names.get(address_of(needed) if needed else text_of(part).strip(), "")
        is_here = bool(name) and name in unique and name != text_of(thing.get("name"))
        if is_here or (types_of(needed) & _TYPES.keys() and text_of(needed.get("name"))):
            linked.append(name if is_here else text_of(needed.get("name")))
        else:
            told.append(first_text(needed.get("name"), needed.get("targetName"), needed.get("description"), name, part))
    return linked, told


def _in_words(spans: Iterable[str]) -> Iterator[str]:
    """Yield the spans that are calendar time; effort in hours has a field of its own."""
    return (span_words(text) for text in spans if minutes_of(text) is None)


def _starts(instances: Iterable[JsonObject], notes: list[str]) -> list[str]:
    """Return the days on which a course begins, the last ten of more: which of them are over changes by the day."""
    days = {day for one in instances if (day := read_moment(one.get("startDate"), "start", notes)) is not None}
    return [date_text(day) for day in sorted(days, key=str)[-_MOST_STARTS:]]


def _kind(thing: JsonObject) -> AchievementType:
    kind = next((_TYPES[name] for name in sorted(types_of(thing)) if name in _TYPES), None)
    if kind is not None:
        return kind
    for name in Entry(1, thing).names("credentialCategory"):
        try:
            return read_achievement_type(name)
        except UnreadableCell:
            continue
    return AchievementType.ACHIEVEMENT


def _price(things: Iterable[JsonObject]) -> Money | None:
    """Return the price when all offers name the same one."""
    found: set[Money] = set()
    for offer in (offer for thing in things for offer in objects(thing.get("offers"))):
        for part in (offer, *objects(offer.get("priceSpecification"))):
            amount = read_number(text_of(part.get("price")), "both")
            code = text_of(part.get("priceCurrency")).strip().upper()
            if amount is not None and code in CURRENCIES and 0 <= amount < Decimal(10**9):
                found.add(Money.of(amount, code))
    return found.pop() if len(found) == 1 else None
