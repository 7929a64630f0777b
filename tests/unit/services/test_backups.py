"""Backups: made when something changed, checked, thinned, never in the way; restored, looked into, taken from."""

import json
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import apsw
import pytest
from tests.library_fixtures import NOW, LibraryHouse, add, day, earned, fixed_surroundings, planned

from learnpath.domain.records import Credential, Issuer, PathStep, Program, StudySession, Tag
from learnpath.domain.records import Path as LearningPath
from learnpath.errors import UsageError
from learnpath.interchange.library_json import load_library
from learnpath.services.backups import backup_before, backup_now, backup_state, list_backups
from learnpath.services.evidence import attach_files
from learnpath.services.exporting import library_json
from learnpath.services.importing import apply_previews, preview_file
from learnpath.services.restoring import (
    open_backup_read_only,
    restore_backup,
    restore_into,
)
from learnpath.services.taking_back import TakenBack, take_records_back
from learnpath.storage import database, migrations, schema
from learnpath.storage.backups import backups_folder, find_backup, is_sound, stored_backups, time_name
from learnpath.storage.errors import (
    DamagedBackupError,
    DamagedLibraryError,
    DiskFullError,
    LibraryInUseError,
    NewerLibraryError,
    ReadOnlyLibraryError,
)
from learnpath.storage.library import Library, Surroundings
from learnpath.storage.migrations import SCHEMA_VERSION


@dataclass
class Clock:
    """A clock that a test sets."""

    now: datetime = NOW

    def read(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def timed(tmp_path: Path, clock: Clock) -> LibraryHouse:
    """A library folder whose clock a test sets."""
    fixed = fixed_surroundings()
    return LibraryHouse(tmp_path / "library", Surroundings(clock.read, fixed.next_id, fixed.device))


def _names(folder: Path) -> list[str]:
    return [backup.name for backup in stored_backups(folder)]


def test_a_backup_is_made_when_something_changed(timed: LibraryHouse, clock: Clock) -> None:
    library = timed.open()
    assert backup_now(library).backup is None
    assert backup_state(library).newest is None
    _ = add(library, planned("AZ-104"))
    assert not backup_state(library).up_to_date
    made = backup_now(library)
    assert made.problem is None
    assert made.backup is not None
    assert made.backup.name == "2026-11-21T09-30-00Z.learnpath"
    clock.now += timedelta(hours=1)
    assert backup_now(library).backup is None
    state = backup_state(library)
    assert (state.count, state.age, state.up_to_date) == (1, timedelta(hours=1), True)
    _ = library.undo()
    assert backup_now(library).backup is not None
    _ = library.redo()
    assert backup_now(library).backup is None, "the state after redo is in the first backup"
    assert backup_now(library, even_unchanged=True).backup is not None
    assert _names(library.folder) == [
        "2026-11-21T10-30-00Z-2.learnpath",
        "2026-11-21T10-30-00Z.learnpath",
        "2026-11-21T09-30-00Z.learnpath",
    ]
    assert list_backups(library.folder)[0].verified is None
    assert [line.verified for line in list_backups(library.folder, verify=True)] == [True] * 3
    library.close()


@pytest.mark.usefixtures("needs_file_modes")
def test_backups_are_for_the_owner_alone(library: Library) -> None:
    old = os.umask(0)
    try:
        _ = add(library, planned("AZ-104"))
        _ = backup_now(library)
    finally:
        _ = os.umask(old)
    place = backups_folder(library.folder)
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in place.iterdir()} == {0o600}
    assert {file.suffix for file in place.iterdir()} == {".learnpath", ".json"}


def test_the_first_backup_of_a_week_has_the_records_as_json(timed: LibraryHouse, clock: Clock, tmp_path: Path) -> None:
    library = timed.open()
    credential = add(library, earned("AZ-104"), "Microsoft", ("Azure",))
    proof = tmp_path / "proof.pdf"
    _ = proof.write_bytes(b"%PDF-1.7 proof")
    _ = attach_files(library, credential.id, [proof])
    first = backup_now(library).backup
    clock.now += timedelta(days=1)
    _ = add(library, planned("AZ-305"))
    second = backup_now(library).backup
    clock.now += timedelta(days=2)
    _ = add(library, planned("AZ-500"))
    third = backup_now(library).backup
    assert first is not None
    assert second is not None
    assert third is not None
    assert first.export is not None
    assert (second.export, third.export is not None) == (None, True)
    contents, files = load_library(first.export.read_bytes())
    assert [one.title for one in contents.credentials] == ["AZ-104"]
    assert files == {}
    assert contents.evidence[0].sha256 in first.export.read_text()
    # A new library is rebuilt from it; the proof comes with the folder.
    other = Library.open(tmp_path / "other", fixed_surroundings())
    _ = apply_previews(other, [preview_file(other, "export.json", first.export.read_bytes())])
    assert other.contents() == contents
    other.close()
    library.close()


