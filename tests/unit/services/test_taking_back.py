"""Records taken back out of a backup still know which import filled their fields."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.library_fixtures import add, fixed_surroundings, planned
from tests.unit.services.test_provenance import LINKEDIN, PROGRAMS, TABLE, bring, from_files, only

from learnpath.domain.records import Credential, ImportSource, Program, RecordSource
from learnpath.services.backups import backup_now
from learnpath.services.checking import check_library
from learnpath.services.credentials import delete_credentials, read_form, save_credential
from learnpath.services.programs import delete_programs
from learnpath.services.provenance import field_sources
from learnpath.services.restoring import open_backup_read_only
from learnpath.services.taking_back import take_records_back
from learnpath.storage.library import Library

FIELDS = {"title", "issuer_name", "awarded_on", "license_number", "notes", "stage"}


def back_up(library: Library) -> str:
    made = backup_now(library, even_unchanged=True).backup
    assert made is not None
    return made.name


def take_back(library: Library, name: str, kind: str, record_id: int) -> None:
    with open_backup_read_only(library.folder, name, fixed_surroundings()) as backup:
        _ = take_records_back(library, backup, {kind: [record_id]})


def edit(library: Library, **changes: Any) -> None:
    form = read_form(library, only(library).id)
    _ = save_credential(library, replace(form, credential=replace(form.credential, **changes)))


def test_a_removed_record_comes_back_with_the_sources_of_its_fields(library: Library) -> None:
    _ = bring(library, TABLE)
    _ = bring(library, LINKEDIN, "Certifications.csv")
    record, before = only(library).id, from_files(library)
    assert set(before.values()) == {"list.csv", "Certifications.csv"}
    backup = back_up(library)
    _ = delete_credentials(library, [record])
    take_back(library, backup, "credential", record)
    assert from_files(library) == before
    assert bring(library, TABLE) == (0, 0, 1, 0)
    _ = library.undo()
    assert library.all(RecordSource) == []


def test_a_later_import_leaves_what_was_typed_before_the_backup(library: Library) -> None:
    _ = bring(library, TABLE)
    edit(library, title="Clouds")
    backup = back_up(library)
    record = only(library).id
    _ = delete_credentials(library, [record])
    take_back(library, backup, "credential", record)
    assert set(from_files(library)) == FIELDS - {"title"}
    assert bring(library, TABLE) == (0, 0, 1, 0)
    assert only(library).title == "Clouds"


def test_a_file_recognises_what_it_called_otherwise_after_it_came_back(library: Library) -> None:
    table = b"Title,Issuer,Issue date\nCloud,Guild,2025-01\n"
    _ = bring(library, table)
    edit(library, title="Harbour")
    called = [one.former for one in library.all(RecordSource)]
    assert called == [("title=Cloud",)]
    backup, record = back_up(library), only(library).id
    _ = delete_credentials(library, [record])
    take_back(library, backup, "credential", record)
    assert [one.former for one in library.all(RecordSource)] == called
    assert bring(library, table)[0] == 0
    assert only(library).title == "Harbour"


def test_a_changed_record_is_known_again_by_what_files_called_it(library: Library) -> None:
    _ = bring(library, TABLE)
    edit(library, title="Harbour", license_number="B")
    backup = back_up(library)
    _ = library.undo()
    assert [one.former for one in library.all(RecordSource)] == [()]
    take_back(library, backup, "credential", only(library).id)
    (source,) = library.all(RecordSource)
    assert set(source.former) == {"title=Cloud", "license_number=A"}
    assert bring(library, TABLE)[0] == 0
    assert only(library).title == "Harbour"


def test_what_files_called_a_changed_record_is_joined(library: Library) -> None:
    _ = bring(library, TABLE)
    edit(library, title="Harbour")
    backup = back_up(library)
    edit(library, license_number="B")
    take_back(library, backup, "credential", only(library).id)
    assert only(library).license_number == "A"
    (source,) = library.all(RecordSource)
    assert set(source.former) == {"title=Cloud", "license_number=A"}
    assert len(source.former) == 2


def test_only_the_fields_that_become_what_they_were_change_their_source(library: Library) -> None:
    _ = bring(library, TABLE)
    backup = back_up(library)
    edit(library, notes="mine")
    assert bring(library, LINKEDIN, "Certifications.csv")[1] == 1
    assert "notes" not in from_files(library)
    issuer = from_files(library)["issuer_name"]
    take_back(library, backup, "credential", only(library).id)
    assert only(library).notes == "from the table"
    assert from_files(library)["notes"] == "list.csv"
    assert from_files(library)["issuer_name"] == issuer
    assert "verification_url" not in from_files(library), "what was added since went, and its source with it"


def test_what_an_import_changed_since_is_typed_again_when_it_was(library: Library) -> None:
    mine = add(library, planned("Cloud"), "Guild")
    backup = back_up(library)
    with library.change("Import") as change:
        change.update(replace(mine, level="High"))
        source = change.insert(
            ImportSource(
                original_name="x", file_name="x", format="table", sha256="0" * 64, size=1, imported_at="2026-11-21"
            )
        )
        _ = change.insert(
            RecordSource(
                record_kind="credential", record_id=mine.id, import_source_id=source.id, fields=("level", "title")
            )
        )
    take_back(library, backup, "credential", mine.id)
    assert set(field_sources(library, "credential", mine.id)) == {"title"}


def test_a_program_comes_back_with_its_sources(library: Library) -> None:
    _ = bring(library, PROGRAMS)
    backup = back_up(library)
    [program] = library.all(Program)
    before = field_sources(library, "program", program.id)
    assert before
    _ = delete_programs(library, [program.id])
    take_back(library, backup, "program", program.id)
    assert field_sources(library, "program", program.id) == before


def _undo(library: Library) -> None:
    _ = library.undo()


def _undo_and_import_again(library: Library) -> None:
    _ = library.undo()
    _ = bring(library, b"Title,Issuer\nOther,Guild\n", "other.csv")
    _ = bring(library, TABLE, "again.csv")
    _ = delete_credentials(library, [one.id for one in library.all(Credential)])


def _undo_and_import_another(library: Library) -> None:
    _ = library.undo()
    with library.change("Another") as change:
        _ = change.insert(
            ImportSource(
                id=1, original_name="x", file_name="x", format="table", sha256="0" * 64, size=1, imported_at="2026"
            )
        )


@pytest.mark.parametrize(
    ("happened", "name"),
    [(_undo, "list.csv"), (_undo_and_import_again, "again.csv"), (_undo_and_import_another, "list.csv")],
)
def test_an_import_that_was_taken_back_comes_along(
    library: Library, happened: Callable[[Library], None], name: str
) -> None:
    _ = bring(library, TABLE)
    record = only(library).id
    backup = back_up(library)
    happened(library)
    take_back(library, backup, "credential", record)
    assert from_files(library) == dict.fromkeys(FIELDS, name)
    assert len([one for one in library.all(ImportSource) if one.original_name == name]) == 1


def test_an_import_whose_file_is_gone_stays_away(library: Library) -> None:
    _ = bring(library, TABLE)
    record = only(library).id
    backup = back_up(library)
    _ = library.undo()
    for file in library.files_folder.iterdir():
        file.unlink()
    take_back(library, backup, "credential", record)
    assert only(library).title == "Cloud"
    assert (from_files(library), library.all(ImportSource)) == ({}, [])
    assert check_library(library).problems == ()
