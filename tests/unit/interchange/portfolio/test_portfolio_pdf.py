"""The PDF by its structure (pikepdf), by its text (pdftotext), and under text nobody would type."""

import hashlib
import io
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path as FilePath

import pikepdf
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.unit.interchange.portfolio.mira import EVERYTHING, TODAY, mira

from learnpath.domain.contents import LibraryContents
from learnpath.domain.dates import PartialDate
from learnpath.domain.records import (
    Credential,
    Issuer,
    Path,
    PathStep,
    Portfolio,
    Profile,
    Skill,
    Stage,
    StudySession,
)
from learnpath.errors import KnownError
from learnpath.interchange.portfolio.document import PortfolioDocument, build_document
from learnpath.interchange.portfolio.pdf import RenderedPdf, render_pdf

ROOT = FilePath(__file__).parents[4]


@pytest.fixture(scope="module")
def document() -> PortfolioDocument:
    return build_document(mira(), replace(EVERYTHING, show_expired=True), today=TODAY)


@pytest.fixture(scope="module")
def rendered(document: PortfolioDocument) -> RenderedPdf:
    return render_pdf(document)


@pytest.fixture
def pdf(rendered: RenderedPdf) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(rendered.data)) as opened:
        yield opened


def tags(element: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """Yield the elements of the structure tree in reading order."""
    if not isinstance(element, pikepdf.Dictionary):
        return
    if "/S" in element:
        yield element
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        yield from tags(child)


def text_of(data: bytes, folder: FilePath) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    path = folder / "portfolio.pdf"
    path.write_bytes(data)
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def of_titles(*titles: str, **fields: object) -> LibraryContents:
    credentials = tuple(
        replace(Credential(id=number, title=title, stage=Stage.EARNED), **fields)  # pyright: ignore[reportArgumentType]
        for number, title in enumerate(titles, 1)
    )
    return LibraryContents(profile=Profile(name="Mira"), credentials=credentials)


def test_it_is_tagged_titled_and_in_a_language(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root
    assert "/StructTreeRoot" in root
    assert root.MarkInfo.Marked
    assert str(root.Lang) == "en"
    assert root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Portfolio of Mira Kovács"
        assert metadata["dc:creator"] == ["Mira Kovács"]
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")


def test_headings_tables_and_pictures_are_named(pdf: pikepdf.Pdf, document: PortfolioDocument) -> None:
    elements = list(tags(pdf.Root.StructTreeRoot))
    kinds = Counter(str(element.S) for element in elements)
    entries = len(document.credentials) + len(document.in_progress) + len(document.earlier) + len(document.paths)
    assert kinds["/Title"] == 1
    assert kinds["/H1"] == 6
    assert kinds["/H2"] == entries
    assert kinds["/TH"] == 3
    assert kinds["/TR"] == 1 + len(document.skills)
    figures = [element for element in elements if element.S == "/Figure"]
    assert [str(figure.Alt)[:45] for figure in figures] == ["Bar chart of the hours studied in each month:"]
    assert "Nov 2026 6.1" in str(figures[0].Alt)


def test_every_link_says_where_it_leads(pdf: pikepdf.Pdf, document: PortfolioDocument) -> None:
    links = [link for page in pdf.pages for link in page.get("/Annots", [])]
    assert {str(link.A.URI) for link in links} == {
        entry.verification_url for entry in document.credentials if entry.verification_url
    }
    assert all(link.Subtype == "/Link" and str(link.Contents) for link in links)
    assert all(page.Tabs == "/S" for page in pdf.pages if "/Annots" in page)


def test_the_outline_leads_to_each_section(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [
            "Credentials", "In progress and planned", "Earlier credentials", "Skills", "Paths in progress",
            "Study time",
        ]  # fmt: skip
        assert outline.root[0].children[1].title == "Vault Associate (002)"


def test_fonts_are_inside_and_nothing_runs(pdf: pikepdf.Pdf, rendered: RenderedPdf) -> None:
    descriptors = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontName" in one]
    descriptors = [one for one in descriptors if one.get("/Type") == "/FontDescriptor"]
    assert descriptors
    assert all("/FontFile2" in one or "/FontFile3" in one for one in descriptors)
    assert not {"/OpenAction", "/AA"} & set(pdf.Root.keys())
    actions = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/JS" in one]
    assert actions == []
    assert rendered.notes == ()
    assert rendered.pages == len(pdf.pages)


def test_twenty_credentials_fit_two_pages(document: PortfolioDocument) -> None:
    twenty = replace(document, credentials=(document.credentials + document.credentials)[:20], earlier=())
    assert render_pdf(twenty).pages == 2
    assert render_pdf(replace(twenty, study=(), in_progress=()), page="letter").pages == 2


@pytest.mark.parametrize(("page", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_paper(document: PortfolioDocument, page: str, size: tuple[int, int]) -> None:
    data = render_pdf(document, page=page).data  # pyright: ignore[reportArgumentType]
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert tuple(round(float(edge)) for edge in opened.pages[0].MediaBox)[2:] == size


def test_a_text_reader_gets_each_credential_whole_and_in_order(
    rendered: RenderedPdf, document: PortfolioDocument, tmp_path: FilePath
) -> None:
    text = " ".join(text_of(rendered.data, tmp_path).split())
    assert text.startswith("Mira Kovács Cloud engineer moving into security · Budapest 18 valid credentials,")
    assert (
        "Azure Administrator Associate (AZ-104) Microsoft · Issued 14 Oct 2025 · Valid until 20 Jan 2027 · "
        "ID A1B2-C3D4 · learn.microsoft.com/users/mira/credentials/a1b2c3d4 Certificate on file · "
        "Identity and access, Cloud networking, Cost management"
    ) in text
    assert (
        "Certified Kubernetes Administrator (CKA) The Linux Foundation · Issued 8 Mar 2025 · Valid until 8 Mar 2027 · "
        "ID LF-p8u5ox9k2m training.linuxfoundation.org/certification/verify/?id=LF-p8u5ox9k2m Certificate on file"
    ) in text
    places = [text.index(f"{entry.title}") for entry in document.credentials]
    assert places == sorted(places)
    assert "Security Operations Analyst Associate (SC-200) Microsoft · in progress, exam 27 Nov 2026" in text
    assert "Power Platform Functional Consultant (PL-200) Microsoft · Issued 2 Nov 2023" in text
    assert "Cloud networking AZ-104, SAA-C03, AZ-900, N10-008 2025" in text
    assert "6 of 9 steps, 66% of the hours · Next: Security Operations Analyst Associate" in text
    assert "Mira Kovács · Made on 21 Nov 2026 Page 1 of 2" in text
    assert all(words in text for words in ("59 hours in the last 12 months", "Dec 0", "Sep 9.8", "Nov 6.1"))


def test_names_keep_their_letters(tmp_path: FilePath) -> None:
    names = ("Őze Ágnes", "García-López", "Łódź", "Škoda", "Αθήνα", "Москва", "İstanbul", "Trần")
    rendered = render_pdf(build_document(of_titles(*names), EVERYTHING, today=TODAY))
    assert rendered.notes == ()
    text = text_of(rendered.data, tmp_path)
    assert all(name in text for name in names)


INERT = (
    '#read("/etc/passwd")',
    "*bold* _italic_ `raw`",
    "$x^2$ <label> @reference",
    "<script>alert(1)</script>&amp;",
    "= Heading",
    "#while true {}",
    "\\u{41} // comment /* more */",
    "#link('https://evil.example')[here]",
    '"]} #panic("x")',
    "-- ... --- 'q' \"q\"",
)


def test_markup_in_text_stays_text(tmp_path: FilePath) -> None:
    text_fields = of_titles(*INERT, human_code="#code", license_number="#eval(1)")
    contents = replace(text_fields, profile=Profile(name="#panic()", headline="*h*", place="$p$", email="<e>"))
    rendered = render_pdf(build_document(contents, EVERYTHING, today=TODAY))
    assert rendered.notes == ()
    text = text_of(rendered.data, tmp_path)
    assert [payload for payload in INERT if payload not in text] == []
    assert "#panic()" in text
    assert "*h* · $p$ · <e>" in text
    assert "ID #eval(1)" in text


def test_only_web_addresses_become_links() -> None:
    addresses = (
        "javascript:alert(1)", "file:///etc/passwd", "https://", "https://[", "ftp://a.example/x",
        "https://a.example/" + "x" * 9000, "https://münchen.example/ä b", "https://" + "ü" * 70 + ".example/",
        "https://münchen.example/straße?q=ä%20b#é",
    )  # fmt: skip
    contents = of_titles(*(f"T{number}" for number in range(len(addresses))))
    credentials = tuple(
        replace(one, verification_url=address) for one, address in zip(contents.credentials, addresses, strict=True)
    )
    rendered = render_pdf(build_document(replace(contents, credentials=credentials), EVERYTHING, today=TODAY))
    with pikepdf.open(io.BytesIO(rendered.data)) as opened:
        targets = {str(link.A.URI) for page in opened.pages for link in page.get("/Annots", [])}
    assert targets == {"https://xn--mnchen-3ya.example/stra%C3%9Fe?q=%C3%A4%20b#%C3%A9"}
    assert rendered.notes == ()


def test_a_long_address_is_printed_short(tmp_path: FilePath) -> None:
    address = "https://a.example/" + "-".join(str(number) for number in range(60))
    contents = of_titles("Long", verification_url=address)
    text = text_of(render_pdf(build_document(contents, EVERYTHING, today=TODAY)).data, tmp_path)
    assert "a.example/0-1-2" in text
    assert "…" in text
    assert address not in text


def test_without_a_name_or_a_title_there_still_is_one(tmp_path: FilePath) -> None:
    contents = replace(of_titles("", "\x00\u202e"), profile=Profile(name=" "))
    rendered = render_pdf(build_document(contents, EVERYTHING, today=TODAY))
    assert text_of(rendered.data, tmp_path).count("Untitled") == 2
    assert rendered.notes == ()


def test_the_same_document_gives_the_same_bytes(document: PortfolioDocument, rendered: RenderedPdf) -> None:
    assert render_pdf(document).data == rendered.data
    other_day = render_pdf(replace(document, generated_on=date(2026, 11, 22)))
    assert other_day.data != rendered.data


def test_another_process_gives_the_same_bytes() -> None:
    script = (
        "import hashlib\n"
        "from learnpath.interchange.portfolio.document import build_document\n"
        "from learnpath.interchange.portfolio.pdf import render_pdf\n"
        "from tests.unit.interchange.portfolio.mira import EVERYTHING, TODAY, mira\n"
        "data = render_pdf(build_document(mira(), EVERYTHING, today=TODAY)).data\n"
        "print(hashlib.sha256(data).hexdigest())\n"
    )
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        "PYTHONHASHSEED": "7",
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
        "HOME": "/nonexistent",
        "SOURCE_DATE_EPOCH": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    here = render_pdf(build_document(mira(), EVERYTHING, today=TODAY)).data
    assert done.stdout.strip() == hashlib.sha256(here).hexdigest()


def test_typst_is_only_imported_to_render() -> None:
    script = "import sys, learnpath.interchange.portfolio.pdf; print('typst' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_letter_without_shape_is_named_and_stops_nothing() -> None:
    # Kharoshthi and Marchen: rare scripts. Whichever fonts this computer has, a note results.
    contents = of_titles("Course \U00010a10\U00010a11 in \U00011c72")
    rendered = render_pdf(build_document(contents, EVERYTHING, today=TODAY))
    assert rendered.data.startswith(b"%PDF-")
    (note,) = rendered.notes
    assert "no letter shape in this document's fonts" in note


def test_what_the_notes_say(document: PortfolioDocument, monkeypatch: pytest.MonkeyPatch) -> None:
    import typst

    calls: list[tuple[bool, bool]] = []

    def failing(letters: str, failures: int) -> object:
        def compile_pdf(_: bytes, *, pdf_standards: list[str], ignore_system_fonts: bool, **__: object) -> bytes:
            calls.append((bool(pdf_standards), ignore_system_fonts))
            if len(calls) <= failures:
                lines = [f'error: the text `"{letter}"` could not be displayed with font' for letter in letters.split()]
                error = typst.TypstError("no", "")
                error.diagnostic = "\n".join([*lines, *lines])
                raise error
            return b"1 0 obj\n<</Type/Page>>\n2 0 obj\n<</Type/Pages>>"

        return compile_pdf

    monkeypatch.setattr(typst, "compile", failing("漢 字 🎉", 1))
    rendered = render_pdf(document)
    assert rendered.pages == 1
    assert rendered.notes == (
        "3 characters (漢, 字, 🎉) have no letter shape in this document's fonts. Fonts of this computer were used "
        "instead, so the file may look different when it is made elsewhere.",
    )
    calls.clear()
    monkeypatch.setattr(typst, "compile", failing(r"\u{378}", 2))
    assert render_pdf(document).notes == (
        "1 character (U+0378) has no letter shape in this document's fonts or any font of this computer. "
        "The file can be read and printed, but it does not meet the standards PDF/UA and PDF/A.",
    )
    assert calls == [(True, True), (True, False), (False, False)]
    calls.clear()
    monkeypatch.setattr(typst, "compile", failing("", 2))
    assert render_pdf(document).notes[0].startswith("Some of the text cannot be set by the rules")
    calls.clear()
    monkeypatch.setattr(typst, "compile", failing("a b c d e f", 1))
    assert render_pdf(document).notes[0].startswith("6 characters (a, b, c, d, e, …) have")
    calls.clear()
    monkeypatch.setattr(typst, "compile", failing("", 1))
    assert render_pdf(document).notes[0].startswith("Some characters have no letter shape")
    calls.clear()
    monkeypatch.setattr(typst, "compile", failing("", 3))
    with pytest.raises(KnownError, match="could not be made") as caught:
        render_pdf(document)
    assert isinstance(caught.value.__cause__, typst.TypstError)


def test_text_that_makes_the_compiler_panic_still_gives_a_pdf(
    document: PortfolioDocument, monkeypatch: pytest.MonkeyPatch, tmp_path: FilePath
) -> None:
    import typst

    class PanicException(BaseException):
        """Named like the one that Rust extensions raise."""

    compile_pdf = typst.compile

    def panicking(template: bytes, *, sys_inputs: dict[str, str], **options: object) -> object:
        if "\\u05df" in sys_inputs["data"]:
            raise PanicException
        return compile_pdf(template, sys_inputs=sys_inputs, **options)  # pyright: ignore[reportCallIssue, reportArgumentType]

    monkeypatch.setattr(typst, "compile", panicking)
    person = replace(document.person, name="Mira \u05df\u0591 Kovács", headline="Инженер – Αθήνα")
    rendered = render_pdf(replace(document, person=person))
    (note,) = rendered.notes
    assert note.startswith("Some of the text is in a script that could not be set.")
    text = text_of(rendered.data, tmp_path)
    assert "Mira \ufffd\ufffd Kovács" in text
    assert "Инженер – Αθήνα · Budapest" in text
    with pikepdf.open(io.BytesIO(rendered.data)) as opened, opened.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_other_interruptions_are_not_swallowed(document: PortfolioDocument, monkeypatch: pytest.MonkeyPatch) -> None:
    import typst

    def interrupted(*_: object, **__: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(typst, "compile", interrupted)
    with pytest.raises(KeyboardInterrupt):
        render_pdf(document)


def test_the_documents_own_fonts_have_every_plain_letter(document: PortfolioDocument) -> None:
    letters = "".join(map(chr, range(0x20, 0x500))) + "–—‘’“”…€™\ufffd"
    person = replace(document.person, name=letters, headline=letters)
    entries = tuple(replace(entry, title=letters, skills=(letters,)) for entry in document.credentials[:2])
    assert render_pdf(replace(document, person=person, credentials=entries)).notes == ()


def test_invisible_characters_do_not_reach_the_document(tmp_path: FilePath) -> None:
    title = "\ufeffSafe\u202etitle\u2067 \u200bwith\u00ad hidden\x00\x1b signs\n\r\u2028end"
    rendered = render_pdf(build_document(of_titles(title), EVERYTHING, today=TODAY))
    assert rendered.notes == ()
    assert "Safetitle with hidden signs end" in text_of(rendered.data, tmp_path)


ODD_TEXT = st.one_of(
    st.text(max_size=80),
    st.text(st.characters(categories=["Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Zl", "Zp", "So"]), max_size=30),
    st.text("אבגדهوزح٣٤\u200f\u202e\u2067abc ", max_size=40),
    st.text("漢字かな🎉👩‍👩‍👧🇭🇺ไทยहिन्दी", max_size=20),
    st.sampled_from([*INERT, "x" * 10_000, "word " * 2_000, "漢" * 300, "\ud800", "\x00", "\u0301" * 100]),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    texts=st.lists(ODD_TEXT, min_size=1, max_size=6),
    stage=st.sampled_from([Stage.EARNED, Stage.EARNED, Stage.BOOKED]),
    day=st.dates(),
    minutes=st.integers(0, 10**9),
)
@example(texts=["x" * 10_000], stage=Stage.EARNED, day=date(1, 1, 1), minutes=0)
@example(texts=["\ud800\x00\u202e\ue000\U0001fffe"], stage=Stage.EARNED, day=date(9999, 12, 31), minutes=1)
@example(texts=["\u05df\u0591\u200d"], stage=Stage.EARNED, day=TODAY, minutes=1)
@example(texts=["كورس العربية", "漢字", "🎉"], stage=Stage.BOOKED, day=TODAY, minutes=90)
def test_whatever_the_library_holds_there_is_a_pdf(texts: list[str], stage: Stage, day: date, minutes: int) -> None:
    def pick(number: int) -> str:
        return texts[number % len(texts)]

    contents = LibraryContents(
        profile=Profile(name=pick(0), headline=pick(1), place=pick(2), email=pick(3)),
        issuers=(Issuer(id=1, name=pick(4)),),
        skills=(Skill(id=1, name=pick(5)),),
        credentials=tuple(
            Credential(
                id=number + 1,
                title=text,
                issuer_id=1,
                stage=stage,
                human_code=pick(number + 6),
                awarded_on=PartialDate.of(day),
                license_number=pick(number + 7),
                verification_url="https://a.example/" + pick(number + 8),
                skill_ids=(1,),
            )
            for number, text in enumerate(texts)
        ),
        sessions=(StudySession(studied_on=PartialDate.of(day), minutes=minutes),),
        paths=(Path(id=1, title=pick(9)),),
        steps=(PathStep(path_id=1, position=0, title=pick(10)),),
    )
    portfolio = Portfolio(name="x", sections=EVERYTHING.sections, show_planned=True, show_expired=True)
    rendered = render_pdf(build_document(contents, portfolio, today=day))
    with pikepdf.open(io.BytesIO(rendered.data)) as opened:
        assert len(opened.pages) == rendered.pages >= 1
    assert len(rendered.notes) <= 1
