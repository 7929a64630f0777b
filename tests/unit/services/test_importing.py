import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.file_parts import preview_parts
from tests.library_fixtures import NOW, LibraryHouse, add, fixed_surroundings, planned
from tests.unit.interchange.workbooks import workbook, zipped

from learnpath.domain.money import Money
from learnpath.domain.records import Credential, ImportSource, Program, Stage
from learnpath.errors import KnownError, UsageError
from learnpath.interchange.plan import RowKind
from learnpath.services.exporting import library_json
from learnpath.services.importing import (
    ReadingOptions,
    apply_previews,
    decide_rows,
    planned_report,
    preview_file,
    read_bytes,
)
from learnpath.storage.library import Library

PROGRAMS = """Title;Issuer;Code;Hours;Cost;Skills
Cloud Basics;Cloud Guild;CG-1;12;€ 99;Cloud
Cloud Operations;Cloud Guild;CG-2;50;€ 165;Cloud, Networks
Harbour Pilot;Port School;HP-7;25;two moons;
Sail Maker;Port School;SM-1;20;$ 120;Sewing
""".encode()
LINKEDIN = b"""Name,Url,Authority,Started On,Finished On,License Number
First Aid,https://example.org/aid,Red House,May 2024,,FA-1
Forklift,,Port School,Jun 2023,Jun 2028,FL-9
"""
DEARER = PROGRAMS.replace("€ 165".encode(), "€ 180".encode())


def _import(library: Library, data: bytes, name: str = "list.csv", options: ReadingOptions | None = None) -> None:
    _ = apply_previews(library, [preview_file(library, name, data, options)])


@pytest.mark.parametrize(("name", "data", "new"), [("list.csv", PROGRAMS, 3), ("Certifications.csv", LINKEDIN, 2)])
def test_importing_twice_adds_and_changes_nothing_more(library: Library, name: str, data: bytes, new: int) -> None:
    first = apply_previews(library, [preview_file(library, name, data)])
    assert (first.value[0].new, first.value[0].updated) == (new, 0)
    before = library.contents()

    again = preview_file(library, name, data)
    assert again.records_to_write == 0
    assert again.counts[RowKind.SAME] == new
    second = apply_previews(library, [again])

    assert second.change is None
    assert (second.value[0].new, second.value[0].updated, second.value[0].same) == (0, 0, new)
    assert library.contents() == before
    assert len(library.history()) == 1


def test_an_exam_that_was_over_when_it_came_in_is_not_booked_and_one_that_passes_stays_as_it_is(
    house: LibraryHouse,
) -> None:
    library = house.open()
    event = "BEGIN:VEVENT\r\nUID:{0}\r\nSUMMARY:Exam {0}\r\nDTSTART;VALUE=DATE:{1}\r\nEND:VEVENT\r\n"
    events = event.format("Old", "20261120") + event.format("Today", "20261121") + event.format("New", "20261204")
    data = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n".encode()
    _import(library, data, "exams.ics")
    stages = {one.title: one.stage for one in library.all(Credential)}
    assert stages == {"Exam Old": Stage.PLANNED, "Exam Today": Stage.BOOKED, "Exam New": Stage.BOOKED}
    library.close()

    later = replace(fixed_surroundings(), now=lambda: NOW + timedelta(days=60))
    library = LibraryHouse(house.folder, later).open()
    again = preview_file(library, "exams.ics", data)
    assert (again.counts[RowKind.SAME], again.records_to_write) == (3, 0)
    library.close()


def test_the_report_names_broken_rows_with_line_and_reason(library: Library) -> None:
    [report] = apply_previews(library, [preview_file(library, "list.csv", PROGRAMS)]).value
    assert (report.new, report.broken, report.kind) == (3, 1, "programs")
    [(where, reason)] = report.problems
    assert where == "line 4"
    assert "two moons" in reason


def test_a_changed_row_updates_and_says_what_it_was(library: Library) -> None:
    _import(library, PROGRAMS)
    preview = preview_file(library, "list.csv", DEARER)
    [row] = [row for row in preview.plan.rows if row.kind is RowKind.UPDATE] if preview.plan else []
    assert row.changes == (("price", Money(16500, "EUR"), Money(18000, "EUR")),)
    _ = apply_previews(library, [preview])
    assert [one.price for one in library.all(Program) if one.name == "Cloud Operations"] == [Money(18000, "EUR")]


def test_what_is_here_can_be_left_as_it_is(library: Library) -> None:
    _import(library, PROGRAMS)
    before = library.contents()
    preview = preview_file(library, "list.csv", DEARER, ReadingOptions(on_duplicate="keep"))
    assert preview.records_to_write == 0
    assert apply_previews(library, [preview]).change is None
    assert library.contents() == before


