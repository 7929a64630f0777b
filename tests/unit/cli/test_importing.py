"""The import command reaches what the window does: how tables are read, what is decided, what is left over."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.command_line import TODAY_TEXT, CommandLine
from tests.unit.interchange.badges.makers import CREDENTIAL, encoded, token
from tests.unit.interchange.workbooks import workbook

from learnpath.cli.import_text import reason_lines
from learnpath.cli.main import commands
from learnpath.paths import find_paths
from learnpath.services.import_choices import remember
from learnpath.services.importing import ReadingOptions
from learnpath.settings import Settings

AMBIGUOUS = "Title,Issuer,Issue date\nKnots,Port School,03/04/2024\nSails,Port School,05/06/2024\n"
NEAR = "Title,Issuer,Issue date\nCloud Engineering Pros,Guild,2025-01-01\nNetwork Design Expert,Guild,2025-02-01\n"
HERE = "Title,Issuer,Issue date\nCloud Engineering Pro,Guild,2025-01-01\nNetwork Design Experts,Guild,2025-02-01\n"


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def file(text: str, name: str = "mine.csv") -> Path:
        path = tmp_path / name
        _ = path.write_text(text, encoding="utf-8")
        return path

    return file


def told(line: CommandLine, *arguments: object, code: int = 0) -> dict[str, Any]:
    """Import with `--json` and return what is said of the only file."""
    result = line.run("import", *arguments, "--json")
    assert (result.exit_code, result.stderr) == (code, "")
    (file,) = json.loads(result.stdout)["files"]
    return file


def days(line: CommandLine) -> list[str]:
    return [str(one.awarded_on) for one in line.contents().credentials]


def send(line: CommandLine, data: bytes | str, *arguments: str) -> Result:
    words = ["--library", str(line.folder), "--today", TODAY_TEXT, "import", "-", *arguments]
    return CliRunner().invoke(commands, words, input=data, catch_exceptions=False)


def test_the_order_of_days_and_months_is_named_by_an_option(line: CommandLine, write: Any) -> None:
    file = write(AMBIGUOUS)
    said = line.run("import", file, "--dry-run").stdout
    assert "Choose the order of day and month with --date-order dmy or mdy." in said
    (hint,) = told(line, file, "--dry-run")["hints"]
    assert "--date-order" in hint
    assert told(line, file, "--date-order", "mdy")["problems"] == []
    assert days(line) == ["2024-03-04", "2024-05-06"]


def test_kind_currency_and_header_row_are_options(line: CommandLine, write: Any) -> None:
    file = write("My list\n\nName,Who,Costs\nKnots,Port School,120\nSails,Port School,90\n")
    assert "--currency EUR" in line.run("import", file, "--kind", "programs", "--map", "price=Costs").stdout
    _ = line.done("undo")
    options = (
        "--kind",
        "programs",
        "--header-row",
        "3",
        "--map",
        "price=Costs",
        "--currency",
        "huf",
        "--map",
        "name=1",
    )
    _ = told(line, file, *options)
    assert [(one.name, str(one.price.amount), one.price.currency) for one in line.contents().programs if one.price] == [
        ("Knots", "120.00", "HUF"),
        ("Sails", "90.00", "HUF"),
    ]


def test_a_table_without_a_header_is_said_to_have_none(line: CommandLine, write: Any) -> None:
    file = write("Knots,Port School\nSails,Port School\n")
    assert told(line, file, "--kind", "programs", "--header-row", "0", "--map", "name=1")["new"] == 2
    result = line.run("import", file, "--header-row", "9")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "mine.csv has no row 9." in result.stderr


def test_the_sheet_of_a_workbook_is_chosen(line: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    sheets = {name: [["Title", "Issuer", "Issue date"], [name, "Guild", "2025-01-02"]] for name in ("One", "Two")}
    _ = file.write_bytes(workbook(sheets))
    (hint,) = told(line, file, "--dry-run")["hints"]
    assert "--sheet: “Two”" in hint
    assert told(line, file, "--sheet", "Two")["hints"] == []
    assert [one.title for one in line.contents().credentials] == ["Two"]


def test_rows_are_decided_by_line_or_all_at_once(line: CommandLine, write: Any) -> None:
    _ = line.done("import", write(HERE))
    file = write(NEAR, "near.csv")
    assert told(line, file, "--dry-run", code=1)["undecided"] == 2
    found = told(line, file, "--decide", "2=new", code=1)
    assert (found["new"], found["undecided"]) == (1, 1)
    _ = line.done("undo")
    found = told(line, file, "--decide", "3=skip", "--decide", "undecided=update")
    assert (found["new"], found["updated"], found["undecided"]) == (0, 1, 0)
    assert {one.title for one in line.contents().credentials} == {"Cloud Engineering Pros", "Network Design Experts"}


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("2", "“2” is no decision."),
        ("2=burn", "“2=burn” is no decision."),
        ("some=new", "“some=new” is no decision."),
        ("9=new", "mine.csv has no row on line 9."),
        ("2=update", "Line 2 cannot be decided as “update”."),
    ],
)
def test_what_cannot_be_decided_is_said(line: CommandLine, write: Any, entry: str, said: str) -> None:
    result = line.run("import", write(HERE), "--decide", entry)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert line.contents().credentials == ()


def test_a_line_is_decided_in_one_file_only(line: CommandLine, write: Any) -> None:
    result = line.run("import", write(HERE), write(NEAR, "near.csv"), "--decide", "2=new")
    assert result.exit_code == 2
    assert "--decide LINE is for one file." in result.stderr
    assert line.run("import", write(HERE), write(NEAR, "near.csv"), "--decide", "undecided=skip").exit_code == 0
    assert len(line.contents().credentials) == 2


def test_a_dry_run_tells_every_row(line: CommandLine, write: Any) -> None:
    _ = line.done("import", write(HERE))
    text = NEAR + "Network Design Experts,Guild,2025-02-02\n,Guild,2025-01-01\nOther,Guild,2025-01-01\n"
    rows = told(line, write(text, "near.csv"), "--dry-run", "--decide", "2=new", code=1)["rows"]
    assert [(row["line"], row["decision"]) for row in rows] == [(2, "new"), (3, None), (4, None), (5, None), (6, None)]
    near, _, update, broken, new = rows
    assert near["kind"] == "undecided"
    assert near["looks_like"] == "Cloud Engineering Pro"
    assert 0.9 < near["likeness"] < 1
    assert near["existing_id"] == str(line.contents().credentials[0].id)
    assert update["changes"] == [{"field": "awarded_on", "old": "2025-02-01", "new": "2025-02-02"}] or update["reason"]
    assert (broken["kind"], broken["title"], broken["likeness"]) == ("broken", None, None)
    assert broken["reason"]
    assert (new["kind"], new["title"], new["changes"]) == ("new", "Other", [])


def test_pasted_rows_come_from_standard_input(line: CommandLine) -> None:
    result = send(line, "Title\tIssuer\tIssue date\nKnots\tPort School\t2024-05-14\n")
    assert (result.exit_code, result.stdout) == (0, "Pasted table: 1 new, 0 updated, 0 same, 0 to decide, 0 broken.\n")


@pytest.mark.parametrize("data", [encoded(CREDENTIAL), token({"vc": CREDENTIAL}), json.dumps(CREDENTIAL, indent=2)])
def test_badges_come_from_standard_input(line: CommandLine, data: bytes | str) -> None:
    result = send(line, data)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Pasted text: 1 new")
    assert len(line.contents().evidence) == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("https://badges.example/one ", "nothing is fetched"),
        ("", "is empty"),
        ("hello", "neither rows of a table nor a badge"),
    ],
)
def test_what_standard_input_holds_and_cannot_be_read_is_said(line: CommandLine, data: str, said: str) -> None:
    result = send(line, data)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr


def test_standard_input_is_read_once(line: CommandLine) -> None:
    result = send(line, "Title\nKnots\n", "-")
    assert result.exit_code == 2
    assert "only once" in result.stderr


def test_broken_rows_are_written_to_mend_them(line: CommandLine, write: Any, tmp_path: Path) -> None:
    out = tmp_path / "left.csv"
    first = write("Title,Issuer,Issue date\n,Guild,2025-03-04\nKnots,Guild,2025-01-01\n", "one.csv")
    second = write("Title,Issuer,Issue date\n,Port School,2025-03-05\n", "two.csv")
    third = write("Name of course,Vendor,Completed on\n,Guild,2025-03-04\nSails,Guild,2025-01-01\n", "three.csv")
    result = line.run("import", first, second, third, "--save-broken", out)
    assert result.exit_code == 1
    assert f"Wrote the broken rows to {out}." in result.stdout
    assert "--save-broken" not in result.stdout
    lines = out.read_text("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[2].endswith(',"two.csv"')
    assert (tmp_path / "left 2.csv").exists()
    mended = out.read_text("utf-8-sig").replace('\n"",', "\nMended,")
    _ = out.write_text(mended, encoding="utf-8")
    assert told(line, out)["new"] == 2


def test_without_broken_rows_nothing_is_written(line: CommandLine, write: Any, tmp_path: Path) -> None:
    _ = line.done("import", write(HERE), "--save-broken", tmp_path / "left.csv")
    assert not (tmp_path / "left.csv").exists()


def test_what_the_window_remembers_counts(
    line: CommandLine, write: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEARNPATH_HOME", str(tmp_path / "home"))
    choices = ReadingOptions(mapping={"title": 1, "issuer_name": 0, "awarded_on": 2}, date_order="dmy")
    remember(Settings(find_paths(os.environ).settings_file), ("Title", "Issuer", "Issue date"), choices)
    file = write(AMBIGUOUS)
    rows = told(line, file, "--dry-run", "--no-remembered")["rows"]
    assert [row["title"] for row in rows] == ["Knots", "Sails"]
    assert told(line, file, "--date-order", "mdy")["new"] == 2
    assert {one.title for one in line.contents().credentials} == {"Port School"}
    assert days(line) == ["2024-03-04", "2024-05-06"]


def test_reasons_that_differ_only_in_their_line_are_one() -> None:
    many = [(f"line {number}", f"line {number}: no title") for number in range(3, 70)]
    assert reason_lines(many) == ["67 lines (3, 4, 5, 6, 7, 8, 9, 10 … and 59 more): no title"]
    twice = [(f"line {at}", f"line {at}: no title; line {at}: 2 more cells than columns") for at in (4, 6)]
    assert reason_lines(twice) == ["lines 4, 6: no title; 2 more cells than columns"]
    assert reason_lines([*many[:2], ("file", "odd"), ("line 9", "other")]) == [
        "lines 3, 4: no title",
        "file: odd",
        "line 9: other",
    ]


def test_the_order_of_one_column_is_named(line: CommandLine, write: Any) -> None:
    file = write("Title,Issuer,Issue date,Expires\nKnots,Port School,03/04/2024,05/06/2027\n")
    (hint,) = told(line, file, "--dry-run", "--map", "valid_until=Expires")["hints"]
    assert "--date-order “Issue date=dmy”" in hint
    orders = ("--date-order", "issue date=dmy", "--date-order", "Expires=mdy")
    assert told(line, file, *orders)["problems"] == []
    (one,) = line.contents().credentials
    assert (str(one.awarded_on), str(one.valid_until)) == ("2024-04-03", "2027-05-06")
    for entry, said in (
        ("Nothing=dmy", "There is no column “Nothing”."),
        ("ymd", "“ymd” is no order of day and month."),
    ):
        result = line.run("import", file, "--date-order", entry)
        assert (result.exit_code, result.stdout) == (2, "")
        assert said in result.stderr
