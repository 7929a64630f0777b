import csv
import io
import time
from datetime import date
from decimal import Decimal

import pytest

from learnpath.domain.dates import PartialDate
from learnpath.domain.money import Money
from learnpath.domain.records import AchievementType, LifecycleStatus, Stage
from learnpath.errors import KnownError
from learnpath.interchange.delimited import MOST_CELL_CHARACTERS, find_delimiter, split_text
from learnpath.interchange.drafts import AmbiguousDate, CredentialDraft, ParsedFile, ProgramDraft
from learnpath.interchange.formats import parse_file


def parse(text: str | bytes, **options: object) -> ParsedFile:
    data = text.encode() if isinstance(text, str) else text
    return parse_file(data, "list.csv", format="table", **options)  # pyright: ignore[reportArgumentType]


def programs(parsed: ParsedFile) -> list[ProgramDraft]:
    assert parsed.kind == "programs"
    return [row.draft for row in parsed.rows if isinstance(row.draft, ProgramDraft)]


def credentials(parsed: ParsedFile) -> list[CredentialDraft]:
    assert parsed.kind == "credentials"
    return [row.draft for row in parsed.rows if isinstance(row.draft, CredentialDraft)]


def test_a_program_list_with_everything() -> None:
    parsed = parse(
        "Title,Vendor,Exam code,Type,Description,URL,Level,Language,Hours,Price,Currency,Valid for,Status,"
        "Retirement date,ID,Source URL,Checked on,Skills,Tags\n"
        "Cloud Basics,Acme,CB-100,Certification,About clouds,https://acme.example/cb,Beginner,English,12,99,EUR,"
        "3 years,Retired,2027-01,77,https://acme.example/list,2026-11-01,IAM; Networks,cloud|basics\n"
    )
    (draft,) = programs(parsed)
    assert draft == ProgramDraft(
        name="Cloud Basics",
        issuer_name="Acme",
        human_code="CB-100",
        achievement_type=AchievementType.CERTIFICATION,
        description="About clouds",
        url="https://acme.example/cb",
        level="Beginner",
        language="English",
        estimated_minutes=720,
        price=Money(9900, "EUR"),
        valid_for="P3Y",
        lifecycle_status=LifecycleStatus.RETIRED,
        retires_on=PartialDate("2027-01"),
        external_id="77",
        source_url="https://acme.example/list",
        checked_on=PartialDate("2026-11-01"),
        skill_names=("IAM", "Networks"),
        tag_names=("cloud", "basics"),
    )
    assert parsed.table is not None
    assert parsed.table.unmapped == ()
    assert parsed.rows[0].where == "line 2"


def test_a_list_of_own_credentials_is_told_from_a_program_list() -> None:
    parsed = parse("Name;Aussteller;Ausgestellt am;Gültig bis;Nachweis-ID\nCKA;CNCF;14.05.2024;14.05.2027;AB-1\n")
    (draft,) = credentials(parsed)
    assert draft.issuer_name == "CNCF"
    assert draft.awarded_on == PartialDate("2024-05-14")
    assert draft.valid_until == PartialDate("2027-05-14")
    assert draft.license_number == "AB-1"
    assert draft.stage is Stage.EARNED
    assert parsed.table is not None
    assert parsed.table.delimiter == ";"
    assert parse("Name,Date earned\nCKA,2024\n", kind="programs").kind == "programs"


@pytest.mark.parametrize(
    "header",
    [
        "Titel;Anbieter;Stunden;Preis (€)",
        "Intitulé;Organisme;Heures;Prix (€)",
        "Título;Proveedor;Horas;Precio (€)",
        "Título;Fornecedor;Horas;Preço (€)",
        "Megnevezés;Szolgáltató;Óraszám;Díj (€)",
        "courseTitle;providerName;duration_hours;cost_eur",
    ],
)
def test_headers_in_several_languages(header: str) -> None:
    (draft,) = programs(parse(f"{header}\nKurs A;Acme;1,5;49,90\n"))
    assert draft == ProgramDraft(name="Kurs A", issuer_name="Acme", estimated_minutes=90, price=Money(4990, "EUR"))


