"""The badge data in a PNG picture, read chunk by chunk. Pixels are never decoded.

Open Badges bake into the text chunks `openbadges` (0.5 to 2.1) and `openbadgecredential` (3.0), see the PNG
specification, 11.3.3, for tEXt, zTXt and iTXt.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from learnpath.errors import KnownError
from learnpath.interchange.badges.strict_json import MOST_JSON_BYTES

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MOST_CHUNKS = 10_000
_MOST_INFLATED = 1024 * 1024
_KEYWORDS = (b"openbadgecredential", b"openbadges")
_TEXT_CHUNKS = (b"tEXt", b"zTXt", b"iTXt")
_HINT = "Download the badge again from where it was issued. Nothing was imported."


@dataclass(frozen=True, slots=True)
class BakedText:
    """The text of a badge found in a picture, and sentences on what is odd about it."""

    text: str
    notes: tuple[str, ...]


def may_be_baked(data: bytes) -> bool:
    """Return whether bytes are a PNG in which a badge keyword occurs at all."""
    return data.startswith(SIGNATURE) and any(keyword in data for keyword in _KEYWORDS)


def read_baked_png(data: bytes) -> BakedText | None:
    """Return the first badge text of a PNG, or None when it has none.

    Raises KnownError for more than 10,000 chunks, texts that unpack to more than 1 MB and damaged text chunks.
    """
    notes: list[str] = []
    texts: list[str] = []
    for kind, body, is_intact in _chunks(data, notes):
        keyword, separator, rest = body.partition(b"\0")
        if kind in _TEXT_CHUNKS and separator and keyword.strip().lower() in _KEYWORDS:
            if not is_intact:
                notes.append("The checksum of the badge data is wrong: the picture was damaged or changed.")
            texts.append(_read_text(kind, rest).strip())
    found = [text for text in texts if text]
    if len(found) > 1:
        notes.append("The picture carries more than one badge; the first was read.")
    return BakedText(found[0], tuple(dict.fromkeys(notes))) if found else None


def _chunks(data: bytes, notes: list[str]) -> Iterator[tuple[bytes, bytes, bool]]:
    """Yield the type and content of each chunk and whether its checksum is right."""
    at = len(SIGNATURE)
    for _ in range(_MOST_CHUNKS):
        if at + 12 > len(data):
            break
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            break
        # Only text chunks are looked into: the checksum of pixels says nothing about the badge.
        if kind in _TEXT_CHUNKS:
            body = data[at + 8 : end - 4]
            yield kind, body, zlib.crc32(kind + body) == struct.unpack_from(">I", data, end - 4)[0]
        if kind == b"IEND":
            return
        at = end
    else:
        raise KnownError("The picture has more than 10,000 parts: no badge has.", _HINT)
    notes.append("The picture breaks off before its end.")


def _read_text(kind: bytes, rest: bytes) -> str:
    """Return the text of a chunk after its keyword."""
    if kind == b"zTXt":
        if rest[:1] != b"\0":
            raise _damaged()
        return _decoded(_inflate(rest[1:]))
    if kind == b"tEXt":
        return _decoded(rest)
    parts = rest[2:].split(b"\0", 2)
    if len(parts) < 3 or rest[0] > 1:
        raise _damaged()
    return _decoded(_inflate(parts[2]) if rest[0] else parts[2])


def _inflate(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(packed, _MOST_INFLATED + 1)
    except zlib.error:
        raise _damaged() from None
    if len(text) > _MOST_INFLATED:
        raise KnownError("The badge data in the picture unpacks to more than 1 MB: no badge is that long.", _HINT)
    return text


def _decoded(text: bytes) -> str:
    if len(text) > MOST_JSON_BYTES:
        raise KnownError("The badge data in the picture is larger than 2 MB: no badge is that long.", _HINT)
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("latin-1")


def _damaged() -> KnownError:
    return KnownError("The badge data in the picture is damaged.", _HINT)
