"""What a file is that no format reads, in words, with what to do. Looks at content only."""

import re

from learnpath.interchange.archive_files import ARCHIVE
from learnpath.interchange.linkedin_others import HINT, describe_other
from learnpath.interchange.people_lists import HINT as PEOPLE_HINT
from learnpath.interchange.people_lists import PEOPLE, is_list_of_people
from learnpath.interchange.text_decoding import decode, is_binary, without_odd_signs

_EXPORT_CSV = "Save the table as CSV (or TSV) and import that file."
_EXPORT_SHEET = "Export it as CSV or Excel and import that file."
_OPEN_INSIDE = "Unpack it and import the files inside, such as Certifications.csv."
_BADGE = "Download the badge itself from where it was issued, or attach the picture to a credential as proof."
_ATTACH = "Attach it to a credential as proof instead."
_ATTACHMENTS = "Save its attachments, such as a badge or a certificate, as files and import these."
_OTHER = "Import a badge, a spreadsheet, a CSV or TSV table, a LinkedIn export or a Learnpath library export."
_PAGE = (
    "Open the page of one course and save that, or add the program by hand. A list on the page can be copied into a "
    "spreadsheet and saved as CSV."
)
_SHORTCUT = "Open it in your browser, save the page behind it as HTML, and import that."
_COMPOUND = b"\xd0\xcf\x11\xe0"
_MESSAGE = "__substg1.0_".encode("utf-16-le")
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")
# What stands at the start, with the brand of a media file after its `ftyp`.
_BRANDS: tuple[tuple[tuple[bytes, ...], str, str], ...] = (
    (_HEIC, "a photo in HEIC format that carries no badge data", _BADGE),
    ((b"avif", b"avis"), "a picture in AVIF format that carries no badge data", _BADGE),
    ((b"M4A ", b"M4B "), "a sound file", _ATTACH),
    ((b"",), "a video (MP4)", _ATTACH),
)  # fmt: skip
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture that carries no badge data, such as a screenshot", _BADGE),
    (
        b"\x89PNG",
        "a PNG picture that was damaged when it was copied as text",
        "Download it again and import that file.",
    ),
    (b"\xff\xd8\xff", "a JPEG picture: a photo or scan that carries no badge data", _BADGE),
    (b"GIF8", "a GIF picture", _ATTACH),
    (b"RIFF", "a media file", _ATTACH),
    (b"OggS\0", "a media file", _ATTACH),
    (b"ID3\x03", "a sound file", _ATTACH),
    (b"ID3\x04", "a sound file", _ATTACH),
    (b"%PDF", "a PDF document", _ATTACH),
    (_COMPOUND, "an old Office document", _EXPORT_CSV),
    (b"PK\x05\x06", "an empty ZIP archive", "Choose another file, or export it again from where it came from."),
    (b"\x1f\x8b", "a compressed file (gzip)", _OPEN_INSIDE),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _OPEN_INSIDE),
    (b"Rar!", "a RAR archive", _OPEN_INSIDE),
    (b"bplist00", "a web shortcut or another property list of macOS", _SHORTCUT),
    (
        b"SQLite format 3\0",
        "a database (SQLite) of another program",
        "Export a table from that program as CSV and import it; a Learnpath library is opened with Open library.",
    ),
)
_TEXTS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("<!doctype html", "<html", "<head", "<body"), "a web page (HTML) that carries no course data", _PAGE),
    (("<svg",), "an SVG picture that carries no badge data", _BADGE),
    (("<gpx",), "a GPS track (GPX)", _OTHER),
    (("<kml",), "a map file (KML)", _OTHER),
    (("<rss", "<feed", "<rdf:rdf"), "a news feed (RSS or Atom)", _OTHER),
    (("<plist",), "a web shortcut or another property list of macOS", _SHORTCUT),
    (("<",), "an XML file", _OTHER),
    (("begin:vcalendar",), "a calendar file", _OTHER),
    (("begin:vcard",), "a file of contacts (an address card, vCard)", _OTHER),
    (("{\\rtf",), "a formatted text document (RTF)", "Save it as PDF if it is a certificate, or its table as CSV."),
    (("[internetshortcut]", "[desktop entry]", "[{000214a0-"), "a web shortcut", _SHORTCUT),
)
# A section of settings in brackets on a line of its own, as no JSON begins.
_SECTION = re.compile(r"\[[a-z][^\]\n]{0,100}\]\s*\n")
_NOTE = re.compile(r"<!--.*?-->", re.DOTALL)
_ELEMENT = re.compile(r"<[a-z][\w:.-]*", re.ASCII)
_MAIL = re.compile(
    r"^(?:received|return-path|delivered-to|message-id|mime-version|subject|from|to|date):", re.MULTILINE
)
_LEAST_HEADERS = 3


