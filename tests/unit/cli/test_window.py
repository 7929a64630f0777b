import io
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from tests.command_line import CommandLine, process_environment

from learnpath import app
from learnpath.errors import KnownError
from learnpath.services.libraries import open_library

_PNG = b"\x89PNG\r\n\x1a\n"


def _demo(out: Path, **changes: str) -> str:
    words = [sys.executable, "-m", "learnpath", "--today", "2026-11-21", "demo", "--out", str(out)]
    result = subprocess.run(words, capture_output=True, env=process_environment(**changes), timeout=110)
    assert (result.returncode, result.stderr) == (0, b""), result.stderr.decode()
    return result.stdout.decode()


@pytest.mark.timeout(240)
def test_the_demo_does_its_work_without_a_display_and_again(tmp_path: Path) -> None:
    out = tmp_path / "de mo"
    first = _demo(out)
    assert "Sample library with 25 credentials: " in first
    assert "Imported program-list.csv: 12 new, 0 updated, 0 same, 0 to decide, 1 broken\n  line 11: no title\n" in first
    assert "\nNext deadlines:\n  18 Nov 2026  3 days ago   Claim AZ-104 exam fee: " in first
    assert "\nCloud Security Engineer: " in first
    assert first.endswith(f"Open it on a desktop: learnpath --library '{out / 'library'}'\n")
    with pikepdf.open(io.BytesIO((out / "portfolio.pdf").read_bytes())) as pdf:
        assert len(pdf.pages) >= 2
        assert "/StructTreeRoot" in pdf.Root
    pictures = sorted((out / "screens").iterdir())
    assert f"Pictures of {len(pictures)} screens" in first
    assert "overview.png" in {picture.name for picture in pictures}
    contents = {picture.read_bytes() for picture in pictures}
    assert len(contents) == len(pictures)
    assert all(content.startswith(_PNG) and len(content) > 5_000 for content in contents)

    line = CommandLine(out / "library")
    before, pdf_before = line.contents(), (out / "portfolio.pdf").read_bytes()
    again = _demo(out)
    assert "0 new, 0 updated, 12 same" in again
    after = line.contents()
    assert after == before
    assert (out / "portfolio.pdf").read_bytes() == pdf_before
    assert line.read("check")["ok"] is True


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_no_window_is_opened_where_nobody_sees_it() -> None:
    assert app.has_display({}) is False
    assert app.has_display({"QT_QPA_PLATFORM": "offscreen"}) is False
    assert app.has_display({"QT_QPA_PLATFORM": "minimal:enable_fonts"}) is False


def test_the_demo_opens_the_window_where_there_is_a_display(
    tmp_path: Path, line: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def open_window(folder: Path, *_: object) -> int:
        open_library(folder).close()
        opened.append(folder)
        return 0

    def find_display(_environ: object) -> bool:
        return True

    def write(*_: object) -> list[Path]:
        return []

    monkeypatch.setattr(app, "has_display", find_display)
    monkeypatch.setattr(app, "write_screenshots", write)
    monkeypatch.setattr(app, "run_window", open_window)
    out = tmp_path / "demo"
    text = line.done("demo", "--out", out)
    assert opened == [out / "library"]
    assert "Open it on a desktop" not in text
    assert "Open it on a desktop" in line.done("demo", "--out", out, "--no-window")
    assert len(opened) == 1


def test_screenshots_are_written_as_asked(tmp_path: Path, line: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []

    def write(*arguments: object) -> list[Path]:
        asked.append(arguments[2:])
        return [tmp_path / "overview.png"]

    monkeypatch.setattr(app, "write_screenshots", write)
    out = tmp_path / "shots"
    assert line.done("screenshots", out) == f"Wrote 1 picture into {out}.\n"
    _ = line.done("screenshots", out, "--theme", "dark", "--size", "900x600", "--scale", "2", "--text", "1.5")
    assert asked == [(out, "light", (1320, 840), 1.0, 1.0), (out, "dark", (900, 600), 2.0, 1.5)]


@pytest.mark.parametrize("size", ["900", "900x", "x600", "0x0", "-900x600", "99999x600", "900x600x1", "９００x600"])
def test_a_size_that_is_none_is_wrong_use(tmp_path: Path, line: CommandLine, size: str) -> None:
    result = line.run("screenshots", tmp_path / "shots", "--size", size)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"“{size}” is no size of a window." in result.stderr


def test_missing_system_libraries_leave_pdf_and_progress(
    tmp_path: Path, line: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> list[Path]:
        raise KnownError("Qt needs system libraries that are missing.")

    monkeypatch.setattr(app, "write_screenshots", refuse)
    result = line.run("demo", "--out", tmp_path / "demo")
    assert result.exit_code == 1
    assert "Next deadlines:" in result.stdout
    assert (tmp_path / "demo" / "portfolio.pdf").exists()
    assert "Qt needs system libraries" in result.stderr
