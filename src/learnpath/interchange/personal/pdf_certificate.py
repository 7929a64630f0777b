"""The format `pdf_certificate`: a certificate as a PDF, whose text is read and whose facts are proposed.

The wording is read in `certificate_text`. No page is drawn, no script of the document runs, nothing is fetched.
"""

from typing import TYPE_CHECKING

from learnpath.errors import KnownError
from learnpath.interchange.drafts import ParsedFile, ParsedRow, ParseOptions
from learnpath.interchange.personal.certificate_text import propose
from learnpath.interchange.personal.pdf_streams import unpacks_too_much

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

FORMAT = "pdf_certificate"
CHECK_IT = "read from the text of the PDF: check it"
# Certificates have one or two pages; scans of them have some MB.
_MOST_BYTES = 32 * 1024 * 1024
_MOST_PAGES = 50
_READ_PAGES = 3
_MOST_CHARACTERS = 20_000
_HINT = "Add the credential by hand and attach the PDF to it as proof."


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.9 for a PDF: its mark stands within the first 1,024 bytes (ISO 32000, implementation note 13)."""
    del file_name
    return 0.9 if b"%PDF-" in data[:1024] else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return one credential with what the text seems to say; the file is its proof (`is_evidence`).

    Raises KnownError for PDFs that are damaged, protected, too large, or pictures without text.
    """
    del options
    text = read_text(data)
    if sum(sign.isalnum() for sign in text) < 10:
        raise KnownError("The PDF holds pictures and no text that can be read. Nothing was imported.", _HINT)
    notes: list[str] = []
    draft = propose(text, notes)
    if not draft.title:
        raise KnownError("The text of the PDF names no certificate or course. Nothing was imported.", _HINT)
    problems = tuple(f"certificate: {note}" for note in (CHECK_IT, *dict.fromkeys(notes)))
    row = ParsedRow("certificate", 1, draft, problems, (draft.title, draft.issuer_name))
    return ParsedFile(format=FORMAT, kind="credentials", rows=(row,), is_evidence=True)


def read_text(data: bytes) -> str:
    """Return the text of the first three pages, at most 20,000 characters. Raises KnownError like `parse`."""
    from pypdfium2 import PdfDocument, PdfiumError

    if len(data) > _MOST_BYTES:
        raise KnownError("The PDF is larger than 32 MB: no certificate is. Nothing was imported.", _HINT)
    if b"/Encrypt" in data:
        raise KnownError("The PDF is protected, perhaps with a password. Nothing was imported.", _HINT)
    if unpacks_too_much(data):
        raise KnownError("The pages of the PDF are far longer than a certificate. Nothing was imported.", _HINT)
    try:
        document = PdfDocument(data)
    except PdfiumError:
        raise KnownError(
            "The PDF is damaged: it cannot be opened. Nothing was imported.", "Download it again."
        ) from None
    try:
        if len(document) > _MOST_PAGES:
            raise KnownError(f"The PDF has {len(document)} pages: it is no certificate. Nothing was imported.", _HINT)
        return "\n".join(_page_text(document, at) for at in range(min(len(document), _READ_PAGES)))[:_MOST_CHARACTERS]
    except PdfiumError:
        raise KnownError("The PDF is damaged: a page cannot be read. Nothing was imported.", _HINT) from None
    finally:
        document.close()


def _page_text(document: "PdfDocument", at: int) -> str:
    page = document[at]
    try:
        text_page = page.get_textpage()
        try:
            return text_page.get_text_range(0, min(text_page.count_chars(), _MOST_CHARACTERS))
        finally:
            text_page.close()
    finally:
        page.close()
