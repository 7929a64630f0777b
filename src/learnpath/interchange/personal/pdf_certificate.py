"""The format `pdf_certificate`: a certificate as a PDF, whose text is read and whose facts are proposed.

A scan holds no text and still proves what it shows: the person types its title. The wording is read in
`certificate_text`, the text by a process of its own (`pdf_process`). No page is drawn, no script of the document runs,
nothing is fetched.
"""

from collections.abc import Sequence

from learnpath.errors import KnownError
from learnpath.interchange.archive_files import ARCHIVE
from learnpath.interchange.corrections import lacking_title
from learnpath.interchange.drafts import CredentialDraft, ParsedFile, ParsedRow, ParseOptions
from learnpath.interchange.personal.certificate_text import names_certificate, propose
from learnpath.interchange.personal.pdf_process import text_of_pdf
from learnpath.interchange.personal.pdf_streams import unpacks_too_much
from learnpath.interchange.personal.pdf_text import ADD_BY_HAND

FORMAT = "pdf_certificate"
CHECK_IT = "read from the text of the PDF: check it"
NO_TEXT = "no title, as the PDF is a picture without text"
NO_TITLE = "no title found in the text of the PDF"
OTHER_TEXT = "nothing in the text says that this is a certificate"
_WHERE = "certificate"
# A scan may have a page number or a watermark.
_LEAST_TEXT = 10
# Certificates have one or two pages; scans of them have some MB.
_MOST_BYTES = 32 * 1024 * 1024


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.9 for a PDF: its mark stands within the first 1,024 bytes (ISO 32000, implementation note 13)."""
    del file_name
    # An archive may begin with a PDF that is packed as it is.
    return 0.9 if b"%PDF-" in data[:1024] and not data.startswith(ARCHIVE) else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return one credential with what the text seems to say; the file is its proof (`is_evidence`).

    Without a title in the text, or without text, the row is one whose title is to be typed. A text that does not read
    like a certificate's is only taken when the person says so. Raises KnownError for PDFs that are damaged, protected,
    or too large.
    """
    del options
    text = read_text(data)
    has_text = sum(sign.isalnum() for sign in text) >= _LEAST_TEXT
    notes: list[str] = []
    draft = propose(text if has_text else "", notes)
    remarks = (CHECK_IT, *dict.fromkeys(notes)) if has_text else ()
    return ParsedFile(
        format=FORMAT,
        kind="credentials",
        rows=(_row(draft, has_text, remarks),),
        is_evidence=True,
        choice="" if not has_text or names_certificate(text) else OTHER_TEXT,
    )


def _row(draft: CredentialDraft, has_text: bool, remarks: Sequence[str]) -> ParsedRow:
    problems = tuple(f"{_WHERE}: {remark}" for remark in remarks)
    raw = (draft.title, draft.issuer_name)
    if draft.title:
        return ParsedRow(_WHERE, 1, draft, problems, raw)
    reason = NO_TITLE if has_text else NO_TEXT
    spoiled = (f"{_WHERE}: {reason}", *problems)
    return ParsedRow(_WHERE, 1, None, spoiled, raw, lacking_title(draft, reason), unfinished=draft)


def read_text(data: bytes) -> str:
    """Return the text of the first three pages, at most 20,000 characters. Raises KnownError like `parse`."""
    if len(data) > _MOST_BYTES:
        raise KnownError("The PDF is larger than 32 MB: no certificate is. Nothing was imported.", ADD_BY_HAND)
    if b"/Encrypt" in data:
        raise KnownError("The PDF is protected, perhaps with a password. Nothing was imported.", ADD_BY_HAND)
    if unpacks_too_much(data):
        raise KnownError("The pages of the PDF are far longer than a certificate. Nothing was imported.", ADD_BY_HAND)
    return text_of_pdf(data)
