import base64
import time
import zlib

import pikepdf
import pytest
from tests.unit.interchange.list_files import CERTIFICATE, pdf

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import Stage
from learnpath.errors import KnownError
from learnpath.interchange.drafts import CredentialDraft, Fault
from learnpath.interchange.formats import parse_file
from learnpath.interchange.known_records import KnownRecords
from learnpath.interchange.personal import pdf_certificate
from learnpath.interchange.personal.certificate_text import propose
from learnpath.interchange.personal.pdf_streams import unpacks_too_much
from learnpath.interchange.plan import RowKind, plan_import


def proposed(text: str) -> CredentialDraft:
    return propose(text.replace(" / ", "\n"), [])


def test_a_certificate_is_proposed_and_kept_as_proof() -> None:
    parsed = parse_file(CERTIFICATE, "certificate.pdf")
    assert parsed.is_evidence
    (row,) = parsed.rows
    assert row.draft == CredentialDraft(title="Weaving", stage=Stage.EARNED, awarded_on=PartialDate("2024-05-06"))
    assert row.problems == ("certificate: read from the text of the PDF: check it",)


def test_a_text_that_is_no_certificate_is_taken_only_when_the_person_says_so() -> None:
    invoice = parse_file(pdf(["INVOICE", "Port School", "12 hours of rigging", "14 May 2024"]), "invoice.pdf")
    assert invoice.choice == "nothing in the text says that this is a certificate"
    (row,) = plan_import(invoice, KnownRecords("credentials", [], {})).rows
    assert (row.kind, row.reason, row.action) == (RowKind.UNDECIDED, invoice.choice, "skip")
    assert parse_file(CERTIFICATE, "certificate.pdf").choice == ""
    typed = parse_file(pdf(["14 May 2024", "14 May 2024"]), "invoice.pdf", corrections={(1, "title"): "Rigging"})
    (row,) = plan_import(typed, KnownRecords("credentials", [], {})).rows
    assert row.kind is RowKind.NEW


@pytest.mark.parametrize(
    ("text", "title", "issuer"),
    [
        (
            "Mar 3, 2024 / Ada Example / has successfully completed / Weaving Looms / an online non-credit course "
            "authorized by Example University and offered / through Coursera",
            "Weaving Looms",
            "Example University",
        ),
        ("Ada / has successfully completed the course / The Whole Loom / Udemy", "The Whole Loom", "Udemy"),
        (
            "Ada / has successfully completed the AWS Certification / requirements and has achieved their: / "
            "AWS Certified Weaver - Associate / Amazon Web Services",
            "AWS Certified Weaver - Associate",
            "Amazon Web Services",
        ),
        ("Learning Looms / Course completed by Ada / LinkedIn Learning", "Learning Looms", "LinkedIn Learning"),
        ("Zertifikat / Ada / hat den Kurs / Webstuhl / Ausgestellt von: / Webschule", "Webstuhl", "Webschule"),
        ("Ada / a suivi avec succès / Le tissage / délivré par École Exemple", "Le tissage", "École Exemple"),
        ("Ada / ha completado con éxito el curso / Telares / Emitido por: Instituto", "Telares", "Instituto"),
        ("Certificate / Certificate of Weaving / Ada", "Certificate of Weaving", ""),
        ("Congratulations Ada / Certified Weaver", "Certified Weaver", ""),
        ("Loom day / Ada", "Loom day", ""),
        ("Ada / successfully completed and received a passing grade in / W50 Weaving", "W50 Weaving", ""),
        ("Certificate of completion", "", ""),
        ("Certificate of completion / Issued by: Port School", "", "Port School"),
        ("", "", ""),
    ],
)
def test_titles_and_issuers_by_their_wording(text: str, title: str, issuer: str) -> None:
    draft = proposed(text)
    assert (draft.title, draft.issuer_name) == (title, issuer)


@pytest.mark.parametrize(
    ("text", "awarded", "expires"),
    [
        ("Issue date: May 07, 2024 / Expiration date: May 07, 2027", "2024-05-07", "2027-05-07"),
        ("Date of issue / 14.05.2024 / gültig bis / 05/2027", "2024-05-14", None),
        ("Issued January 2024, valid until January 2026", "2024-01", "2026-01"),
        ("12 juin 2023", "2023-06-12", None),
        ("12 June 2023 / 13 June 2023", None, None),
        ("Issued 31 April 2015", None, None),
        ("Issued 5 May 1066", None, None),
    ],
)
def test_dates_by_the_words_before_them(text: str, awarded: str | None, expires: str | None) -> None:
    draft = proposed(text)
    assert (draft.awarded_on and draft.awarded_on.text, draft.valid_until and draft.valid_until.text) == (
        awarded,
        expires,
    )


