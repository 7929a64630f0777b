"""The format `ctdl`: credentials and programs in the Credential Transparency Description Language (JSON-LD).

A single thing or a `@graph`, with language maps or plain texts, from the registry of Credential Engine or an issuer.
"""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import cast

from learnpath.domain.money import Money
from learnpath.domain.records import AchievementType, LifecycleStatus
from learnpath.errors import KnownError
from learnpath.interchange.badges.shape import JsonObject, address_of, is_object, many, objects, text_of, types_of
from learnpath.interchange.cells.prices import CURRENCIES
from learnpath.interchange.drafts import ParsedFile, ParsedRow, ParseOptions, ProgramDraft
from learnpath.interchange.lists.descriptions import described, sentence, span_words, unique_names
from learnpath.interchange.lists.entries import Entry, as_objects, is_json, listed, load_list, minutes_of

FORMAT = "ctdl"
_MARKS = (b'"ceterms:', b"credreg.net/ctdl", b"purl.org/ctdl/terms/Pathway", b"skos:hasTopConcept", b"skos:inScheme")
_HINT = "Save a credential or a program and import that file."
# The classes of https://credreg.net/ctdl/terms that a person can earn or attend.
_TYPES = {
    "Certification": AchievementType.CERTIFICATION,
    "Certificate": AchievementType.CERTIFICATE,
    "CertificateOfCompletion": AchievementType.CERTIFICATE_OF_COMPLETION,
    "ProofOfCompletion": AchievementType.CERTIFICATE_OF_COMPLETION,
    "Badge": AchievementType.BADGE,
    "DigitalBadge": AchievementType.BADGE,
    "OpenBadge": AchievementType.BADGE,
    "MicroCredential": AchievementType.MICRO_CREDENTIAL,
    "License": AchievementType.LICENSE,
    "Course": AchievementType.COURSE,
    "CourseComponent": AchievementType.COURSE,
    "LearningOpportunityProfile": AchievementType.COURSE,
    "LearningOpportunity": AchievementType.COURSE,
    "LearningProgram": AchievementType.LEARNING_PROGRAM,
    "Pathway": AchievementType.LEARNING_PROGRAM,
    "Assessment": AchievementType.ASSESSMENT,
    "AssessmentProfile": AchievementType.ASSESSMENT,
    "AssessmentComponent": AchievementType.ASSESSMENT,
    "CredentialComponent": AchievementType.ACHIEVEMENT,
    "Credential": AchievementType.ACHIEVEMENT,
    "QualityAssuranceCredential": AchievementType.CERTIFICATION,
    "GeneralEducationDevelopment": AchievementType.DIPLOMA,
    "SecondarySchoolDiploma": AchievementType.DIPLOMA,
}
_ENDINGS = (
    ("Certificate", AchievementType.CERTIFICATE),
    ("Degree", AchievementType.DEGREE),
    ("Doctorate", AchievementType.DEGREE),
    ("Diploma", AchievementType.DIPLOMA),
)
# What a condition of CTDL (`ceterms:ConditionProfile`) points to.
_TARGETS = ("targetCredential", "targetLearningOpportunity", "targetAssessment")
_CURRENCY_NAMES = {"us dollar": "USD", "euro": "EUR", "pound sterling": "GBP", "canadian dollar": "CAD"}
_RETIRED = ("ceased", "discontinued", "deprecated", "superseded", "teachout")


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.8 for JSON that speaks CTDL or lists concepts beside it; badges that only mention it are surer."""
    del file_name
    return 0.8 if is_json(data) and any(mark in data for mark in _MARKS) else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return credentials, programs, courses and assessments as programs.

    Raises KnownError for damaged JSON and for documents that only describe organisations or concepts.
    """
    del options
    things = [_plain(thing) for thing in _graph(load_list(data))]
    names = {at: text_of(thing.get("name")) for thing in things if (at := address_of(thing))}
    found = [(kind, thing) for thing in things if (kind := _type_of(thing)) is not None]
    if not found:
        what = ", ".join(sorted({name for thing in things for name in types_of(thing)})[:5]) or "something else"
        raise KnownError(
            f"The file describes {what}: no credential and no program. Nothing was imported.",
            _HINT,
        )
    unique = unique_names(text_of(thing.get("name")) for _, thing in found)
    rows = (_row(number, kind, thing, names, unique) for number, (kind, thing) in enumerate(found, start=1))
    return listed(FORMAT, "programs", rows, "The file describes no credential and no program.")


def _graph(document: object) -> list[JsonObject]:
    things = as_objects([document] if is_object(document) else document)
    return [part for thing in things for part in (as_objects(thing["@graph"]) if "@graph" in thing else [thing])]


def _plain(thing: JsonObject) -> JsonObject:
    """Return an object whose names have no prefix (`ceterms:name`, `schema:name`) and languages no mark (`@en-US`)."""
    found: JsonObject = {}
    for name, value in thing.items():
        plain = _plain_value(value)
        if name.startswith("@"):
            found[name] = plain
        elif ":" not in name or found.get(name.rpartition(":")[2]) is None:
            found[name.rpartition(":")[2]] = plain
    return found


