"""Facts of the library folder, and the look at every record and file."""

from pathlib import Path

import pytest
from tests.library_fixtures import TODAY

from learnpath.domain.records import EvidenceFile
from learnpath.errors import LibraryError
from learnpath.services.checking import check_library
from learnpath.services.library_facts import folder_size, library_facts, try_library
from learnpath.services.sample import add_sample, remove_sample
from learnpath.storage.library import Library


def test_the_facts_follow_the_sample(library: Library) -> None:
    before = library_facts(library)
    assert (before.has_sample, before.records["credential"]) == (False, 0)
    assert before.size > 0
    credentials = add_sample(library, TODAY).value
    after = library_facts(library)
    assert (after.has_sample, after.records["credential"]) == (True, credentials)
    assert after.size > before.size
    remove_sample(library, TODAY)
    assert not library_facts(library).has_sample


def test_a_folder_is_as_large_as_its_files(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "one").write_bytes(b"123")
    (tmp_path / "inner" / "two").write_bytes(b"4567")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    assert folder_size(tmp_path) == 7


def test_trying_a_folder_makes_a_library_or_says_why_not(library: Library, tmp_path: Path) -> None:
    new = tmp_path / "new"
    assert try_library(new) == new
    assert (new / "library.learnpath").is_file()
    with pytest.raises(LibraryError):
        try_library(library.folder)


def test_the_check_reports_each_file_and_stops_when_told(library: Library) -> None:
    add_sample(library, TODAY)
    files = library.all(EvidenceFile)
    told: list[tuple[int, int]] = []
    report = check_library(library, lambda done, total: told.append((done, total)))
    assert report.problems == ()
    assert told == [(place, len(files)) for place in range(len(files))]

    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_library(library, stop)


def test_the_check_names_missing_and_altered_files(library: Library) -> None:
    add_sample(library, TODAY)
    first, second, *_ = library.all(EvidenceFile)
    (library.files_folder / first.file_name).unlink()
    (library.files_folder / second.file_name).write_bytes(b"other")
    problems = check_library(library).problems
    assert problems == (
        f"The file {first.file_name} is missing.",
        f"The file {second.file_name} is not the one that was kept.",
    )
