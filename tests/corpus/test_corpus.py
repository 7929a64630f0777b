"""Real files, where there are any beside the project; `python -m tests.corpus` prints what becomes of them."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from tests.corpus import __main__ as command
from tests.corpus import check
from tests.corpus.check import Expected, check_file, corpus_files, load_expected, load_signed
from tests.mutants.run import answer
from tests.unit.interchange.samples import sample_folder
from tests.unit.interchange.workbooks import workbook

from learnpath.interchange.drafts import CredentialDraft
from learnpath.interchange.formats import parse_file
from learnpath.interchange.table_layout import is_blank
from learnpath.interchange.text_decoding import decode


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


SAMPLES = sample_folder()
FILES = corpus_files(SAMPLES) if SAMPLES is not None else []
EXPECTED = load_expected()
NONE = Expected("")
SIGNED = load_signed(SAMPLES) if SAMPLES is not None else frozenset[str]()
TABLES = [path for path in FILES if path.suffix != ".txt" and EXPECTED.get(name_of(path), NONE).outcome == "table"]
needs_samples = pytest.mark.skipif(not FILES, reason="no folder of sample files: set LEARNPATH_SAMPLES to one")
# What badges must say: name of the file, title, issuer, award, end.
BADGES = [
    ("ob2/dcpv_simple-badge.png", "Robotics badge", "", "2016-12-31", "None"),
    ("ob2/dcpv_simple.jwt", "Robotics badge", "", "2016-12-31", "None"),
    ("ob3/dcpv_simple-json.png", "Teamwork", "Example Corp", "2010-01-01", "None"),
    ("ob3/dcpv_simple-jwt.svg", "Teamwork", "Example Corp", "2010-01-01", "None"),
    ("ob3/dcpv_simple.1ob", "Teamwork", "Example Corp", "2010-01-01", "None"),
    ("ob3/spec_fullOpenBadge.json", "1EdTech University Degree", "1EdTech University", "2010-01-01", "2030-01-01"),
]


def sample(name: str) -> bytes:
    assert SAMPLES is not None
    return (SAMPLES / name).read_bytes()


@needs_samples
@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_real_file_becomes_what_it_must(path: Path, tmp_path: Path) -> None:
    name = name_of(path)
    reading = check_file(path, name, tmp_path / "library", EXPECTED[name], is_signed=name in SIGNED)
    assert reading.wrong == []


@needs_samples
@pytest.mark.parametrize(("name", "title", "issuer", "awarded", "ends"), BADGES)
def test_a_real_badge_says_what_it_says(name: str, title: str, issuer: str, awarded: str, ends: str) -> None:
    (row,) = parse_file(sample(name), "file").rows
    assert isinstance(row.draft, CredentialDraft)
    found = (row.draft.title, row.draft.issuer_name, str(row.draft.awarded_on), str(row.draft.valid_until))
    assert found == (title, issuer, awarded, ends)


@needs_samples
def test_a_real_transcript_has_all_its_parts() -> None:
    rows = parse_file(sample("clr/dcpv_simple_v1.json"), "file").rows
    titles = [row.draft.title for row in rows if isinstance(row.draft, CredentialDraft)]
    assert titles[:2] == ["Nurse Assistant 1 Program with Licensure", "Health Careers 1"]


@needs_samples
@pytest.mark.parametrize("path", TABLES, ids=name_of)
def test_every_cell_of_a_real_table_is_there(path: Path) -> None:
    parsed = parse_file(path.read_bytes(), path.name)
    assert parsed.table is not None
    # One of the real tables has three control characters in its titles.
    text = decode(path.read_bytes()).text.replace("\x08", "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=parsed.table.delimiter)
    rows = [row for row in reader if not is_blank(row)]
    data_rows = rows[len(rows) - len(parsed.rows) :]
    assert [row.raw[: len(cells)] for row, cells in zip(parsed.rows, data_rows, strict=True)] == list(
        map(tuple, data_rows)
    )


@needs_samples
@pytest.mark.parametrize("name", ["jsonresume/test_certificates.json", "jsonresume/test_awards.json"])
def test_every_resume_of_the_schema_s_own_tests_is_read_or_refused(name: str) -> None:
    resumes: dict[str, Any] = json.loads(sample(name))
    assert len(resumes) >= 10
    for resume in resumes.values():
        _ = answer(json.dumps(resume).encode(), "json_resume")
        _ = answer(json.dumps(resume).encode())


def judged(tmp_path: Path, data: bytes, expected: Expected | None, *, is_signed: bool = False) -> list[str]:
    file = tmp_path / "list.csv"
    _ = file.write_bytes(data)
    return check_file(file, "folder/list.csv", tmp_path / "library", expected, is_signed=is_signed).wrong


LIST = b"Title,Vendor\nA,B\nC,D\n,E\n"


@pytest.mark.parametrize(
    ("expected", "wrong"),
    [
        (None, ""),
        (Expected("table", 3, 2, 1), ""),
        (Expected("table", 4, 2, 1), "(4, 2, 1) expected, (3, 2, 1) found"),
        (Expected("refused"), "refused expected, table found"),
    ],
)
def test_a_file_is_judged_by_what_is_expected(tmp_path: Path, expected: Expected | None, wrong: str) -> None:
    found = judged(tmp_path, LIST, expected)
    assert wrong in "".join(found)
    assert bool(found) is bool(wrong)


def test_refusals_are_judged_by_their_sentence(tmp_path: Path) -> None:
    assert judged(tmp_path, b"", Expected("refused", says="is empty")) == []
    assert "“a picture” expected" in judged(tmp_path, b"", Expected("refused", says="a picture"))[0]
    assert judged(tmp_path, b"", None, is_signed=True) == ["is a signed credential, and was not read"]


def test_rows_that_go_missing_and_tracebacks_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "count_rows", lambda *_: 9)
    assert "(3, 2, 1) expected, (3, 2, 6) found" in judged(tmp_path, LIST, Expected("table", 3, 2, 1))[0]
    monkeypatch.setattr(check, "preview_parts", lambda *_: 1 // 0)
    assert "ZeroDivisionError" in judged(tmp_path, LIST, None)[0]


def test_slow_and_greedy_files_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "MOST_SECONDS", 0.0)
    monkeypatch.setattr(check, "MOST_MEGABYTES", -1.0)
    wrong = judged(tmp_path, LIST, None)
    assert [sentence.split()[0] for sentence in wrong] == ["took", "took"]


def test_the_command_prints_its_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inside = tmp_path / "mine"
    inside.mkdir()
    _ = (inside / "list.csv").write_bytes(LIST)
    _ = (inside / "list.md").write_bytes(b"| Title | Vendor |\n|---|---|\n| A | B |\n")
    _ = (inside / "list.xlsx").write_bytes(workbook({"List": [["Title", "Vendor"], ["A", "B"], [], ["C", "D"]]}))
    _ = (inside / "empty.txt").write_bytes(b"")
    assert command.main(["--files", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    lines = [line.strip("| ").split(" | ") for line in printed.splitlines() if line.startswith("| mine/list.")]
    # Counted, above the data, left out, new; and, at the end, all that is accounted for.
    found = {cells[0]: (*cells[1:5], cells[-1]) for cells in lines if len(cells) > 4}
    assert found == {
        "mine/list.csv": ("4", "1", "0", "2", "3"),
        "mine/list.md": ("1", "0", "0", "1", "1"),
        "mine/list.xlsx": ("3", "1", "0", "2", "2"),
    }
    assert "| mine | 4 | 3 | 1 | 0 | 6 | 5 | " in printed
    assert "| mine/empty.txt | “empty.txt” is empty. Nothing was imported. |" in printed
