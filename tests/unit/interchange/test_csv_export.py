import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.interchange.simulation import apply, plan_against

from learnpath.domain.contents import LibraryContents
from learnpath.domain.dates import PartialDate
from learnpath.domain.records import AchievementType, Credential, Issuer, Program, Skill, Stage, Tag
from learnpath.interchange.broken_rows import broken_rows_csv
from learnpath.interchange.csv_export import dump_credentials, guard, write_csv
from learnpath.interchange.drafts import CredentialDraft
from learnpath.interchange.formats import parse_file
from learnpath.interchange.plan import RowKind
from learnpath.interchange.table_rows import unguard

FULL = Credential(
    id=7,
    title="=SUM(A1) – Cloud",
    issuer_id=1,
    program_id=2,
    human_code="CB-100",
    achievement_type=AchievementType.CERTIFICATION,
    level="High",
    stage=Stage.EARNED,
    target_on=PartialDate("2024"),
    exam_on=PartialDate("2024-05-13"),
    exam_time="09:30",
    exam_zone="Europe/Vienna",
    exam_place="Graz",
    awarded_on=PartialDate("2024-05"),
    valid_for="P3Y",
    valid_until=PartialDate("2027-05-14"),
    renewal_opens_days=90,
    grace_days=30,
    renewal_note="CPE",
    revoked_on=PartialDate("2026-01-02"),
    let_go_reason="x",
    license_number="-17",
    verification_url="https://a.example/1",
    estimated_minutes=95,
    notes="line\r\n'two\n=three",
    skill_ids=(3, 4),
    tag_ids=(5,),
)
LIBRARY = LibraryContents(
    issuers=(Issuer(id=1, name="Acme; Inc"),),
    programs=(Program(id=2, name="Cloud Basics"),),
    skills=(Skill(id=3, name="SQL; more"), Skill(id=4, name="Go")),
    tags=(Tag(id=5, name="@home"),),
    credentials=(FULL,),
)


def read_back(data: bytes) -> CredentialDraft:
    parsed = parse_file(data, "credentials.csv")
    assert parsed.problems == ()
    (row,) = parsed.rows
    assert isinstance(row.draft, CredentialDraft), row.problems
    assert row.problems == ()
    return row.draft


def test_every_field_comes_back() -> None:
    assert read_back(dump_credentials(LIBRARY)) == CredentialDraft(
        title="=SUM(A1) – Cloud",
        issuer_name="Acme; Inc",
        program_name="Cloud Basics",
        human_code="CB-100",
        achievement_type=AchievementType.CERTIFICATION,
        level="High",
        stage=Stage.EARNED,
        target_on=PartialDate("2024"),
        exam_on=PartialDate("2024-05-13"),
        exam_time="09:30",
        exam_zone="Europe/Vienna",
        exam_place="Graz",
        awarded_on=PartialDate("2024-05"),
        valid_for="P3Y",
        valid_until=PartialDate("2027-05-14"),
        renewal_opens_days=90,
        grace_days=30,
        renewal_note="CPE",
        revoked_on=PartialDate("2026-01-02"),
        let_go_reason="x",
        license_number="-17",
        verification_url="https://a.example/1",
        estimated_minutes=95,
        notes="line\r\n'two\n=three",
        skill_names=("SQL; more", "Go"),
        tag_names=("@home",),
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_file_that_a_spreadsheet_saved_again_comes_back(delimiter: str) -> None:
    rows = list(csv.reader(io.StringIO(dump_credentials(LIBRARY).decode("utf-8-sig"), newline="")))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    assert read_back(out.getvalue().encode()) == read_back(dump_credentials(LIBRARY))


def test_the_file_is_made_for_spreadsheets() -> None:
    data = dump_credentials(LIBRARY)
    assert data.startswith(b"\xef\xbb\xbf" + b'"Title","Issuer"')
    assert data.endswith(b"\r\n")
    cells = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1]
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r＝＋－＠"))]
    assert cells[0] == "'=SUM(A1) – Cloud"


def test_titles_that_look_like_nothing_come_back() -> None:
    for title in ("N/A", "null", "'quoted'", "''", "-"):
        assert read_back(dump_credentials(LibraryContents(credentials=(Credential(title=title),)))).title == title


@settings(deadline=None)
@given(
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=30),
    st.text("=+-@'\t\r\n a\"", max_size=8),
)
def test_any_title_and_note_come_back(title: str, notes: str) -> None:
    draft = read_back(
        dump_credentials(LibraryContents(credentials=(Credential(title=title, notes=notes, stage=Stage.WISHED),)))
    )
    assert (draft.title, draft.notes, draft.stage) == (title, notes, Stage.WISHED)


@given(st.text(max_size=20))
def test_a_guard_is_taken_away_exactly_once(text: str) -> None:
    assert unguard(guard(text)) == text


def test_an_export_imported_again_changes_nothing() -> None:
    parsed = parse_file(dump_credentials(LIBRARY), "credentials.csv")
    again = plan_against(parsed, apply(plan_against(parsed, []), []))
    assert again.counts[RowKind.SAME] == 1


def test_other_files_keep_their_apostrophes() -> None:
    (row,) = parse_file(b"title,date earned\n'tis,2024\n", "x.csv").rows
    assert isinstance(row.draft, CredentialDraft)
    assert row.draft.title == "'tis"


def test_broken_rows_can_be_saved_mended_and_imported() -> None:
    parsed = parse_file(
        b"title,cost,vendor\nA,two pounds,Acme\nB,3 EUR,Acme\n,1 EUR,Acme,extra\nC,4 EUR,Acme\nD,5 EUR,Acme\n", "x.csv"
    )
    data = broken_rows_csv(parsed)
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows == [
        ["title", "cost", "vendor", "Column 4", "Line in the file", "Why it was not imported"],
        ["A", "two pounds", "Acme", "", "2", "line 2: “two pounds” is no price"],
        ["", "1 EUR", "Acme", "extra", "4", "line 4: no title; line 4: 1 more cells than columns"],
    ]
    mended = parse_file(data.replace(b"two pounds", b"80 EUR"), "x.csv")
    assert [row.draft is None for row in mended.rows] == [False, True]


def test_no_broken_rows_give_a_header() -> None:
    assert broken_rows_csv(parse_file(b"title,vendor\nA,B\n", "x.csv")).count(b"\r\n") == 1
    assert write_csv([]) == b"\xef\xbb\xbf"


def test_what_is_only_nearly_our_export_is_read_like_any_table() -> None:
    parsed = parse_file(b"\x1f" + dump_credentials(LIBRARY).removeprefix(b"\xef\xbb\xbf"), "x.csv")
    assert parsed.table is not None
    assert parsed.table.columns[0] == "Title"
    assert "Control characters" in parsed.problems[0]
