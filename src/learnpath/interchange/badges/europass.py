"""European digital credentials for learning (Europass): the European Learning Model, version 3, as JSON-LD."""

from learnpath.domain.records import AchievementType, Stage
from learnpath.interchange.badges.addresses import last_part, web_address
from learnpath.interchange.badges.found import Found, distinct, joined
from learnpath.interchange.badges.moments import read_moment
from learnpath.interchange.badges.plain_text import line, paragraph
from learnpath.interchange.badges.shape import (
    JsonObject,
    address_of,
    first_text,
    identity,
    objects,
    one_object,
    text_of,
    types_of,
)
from learnpath.interchange.cells.durations import read_minutes
from learnpath.interchange.cells.reading import UnreadableCell
from learnpath.interchange.cells.words import read_achievement_type
from learnpath.interchange.drafts import CredentialDraft

_NO_TITLE = "the credential has no title. Download it again from Europass and import it"
# A learning outcome that is a sentence is no skill's name.
_LONGEST_SKILL = 80
_LONGEST_DURATION = 40


def is_european(document: JsonObject) -> bool:
    """Return whether a document is a European digital credential."""
    return "EuropeanDigitalCredential" in types_of(document)


def read_european(document: JsonObject) -> Found:
    """Return the credential. The title is that of its only claim, else the one it is displayed with."""
    notes: list[str] = []
    claims = [
        claim for subject in objects(document.get("credentialSubject")) for claim in objects(subject.get("hasClaim"))
    ]
    claim = claims[0] if len(claims) == 1 else {}
    specified, awarded_by = one_object(claim.get("specifiedBy")), one_object(claim.get("awardedBy"))
    display = one_object(document.get("displayParameter"))
    shown = line(text_of(display.get("title")), notes)
    title = line(first_text(claim.get("title"), specified.get("title")), notes) or shown
    issuer_name = _issuer_name(one_object(document.get("issuer")), one_object(awarded_by.get("awardingBody")), notes)
    address = address_of(document)
    dates = (awarded_by.get("awardingDate"), *(document.get(name) for name in ("validFrom", "issued", "issuanceDate")))
    draft = CredentialDraft(
        title=title,
        issuer_name=issuer_name,
        achievement_type=_kind(shown, types_of(claim)),
        level=_level(specified, notes),
        stage=Stage.EARNED,
        awarded_on=next((day for date in dates if (day := read_moment(date, "awarded", notes))), None),
        valid_until=read_moment(document.get("validUntil", document.get("expirationDate")), "valid until", notes),
        license_number=line(text_of(one_object(document.get("identifier")).get("notation")), notes),
        external_id=identity(address),
        verification_url=web_address(address, notes),
        estimated_minutes=_minutes(text_of(specified.get("volumeOfLearning"))),
        notes=joined(_told(display, claims, specified, notes)),
        skill_names=_skills(claims, notes),
    )
    if not title:
        return Found(draft=draft, notes=tuple(notes), known=(issuer_name, address), untitled=_NO_TITLE)
    return Found(draft=draft, notes=tuple(notes), known=(title, issuer_name, address))


def _issuer_name(issuer: JsonObject, awarding_body: JsonObject, notes: list[str]) -> str:
    names = [
        body.get(name) for body in (issuer, awarding_body) for name in ("legalName", "prefLabel", "altLabel", "name")
    ]
    return line(first_text(*names), notes)


def _kind(shown: str, claim_types: frozenset[str]) -> AchievementType | None:
    """Return the kind that the displayed title says ("Micro-Credential"), or what a claim of an activity is."""
    try:
        return read_achievement_type(shown)
    except UnreadableCell:
        return AchievementType.CERTIFICATE_OF_COMPLETION if "LearningActivity" in claim_types else None


def _level(specified: JsonObject, notes: list[str]) -> str:
    """Return the level in the European framework (“EQF 6”), else what a national one calls it."""
    level = last_part(address_of(one_object(specified.get("eqfLevel"))))
    if level.isascii() and level.isdigit():
        return f"EQF {level}"
    found = (part.get("prefLabel") for name in ("eqfLevel", "nqfLevel") for part in objects(specified.get(name)))
    return line(first_text(*found), notes)


def _minutes(volume: str) -> int | None:
    try:
        return read_minutes(volume[:_LONGEST_DURATION]) or None
    except UnreadableCell:
        return None


def _told(display: JsonObject, claims: list[JsonObject], specified: JsonObject, notes: list[str]) -> list[str]:
    told = [paragraph(text_of(display.get("description")), notes)]
    for claim in claims:
        titled = line(text_of(claim.get("title")), notes) if len(claims) > 1 else ""
        told += [titled, paragraph(text_of(claim.get("description")), notes), *_grades(claim, notes)]
    for points in objects(specified.get("creditPoint")):
        framework = line(text_of(one_object(points.get("framework")).get("prefLabel")), notes)
        amount = line(text_of(points.get("point")), notes)
        told.append(f"Credit points: {amount} ({framework})" if framework and amount else amount)
    return [text for text in told if text]


def _grades(claim: JsonObject, notes: list[str]) -> list[str]:
    grades = [one_object(assessment.get("grade")) for assessment in objects(claim.get("provenBy"))]
    written = [line(first_text(grade.get("noteLiteral"), grade.get("prefLabel")), notes) for grade in grades]
    return [f"Grade: {grade}" for grade in written if grade]


def _skills(claims: list[JsonObject], notes: list[str]) -> tuple[str, ...]:
    outcomes = [
        outcome
        for claim in claims
        for specified in objects(claim.get("specifiedBy"))
        for outcome in objects(specified.get("learningOutcome"))
    ]
    related = [
        text_of(skill.get("prefLabel"))
        for outcome in outcomes
        for name in ("relatedESCOSkill", "relatedSkill")
        for skill in objects(outcome.get(name))
    ]
    titles = [text for outcome in outcomes if len(text := text_of(outcome.get("title"))) <= _LONGEST_SKILL]
    return distinct(related if any(related) else titles, notes)