def test_thinning_takes_the_export_along(timed: LibraryHouse, clock: Clock) -> None:
    library = timed.open()
    thinned: list[str] = []
    for number in range(120):
        clock.now += timedelta(days=3)
        _ = add(library, planned(f"Course {number}"))
        result = backup_now(library)
        assert result.problem is None
        thinned += result.thinned
    place = backups_folder(library.folder)
    names = _names(library.folder)
    assert thinned
    assert set(thinned).isdisjoint(names)
    assert {file.stem for file in place.glob("*.json")} <= {name.removesuffix(".learnpath") for name in names}
    assert all(is_sound(backup.file) for backup in stored_backups(library.folder))
    library.close()


def test_nothing_is_thinned_when_the_newest_is_damaged(timed: LibraryHouse, clock: Clock) -> None:
    library = timed.open()
    for number in range(6):
        clock.now += timedelta(hours=5)
        _ = add(library, planned(f"Course {number}"))
        _ = backup_now(library)
    clock.now += timedelta(days=30)
    newest = stored_backups(library.folder)[0].file
    _ = newest.write_bytes(newest.read_bytes()[:5000])
    # A name from the future stays the newest in the list, however many are made now.
    _ = newest.rename(newest.with_name("2099-01-01T00-00-00Z.learnpath"))
    before = len(_names(library.folder))
    _ = add(library, planned("Last"))
    result = backup_now(library)
    assert (result.thinned, len(_names(library.folder))) == ((), before + 1)
    library.close()


