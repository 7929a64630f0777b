"""The commands backup, restore and check --repair: what they say, what they leave, and their exit codes."""

import json
from pathlib import Path

import apsw
import pytest
from tests.command_line import CommandLine
from tests.library_fixtures import add, planned

from learnpath.services.libraries import open_library
from learnpath.storage.backups import stored_backups
from learnpath.storage.migrations import SCHEMA_VERSION
from learnpath.storage.pages import PageFile
from learnpath.storage.shapes import roots_of


def _add(line: CommandLine, *titles: str) -> None:
    library = open_library(line.folder)
    for title in titles:
        _ = add(library, planned(title), "Microsoft", ("Azure",))
    library.close()


def _titles(line: CommandLine) -> list[str]:
    return [one.title for one in line.contents().credentials]


def _damage(file: Path, first: int, count: int = 1) -> bytes:
    data = bytearray(file.read_bytes())
    data[4096 * first : 4096 * (first + count)] = bytes(4096 * count)
    _ = file.write_bytes(data)
    return bytes(data)


def _root(file: Path, table: str) -> int:
    connection = apsw.Connection(str(file))
    try:
        return roots_of(connection)[table]
    finally:
        connection.close()


def test_a_backup_is_made_listed_and_restored(line: CommandLine) -> None:
    _add(line, "First")
    made = line.read("backup")
    assert made["export"] is True
    assert made["thinned"] == []
    _add(line, "Second")
    (listed,) = line.read("restore", "--list")
    assert (listed["name"], listed["verified"], listed["schema"]) == (made["name"], True, SCHEMA_VERSION)
    assert listed["records"]["credential"] == 1
    assert made["name"] in line.done("restore", "--list")
    restored = line.read("restore", made["name"])
    assert restored["records"]["credential"] == 1
    assert restored["kept"]["damaged"] is False
    assert _titles(line) == ["First"]
    text = line.done("restore", Path(restored["kept"]["place"]).name)
    assert "Restored 20" in text
    assert "What was there before is the backup 20" in text
    assert _titles(line) == ["First", "Second"]


def test_a_backup_is_told_in_words(line: CommandLine) -> None:
    _add(line, "First")
    assert line.done("backup").startswith("Made and checked the backup 20")
    assert "older backup" not in line.done("backup")
    assert len(stored_backups(line.folder)) == 2


def test_a_backup_that_cannot_be_made_is_said(line: CommandLine) -> None:
    _add(line, "First")
    _ = (line.folder / "backups").write_text("in the way")
    result = line.run("backup", "--json")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "could not be read or written" in json.loads(result.stderr)["error"]


def test_a_backup_becomes_a_new_library(line: CommandLine, tmp_path: Path) -> None:
    _add(line, "First")
    _ = line.done("backup")
    _add(line, "Second")
    other = CommandLine(tmp_path / "other")
    text = line.done("restore", "--into", other.folder)
    assert str(other.folder) in text
    assert _titles(other) == ["First"]
    assert _titles(line) == ["First", "Second"]
    assert line.run("restore", "--into", other.folder).exit_code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("restore",), "has no backups yet"),
        (("restore", "yesterday"), "no backup named “yesterday”"),
        (("restore", "yesterday", "--list"), "--list restores nothing"),
    ],
)
def test_a_restore_without_its_backup_is_refused(line: CommandLine, words: tuple[str, ...], said: str) -> None:
    _add(line, "First")
    result = line.run(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert _titles(line) == ["First"]


def test_no_backups_and_a_damaged_one_are_listed(line: CommandLine) -> None:
    _add(line, "First")
    assert line.done("restore", "--list").strip() == "There are no backups yet."
    assert line.read("restore", "--list") == []
    _ = line.done("backup")
    _ = _damage(stored_backups(line.folder)[0].file, 5, 4)
    result = line.run("restore", "--list")
    assert result.exit_code == 1
    assert "damaged" in result.stdout


def test_a_damaged_library_names_the_repair_and_is_repaired(line: CommandLine) -> None:
    _add(line, *(f"Course {number}" for number in range(60)))
    file = line.folder / "library.learnpath"
    damaged = _damage(file, _root(file, "credential") - 1)
    result = line.run("list")
    assert result.exit_code == 3
    assert "is damaged" in result.stderr
    assert "check --repair" in result.stderr
    assert result.stderr.count("\n") == 2
    repaired = line.run("check", "--repair", "--json")
    told = json.loads(repaired.stdout)
    assert repaired.exit_code == (1 if told["repair"]["lost"] else 0)
    assert told["ok"] is True
    assert Path(told["repair"]["damaged"], "library.learnpath").read_bytes() == damaged
    assert told["repair"]["kept"] + told["repair"]["from_backup"] > 60
    assert len(_titles(line)) == 60
    assert line.read("check", "--repair")["repair"] is None
    assert "repair" not in line.read("check")


def test_what_a_repair_lost_is_told_and_leaves_with_1(line: CommandLine) -> None:
    _add(line, *(f"Course {number}" for number in range(200)))
    file = line.folder / "library.learnpath"
    connection = apsw.Connection(str(file))
    connection.execute("DELETE FROM change")
    connection.close()
    tree = PageFile(file.read_bytes()).tree(_root(file, "credential"), index=False)
    _ = _damage(file, next(number for number, page in tree if page.rows) - 1)
    result = line.run("check", "--repair")
    assert result.exit_code == 1
    assert "The damaged file is kept in" in result.stdout
    assert " lost" in result.stdout
    assert "credential: " in result.stdout
    assert 0 < len(_titles(line)) < 200


def test_a_repair_from_a_backup_tells_which(line: CommandLine) -> None:
    _add(line, *(f"Course {number}" for number in range(40)))
    _ = line.done("backup")
    _add(line, "Later")
    _ = _damage(line.folder / "library.learnpath", 1)
    text = line.run("check", "--repair").stdout
    assert "A backup was brought up to the last change." in text
    assert "and 1 later change." in text
    assert len(_titles(line)) == 41


def test_a_copy_of_a_sync_program_is_hinted_and_imported(line: CommandLine, tmp_path: Path) -> None:
    other = CommandLine(tmp_path / "other")
    _add(line, "Here")
    _add(other, "There")
    copy = line.folder / "library (conflicted copy 2026-11-21).learnpath"
    _ = copy.write_bytes((other.folder / "library.learnpath").read_bytes())
    assert line.read("check")["conflict_copies"] == [copy.name]
    assert "Import it" in line.done("check")
    _ = line.run("import", copy)
    assert sorted(_titles(line)) == ["Here", "There"]
