"""Files that are whole or not there, for their owner alone."""

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from learnpath.storage import private_files
from learnpath.storage.private_files import copy_file, make_folder, part_beside, remove_parts, write_file

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


@pytest.mark.usefixtures("needs_file_modes")
def test_what_is_made_is_for_the_owner_alone(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        make_folder(tmp_path / "folder")
        write_file(tmp_path / "folder" / "one", b"x" * 3_000_000)
        copy_file(tmp_path / "folder" / "one", tmp_path / "folder" / "two")
        private_files.create_file(tmp_path / "folder" / "three")
    finally:
        _ = os.umask(old)
    assert stat.S_IMODE((tmp_path / "folder").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "folder").iterdir()} == {0o600}
    assert (tmp_path / "folder" / "two").read_bytes() == b"x" * 3_000_000


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, source = tmp_path / "file", tmp_path / "source"
    write_file(target, b"old")
    write_file(source, b"new")

    def refuse(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="No space"):
        write_file(target, b"new")
    with pytest.raises(OSError, match="No space"):
        copy_file(source, target)
    assert target.read_bytes() == b"old"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["file", "source"]


def _held(times: int, winerror: int | None) -> object:
    left = [times]
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if left[0]:
            left[0] -= 1
            error = PermissionError(13, "held")
            error.winerror = winerror  # pyright: ignore[reportAttributeAccessIssue]
            raise error
        return real(self, target)

    return replace


def test_a_file_held_for_a_moment_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "new").write_bytes(b"new")
    paused: list[float] = []
    monkeypatch.setattr(Path, "replace", _held(4, 32))
    private_files.replace_file(tmp_path / "new", tmp_path / "file", paused.append)
    assert (tmp_path / "file").read_bytes() == b"new"
    assert len(paused) == 4


@pytest.mark.parametrize(("times", "winerror", "pauses"), [(99, 5, 6), (99, None, 0), (99, 2, 0)])
def test_a_file_held_for_long_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int, winerror: int | None, pauses: int
) -> None:
    (tmp_path / "new").write_bytes(b"new")
    (tmp_path / "file").write_bytes(b"old")
    paused: list[float] = []
    monkeypatch.setattr(Path, "replace", _held(times, winerror))
    with pytest.raises(PermissionError):
        private_files.replace_file(tmp_path / "new", tmp_path / "file", paused.append)
    assert len(paused) == pauses
    assert sum(paused) <= 2.6
    assert (tmp_path / "file").read_bytes() == b"old"


def test_what_a_crashed_run_left_goes(tmp_path: Path) -> None:
    file, folder, ours = (part_beside(tmp_path) for _ in range(3))
    _ = file.write_bytes(b"half")
    folder.mkdir()
    _ = (folder / "library.learnpath").write_bytes(b"half")
    _ = (tmp_path / f"{ours.name}-journal").write_bytes(b"half")
    _ = (tmp_path / "thesis.part").write_bytes(b"not ours")
    assert remove_parts((tmp_path, tmp_path / "nowhere")) == 3
    assert {path.name for path in tmp_path.iterdir()} == {"thesis.part"}
