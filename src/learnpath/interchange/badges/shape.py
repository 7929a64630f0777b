"""JSON-LD made plain once: one or many, an address or the thing itself, types with prefixes, texts in languages."""

import re
from typing import cast
from urllib.parse import unquote

JsonObject = dict[str, object]
# Web addresses beyond this are refused by servers; identities are far shorter.
_MOST_IDENTITY = 2_000
# Texts in lists in languages are real; anything deeper is no text.
_MOST_DEPTH = 3
_LANGUAGE = re.compile(r"(?!id\b)[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*|@none", re.ASCII)


def is_object(value: object) -> bool:
    """Return whether a value is a JSON object."""
    return isinstance(value, dict)


def many(value: object) -> list[object]:
    """Return the values of a property that may hold none, one or many."""
    if value is None:
        return []
    return cast("list[object]", value) if isinstance(value, list) else [value]


def one_object(value: object) -> JsonObject:
    """Return a property's (first) object; an address alone becomes `{"id": address}`, anything else an empty one."""
    found = objects(value)
    return found[0] if found else {}


def objects(value: object) -> list[JsonObject]:
    """Return a property's objects; addresses alone become `{"id": address}`."""
    found: list[JsonObject] = []
    for part in many(value):
        if isinstance(part, dict):
            found.append(cast("JsonObject", part))
        elif isinstance(part, str) and part.strip():
            found.append({"id": part})
    return found


def types_of(thing: JsonObject) -> frozenset[str]:
    """Return the types of an object without prefix or address, such as `Assertion` for `obi:Assertion`."""
    named = (*many(thing.get("type")), *many(thing.get("@type")))
    return frozenset(_without_prefix(name.strip()) for name in named if isinstance(name, str))


def _without_prefix(name: str) -> str:
    return name[max(name.rfind(sign) for sign in "/#:") + 1 :]


def address_of(thing: JsonObject) -> str:
    """Return the `id` of an object as it is written, or ""."""
    found = thing.get("id", thing.get("@id"))
    return found.strip() if isinstance(found, str) else ""


def identity(address: str) -> str:
    """Return an address by which a credential is recognised again: percent-decoded and trimmed (Open Badges 3.0, 8.4).

    What decodes to something that is no text is kept as written; "" for more than 2,000 characters and for what is
    no plain text itself.
    """
    written = address.strip()
    if len(written) > _MOST_IDENTITY or not written.isprintable():
        return ""
    decoded = unquote(written).strip()
    return decoded if decoded.isprintable() and "\ufffd" not in decoded else written


def text_of(value: object) -> str:
    """Return the text of a property: plain, `{"@value": …}`, or a map of languages (English, else the first)."""
    return _text_within(value, _MOST_DEPTH)


def _text_within(value: object, depth: int) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if depth == 0:
        return ""
    if isinstance(value, list):
        parts = cast("list[object]", value)
        return next((text for part in sorted(parts, key=_is_foreign) if (text := _text_within(part, depth - 1))), "")
    if not isinstance(value, dict):
        return ""
    found = cast("JsonObject", value)
    if "@value" in found:
        return _text_within(found["@value"], depth - 1)
    spoken = sorted((name for name in found if _LANGUAGE.fullmatch(name)), key=lambda name: not _is_english(name))
    return next((text for name in spoken if (text := _text_within(found[name], depth - 1))), "")


def _is_english(language: str) -> bool:
    return re.split("[-_]", language.lower(), maxsplit=1)[0] in {"en", "eng"}


def _is_foreign(part: object) -> bool:
    """Return whether a part of a list is a text that is not marked as English."""
    if not isinstance(part, dict):
        return True
    return not _is_english(str(cast("JsonObject", part).get("@language", "")))


def first_text(*values: object) -> str:
    """Return the first text among properties, or ""."""
    return next((text for value in values if (text := text_of(value)).strip()), "")
