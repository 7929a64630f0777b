"""The issuers command: what it lists, how names are given and taken, and how two issuers become one."""

import json
from pathlib import Path

import pytest
from tests.command_line import CommandLine

TABLE = (
    "Title,Issuer,Issued on,Credential ID\nWelding,Kovacs Works,2024-05-14,W-1\nBrazing,Iron School,2024-06-14,W-2\n"
)


@pytest.fixture
def filled(line: CommandLine, tmp_path: Path) -> CommandLine:
    """A library with two issuers of one credential each."""
    file = tmp_path / "mine.csv"
    file.write_text(TABLE)
    _ = line.done("import", file)
    return line


def test_issuers_are_listed_with_what_is_of_them(filled: CommandLine) -> None:
    found = filled.read("issuers")
    assert [(one["name"], one["aliases"], one["programs"], one["credentials"]) for one in found] == [
        ("Iron School", [], 0, 1),
        ("Kovacs Works", [], 0, 1),
    ]
    assert [one["name"] for one in filled.read("issuers", "kovacs")] == ["Kovacs Works"]
    text = filled.done("issuers")
    assert "Iron School" in text
    assert "Other names" in text
    assert filled.done("issuers", "zzz") == "No issuer matches.\n"


def test_an_empty_library_says_how_to_begin(line: CommandLine) -> None:
    assert line.done("issuers") == "There are no issuers yet. Import a file to begin.\n"


def test_a_name_is_given_taken_and_undone(filled: CommandLine) -> None:
    said = filled.done("issuers", "Kovacs Works", "--alias", "KW", "--alias", "Kovacs, Ltd.")
    assert said == "Edit Kovacs Works. Kovacs Works is also called “KW”, “Kovacs, Ltd.”.\n"
    assert filled.read("issuers", "KW", "--remove-alias", "kw")["aliases"] == ["Kovacs, Ltd."]
    _ = filled.done("undo")
    assert filled.read("issuers", "kw")[0]["aliases"] == ["KW", "Kovacs, Ltd."]
    assert filled.done("issuers", "KW", "--alias", "kw").startswith("Nothing to change. Kovacs Works is also called")


def test_a_rename_keeps_the_old_name(filled: CommandLine) -> None:
    found = filled.read("issuers", "Kovacs Works", "--rename", "Kovacs & Sons")
    assert (found["name"], found["aliases"]) == ("Kovacs & Sons", ["Kovacs Works"])


def test_two_issuers_become_one(filled: CommandLine) -> None:
    said = filled.done("issuers", "Kovacs Works", "--merge", "Iron School")
    assert said == "Merge Iron School into Kovacs Works. Kovacs Works is also called “Iron School”.\n"
    assert {one["issuer"] for one in filled.read("list")} == {"Kovacs Works"}
    assert len(filled.read("issuers")) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--alias", "X"), "No issuer is named."),
        (("Kovacs Works", "--alias", "X", "--merge", "Iron School"), "--merge stands alone."),
        (("Kovacs Works", "--remove-alias", "X"), "“X” is no other name of Kovacs Works."),
        (("Kovacs Works", "--alias", "Iron School"), "“Iron School” is an issuer of its own."),
        (("Kovacs Works", "--merge", "Nobody"), "There is no issuer “Nobody”."),
        (("Kovacs Works", "--rename", " "), "Enter a name."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_changes(filled: CommandLine, words: tuple[str, ...], sentence: str) -> None:
    before = filled.contents()
    result = filled.run("issuers", *words, "--json")
    assert result.exit_code == 2
    assert sentence in json.loads(result.stderr)["error"]
    assert filled.contents() == before