def test_columns_are_also_known_by_their_values() -> None:
    parsed = parse(
        "what,where,z\nCloud Basics for all,https://a.example/1,x\nData Basics for all,https://a.example/2,y\n"
    )
    assert [draft.url for draft in programs(parsed)] == ["https://a.example/1", "https://a.example/2"]
    assert programs(parsed)[0].name == "Cloud Basics for all"


def test_a_header_that_its_values_contradict_is_not_used() -> None:
    parsed = parse("title,price,date\nA,often,spring\nB,never,autumn\nC,x,y\n")
    assert parsed.table is not None
    assert parsed.table.mapping == {"name": 0}
    assert parsed.table.unmapped == (1, 2)
    assert len(programs(parsed)) == 3


def test_mapping_by_hand() -> None:
    parsed = parse("a,b\nAcme,Cloud\n", mapping={"name": 1, "issuer_name": 0}, kind="programs")
    assert programs(parsed) == [ProgramDraft(name="Cloud", issuer_name="Acme")]
    with pytest.raises(KnownError, match="nothing a column can be mapped to"):
        parse("a,b\nAcme,Cloud\n", mapping={"nonsense": 1})
    with pytest.raises(KnownError, match="no column 10"):
        parse("a,b\nAcme,Cloud\n", mapping={"name": 9})


def test_hours_mapped_by_hand_need_no_unit() -> None:
    parsed = parse("t,e\nCloud,12\n", mapping={"name": 0, "estimated_minutes": 1}, kind="programs")
    assert programs(parsed)[0].estimated_minutes == 720


def test_broken_values_take_only_their_row() -> None:
    parsed = parse("title,hours,price\nA,12,9 EUR\nB,two weeks,9 EUR\nC,1,a lot\n,1,1 EUR\nD,1,-3 EUR\nE,1,1 EUR\n")
    broken = {row.line: row.problems for row in parsed.rows if row.draft is None}
    assert broken == {
        4: ("line 4: “a lot” is no price",),
        5: ("line 5: no title",),
    }
    notes = {row.line: row.problems for row in parsed.rows if row.draft is not None and row.problems}
    assert notes == {
        3: ("line 3: “two weeks” is no number of hours",),
        6: ("line 6: “-3 EUR” is no price",),
    }
    assert [draft.name for draft in programs(parsed)] == ["A", "B", "D", "E"]


def test_a_length_that_is_no_effort_is_kept_in_words() -> None:
    parsed = parse(
        "title,duration,description\nA,12 hours,\nB,3 - 6  Months,About b\nC,P3M,\nD,2 hours per week,\nE,1 h,\n"
    )
    assert [draft.description for draft in programs(parsed)] == [
        "",
        "About b\nLength: 3 - 6 Months",
        "Length: P3M",
        "Length: 2 hours per week",
        "",
    ]
    assert [row.problems for row in parsed.rows] == [()] * 5
    assert [draft.estimated_minutes for draft in programs(parsed)] == [720, None, None, None, 60]
    alone = parse("title,length,weekly effort\nA,6 weeks,\nB,,3 hours per week\nC,6 weeks,3 hours per week\n")
    assert [draft.description for draft in programs(alone)] == ["Length: 6 weeks", "Effort: 3 hours per week", ""]
    assert [draft.estimated_minutes for draft in programs(alone)] == [None, None, 1080]
    mixed = parse("title,duration,hours per week\nA,12 hours,\nB,10 weeks,2 hours per week\nC,1 h,\nD,2 h,\n")
    assert [draft.estimated_minutes for draft in programs(mixed)] == [720, 1200, 60, 120]
    own = parse("title,earned,duration,notes\nA,2024-05-14,3 months,Fine\nB,2024-05-14,9 h,\n")
    assert [draft.notes for draft in credentials(own)] == ["Fine\nLength: 3 months", ""]


