"""Documents that belong to badges but are none: what they are, in words, and what to import instead."""

from collections.abc import Callable

from learnpath.interchange.badges.shape import JsonObject, address_of, many, objects, types_of

_HINT = "Import the badge itself: the file its issuer gave to the person who earned it."
_ENDORSEMENT = "an endorsement (somebody's word for a badge or an issuer), not a badge that was earned"
_LIST = "a list of revoked badges, as issuers publish it"
_BADGE_CLASS = "the description of a badge that can be earned, not a badge that somebody has earned"
_PROFILE = "the profile of an issuer, not a badge"
_KEY = "a key with which badges are signed or checked, not a badge"
_CONTEXT = "a dictionary of badge terms (JSON-LD context), not a badge"
_FRAGMENT = "a piece of a badge that does not say what was earned"
_OF_TYPE = {
    "EndorsementCredential": _ENDORSEMENT,
    "Endorsement": _ENDORSEMENT,
    "RevocationList": _LIST,
    "1EdTechRevocationList": _LIST,
    "BitstringStatusListCredential": _LIST,
    "BitstringStatusList": _LIST,
    "StatusList2021Credential": _LIST,
    "BadgeClass": _BADGE_CLASS,
    "Achievement": _BADGE_CLASS,
    "Issuer": _PROFILE,
    "Profile": _PROFILE,
    "CryptographicKey": _KEY,
    "Multikey": _KEY,
}


def describe_document(document: JsonObject) -> tuple[str, str] | None:
    """Return what a document is ("the profile of an issuer, not a badge") and a hint, or None when nothing is known."""
    types = types_of(document)
    named = next((what for name, what in _OF_TYPE.items() if name in types), "")
    if not named:
        named = next((what for what, fits in _SHAPES if fits(document)), "")
    return (named, _HINT) if named else None


def _is_context(document: JsonObject) -> bool:
    return set(document) == {"@context"}


def _is_status_list(document: JsonObject) -> bool:
    subjects = objects(document.get("credentialSubject"))
    return "revokedAssertions" in document or any("encodedList" in part for part in subjects)


def _is_key(document: JsonObject) -> bool:
    if address_of(document).startswith("did:") and "credentialSubject" not in document:
        return bool({"verificationMethod", "assertionMethod"} & document.keys())
    return bool({"publicKeyPem", "publicKeyMultibase", "privateKeyMultibase"} & document.keys())


def _is_badge_class(document: JsonObject) -> bool:
    return {"name", "criteria", "issuer"} <= document.keys() and "recipient" not in document


def _is_fragment(document: JsonObject) -> bool:
    if "credentialSubject" in document or "VerifiableCredential" in types_of(document):
        return False
    contexts = [context for context in many(document.get("@context")) if isinstance(context, str)]
    return any("openbadges" in context or "imsglobal.org/spec/ob" in context for context in contexts)


_SHAPES: tuple[tuple[str, Callable[[JsonObject], bool]], ...] = (
    (_CONTEXT, _is_context),
    (_LIST, _is_status_list),
    (_KEY, _is_key),
    (_BADGE_CLASS, _is_badge_class),
    (_FRAGMENT, _is_fragment),
)