def test_an_ambiguous_date_is_noted_and_left_out() -> None:
    notes: list[str] = []
    assert propose("Date: 04/05/2024", notes).awarded_on is None
    assert "ambiguous" in notes[0]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Certificate no: UC-1234abcd-5678", "UC-1234abcd-5678"),
        ("Credential ID ABC123", "ABC123"),
        ("Zertifikatsnummer: WEB-2024-1", "WEB-2024-1"),
        ("Valid Certificate ID / 0123456789abcdef", "0123456789abcdef"),
        ("Certificate number: pending", ""),
        ("Certificate of 2024", ""),
    ],
)
def test_numbers(text: str, number: str) -> None:
    assert proposed(text).license_number == number


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Verify at https://example.org/verify/1. / https://example.org", "https://example.org/verify/1"),
        ("ude.my/UC-1", "https://ude.my/UC-1"),
        ("www.example.org/a", "https://www.example.org/a"),
        ("https://example.org/a / https://example.org/b", ""),
        ("https://?? / nothing", ""),
    ],
)
def test_addresses(text: str, address: str) -> None:
    assert proposed(text).verification_url == address


UNTITLED = pdf(["Certificate of completion", "Issue date: May 07, 2024", "Issued by: Port School"])


@pytest.mark.parametrize(
    ("data", "reason", "remarks"),
    [
        (pdf([]), "no title, as the PDF is a picture without text", ()),
        (pdf(["page 1"]), "no title, as the PDF is a picture without text", ()),
        (UNTITLED, "no title found in the text of the PDF", ("read from the text of the PDF: check it",)),
    ],
    ids=["scan", "page number", "untitled"],
)
def test_a_certificate_without_a_title_waits_for_one(data: bytes, reason: str, remarks: tuple[str, ...]) -> None:
    (row,) = parse_file(data, "scan.pdf").rows
    assert (row.draft, row.faults) == (None, (Fault("title", None, reason),))
    assert row.problems == tuple(f"certificate: {one}" for one in (reason, *remarks))
    titled = parse_file(data, "scan.pdf", corrections={(1, "title"): " Knots "})
    (mended,) = titled.rows
    assert isinstance(mended.draft, CredentialDraft)
    assert (mended.draft.title, mended.draft.stage) == ("Knots", Stage.EARNED)
    assert titled.is_evidence
    assert (mended.problems, mended.typed) == (row.problems[1:], (("title", "title"),))


def test_what_an_untitled_certificate_says_stays_with_its_title() -> None:
    (row,) = parse_file(UNTITLED, "a.pdf", corrections={(1, "title"): "Knots"}).rows
    assert row.draft == CredentialDraft(
        title="Knots", issuer_name="Port School", stage=Stage.EARNED, awarded_on=PartialDate("2024-05-07")
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pdf(["x"], encryption=pikepdf.Encryption(user="a", owner="b")), "The PDF is protected"),
        (pdf(["Weaving"], encryption=pikepdf.Encryption(user="", owner="b")), "The PDF is protected"),
        (pdf(["Weaving"], pages=51), "has 51 pages"),
        (CERTIFICATE[:200], "damaged"),
        (b"%PDF-1.7 rubbish", "damaged"),
    ],
)
def test_pdfs_that_cannot_be_read_are_refused(data: bytes, words: str) -> None:
    with pytest.raises(KnownError, match=words):
        parse_file(data, "x.pdf")


def test_the_size_of_a_pdf_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_certificate, "_MOST_BYTES", 10)
    with pytest.raises(KnownError, match="larger than 32 MB"):
        parse_file(CERTIFICATE, "x.pdf")


BOMB = zlib.compress(b"(aaaaaaaaaaaaaaaa) Tj " * 1_000_000)


@pytest.mark.parametrize(
    "stream",
    [
        b"<</Length 9/Filter/FlateDecode>>stream\n" + BOMB,
        b"<</Filter[/ASCII85Decode/FlateDecode]>>stream\r\n" + base64.a85encode(BOMB) + b"~>",
        b"<</Filter[/FlateDecode/FlateDecode]>>stream\n" + zlib.compress(BOMB),
        b"<</Filter/LZWDecode>>stream\nabc",
        b"<<>>stream\n" + b"x" * 5_000_000,
        b"<<>>stream\n" * 6_000,
    ],
)
def test_pages_that_unpack_to_megabytes_are_refused_at_once(stream: bytes) -> None:
    started = time.perf_counter()
    with pytest.raises(KnownError, match="far longer than a certificate"):
        parse_file(b"%PDF-1.7\n1 0 obj" + stream + b"\nendstream endobj", "x.pdf")
    assert time.perf_counter() - started < 2


def test_pictures_and_fonts_may_be_large() -> None:
    assert not unpacks_too_much(b"1 0 obj<</Subtype/Image/Filter/FlateDecode>>stream\n" + BOMB + b"endstream")
    assert not unpacks_too_much(b"1 0 obj<</Length1 5/Filter/FlateDecode>>stream\n" + BOMB + b"endstream")
    assert not unpacks_too_much(b"1 0 obj<</Filter/FlateDecode>>stream\nnot compressed endstream")
