"""What a PDF does to the process that reads it never reaches the app."""

import io
import json
import sys
import time
from pathlib import Path

import pytest
from tests.command_line import CommandLine
from tests.mutants.run import HANG_SECONDS, answer
from tests.unit.interchange.list_files import CERTIFICATE, pdf
from tests.unit.interchange.personal.hostile_pdfs import HOSTILE, damaged_pdfs

from learnpath.errors import KnownError
from learnpath.interchange.formats import parse_file
from learnpath.interchange.personal import pdf_process
from learnpath.interchange.personal.pdf_process import text_of_pdf
from learnpath.interchange.personal.pdf_text import answer_once, read_text

CRASH = "import os; os.abort()"
SLEEP = "import time; time.sleep(60)"
NONSENSE = "print('{\"text')"
SILENCE = "pass"
GREED = (
    "from learnpath.interchange.personal.pdf_text import limit_process; limit_process(); "
    'kept = [bytes(1 << 28) for _ in range(8)]; print(\'{"text": "got it all"}\')'
)


def double(code: str) -> list[str]:
    """Return a command that stands in for the reader."""
    return [sys.executable, "-c", code]


@pytest.mark.parametrize("code", [CRASH, NONSENSE, SILENCE, "import sys; sys.exit(3)"])
def test_a_reader_that_dies_leaves_a_sentence(code: str) -> None:
    with pytest.raises(KnownError, match="reading it broke off") as caught:
        _ = text_of_pdf(CERTIFICATE, double(code))
    assert "by hand" in caught.value.hint
    assert "Weaving" in text_of_pdf(CERTIFICATE)


def test_a_reader_that_is_late_is_ended() -> None:
    started = time.monotonic()
    with pytest.raises(KnownError, match=r"longer than 0\.3 seconds to read"):
        _ = text_of_pdf(CERTIFICATE, double(SLEEP), seconds=0.3)
    assert time.monotonic() - started < 10


def test_a_reader_that_does_not_start_leaves_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="did not start") as caught:
        _ = text_of_pdf(CERTIFICATE, [str(tmp_path / "missing")])
    assert caught.value.hint


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_a_reader_gets_only_so_much_memory() -> None:
    with pytest.raises(KnownError, match="broke off"):
        _ = text_of_pdf(CERTIFICATE, double(GREED))


def test_what_the_reader_refuses_is_said() -> None:
    with pytest.raises(KnownError, match="has 51 pages") as caught:
        _ = text_of_pdf(pdf(["Weaving"], pages=51))
    assert caught.value.hint


def test_the_reader_answers_in_json() -> None:
    for data, told in ((CERTIFICATE, {"text": read_text(CERTIFICATE)}), (b"%PDF-", {"message", "hint"})):
        out = io.BytesIO()
        answer_once(io.BytesIO(data), out)
        answer = json.loads(out.getvalue())
        assert answer == told or set(answer) == told


def test_no_module_of_the_folder_one_is_in_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _ = (tmp_path / "json.py").write_text("raise SystemExit(1)")
    monkeypatch.chdir(tmp_path)
    assert "Weaving" in text_of_pdf(CERTIFICATE)


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for the program is a script")
def test_an_installed_app_starts_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "Learnpath app"
    _ = program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m learnpath "$@"\n')
    program.chmod(0o755)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    assert "Weaving" in text_of_pdf(CERTIFICATE)


def test_the_command_line_goes_on_after_a_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_process, "_own_command", lambda: double(CRASH))
    line = CommandLine(tmp_path / "library")
    file = tmp_path / "certificate.pdf"
    _ = file.write_bytes(CERTIFICATE)
    result = line.run("import", file)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "broke off. Nothing was imported." in result.stderr
    assert line.contents().credentials == ()


# Each of them ended the app itself, after taking gigabytes, when it was read there.
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
@pytest.mark.parametrize("name", ["a form that shows itself", "deep marks in a page"])
def test_pages_that_never_end_are_refused(name: str) -> None:
    with pytest.raises(KnownError, match=r"broke off|longer than 5 seconds"):
        _ = parse_file(HOSTILE[name], "x.pdf")


@pytest.mark.heavy
@pytest.mark.timeout(600)
def test_a_hundred_hostile_pdfs_are_read_or_refused() -> None:
    files = [*HOSTILE.values(), *damaged_pdfs(100 - len(HOSTILE))]
    assert len(files) == 100
    read = 0
    for data in files:
        started = time.monotonic()
        read += answer(data, "pdf_certificate")
        assert time.monotonic() - started < HANG_SECONDS
    assert 20 < read < 90