def is_named(data: bytes) -> bool:
    """Return whether bytes begin as a file does that is no text, or as an e-mail or a formatted document does."""
    if data.startswith((ARCHIVE, *(signature for signature, _, _ in _SIGNATURES))) or _is_media(data):
        return True
    text = _beginning(data)
    return text.startswith(("{\\rtf", "[internetshortcut]", "<gpx", "<rss", "<feed", "<plist")) or _is_mail(text)


def describe(data: bytes) -> tuple[str, str]:
    """Return what a file is ("a PNG picture") and a sentence on what to do with it."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return "empty", "Choose another file, or export it again from where it came from."
    if data.startswith(ARCHIVE):
        return _describe_zip(data)
    if data.startswith(_COMPOUND) and _MESSAGE in data:
        return "an e-mail (Outlook message)", _ATTACHMENTS
    if _is_media(data):
        return next((what, hint) for brands, what, hint in _BRANDS if data[8:12].startswith(brands))
    for signature, what, hint in _SIGNATURES:
        if data.startswith(signature):
            return what, hint
    if is_binary(data):
        return "a binary file of an unknown kind", _OTHER
    if other := describe_other(data):
        return other, HINT
    if is_list_of_people(data):
        return PEOPLE, PEOPLE_HINT
    text = _beginning(data)
    if _is_mail(text):
        return "an e-mail", _ATTACHMENTS
    if text.startswith("<?xml"):
        # The first element says what it is; before it may stand notes and a document type.
        text = _NOTE.sub("", text)
        text = next((text[found.start() :] for found in _ELEMENT.finditer(text)), text)
    if text.startswith("{") and "json-schema.org/" in text:
        return "a description of a format (JSON Schema) that holds no data of its own", _OTHER
    for starts, what, hint in _TEXTS:
        if text.startswith(starts):
            return what, hint
    if text.startswith(("{", "[")) and not _SECTION.match(text):
        return "a JSON file that is neither a badge nor a Learnpath library", _OTHER
    return "a text file without columns", _EXPORT_CSV


def _is_media(data: bytes) -> bool:
    # The first box of a file of ISO 14496-12, which is shorter than 16 MB.
    return data[:1] == b"\0" and data[4:8] == b"ftyp"


def _beginning(data: bytes) -> str:
    return without_odd_signs(decode(data[:4096]).text.lstrip("\ufeff \t\r\n")).lower()


def _is_mail(text: str) -> bool:
    """Return whether a text begins with the headers of a message (RFC 5322)."""
    head = text.replace("\r\n", "\n").partition("\n\n")[0]
    return ":" in head.partition("\n")[0][:80] and len({*_MAIL.findall(head)}) >= _LEAST_HEADERS


def _describe_zip(data: bytes) -> tuple[str, str]:
    head = data[:65_536]
    if b"xl/" in head or b"xl/" in data[-65_536:]:
        return "an Excel workbook", _EXPORT_CSV
    if b".iwa" in data:
        return "an Apple Numbers, Pages or Keynote document", _EXPORT_SHEET
    if b"word/" in head or b"ppt/" in head or b"opendocument" in head:
        return "an office document", _EXPORT_CSV
    if b"Connections.csv" in data or b"Profile.csv" in data:
        return (
            "a LinkedIn export without certifications, courses, degrees or skills",
            "Ask LinkedIn for the larger archive of your data, and import that when it arrives.",
        )
    return "a ZIP archive", _OPEN_INSIDE
