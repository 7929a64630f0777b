"""Bytes to text: byte order marks, UTF-8, UTF-16, and a guess that is shown where neither fits."""

import codecs
from dataclasses import dataclass

from learnpath.interchange.archive_files import ARCHIVE

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
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


def is_binary(data: bytes) -> bool:
    """Return whether bytes are no text: control characters that no text file holds."""
    if data.startswith(ARCHIVE):
        # Well compressed text may look like text of another kind.
        return True
    if data.startswith(tuple(mark for mark, _ in _MARKS)) or _utf16_without_mark(data):
        return False
    head = data[:8192]
    odd = sum(head.count(byte) for byte in range(32) if byte not in (0, 9, 10, 11, 12, 13, 26, 27))
    return odd * 50 > len(head) or head.count(0) * 20 > len(head)


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
