import io
import struct
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from tests.unit.interchange.workbooks import (
    Linked,
    Shown,
    compound,
    ods,
    ods_row,
    with_entry,
    workbook,
    xls_stream,
    zipped,
)

from learnpath.domain.dates import PartialDate
from learnpath.domain.money import Money
from learnpath.errors import KnownError
from learnpath.interchange import spreadsheet
from learnpath.interchange.drafts import CredentialDraft, ParsedFile, ProgramDraft, TableShape, title_of
from learnpath.interchange.formats import parse_file, recognise

HEADER = ["Title", "Issuer", "Earned on", "Hours"]
MINE = workbook({"List": [HEADER, ["Sail Maker", "Port School", date(2024, 5, 14), 12]]})
OLD = compound(xls_stream({(0, 0): "Title", (0, 1): "Issuer", (1, 0): "Sail Maker", (1, 1): "Port School"}))
OPEN = ods(ods_row("Title", "Issuer") + ods_row("Sail Maker", "Port School"))


def shape(parsed: ParsedFile) -> TableShape:
    assert parsed.table is not None
    return parsed.table


def cells(*rows: list[object], **options: object) -> list[tuple[str, ...]]:
    data = workbook({"List": [["Title", "Note"], *rows]}, **options)  # pyright: ignore[reportArgumentType]
    return [row.raw for row in parse_file(data, "x").rows]


def test_a_workbook_is_recognised_by_content() -> None:
    assert [recognise(data, "list.csv") for data in (MINE, OLD, OPEN)] == ["spreadsheet"] * 3
    assert spreadsheet.sniff(zipped({"a.csv": "a,b"}), "list.xlsx") == 0
    assert spreadsheet.sniff(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "list.xls") == 0


def test_rows_become_drafts_with_real_dates() -> None:
    parsed = parse_file(MINE, "mine.xlsx")
    (row,) = parsed.rows
    assert (parsed.format, parsed.kind, row.where) == ("spreadsheet", "credentials", "line 2")
    assert isinstance(row.draft, CredentialDraft)
    assert row.draft.awarded_on == PartialDate("2024-05-14")
    assert row.draft.estimated_minutes == 720
    assert shape(parsed).sheets == ("List",)


@pytest.mark.parametrize("data", [OLD, OPEN], ids=["xls", "ods"])
def test_the_other_formats_are_read_as_well(data: bytes) -> None:
    (row,) = parse_file(data, "x").rows
    assert isinstance(row.draft, ProgramDraft)
    assert (row.draft.name, row.draft.issuer_name) == ("Sail Maker", "Port School")


def test_small_sectors_of_an_old_workbook_are_read() -> None:
    data = compound(xls_stream({(0, 0): "Title", (1, 0): "Sail Maker"}), small=True)
    assert parse_file(data, "x").rows[0].raw == ("Sail Maker",)


def test_cells_are_written_as_in_a_table_of_text() -> None:
    written = cells(
        ["a", 15.0],
        ["b", 0.1 + 0.2],
        ["c", 1e20],
        ["d", True],
        ["e", False],
        ["f", datetime(2024, 5, 14, 9, 30)],
        ["g", datetime(2024, 5, 14)],
        ["h", time(9, 30)],
        ["i", timedelta(hours=26, minutes=30)],
        ["j", "two\r\nlines"],
        ["k", "#DIV/0!"],
        ["l", -3.5],
    )
    assert [note for _, note in written] == [
        "15", "0.3", "100000000000000000000", "TRUE", "FALSE", "2024-05-14 09:30:00", "2024-05-14", "09:30", "PT26H30M",
        "two\nlines", "", "-3.5",
    ]  # fmt: skip


def test_escaped_control_characters_are_line_breaks() -> None:
    strings = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Title</t></si>'
    data = with_entry(
        workbook({"List": [["a"], ["b"]]}),
        "xl/sharedStrings.xml",
        f"{strings}<si><t>one_x000D_two_x0001__x00E9_</t></si></sst>".encode(),
    )
    parsed = parse_file(data, "x")
    assert parsed.rows[0].raw == ("one\ntwoé",)
    assert parsed.problems == ("Control characters or signs that turn the direction of writing were removed.",)


