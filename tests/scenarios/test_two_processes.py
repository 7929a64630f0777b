"""Processes that meet at one library, and processes that are killed."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.command_line import CommandLine, command_words, process_environment, run_process

from learnpath.domain.contents import LibraryContents

_HOLD = """
import sys
from pathlib import Path
from learnpath.services.libraries import open_library

library = open_library(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
library.close()
"""
# Imports a file and kills itself without warning once so many records are written, the change not yet finished.
_DIE_WITHIN = """
import os
import signal
import sys
from pathlib import Path
from learnpath.services.importing import apply_previews, preview_file
from learnpath.services.libraries import open_library

def die(done, total):
    if done >= int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

library = open_library(Path(sys.argv[1]))
apply_previews(library, [preview_file(library, "courses.csv", Path(sys.argv[2]).read_bytes())], die)
"""
_ROWS = 3_000
_KILLS = 5


def test_a_second_process_is_refused_while_the_first_holds_the_library(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=process_environment(),
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline().strip() == b"held"
        result = run_process(folder, "list")
        assert (result.returncode, result.stdout) == (3, b"")
        first, hint = result.stderr.decode().splitlines()
        assert first.startswith(f"The library in {folder} is open in another Learnpath (process {holder.pid} on ")
        assert hint == "Use that window, or close it and try again. Nothing was changed."
        result = run_process(folder, "list", "--json")
        assert (result.returncode, result.stdout) == (3, b"")
        assert json.loads(result.stderr) == {"error": first, "hint": hint}
        holder.stdin.close()
        assert holder.wait(30) == 0
    result = run_process(folder, "list", "--json")
    assert (result.returncode, json.loads(result.stdout)) == (0, [])


def _table(file: Path) -> None:
    rows = (
        f"Course {number},Academy {number % 40},C-{number},{number % 90 + 1},Text {number}" for number in range(_ROWS)
    )
    _ = file.write_text("\n".join(("Course,Provider,Code,Effort (hours),Description", *rows)), encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is what POSIX systems have")
@pytest.mark.parametrize("written", [1, 2_000, _ROWS])
def test_a_process_killed_before_its_change_is_finished_leaves_nothing(tmp_path: Path, written: int) -> None:
    file, mine = tmp_path / "courses.csv", tmp_path / "mine.csv"
    _table(file)
    _ = mine.write_text("Title,Issuer,Issue date\nCloud Basics,Guild,2025-01-02\n")
    line = CommandLine(tmp_path / "library")
    _ = line.done("import", mine)
    before = line.contents()
    words = [sys.executable, "-c", _DIE_WITHIN, str(line.folder), str(file), str(written)]
    assert subprocess.run(words, env=process_environment(), timeout=60).returncode == -signal.SIGKILL
    assert line.contents() == before
    assert line.read("check")["ok"] is True
    assert len(line.read("history")) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is what POSIX systems have")
def test_a_process_killed_in_the_middle_of_an_import_leaves_all_or_nothing(tmp_path: Path) -> None:
    file, mine = tmp_path / "courses.csv", tmp_path / "mine.csv"
    _table(file)
    _ = mine.write_text("Title,Issuer,Issue date\nCloud Basics,Guild,2025-01-02\n")
    line = CommandLine(tmp_path / "library")
    _ = line.done("import", mine)
    before = line.contents()

    started = time.monotonic()
    assert run_process(line.folder, "import", file).returncode == 0
    whole_run = time.monotonic() - started
    after = line.contents()
    _ = line.done("undo")
    assert line.contents() == before

    choose = random.Random(20261121)
    for _ in range(_KILLS):
        process = subprocess.Popen(
            command_words(line.folder, "import", file),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=process_environment(),
        )
        try:
            _ = process.wait(whole_run * choose.uniform(0.35, 0.95))
        except subprocess.TimeoutExpired:
            process.kill()
        _ = process.wait(30)
        checked = run_process(line.folder, "check", "--json")
        assert (checked.returncode, json.loads(checked.stdout)["problems"]) == (0, [])
        found = line.contents()
        if found != before:
            assert _names(found) == _names(after)
            _ = line.done("undo")
            assert line.contents() == before
    assert run_process(line.folder, "import", file).returncode == 0
    assert _names(line.contents()) == _names(after)


def _names(contents: LibraryContents) -> tuple[list[str], list[str], int, int]:
    programs = sorted(f"{one.name} {one.human_code} {one.estimated_minutes}" for one in contents.programs)
    issuers = sorted(one.name for one in contents.issuers)
    return programs, issuers, len(contents.credentials), len(contents.imports)
