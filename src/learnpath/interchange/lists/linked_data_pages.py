"""The linked data inside a saved web page: the texts of its `<script type="application/ld+json">`.

Nothing of the page is run, shown or fetched.
"""

from html.parser import HTMLParser

from learnpath.errors import KnownError
from learnpath.interchange.text_decoding import decode

# Saved pages of course sites have up to 3 MB.
_MOST_BYTES = 16 * 1024 * 1024
_MOST_SCRIPTS = 200
_MARK = b"application/ld+json"


def has_linked_data(data: bytes) -> bool:
    """Return whether bytes are a web page that carries linked data."""
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<!--", b"<head", b"<script")) and _MARK in data.lower()


def linked_data(data: bytes) -> list[str]:
    """Return the texts of a page's linked data in order, at most 200. Raises KnownError for more than 16 MB."""
    if len(data) > _MOST_BYTES:
        raise KnownError(
            "The web page is larger than 16 MB. Nothing was imported.",
            "Save the page as HTML only, without pictures inside it.",
        )
    reader = _ScriptReader()
    reader.feed(decode(data).text)
    reader.close()
    return reader.texts[:_MOST_SCRIPTS]


class _ScriptReader(HTMLParser):
    """Collects the texts of scripts that hold linked data."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._parts: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a text at a script of the right type."""
        kind = (dict(attrs).get("type") or "").split(";")[0].strip().lower()
        self._parts = [] if tag == "script" and kind == _MARK.decode() else None

    def handle_data(self, data: str) -> None:
        """Add to the text that has begun."""
        if self._parts is not None:
            self._parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        """End the text."""
        if self._parts is not None and tag == "script":
            self.texts.append("".join(self._parts))
            self._parts = None
