"""What a file is that no format reads, in words, with what to do. Looks at content only."""

from learnpath.interchange.linkedin_others import HINT, describe_other
from learnpath.interchange.text_decoding import decode, is_binary

_EXPORT_CSV = "Save the table as CSV (or TSV) and import that file."
_OPEN_INSIDE = "Unpack it and import the files inside, such as Certifications.csv."
_BADGE = "Download the badge itself from where it was issued, or attach the picture to a credential as proof."
_ATTACH = "Attach it to a credential as proof instead."
_OTHER = "Import a badge, a spreadsheet, a CSV or TSV table, a LinkedIn export or a Learnpath library export."
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture that carries no badge data, such as a screenshot", _BADGE),
    (
        b"\x89PNG",
        "a PNG picture that was damaged when it was copied as text",
        "Download it again and import that file.",
    ),
    (b"\xff\xd8\xff", "a JPEG picture", _ATTACH),
    (b"GIF8", "a GIF picture", _ATTACH),
    (b"RIFF", "a media file", _ATTACH),
    (b"%PDF", "a PDF document", _ATTACH),
    (b"\xd0\xcf\x11\xe0", "an old Office document", _EXPORT_CSV),
    (b"PK\x05\x06", "an empty ZIP archive", "Choose another file, or export it again from where it came from."),
    (b"\x1f\x8b", "a compressed file (gzip)", _OPEN_INSIDE),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _OPEN_INSIDE),
    (b"Rar!", "a RAR archive", _OPEN_INSIDE),
    (
        b"SQLite format 3\0",
        "a database",
        "Open a Learnpath library with Open library; other databases cannot be imported.",
    ),
)
_TEXTS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("<!doctype html", "<html"),
        "a web page (HTML)",
        "Save the data behind the page as CSV and import that.",
    ),
    (("<svg",), "an SVG picture that carries no badge data", _BADGE),
    (("<?xml", "<"), "an XML file", _OTHER),
    (("begin:vcalendar",), "a calendar file", _OTHER),
    (("begin:vcard",), "an address card", _OTHER),
    (("{", "["), "a JSON file that is neither a badge nor a Learnpath library", _OTHER),
)


def describe(data: bytes) -> tuple[str, str]:
    """Return what a file is ("a PNG picture") and a sentence on what to do with it."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return "empty", "Choose another file, or export it again from where it came from."
    if data.startswith(b"PK\x03\x04"):
        return _describe_zip(data)
    for signature, what, hint in _SIGNATURES:
        if data.startswith(signature):
            return what, hint
    if is_binary(data):
        return "a binary file of an unknown kind", _OTHER
    if other := describe_other(data):
        return other, HINT
    text = decode(data[:4096]).text.lstrip("\ufeff \t\r\n").lower()
    if text.startswith("<?xml") and "<svg" in text:
        text = text[text.index("<svg") :]
    if text.startswith("{") and "json-schema.org/" in text:
        return "a description of a format (JSON Schema) that holds no data of its own", _OTHER
    for starts, what, hint in _TEXTS:
        if text.startswith(starts):
            return what, hint
    return "a text file without columns", _EXPORT_CSV


def _describe_zip(data: bytes) -> tuple[str, str]:
    head = data[:65_536]
    if b"xl/" in head or b"xl/" in data[-65_536:]:
        return "an Excel workbook", _EXPORT_CSV
    if b"word/" in head or b"ppt/" in head or b"opendocument" in head:
        return "an office document", _EXPORT_CSV
    if b"Connections.csv" in data or b"Profile.csv" in data:
        return (
            "a LinkedIn export without certifications, courses, degrees or skills",
            "Ask LinkedIn for the larger archive of your data, and import that when it arrives.",
        )
    return "a ZIP archive", _OPEN_INSIDE