def test_free_is_nothing_in_the_currency_of_its_column() -> None:
    prices = [draft.price for draft in programs(parse("title,price\nA,Free\nB,$49\nC,gratis\n"))]
    assert prices == [Money(0, "USD"), Money(4900, "USD"), Money(0, "USD")]
    parsed = parse("title,price\nA,Free\nB,Free\n")
    assert parsed.table is not None
    assert not parsed.table.needs_currency
    assert [row.problems for row in parsed.rows] == [
        ("line 2: “Free” names no currency",),
        ("line 3: “Free” names no currency",),
    ]
    several = parse("title,price\nA,Free\nB,$49\nC,€49\n")
    assert programs(several)[0].price is None


def test_an_unknown_award_date_is_asked_for_and_other_unknown_values_are_empty() -> None:
    parsed = parse(
        "title,earned,valid until,price,hours\nA,n/a,2027-05-14,,\nB,tbd,,,\nC,?,,,\nD,2024-05-14,tbd,?,n/a\nE,,n/a,,\n"
        "F,-,,,\n"
    )
    assert [row.problems for row in parsed.rows] == [
        ("line 2: “n/a” does not say when it was earned",),
        ("line 3: “tbd” does not say when it was earned",),
        ("line 4: “?” does not say when it was earned",),
        (),
        (),
        (),
    ]
    assert [row.draft is None for row in parsed.rows] == [True, True, True, False, False, False]
    assert parsed.rows[0].faults[0].place == 1
    mended = parse("title,earned\nA,n/a\nB,2024-05-14\n", corrections={(2, 1): "2024-06-01"})
    assert [draft.awarded_on for draft in credentials(mended)] == [PartialDate("2024-06-01"), PartialDate("2024-05-14")]


def test_what_is_only_planned_needs_no_award_date() -> None:
    parsed = parse("title,status,earned\nA,planned,n/a\nB,completed,n/a\nC,in progress,tbd\nD,earned,2024-05-14\n")
    assert [row.draft is None for row in parsed.rows] == [False, True, False, False]
    assert parsed.rows[0].problems == ()


def test_days_stored_as_numbers_are_read_in_workbooks_only() -> None:
    parsed = parse("title,earned\nA,45426\nB,45427\n")
    assert parsed.table is not None
    assert "awarded_on" not in parsed.table.mapping


def test_dates_of_two_digit_years_and_other_languages_in_a_column() -> None:
    parsed = parse("title,earned\nA,14.5.24\nB,1.2.24\nC,2024年5月\n", today=date(2026, 11, 22))
    assert [str(draft.awarded_on) for draft in credentials(parsed)] == ["2024-05-14", "2024-02-01", "2024-05"]
    polish = parse("title,earned\nA,listopada 2021\nB,14 stycznia 2020\n")
    assert [str(draft.awarded_on) for draft in credentials(polish)] == ["2021-11", "2020-01-14"]
    unclear = parse("title,earned\nA,listopada 2021\nB,2020\n")
    assert [draft.awarded_on for draft in credentials(unclear)] == [None, PartialDate("2020")]
    assert "other languages" in unclear.rows[0].problems[0]


def test_a_day_that_is_not_in_the_calendar_breaks_its_row() -> None:
    parsed = parse("title,earned\nA,2015-04-31\nB,2015-04-30\n")
    assert parsed.rows[0].problems == ("line 2: “2015-04-31” is no day of the calendar",)
    assert credentials(parsed)[0].awarded_on == PartialDate("2015-04-30")


def test_ambiguous_dates_stay_unread_until_the_order_is_chosen() -> None:
    text = "title,earned\nA,4/5/2024\nB,6/7/2024\n"
    parsed = parse(text)
    assert [draft.awarded_on for draft in credentials(parsed)] == [None, None]
    assert parsed.table is not None
    assert parsed.table.ambiguous_dates == {
        1: AmbiguousDate("4/5/2024", PartialDate("2024-05-04"), PartialDate("2024-04-05"))
    }
    assert "ambiguous" in parsed.problems[0]
    chosen = parse(text, date_order="dmy")
    assert credentials(chosen)[0].awarded_on == PartialDate("2024-05-04")
    assert chosen.table is not None
    assert chosen.table.date_orders == {1: "dmy"}
    assert chosen.table.ambiguous_dates == {}
    assert chosen.table.proved_order is None
    decided = parse(text + "C,14/5/2024\n")
    assert credentials(decided)[0].awarded_on == PartialDate("2024-05-04")
    assert decided.problems == ()


