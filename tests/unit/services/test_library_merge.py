from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.library_fixtures import LibraryHouse, add, earned, fixed_surroundings, planned

from learnpath.domain.contents import LibraryContents
from learnpath.domain.records import Credential, Profile
from learnpath.errors import UsageError
from learnpath.interchange.plan import RowKind
from learnpath.services.checking import check_library
from learnpath.services.evidence import attach_files
from learnpath.services.exporting import library_json
from learnpath.services.importing import ReadingOptions, apply_previews, decide_rows, planned_report, preview_file
from learnpath.services.profile import save_profile
from learnpath.storage.library import Library


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    """A second, empty library, whose files lie elsewhere."""
    opened = LibraryHouse(tmp_path / "other", fixed_surroundings()).open()
    yield opened
    opened.close()


def _counts(library: Library, data: bytes) -> tuple[int, int, int]:
    result = apply_previews(library, [preview_file(library, "all.json", data)]).value[0]
    return result.new, result.updated, result.same


def test_what_is_known_is_compared_and_the_rest_is_added(library: Library, other: Library, tmp_path: Path) -> None:
    one = add(library, earned("Cloud"), "Guild", ("IAM",))
    proof = tmp_path / "proof.pdf"
    _ = proof.write_bytes(b"%PDF-proof")
    _ = attach_files(library, one.id, [proof])
    _ = save_profile(library, Profile(name="Mira"))
    first, _ = library_json(library)
    assert _counts(other, first) == (4, 0, 0)
    assert other.contents() == library.contents()
    assert check_library(other).problems == ()

    with library.change("Rename") as change:
        change.update(replace(library.get(Credential, one.id), title="Clouds", skill_ids=()))
    _ = add(library, planned("More"))
    _ = save_profile(library, Profile(name="Somebody else"))
    second, _ = library_json(library)
    report = planned_report(preview_file(other, "all.json", second))
    assert (report.new, report.updated, report.same) == (1, 1, 3)
    assert _counts(other, second) == (1, 1, 3)
    assert replace(other.contents(), profile=Profile()) == replace(library.contents(), profile=Profile())
    # The name that the owner has set stays.
    assert other.profile() == Profile(name="Mira")
    assert _counts(other, second) == (0, 0, 5)

    _ = other.undo()
    _ = other.undo()
    assert other.contents() == LibraryContents()
    _ = other.redo()
    assert check_library(other).problems == ()


def test_what_is_known_is_kept_when_that_is_wished(library: Library, other: Library) -> None:
    one = add(library, planned("Cloud"))
    data, _ = library_json(library)
    assert _counts(other, data) == (1, 0, 0)
    with library.change("Rename") as change:
        change.update(replace(library.get(Credential, one.id), title="Clouds"))
    data, _ = library_json(library)
    preview = preview_file(other, "all.json", data, ReadingOptions(on_duplicate="keep"))
    result = apply_previews(other, [preview]).value[0]
    assert (result.new, result.updated, result.same) == (0, 0, 1)
    assert other.get(Credential, one.id).title == "Cloud"


def test_the_same_library_twice_at_once_comes_in_once(library: Library, other: Library) -> None:
    _ = add(library, planned("Cloud"), "Guild")
    data, _ = library_json(library)
    previews = [preview_file(other, name, data) for name in ("one.json", "two.json")]
    results = apply_previews(other, previews).value
    assert [(one.new, one.updated, one.same) for one in results] == [(2, 0, 0), (0, 0, 2)]
    assert other.contents() == library.contents()


def test_only_a_profile_that_is_not_set_is_taken_over(library: Library, other: Library) -> None:
    _ = save_profile(library, Profile(name="Mira"))
    data, _ = library_json(library)
    preview = preview_file(other, "all.json", data)
    assert (preview.records_to_write, preview.counts[RowKind.SAME]) == (0, 0)
    assert _counts(other, data) == (0, 0, 0)
    assert other.profile() == Profile(name="Mira")


def test_progress_is_told_and_stopping_takes_everything_back(library: Library, other: Library) -> None:
    for number in range(5):
        _ = add(library, planned(f"Number {number}"))
    data, _ = library_json(library)
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        raise InterruptedError

    with pytest.raises(InterruptedError):
        _ = apply_previews(other, [preview_file(other, "all.json", data)], stop)
    assert told == [(5, 5)]
    assert other.contents() == LibraryContents()
    assert other.history() == []


def test_a_whole_library_takes_no_decision_about_a_row(library: Library) -> None:
    _ = add(library, planned("One"))
    data, _ = library_json(library)
    with pytest.raises(UsageError, match="imported as it is"):
        _ = decide_rows(preview_file(library, "all.json", data), {0: "skip"})
