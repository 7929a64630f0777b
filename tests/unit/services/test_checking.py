"""What a check says of files that are gone, altered or nobody's, and of copies that sync programs leave."""

import shutil
from pathlib import Path

import pytest
from tests.library_fixtures import LibraryHouse, add, earned, fixed_surroundings, planned

from learnpath.domain.records import Credential, EvidenceFile
from learnpath.errors import LibraryError
from learnpath.services.checking import check_library, orphaned_files
from learnpath.services.conflict_copies import export_of_library_file, find_conflict_copies
from learnpath.services.evidence import attach_files, detach_file
from learnpath.services.importing import apply_previews, preview_file, read_bytes
from learnpath.storage.library import Library

_COPIES = (
    "library (conflicted copy 2026-11-21).learnpath",
    "library (Mira's conflicted copy 2026-11-21).learnpath",
    "library-PC.learnpath",
    "library.sync-conflict-20261121-101500-ABCDEFG.learnpath",
    "library (1).learnpath",
    "library 2.learnpath",
    "Library.learnpath.conflict",
)


@pytest.fixture
def with_proof(library: Library, tmp_path: Path) -> EvidenceFile:
    credential = add(library, earned("AZ-104"), "Microsoft")
    proof = tmp_path / "proof.pdf"
    _ = proof.write_bytes(b"%PDF proof")
    return attach_files(library, credential.id, [proof]).value[0]


def test_a_sound_library_has_neither_problems_nor_hints(library: Library, with_proof: EvidenceFile) -> None:
    report = check_library(library)
    assert (report.problems, report.hints, report.orphans, report.conflict_copies) == ((), (), (), ())
    assert report.records["evidence_file"] == 1
    assert with_proof.file_name in {file.name for file in library.files_folder.iterdir()}


def test_a_removed_proof_is_told_as_nobodys_file(library: Library, with_proof: EvidenceFile) -> None:
    _ = detach_file(library, with_proof.id)
    _ = (library.files_folder / "thesis.docx").write_bytes(b"x")
    _ = (library.files_folder / ".0123456789abcdef.part").write_bytes(b"x")
    report = check_library(library)
    assert report.problems == ()
    assert report.orphans == tuple(sorted((with_proof.file_name, "thesis.docx")))
    assert report.hints[-1].endswith("belongs to no record.")
    _ = library.undo()
    assert orphaned_files(library) == ["thesis.docx"]


def test_copies_of_sync_programs_are_found(house: LibraryHouse) -> None:
    library = house.open()
    _ = add(library, planned("AZ-104"))
    for name in _COPIES:
        _ = shutil.copy(house.folder / "library.learnpath", house.folder / name)
    for name in ("library notes.txt", "library-empty.learnpath", "old.learnpath"):
        _ = (house.folder / name).write_bytes(b"no library")
    _ = shutil.copy(house.folder / "library.learnpath", house.folder / "library.learnpath-wal")
    assert [copy.name for copy in find_conflict_copies(house.folder)] == sorted(_COPIES)
    report = check_library(library)
    assert report.conflict_copies == tuple(sorted(_COPIES))
    assert len(report.hints) == len(_COPIES)
    library.close()


def test_a_copy_is_imported_with_its_proofs(house: LibraryHouse, tmp_path: Path) -> None:
    other = Library.open(tmp_path / "laptop", fixed_surroundings())
    credential = add(other, earned("Security+"), "CompTIA", ("Networks",))
    proof = tmp_path / "proof.pdf"
    _ = proof.write_bytes(b"%PDF laptop")
    _ = attach_files(other, credential.id, [proof])
    other.close()
    copy = house.folder / "library-laptop.learnpath"
    library = house.open()
    _ = shutil.copy(tmp_path / "laptop" / "library.learnpath", copy)
    shutil.copytree(tmp_path / "laptop" / "files", house.folder / "files", dirs_exist_ok=True)
    before = copy.read_bytes()
    preview = preview_file(library, copy.name, read_bytes(library, copy))
    result = apply_previews(library, [preview]).value[0]
    assert result.new == 4
    assert [one.title for one in library.all(Credential)] == ["Security+"]
    assert check_library(library).problems == ()
    assert copy.read_bytes() == before
    # Once taken over, the same copy brings nothing more.
    assert preview_file(library, copy.name, read_bytes(library, copy)).records_to_write == 0
    library.close()


def test_a_damaged_copy_is_said(house: LibraryHouse, tmp_path: Path) -> None:
    library = house.open()
    _ = add(library, planned("AZ-104"))
    library.close()
    data = bytearray((house.folder / "library.learnpath").read_bytes())
    data[4096:] = bytes(len(data) - 4096)
    copy = tmp_path / "library-damaged.learnpath"
    _ = copy.write_bytes(data)
    with pytest.raises(LibraryError):
        _ = read_bytes(library, copy)
    with pytest.raises(LibraryError):
        _ = export_of_library_file(copy, library, fixed_surroundings())