def test_the_order_of_dates_is_chosen_for_each_column() -> None:
    text = "title,earned,valid until,target date\nA,4/5/2024,4/5/2026,14/5/2024\nB,6/7/2024,6/7/2026,1/2/2024\n"
    parsed = parse(text)
    assert parsed.table is not None
    assert [date.text for date in parsed.table.ambiguous_dates.values()] == ["4/5/2024", "4/5/2026"]
    assert parsed.table.proved_order == "dmy"
    assert parsed.table.date_orders == {3: "dmy"}
    assert [draft.target_on for draft in credentials(parsed)] == [PartialDate("2024-05-14"), PartialDate("2024-02-01")]
    one = parse(text, date_orders={1: "mdy"})
    assert one.table is not None
    assert list(one.table.ambiguous_dates) == [2]
    assert credentials(one)[0].awarded_on == PartialDate("2024-04-05")
    assert credentials(one)[0].valid_until is None
    both = parse(text, date_orders={1: "mdy"}, date_order="dmy")
    assert credentials(both)[0].awarded_on == PartialDate("2024-04-05")
    assert credentials(both)[0].valid_until == PartialDate("2026-05-04")
    # What a column's own dates prove goes before a choice.
    assert credentials(parse(text, date_orders={3: "mdy"}))[1].target_on == PartialDate("2024-02-01")


def test_amounts_without_a_currency_wait_for_one() -> None:
    text = "title,price\nA,20\nB,Free\n"
    parsed = parse(text)
    assert [draft.price for draft in programs(parsed)] == [None, None]
    assert parsed.table is not None
    assert parsed.table.needs_currency
    assert [draft.price for draft in programs(parse(text, currency="EUR"))] == [Money(2000, "EUR"), Money(0, "EUR")]


def test_effort_from_hours_per_week_and_length() -> None:
    (draft,) = programs(parse("title,course_effort,course_length\nA,2–4 hours per week,6 Weeks\n"))
    assert draft.estimated_minutes == 180 * 6


def test_banners_blank_rows_a_second_header_and_trailing_rows() -> None:
    parsed = parse(
        "Certification overview,,,\n\nTitle,Vendor,Cost,Duration\nTitle,Vendor,Cost [USD],Duration [h]\n"
        '\nA,Acme,0,"0,5"\n,,,\nB,Acme,400,6.00\n,,,\n,,,\n'
    )
    assert parsed.table is not None
    assert parsed.table.header_row == 2
    assert parsed.table.columns == ("Title", "Vendor", "Cost [USD]", "Duration [h]")
    assert [(row.line, row.where) for row in parsed.rows] == [(6, "line 6"), (8, "line 8")]
    assert [draft.estimated_minutes for draft in programs(parsed)] == [30, 360]
    assert programs(parsed)[1].price == Money(40000, "USD")


def test_the_header_row_can_be_chosen() -> None:
    parsed = parse("Title,Vendor\nName,Issuer\nA,Acme\n", header_row=1)
    assert [draft.name for draft in programs(parsed)] == ["A"]
    headless = parse("Cloud Basics\nData Basics\n", header_row=-1)
    assert [draft.name for draft in programs(headless)] == ["Cloud Basics", "Data Basics"]


def test_ragged_rows_survive() -> None:
    parsed = parse("title,vendor,level\nA\nB,Acme,High,extra,more\nC,Acme,Low,,\n")
    assert [draft.name for draft in programs(parsed)] == ["A", "B", "C"]
    assert [row.problems for row in parsed.rows] == [(), ("line 3: 2 more cells than columns",), ()]


def test_empty_and_repeated_header_names() -> None:
    parsed = parse("title,,vendor,vendor\nA,x,Acme,Other\n")
    assert parsed.table is not None
    assert parsed.table.columns == ("title", "Column 2", "vendor", "vendor (2)")
    assert programs(parsed)[0].issuer_name == "Acme"