def test_decisions_of_rows_count(library: Library) -> None:
    preview = preview_file(library, "list.csv", PROGRAMS)
    assert preview.records_to_write == 3
    preview = decide_rows(preview, {0: "skip", 3: "skip"})
    assert preview.records_to_write == planned_report(preview).new == 1
    _ = apply_previews(library, [preview])
    assert [one.name for one in library.all(Program)] == ["Cloud Operations"]


def test_a_row_takes_only_what_fits_it(library: Library) -> None:
    preview = preview_file(library, "list.csv", PROGRAMS)
    with pytest.raises(UsageError, match="line 4"):
        _ = decide_rows(preview, {2: "new"})
    with pytest.raises(UsageError):
        _ = decide_rows(preview, {0: "update"})
    with pytest.raises(UsageError):
        _ = decide_rows(preview, {99: "skip"})
    assert decide_rows(preview, {}) is preview


def _alike(library: Library) -> bytes:
    _ = add(library, planned("Certified Kubernetes Security Specialist"), "Linux House")
    return b"Title,Issuer,Earned on\nCertified Kubernetes Security Specialists,Linux House,2025-04-02\n"


def test_a_row_that_looks_like_a_record_waits_for_a_decision(library: Library) -> None:
    preview = preview_file(library, "mine.csv", _alike(library))
    assert preview.plan is not None
    [row] = preview.plan.rows
    assert row.kind is RowKind.UNDECIDED
    assert list(preview.titles.values()) == ["Certified Kubernetes Security Specialist"]
    assert preview.records_to_write == 0
    [report] = apply_previews(library, [preview]).value
    assert report.undecided == 1


@pytest.mark.parametrize(("decision", "count"), [("new", 2), ("update", 1), ("skip", 1)])
def test_a_decision_for_a_row_in_doubt_is_carried_out(library: Library, decision: str, count: int) -> None:
    preview = preview_file(library, "mine.csv", _alike(library))
    outcome = apply_previews(library, [decide_rows(preview, {0: decision})])  # pyright: ignore[reportArgumentType]
    assert len(library.all(Credential)) == count
    assert outcome.value[0].undecided == 0
    awarded = [str(one.awarded_on) for one in library.all(Credential) if one.awarded_on]
    assert awarded == ([] if decision == "skip" else ["2025-04-02"])


def test_several_files_are_one_change_and_undo_restores_exactly(library: Library) -> None:
    _ = add(library, planned("Old plan"), "Guild")
    before = library.contents()
    previews = [
        preview_file(library, "list.csv", PROGRAMS),
        preview_file(library, "Certifications.csv", LINKEDIN),
    ]
    outcome = apply_previews(library, previews)
    assert outcome.change is not None
    assert outcome.change.label == "Import 2 files"
    assert [(one.kind, one.new) for one in outcome.value] == [("programs", 3), ("credentials", 2)]
    after = library.contents()

    _ = library.undo()
    assert library.contents() == before
    _ = library.redo()
    assert library.contents() == after


class _StopError(Exception):
    pass


def test_cancelling_takes_everything_back(library: Library) -> None:
    before = library.contents()
    rows = "\n".join(f"Course {number} about subject {number * 7919},School" for number in range(2500))
    data = f"Title,Issuer\n{rows}\n".encode()
    heard: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        heard.append((done, total))
        if done >= 2000:
            raise _StopError

    with pytest.raises(_StopError):
        _ = apply_previews(library, [preview_file(library, "list.csv", data)], stop)
    assert heard == [(1000, 2500), (2000, 2500)]
    assert library.contents() == before
    assert library.history() == []


def test_an_import_can_be_stopped_at_every_checkpoint_and_leaves_nothing(library: Library) -> None:
    _ = add(library, planned("Cloud Basics"), "Cloud Guild", ("Cloud",))
    library_file, _ = library_json(library)
    first = preview_file(library, "list.csv", PROGRAMS)
    second = preview_file(library, "later.csv", PROGRAMS.replace(b"12", b"13"), after=[first])
    files = [first, second, preview_file(library, "library.json", library_file)]
    before, history = library.contents(), library.history()

    def is_stopped_after(checkpoints: int) -> bool:
        left = iter(range(checkpoints))

        def stop() -> None:
            if next(left, None) is None:
                raise _StopError

        try:
            _ = apply_previews(library, files, check=stop)
        except _StopError:
            return True
        return False

    passed = 0
    while is_stopped_after(passed):
        assert (library.contents(), library.history()) == (before, history)
        assert not list(library.folder.rglob("*.part"))
        passed += 1
    # The copy and the export of the backup, two plans, what is written, and what is told of it.
    assert passed > 20
    assert len(library.history()) == len(history) + 1


def test_reading_can_be_stopped_between_its_steps(library: Library) -> None:
    calls: list[None] = []

    def stop() -> None:
        calls.append(None)
        if len(calls) == 2:
            raise _StopError

    with pytest.raises(_StopError):
        _ = preview_file(library, "list.csv", PROGRAMS, None, stop)


