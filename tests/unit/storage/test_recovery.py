"""Damage of every kind: what can be saved is saved and counted, and the damaged file is kept."""

import random
import shutil
import struct
from pathlib import Path

import apsw
import pytest
from tests.library_fixtures import NOW, LibraryHouse, add, earned, planned
from tests.rigs.one_page import count_rows, fill

from learnpath.domain.contents import LibraryContents
from learnpath.domain.records import Credential
from learnpath.errors import LibraryError
from learnpath.services.backups import backup_now
from learnpath.services.recovery import repair_library
from learnpath.services.restoring import restore_backup
from learnpath.storage.errors import (
    DamagedBackupError,
    DamagedLibraryError,
    ForeignFileError,
    LibraryInUseError,
    NewerLibraryError,
)
from learnpath.storage.pages import BrokenPage, PageFile, decode_row
from learnpath.storage.rebuilding import read_history
from learnpath.storage.recovery import Step
from learnpath.storage.salvage import salvage

_FILE = "library.learnpath"


def _small(house: LibraryHouse, *, backup: bool = False) -> LibraryContents:
    library = house.open()
    fill(library, 130, "a")
    if backup:
        assert backup_now(library).problem is None
    with library.change("Edit") as change:
        change.update(earned("edited", id=library.all(Credential)[3].id))
        change.delete(Credential, [library.all(Credential)[7].id])
    found = library.contents()
    library.close()
    return found


def _sql(house: LibraryHouse, sql: str) -> None:
    connection = apsw.Connection(str(house.folder / _FILE))
    _ = connection.execute(sql).fetchall()
    connection.close()


def _after(house: LibraryHouse) -> LibraryContents:
    library = house.open()
    try:
        assert library.problems() == []
        return library.contents()
    finally:
        library.close()


def test_a_sound_library_is_left_alone(house: LibraryHouse) -> None:
    _ = _small(house)
    before = (house.folder / _FILE).read_bytes()
    repair = repair_library(house.folder, house.around)
    assert repair.recovery is None
    assert repair.after.problems == ()
    assert (house.folder / _FILE).read_bytes() == before
    assert not (house.folder / "damaged").exists()


def test_a_damaged_index_is_made_anew(house: LibraryHouse) -> None:
    before = _small(house)
    (root,) = (
        apsw.Connection(str(house.folder / _FILE))
        .execute("SELECT rootpage FROM sqlite_schema WHERE name = 'study_session_day'")
        .fetchall()[0]
    )
    file = house.folder / _FILE
    data = bytearray(file.read_bytes())
    # One entry fewer than the table has rows, on a leaf of that index.
    leaf = next(n for n, page in PageFile(bytes(data)).tree(int(str(root)), index=True) if not page.children)
    start = (leaf - 1) * 4096
    count = int.from_bytes(data[start + 3 : start + 5], "big")
    data[start + 3 : start + 5] = (count - 1).to_bytes(2, "big")
    _ = file.write_bytes(data)
    repair = repair_library(house.folder, house.around)
    assert repair.recovery is not None
    assert (repair.recovery.step, repair.recovery.lost) == (Step.REINDEXED, 0)
    assert _after(house) == before


def test_search_words_are_made_anew(house: LibraryHouse) -> None:
    before = _small(house)
    _sql(house, "INSERT INTO credential_words (credential_words) VALUES ('delete-all')")
    repair = repair_library(house.folder, house.around)
    assert repair.recovery is not None
    assert repair.recovery.step is Step.REINDEXED
    assert _after(house) == before


@pytest.mark.parametrize("undone", [0, 1])
def test_a_backup_and_the_later_changes_lose_nothing(house: LibraryHouse, undone: int) -> None:
    _ = _small(house, backup=True)
    library = house.open()
    if undone:
        _ = library.undo()
        _ = library.undo()
        _ = library.redo()
    before, history = library.contents(), library.history()
    library.close()
    file = house.folder / _FILE
    data = bytearray(file.read_bytes())
    pages = PageFile(bytes(data))
    (root,) = (
        apsw.Connection(str(file)).execute("SELECT rootpage FROM sqlite_schema WHERE name = 'credential'").fetchall()[0]
    )
    for number, _ in pages.tree(int(str(root)), index=False):
        data[(number - 1) * 4096 : number * 4096] = bytes(4096)
    _ = file.write_bytes(data)
    repair = repair_library(house.folder, house.around)
    assert repair.recovery is not None
    assert (repair.recovery.step, repair.recovery.lost) == (Step.REPLAYED, 0)
    assert repair.recovery.backup == "2026-11-21T09-30-00Z.learnpath"
    assert _after(house) == before
    library = house.open()
    assert library.history() == history
    assert library.undo() is not None
    library.close()


