"""Compact and JSON-serialised signed tokens (JWS, VC-JWT, JAdES): what they carry, read WITHOUT checking the signature.

Nothing in a header is trusted or followed: `alg` is only named in a note, keys and addresses of keys are ignored.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import cast

from learnpath.errors import KnownError
from learnpath.interchange.badges.shape import JsonObject, one_object, text_of
from learnpath.interchange.badges.strict_json import MOST_JSON_BYTES, load_json

_PART = r"[A-Za-z0-9_-]"
# A selectively disclosed token (SD-JWT) goes on after "~" with the values its owner shows.
_SIGNED = re.compile(rf"({_PART}{{4,}})\.({_PART}*)\.({_PART}*)(~.*)?", re.ASCII | re.DOTALL)
_ENCRYPTED = re.compile(rf"{_PART}+(?:\.{_PART}*){{4}}", re.ASCII)
_HINT = "Import the badge as its issuer hands it out. Nothing was imported."
NOT_CHECKED = "The signature was not checked: what follows is what the file says of itself."


@dataclass(frozen=True, slots=True)
class Token:
    """What a token carries: a JSON value. `notes` are sentences on how it is signed."""

    payload: object
    notes: tuple[str, ...]


def is_token(text: str) -> bool:
    """Return whether a text has the shape of a compact token, signed or encrypted."""
    plain = text.strip()
    found = _SIGNED.fullmatch(plain) or _ENCRYPTED.fullmatch(plain)
    return found is not None and plain.startswith("ey")


def read_token(text: str) -> Token:
    """Return what a compact token carries. Raises KnownError for encrypted tokens and for what is no token."""
    plain = text.strip()
    if len(plain) > 2 * MOST_JSON_BYTES:
        raise KnownError("The signed badge is larger than 4 MB: no badge is that long.", _HINT)
    if _ENCRYPTED.fullmatch(plain):
        raise KnownError("The token is encrypted: only its receiver can read it.", _HINT)
    found = _SIGNED.fullmatch(plain)
    if found is None:
        raise KnownError("The file is no signed badge: a token has three parts with dots between them.", _HINT)
    header = one_object(load_json(_decode(found[1])))
    claims = load_json(_decode(found[2]))
    return Token(_credential(claims), _notes(header, has_signature=bool(found[3]), is_selective=bool(found[4])))


def is_wrapped(document: JsonObject) -> bool:
    """Return whether a document is a signed token in JSON form (JAdES of Europass, general or flattened JWS)."""
    return isinstance(document.get("payload"), str) and ("signatures" in document or "signature" in document)


def unwrap(document: JsonObject) -> Token:
    """Return what a token in JSON form carries; its payload is JSON text or that in base64. Raises KnownError."""
    payload = text_of(document.get("payload")).strip()
    data = payload.encode() if payload.startswith(("{", "[")) else _decode(payload)
    return Token(_credential(load_json(data)), (NOT_CHECKED,))


def _decode(part: str) -> bytes:
    try:
        return base64.b64decode(part.rstrip("=") + "=" * (-len(part.rstrip("=")) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise KnownError("The signed badge is damaged: its contents are not in base64.", _HINT) from None


def _credential(claims: object) -> object:
    """Return the credential of a token's claims: they are it, or hold it as `vc` (VC data model 1.1) beside dates."""
    if not isinstance(claims, dict):
        return claims
    found = cast("JsonObject", claims)
    inner = found.get("vc", found.get("vp"))
    credential = dict(cast("JsonObject", inner)) if isinstance(inner, dict) else dict(found)
    for claim, name, others in (
        ("jti", "id", ()),
        ("iss", "issuer", ()),
        ("nbf", "validFrom", ("issuanceDate", "awardedDate", "issuedOn")),
        ("exp", "validUntil", ("expirationDate", "expires")),
    ):
        if claim in found and not any(key in credential for key in (name, *others)):
            credential[name] = found[claim]
    return credential


def _notes(header: JsonObject, *, has_signature: bool, is_selective: bool) -> tuple[str, ...]:
    algorithm = text_of(header.get("alg"))[:20]
    notes = [NOT_CHECKED]
    if algorithm.lower() == "none" or not has_signature:
        notes = ["The token is not signed at all (alg none): anybody can have written it."]
    elif algorithm.upper().startswith("HS"):
        notes.append(f"It is signed with a shared secret ({algorithm}), which proves no issuer.")
    return (
        (*notes, "Some of its values are withheld or listed apart; they were not read.")
        if is_selective
        else tuple(notes)
    )
