"""What a person meets when a library cannot be opened or written: one sentence each, and nothing is lost."""

import errno
import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest
from tests.library_fixtures import NOW, LibraryHouse, planned

from learnpath.domain.records import Credential, Tag
from learnpath.errors import LibraryError
from learnpath.storage import errors, library, lock
from learnpath.storage.database import APPLICATION_ID
from learnpath.storage.errors import (
    DamagedLibraryError,
    DiskFullError,
    ForeignFileError,
    LibraryAccessError,
    LibraryInUseError,
    NewerLibraryError,
    ReadOnlyLibraryError,
)
from learnpath.storage.migrations import SCHEMA_VERSION

_SOURCE = Path(__file__).parents[3] / "src"


def _file(house: LibraryHouse) -> Path:
    return house.folder / "library.learnpath"


def _made(house: LibraryHouse, titles: int = 1) -> None:
    opened = house.open()
    with opened.change("Add") as change:
        _ = change.insert_many([planned(f"Title {number}", notes="note " * 200) for number in range(titles)])
    opened.close()


def _refused(house: LibraryHouse, expected: type[LibraryError]) -> LibraryError:
    """Return the one error, after looking that its sentence is one and that no lock stayed behind."""
    before = _bytes(house)
    with pytest.raises(expected) as caught:
        _ = house.open()
    assert type(caught.value) is expected
    assert caught.value.exit_code == 3
    assert caught.value.message.endswith(".")
    assert caught.value.hint.endswith(".")
    assert "\n" not in caught.value.message + caught.value.hint
    assert _bytes(house) == before
    if house.folder.is_dir():
        lock.LibraryLock.take(house.folder, host="test", now=NOW).release()
    return caught.value


def _bytes(house: LibraryHouse) -> bytes | None:
    return _file(house).read_bytes() if _file(house).is_file() else None


def _python(house: LibraryHouse, program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, str(house.folder)],
        env={**os.environ, "PYTHONPATH": str(_SOURCE)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_new_library_is_made_with_its_folders(house: LibraryHouse) -> None:
    opened = house.open()
    opened.close()
    assert sorted(one.name for one in house.folder.iterdir()) == [
        "files",
        "library.learnpath",
        "library.learnpath-journal",
        "library.lock",
    ]
    header = _file(house).read_bytes()[:100]
    assert header[68:72] == b"LPTH"
    assert int.from_bytes(header[60:64], "big") == SCHEMA_VERSION


@pytest.mark.usefixtures("needs_file_modes")
def test_a_library_is_for_its_owner_alone(house: LibraryHouse) -> None:
    old = os.umask(0)
    try:
        opened = house.open()
        opened.close()
    finally:
        os.umask(old)
    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in house.folder.iterdir()}
    assert modes.pop("files") == 0o700
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(house.folder.stat().st_mode) == 0o700


def test_the_safety_settings_are_those_of_every_connection(house: LibraryHouse) -> None:
    opened = house.open()
    for _ in range(2):
        settings = {
            name: opened.rows(f"PRAGMA {name}")[0][0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "cell_size_check")
        }
        assert settings == {
            "journal_mode": "truncate",
            "synchronous": 3,
            "foreign_keys": 1,
            "trusted_schema": 0,
            "cell_size_check": 1,
        }
        opened.close_thread()
    opened.close()


def test_closing_twice_is_closing_once(house: LibraryHouse) -> None:
    opened = house.open()
    opened.close()
    opened.close()
    again = house.open()
    opened.close()
    with pytest.raises(LibraryInUseError):
        _ = house.open()
    again.close()


def test_a_library_that_is_open_here_is_not_opened_again(house: LibraryHouse) -> None:
    opened = house.open()
    with pytest.raises(LibraryInUseError) as caught:
        _ = house.open()
    opened.close()
    assert caught.value.exit_code == 3
    assert caught.value.holder == f"process {os.getpid()} on test, since 2026-11-21 09:30 UTC"
    house.open().close()


