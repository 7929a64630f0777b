"""The linked data inside a saved web page: the texts of its `<script type="application/ld+json">`.

Nothing of the page is run, shown or fetched. The scripts are looked for by their tags alone: the standard library's
parser takes minutes for 300 kB of tags that are never closed.
"""

import re
from collections.abc import Iterator
from itertools import islice

from learnpath.errors import KnownError
from learnpath.interchange.text_decoding import decode

# Saved pages of course sites have up to 3 MB.
_MOST_BYTES = 16 * 1024 * 1024
_MOST_SCRIPTS = 200
_LONGEST_TAG = 2000
_MARK = b"application/ld+json"
_START = re.compile(r"<!--|<script(?=[\s>/])", re.IGNORECASE | re.ASCII)
_END = re.compile(r"</script", re.IGNORECASE | re.ASCII)
_TYPE = re.compile(r"\stype\s{0,9}=\s{0,9}[\"']?\s{0,9}application/ld\+json", re.IGNORECASE | re.ASCII)


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
    return list(islice(_scripts(decode(data).text), _MOST_SCRIPTS))


def _scripts(text: str) -> Iterator[str]:
    """Yield the texts of scripts with linked data outside comments. Every step begins where the last one ended."""
    at = 0
    while (match := _START.search(text, at)) is not None:
        if match[0] == "<!--":
            at = text.find("-->", match.end())
        else:
            first = text.find(">", match.end()) + 1
            end = _END.search(text, first) if first else None
            at = end.start() if end is not None else -1
            if at >= 0 and _TYPE.search(text[match.end() : first][:_LONGEST_TAG]):
                yield text[first:at]
        if at < 0:
            return