def test_without_a_history_the_backup_fills_the_holes(house: LibraryHouse) -> None:
    _ = _small(house, backup=True)
    file = house.folder / _FILE
    _sql(house, "DELETE FROM change")
    data = bytearray(file.read_bytes())
    for table in ("study_session", "path"):
        (root,) = (
            apsw.Connection(str(file))
            .execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,))
            .fetchall()[0]
        )
        for number, page in PageFile(bytes(data)).tree(int(str(root)), index=False):
            if not page.children:
                data[(number - 1) * 4096 : number * 4096] = bytes(4096)
    _ = file.write_bytes(data)
    repair = repair_library(house.folder, house.around)
    recovery = repair.recovery
    assert recovery is not None
    assert recovery.step is Step.SALVAGED
    assert (recovery.from_backup, recovery.lost) == (260 + 20, 0)
    found = _after(house)
    assert len(found.sessions) == 260
    assert len(found.paths) == 20
    assert {one.title for one in found.credentials} >= {"edited"}


def test_rows_that_nobody_has_are_counted_as_lost(house: LibraryHouse) -> None:
    _ = _small(house)
    file = house.folder / _FILE
    _sql(house, "DELETE FROM change")
    data = bytearray(file.read_bytes())
    (root,) = (
        apsw.Connection(str(file)).execute("SELECT rootpage FROM sqlite_schema WHERE name = 'program'").fetchall()[0]
    )
    for number, _ in PageFile(bytes(data)).tree(int(str(root)), index=False):
        data[(number - 1) * 4096 : number * 4096] = bytes(4096)
    _ = file.write_bytes(data)
    recovery = repair_library(house.folder, house.around).recovery
    assert recovery is not None
    counts = {one.table: one for one in recovery.tables}
    assert (counts["program"].kept, counts["program"].lost) == (0, 65)
    assert counts["credential"].unpointed >= 128
    assert counts["path_step"].unpointed == 60
    assert counts["program_skill"].dropped == counts["program_skill"].lost == 130
    found = _after(house)
    assert found.programs == ()
    assert len(found.credentials) == 129


def test_links_that_only_an_index_knows_come_back(house: LibraryHouse) -> None:
    before = _small(house)
    file = house.folder / _FILE
    _sql(house, "DELETE FROM change")
    data = bytearray(file.read_bytes())
    (root,) = (
        apsw.Connection(str(file))
        .execute("SELECT rootpage FROM sqlite_schema WHERE name = 'program_skill'")
        .fetchall()[0]
    )
    for number, _ in PageFile(bytes(data)).tree(int(str(root)), index=True):
        data[(number - 1) * 4096 : number * 4096] = bytes(4096)
    _ = file.write_bytes(data)
    recovery = repair_library(house.folder, house.around).recovery
    assert recovery is not None
    assert recovery.lost == 0
    assert [sorted(one.skill_ids) for one in _after(house).programs] == [
        sorted(one.skill_ids) for one in before.programs
    ]


def test_what_was_deleted_does_not_come_back(house: LibraryHouse) -> None:
    before = _small(house)
    repair, data = None, bytearray((house.folder / _FILE).read_bytes())
    # Without the first page nobody knows which pages are free.
    data[:4096] = bytes(4096)
    _ = (house.folder / _FILE).write_bytes(data)
    with pytest.raises(LibraryError):
        _ = house.open()
    repair = repair_library(house.folder, house.around)
    assert repair.recovery is not None
    assert _after(house) == before


@pytest.mark.parametrize("damage", [b"\xdf\xff", b"\0\0"])
def test_a_damaged_changeset_tells_as_far_as_it_can_be_read(house: LibraryHouse, damage: bytes) -> None:
    _ = _small(house)
    saved = salvage((house.folder / _FILE).read_bytes())
    told = len(read_history(saved).rows["program"])
    table = saved.tables["change"]
    row = table.rows[(1,)]
    changeset = row[-1]
    assert isinstance(changeset, bytes)
    table.rows[(1,)] = (*row[:-1], changeset.replace(b"program a 9", b"program " + damage + b"9"))
    assert 0 < len(read_history(saved).rows["program"]) < told or damage == b"\0\0"
    middle = len(changeset) // 2
    table.rows[(1,)] = (*row[:-1], changeset[:middle] + damage * 40 + changeset[middle + 80 :])
    assert sum(map(len, read_history(saved).rows.values())) > 0


