"""The badge data in an SVG picture. The picture is read as XML without entities and is never drawn."""

from collections.abc import Iterator
from typing import Protocol, cast

from learnpath.errors import KnownError
from learnpath.interchange.badges.png_text import BakedText
from learnpath.interchange.badges.tokens import is_token

# Real badges with embedded photographs stay below 1 MB.
_MOST_BYTES = 10 * 1024 * 1024
# Open Badges 1 and 2, and 3.0. Prefixes are free, namespaces are not; some bakers write a scheme or slash more or less.
_NAMESPACES = ("openbadges.org", "purl.imsglobal.org/ob/v3p0")
_ELEMENTS = ("assertion", "credential")
_HINT = "Download the badge again from where it was issued. Nothing was imported."


class _Element(Protocol):
    tag: object
    text: str | None

    def iter(self) -> Iterator["_Element"]: ...
    def itertext(self) -> Iterator[str]: ...
    def get(self, key: str, default: str) -> str: ...


def may_be_baked(data: bytes) -> bool:
    """Return whether bytes look like an SVG in which the badge namespace or prefix occurs."""
    return b"<svg" in data and any(name.encode() in data for name in ("openbadges", _NAMESPACES[1]))


def read_baked_svg(data: bytes) -> BakedText | None:
    """Return the first badge text of an SVG (JSON, a token or an address), or None when it has none.

    Raises KnownError for damaged XML, for documents that define entities and for more than 10 MB.
    """
    root = _parse(data)
    notes: list[str] = []
    texts = [text for element in root.iter() if _is_badge(element.tag) and (text := _text_of(element))]
    if len(texts) > 1:
        notes.append("The picture carries more than one badge; the first was read.")
    return BakedText(texts[0], tuple(notes)) if texts else None


def _parse(data: bytes) -> _Element:
    from xml.parsers.expat import ExpatError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring  # pyright: ignore[reportUnknownVariableType]

    if len(data) > _MOST_BYTES:
        raise KnownError("The SVG picture is larger than 10 MB: no badge is.", _HINT)
    try:
        # Drawing programs name the public SVG document type, which declares nothing here and is never fetched.
        return cast("_Element", fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True))
    except DefusedXmlException:
        message = "The SVG picture defines entities, which a badge does not need and which can do harm."
        raise KnownError(message, _HINT) from None
    except (ParseError, ExpatError, ValueError, LookupError):
        raise KnownError("The SVG picture is damaged: its XML cannot be read.", _HINT) from None


def _is_badge(tag: object) -> bool:
    if not isinstance(tag, str):
        return False
    namespace, _, name = tag.removeprefix("{").rpartition("}")
    return name in _ELEMENTS and namespace.partition("://")[2].rstrip("/") in _NAMESPACES


def _text_of(element: _Element) -> str:
    """Return an element's JSON, else the token or address in its `verify`, else whatever text it has."""
    inside = "".join(element.itertext()).strip()
    verify = element.get("verify", "").strip()
    if is_token(verify) and not inside.startswith("{"):
        return verify
    return inside or verify
