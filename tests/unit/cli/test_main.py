import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

import click
import pytest
from click.testing import CliRunner
from tests.command_line import CommandLine, command_words, process_environment, run_process
from tests.library_fixtures import LibraryHouse, fixed_surroundings

from learnpath import __main__, __version__, app
from learnpath.cli import main
from learnpath.cli.main import commands
from learnpath.errors import KnownError
from learnpath.services.libraries import open_library
from learnpath.settings import LIBRARY_FOLDER, Settings
from learnpath.storage import library as storage_library
from learnpath.storage.errors import ReadOnlyLibraryError

_NAMES = (
    "backup",
    "check",
    "deadlines",
    "demo",
    "export",
    "gui",
    "history",
    "import",
    "issuers",
    "list",
    "look",
    "programs",
    "progress",
    "redo",
    "restore",
    "screenshots",
    "show",
    "undo",
)
_READING = (
    ("list",),
    ("programs",),
    ("issuers",),
    ("show", "1"),
    ("progress",),
    ("deadlines",),
    ("history",),
    ("check",),
)


def _run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(commands, words, catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def test_help_names_every_command_and_the_exit_codes() -> None:
    code, text, _ = _run("--help")
    assert code == 0
    listed = text.split("Commands:\n")[1].split("\n\n")[0].splitlines()
    assert tuple(line.split()[0] for line in listed) == _NAMES
    assert all(line.endswith(".") and not line.endswith("...") for line in listed)
    assert all(f"{number}: " in text for number in range(4))


@pytest.mark.parametrize("name", _NAMES)
def test_every_command_and_option_is_explained(name: str) -> None:
    command = commands.commands[name]
    assert command.help
    assert command.get_short_help_str(200).endswith(".")
    for option in command.params:
        assert not isinstance(option, click.Option) or option.help, option.name
    code, text, _ = _run(name, "-h")
    assert code == 0
    assert text.startswith(f"Usage: commands {name} [OPTIONS]")


def test_the_version_is_told() -> None:
    assert _run("--version") == (0, f"learnpath, version {__version__}\n", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--today", "2026-13-01", "list"), "2026-13-01 is no day such as 2026-11-21."),
        (("--today", "0001-01-01", "list"), "0001-01-01 is not between 1900 and 2999."),
        (("bogus",), "No such command 'bogus'."),
        (("list", "--bogus"), "No such option '--bogus'."),
        (("deadlines", "--within", "-1"), "-1 is not in the range x>=0."),
        (("history", "--limit", "0"), "0 is not in the range x>=1."),
        (("import",), "Missing argument 'FILES...'."),
    ],
)
def test_wrong_use_is_said_and_leaves_with_2(words: tuple[str, ...], said: str) -> None:
    code, out, err = _run(*words)
    assert (code, out) == (2, "")
    assert said in err
    assert "--help" in err
    code, out, err = _run(*words, "--json")
    assert (code, out) == (2, "")
    error = json.loads(err)
    assert sorted(error) == ["error", "hint"]
    assert said in error["error"]


def test_the_first_and_the_last_day_have_deadlines_and_progress(line: CommandLine) -> None:
    for today in ("1900-01-01", "2999-12-31"):
        assert line.read("deadlines", today=today) == []
        assert line.read("progress", today=today)["paths"] == []


def _foreign(folder: Path) -> None:
    folder.mkdir()
    _ = (folder / "library.learnpath").write_text("Dear diary, " * 50)


def _damaged(folder: Path) -> None:
    LibraryHouse(folder, fixed_surroundings()).open().close()
    file = folder / "library.learnpath"
    os.truncate(file, file.stat().st_size // 2)


def _newer(folder: Path) -> None:
    LibraryHouse(folder, fixed_surroundings()).open().close()
    connection = sqlite3.connect(folder / "library.learnpath")
    _ = connection.execute("PRAGMA user_version = 999")
    connection.close()


def _in_the_way(folder: Path) -> None:
    _ = folder.write_text("a file")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_foreign, "is not a Learnpath library."),
        (_damaged, "is damaged"),
        (_newer, "was made by a newer Learnpath"),
        (_in_the_way, "could not be read or written"),
    ],
)
@pytest.mark.parametrize("command", [*_READING, ("undo",), ("redo",), ("export", "csv", "out.csv")])
def test_a_library_that_cannot_be_used_is_said_and_leaves_with_3(
    line: CommandLine, make: Callable[[Path], None], said: str, command: tuple[str, ...]
) -> None:
    make(line.folder)
    result = line.run(*command)
    assert (result.exit_code, result.stdout) == (3, "")
    first, hint = result.stderr.splitlines()
    assert said in first
    if command in _READING:
        result = line.run(*command, "--json")
        assert (result.exit_code, result.stdout) == (3, "")
        assert json.loads(result.stderr) == {"error": first, "hint": hint}