def test_a_truncated_library_gives_what_is_left(house: LibraryHouse) -> None:
    before = _small(house, backup=True)
    file = house.folder / _FILE
    data = file.read_bytes()
    _ = file.write_bytes(data[: len(data) // 2 + 100])
    repair = repair_library(house.folder, house.around)
    assert repair.recovery is not None
    found = _after(house)
    assert count_rows(found) >= 0.98 * count_rows(before)


def test_with_nothing_left_the_last_step_is_a_new_library(house: LibraryHouse) -> None:
    house.open().close()
    file = house.folder / _FILE
    data = bytearray(file.read_bytes())
    data[4096:] = random.Random(1).randbytes(len(data) - 4096)
    _ = file.write_bytes(data)
    recovery = repair_library(house.folder, house.around).recovery
    assert recovery is not None
    assert recovery.step is Step.NEW
    assert (recovery.damaged / _FILE).read_bytes() == bytes(data)
    assert count_rows(_after(house)) == 0


def test_what_is_no_library_is_not_repaired(house: LibraryHouse) -> None:
    house.folder.mkdir()
    _ = (house.folder / _FILE).write_bytes(b"Dear diary, " * 2000)
    with pytest.raises(ForeignFileError):
        _ = repair_library(house.folder, house.around)
    assert (house.folder / _FILE).read_bytes() == b"Dear diary, " * 2000


def test_a_newer_library_is_not_repaired(house: LibraryHouse) -> None:
    house.open().close()
    _sql(house, "PRAGMA user_version = 99")
    with pytest.raises(NewerLibraryError):
        _ = repair_library(house.folder, house.around)


def test_an_open_library_is_not_repaired(house: LibraryHouse) -> None:
    library = house.open()
    with pytest.raises(LibraryInUseError):
        _ = repair_library(house.folder, house.around)
    library.close()


def test_a_second_repair_keeps_both_damaged_files(house: LibraryHouse) -> None:
    _ = _small(house)
    for _ in range(2):
        data = bytearray((house.folder / _FILE).read_bytes())
        data[4096 * 30 : 4096 * 34] = bytes(4096 * 4)
        _ = (house.folder / _FILE).write_bytes(data)
        assert repair_library(house.folder, house.around).recovery is not None
    assert len(list((house.folder / "damaged").iterdir())) == 2


def test_a_damaged_backup_is_passed_over(house: LibraryHouse) -> None:
    before = _small(house, backup=True)
    (backup,) = (house.folder / "backups").glob("*.learnpath")
    _ = backup.write_bytes(b"rubbish" * 1000)
    data = bytearray((house.folder / _FILE).read_bytes())
    data[4096 * 30 : 4096 * 31] = bytes(4096)
    _ = (house.folder / _FILE).write_bytes(data)
    recovery = repair_library(house.folder, house.around).recovery
    assert recovery is not None
    assert recovery.backup is None
    assert count_rows(_after(house)) >= 0.98 * count_rows(before)


def test_the_sentence_about_damage_names_the_repair(house: LibraryHouse) -> None:
    error = DamagedLibraryError(house.folder, "x")
    assert f"learnpath --library {house.folder} check --repair" in error.hint


# Pages ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 1, 99, 100, 4096, 5000])
def test_any_bytes_are_read_without_a_crash(size: int) -> None:
    for seed in range(20):
        data = random.Random(seed).randbytes(size)
        saved = salvage(data)
        assert sum(len(table.rows) for table in saved.tables.values()) == 0


def test_our_reader_reads_what_sqlite_wrote(tmp_path: Path) -> None:
    values: list[tuple[object, ...]] = [
        (None, 0, 1, -1, 127, 128, -32768, 1 << 23, -(1 << 31), 1 << 47, -(1 << 63)),
        (1.5, -0.25, "", "ő" * 3000, b"", bytes(range(256)) * 40, "x", 2, 3, 4, 5),
    ]
    for page_size in (512, 4096, 65536):
        connection = apsw.Connection(str(tmp_path / str(page_size)))
        _ = connection.execute(f"PRAGMA page_size = {page_size}").fetchall()
        connection.execute("CREATE TABLE t (a, b, c, d, e, f, g, h, i, j, k)")
        for rowid in (-5, 1, 2, 1 << 40):
            for value in values:
                connection.execute(
                    "INSERT INTO t (rowid, a, b, c, d, e, f, g, h, i, j, k) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                    (rowid * 2 + values.index(value), *value),
                )
        connection.close()
        file = PageFile((tmp_path / str(page_size)).read_bytes())
        found = [row for _, page in file.tree(2, index=False) for row in page.rows]
        assert sorted(row.rowid for row in found) == [-10, -9, 2, 3, 4, 5, 1 << 41, (1 << 41) + 1]
        assert {row.values for row in found} == set(values)
        assert sum(page.broken for _, page in file.tree(2, index=False)) == 0


@pytest.mark.parametrize(
    "payload",
    [b"", b"\x00", b"\x02", b"\x02\x0a", b"\x02\x01", b"\x02\x09\x00", b"\x02\x0f\xff", b"\x02\x07abc", b"\x81"],
)
def test_what_is_no_row_is_refused(payload: bytes) -> None:
    with pytest.raises((BrokenPage, IndexError, UnicodeDecodeError, struct.error)):
        _ = decode_row(payload)


def test_a_change_that_was_cut_off_is_not_taken_back_in_what_is_kept(house: LibraryHouse, tmp_path: Path) -> None:
    _ = _small(house)
    cut = LibraryHouse(tmp_path / "cut", house.around)
    cut.folder.mkdir()
    connection = apsw.Connection(str(house.folder / _FILE))
    _ = connection.execute("PRAGMA journal_mode = truncate; PRAGMA cache_size = 1; BEGIN").fetchall()
    connection.execute("UPDATE credential SET notes = 'half done' || hex(zeroblob(9000)) WHERE id % 7 = 0")
    connection.cache_flush()
    for name in (_FILE, f"{_FILE}-journal"):
        _ = shutil.copyfile(house.folder / name, cut.folder / name)
    connection.close()
    file, journal = cut.folder / _FILE, cut.folder / f"{_FILE}-journal"
    data = bytearray(file.read_bytes())
    data[4096 * 30 : 4096 * 34] = random.Random(5).randbytes(4096 * 4)
    _ = file.write_bytes(data)
    kept_journal = journal.read_bytes()
    recovery = repair_library(cut.folder, cut.around).recovery
    assert recovery is not None
    assert (recovery.damaged / _FILE).read_bytes() == bytes(data)
    assert (recovery.damaged / journal.name).read_bytes() == kept_journal
    assert not list(cut.folder.glob(".*.part"))


def test_a_damaged_library_of_another_journal_is_kept_as_it_was(house: LibraryHouse) -> None:
    _ = _small(house)
    _sql(house, "PRAGMA journal_mode = wal")
    data = bytearray((house.folder / _FILE).read_bytes())
    data[4096 * 30 : 4096 * 34] = bytes(4096 * 4)
    _ = (house.folder / _FILE).write_bytes(data)
    recovery = repair_library(house.folder, house.around).recovery
    assert recovery is not None
    assert (recovery.damaged / _FILE).read_bytes() == bytes(data)


def test_the_clock_of_the_repair_names_the_folder(house: LibraryHouse) -> None:
    _ = _small(house)
    data = bytearray((house.folder / _FILE).read_bytes())
    data[4096 * 30 : 4096 * 31] = bytes(4096)
    _ = (house.folder / _FILE).write_bytes(data)
    recovery = repair_library(house.folder, house.around).recovery
    assert recovery is not None
    assert recovery.damaged.name == f"{NOW:%Y-%m-%dT%H-%M-%SZ}"


def test_what_another_program_put_into_a_library_is_left_behind_and_the_records_are_kept(house: LibraryHouse) -> None:
    library = house.open()
    _ = add(library, planned("Cloud basics"), issuer="Guild")
    before = library.contents()
    library.close()
    connection = apsw.Connection(str(house.folder / _FILE))
    connection.execute("CREATE TRIGGER spy AFTER INSERT ON tag BEGIN DELETE FROM credential; END")
    connection.close()
    repair = repair_library(house.folder, house.around)
    assert repair.recovery is not None
    library = house.open()
    assert library.contents() == before
    assert library.problems() == []
    library.close()


def test_a_backup_with_foreign_triggers_is_not_restored(house: LibraryHouse) -> None:
    library = house.open()
    _ = add(library, planned("Cloud basics"))
    made = backup_now(library).backup
    library.close()
    assert made is not None
    connection = apsw.Connection(str(made.file))
    connection.execute("CREATE TRIGGER spy AFTER INSERT ON tag BEGIN DELETE FROM credential; END")
    connection.close()
    with pytest.raises(DamagedBackupError, match="not those that Learnpath makes"):
        _ = restore_backup(house.folder, made.name, house.around)
    library = house.open()
    assert len(library.all(Credential)) == 1
    library.close()
