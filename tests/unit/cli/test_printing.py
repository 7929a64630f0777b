import io
import json
import re
import sys
from dataclasses import replace

import pytest
from tests.command_line import CommandLine, run_process
from tests.library_fixtures import LibraryHouse, add, earned, fixed_surroundings

from learnpath.cli import printing
from learnpath.cli.printing import json_text, one_line, print_table, say

_HOSTILE = "[red]x[/red] \x1b[31mred\x1b]0;own\x07 \x9b31m \x08\x7f \u202eabc\u2066 end\u2028here"
_ACTED_UPON = "\x1b\x07\x9b\x08\x7f\u202e\u2066\u2028"


@pytest.fixture
def hostile(line: CommandLine) -> CommandLine:
    library = LibraryHouse(line.folder, fixed_surroundings()).open()
    one = replace(earned(_HOSTILE, license_number=_HOSTILE), notes=f"{_HOSTILE}\r\n{_HOSTILE}")
    _ = add(library, one, _HOSTILE, (_HOSTILE,))
    library.close()
    return line


def test_text_from_files_is_neither_markup_nor_a_command_to_the_terminal(hostile: CommandLine) -> None:
    (found,) = hostile.read("list")
    for command in (("list",), ("show", found["id"]), ("deadlines",), ("history",), ("progress",)):
        for options in ((), ("--json",)):
            text = hostile.done(*command, *options)
            assert set(text).isdisjoint(_ACTED_UPON), command
    assert "[red]x[/red] \ufffd[31mred" in hostile.done("list")
    assert "[red]x[/red] \ufffd[31mred" in hostile.done("show", found["id"])


def test_json_keeps_every_character(hostile: CommandLine) -> None:
    (found,) = hostile.read("list")
    assert found["skills"] == [" ".join(_HOSTILE.split())]
    assert found["license_number"] == _HOSTILE


def test_an_argument_is_not_echoed_to_the_terminal_as_it_is(line: CommandLine) -> None:
    for options in ((), ("--json",)):
        result = line.run("import", f"{_HOSTILE.replace('/', '')}.csv", *options)
        assert (result.exit_code, result.stdout) == (2, "")
        assert set(result.stderr).isdisjoint(_ACTED_UPON)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("plain – text €", "plain – text €"),
        ("two\r\nlines\tand\x0bmore", "two lines and more"),
        ("nul\0 esc\x1b", "nul\ufffd esc\ufffd"),
        ("half \udcff", "half \ufffd"),
        ("שלום \u200f.", "שלום \u200f."),
    ],
)
def test_a_text_becomes_one_harmless_line(text: str, line: str) -> None:
    assert one_line(text) == line


def test_json_is_escaped_where_the_encoding_would_lose_something() -> None:
    value = {"title": "Brückner – \x9b \udcff\nnext"}
    for encoding in ("utf-8", "UTF-16", "cp1252", "ascii"):
        text = json_text(value, indent=2, encoding=encoding)
        assert json.loads(text) == value
        _ = text.encode(encoding)
    assert "Brückner –" in json_text(value, indent=2, encoding="utf-8")
    assert "Br\\u00fcckner" in json_text(value, indent=None, encoding="cp1252")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_no_encoding_of_the_output_ends_a_command(hostile: CommandLine, encoding: str) -> None:
    settings = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "LANG": "C", "LC_ALL": "C"}
    result = run_process(hostile.folder, "list", **settings)
    assert (result.returncode, result.stderr) == (0, b"")
    assert b"[red]x[/red]" in result.stdout
    result = run_process(hostile.folder, "list", "--json", **settings)
    assert json.loads(result.stdout.decode(encoding))[0]["license_number"] == _HOSTILE
    result = run_process(hostile.folder, "import", "Škoda – 日本.csv", **settings)
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"could not be read" in result.stderr


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_table_is_as_wide_as_the_terminal_and_keeps_ids_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm")
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    rows = [("3765015580373994036", "A rather long title " * 6, "[bold]Guild[/bold]")]
    print_table(("Id", "Title", "Issuer"), rows, empty="Nothing.", whole=("Id",))
    lines = re.sub("\x1b\\[[0-9;]*m", "", terminal.getvalue()).splitlines()
    assert max(map(len, lines)) <= 60
    assert sum("3765015580373994036" in line for line in lines) == 1
    assert len(lines) > 4


def test_a_table_elsewhere_is_as_wide_as_its_rows(capsys: pytest.CaptureFixture[str]) -> None:
    title = "A rather long title " * 20
    print_table(("Id", "Title"), [("1", title), ("2", "b")], empty="Nothing.")
    assert title.strip() in capsys.readouterr().out
    print_table(("Id", "Title"), [], empty="Nothing.")
    assert capsys.readouterr().out == "Nothing.\n"


def test_a_stream_without_an_encoding_to_change_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    printing.prepare_streams()
    say("one", "two\nthree")
    assert capsys.readouterr().out == "one\ntwo three\n"