def test_a_library_that_is_open_here_is_not_opened_by_another_process(house: LibraryHouse) -> None:
    program = """
import pathlib, sys
from learnpath.errors import LibraryError
from learnpath.services.libraries import open_library
try:
    open_library(pathlib.Path(sys.argv[1])).close()
except LibraryError as error:
    print(error.message)
    sys.exit(error.exit_code)
"""
    opened = house.open()
    refused = _python(house, program)
    opened.close()
    assert refused.returncode == 3, refused.stderr
    assert f"is open in another Learnpath (process {os.getpid()} on test" in refused.stdout
    assert _python(house, program).returncode == 0


@pytest.mark.parametrize("text", ["", "[]", "{}", "no json"])
def test_a_lock_that_says_nothing_still_holds(house: LibraryHouse, text: str) -> None:
    opened = house.open()
    _ = (house.folder / "library.lock").write_text(text)
    with pytest.raises(LibraryInUseError, match=r"another Learnpath \(another process\)"):
        _ = house.open()
    opened.close()


SEEN = "2026-11-21T09:30:00+00:00"


def test_the_lock_says_who_holds_it(house: LibraryHouse) -> None:
    opened = house.open()
    told = json.loads((house.folder / "library.lock").read_text())
    assert told == {"process": os.getpid(), "host": "test", "since": "2026-11-21 09:30 UTC", "seen": SEEN}
    opened.close()


def _text_file(file: Path) -> None:
    _ = file.write_text("Dear diary, " * 50)


def _short_file(file: Path) -> None:
    _ = file.write_bytes(b"S")


def _other_database(file: Path) -> None:
    connection = sqlite3.connect(file)
    _ = connection.execute("CREATE TABLE bookmark (title)")
    connection.close()


def _other_database_in_wal(file: Path) -> None:
    connection = sqlite3.connect(file)
    _ = connection.execute("PRAGMA journal_mode = wal")
    _ = connection.execute("CREATE TABLE bookmark (title)")
    connection.close()


@pytest.mark.parametrize("make", [_text_file, _short_file, _other_database, _other_database_in_wal, Path.mkdir])
def test_what_is_no_library_is_left_as_it_is(house: LibraryHouse, make: Callable[[Path], None]) -> None:
    house.folder.mkdir()
    make(_file(house))
    error = _refused(house, ForeignFileError)
    assert "is not a Learnpath library" in error.message


def test_an_empty_file_becomes_a_library(house: LibraryHouse) -> None:
    house.folder.mkdir()
    _file(house).touch()
    opened = house.open()
    assert opened.problems() == []
    opened.close()


@pytest.mark.parametrize("place", ["", "files"])
def test_a_file_in_place_of_a_folder_is_said(house: LibraryHouse, place: str) -> None:
    house.folder.parent.mkdir(exist_ok=True)
    if place:
        house.folder.mkdir()
    _ = (house.folder / place).write_text("in the way")
    error = _refused(house, LibraryAccessError)
    assert "could not be read or written" in error.message


def _set_version(house: LibraryHouse, version: int) -> None:
    connection = apsw.Connection(str(_file(house)))
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()


def test_a_newer_library_is_not_touched(house: LibraryHouse) -> None:
    _made(house)
    _set_version(house, SCHEMA_VERSION + 1)
    error = _refused(house, NewerLibraryError)
    assert f"(schema {SCHEMA_VERSION + 1}, this one knows {SCHEMA_VERSION})" in error.message


@pytest.mark.parametrize("version", [0, -1])
def test_a_library_without_a_schema_version_is_damaged(house: LibraryHouse, version: int) -> None:
    _made(house)
    _set_version(house, version)
    _ = _refused(house, DamagedLibraryError)