def _plain_value(value: object) -> object:
    if isinstance(value, list):
        return [_plain_value(part) for part in cast("list[object]", value)]
    if not is_object(value):
        return value
    inner = cast("JsonObject", value)
    if len(inner) == 1 and next(iter(inner)).startswith("@") and next(iter(inner)) not in {"@id", "@value", "@list"}:
        return next(iter(inner.values()))
    return _plain(inner)


def _type_of(thing: JsonObject) -> AchievementType | None:
    for name in sorted(types_of(thing)):
        if name in _TYPES:
            return _TYPES[name]
        for ending, kind in _ENDINGS:
            if name.endswith(ending):
                return kind
    return None


def _row(
    number: int, kind: AchievementType, thing: JsonObject, names: Mapping[str, str], unique: Collection[str]
) -> ParsedRow:
    """Return a thing; `names` are those of the document by address, `unique` what only one of its things is called."""
    entry = Entry(number, thing)
    ctid = entry.line("ctid").removeprefix("urn:ctid:")
    durations = [text_of(part.get("exactDuration")) for part in objects(thing.get("estimatedDuration"))]
    spans = [span_words(text) for text in durations if text and minutes_of(text) is None]
    linked, told = _required(thing, names, unique)
    parts = (_name_of(part, names) for part in objects(thing.get("hasPart")))
    draft = ProgramDraft(
        name=entry.line("name"),
        issuer_name=Entry(number, {"name": next(_issuers(thing, names), "")}).line("name"),
        human_code=entry.line("codedNotation"),
        achievement_type=kind,
        description=described(
            entry.paragraph("description"),
            sentence("Requires", told, entry.notes),
            sentence("Contains", parts, entry.notes),
            sentence("Duration", spans, entry.notes),
        ),
        url=entry.address("subjectWebpage", "url"),
        level="; ".join(entry.names("audienceLevelType", "educationalLevel", inner=("targetNodeName", "name"))[:3]),
        language="; ".join(entry.names("inLanguage")[:3]),
        estimated_minutes=next((found for text in durations if (found := minutes_of(text))), None),
        price=_price(thing),
        lifecycle_status=_status(thing),
        external_id=f"ce-{ctid}" if ctid and not ctid.startswith("ce-") else ctid,
        source_url=entry.address("@id", "id"),
        required_names=Entry(number, {"names": linked}).names("names"),
        skill_names=entry.names("teaches", "assesses", inner=("targetNodeName", "competencyText", "name")),
    )
    return entry.row(draft)


def _issuers(thing: JsonObject, names: Mapping[str, str]) -> Iterator[str]:
    for part in (one for name in ("ownedBy", "offeredBy", "owner", "creator") for one in objects(thing.get(name))):
        if found := _name_of(part, names):
            yield found


def _name_of(thing: JsonObject, names: Mapping[str, str]) -> str:
    """Return what a thing, or the one that it points to, is called, or ""."""
    return text_of(thing.get("name")) or names.get(address_of(thing), "")


def _required(thing: JsonObject, names: Mapping[str, str], unique: Collection[str]) -> tuple[list[str], list[str]]:
    """Return the names of what of the file is to be earned before, and what else is asked for in words."""
    linked: list[str] = []
    told: list[str] = []
    for condition in objects(thing.get("requires")):
        targets = [_name_of(one, names) for name in _TARGETS for one in objects(condition.get(name))]
        told.append(text_of(condition.get("description")) or ("" if targets else text_of(condition.get("name"))))
        told += map(text_of, many(condition.get("condition")))
        for name in targets:
            (linked if name in unique and name != text_of(thing.get("name")) else told).append(name)
    return linked, told


def _price(thing: JsonObject) -> Money | None:
    """Return what the thing costs when the file names exactly one amount."""
    found: set[Money] = set()
    for cost in objects(thing.get("estimatedCost")):
        amount, currency = cost.get("price"), text_of(cost.get("currency")).strip()
        code = currency.upper() if currency.upper() in CURRENCIES else _CURRENCY_NAMES.get(currency.lower(), "")
        if isinstance(amount, int | float) and not isinstance(amount, bool) and code and 0 <= amount < 10**9:
            found.add(Money.of(Decimal(str(amount)), code))
    return found.pop() if len(found) == 1 else None


def _status(thing: JsonObject) -> LifecycleStatus | None:
    for part in (*objects(thing.get("lifeCycleStatusType")), *objects(thing.get("credentialStatusType"))):
        nodes = objects(part.get("targetNode"))
        words = (address_of(nodes[0]) if nodes else address_of(part)) or text_of(part.get("targetNodeName"))
        state = words.rpartition(":")[2].lower()
        if state in {"active", "developing"}:
            return LifecycleStatus.ACTIVE if state == "active" else LifecycleStatus.ANNOUNCED
        if state in _RETIRED:
            return LifecycleStatus.RETIRED
    return None
