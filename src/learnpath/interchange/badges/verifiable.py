"""W3C verifiable credentials, first of all Open Badges 3.0 and the credentials inside a CLR. Nothing is verified."""

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import AchievementType, Stage
from learnpath.interchange.badges.achievement_facts import facts_of, results_of
from learnpath.interchange.badges.addresses import host_of, web_address
from learnpath.interchange.badges.found import (
    Found,
    achievement_type_of,
    description_of,
    evidence_of,
    joined,
    skills_of,
)
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
from learnpath.interchange.drafts import CredentialDraft

# What a subject that is no achievement may carry its title in (W3C examples, degrees, memberships).
_TITLED = ("hasCredential", "degree", "award", "qualification", "course", "membership", "license", "hasClaim")
_SAYING_NOTHING = frozenset({"achievement", "award", "badge", "certificate", "credential"})
_NAMING = frozenset({"id", "type", "@id", "@type"})
_PLAIN_TYPES = frozenset({"VerifiableCredential", "OpenBadgeCredential", "AchievementCredential"})
_NO_TITLE = "the credential does not say what was earned. Download it again, with its details, and import it"
_NO_SUBJECT = "the credential has no subject: it does not say what was earned, or by whom"


def is_credential(document: JsonObject) -> bool:
    """Return whether a document is a verifiable credential, also one with parts missing."""
    return "credentialSubject" in document or bool(types_of(document) & _PLAIN_TYPES)


def read_credential(document: JsonObject) -> Found:
    """Return what a credential says; `untitled` when nothing in it has a name."""
    notes: list[str] = []
    subject = _subject(document)
    achievement = one_object(subject.get("achievement"))
    title = _title(document, subject, achievement, notes)
    title = title or _title_of_type(document, subject) or _title_of_description(subject, notes)
    issuer_name = _issuer_name(document, achievement, notes)
    awarded = _awarded(document, notes)
    address = address_of(document)
    proof, told = evidence_of(document.get("evidence"), notes)
    is_badge = "OpenBadgeCredential" in types_of(document)
    draft = CredentialDraft(
        title=title,
        issuer_name=issuer_name,
        achievement_type=achievement_type_of(
            achievement.get("achievementType"), AchievementType.BADGE if is_badge else None
        ),
        human_code=line(text_of(achievement.get("humanCode")), notes),
        stage=Stage.EARNED,
        awarded_on=awarded,
        valid_until=read_moment(document.get("validUntil", document.get("expirationDate")), "valid until", notes),
        license_number=line(text_of(subject.get("licenseNumber")), notes),
        external_id=identity(address),
        verification_url=web_address(address, notes) or proof,
        notes=joined([*_description(document, subject, achievement, notes), *told]),
        skill_names=skills_of(achievement, notes),
    )
    if not title:
        untitled = _NO_TITLE if subject else _NO_SUBJECT
        return Found(
            draft=draft, notes=tuple(notes), known=(issuer_name, address, str(awarded or "")), untitled=untitled
        )
    return Found(draft=draft, notes=tuple(notes), known=(title, issuer_name, address))


def _subject(document: JsonObject) -> JsonObject:
    """Return the subject that has an achievement, else the one that says most."""
    subjects = objects(document.get("credentialSubject"))
    awarded = [subject for subject in subjects if subject.get("achievement")]
    return awarded[0] if awarded else max(subjects, key=_claims) if subjects else {}


def _claims(subject: JsonObject) -> int:
    return len(subject.keys() - _NAMING)


def _title(document: JsonObject, subject: JsonObject, achievement: JsonObject, notes: list[str]) -> str:
    own, of_credential = line(text_of(achievement.get("name")), notes), line(text_of(document.get("name")), notes)
    if own and not (own.casefold() in _SAYING_NOTHING and of_credential):
        return own
    return of_credential or line(first_text(*_names(subject)), notes)


def _names(subject: JsonObject) -> list[object]:
    inner = [part for name in _TITLED for part in objects(subject.get(name))]
    return [name for part in inner for name in (part.get("name"), part.get("title"))]


def _title_of_type(document: JsonObject, subject: JsonObject) -> str:
    """Return words for a credential whose type is all that names it, such as `AlumniCredential`, or ""."""
    if not _claims(subject):
        return ""
    named = sorted(types_of(document) - _PLAIN_TYPES)
    words = [
        "".join(f" {sign}" if sign.isupper() else sign for sign in name).split() for name in named if name.isalpha()
    ]
    return " ".join([words[0][0], *(word.lower() for word in words[0][1:])]) if words and words[0] else ""


def _title_of_description(subject: JsonObject, notes: list[str]) -> str:
    title = line(text_of(subject.get("description")), notes)
    if title:
        notes.append("the credential has no title: what it describes stands in for it")
    return title


def _issuer_name(document: JsonObject, achievement: JsonObject, notes: list[str]) -> str:
    issuer, creator = one_object(document.get("issuer")), one_object(achievement.get("creator"))
    name = line(first_text(issuer.get("name"), issuer.get("legalName")), notes)
    if not name:
        name = line(text_of(creator.get("name")), notes)
        address = address_of(issuer)
        if not name and address:
            notes.append(f"the issuer is named by an address only ({line(host_of(address) or address, notes)})")
    return name


def _awarded(document: JsonObject, notes: list[str]) -> PartialDate | None:
    written = ("awardedDate", "validFrom", "issuanceDate", "issued")
    return next((day for name in written if (day := read_moment(document.get(name), "awarded", notes))), None)


def _description(document: JsonObject, subject: JsonObject, achievement: JsonObject, notes: list[str]) -> list[str]:
    parts = description_of(achievement, notes)
    own = paragraph(text_of(document.get("description")), notes)
    narrative = paragraph(text_of(subject.get("narrative")), notes)
    facts = facts_of(subject, achievement, notes)
    told = [own, *parts, narrative, *facts, *results_of(subject, achievement, notes)]
    return [part for part in told if part]
