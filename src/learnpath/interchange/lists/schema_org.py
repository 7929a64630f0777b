"""The format `schema_org`: courses, programs and credentials in the words of schema.org.

As JSON-LD, or inside a saved web page of a course (`linked_data_pages`).
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import cast

from learnpath.domain.money import Money
from learnpath.domain.records import AchievementType
from learnpath.errors import KnownError
from learnpath.interchange.badges.foreign_documents import describe_document
from learnpath.interchange.badges.shape import JsonObject, is_object, objects, text_of, types_of
from learnpath.interchange.cells.numbers import read_number
from learnpath.interchange.cells.prices import CURRENCIES
from learnpath.interchange.cells.reading import UnreadableCell
from learnpath.interchange.cells.words import read_achievement_type
from learnpath.interchange.drafts import ParsedFile, ParsedRow, ParseOptions, ProgramDraft
from learnpath.interchange.lists.entries import Entry, is_json, listed, load_lenient, minutes_of, term_of
from learnpath.interchange.lists.linked_data_pages import has_linked_data, linked_data

FORMAT = "schema_org"
_TYPES = {
    "Course": AchievementType.COURSE,
    "EducationalOccupationalProgram": AchievementType.LEARNING_PROGRAM,
    "WorkBasedProgram": AchievementType.LEARNING_PROGRAM,
    "EducationalOccupationalCredential": None,
}
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
    rows = (_row(number, thing) for number, thing in enumerate(found, start=1))
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


def _row(number: int, thing: JsonObject) -> ParsedRow:
    entry = Entry(number, thing)
    instances = objects(thing.get("hasCourseInstance"))
    workload = [text_of(thing.get("timeRequired")), *(text_of(one.get("courseWorkload")) for one in instances)]
    draft = ProgramDraft(
        name=entry.line("name"),
        issuer_name=next(iter(entry.names("provider", "recognizedBy", "offeredBy", "publisher", "creator")), ""),
        human_code=entry.line("courseCode"),
        achievement_type=_kind(thing),
        description=entry.paragraph("description"),
        url=entry.address("url", "@id"),
        level=next(iter(entry.names("educationalLevel")), ""),
        language=next(iter(entry.names("inLanguage", inner=("alternateName", "name"))), ""),
        estimated_minutes=next((found for text in workload if (found := minutes_of(text))), None),
        price=_price([thing, *instances]),
        valid_for=term_of(text_of(thing.get("validFor"))),
        external_id=entry.line("identifier"),
        skill_names=entry.names("teaches", "competencyRequired"),
    )
    return entry.row(draft)


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