def test_a_read_only_library_leaves_with_3(line: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path, *_: object) -> NoReturn:
        raise ReadOnlyLibraryError(folder)

    monkeypatch.setattr(storage_library, "_lock_folder", refuse)
    result = line.run("list", "--json")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "is read-only" in json.loads(result.stderr)["error"]


def test_a_library_in_use_is_said_with_its_holder(line: CommandLine) -> None:
    held = open_library(line.folder)
    try:
        result = line.run("import", __file__)
    finally:
        held.close()
    assert (result.exit_code, result.stdout) == (3, "")
    assert f"is open in another Learnpath (process {os.getpid()} on " in result.stderr
    assert line.run("list").exit_code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has folder names that are no text")
def test_a_folder_whose_name_is_no_text_is_said(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    result = run_process(folder, "list", "--json")
    assert (result.returncode, result.stdout) == (3, b"")
    assert "its name is no UTF-8 text" in json.loads(result.stderr)["error"]
    result = run_process(folder, "list")
    assert "caf\ufffd" in result.stderr.decode()


def test_the_library_of_the_settings_is_used_without_an_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEARNPATH_HOME", str(tmp_path / "home"))
    assert _run("check", "--json")[0] == 0
    assert [path.name for path in (tmp_path / "home").rglob("library.learnpath")] == ["library.learnpath"]
    Settings(main.find_paths(os.environ).settings_file).set(LIBRARY_FOLDER, str(tmp_path / "mine"))
    assert _run("check", "--json")[0] == 0
    assert (tmp_path / "mine" / "library.learnpath").exists()


def test_settings_that_cannot_be_read_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEARNPATH_HOME", str(tmp_path))
    main.find_paths(os.environ).settings_file.mkdir(parents=True)
    code, out, err = _run("list", "--json")
    assert (code, out) == (2, "")
    assert "settings could not be read" in json.loads(err)["error"]


def test_stopping_a_command_says_so(line: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("learnpath.cli.context.open_library", stop)
    result = line.run("list")
    assert (result.exit_code, result.stdout, result.stderr.strip()) == (1, "", "Stopped.")


def test_a_bug_is_not_hidden(line: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> NoReturn:
        raise ZeroDivisionError

    monkeypatch.setattr("learnpath.cli.context.open_library", fail)
    with pytest.raises(ZeroDivisionError):
        _ = line.run("list")


def test_the_window_is_opened_by_gui_or_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[tuple[Path | None, object, Sequence[Path]]] = []

    def open_window(folder: Path | None, today: object, files: Sequence[Path]) -> int:
        asked.append((folder, today, tuple(files)))
        return 7

    monkeypatch.setattr(app, "run_window", open_window)
    assert _run("--library", str(tmp_path))[0] == 7
    assert _run("--library", str(tmp_path), "gui", "a.csv", "b.csv")[0] == 7
    assert asked == [(tmp_path, None, ()), (tmp_path, None, (Path("a.csv"), Path("b.csv")))]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
@pytest.mark.parametrize("words", [(), ("gui",)])
def test_without_a_display_the_window_says_one_sentence(tmp_path: Path, words: tuple[str, ...]) -> None:
    environment = process_environment()
    del environment["QT_QPA_PLATFORM"]
    plain = [sys.executable, "-m", "learnpath", *words]
    for command in (plain, command_words(tmp_path / "library", *words)):
        result = subprocess.run(command, capture_output=True, env=environment, timeout=60)
        assert (result.returncode, result.stdout) == (2, b"")
        assert result.stderr.decode().splitlines()[0] == "There is no display to open a window on."
    assert not (tmp_path / "library").exists()


def test_the_plain_start_does_not_load_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "run_plain_window", lambda: 5)
    for words in (["learnpath"], ["learnpath", "gui"]):
        monkeypatch.setattr(sys, "argv", words)
        with pytest.raises(SystemExit) as left:
            __main__.main()
        assert left.value.code == 5
    monkeypatch.setattr(sys, "argv", ["learnpath", "--version"])
    with pytest.raises(SystemExit) as left:
        __main__.main()
    assert left.value.code == 0


def test_a_closed_pipe_ends_a_command_quietly(line: CommandLine) -> None:
    _ = line.run("check")
    process = subprocess.Popen(
        command_words(line.folder, "history", "--json"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=process_environment(),
    )
    assert process.stdout is not None
    process.stdout.close()
    _, told = process.communicate(timeout=60)
    assert b"Traceback" not in told


def test_an_error_knows_its_exit_code(line: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise KnownError("A sentence.")

    monkeypatch.setattr("learnpath.cli.context.open_library", refuse)
    result = line.run("list")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "A sentence.\n")


def test_a_library_moves_with_its_folder(line: CommandLine, tmp_path: Path) -> None:
    _ = line.done("check")
    moved = tmp_path / "Új mappa – 日本"
    _ = shutil.move(line.folder, moved)
    assert CommandLine(moved).read("check")["ok"] is True