def test_both_epochs_give_the_same_day() -> None:
    assert cells(["a", date(2024, 5, 14)], epoch_1904=True) == cells(["a", date(2024, 5, 14)]) == [("a", "2024-05-14")]


def test_the_sheet_most_like_a_list_is_read_and_another_can_be_chosen() -> None:
    data = workbook(
        {
            "Read me": [["How to use this"]],
            "Courses": [["Title", "Issuer"], ["Sail Maker", "Port School"], ["Knots", "Port School"]],
            "Empty": [],
            "Old": [["Title"], ["Rope Work"]],
        }
    )
    table = shape(parse_file(data, "x"))
    assert (table.sheet, table.sheets) == ("Courses", ("Read me", "Courses", "Old"))
    other = parse_file(data, "x", sheet="Old")
    assert shape(other).sheet == "Old"
    assert [row.raw for row in other.rows] == [("Rope Work",)]
    with pytest.raises(KnownError, match="no sheet “Empty”"):
        parse_file(data, "x", sheet="Empty")


def test_a_hidden_sheet_is_offered_but_not_chosen() -> None:
    rows = [["Title", "Issuer"], *[[f"Course {at}", "Port School"] for at in range(9)]]
    data = workbook({"List": [["Title"], ["Sail Maker"]], "Data": rows}, hidden="Data")
    table = shape(parse_file(data, "x"))
    assert (table.sheet, table.sheets) == ("List", ("List", "Data"))
    assert len(parse_file(data, "x", sheet="Data").rows) == 9


def test_a_merged_cell_counts_for_all_its_rows_and_a_merged_banner_is_no_header() -> None:
    data = workbook(
        {
            "List": [
                ["My certificates", None],
                ["Title", "Issuer"],
                ["Sail Maker", "Port School"],
                ["Knots", None],
                ["Rope Work", None],
            ]
        },
        merged=("A1:B1", "B3:B5"),
    )
    parsed = parse_file(data, "x")
    assert shape(parsed).header_row == 1
    assert [row.raw for row in parsed.rows] == [
        ("Sail Maker", "Port School"),
        ("Knots", "Port School"),
        ("Rope Work", "Port School"),
    ]


def test_repeated_headers_and_cells_shifted_against_them() -> None:
    data = workbook(
        {
            "List": [
                ["Title", "Provider", "Title", "Rating", "Course url"],
                *[[f"Course {at}", "Port School", 4, f"https://a.example/{at}", None] for at in range(6)],
            ]
        }
    )
    parsed = parse_file(data, "x")
    assert shape(parsed).columns == ("Title", "Provider", "Title (2)", "Rating", "Course url")
    draft = parsed.rows[0].draft
    assert isinstance(draft, ProgramDraft)
    assert (draft.name, draft.url) == ("Course 0", "https://a.example/0")


def test_the_persons_choices_hold_for_workbooks() -> None:
    data = workbook({"List": [["x", "y"], ["Sail Maker", "A"]]})
    parsed = parse_file(data, "x", header_row=0, mapping={"name": 0, "human_code": 1}, kind="programs")
    draft = parsed.rows[0].draft
    assert isinstance(draft, ProgramDraft)
    assert (draft.name, draft.human_code) == ("Sail Maker", "A")


# Refused -------------------------------------------------------------------------------------------------------------


