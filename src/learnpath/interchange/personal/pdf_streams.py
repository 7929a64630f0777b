"""Whether a PDF unpacks to more than its text can need, found out before anything draws or reads a page.

A page of 20 MB, packed into 50 kB, keeps PDFium busy for 20 seconds and takes 3 GB. Pictures and fonts are not counted:
reading text does not unpack the former, and the latter have limits of their own.
"""

import base64
import re
import zlib

# Pages of certificates with engraved borders unpack to about 1 MB.
_MOST_UNPACKED = 4 * 1024 * 1024
_MOST_STREAMS = 5_000
_START = re.compile(rb"\bstream\r?\n")
_NOT_COUNTED = re.compile(rb"/Image\b|/Length[123]\b|/Type1C\b|/CIDFontType0C\b|/OpenType\b|/EmbeddedFile\b")
# Filters that also unpack to a thousand times their length and that no program has written for 20 years.
_OLD_FILTERS = re.compile(rb"/(?:LZWDecode|LZW|RunLengthDecode|RL)\b")
_DICTIONARY = 2000


def unpacks_too_much(data: bytes) -> bool:
    """Return whether the pages of an unencrypted PDF unpack to more than 4 MB, or in ways that cannot be foretold."""
    unpacked = count = 0
    for match in _START.finditer(data):
        count += 1
        start = data.rfind(b"obj", max(0, match.start() - _DICTIONARY), match.start())
        dictionary = data[max(start, match.start() - _DICTIONARY, 0) : match.start()]
        if _NOT_COUNTED.search(dictionary):
            continue
        if _OLD_FILTERS.search(dictionary) or dictionary.count(b"/FlateDecode") > 1:
            return True
        unpacked += _unpacked_length(data, match.end(), dictionary, _MOST_UNPACKED - unpacked + 1)
        if unpacked > _MOST_UNPACKED or count > _MOST_STREAMS:
            return True
    return False


def _unpacked_length(data: bytes, start: int, dictionary: bytes, most: int) -> int:
    """Return the length of a stream, at most `most`; what is not compressed has the length it takes."""
    end = data.find(b"endstream", start)
    packed = memoryview(data)[start : end if end >= 0 else len(data)]
    try:
        if b"/ASCII85Decode" in dictionary or b"/A85" in dictionary:
            packed = memoryview(base64.a85decode(bytes(packed).partition(b"~>")[0].removeprefix(b"<~")))
        if b"/FlateDecode" in dictionary or b"/Fl" in dictionary:
            # The word "endstream" may stand inside compressed bytes: the compression itself knows its end.
            source = packed if packed.obj is not data else memoryview(data)[start:]
            return len(zlib.decompressobj().decompress(source, most))
    except (ValueError, zlib.error):
        return min(len(packed), most)
    return min(len(packed), most)
