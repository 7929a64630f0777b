"""The format `badge`: what an issuer hands to the person who earned something, in any file it may come in.

JSON and JSON-LD, compact tokens, PNG and SVG pictures with a badge baked in. The signature is never checked here, and
nothing that a file names is ever fetched.
"""

from learnpath.errors import KnownError
from learnpath.interchange.badges import png_text, svg_text
from learnpath.interchange.badges.documents import is_readable, read_credentials
from learnpath.interchange.badges.foreign_documents import describe_document
from learnpath.interchange.badges.found import Found
from learnpath.interchange.badges.open_badges import read_place
from learnpath.interchange.badges.plain_text import line
from learnpath.interchange.badges.shape import one_object
from learnpath.interchange.badges.strict_json import MOST_JSON_BYTES, load_json
from learnpath.interchange.badges.tokens import is_token, read_token
from learnpath.interchange.corrections import lacking_title
from learnpath.interchange.drafts import ParsedFile, ParsedRow, ParseOptions

FORMAT = "badge"
_MOST_NOTES = 20
_MOST_PICTURE_BYTES = 32 * 1024 * 1024
# Names that only badges and credentials use, and names that they share with other files.
_SURE_NAMES = (
    b"credentialSubject",
    b"VerifiableCredential",
    b"VerifiablePresentation",
    b"EuropeanDigitalCredential",
    b"w3id.org/openbadges",
    b"purl.imsglobal.org/spec",
    b'"revokedAssertions"',
)
_NAMES = (
    *(b'"issuedOn"', b'"issued_on"', b'"recipient"', b'"verify"', b'"badge"', b'"criteria"', b'"signatures"'),
    *(b'"payload"', b'"publicKeyPem"', b'KeyMultibase"', b"www.w3.org/ns/did", b'"compactJwsString"'),
)
_NO_BADGE = (
    "This picture carries no badge data: it is a screenshot, or a copy that lost the data when it was converted."
)
_NO_BADGE_HINT = "Download the badge itself from where it was issued, or attach the picture to a credential as proof."


def sniff(data: bytes, file_name: str) -> float:
    """Return how sure it is that bytes are a badge, from their content; documents about badges count for less."""
    del file_name
    if png_text.may_be_baked(data):
        return 0.95
    head = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.lower().startswith((b"<!doctype html", b"<html")):
        return 0.0
    if head.startswith(b"<"):
        return 0.95 if svg_text.may_be_baked(data) else 0.0
    if head.startswith(b"ey"):
        return 0.9 if len(data) <= 2 * MOST_JSON_BYTES and is_token(data.decode("ascii", "replace")) else 0.0
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) and len(data) <= MOST_JSON_BYTES:
        head = data.decode("utf-16", "replace").lstrip()[:1].encode("utf-8", "replace")
        return _sniff_json(data, data.replace(b"\0", b"")) if head in (b"{", b"[") else 0.0
    return _sniff_json(data, data) if head.startswith((b"{", b"[")) else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return the credentials of a badge file as drafts; the file is proof of each (`is_evidence`).

    Raises KnownError for pictures without badge data, documents that are no badge, damaged and oversized files.
    """
    del options
    sentences: list[str] = []
    found = _read(data, sentences)
    rows = tuple(_row(number, credential, len(found)) for number, credential in enumerate(found, start=1))
    return ParsedFile(format=FORMAT, kind="credentials", rows=rows, problems=tuple(sentences), is_evidence=True)


def _sniff_json(data: bytes, names: bytes) -> float:
    is_sure = any(name in names for name in _SURE_NAMES)
    if not is_sure and (len(data) > MOST_JSON_BYTES or not any(name in names for name in _NAMES)):
        return 0.0
    try:
        value = load_json(data)
    except KnownError:
        # Other formats are lenient with other things; that it cannot be read is said when nobody else can.
        return 0.4 if is_sure else 0.0
    if is_readable(value):
        return 0.9
    return 0.5 if isinstance(value, dict) and describe_document(one_object(value)) else 0.0  # pyright: ignore[reportUnknownArgumentType]


def _read(data: bytes, sentences: list[str]) -> list[Found]:
    is_png = data.startswith(png_text.SIGNATURE)
    if not is_png and not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _read_bytes(data, sentences)
    if len(data) > _MOST_PICTURE_BYTES:
        raise KnownError("The picture is larger than 32 MB: no badge is.", _NO_BADGE_HINT)
    baked = png_text.read_baked_png(data) if is_png else svg_text.read_baked_svg(data)
    if baked is None:
        raise KnownError(f"{_NO_BADGE} Nothing was imported.", _NO_BADGE_HINT)
    sentences += baked.notes
    return _read_bytes(baked.text.encode("utf-8", "replace"), sentences)


def _read_bytes(data: bytes, sentences: list[str]) -> list[Found]:
    """Return the credentials of JSON, of a token, or of the address where a badge is hosted."""
    if len(data) <= 2 * MOST_JSON_BYTES:
        text = data.decode("ascii", "replace")
        if is_token(text):
            token = read_token(text)
            sentences += token.notes
            return read_credentials(token.payload, sentences)
        if len(text) < 4000 and (place := read_place(text.strip())) is not None:
            return [place]
    return read_credentials(load_json(data), sentences)


def _row(number: int, found: Found, count: int) -> ParsedRow:
    where = "badge" if count == 1 else f"badge {number}"
    notes = tuple(dict.fromkeys(line(note, []) for note in found.notes))
    more = (f"{len(notes) - _MOST_NOTES} more remarks were left out",) if len(notes) > _MOST_NOTES else ()
    problems = tuple(f"{where}: {note}" for note in (*notes[:_MOST_NOTES], *more))
    known = tuple(line(text, []) for text in found.known)
    if found.draft is not None and found.untitled:
        spoiled = (f"{where}: {found.untitled}", *problems)
        faults = lacking_title(found.draft, found.untitled)
        return ParsedRow(where, number, None, spoiled, known, faults, unfinished=found.draft)
    return ParsedRow(where, number, found.draft, problems, known)
