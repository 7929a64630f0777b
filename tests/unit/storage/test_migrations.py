"""A library that was stored under an older schema: everything in it comes along, and the way back is kept."""

from dataclasses import replace
from pathlib import Path

import apsw
from tests.library_fixtures import TODAY, LibraryHouse, add, planned, unpack_schema_1

from learnpath.domain.records import Program, RecordSource
from learnpath.services.backups import list_backups
from learnpath.services.checking import check_library
from learnpath.services.history import describe_change
from learnpath.services.importing import apply_previews, preview_file
from learnpath.services.programs import read_program_form, save_program
from learnpath.services.recovery import repair_library
from learnpath.services.restoring import restore_backup
from learnpath.storage.database import LIBRARY_FILE
from learnpath.storage.migrations import SCHEMA_VERSION
from learnpath.storage.pages import PageFile
from learnpath.storage.recovery import Step

_CATALOGUE = "badges-0deefe94.json"


def _rows(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of every table of the records and the history, by its name."""
    connection = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY)
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'").fetchall()
    found = {str(name): connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for (name,) in names}
    connection.close()
    return found


def _with_new_columns(rows: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of a library of schema 1 as they are to come along."""
    return {**rows, "record_source": [(*row, "[]") for row in rows["record_source"]]}


def _break_tree(file: Path, table: str) -> None:
    """Overwrite every page of a table or index with zeros."""
    connection = apsw.Connection(str(file))
    (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchall()[0]
    connection.close()
    data = bytearray(file.read_bytes())
    for number, _ in PageFile(bytes(data)).tree(int(str(root)), index=table == "study_session_day"):
        data[(number - 1) * 4096 : number * 4096] = bytes(4096)
    _ = file.write_bytes(data)


def test_every_row_comes_along_with_its_history(house: LibraryHouse) -> None:
    before = _with_new_columns(_rows(unpack_schema_1(house.folder) / LIBRARY_FILE))
    assert before["record_source"]
    assert len(before["program"]) == 43
    assert len(before["change"]) > 20
    library = house.open()
    assert library.notes == ()
    assert check_library(library).problems == ()
    assert library.rows("PRAGMA user_version") == [(SCHEMA_VERSION,)]
    after = _rows(house.folder / LIBRARY_FILE)
    assert {name: rows for name, rows in after.items() if name in before} == before
    assert after["program_requirement"] == []
    last = library.history(1)[0]
    library.close()
    library = house.open()
    assert len(list_backups(house.folder)) == 1
    while library.undo() is not None:
        pass
    assert library.contents().programs == ()
    _ = library.go_to(last.id - 1 if last.undone else last.id)
    library.close()
    assert {name: rows for name, rows in _rows(house.folder / LIBRARY_FILE).items() if name in before} == before


def test_what_was_imported_before_is_told_edited_and_found_again(house: LibraryHouse) -> None:
    data = (unpack_schema_1(house.folder) / "files" / _CATALOGUE).read_bytes()
    library = house.open()
    before = library.contents()
    for entry in library.history(100):
        _ = library.changed_rows(entry.id, 1000)
        _ = describe_change(library, entry.id)
    one = next(one for one in library.all(Program) if one.name == "Sails")
    form = read_program_form(library, one.id, TODAY)
    _ = save_program(library, replace(form, program=replace(one, name="Oars", external_id="other")))
    (source,) = (found for found in library.all(RecordSource) if found.former)
    assert set(source.former) == {"name=Sails", f"external_id={one.external_id}"}
    preview = preview_file(library, "badges.json", data)
    assert preview.plan is not None
    assert one.id in {row.existing_id for row in preview.plan.rows}
    assert preview.counts["new"] == 0  # pyright: ignore[reportArgumentType]
    while library.undo() is not None:
        pass
    _ = library.go_to(library.history(2)[-1].id)
    assert library.contents() == before
    library.close()


def test_the_backup_from_before_can_be_restored(house: LibraryHouse) -> None:
    _ = unpack_schema_1(house.folder)
    library = house.open()
    before = library.contents()
    _ = add(library, planned("Later"))
    library.close()
    (backup,) = list_backups(house.folder, verify=True)
    assert (backup.schema, backup.verified) == (1, True)
    _ = restore_backup(house.folder, backup.backup.name, house.around)
    library = house.open()
    assert library.contents() == before
    library.close()


def test_the_same_catalogue_imported_again_tells_what_its_badges_require(house: LibraryHouse) -> None:
    data = (unpack_schema_1(house.folder) / "files" / _CATALOGUE).read_bytes()
    library = house.open()
    (done,) = apply_previews(library, [preview_file(library, "badges.json", data)]).value
    assert (done.new, done.updated, done.same) == (0, 1, 2)
    programs = {one.id: one for one in library.all(Program)}
    (master,) = (one for one in programs.values() if one.required_ids)
    assert [programs[one].name for one in master.required_ids] == ["Knots", "Sails"]
    assert preview_file(library, "badges.json", data).records_to_write == 0
    _ = library.undo()
    assert not any(one.required_ids for one in library.all(Program))
    library.close()


def test_a_backup_of_an_older_schema_helps_a_damaged_library(house: LibraryHouse) -> None:
    _ = unpack_schema_1(house.folder)
    library = house.open()
    _ = add(library, planned("Later"))
    before = library.contents()
    library.close()
    _break_tree(house.folder / LIBRARY_FILE, "program")
    recovery = repair_library(house.folder, house.around).recovery
    assert recovery is not None
    assert (recovery.step, recovery.lost) == (Step.REPLAYED, 0)
    library = house.open()
    assert library.contents() == before
    library.close()


def test_a_backup_of_an_older_schema_fills_what_is_lost(house: LibraryHouse) -> None:
    _ = unpack_schema_1(house.folder)
    library = house.open()
    before = library.contents()
    library.close()
    file = house.folder / LIBRARY_FILE
    connection = apsw.Connection(str(file))
    _ = connection.execute("DELETE FROM change").fetchall()
    connection.close()
    _break_tree(file, "program")
    recovery = repair_library(house.folder, house.around).recovery
    assert recovery is not None
    assert (recovery.step, recovery.lost) == (Step.SALVAGED, 0)
    assert recovery.from_backup > 0
    library = house.open()
    assert library.contents() == before
    library.close()


def test_a_damaged_library_of_an_older_schema_is_read_by_that(house: LibraryHouse) -> None:
    _ = unpack_schema_1(house.folder)
    file = house.folder / LIBRARY_FILE
    before = _with_new_columns(_rows(file))
    _break_tree(file, "study_session_day")
    recovery = repair_library(house.folder, house.around).recovery
    assert recovery is not None
    assert recovery.lost == 0
    house.open().close()
    assert {name: rows for name, rows in _rows(file).items() if name in before} == before