@pytest.mark.parametrize(
    "now",
    [
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(2028, 2, 29, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(2027, 3, 28, 2, 30, tzinfo=timezone(timedelta(hours=14))),
        datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
    ],
)
def test_any_clock_will_do(timed: LibraryHouse, clock: Clock, now: datetime) -> None:
    clock.now = now
    library = timed.open()
    _ = add(library, planned("AZ-104"))
    made = backup_now(library)
    assert made.problem is None
    assert made.backup is not None
    assert made.backup.name.startswith(time_name(now))
    assert stored_backups(library.folder)[0].made_at == now.astimezone(UTC).replace(microsecond=0)
    clock.now = NOW
    assert backup_now(library).backup is None
    state = backup_state(library)
    assert state.age is not None
    assert state.age >= timedelta(0)
    library.close()


def test_other_files_in_the_folder_are_passed_over(library: Library) -> None:
    place = backups_folder(library.folder)
    place.mkdir()
    for name in ("notes.txt", "2026-13-41T09-30-00Z.learnpath", ".0123456789abcdef.part", "library.learnpath"):
        _ = (place / name).write_bytes(b"x")
    assert stored_backups(library.folder) == []
    with pytest.raises(UsageError, match="no backups yet"):
        _ = find_backup(library.folder, None)
    with pytest.raises(UsageError, match="no backup named"):
        _ = find_backup(library.folder, "yesterday")


# A backup that fails ------------------------------------------------------------------------------------------------


def test_a_backup_that_fails_is_told_and_leaves_nothing(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    _ = add(library, planned("AZ-104"))

    def refuse(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        result = backup_before(library, "the import")
    assert result.backup is None
    assert result.problem is not None
    assert result.problem.message.startswith("No backup could be made before the import. The disk that holds")
    assert list(backups_folder(library.folder).iterdir()) == []
    assert backup_before(library, "the import").backup is not None


def test_a_damaged_library_makes_no_backup(library: Library) -> None:
    _ = add(library, planned("AZ-104"))
    connection = apsw.Connection(str(library.folder / "library.learnpath"))
    connection.execute("PRAGMA foreign_keys = 0")
    connection.execute("UPDATE credential SET issuer_id = 99")
    connection.close()
    result = backup_now(library)
    assert isinstance(result.problem, DamagedLibraryError)
    assert stored_backups(library.folder) == []


def test_an_import_is_made_although_its_backup_fails(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    _ = add(library, planned("AZ-104"))
    _ = backups_folder(library.folder).write_text("in the way")
    preview = preview_file(library, "list.csv", b"title,issuer\nSecurity+,CompTIA\n")
    result = apply_previews(library, [preview]).value[0]
    assert result.new == 1
    assert result.problems[0][0] == "backup"
    assert result.problems[0][1].startswith("No backup could be made before the import.")


def test_an_import_makes_a_backup_first(library: Library) -> None:
    _ = add(library, planned("AZ-104"))
    preview = preview_file(library, "list.csv", b"title,issuer\nSecurity+,CompTIA\n")
    assert apply_previews(library, [preview]).value[0].problems == ()
    with open_backup_read_only(library.folder, None, fixed_surroundings()) as before:
        assert [one.title for one in before.all(Credential)] == ["AZ-104"]


# Migration ----------------------------------------------------------------------------------------------------------


def _add_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def upgrade(execute: Callable[[str], object]) -> None:
        _ = execute("CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT")

    steps = (*migrations.STEPS, upgrade)
    for module in (database, migrations, schema):
        monkeypatch.setattr(module, "STEPS", steps)
        monkeypatch.setattr(module, "SCHEMA_VERSION", len(steps), raising=False)


def test_a_backup_is_made_before_a_migration(house: LibraryHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    library = house.open()
    _ = add(library, planned("AZ-104"))
    library.close()
    _add_a_step(monkeypatch)
    library = house.open()
    (line,) = list_backups(house.folder, verify=True)
    assert (line.schema, line.verified, line.records["credential"]) == (SCHEMA_VERSION, True, 1)
    assert library.notes == ()
    # Looking into it brings a copy to today's schema; the backup stays as it is.
    with open_backup_read_only(house.folder, None, house.around) as before:
        assert before.rows("PRAGMA user_version") == [(SCHEMA_VERSION + 1,)]
    assert list_backups(house.folder)[0].schema == SCHEMA_VERSION
    library.close()


def test_a_migration_goes_on_without_a_backup_and_says_so(house: LibraryHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    house.open().close()
    _ = backups_folder(house.folder).write_text("in the way")
    _add_a_step(monkeypatch)
    library = house.open()
    assert library.rows("PRAGMA user_version") == [(SCHEMA_VERSION + 1,)]
    assert library.notes[0].startswith("No backup could be made before the library was brought to this version.")
    library.close()


# Restoring ----------------------------------------------------------------------------------------------------------


def _two_states(house: LibraryHouse) -> tuple[bytes, bytes]:
    """Make a library with a backup of its first state, and close it in its second; return both as JSON."""
    library = house.open()
    _ = add(library, planned("First"), "Microsoft", ("Azure",))
    before = library_json(library)
    _ = backup_now(library)
    _ = add(library, planned("Second"))
    after = library_json(library)
    library.close()
    return before, after


def _state(house: LibraryHouse) -> bytes:
    library = house.open()
    try:
        assert library.problems() == []
        return library_json(library)
    finally:
        library.close()


def test_restoring_is_exact_and_can_itself_be_taken_back(timed: LibraryHouse, clock: Clock) -> None:
    before, after = _two_states(timed)
    clock.now += timedelta(minutes=1)
    done = restore_backup(timed.folder, None, timed.around)
    assert _state(timed) == before
    assert done.kept is not None
    assert not done.kept.damaged
    assert done.records["credential"] == 1
    clock.now += timedelta(minutes=1)
    _ = restore_backup(timed.folder, done.kept.place.name.removesuffix(".learnpath"), timed.around)
    assert _state(timed) == after
    library = timed.open()
    assert library.undo() is not None
    assert library_json(library) == before
    library.close()


@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
def test_nothing_of_an_old_journal_gets_into_a_restored_library(timed: LibraryHouse, ending: str) -> None:
    before, _ = _two_states(timed)
    file = timed.folder / "library.learnpath"
    _ = file.write_bytes(b"SQLite format 3\0" + os.urandom(20_000))
    _ = (timed.folder / f"library.learnpath{ending}").write_bytes(os.urandom(8192))
    damaged = file.read_bytes()
    done = restore_backup(timed.folder, None, timed.around)
    assert done.kept is not None
    assert done.kept.damaged
    assert (done.kept.place / "library.learnpath").read_bytes() == damaged
    assert (done.kept.place / f"library.learnpath{ending}").stat().st_size == 8192
    assert _state(timed) == before


def test_a_hot_journal_is_played_back_before_the_file_is_kept(timed: LibraryHouse, tmp_path: Path) -> None:
    _, after = _two_states(timed)
    connection = apsw.Connection(str(timed.folder / "library.learnpath"))
    _ = connection.execute("PRAGMA journal_mode = truncate; PRAGMA cache_size = 1; BEGIN").fetchall()
    connection.execute("UPDATE credential SET notes = 'half done' || hex(zeroblob(9000))")
    connection.cache_flush()
    copy = LibraryHouse(tmp_path / "copy", timed.around)
    (copy.folder / "backups").mkdir(parents=True)
    for name in ("library.learnpath", "library.learnpath-journal", f"backups/{_names(timed.folder)[0]}"):
        _ = (copy.folder / name).write_bytes((timed.folder / name).read_bytes())
    connection.close()
    done = restore_backup(copy.folder, None, copy.around)
    assert done.kept is not None
    assert not done.kept.damaged
    _ = restore_backup(copy.folder, done.kept.place.name, copy.around)
    assert _state(copy) == after


def test_a_damaged_backup_is_not_restored(timed: LibraryHouse) -> None:
    _, after = _two_states(timed)
    backup = stored_backups(timed.folder)[0].file
    data = bytearray(backup.read_bytes())
    data[4096 * 5 : 4096 * 9] = bytes(4096 * 4)
    _ = backup.write_bytes(data)
    assert list_backups(timed.folder, verify=True)[0].verified is False
    with pytest.raises(DamagedBackupError, match=r"The backup 2026-11-21T09-30-00Z\.learnpath is damaged"):
        _ = restore_backup(timed.folder, None, timed.around)
    with pytest.raises(DamagedBackupError):
        _ = restore_into(timed.folder, None, timed.folder.parent / "other")
    assert _state(timed) == after
    _ = backup.write_bytes(b"rubbish" * 100)
    with pytest.raises(DamagedBackupError, match="does not open as a library"):
        _ = restore_backup(timed.folder, None, timed.around)
    _ = backup.write_bytes(b"")
    assert list_backups(timed.folder)[0].verified is False


def test_an_open_library_is_not_restored(timed: LibraryHouse) -> None:
    _ = _two_states(timed)
    library = timed.open()
    with pytest.raises(LibraryInUseError):
        _ = restore_backup(timed.folder, None, timed.around)
    library.close()


def test_a_restore_that_fails_leaves_the_library(timed: LibraryHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    _, after = _two_states(timed)
    real, calls, allowed = os.fsync, [0], [0]

    def refuse_later(descriptor: int) -> None:
        calls[0] += 1
        if calls[0] > allowed[0]:
            raise OSError(28, "No space left on device")
        real(descriptor)

    refused = 0
    for stop in range(30):
        calls[0], allowed[0] = 0, stop
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", refuse_later)
            try:
                _ = restore_backup(timed.folder, "2026-11-21T09-30-00Z", timed.around)
            except DiskFullError:
                refused += 1
        if _state(timed) != after:
            break
    assert refused >= 5
    assert not list(timed.folder.glob(".*.part"))


def test_a_new_library_is_made_from_a_backup(timed: LibraryHouse, tmp_path: Path) -> None:
    before, after = _two_states(timed)
    _ = (timed.folder / "files" / "proof.pdf").write_bytes(b"proof")
    other = LibraryHouse(tmp_path / "other", timed.around)
    _ = restore_into(timed.folder, None, other.folder)
    assert _state(other) == before
    assert _state(timed) == after
    assert (other.folder / "files" / "proof.pdf").read_bytes() == b"proof"
    with pytest.raises(UsageError, match="a library in"):
        _ = restore_into(timed.folder, None, other.folder)


def test_a_restore_without_a_library_keeps_nothing(timed: LibraryHouse) -> None:
    before, _ = _two_states(timed)
    (timed.folder / "library.learnpath").unlink()
    assert restore_backup(timed.folder, None, timed.around).kept is None
    assert _state(timed) == before


# Looking into one ---------------------------------------------------------------------------------------------------


def test_a_backup_that_is_looked_into_cannot_be_changed(timed: LibraryHouse) -> None:
    before, _ = _two_states(timed)
    with open_backup_read_only(timed.folder, None, timed.around) as looked:
        assert library_json(looked) == before
        with pytest.raises(ReadOnlyLibraryError), looked.change("No") as change:
            _ = change.insert(Tag(name="x"))
        with pytest.raises(ReadOnlyLibraryError):
            _ = looked.undo()
    assert not list(backups_folder(timed.folder).glob(".*"))


def test_a_newer_backup_is_refused(timed: LibraryHouse) -> None:
    _ = _two_states(timed)
    connection = apsw.Connection(str(stored_backups(timed.folder)[0].file))
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(NewerLibraryError), open_backup_read_only(timed.folder, None, timed.around):
        pass


def test_a_record_comes_back_with_all_that_was_its_own(library: Library, tmp_path: Path) -> None:
    credential = add(library, earned("AZ-104"), "Microsoft", ("Azure", "Networks"))
    proof = tmp_path / "proof.pdf"
    _ = proof.write_bytes(b"proof")
    _ = attach_files(library, credential.id, [proof])
    with library.change("More") as change:
        _ = change.insert(StudySession(credential_id=credential.id, studied_on=day("2026-01-02"), minutes=30))
        path = change.insert(LearningPath(title="Cloud"))
        _ = change.insert(PathStep(path_id=path.id, position=0, credential_id=credential.id))
    before = library.contents()
    _ = backup_now(library)
    with library.change("Away") as change:
        change.delete(Credential, [credential.id])
        change.delete(Issuer, [before.issuers[0].id])
    gone = library.contents()
    with open_backup_read_only(library.folder, None, fixed_surroundings()) as backup:
        outcome = take_records_back(library, backup, {"credential": [credential.id]})
    assert outcome.value == TakenBack(added=3, changed=0)
    assert library.contents() == before
    _ = library.undo()
    assert library.contents() == gone


def test_a_record_that_is_there_becomes_what_it_was(library: Library) -> None:
    first, other = add(library, planned("Old title"), "", ("Azure",)), add(library, planned("Other"))
    _ = backup_now(library)
    with library.change("Edit") as change:
        change.update(replace(first, title="New title", skill_ids=()))
        change.update(replace(other, title="Kept"))
    with open_backup_read_only(library.folder, None, fixed_surroundings()) as backup:
        assert take_records_back(library, backup, {"credential": [first.id]}).value == TakenBack(0, 1)
        assert take_records_back(library, backup, {"credential": [first.id]}).change is None
    assert [one.title for one in library.all(Credential)] == ["Old title", "Kept"]


def test_a_path_and_a_program_come_back(library: Library) -> None:
    with library.change("Add") as change:
        issuer = change.insert(Issuer(name="Microsoft"))
        program = change.insert(Program(name="AZ-104", issuer_id=issuer.id))
        path = change.insert(LearningPath(title="Cloud"))
        _ = change.insert(PathStep(path_id=path.id, position=0, program_id=program.id))
        _ = change.insert(earned("AZ-104", program_id=program.id))
    before = library.contents()
    _ = backup_now(library)
    with library.change("Away") as change:
        change.delete(LearningPath, [path.id])
        change.delete(Program, [program.id])
        change.delete(Issuer, [issuer.id])
    with open_backup_read_only(library.folder, None, fixed_surroundings()) as backup:
        assert take_records_back(library, backup, {"path": [path.id]}).value == TakenBack(4, 0)
        _ = take_records_back(library, backup, {"program": [program.id]})
        credential = library.all(Credential)[0]
        _ = take_records_back(library, backup, {"credential": [credential.id]})
    assert library.contents() == before


def test_what_is_not_in_the_backup_is_said(library: Library) -> None:
    _ = add(library, planned("AZ-104"))
    _ = backup_now(library)
    with open_backup_read_only(library.folder, None, fixed_surroundings()) as backup:
        with pytest.raises(UsageError, match="no kind of record"):
            _ = take_records_back(library, backup, {"spaceship": [1]})
        with pytest.raises(UsageError, match="Not all of these"):
            _ = take_records_back(library, backup, {"credential": [1]})


def test_the_export_is_plain_json(library: Library) -> None:
    _ = add(library, planned("AZ-104"))
    backup = backup_now(library).backup
    assert backup is not None
    assert backup.export is not None
    assert json.loads(backup.export.read_text())["contents"]["credentials"][0]["title"] == "AZ-104"
