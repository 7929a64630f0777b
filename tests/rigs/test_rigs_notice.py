"""Every rig fails when what it watches is broken on purpose: otherwise its zeros would mean nothing."""

from pathlib import Path

import pytest
from tests.rigs import damage, disk_full, hostile, io_errors, kill, one_page, power_cut, sequences
from tests.rigs.result import Result
from tests.rigs.work import digest_records, make_library, open_library

from learnpath.storage import database, errors, private_files, recovery
from learnpath.storage.errors import LibraryAccessError
from learnpath.storage.library import Library
from learnpath.storage.salvage import salvage


def test_a_kill_without_a_journal_on_the_disk_is_noticed(tmp_path: Path) -> None:
    result = kill.run_operation("import", 6, tmp_path, rows=200, pragmas={"journal_mode": "memory"})
    assert any("neither before nor after" in failure for failure in result.failures)


@pytest.mark.parametrize("ahead", [1, 2])
def test_an_acknowledged_change_that_is_not_there_is_noticed(tmp_path: Path, ahead: int) -> None:
    folder = make_library(tmp_path / "library", rows=5)
    library = open_library(folder, 1000)
    told = (library.history(1)[0].id + ahead, digest_records(library))
    library.close()
    result = Result("kill", "")
    kill._check_edits(result, folder, 0, told)  # pyright: ignore[reportPrivateUsage]
    assert len(result.failures) == 1


def test_a_change_that_is_half_done_is_noticed(tmp_path: Path) -> None:
    folder = make_library(tmp_path / "library", rows=5)
    library = open_library(folder, 1000)
    told = (library.history(1)[0].id - 1, digest_records(library))
    library.close()
    result = Result("kill", "")
    kill._check_edits(result, folder, 0, told)  # pyright: ignore[reportPrivateUsage]
    assert result.failures == ["kill 0: a change was half done"]


@pytest.mark.parametrize("operation", power_cut.OPERATIONS)
def test_a_disk_that_forgets_to_sync_is_noticed(tmp_path: Path, operation: str) -> None:
    assert power_cut.run(operation, 30, tmp_path, syncs=False).failures


@pytest.mark.parametrize("operation", power_cut.OPERATIONS)
def test_an_app_that_does_not_ask_for_a_sync_is_noticed(tmp_path: Path, operation: str) -> None:
    assert power_cut.run(operation, 30, tmp_path, lax=True).failures


def test_a_proof_whose_new_name_is_not_synced_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private_files, "sync_folder", lambda _: None)
    assert any("is missing" in failure for failure in power_cut.run("edit", 60, tmp_path).failures)


def test_an_error_without_a_sentence_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "_translate", lambda *_: None)
    monkeypatch.setattr(Library, "_is_damaged", lambda _: False)
    assert any("IOError" in failure for failure in io_errors.run(tmp_path, every=60).failures)


def test_a_full_disk_that_is_not_told_as_one_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "_translate", lambda _, folder: LibraryAccessError(folder, "something"))
    assert len(disk_full.run(8, tmp_path).failures) >= 6


def test_a_check_that_sees_nothing_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Library, "problems", lambda _: [])
    assert any("integrity_check sees" in failure for failure in damage.run(30, tmp_path).failures)


def test_damage_that_is_not_told_as_damage_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "_translate", lambda *_: None)
    monkeypatch.setattr(Library, "_is_damaged", lambda _: False)
    assert any("CorruptError" in failure for failure in damage.run(30, tmp_path).failures)


def test_rows_that_are_not_saved_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recovery, "salvage", lambda data, _: salvage(data[: len(data) // 2]))
    assert any("of the rows were saved" in failure for failure in one_page.run(3, tmp_path).failures)


def test_a_foreign_schema_that_is_let_in_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "read_schema", lambda _: frozenset[tuple[bytes, ...]]())
    monkeypatch.setattr(database, "made_schema", lambda _: frozenset[tuple[bytes, ...]]())
    failures = hostile.run(40, tmp_path).failures
    assert any("schema is not ours" in failure for failure in failures)
    assert any("something of it ran" in failure for failure in failures)


def test_an_undo_that_undoes_nothing_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Library, "undo", lambda _: None)
    assert sequences.run(5).failures