def test_lines_are_counted_through_cells_with_line_breaks() -> None:
    parsed = parse('title,description\nA,"one\r\ntwo\nthree"\nB,four\n')
    assert [row.line for row in parsed.rows] == [2, 5]
    assert programs(parsed)[0].description == "one\r\ntwo\nthree"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(encoding: str) -> None:
    parsed = parse("Título,Anbieter\nEspañol básico für alle,Müller\nGestión pública,Núñez\n".encode(encoding))
    assert programs(parsed)[0].name == "Español básico für alle"
    assert parsed.table is not None
    assert parsed.table.is_guessed == (encoding in ("cp1252", "utf-16-le", "utf-16-be"))


def test_a_central_european_file_is_guessed() -> None:
    words = "Szövegértés és fűszerek, őszi képzés, könyvelő, hőerőmű gépész, tűzvédelmi előadó, gyógyszerész"
    text = "cím;kibocsátó\n" + "".join(f"{word.strip()} tanfolyam;Képző Intézet Győr\n" for word in words.split(","))
    parsed = parse(text.encode("cp1250"))
    assert programs(parsed)[0].issuer_name == "Képző Intézet Győr"
    assert parsed.table is not None
    assert parsed.table.is_guessed


@pytest.mark.parametrize(("delimiter", "prefix"), [(",", ""), (";", ""), ("\t", ""), ("|", ""), ("^", "sep=^\n")])
def test_delimiters(delimiter: str, prefix: str) -> None:
    rows = [["title", "vendor", "description"], ["A", "Acme", "x, y; z"], ["B", "Acme", "more\nthan, one; line"]]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    parsed = parse(prefix + out.getvalue())
    assert [draft.description for draft in programs(parsed)] == ["x, y; z", "more\nthan, one; line"]
    assert parsed.rows[0].line == (3 if prefix else 2)


def test_text_without_columns_has_a_comma() -> None:
    assert find_delimiter(["just words\n", "and more\n"]) == ","
    assert find_delimiter([]) == ","


def test_zero_characters_are_removed_and_said() -> None:
    parsed = parse(b"title,vendor\nA\0B,Acme\n")
    assert programs(parsed)[0].name == "AB"
    assert parsed.problems == ("Characters of value zero were removed.",)


def test_a_cell_that_is_too_long_breaks_its_row() -> None:
    parsed = parse("title,description\nA,x\nB," + "x" * (MOST_CELL_CHARACTERS + 1) + "\nC,z\n")
    assert [row.draft is None for row in parsed.rows] == [False, True, False]
    assert "2,097,152" in parsed.rows[1].problems[0]
    long = parse("title,description\nA," + "x" * (MOST_CELL_CHARACTERS - 1) + "\n")
    assert len(programs(long)[0].description) == MOST_CELL_CHARACTERS - 1


def test_a_quotation_mark_that_never_closes_costs_one_line() -> None:
    parsed = parse('title,vendor\n"A,Acme\nB,Acme\nC,Acme\n')
    assert [draft.name for draft in programs(parsed)] == ['"A', "B", "C"]
    assert parsed.problems == ("line 2: a quotation mark is never closed",)


def test_many_open_quotation_marks_end() -> None:
    split = split_text("a,b\n" + '"x,1\n\ny"z,"2\n' * 100)
    assert len(split.rows) >= 3


def test_literal_nothing_is_empty() -> None:
    parsed = parse("title,vendor,level\nA,nan,N/A\nB,NULL,#N/A\n")
    assert [(draft.issuer_name, draft.level) for draft in programs(parsed)] == [("", ""), ("", "")]


def test_json_cells_of_a_catalogue() -> None:
    out = io.StringIO(newline="")
    fees = '[{"amount":129.0,"currency":"USD"},{"amount":1,"currency":"EUR"}]'
    csv.writer(out).writerows(
        [
            ["name", "exam_fees_json", "renewal_json"],
            ["A", fees, '{"validity_years":3.0}'],
            ["B", "[]", '{"validity_years":0.0}'],
        ]
    )
    drafts = programs(parse(out.getvalue()))
    assert (drafts[0].price, drafts[0].valid_for) == (Money(12900, "USD"), "P3Y")
    assert (drafts[1].price, drafts[1].valid_for) == (None, "")


