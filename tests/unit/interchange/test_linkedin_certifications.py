from learnpath.domain.dates import PartialDate
from learnpath.domain.records import Stage
from learnpath.interchange.drafts import CredentialDraft, ParsedFile
from learnpath.interchange.formats import parse_file

HEADER = "Name,Url,Authority,Started On,Finished On,License Number\n"


def parse(rows: str) -> ParsedFile:
    parsed = parse_file((HEADER + rows).encode(), "Certifications.csv")
    assert parsed.format == "linkedin_certifications"
    return parsed


def only(rows: str) -> CredentialDraft:
    (row,) = parse(rows).rows
    assert isinstance(row.draft, CredentialDraft)
    return row.draft


def test_a_certification() -> None:
    assert only("Cloud,https://a.example/7F3K9,Acme,May 2024,May 2027,7F3K9\n") == CredentialDraft(
        title="Cloud",
        issuer_name="Acme",
        stage=Stage.EARNED,
        awarded_on=PartialDate("2024-05"),
        valid_until=PartialDate("2027-05"),
        license_number="7F3K9",
        verification_url="https://a.example/7F3K9",
    )


def test_the_content_decides_and_not_the_name() -> None:
    data = b"\xef\xbb\xbf" + HEADER.encode() + b"A,,B,2024,,\n"
    assert parse_file(data, "whatever.txt").format == "linkedin_certifications"
    assert parse_file(b"Name,Vendor\nA,B\n", "Certifications.csv").format == "table"


def test_months_in_other_languages() -> None:
    rows = "A,,X,Mai 2024,,\nB,,X,août 2023,,\nC,,X,dez 2020,,\nD,,X,mrt 2021,,\nE,,X,szept. 2022,,\n"
    dates = [str(row.draft.awarded_on) for row in parse(rows).rows if isinstance(row.draft, CredentialDraft)]
    assert dates == ["2024-05", "2023-08", "2020-12", "2021-03", "2022-09"]


def test_addresses_are_cleaned() -> None:
    assert only("A,verify.example.in/x,B,,,\n").verification_url == "https://verify.example.in/x"
    (row,) = parse("A,javascript:alert(1),B,,,\n").rows
    assert isinstance(row.draft, CredentialDraft)
    assert row.draft.verification_url == ""
    assert row.problems == ("line 2: “javascript:alert(1)” is no web address",)


def test_an_address_in_the_licence_column_moves() -> None:
    draft = only("A,,B,,,https://a.example/x\n")
    assert (draft.license_number, draft.verification_url) == ("", "https://a.example/x")
    (row,) = parse("A,,B,,,javascript://x\n").rows
    assert isinstance(row.draft, CredentialDraft)
    assert row.draft.license_number == ""


def test_the_end_of_a_course_is_no_expiry() -> None:
    (row,) = parse("A,,B,Apr 2016,Nov 2016,\n").rows
    assert isinstance(row.draft, CredentialDraft)
    assert row.draft.valid_until is None
    assert row.problems == ("line 2: “2016-11” under Finished On is no expiry and was left out",)


def test_titles_are_cleaned() -> None:
    assert only("  Cloud   Basics ,,B,,,\n").title == "Cloud Basics"
    assert only('"""Cloud",,B,,,\n').title == "Cloud"


def test_broken_and_odd_rows() -> None:
    parsed = parse(",,B,,,\nA,,B,someday,,\n\nB\n")
    assert [row.draft is None for row in parsed.rows] == [True, False, False]
    assert parsed.rows[0].problems == ("line 2: no title",)
    assert parsed.rows[1].problems == ("line 3: “someday” is no date",)
    assert parsed.rows[2].line == 5
