"""The text of a PDF, read by PDFium in a process of its own: what runs inside that process.

Belongs here: opening the document and taking its text, within limits. Starting the process, waiting for it and what is
said when it dies are in `pdf_process`.
"""

import json
import sys
from typing import TYPE_CHECKING, BinaryIO

from learnpath.errors import KnownError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

ADD_BY_HAND = "Add the credential by hand and attach the PDF to it as proof."
_MOST_PAGES = 50
_READ_PAGES = 3
_MOST_CHARACTERS = 20_000
# A certificate takes 60 MB and a tenth of a second, most of both for starting.
_MOST_MEMORY = 1024 * 1024 * 1024
_MOST_SECONDS = 6


def limit_process() -> None:
    """Bound the memory and time of this process where the system can, and let it leave no picture of its memory."""
    if sys.platform == "win32":
        return
    import resource

    limits = (
        (resource.RLIMIT_AS, _MOST_MEMORY),
        # For when nobody is left who would end it.
        (resource.RLIMIT_CPU, _MOST_SECONDS),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, most in limits:
        _, highest = resource.getrlimit(kind)
        wanted = most if highest == resource.RLIM_INFINITY else min(most, highest)
        try:
            resource.setrlimit(kind, (wanted, wanted))
        except (OSError, ValueError):
            # macOS knows the limit of memory and does not take it.
            continue


def answer_once(source: BinaryIO, target: BinaryIO) -> None:
    """Read a PDF from `source` to its end and write one JSON object: its `text`, or `message` and `hint`."""
    try:
        told = {"text": read_text(source.read())}
    except KnownError as error:
        told = {"message": error.message, "hint": error.hint}
    # Escaped, so that no lone half of a character stops it.
    _ = target.write(json.dumps(told).encode("ascii"))
    target.flush()


def read_text(data: bytes) -> str:
    """Return the text of the first three pages, at most 20,000 characters.

    Raises KnownError for PDFs that are damaged or have more than 50 pages.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError:
        raise KnownError(
            "The PDF is damaged: it cannot be opened. Nothing was imported.", "Download it again."
        ) from None
    try:
        if len(document) > _MOST_PAGES:
            raise KnownError(
                f"The PDF has {len(document)} pages: it is no certificate. Nothing was imported.", ADD_BY_HAND
            )
        return "\n".join(_page_text(document, at) for at in range(min(len(document), _READ_PAGES)))[:_MOST_CHARACTERS]
    except PdfiumError:
        raise KnownError("The PDF is damaged: a page cannot be read. Nothing was imported.", ADD_BY_HAND) from None
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