def test_a_file_without_rows_is_refused() -> None:
    with pytest.raises(KnownError, match="no rows"):
        parse(" \n,,\n")


def test_a_table_without_titles_says_so() -> None:
    parsed = parse("1,2\n3,4\n")
    assert "Choose the column that holds the titles" in parsed.problems[0]
    assert all(row.draft is None for row in parsed.rows)


def test_days_and_never() -> None:
    (draft,) = credentials(parse("title,earned,expires,grace days\nA,2024,never,30\n"))
    assert (draft.valid_until, draft.grace_days) == (None, 30)
    parsed = parse("title,earned,grace days\nA,2024,30\nB,2024,1\nC,2024,x\n")
    assert parsed.rows[2].problems == ("line 4: “x” is no number of days",)


def test_weeks_are_exact() -> None:
    (draft,) = programs(parse("title,effort,length\nA,3 hours per week,3 months\n"))
    assert draft.estimated_minutes == int(Decimal(180) * 13)


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    ("data", "columns"),
    [
        (b"title," + b"x," * 20_000 + b"\n" + b"a," * 20_000 + b"\n", "20,001 columns"),
        (b"|" * 20_000 + b"\n" + b"|-" * 20_000 + b"|\n|" + b"a|" * 20_000 + b"\n", " columns: no list"),
        (",".join(f"word{n}" for n in range(5000)).encode() + b"\n1,2\n" * 3000, "5,000 columns"),
    ],
)
def test_a_table_of_thousands_of_columns_is_refused_at_once(data: bytes, columns: str) -> None:
    started = time.process_time()
    with pytest.raises(KnownError, match=columns):
        parse_file(data, "list.csv")
    assert time.process_time() - started < 5


def test_a_wide_list_is_read_in_time() -> None:
    names = [f"Word {number} of many" for number in range(998)]
    lines = [",".join(("Title", "Vendor", *names))]
    lines += [
        ",".join((f"Course {row}", "Acme", *(f"cell {row} {column}" for column in range(998)))) for row in range(60)
    ]
    started = time.process_time()
    parsed = parse_file("\n".join(lines).encode(), "list.csv")
    assert time.process_time() - started < 5
    assert [row.draft.name for row in parsed.rows if isinstance(row.draft, ProgramDraft)][:2] == [
        "Course 0",
        "Course 1",
    ]


def test_blank_columns_at_the_end_are_none() -> None:
    data = b"title,vendor" + b"," * 30_000 + b"\n" + b"A,Acme\n" * 2000
    table = parse_file(data, "list.csv").table
    assert table is not None
    assert table.columns == ("title", "vendor")


def test_columns_of_one_name_are_told_apart() -> None:
    table = parse_file(b"title,x,x,x (2),x\nA,1,2,3,4\n", "list.csv").table
    assert table is not None
    assert table.columns == ("title", "x", "x (2)", "x (2) (2)", "x (3)")


@pytest.mark.parametrize(
    "text",
    [
        "Title,Issuer\n" + "\n" * 5_000_001,
        "Title,Issuer\nKnots,Port" + "," * 5_000_001,
        "Title,Issuer" + "".join(f",c{at}" for at in range(900)) + "\n" + "x\n" * 6_000,
        "Title,Issuer\n" + f"Knots,Port{',' * 200_000}\n" * 26,
    ],
    ids=["lines", "one line", "padding", "wide"],
)
def test_a_table_of_too_many_cells_is_refused(text: str) -> None:
    with pytest.raises(KnownError, match=r"spans more than 5,000,000 cells") as caught:
        _ = parse_file(text.encode(), "x.csv", format="table")
    assert caught.value.hint


def test_names_behind_escapes_are_read_without_control_characters() -> None:
    (row,) = parse_file(b'title,skills\nA,"[""we\\u0007aving"", ""\\u202e"", ""\\ud800dyeing""]"\n', "x.csv").rows
    assert isinstance(row.draft, ProgramDraft)
    assert row.draft.skill_names == ("weaving", "dyeing")
