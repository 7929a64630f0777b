"""Lists that come in, come again, and are taken back."""

import json
from pathlib import Path

import pytest
from tests.command_line import CommandLine

from learnpath.domain.contents import LibraryContents

_LINKEDIN = """Name,Url,Authority,Started On,Finished On,License Number
Cloud Architect,https://verify.example/1,Guild,May 2024,May 2027,7F3K9
Threat Modelling,,Brückner Academy,Jun 2025,,
Threat Modelling,,Brückner Academy,Jun 2026,,
"""


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "library")


def _counts(line: CommandLine, file: Path) -> tuple[int, int]:
    result = line.run("import", file, "--json")
    assert result.exit_code in {0, 1}
    totals = json.loads(result.stdout)["totals"]
    return totals["new"], totals["updated"]


def _comes_twice_and_goes(line: CommandLine, file: Path) -> int:
    """Import a file twice and undo it; return how many records were new."""
    new, updated = _counts(line, file)
    assert updated == 0
    after = line.contents()
    assert _counts(line, file) == (0, 0)
    assert line.contents() == after
    assert line.read("check")["ok"] is True
    _ = line.done("undo")
    assert line.contents() == LibraryContents()
    _ = line.done("redo")
    assert line.contents() == after
    _ = line.done("undo")
    assert _counts(line, file) == (new, 0)
    return new


def test_certifications_of_linkedin_come_once(line: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "Certifications.csv"
    _ = file.write_text(_LINKEDIN, encoding="utf-8")
    assert _comes_twice_and_goes(line, file) == 3
    assert {one["license_number"] for one in line.read("list")} == {"7F3K9", ""}


@pytest.mark.parametrize(
    "name",
    [
        "Certifications_real_a_edx_redacted.csv",
        "Certifications_real_c_coursera_redacted.csv",
        "Certifications_real_d_portuguese_redacted.csv",
    ],
)
def test_real_certifications_come_once(line: CommandLine, samples: Path, name: str) -> None:
    assert _comes_twice_and_goes(line, samples / "linkedin" / name) >= 1


def test_a_list_of_3600_courses_comes_and_goes(line: CommandLine, samples: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    _ = mine.write_text("Title,Issuer,Issue date\nCloud Basics,Guild,2025-01-02\n")
    _ = line.done("import", mine)
    before, files = line.contents(), _files(line)
    new, _updated = _counts(line, samples / "catalogue_csv" / "udemy_bom_banner_line.csv")
    assert new > 3_500
    assert len(line.contents().programs) == new
    assert line.read("check")["ok"] is True
    _ = line.done("undo")
    assert line.contents() == before
    assert line.read("check")["ok"] is True
    # The bytes of the file stay, so that redo can bring the import back.
    assert files < _files(line)


def _files(line: CommandLine) -> set[str]:
    return {path.name for path in (line.folder / "files").iterdir()}


@pytest.mark.parametrize("name", ["Tanulás – 学習 library", "a b  c", "ünïcode'quote\"s"])
def test_a_library_works_wherever_its_folder_lies(tmp_path: Path, name: str) -> None:
    line = CommandLine(tmp_path / name / "library")
    file = tmp_path / f"{name}.csv"
    try:
        _ = file.write_text(_LINKEDIN, encoding="utf-8")
    except OSError:
        pytest.skip("this system takes no such file name")
    assert _counts(line, file) == (3, 0)
    before = line.contents()
    moved = CommandLine(tmp_path / "moved – 移動" / "to here")
    moved.folder.parent.mkdir()
    _ = line.folder.rename(moved.folder)
    assert moved.contents() == before
    assert moved.read("check")["ok"] is True
    out = tmp_path / f"{name} – all.json"
    _ = moved.done("export", "json", out)
    assert _counts(moved, out) == (0, 0)
    assert line.read("list") == []
    assert _counts(line, out)[1] == 0
    assert line.contents() == before
    _ = moved.done("undo")
    assert moved.contents() == LibraryContents()
