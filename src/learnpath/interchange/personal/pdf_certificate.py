"""The format `pdf_certificate`: a certificate as a PDF, whose text is read and whose facts are proposed.

The wording is read in `certificate_text`, the text by a process of its own (`pdf_process`). No page is drawn, no script
of the document runs, nothing is fetched.
"""

from learnpath.errors import KnownError
from learnpath.interchange.archive_files import ARCHIVE
from learnpath.interchange.drafts import ParsedFile, ParsedRow, ParseOptions
from learnpath.interchange.personal.certificate_text import propose
from learnpath.interchange.personal.pdf_process import text_of_pdf
from learnpath.interchange.personal.pdf_streams import unpacks_too_much
from learnpath.interchange.personal.pdf_text import ADD_BY_HAND

FORMAT = "pdf_certificate"
CHECK_IT = "read from the text of the PDF: check it"
# Certificates have one or two pages; scans of them have some MB.
_MOST_BYTES = 32 * 1024 * 1024


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.9 for a PDF: its mark stands within the first 1,024 bytes (ISO 32000, implementation note 13)."""
    del file_name
    # An archive may begin with a PDF that is packed as it is.
    return 0.9 if b"%PDF-" in data[:1024] and not data.startswith(ARCHIVE) else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return one credential with what the text seems to say; the file is its proof (`is_evidence`).

    Raises KnownError for PDFs that are damaged, protected, too large, or pictures without text.
    """
    del options
    text = read_text(data)
    if sum(sign.isalnum() for sign in text) < 10:
        raise KnownError("The PDF holds pictures and no text that can be read. Nothing was imported.", ADD_BY_HAND)
    notes: list[str] = []
    draft = propose(text, notes)
    if not draft.title:
        raise KnownError("The text of the PDF names no certificate or course. Nothing was imported.", ADD_BY_HAND)
    problems = tuple(f"certificate: {note}" for note in (CHECK_IT, *dict.fromkeys(notes)))
    row = ParsedRow("certificate", 1, draft, problems, (draft.title, draft.issuer_name))
    return ParsedFile(format=FORMAT, kind="credentials", rows=(row,), is_evidence=True)


def read_text(data: bytes) -> str:
    """Return the text of the first three pages, at most 20,000 characters. Raises KnownError like `parse`."""
    if len(data) > _MOST_BYTES:
        raise KnownError("The PDF is larger than 32 MB: no certificate is. Nothing was imported.", ADD_BY_HAND)
    if b"/Encrypt" in data:
        raise KnownError("The PDF is protected, perhaps with a password. Nothing was imported.", ADD_BY_HAND)
    if unpacks_too_much(data):
        raise KnownError("The pages of the PDF are far longer than a certificate. Nothing was imported.", ADD_BY_HAND)
    return text_of_pdf(data)
