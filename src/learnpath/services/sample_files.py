"""The bytes of the sample's proofs: a one-page PDF, a small PNG and a text file, the same for the same words.

They show that files can be kept and opened; they imitate no issuer's document and carry no signature.
"""

import struct
import zlib
from math import isqrt

_PNG_SIDE = 160
_WHITE = b"\xff\xff\xff"
# Radii of the badge's discs, from the outside in; the middle one stays white and so makes a ring.
_PNG_DISCS = (76, 66, 58)


def text_bytes(lines: tuple[str, ...]) -> bytes:
    """Return the lines as a UTF-8 text file."""
    return ("\n".join(lines) + "\n").encode()


def pdf_bytes(lines: tuple[str, ...]) -> bytes:
    """Return one A4 page in landscape with the lines in Helvetica, the first one large.

    Characters outside Windows-1252 become question marks: the page uses a built-in font (ISO 32000-1, 9.6.2).
    """
    commands = ["BT", "60 470 Td"]
    for number, line in enumerate(lines):
        size, step = (22, 44) if number == 0 else (13, 24)
        commands += [f"/F1 {size} Tf", f"({_escaped(line)}) Tj", f"0 -{step} Td"]
    commands += ["ET", "1.5 w", "40 40 762 515 re", "S"]
    stream = "\n".join(commands).encode("cp1252", "replace")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 595] /Contents 5 0 R"
        b" /Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
    )
    return _pdf_file(objects)


def png_bytes(colour: str) -> bytes:
    """Return a round badge without words, 160 pixels wide, in a colour `rrggbb`; ValueError for no colour."""
    paint = bytes.fromhex(colour)
    if len(paint) != len(_WHITE):
        raise ValueError(f"not a colour: {colour!r}")
    rows = b"".join(b"\0" + _png_row(line, paint) for line in range(_PNG_SIDE))
    header = struct.pack(">IIBBBBB", _PNG_SIDE, _PNG_SIDE, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_png_chunk(kind, data) for kind, data in chunks)


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _pdf_file(objects: tuple[bytes, ...]) -> bytes:
    body = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places: list[int] = []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, table)
    body += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, start)
    return bytes(body)


def _png_row(line: int, paint: bytes) -> bytes:
    middle = _PNG_SIDE // 2
    pixels = bytearray(_WHITE * _PNG_SIDE)
    for radius, colour in zip(_PNG_DISCS, (paint, _WHITE, paint), strict=True):
        inside = radius * radius - (line - middle) ** 2
        if inside > 0:
            half = isqrt(inside)
            pixels[(middle - half) * 3 : (middle + half) * 3] = colour * (2 * half)
    return bytes(pixels)


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