def test_a_truncated_library_is_damaged(house: LibraryHouse) -> None:
    _made(house, 50)
    os.truncate(_file(house), _file(house).stat().st_size // 2)
    _ = _refused(house, DamagedLibraryError)


@pytest.mark.parametrize("size", [1, 50, 100, 1000])
def test_a_library_cut_to_its_first_bytes_is_refused(house: LibraryHouse, size: int) -> None:
    _made(house)
    os.truncate(_file(house), size)
    with pytest.raises(LibraryError) as caught:
        _ = house.open()
    assert type(caught.value) in {DamagedLibraryError, ForeignFileError}
    assert _file(house).stat().st_size == size


def test_bytes_flipped_in_the_middle_are_damage_wherever_they_are(house: LibraryHouse) -> None:
    _made(house, 30)
    whole = _file(house).read_bytes()
    page = int.from_bytes(whole[16:18], "big")
    refused = 0
    for start in range(page, len(whole), page):
        damaged = bytearray(whole)
        damaged[start : start + 16] = bytes(byte ^ 0xFF for byte in damaged[start : start + 16])
        _ = _file(house).write_bytes(damaged)
        try:
            opened = house.open()
            try:
                if problems := opened.problems():
                    refused += 1
                    assert all(problems)
                _ = opened.contents()
            finally:
                opened.close()
        except DamagedLibraryError:
            refused += 1
    assert refused >= len(whole) // page // 2
    _ = _file(house).write_bytes(whole)
    opened = house.open()
    assert len(opened.all(Credential)) == 30
    opened.close()


def test_a_creation_that_was_cut_off_is_made_again(house: LibraryHouse, tmp_path: Path) -> None:
    # What lies on the disk when the computer stops while the first transaction is being written.
    made = tmp_path / "made"
    connection = apsw.Connection(str(made))
    mark = f"PRAGMA application_id = {APPLICATION_ID}"
    _ = connection.execute(f"PRAGMA journal_mode = truncate; BEGIN; {mark}").fetchall()
    connection.execute("CREATE TABLE profile (id INTEGER PRIMARY KEY) STRICT")
    connection.cache_flush()
    house.folder.mkdir()
    _ = shutil.copy(made, _file(house))
    _ = shutil.copy(f"{made}-journal", f"{_file(house)}-journal")
    connection.close()
    assert _file(house).stat().st_size > 0

    opened = house.open()
    assert opened.problems() == []
    opened.close()


def test_a_change_that_was_cut_off_is_taken_back(house: LibraryHouse, tmp_path: Path) -> None:
    _made(house, 100)
    connection = apsw.Connection(str(_file(house)))
    _ = connection.execute("PRAGMA journal_mode = truncate; PRAGMA cache_size = 2; BEGIN").fetchall()
    connection.execute("UPDATE credential SET level = 'half done'")
    copy = LibraryHouse(tmp_path / "copy", house.around)
    copy.folder.mkdir()
    for ending in ("", "-journal"):
        _ = shutil.copy(f"{_file(house)}{ending}", f"{_file(copy)}{ending}")
    connection.close()
    assert b"half done" in _file(copy).read_bytes()

    opened = copy.open()
    assert {one.level for one in opened.all(Credential)} == {""}
    assert opened.problems() == []
    opened.close()


@pytest.mark.parametrize("journal", [b"", b"no journal"])
def test_a_file_of_zeros_is_no_library(house: LibraryHouse, journal: bytes) -> None:
    house.folder.mkdir()
    _ = _file(house).write_bytes(bytes(8192))
    _ = (house.folder / "library.learnpath-journal").write_bytes(journal)
    _ = _refused(house, ForeignFileError)


def _refuse_with(code: int) -> Callable[..., None]:
    def refuse(*_arguments: object, **_named: object) -> None:
        raise OSError(code, os.strerror(code))

    return refuse


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (errno.EACCES, ReadOnlyLibraryError),
        (errno.EROFS, ReadOnlyLibraryError),
        (errno.EPERM, ReadOnlyLibraryError),
        (errno.ENOSPC, DiskFullError),
        (errno.EDQUOT, DiskFullError),
        (errno.EIO, LibraryAccessError),
    ],
)
@pytest.mark.parametrize("call", ["mkdir", "open", "touch", "ftruncate", "write"])
def test_what_the_system_refuses_is_said(
    house: LibraryHouse, monkeypatch: pytest.MonkeyPatch, call: str, code: int, expected: type[LibraryError]
) -> None:
    if call == "open":
        _made(house)
    refuse = _refuse_with(code)
    with monkeypatch.context() as patch:
        patch.setattr(os if call in {"ftruncate", "write"} else Path, call, refuse)
        with pytest.raises(expected) as caught:
            _ = house.open()
    assert type(caught.value) is expected
    assert caught.value.exit_code == 3
    house.open().close()


