"""The badge data in an SVG picture. The picture is read as XML without entities and is never drawn."""

from learnpath.errors import KnownError
from learnpath.interchange.badges.png_text import BakedText
from learnpath.interchange.badges.tokens import is_token

# Real badges with embedded photographs stay below 1 MB.
_MOST_BYTES = 10 * 1024 * 1024
_MOST_DEPTH = 256
_MOST_ELEMENTS = 500_000
# Open Badges 1 and 2, and 3.0. Prefixes are free, namespaces are not; some bakers write a scheme or slash more or less.
_NAMESPACES = ("openbadges.org", "purl.imsglobal.org/ob/v3p0")
_ELEMENTS = ("assertion", "credential")
_HINT = "Download the badge again from where it was issued. Nothing was imported."


def may_be_baked(data: bytes) -> bool:
    """Return whether bytes look like an SVG in which the badge namespace or prefix occurs."""
    return b"<svg" in data and any(name.encode() in data for name in ("openbadges", _NAMESPACES[1]))


def read_baked_svg(data: bytes) -> BakedText | None:
    """Return the first badge text of an SVG (JSON, a token or an address), or None when it has none.

    Raises KnownError for damaged XML, for documents that define entities and for more than 10 MB.
    """
    badges = _BadgeElements()
    _feed(data, badges)
    if not badges.texts:
        return None
    more = ("The picture carries more than one badge; the first was read.",) if len(badges.texts) > 1 else ()
    return BakedText(badges.texts[0], more)


class _BadgeElements:
    """Takes the events of an XML parser and keeps the texts of badge elements only: no tree is built."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._inside: list[str] | None = None
        self._verify = ""
        self._depth = 0
        self._count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin to collect at a badge element. Raises KnownError below 256 others and after 500,000."""
        self._depth += 1
        self._count += 1
        if self._depth > _MOST_DEPTH:
            raise KnownError("The SVG picture is nested too deeply: no badge is.", _HINT)
        if self._count > _MOST_ELEMENTS:
            raise KnownError("The SVG picture has more than 500,000 parts: no badge has.", _HINT)
        if self._inside is None and _is_badge(tag):
            self._inside, self._verify = [], attributes.get("verify", "")

    def data(self, text: str) -> None:
        """Collect text inside a badge element."""
        if self._inside is not None:
            self._inside.append(text)

    def end(self, tag: str) -> None:
        """Keep what a badge element held."""
        self._depth -= 1
        if self._inside is not None and _is_badge(tag):
            text = _choose("".join(self._inside).strip(), self._verify.strip())
            self.texts += [text] if text else []
            self._inside = None

    def close(self) -> None:
        """Do nothing: the texts are kept already."""


def _feed(data: bytes, badges: _BadgeElements) -> None:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, XMLParser

    if len(data) > _MOST_BYTES:
        raise KnownError("The SVG picture is larger than 10 MB: no badge is.", _HINT)
    # Drawing programs name the public SVG document type, which declares nothing here and is never fetched.
    parser = XMLParser(target=badges, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(data)
        parser.close()
    except DefusedXmlException:
        message = "The SVG picture defines entities, which a badge does not need and which can do harm."
        raise KnownError(message, _HINT) from None
    except (ParseError, ValueError, LookupError):
        raise KnownError("The SVG picture is damaged: its XML cannot be read.", _HINT) from None


def _is_badge(tag: str) -> bool:
    namespace, _, name = tag.removeprefix("{").rpartition("}")
    return name in _ELEMENTS and namespace.partition("://")[2].rstrip("/") in _NAMESPACES


def _choose(inside: str, verify: str) -> str:
    """Return a badge element's JSON, else the token or address in its `verify`, else whatever text it has."""
    if is_token(verify) and not inside.startswith("{"):
        return verify
    return inside or verify
