"""Bytes to text: byte order marks, UTF-8, UTF-16, and a guess that is shown where neither fits."""

import codecs
import re
from dataclasses import dataclass, replace

from learnpath.interchange.archive_files import ARCHIVE

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
STEERING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks, embeddings, overrides and isolates of writing direction."""

ZEROS_REMOVED = "Characters of value zero were removed."
SIGNS_REMOVED = "Control characters or signs that turn the direction of writing were removed."
# Signs that part words, though they are control characters.
_PARTING = re.compile("[\x0b\x0c\x85]")
_ODD = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff{STEERING}]")
# So many control characters a text may have got by mistake.
_FEW = 4
_GUESS_BYTES = 50_000
# What West European text has beyond ASCII. Statistics alone take short Spanish for Central European.
_WESTERN = frozenset("áéíóúñüäöàèçêôâëïîùßœæøåÁÉÍÓÚÑÜÄÖÀÈÇÊÔÅØÆ¿¡°º“”‘’–—…€£©®«»·\u00a0")
_PORTUGUESE = frozenset("ãõÃÕ")


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Text and the encoding it was read with. `is_guessed` when nothing in the bytes proves the encoding."""

    text: str
    encoding: str
    is_guessed: bool


def decode(data: bytes) -> DecodedText:
    """Return the text of a file. Never fails: what no encoding explains is read as Windows-1252."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return DecodedText(data.decode(encoding, "replace"), encoding, False)
    wide = _utf16_without_mark(data)
    if wide:
        return DecodedText(data.decode(wide, "replace"), wide, True)
    try:
        return DecodedText(data.decode("utf-8"), "utf-8", False)
    except UnicodeDecodeError:
        return _guess(data)


def without_odd_signs(text: str) -> str:
    """Return a text without control characters, halves of characters and signs that turn the direction of writing.

    Tabs and line breaks stay.
    """
    if (text.isascii() and text.isprintable()) or _ODD.search(text) is None:
        return text
    return _ODD.sub("", _PARTING.sub(" ", text))


def decode_plainly(data: bytes) -> tuple[DecodedText, tuple[str, ...]]:
    """Return the text of a file without odd signs, and a sentence when it had any."""
    return plainly(decode(data))


def plainly(found: DecodedText) -> tuple[DecodedText, tuple[str, ...]]:
    """Return a decoded text without odd signs, and a sentence when it had any."""
    text = without_odd_signs(found.text)
    if text == found.text:
        return found, ()
    plain = replace(found, text=text)
    return plain, (ZEROS_REMOVED if text == found.text.replace("\0", "") else SIGNS_REMOVED,)


def is_binary(data: bytes) -> bool:
    """Return whether bytes are no text: more control characters than a text has by mistake."""
    if data.startswith(ARCHIVE):
        # Well compressed text may look like text of another kind.
        return True
    if data.startswith(tuple(mark for mark, _ in _MARKS)) or _utf16_without_mark(data):
        return False
    head = data[:8192]
    odd = sum(head.count(byte) for byte in range(32) if byte not in (0, 9, 10, 11, 12, 13, 26, 27))
    return (odd - _FEW) * 50 > len(head) or head.count(0) * 20 > len(head)


def _utf16_without_mark(data: bytes) -> str:
    head = data[: min(len(data), 4096) // 2 * 2]
    if len(head) < 4:
        return ""
    half = len(head) // 2
    low, high = head[0::2].count(0), head[1::2].count(0)
    if high * 10 > half * 6 and low * 20 < half:
        return "utf-16-le"
    return "utf-16-be" if low * 10 > half * 6 and high * 20 < half else ""


def _is_western(sample: bytes) -> bool:
    try:
        beyond = [character for character in sample.decode("cp1252") if character > "\x7f"]
    except UnicodeDecodeError:
        return False
    usual = _WESTERN | _PORTUGUESE if "ã" in beyond and "ç" in beyond else _WESTERN
    return sum(character in usual for character in beyond) >= 0.97 * len(beyond)


def _guess(data: bytes) -> DecodedText:
    from charset_normalizer import from_bytes

    # The bytes that are not ASCII decide, and they may come late: the guess sees the part around the first of them.
    start = next(at for at, byte in enumerate(data) if byte > 127)
    sample = data[max(0, start - _GUESS_BYTES // 2) : start + _GUESS_BYTES]
    if _is_western(sample):
        return DecodedText(data.decode("cp1252", "replace"), "cp1252", True)
    best = from_bytes(sample).best()
    for encoding in (best.encoding if best else "", "cp1252"):
        try:
            return DecodedText(data.decode(encoding), encoding, True)
        except (LookupError, UnicodeError):
            continue
    return DecodedText(data.decode("cp1252", "replace"), "cp1252", True)