@pytest.mark.usefixtures("needs_file_modes")
def test_a_read_only_folder_is_said(house: LibraryHouse) -> None:
    if os.geteuid() == 0:
        pytest.skip("nothing is read-only for root; the refusals of the system are simulated above")
    house.folder.mkdir(mode=0o500)
    try:
        _ = _refused(house, ReadOnlyLibraryError)
    finally:
        house.folder.chmod(0o700)


def test_a_full_disk_takes_the_last_change_back_and_keeps_the_rest(house: LibraryHouse) -> None:
    _made(house)
    opened = house.open()
    opened.rows("PRAGMA max_page_count = 1")
    (pages,) = opened.rows("PRAGMA page_count")[0]
    _ = opened.rows(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(DiskFullError) as caught, opened.change("Too much") as change:
        _ = change.insert_many([planned("big", notes="x" * 5000) for _ in range(50)])

    assert "full" in caught.value.message
    assert len(opened.all(Credential)) == 1
    assert [entry.label for entry in opened.history()] == ["Add"]
    _ = opened.rows("PRAGMA max_page_count = 1000000")
    with opened.change("Fits again") as change:
        _ = change.insert(Tag(name="x"))
    assert opened.problems() == []
    opened.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
def test_a_disk_without_room_for_a_library_is_said_and_leaves_no_half_of_one(house: LibraryHouse) -> None:
    # A limit on the size of files is refused by the system in the middle of a write, as a full disk is.
    program = """
import pathlib, resource, signal, sys
from learnpath.errors import LibraryError
from learnpath.services.libraries import open_library
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20000, resource.RLIM_INFINITY))
try:
    open_library(pathlib.Path(sys.argv[1]))
except LibraryError as error:
    print(type(error).__name__, error.message)
    sys.exit(error.exit_code)
"""
    refused = _python(house, program)
    assert refused.returncode == 3, refused.stderr
    assert re.match(r"(DiskFull|LibraryAccess)Error The ", refused.stdout)
    opened = house.open()
    assert opened.problems() == []
    opened.close()


def test_a_library_locked_by_another_program_is_said(house: LibraryHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learnpath.storage.database._BUSY_SECONDS", 0)
    _made(house)
    opened = house.open()
    other = apsw.Connection(str(_file(house)))
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LibraryInUseError, match="another program"):
        _ = opened.all(Credential)
    with pytest.raises(LibraryInUseError), opened.change("Waits") as change:
        _ = change.insert(Tag(name="x"))
    other.execute("ROLLBACK")
    with opened.change("Goes on") as change:
        _ = change.insert(Tag(name="x"))
    other.close()
    opened.close()


@pytest.mark.parametrize(
    ("cause", "expected"),
    [
        (apsw.FullError("x"), DiskFullError),
        (apsw.LockedError("x"), LibraryInUseError),
        (apsw.ReadOnlyError("x"), ReadOnlyLibraryError),
        (apsw.NotADBError("x"), ForeignFileError),
        (apsw.CorruptError("x"), DamagedLibraryError),
        (apsw.IOError("x"), LibraryAccessError),
        (apsw.CantOpenError("x"), LibraryAccessError),
        (apsw.ConstraintError("x"), apsw.ConstraintError),
    ],
)
def test_each_failure_of_the_database_has_its_sentence(
    tmp_path: Path, cause: Exception, expected: type[Exception]
) -> None:
    with pytest.raises(expected) as caught, errors.known_errors(tmp_path):
        raise cause
    assert type(caught.value) is expected


def test_the_real_surroundings_have_a_clock_and_growing_ids() -> None:
    around = library.Surroundings.real("here")
    first = around.next_id()
    assert around.next_id() > first > 1 << 60
    assert around.now().tzinfo is not None
    assert around.device == "here"
