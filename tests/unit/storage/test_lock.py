"""Two computers on one synced folder: noticed by the lock file, refused with a way out."""

import json
import os
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.library_fixtures import NOW, LibraryHouse, fixed_surroundings

from learnpath.storage.errors import LibraryElsewhereError
from learnpath.storage.lock import SEEN_COUNTS_FOR, LibraryLock


def _lock_of(host: str, seen: object) -> str:
    return json.dumps({"process": 7, "host": host, "since": "2026-11-21 09:00 UTC", "seen": seen})


def _house_at(folder: Path, now: datetime) -> LibraryHouse:
    return LibraryHouse(folder, replace(fixed_surroundings(), now=lambda: now))


@pytest.mark.parametrize("age", [timedelta(0), timedelta(minutes=29), timedelta(hours=-2), timedelta(hours=-25)])
def test_a_library_seen_on_another_computer_is_refused(house: LibraryHouse, age: timedelta) -> None:
    house.folder.mkdir()
    text = _lock_of("laptop", (NOW - age).isoformat())
    _ = (house.folder / "library.lock").write_text(text)
    with pytest.raises(LibraryElsewhereError) as caught:
        _ = house.open()
    assert caught.value.holder == "laptop"
    assert caught.value.exit_code == 3
    assert "is open on another computer (laptop, last seen 2026-11-2" in caught.value.message
    assert "library.lock" in caught.value.hint
    # Refusing leaves the other's sign of life as it was, so that the next look refuses too.
    assert (house.folder / "library.lock").read_text() == text
    # The way out.
    (house.folder / "library.lock").unlink()
    house.open().close()


@pytest.mark.parametrize("age", [SEEN_COUNTS_FOR, timedelta(days=400), timedelta(days=-2), timedelta(days=-40_000)])
def test_an_old_sign_and_one_from_a_wrong_clock_mean_nothing(house: LibraryHouse, age: timedelta) -> None:
    house.folder.mkdir()
    _ = (house.folder / "library.lock").write_text(_lock_of("laptop", (NOW - age).isoformat()))
    house.open().close()


@pytest.mark.parametrize("seen", ["", "yesterday", 7, None, "2026-11-21T09:30:00"])
def test_a_sign_that_cannot_be_read_means_nothing(house: LibraryHouse, seen: object) -> None:
    house.folder.mkdir()
    _ = (house.folder / "library.lock").write_text(_lock_of("laptop", seen))
    house.open().close()


def test_a_crash_on_this_computer_frees_the_library_at_once(house: LibraryHouse) -> None:
    house.folder.mkdir()
    _ = (house.folder / "library.lock").write_text(_lock_of("test", NOW.isoformat()))
    house.open().close()


def test_a_closed_library_shows_no_sign(house: LibraryHouse) -> None:
    opened = house.open()
    assert json.loads((house.folder / "library.lock").read_text())["host"] == "test"
    opened.close()
    assert (house.folder / "library.lock").read_bytes() == b""
    other = LibraryHouse(house.folder, replace(house.around, device="laptop"))
    other.open().close()


def test_the_beat_keeps_the_sign_fresh(tmp_path: Path) -> None:
    moment = [NOW]
    house = LibraryHouse(tmp_path / "library", replace(fixed_surroundings(), now=lambda: moment[0]))
    opened = house.open()
    moment[0] += timedelta(hours=3)
    opened.beat()
    told = json.loads((house.folder / "library.lock").read_text())
    assert told["seen"] == "2026-11-21T12:30:00+00:00"
    assert told["since"] == "2026-11-21 09:30 UTC"
    opened.close()
    opened.beat()
    assert (house.folder / "library.lock").read_bytes() == b""


def test_a_disk_that_refuses_the_last_word_does_not_hold_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = LibraryLock.take(tmp_path, host="test", now=NOW)

    def refuse(_descriptor: int, _size: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "ftruncate", refuse)
        lock.release()
    LibraryLock.take(tmp_path, host="test", now=NOW).release()


def test_what_a_crashed_run_left_goes_when_the_library_opens(tmp_path: Path) -> None:
    house = _house_at(tmp_path / "library", NOW)
    house.open().close()
    left = [
        house.folder / ".0123456789abcdef.part",
        house.folder / "files" / ".0123456789abcdef.part",
        house.folder / "backups" / ".0123456789abcdef.part",
    ]
    (house.folder / "backups").mkdir()
    for file in left:
        _ = file.write_bytes(b"half")
    house.open().close()
    assert not any(file.exists() for file in left)