def test_the_file_is_kept_byte_for_byte_once(library: Library) -> None:
    _import(library, PROGRAMS, "../odd name.csv")
    _import(library, PROGRAMS, "../odd name.csv")
    [source] = library.all(ImportSource)
    assert source.sha256 == hashlib.sha256(PROGRAMS).hexdigest()
    assert (library.files_folder / source.file_name).read_bytes() == PROGRAMS
    assert source.size == len(PROGRAMS)


def test_an_exported_library_comes_in_whole_and_a_second_time_not_at_all(library: Library, tmp_path: Path) -> None:
    _import(library, PROGRAMS)
    _ = add(library, planned("Plan"), "Guild", ("IAM",))
    data, _ = library_json(library)
    other = LibraryHouse(tmp_path / "other", fixed_surroundings()).open()
    preview = preview_file(other, "library.json", data)
    assert preview.plan is None
    [report] = apply_previews(other, [preview]).value
    assert report.kind == "library"
    assert report.new == preview.counts[RowKind.NEW] > 4
    assert other.all(Program) == library.all(Program)
    assert other.all(Credential) == library.all(Credential)

    again = preview_file(other, "library.json", data)
    assert again.records_to_write == 0
    assert apply_previews(other, [again]).change is None
    with pytest.raises(UsageError):
        _ = decide_rows(again, {0: "skip"})
    other.close()


def test_a_file_that_cannot_be_read_says_so(library: Library, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="could not be read"):
        _ = read_bytes(library, tmp_path / "missing.csv")
    with pytest.raises(KnownError, match="PNG"):
        _ = preview_file(library, "badge.png", b"\x89PNG\r\n\x1a\n")


def test_the_lists_inside_an_export_come_in_and_the_rest_of_it_is_not_kept(library: Library) -> None:
    data = zipped({"messages.csv": "secret\n", "Certifications.csv": LINKEDIN, "Courses.csv": b"Name,Number\nKnots,\n"})
    previews = preview_parts(library, "export.zip", data)
    assert [preview.file_name for preview in previews] == ["Certifications.csv", "Courses.csv"]
    _ = apply_previews(library, previews)
    kept = [(library.files_folder / source.file_name).read_bytes() for source in library.all(ImportSource)]
    assert sorted(kept) == sorted([LINKEDIN, b"Name,Number\nKnots,\n"])
    assert [preview.file_name for preview in preview_parts(library, "list.csv", PROGRAMS)] == ["list.csv"]
    again = preview_parts(library, "export.zip", data)
    assert [preview.records_to_write for preview in again] == [0, 0]


def test_the_sheet_of_a_workbook_can_be_chosen(library: Library) -> None:
    data = workbook({"Now": [["Title", "Issuer"], ["A", "B"]], "Old": [["Title"], ["C"]]})
    parsed = preview_file(library, "list.xlsx", data, ReadingOptions(sheet="Old")).parsed
    assert [row.raw for row in parsed.rows] == [("C",)]


def test_what_was_left_out_of_rows_that_came_in_is_told(library: Library) -> None:
    data = b"title,earned,valid until,license number\n" + b"\n".join(
        b"%c,2024-05-14,3/4/2027,%d" % (65 + number, number) for number in range(9)
    )
    preview = preview_file(library, "mine.csv", data + b"\nZ,soon,,\n")
    [report] = apply_previews(library, [preview]).value
    assert (report.new, report.broken, report.left_out_cells) == (9, 1, 9)
    assert report.partial == 9
    assert [(where, why) for where, why in report.notes if "ambiguous" in why] == [
        ("lines 2, 3, 4, 5 and 5 more", "“3/4/2027” is ambiguous: day and month cannot be told apart")
    ]
    again = preview_file(library, "mine.csv", data)
    # What does not come in leaves nothing out.
    [second] = apply_previews(library, [again]).value
    assert (second.new, second.left_out_cells, second.notes) == (0, 0, ())


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        (
            "Certifications.csv",
            b"Name,Url,Authority,Started On,Finished On,License Number\nFirst Aid,,Red House,some day,,\n",
            "“some day” is no date",
        ),
        (
            "resume.json",
            b'{"basics":{},"certificates":[{"name":"First Aid","date":"soon","issuer":"Red House"}]}',
            "soon",
        ),
    ],
)
def test_dates_that_cannot_be_read_are_told_in_every_format(library: Library, name: str, data: bytes, why: str) -> None:
    report = planned_report(preview_file(library, name, data))
    assert (report.new, report.left_out_cells) == (1, 1)
    [(_, reason)] = report.notes
    assert why in reason


def test_notes_that_differ_only_in_the_cell_are_one(library: Library) -> None:
    data = b"title,price\n" + b"\n".join(b"%c,%d" % (65 + number, number + 1) for number in range(20))
    report = planned_report(preview_file(library, "list.csv", data))
    assert report.left_out_cells == 20
    assert report.notes == (("lines 2, 3, 4, 5 and 16 more", "“1” has no currency, and others like it"),)
