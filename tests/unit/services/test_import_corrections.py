"""What a person types while importing is theirs: where it is kept, and what later imports do with it."""

import pytest
from tests.unit.interchange.badges.makers import encoded
from tests.unit.interchange.test_corrections import CSV, NAMELESS

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import Credential, EvidenceFile, ImportSource
from learnpath.interchange.plan import RowKind
from learnpath.services.importing import Preview, ReadingOptions, apply_previews, decide_rows, preview_file
from learnpath.services.provenance import field_sources
from learnpath.storage.evidence_store import read_file
from learnpath.storage.library import Library

FIXES = ReadingOptions(corrections={(3, 0): "Rigging", (4, 2): "14.07.2024", (4, 3): ""})


def preview(library: Library, options: ReadingOptions | None = None, data: bytes = CSV) -> Preview:
    return preview_file(library, "list.csv", data, options)


def sources(library: Library, title: str) -> set[str]:
    [one] = [one for one in library.all(Credential) if one.title == title]
    return set(field_sources(library, "credential", one.id))


def test_the_file_is_kept_as_it_is_and_what_was_typed_is_the_persons(library: Library) -> None:
    _ = apply_previews(library, [preview(library, FIXES)])
    assert sorted(one.title for one in library.all(Credential)) == ["Knots", "Oars", "Rigging", "Sails"]
    [source] = library.all(ImportSource)
    assert read_file(library.files_folder, source.file_name) == CSV
    assert sources(library, "Rigging") == {"issuer_name", "awarded_on", "valid_until", "stage"}
    assert sources(library, "Sails") == {"title", "issuer_name", "stage"}


def test_the_same_file_again_doubles_nothing(library: Library) -> None:
    _ = apply_previews(library, [preview(library, FIXES)])
    before = library.contents()
    again, mended = preview(library), preview(library, FIXES)
    assert {kind: count for kind, count in again.counts.items() if count} == {RowKind.SAME: 2, RowKind.BROKEN: 2}
    assert {kind: count for kind, count in mended.counts.items() if count} == {RowKind.SAME: 4}
    assert apply_previews(library, [again]).change is None
    assert apply_previews(library, [mended]).change is None
    assert library.contents() == before


def test_a_later_file_asks_before_it_changes_what_was_typed(library: Library) -> None:
    _ = apply_previews(library, [preview(library, FIXES)])
    later = preview(library, data=CSV.replace(b"soon", b"2024-07-20").replace(b"much later", b""))
    row = later.plan.rows[2] if later.plan is not None else None
    assert row is not None
    likely = "“Sails”, 100% alike: same title, issuer and month"
    assert (row.kind, row.reason) == (RowKind.UNDECIDED, f"{likely}; you changed the day you earned it yourself")
    _ = apply_previews(library, [later])
    assert {one.awarded_on for one in library.all(Credential) if one.title == "Sails"} == {PartialDate("2024-07-14")}
    _ = apply_previews(library, [decide_rows(later, {2: "update"})])
    assert {one.awarded_on for one in library.all(Credential) if one.title == "Sails"} == {PartialDate("2024-07-20")}


def test_what_is_typed_comes_before_what_a_better_source_said(library: Library) -> None:
    linkedin = b"Name,Url,Authority,Started On,Finished On,License Number\nSails,,Port School,Jul 2024,Jul 2027,\n"
    _ = apply_previews(library, [preview_file(library, "Certifications.csv", linkedin)])
    typed = preview(library, ReadingOptions(corrections={(4, 2): "2024-07", (4, 3): "2029-08-01"}))
    row = typed.plan.rows[2] if typed.plan is not None else None
    assert row is not None
    assert row.kind is RowKind.UPDATE
    _ = apply_previews(library, [typed])
    [sails] = [one for one in library.all(Credential) if one.title == "Sails"]
    assert sails.valid_until == PartialDate("2029-08-01")
    filled = field_sources(library, "credential", sails.id)
    assert "valid_until" not in filled
    assert {"title", "awarded_on"} <= filled.keys()


def test_files_imported_together_respect_what_was_typed_in_the_first(library: Library) -> None:
    first = preview(library, FIXES)
    other = CSV.replace(b"soon", b"2024-07-20").replace(b"much later", b"")
    second = preview_file(library, "later.csv", other, after=[first])
    assert second.plan is not None
    assert second.plan.rows[2].kind is RowKind.UNDECIDED
    _ = apply_previews(library, [first, second])
    assert len(library.all(Credential)) == 4
    assert {one.awarded_on for one in library.all(Credential) if one.title == "Sails"} == {PartialDate("2024-07-14")}


def test_a_badge_whose_title_was_typed_is_attached_as_proof(library: Library) -> None:
    options = ReadingOptions(corrections={(1, "title"): "Rigging"})
    _ = apply_previews(library, [preview_file(library, "badge.json", encoded(NAMELESS), options)])
    [credential] = library.all(Credential)
    assert [one.credential_id for one in library.all(EvidenceFile)] == [credential.id]
    assert sources(library, "Rigging") == {"issuer_name", "achievement_type", "stage", "awarded_on"}


class Stop(Exception):
    """What a checkpoint raises."""


@pytest.mark.parametrize("stops_at", [1, 3, 6, 9, 12, 15, 18])
def test_reading_stops_at_any_checkpoint(library: Library, stops_at: int) -> None:
    rows = "\n".join(f"Course {number},School" for number in range(2500))
    data = f"Title,Issuer\n{rows}\n".encode()
    calls = 0

    def check() -> None:
        nonlocal calls
        calls += 1
        if calls == stops_at:
            raise Stop

    with pytest.raises(Stop):
        _ = preview_file(library, "list.csv", data, None, check)
    assert calls == stops_at
