"""JSON-LD made plain once: one or many, an address or the thing itself, types with prefixes, texts in languages."""

import re
from typing import cast
from urllib.parse import unquote

JsonObject = dict[str, object]
# Web addresses beyond this are refused by servers; identities are far shorter.
_MOST_IDENTITY = 2_000
_TYPE_PREFIX = re.compile(r".*[/#:]")
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
    return frozenset(_TYPE_PREFIX.sub("", name.strip()) for name in named if isinstance(name, str))


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
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list):
        texts = [cast("JsonObject", part) for part in cast("list[object]", value) if isinstance(part, dict)]
        english = [part for part in texts if str(part.get("@language", "")).lower().startswith("en")]
        return next((text for part in (*english, *cast("list[object]", value)) if (text := text_of(part))), "")
    if not isinstance(value, dict):
        return ""
    found = cast("JsonObject", value)
    if "@value" in found:
        return text_of(found["@value"])
    spoken = {name: text_of(part) for name, part in found.items() if _LANGUAGE.fullmatch(name)}
    english = [name for name in spoken if re.split("[-_]", name.lower())[0] in {"en", "eng"}]
    return next((text for name in (*english, *spoken) if (text := spoken[name])), "")


def first_text(*values: object) -> str:
    """Return the first text among properties, or ""."""
    return next((text for value in values if (text := text_of(value)).strip()), "")
