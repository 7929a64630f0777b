"""Open Badges 0.5, 1.x, 2.0 and 2.1: an assertion with its badge and issuer inside, or only their addresses."""

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import AchievementType, Stage
from learnpath.interchange.badges.addresses import host_of, last_part, web_address, words_of
from learnpath.interchange.badges.found import Found, description_of, evidence_of, joined, skills_of
from learnpath.interchange.badges.moments import read_moment
from learnpath.interchange.badges.plain_text import line, paragraph
from learnpath.interchange.badges.shape import (
    JsonObject,
    address_of,
    first_text,
    identity,
    is_object,
    one_object,
    text_of,
    types_of,
)
from learnpath.interchange.drafts import CredentialDraft

_NO_TITLE = "the file does not say what the badge is called. Download the badge again, with its details, and import it"
_NO_NAME = "the badge's name is not in this file, only where to find it"


def is_assertion(document: JsonObject) -> bool:
    """Return whether a document says that somebody earned a badge, in any version before 3.0."""
    types = types_of(document)
    if "Endorsement" in types or "claim" in document:
        return False
    if "Assertion" in types:
        return True
    named = "badge" in document or "verify" in document or "verification" in document
    return named and (
        "recipient" in document
        or "issuedOn" in document
        or "issued_on" in document
        or is_object(document.get("verify"))
    )


def read_assertion(document: JsonObject) -> Found:
    """Return the credential of an assertion. A hosted one without its badge gets a title from its address."""
    notes: list[str] = []
    badge = one_object(document.get("badge"))
    issuer = one_object(badge.get("issuer"))
    place = _hosted_at(document)
    awarded = read_moment(document.get("issuedOn", document.get("issued_on")), "issued", notes)
    proof, told = evidence_of(document.get("evidence"), notes)
    title = line(text_of(badge.get("name")), notes) or _stand_in(badge, place, notes)
    issuer_name = _issuer_name(issuer, notes)
    revoked_on = _revocation(document, awarded, told, notes)
    narrative = paragraph(text_of(document.get("narrative")), notes)
    draft = CredentialDraft(
        title=title,
        issuer_name=issuer_name,
        achievement_type=AchievementType.BADGE,
        stage=Stage.EARNED,
        awarded_on=awarded,
        valid_until=read_moment(document.get("expires"), "expires", notes),
        revoked_on=revoked_on,
        external_id=_external_id(document, issuer, place),
        verification_url=web_address(place, notes) or proof,
        notes=joined([*description_of(badge, notes), *([narrative] if narrative else []), *told]),
        skill_names=skills_of(badge, notes),
    )
    if not title:
        return Found(
            draft=draft, notes=tuple(notes), known=(issuer_name, place, str(awarded or "")), untitled=_NO_TITLE
        )
    return Found(draft=draft, notes=tuple(notes), known=(title, issuer_name, draft.external_id))


def read_place(address: str) -> Found | None:
    """Return the credential of which a file says only where it is hosted, or None when that is no web address."""
    return read_assertion({"id": address}) if host_of(address) else None


def _hosted_at(document: JsonObject) -> str:
    """Return the address that names the assertion: its id, or where an older one is hosted."""
    if found := address_of(document):
        return found
    verify = one_object(document.get("verify"))
    # Of a signed badge this is where the key is, which many badges share.
    return "" if text_of(verify.get("type")).lower() == "signed" else first_text(verify.get("url"), verify.get("id"))


def _external_id(document: JsonObject, issuer: JsonObject, place: str) -> str:
    if place:
        return identity(place)
    uid, origin = text_of(document.get("uid")).strip(), text_of(issuer.get("origin")).strip()
    return identity(f"{origin.rstrip('/')}/{uid}") if uid and origin else ""


def _stand_in(badge: JsonObject, place: str, notes: list[str]) -> str:
    address = address_of(badge)
    host = host_of(address) or host_of(place)
    # The last part of the address keeps two nameless badges of one place apart.
    title = words_of(address) or (f"Badge {last_part(place)} from {host}" if host else "")
    if title:
        shown = address if host_of(address) else place
        notes.append(f"{_NO_NAME} ({line(shown, notes)}): the title “{line(title, notes)}” stands in for it")
    return line(title, notes)


def _issuer_name(issuer: JsonObject, notes: list[str]) -> str:
    name = line(first_text(issuer.get("name")), notes)
    unit = line(text_of(issuer.get("org")), notes)
    return f"{name} ({unit})" if name and unit and unit != name else name or unit


def _revocation(
    document: JsonObject, awarded: PartialDate | None, told: list[str], notes: list[str]
) -> PartialDate | None:
    revoked = document.get("revoked")
    if revoked is not True and text_of(revoked).lower() != "true":
        return None
    reason = line(text_of(document.get("revocationReason")), notes)
    told.append("Revoked by the issuer" + (f": {reason}" if reason else ""))
    day = read_moment(document.get("revokedOn", document.get("revocationDate")), "revoked", notes)
    if day is None and awarded is None:
        notes.append("the issuer has revoked this badge, without saying when: enter the day yourself")
    elif day is None:
        notes.append("the issuer has revoked this badge, without saying when: the day of the award stands in for it")
    return day or awarded
