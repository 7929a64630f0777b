import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from tests.command_line import CommandLine
from tests.library_fixtures import TODAY, LibraryHouse, fixed_surroundings
from tests.strategies import libraries
from tests.unit.interchange.badges.makers import CREDENTIAL, encoded, token
from tests.unit.interchange.list_files import pdf
from tests.unit.interchange.test_corrections import LINKEDIN, NAMELESS
from tests.unit.interchange.workbooks import zipped

from learnpath.domain.contents import LibraryContents
from learnpath.domain.records import Portfolio
from learnpath.services.libraries import open_library
from learnpath.services.portfolios import save_portfolio
from learnpath.services.sample import add_sample
from learnpath.services.whole_library import insert_contents, store_files

_LIST = """Title,Issuer,Issue date,Expires,Credential ID
Cloud Basics,Guild,2025-01-02,2027-01-02,A-1
Network Basics,Guild,2025-03-04,,B-2
"""
_BROKEN = """Title,Issuer,Issue date
Cloud Basics,Guild,2025-01-02
,Guild,2025-03-04
Data Basics,Guild,someday
"""
_COUNTS = ("new", "updated", "same", "undecided", "broken", "left_out", "left_out_cells")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "mine.csv"
    _ = file.write_text(_LIST, encoding="utf-8")
    return file


def _import(line: CommandLine, *arguments: object, code: int = 0) -> dict[str, Any]:
    result = line.run("import", *arguments, "--json")
    assert (result.exit_code, result.stderr) == (code, "")
    answer = json.loads(result.stdout)
    assert {*answer} - {"notes"} == {"files", "totals"}
    for file in answer["files"]:
        told = {*file} - {"rows"}
        lists = {"problems", "to_decide", "likely", "hints", "notes", "not_read"}
        assert told == {"file", "format", "only_proof", *lists, *_COUNTS}
        assert ("rows" in file) == ("--dry-run" in arguments and file["format"] is not None)
        assert all(sorted(problem) == ["message", "where"] for problem in file["problems"])
    assert answer["totals"] == {name: sum(file[name] for file in answer["files"]) for name in _COUNTS}
    return answer


def _totals(answer: dict[str, Any]) -> tuple[int, ...]:
    return tuple(answer["totals"][name] for name in _COUNTS if not name.startswith("left_out"))


def test_a_table_comes_in_and_a_second_time_changes_nothing(line: CommandLine, table: Path) -> None:
    answer = _import(line, table)
    assert answer["files"] == [
        {
            "file": "mine.csv",
            "format": "table",
            **dict(zip(_COUNTS, (2, 0, 0, 0, 0, 0, 0), strict=True)),
            "notes": [],
            "only_proof": False,
            "problems": [],
            "to_decide": [],
            "not_read": [],
            "hints": [],
            "likely": [],
        }
    ]
    before = line.contents()
    assert _totals(_import(line, table)) == (0, 0, 2, 0, 0)
    assert line.contents() == before
    assert len(line.read("history")) == 1
    assert line.done("import", table) == "mine.csv: 0 new, 0 updated, 2 same, 0 to decide, 0 broken.\n"


def test_a_dry_run_writes_nothing(line: CommandLine, table: Path) -> None:
    text = line.done("import", table, "--dry-run")
    assert text == "mine.csv: 2 would be new, 0 would be updated, 0 same, 0 to decide, 0 broken.\n"
    assert _totals(_import(line, table, "--dry-run")) == (2, 0, 0, 0, 0)
    assert line.contents() == LibraryContents()
    assert list((line.folder / "files").iterdir()) == []


