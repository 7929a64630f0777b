"""The portfolio as PDF: tagged (PDF/UA-1) and archivable (PDF/A-2a), the same bytes for the same document.

Belongs here: compiling, and what happens when a font lacks a letter. Not here: what the document says (`document`),
what the template is given (`payload`) and how it looks (`resources/templates/portfolio.typ`).
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Literal

from learnpath.errors import KnownError
from learnpath.interchange.portfolio import words
from learnpath.interchange.portfolio.document import PortfolioDocument
from learnpath.interchange.portfolio.payload import BREAK, PageSize, make_payload
from learnpath.resources import resource_path

# PDF/A-2a and PDF/UA-1 share PDF 1.7; A-4 needs 2.0, which UA-1 does not allow.
_STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
_LETTERS_NAMED = 5
_PLAIN_NOTE = (
    "Some of the text is in a script that could not be set. Its letters show as \ufffd; "
    "Latin, Greek and Cyrillic text is complete."
)
_MISSING_LETTER = re.compile(r'the text `"(.+?)"` could not be displayed')
_CODE_POINT = re.compile(r"\\u\{([0-9a-f]+)\}")
_PAGE_OBJECT = re.compile(rb"^\d+ 0 obj\s*<<\s*/Type\s*/Page\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RenderedPdf:
    """A PDF file, plain sentences about what is less than perfect in it (none: all is well), its number of pages."""

    data: bytes
    notes: tuple[str, ...]
    pages: int


def render_pdf(document: PortfolioDocument, *, page: PageSize = "a4") -> RenderedPdf:
    """Return the document as PDF. Letters no font has never stop it: the notes then say what is missing.

    Raises KnownError when it cannot be made at all.
    """
    import typst

    template = resource_path("templates/portfolio.typ").read_bytes()
    moment = datetime.combine(document.generated_on, time(), UTC)

    def compile_pdf(*, strict: bool, own_fonts: bool, plain: bool = False) -> bytes:
        made = typst.compile(
            template,
            format="pdf",
            sys_inputs={"data": json.dumps(make_payload(document, page, plain=plain))},
            pdf_standards=list(_STANDARDS) if strict else [],
            ignore_system_fonts=own_fonts,
            timestamp=moment,
        )
        assert isinstance(made, bytes)
        return made

    try:
        try:
            return _rendered(compile_pdf(strict=True, own_fonts=True), ())
        except typst.TypstError as problem:
            missing = _missing_letters(problem.diagnostic)
        try:
            return _rendered(compile_pdf(strict=True, own_fonts=False), (_borrowed_note(missing),))
        except typst.TypstError as problem:
            missing = _missing_letters(problem.diagnostic)
        try:
            return _rendered(compile_pdf(strict=False, own_fonts=False), (_incomplete_note(missing),))
        except typst.TypstError as problem:
            raise KnownError(
                f"The portfolio could not be made ({problem.args[0]}).",
                "Your library is as it was. Try another choice of sections or credentials.",
            ) from problem
    except BaseException as problem:
        # typst panics on some marks in right-to-left text (an open bug of typst 0.15). Its class for that is
        # no Exception and cannot be imported.
        if type(problem).__name__ != "PanicException":
            raise
    return _rendered(compile_pdf(strict=True, own_fonts=True, plain=True), (_PLAIN_NOTE,))


def _rendered(data: bytes, notes: tuple[str, ...]) -> RenderedPdf:
    # typst writes page objects in the open, and no text of ours can hold a line break to look like one.
    return RenderedPdf(data, notes, len(_PAGE_OBJECT.findall(data)))


def _missing_letters(diagnostic: str) -> list[str]:
    """Return the letters that typst's message names, each once and in its order."""
    found = (
        _CODE_POINT.sub(lambda match: chr(int(match[1], 16)), letters)
        for letters in _MISSING_LETTER.findall(diagnostic)
    )
    return [letters for letters in dict.fromkeys(found) if letters != BREAK]


def _borrowed_note(missing: Sequence[str]) -> str:
    return (
        f"{_letters_have(missing)} no letter shape in this document's fonts. Fonts of this computer were used "
        "instead, so the file may look different when it is made elsewhere."
    )


def _incomplete_note(missing: Sequence[str]) -> str:
    cause = f"{_letters_have(missing)} no letter shape in this document's fonts or any font of this computer"
    if not missing:
        cause = "Some of the text cannot be set by the rules for accessible and archived documents"
    return f"{cause}. The file can be read and printed, but it does not meet the standards PDF/UA and PDF/A."


def _letters_have(missing: Sequence[str]) -> str:
    if not missing:
        return "Some characters have"
    # An invisible or unknown character shows nothing to a reader: its number does.
    named = [one if one.isprintable() else f"U+{ord(one[0]):04X}" for one in missing[:_LETTERS_NAMED]]
    more = ", …" if len(missing) > len(named) else ""
    verb = "has" if len(missing) == 1 else "have"
    return f"{words.counted(len(missing), 'character', 'characters')} ({', '.join(named)}{more}) {verb}"