def _sheet_xml(rows: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'
    return with_entry(MINE, "xl/worksheets/sheet1.xml", sheet.encode())


def _far(row: int, column: int) -> bytes:
    return compound(xls_stream({(0, 0): "Title", (row, column): "x"}))


def _flagged(data: bytes) -> bytes:
    at = data.find(b"PK\x01\x02")
    return data[: at + 8] + b"\x01\x00" + data[at + 10 :]


_RUN_TO_THE_END = struct.pack("<HHHHHH", 0x00BD, 8, 65535, 0, 0, 65535)
REFUSED = {
    "no rows": (workbook({"List": []}), "no rows"),
    "cut": (MINE[: len(MINE) // 2], "damaged"),
    "cut ods": (OPEN[: len(OPEN) // 2], "damaged"),
    "cut xls": (OLD[:1200], "damaged"),
    "no stream": (compound(xls_stream({}), "Other") + "Workbook".encode("utf-16-le"), "damaged"),
    "odd sectors": (OLD[:30] + b"\x01\x00" + OLD[32:], "damaged"),
    "endless chain": (OLD[:512] + struct.pack("<128I", *[1] * 128) + OLD[1024:], "damaged"),
    "no workbook": (zipped({"xl/workbook.xml": "<a"}), "damaged"),
    "wrong sum": (MINE.replace(MINE[14:18], bytes(4)), "damaged"),
    "encrypted entry": (_flagged(MINE), "password"),
    "encrypted xlsx": (compound(bytes(5000), "EncryptedPackage"), "password"),
    "encrypted xls": (compound(struct.pack("<HHH", 0x002F, 2, 0)), "password"),
    "far corner": (_sheet_xml('<row><c r="A1"><v>1</v></c></row><row><c r="XFD1048576"><v>1</v></c></row>'), "spans"),
    "far row": (_sheet_xml("<row r='999999'><c r='A999999'><v>1</v></c><c r='J1'/></row>"), "spans"),
    "far row, no columns": (
        _sheet_xml('<row r="1"><c><v>1</v></c></row><row r="900000">' + "<c><v>1</v></c>" * 9 + "</row>"),
        "spans",
    ),
    "prefixed": (_sheet_xml('<x:row r="900000">' + "<x:c><v>1</v></x:c>" * 9 + "</x:row>"), "spans"),
    "far corner xls": (_far(65535, 255), "spans"),
    "far run xls": (compound(xls_stream({(0, 0): "Title"}, extra=_RUN_TO_THE_END)), "spans"),
    "repeated ods": (ods(ods_row("Title", repeated=1_000_000, across=16_384)), "spans"),
    "document type": (ods(ods_row("Title"), "<!DOCTYPE a [<!ENTITY b 'c'>]>"), "document type"),
    "bomb": (with_entry(MINE, "xl/more.xml", bytes(5 * 1024 * 1024)), "swells"),
    "many entries": (MINE + b"PK\x01\x02" * 10_001, "entries"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_sentence(case: str) -> None:
    data, words = REFUSED[case]
    with pytest.raises(KnownError, match=words) as caught:
        parse_file(data, "x", format="spreadsheet")
    assert caught.value.hint


def test_a_workbook_of_endless_empty_rows_is_read() -> None:
    # Spreadsheet programs write the rest of the sheet as one repeated row.
    rest = (
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    data = ods(ods_row("Title", "Issuer") + ods_row("Sail Maker", "Port School") + rest)
    assert len(parse_file(data, "x").rows) == 1


def test_the_size_an_archive_states_is_not_believed() -> None:
    data = zipped({"xl/workbook.xml": b"a" * 5000})
    entry = data.find(b"PK\x01\x02")
    with pytest.raises(KnownError, match="damaged"):
        parse_file(data[: entry + 24] + struct.pack("<I", 10) + data[entry + 28 :], "x")


def test_ways_of_compressing_that_no_spreadsheet_uses_are_refused() -> None:
    data = zipped({"xl/workbook.xml": b"a" * 5000}, zipfile.ZIP_BZIP2)
    with pytest.raises(KnownError, match="damaged"):
        parse_file(data, "x")


def test_an_archive_is_too_large_in_all() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", b"a")
    data = out.getvalue()
    entry = data.find(b"PK\x01\x02")
    with pytest.raises(KnownError, match="200 MB"):
        parse_file(data[: entry + 20] + struct.pack("<II", 300 << 20, 300 << 20) + data[entry + 28 :], "x")


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    ("old", "new"),
    [(b"</table:table>", b"</table:taQe>"), (b"</table:table>", b""), (b"</office:body>", b"<office:body>")],
)
def test_an_open_workbook_whose_elements_do_not_end_is_refused(old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(OPEN)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    entries["content.xml"] = entries["content.xml"].replace(old, new)
    with pytest.raises(KnownError, match="The file is damaged"):
        parse_file(zipped(entries, zipfile.ZIP_STORED), "list.ods")


@pytest.mark.parametrize(
    ("number_format", "price"),
    [
        ("#,##0.00 [$€-407]", Money(4950, "EUR")),
        ('"$"#,##0.00', Money(4950, "USD")),
        ("[$£-809]#,##0.00", Money(4950, "GBP")),
        ("[$CHF] #,##0.00", Money(4950, "CHF")),
        ("0.00", None),
        ('0.00 "pieces"', None),
    ],
)
def test_the_currency_of_a_number_format_is_read(number_format: str, price: Money | None) -> None:
    rows = [["Title", "Vendor", "Price"], ["Knots", "Port School", Shown(49.5, number_format)]]
    parsed = parse_file(workbook({"A": rows}), "list.xlsx")
    [draft] = [row.draft for row in parsed.rows]
    assert isinstance(draft, ProgramDraft)
    assert draft.price == price
    assert parsed.table is not None
    assert parsed.table.needs_currency == (price is None)


def test_the_link_of_a_cell_is_the_address_of_its_row() -> None:
    rows = [
        ["Title", "Vendor"],
        [Linked("Knots", "https://port.example/knots"), "Port School"],
        ["Sails", Linked("Port School", "https://port.example/")],
        ["Oars", Linked("Port School", "mailto:port@example.org")],
    ]
    parsed = parse_file(workbook({"A": rows}), "list.xlsx")
    drafts = [row.draft for row in parsed.rows]
    assert [draft.url for draft in drafts if isinstance(draft, ProgramDraft)] == [
        "https://port.example/knots",
        "https://port.example/",
        "",
    ]
    shown = [["Title", "URL"], ["Knots", Linked("https://port.example/a", "https://port.example/a")]]
    table = parse_file(workbook({"A": shown}), "list.xlsx").table
    assert table is not None
    assert table.columns == ("Title", "URL")


@pytest.mark.parametrize("epoch_1904", [False, True])
def test_days_stored_as_plain_numbers_are_dates_in_columns_of_dates(epoch_1904: bool) -> None:
    first = 45426 - 1462 * epoch_1904
    rows = [["Title", "Earned on", "Number"], ["Knots", first, 45426], ["Sails", first + 1, 45427]]
    parsed = parse_file(workbook({"A": rows}, epoch_1904=epoch_1904), "mine.xlsx")
    drafts = [row.draft for row in parsed.rows]
    assert [str(draft.awarded_on) for draft in drafts if isinstance(draft, CredentialDraft)] == [
        "2024-05-14",
        "2024-05-15",
    ]


def test_a_workbook_in_an_encoding_that_nobody_knows_is_damaged() -> None:
    with pytest.raises(KnownError, match="damaged"):
        parse_file(ods(ods_row("Title", "Issuer"), before='<?xml version="1.0" encoding="none"?>'), "x")


def test_a_workbook_of_people_is_refused_unless_another_sheet_is_a_list() -> None:
    people = [["Name", "Email", "Phone"], ["Ada Example", "a@b.example", "5"]]
    with pytest.raises(KnownError, match="a list of people"):
        parse_file(workbook({"Contacts": people}), "x")
    both = parse_file(workbook({"Contacts": people * 9, "List": [HEADER, ["Sail Maker", "Port School"]]}), "x")
    assert shape(both).sheet == "List"
    chosen = parse_file(workbook({"Contacts": people}), "x", kind="programs")
    assert [row.draft and title_of(row.draft) for row in chosen.rows] == ["Ada Example"]
