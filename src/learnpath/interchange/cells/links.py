"""Web addresses from files."""

import re

from learnpath.interchange.cells.reading import UnreadableCell, quoted

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?!\d)")
_HOST = re.compile(r"[A-Za-z0-9](?:[\w-]*\.)+[A-Za-z\u0080-\uffff][\w-]+(?::\d{1,5})?(?:[/?#].*)?")
_WEB = re.compile(r"https?://[^\s/?#@]+(?:[/?#]\S*)?", re.IGNORECASE)


def read_url(text: str) -> str:
    """Return an http(s) address; one without a scheme gets `https://`.

    Raises UnreadableCell for every other scheme (`javascript:`, `file:`), for control characters and for other text.
    """
    plain = text.strip()
    if not plain.isprintable() or len(plain) > 4000:
        raise UnreadableCell(f"{quoted(text)} is no web address")
    if not _SCHEME.match(plain) and _HOST.fullmatch(plain):
        plain = "https://" + plain
    if not _WEB.fullmatch(plain):
        raise UnreadableCell(f"{quoted(text)} is no web address")
    return plain
