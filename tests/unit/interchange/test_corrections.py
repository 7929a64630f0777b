"""Cells that a person typed in place of what a file says, in every format that has cells or entries."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.interchange.badges.makers import encoded
from tests.unit.interchange.workbooks import workbook

from learnpath.domain.dates import PartialDate
from learnpath.interchange.broken_rows import broken_rows_csv
from learnpath.interchange.csv_export import write_csv
from learnpath.interchange.drafts import Corrections, CredentialDraft, ParsedFile, ParsedRow
from learnpath.interchange.formats import parse_file

ROWS = [
    ["Title", "Issuer", "Earned on", "Valid until"],
    ["Knots", "Port School", "2024-05-14", "2027-05-14"],
    ["n/a", "Port School", "2024-06-01", "2027-06-01"],
    ["Sails", "Port School", "soon", "much later"],
    ["Oars", "Port School", "2024-07-01", "2027-07-01"],
]
CSV = write_csv(ROWS)
MARKDOWN = "\n".join(["|".join(ROWS[0]), "|".join(["---"] * 4), *("|".join(row) for row in ROWS[1:])]).encode()
LINKEDIN = b"""Name,Url,Authority,Started On,Finished On,License Number
Knots,,Port School,May 2024,May 2027,K-1
,,Port School,Jun 2024,,S-2
Oars,,Port School,someday,,O-3
"""
NAMELESS: dict[str, Any] = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "Assertion",
    "recipient": {"type": "email", "identity": "me@example.com"},
    "verification": {"type": "hosted"},
    "issuedOn": "2024-05-14T00:00:00Z",
    "badge": {"type": "BadgeClass", "issuer": {"type": "Profile", "name": "Port School"}},
}


def read(data: bytes, corrections: Corrections | None = None, name: str = "list", **options: Any) -> ParsedFile:
    return parse_file(data, name, corrections=corrections, **options)


def row_of(parsed: ParsedFile, line: int) -> ParsedRow:
    return next(row for row in parsed.rows if row.line == line)


def draft_of(row: ParsedRow) -> CredentialDraft:
    assert isinstance(row.draft, CredentialDraft)
    return row.draft


@pytest.mark.parametrize(
    ("data", "first"),
    [(CSV, 3), (workbook({"Mine": ROWS}), 3), (MARKDOWN, 4)],
    ids=["csv", "xlsx", "markdown"],
)
def test_a_cell_of_a_table_is_typed_anew(data: bytes, first: int) -> None:
    before = read(data)
    titleless, dateless = row_of(before, first), row_of(before, first + 1)
    assert [(fault.field, fault.column, fault.reason) for fault in titleless.faults] == [("title", 0, "no title")]
    assert titleless.draft is None
    assert [(fault.field, fault.column) for fault in dateless.faults] == [("awarded_on", 2), ("valid_until", 3)]
    assert all(reason in "; ".join(dateless.problems) for reason in ("“soon”", "“much later”"))

    after = read(data, {(first, 0): "Rigging", (first + 1, 2): "14.07.2024", (first + 1, 3): ""})
    assert draft_of(row_of(after, first)).title == "Rigging"
    assert row_of(after, first).typed == (("title", 0),)
    mended = draft_of(row_of(after, first + 1))
    assert (mended.awarded_on, mended.valid_until) == (PartialDate("2024-07-14"), None)
    assert row_of(after, first + 1).faults == ()
    others = [row for row in before.rows if row.line not in {first, first + 1}]
    assert [row for row in after.rows if row.line not in {first, first + 1}] == others
    assert after.table == before.table


def test_what_is_typed_may_be_wrong_too_and_is_saved_with_the_broken_rows() -> None:
    parsed = read(CSV, {(4, 2): "14.07.2024", (4, 3): "tomorrow"})
    row = row_of(parsed, 4)
    assert row.draft is None
    assert [fault.reason for fault in row.faults] == ["“tomorrow” is no date"]
    assert row.typed == (("awarded_on", 2), ("valid_until", 3))
    assert '"Sails","Port School","14.07.2024","tomorrow","4"' in broken_rows_csv(parsed).decode("utf-8-sig")


def test_what_is_typed_decides_nothing_for_the_other_rows() -> None:
    data = b"Title,Issuer,Earned on\nKnots,Port School,03/04/2024\nSails,Port School,x\nOars,Port School,05/06/2024\n"
    parsed = read(data, {(3, 2): "25/12/2024"}, mapping={"title": 0, "issuer_name": 1, "awarded_on": 2})
    assert parsed.table is not None
    assert list(parsed.table.ambiguous_dates) == [2]
    assert [draft_of(row).awarded_on for row in parsed.rows] == [None, PartialDate("2024-12-25"), None]


def test_a_correction_stays_with_its_cell_when_columns_are_mapped_otherwise() -> None:
    corrections = {(3, 0): "Rigging"}
    swapped = read(CSV, corrections, kind="credentials", mapping={"title": 1, "notes": 0})
    assert draft_of(row_of(swapped, 3)).notes == "Rigging"
    assert row_of(swapped, 3).typed == (("notes", 0),)
    unmapped = read(CSV, corrections, kind="credentials", mapping={"title": 1})
    assert row_of(unmapped, 3).typed == ()
    headless = read(CSV, corrections, kind="credentials", header_row=-1, mapping={"title": 0})
    assert draft_of(row_of(headless, 3)).title == "Rigging"


def test_columns_without_a_field_of_their_own_name_the_field_they_make() -> None:
    data = b"Title,Provider,Price,Currency\nKnots,Port School,10,XXY\nSails,Port School,12,EUR\n"
    mapping = {"name": 0, "issuer_name": 1, "price": 2, "currency": 3}
    parsed = read(data, {(2, 3): "USD"}, kind="programs", mapping=mapping)
    assert row_of(parsed, 2).typed == (("price", 3),)


def test_corrections_outside_of_the_table_change_nothing() -> None:
    assert read(CSV, {(2, 40): "x", (99, 0): "y", (2, "title"): "z"}) == read(CSV)


def test_linkedin_rows_are_mended() -> None:
    parsed = read(LINKEDIN)
    assert [fault.column for fault in row_of(parsed, 3).faults] == [0]
    assert [(fault.field, fault.column) for fault in row_of(parsed, 4).faults] == [("awarded_on", 3)]
    assert draft_of(row_of(parsed, 4)).awarded_on is None
    after = read(LINKEDIN, {(3, 0): "Sails", (4, 3): "Aug 2024"})
    assert draft_of(row_of(after, 3)).title == "Sails"
    assert draft_of(row_of(after, 3)).license_number == "S-2"
    assert draft_of(row_of(after, 4)).awarded_on == PartialDate("2024-08")
    assert row_of(after, 4).typed == (("awarded_on", 3),)


def test_the_other_lists_of_linkedin_are_mended() -> None:
    courses = b"Name,Number\nKnots,K-1\n,S-2\n"
    assert draft_of(row_of(read(courses, {(3, 0): "Sails"}, "Courses.csv"), 3)).title == "Sails"
    head = b"Content Title,Content Type,Content Completed At (if completed)\n"
    learning = head + b",Course,2024-05-14 10:00 UTC\n"
    parsed = read(learning, {(2, 0): "Sails"}, "Learning.csv")
    assert (parsed.format, draft_of(row_of(parsed, 2)).title) == ("linkedin_learning", "Sails")


@pytest.mark.parametrize(
    ("data", "number"),
    [
        (encoded(NAMELESS), 1),
        (encoded([{**NAMELESS, "badge": {"name": "Knots"}}, NAMELESS]), 2),
        (encoded({"type": ["VerifiableCredential"], "credentialSubject": {"id": "did:x:y"}, "issuer": "did:x:z"}), 1),
        (encoded({"type": ["VerifiableCredential", "EuropeanDigitalCredential"], "credentialSubject": {}}), 1),
        (json.dumps({"basics": {}, "certificates": [{"name": "", "issuer": "Port School"}]}).encode(), 1),
        (json.dumps({"modulesCompleted": [{"title": "Knots"}, {"uid": "x"}]}).encode(), 2),
    ],
    ids=["badge", "second badge", "credential", "europass", "resume", "transcript"],
)
def test_a_title_is_typed_where_a_file_has_none(data: bytes, number: int) -> None:
    row = row_of(read(data), number)
    assert row.draft is None
    assert [(fault.field, fault.column) for fault in row.faults] == [("title", None)]
    assert draft_of(row_of(read(data, {(number, "title"): " Rigging\n"}), number)).title == "Rigging"
    after = row_of(read(data, {(number, "title"): "Rigging"}), number)
    assert (after.typed, after.faults) == ((("title", "title"),), ())
    assert row.problems[0] not in after.problems
    assert read(data, {(number, "title"): "n/a"}) == read(data)


@given(st.dictionaries(st.tuples(st.integers(0, 6), st.integers(0, 5)), st.text(max_size=12), max_size=6))
def test_whatever_is_typed_takes_no_row_away(corrections: dict[tuple[int, int | str], str]) -> None:
    parsed = read(CSV, corrections, format="table")
    assert [row.line for row in parsed.rows] == [2, 3, 4, 5]
    for row in parsed.rows:
        typed = {place for line, place in corrections if line == row.line and isinstance(place, int) and place < 4}
        assert {place for _, place in row.typed} == typed
        assert row.draft is not None or row.faults