def test_broken_rows_are_told_with_their_place_and_the_rest_comes_in(line: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "broken.csv"
    _ = file.write_text(_BROKEN, encoding="utf-8")
    answer = _import(line, file, code=1)
    assert _totals(answer)[4] >= 1
    (told,) = answer["files"]
    assert told["problems"][0]["where"] == "line 3"
    result = line.run("import", file)
    assert result.exit_code == 1
    assert "\n  line 3: " in result.stdout
    assert "Cloud Basics" in {one.title for one in line.contents().credentials}


def test_rows_to_decide_are_told_and_left_out(line: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "near.csv"
    _ = file.write_text("Title,Issuer,Issue date\nCloud Engineering Pro,Guild,2025-01-01\n")
    _ = line.done("import", file)
    _ = file.write_text("Title,Issuer,Issue date\nCloud Engineering Pros,Guild,2025-01-01\n")
    answer = _import(line, file, code=1)
    assert _totals(answer) == (0, 0, 0, 1, 0)
    (told,) = answer["files"]
    assert told["problems"] == []
    assert told["to_decide"][0]["where"] == "line 2"
    assert "Cloud Engineering Pro" in told["to_decide"][0]["message"]
    result = line.run("import", file)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[1].startswith("  line 2: looks like ")
    assert "--decide LINE=new" in result.stdout.splitlines()[2]
    assert len(line.contents().credentials) == 1


def test_rows_that_are_probably_a_record_are_told(line: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    _ = file.write_text("Title,Issuer,Issue date\nCloud (CL-900),Guild,2025-01\n")
    _ = line.done("import", file)
    _ = file.write_text("Title,Issuer,Issue date\nCloud,Guild,2025-01-14\n")
    answer = _import(line, file, "--dry-run")
    assert _totals(answer) == (0, 1, 0, 0, 0)
    message = "same title, issuer and month as “Cloud (CL-900)”, 100% alike without the exam code"
    assert answer["files"][0]["likely"] == [{"where": "line 2", "message": message}]
    assert _totals(_import(line, file, "--dry-run", "--decide", "2=new")) == (1, 0, 0, 0, 0)
    printed = line.done("import", file).splitlines()
    assert printed[1:3] == [
        f"  line 2: {message}",
        "  Rows that are probably a record update it. Keep one apart with --decide LINE=new.",
    ]
    rows = "\n".join(f"Course {number},Guild" for number in range(30))
    _ = file.write_text(f"Title,Issuer\n{rows}\n")
    _ = line.done("import", file)
    levels = rows.replace("Guild", "Guild,High")
    _ = file.write_text(f"Title,Issuer,Level\n{levels}\n")
    assert line.done("import", file).splitlines()[21] == "  and 10 more"


def test_columns_can_be_mapped_by_header_or_number(line: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    _ = file.write_text("Title,Issuer,Issue date,Extra\nCloud,Guild,2025-01-02,X-9\n", encoding="utf-8")
    assert _totals(_import(line, file, "--map", "license_number=extra", "--map", "notes=4")) == (1, 0, 0, 0, 0)
    (one,) = line.contents().credentials
    assert (one.license_number, one.notes) == ("X-9", "X-9")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--map", "colour=Title"), ("There is no field “colour”.", "license_number")),
        (("--map", "title"), ("“title” is no mapping.", "FIELD=COLUMN")),
        (("--map", "title=Colour"), ("There is no column “Colour”.", "Title, Issuer")),
        (("--map", "title=0"), ("There is no column “0”.", "Title, Issuer")),
        (("--map", "title=6"), ("There is no column “6”.", "Title, Issuer")),
        (("--as", "cloud"), ("There is no format “cloud”.", "linkedin_certifications")),
        (("--on-duplicate", "burn"), ("'burn' is not one of", "import")),
    ],
)
def test_a_wrong_request_is_said_and_nothing_is_written(
    line: CommandLine, table: Path, arguments: tuple[str, ...], said: tuple[str, str]
) -> None:
    result = line.run("import", table, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert all(part in result.stderr for part in said)
    result = line.run("import", table, *arguments, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    error = json.loads(result.stderr)
    assert said[0] in error["error"]
    assert said[1] in error["hint"]
    assert line.contents() == LibraryContents()


def test_a_library_takes_no_mapping(line: CommandLine, table: Path, tmp_path: Path) -> None:
    _ = line.done("import", table)
    out = tmp_path / "all.json"
    _ = line.done("export", "json", out)
    result = line.run("import", out, "--map", "title=1")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "all.json is no table: its columns cannot be mapped.\n"


def test_a_format_can_be_named(line: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "Certifications.csv"
    _ = file.write_text(
        "Name,Url,Authority,Started On,Finished On,License Number\nCloud,https://c.example/1,Guild,May 2024,,L1\n"
    )
    (told,) = _import(line, file, "--dry-run")["files"]
    assert told["format"] == "linkedin_certifications"
    (told,) = _import(line, file, "--as", "table", "--dry-run")["files"]
    assert told["format"] == "table"


def test_what_many_rows_have_in_common_is_said_once(line: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "occupations.csv"
    rows = [f"Occupation,http://data.europa.eu/esco/occupation/{number},weaver {number}" for number in range(1200)]
    _ = file.write_text("\n".join(["conceptType,conceptUri,preferredLabel", *rows, "Occupation,,weaver"]))
    result = line.run("import", file)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "occupations.csv: 0 new, 0 updated, 0 same, 1,200 to decide, 1 broken.",
        "  line 1202: no address",
        "  1,200 lines (2, 3, 4, 5, 6, 7, 8, 9 … and 1,192 more): choose the occupations you aim at",
        "  Mend cells with --fix LINE:COLUMN=TEXT, or write the broken rows with --save-broken FILE.",
        "  Rows to decide are left out. Decide one with --decide LINE=new, update or skip, or all with --decide "
        "undecided=skip.",
    ]
    # A program that reads it is told of each row.
    assert len(_import(line, file, code=1)["files"][0]["to_decide"]) == 1200


def test_skills_come_in_like_in_the_window(line: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "Skills.csv"
    _ = file.write_text("Name\nWeaving\nDyeing\n")
    (told,) = _import(line, file)["files"]
    assert (told["format"], told["new"]) == ("linkedin_skills", 2)
    assert [one.name for one in line.contents().skills] == ["Weaving", "Dyeing"]
    assert _totals(_import(line, file)) == (0, 0, 2, 0, 0)


def test_what_is_here_already_is_updated_or_kept(line: CommandLine, table: Path) -> None:
    _ = line.done("import", table)
    _ = table.write_text(_LIST.replace("2027-01-02", "2028-06-30"), encoding="utf-8")
    kept = _import(line, table, "--on-duplicate", "keep")
    assert _totals(kept)[:2] == (0, 0)
    assert str(line.contents().credentials[0].valid_until) == "2027-01-02"
    assert _totals(_import(line, table))[:2] == (0, 1)
    assert str(line.contents().credentials[0].valid_until) == "2028-06-30"


def test_several_files_are_one_change_and_a_refused_one_stops_nobody(
    line: CommandLine, table: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "badge.png"
    _ = picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(60))
    other = tmp_path / "other.csv"
    _ = other.write_text("Title,Issuer,Issue date\nData Basics,Guild,2025-05-05\n")
    answer = _import(line, table, picture, other, code=1)
    files = answer["files"]
    assert [(one["file"], one["new"]) for one in files] == [("mine.csv", 2), ("other.csv", 1), ("badge.png", 0)]
    assert files[2]["format"] is None
    assert "badge.png" in files[2]["problems"][0]["message"]
    assert [entry["label"] for entry in line.read("history")] == ["Import 2 files"]
    result = line.run("import", picture)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("badge.png: not imported.\n")


def test_a_file_that_is_not_there_stops_the_import(line: CommandLine, table: Path, tmp_path: Path) -> None:
    missing = tmp_path / "none.csv"
    result = line.run("import", table, missing)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{missing} could not be read: " in result.stderr
    assert "Nothing was imported." in result.stderr
    assert line.contents() == LibraryContents()


def test_a_folder_and_an_archive_are_the_files_in_them(line: CommandLine, table: Path, tmp_path: Path) -> None:
    place = tmp_path / "mixed"
    place.mkdir()
    _ = table.rename(place / table.name)
    _ = (place / ".hidden.csv").write_text("Title\nSecret\n")
    other = {"my lists/other.csv": "Title,Issuer,Issue date\nData Basics,Guild,2025\n"}
    _ = (place / "more.zip").write_bytes(zipped(other))
    answer = _import(line, place)
    assert [(one["file"], one["new"]) for one in answer["files"]] == [("mine.csv", 2), ("other.csv", 1)]
    assert answer["notes"] == ["Left out of the folder “mixed”: 1 hidden file or folder."]
    assert [entry["label"] for entry in line.read("history")] == ["Import 2 files"]
    assert _import(line, place)["totals"]["new"] == 0


def test_undo_and_redo_say_what_they_did(line: CommandLine, table: Path) -> None:
    _ = line.done("import", table)
    after = line.contents()
    assert line.done("undo").startswith("Undone: Import mine.csv (")
    assert line.contents() == LibraryContents()
    assert [entry["undone"] for entry in line.read("history")] == [True]
    assert line.done("history").splitlines()[-1].endswith("undone")
    result = line.run("undo")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "There is nothing to undo.\n")
    assert line.done("redo").startswith("Redone: Import mine.csv (")
    assert line.contents() == after
    result = line.run("redo")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "There is nothing to redo.\n")


def _sample(line: CommandLine) -> None:
    library = open_library(line.folder)
    _ = add_sample(library, TODAY)
    library.close()


def test_exports_are_what_they_are_called(line: CommandLine, tmp_path: Path) -> None:
    _sample(line)
    pdf, table = tmp_path / "new folder" / "one.pdf", tmp_path / "one.csv"
    assert line.done("export", "pdf", pdf) == f"Wrote {pdf}.\n"
    with pikepdf.open(io.BytesIO(pdf.read_bytes())) as opened:
        assert len(opened.pages) >= 1
    first = pdf.read_bytes()
    _ = line.done("export", "pdf", pdf)
    assert pdf.read_bytes() == first
    _ = line.done("export", "csv", table)
    assert len(table.read_text("utf-8-sig").splitlines()) >= len(line.contents().credentials) + 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["library", "new folder", "one.csv"]


def test_a_version_of_the_portfolio_is_chosen_by_name(line: CommandLine, tmp_path: Path) -> None:
    _sample(line)
    library = open_library(line.folder)
    _ = save_portfolio(library, Portfolio(name="Short", sections=("summary",)))
    library.close()
    pdf = tmp_path / "one.pdf"
    _ = line.done("export", "pdf", pdf, "--portfolio", "short")
    assert pdf.exists()
    result = line.run("export", "pdf", pdf, "--portfolio", "Long")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "There is no portfolio named “Long”." in result.stderr
    assert "Short" in result.stderr


def test_a_place_that_takes_no_file_is_said(line: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "file"
    _ = file.write_text("in the way")
    for out in (tmp_path, Path("/"), Path(), file / "out.csv"):
        result = line.run("export", "csv", out)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith(f"{out} could not be written: ")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "library"]
    assert line.run("export", "doc", file).exit_code == 2


@settings(max_examples=25)
@given(drawn=libraries())
def test_an_exported_library_comes_back_equal(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[LibraryContents, dict[str, bytes]]
) -> None:
    contents, files = drawn
    folder = tmp_path_factory.mktemp("export")
    one, other = CommandLine(folder / "one"), CommandLine(folder / "other")
    library = LibraryHouse(one.folder, fixed_surroundings()).open()
    with library.change("Fill") as change:
        insert_contents(change, store_files(library, contents, files))
        change.set_profile(contents.profile)
    library.close()
    before = one.contents()
    assert replace(before, evidence=(), imports=()) == replace(contents, evidence=(), imports=())

    result = one.run("export", "json", folder / "all.json")
    assert result.exit_code == 0
    _ = other.run("import", folder / "all.json")
    assert other.contents() == before
    assert (other.run("check").exit_code == 0) == (one.run("check").exit_code == 0)
    assert _totals(_import(other, folder / "all.json"))[:2] == (0, 0)
    assert other.contents() == before


def test_cells_are_read_as_typed(line: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    _ = file.write_text(_BROKEN, encoding="utf-8")
    answer = _import(line, file, "--fix", "3:Title=Rigging", "--fix", "4:3=2025-05-06")
    assert _totals(answer) == (3, 0, 0, 0, 0)
    assert {one.title for one in line.contents().credentials} == {"Cloud Basics", "Rigging", "Data Basics"}
    for wrong in ("3=Rigging", "3:Title", "x:Title=Rigging", "3:Nothing=Rigging"):
        assert line.run("import", file, "--fix", wrong).exit_code == 2
    assert line.run("import", file, file, "--fix", "3:1=x").exit_code == 2


def test_a_badge_is_named_on_the_command_line(line: CommandLine, tmp_path: Path) -> None:
    badge = tmp_path / "badge.json"
    _ = badge.write_bytes(encoded(NAMELESS))
    assert _totals(_import(line, badge, "--fix", "1:title=Rigging"))[0] == 1


def test_a_scanned_certificate_is_named_on_the_command_line(line: CommandLine, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    _ = scan.write_bytes(pdf([]))
    untitled = line.run("import", scan)
    assert (untitled.exit_code, line.contents().credentials) == (1, ())
    assert "certificate: no title" in untitled.stdout
    assert _totals(_import(line, scan, "--fix", "1:title=Rigging"))[0] == 1
    (credential,), (proof,) = line.contents().credentials, line.contents().evidence
    assert (credential.title, proof.credential_id, proof.original_name) == ("Rigging", credential.id, "scan.pdf")


def test_linkedin_columns_are_counted(line: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "Certifications.csv"
    _ = file.write_bytes(LINKEDIN)
    assert _totals(_import(line, file, "--fix", "3:1=Sails"))[0] == 3


def test_modules_stay_out_until_all_is_asked_for(line: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "transcript.json"
    modules = [{"uid": f"m{at}", "title": f"Module {at}"} for at in range(2)]
    _ = file.write_text(json.dumps({"modulesCompleted": modules, "learningPathsCompleted": [{"title": "Seafaring"}]}))
    answer = _import(line, file)
    assert (answer["totals"]["new"], answer["totals"]["left_out"]) == (1, 2)
    assert "2 left out. Use --all to take them in." in line.done("import", file)
    answer = _import(line, file, "--all")
    assert (answer["totals"]["new"], answer["totals"]["same"], answer["totals"]["left_out"]) == (2, 1, 0)
    assert _import(line, file)["totals"]["same"] == 3


def test_a_file_that_is_only_proof_says_so(line: CommandLine, tmp_path: Path) -> None:
    badge, other = tmp_path / "badge.json", tmp_path / "badge.jwt"
    _ = badge.write_bytes(encoded(CREDENTIAL))
    _ = other.write_text(token({"vc": CREDENTIAL}))
    _ = _import(line, badge)
    assert "would be attached to its credential as proof" in line.done("import", other, "--dry-run")
    assert "was attached to its credential as proof" in line.done("import", other, "--on-duplicate", "keep")
    assert _import(line, other)["files"][0]["only_proof"] is False


@pytest.mark.parametrize(
    ("name", "fix", "said"),
    [
        ("list.csv", "²:1=Knots", "names no cell"),
        ("list.csv", "9" * 5000 + ":1=Knots", "names no cell"),
        ("list.csv", "2:²=Knots", "There is no column “²”"),
        ("list.csv", "99:1=Knots", "“99:1=Knots” mends nothing in list.csv"),
        ("Certifications.csv", "2:0=Knots", "There is no column “0”"),
        ("Certifications.csv", "2:7=Knots", "There is no column “7”"),
        ("Certifications.csv", "2:999999999=Knots", "There is no column “999999999”"),
        ("Certifications.csv", "2:title=Knots", "“2:title=Knots” mends nothing"),
        ("Certifications.csv", "9:1=Knots", "“9:1=Knots” mends nothing"),
    ],
)
def test_a_fix_of_a_cell_that_is_not_there_is_said(
    line: CommandLine, tmp_path: Path, name: str, fix: str, said: str
) -> None:
    file = tmp_path / name
    linkedin = "Name,Url,Authority,Started On,Finished On,License Number\nFirst Aid,,Red House,May 2024,,FA-1\n"
    text = linkedin if name == "Certifications.csv" else "Title,Issuer,Issue date\nCloud,Guild,2025-01-02\n"
    _ = file.write_text(text)
    result = line.run("import", file, "--fix", fix)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert line.contents().credentials == ()


def test_columns_are_not_numbered_by_superscripts(line: CommandLine, table: Path) -> None:
    result = line.run("import", table, "--map", "title=²")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "There is no column “²”." in result.stderr


def test_what_is_left_out_of_rows_is_told(line: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "Certifications.csv"
    header = "Name,Url,Authority,Started On,Finished On,License Number\n"
    _ = file.write_text(header + "First Aid,,Red House,some day,,\nDiving,,Port School,one day,,\n", encoding="utf-8")
    told = line.run("import", file, "--dry-run")
    assert told.exit_code == 0
    assert "  2 cells left out of 2 rows:\n  lines 2 and 3: “some day” is no date, and others like it\n" in told.stdout
    [answer] = _import(line, file)["files"]
    assert (answer["new"], answer["left_out_cells"]) == (2, 2)
    assert answer["notes"] == [{"where": "lines 2 and 3", "message": "“some day” is no date, and others like it"}]
