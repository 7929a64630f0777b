"""Many files in one import: the same as one after the other, each read once, each costing what it holds."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.library_fixtures import LibraryHouse, add, earned, fixed_surroundings

from learnpath.domain.records import Credential, Issuer, Program, Skill
from learnpath.interchange.checkpoints import go_on
from learnpath.interchange.library_json import dump_library
from learnpath.interchange.plan import Decision, RowKind
from learnpath.services.importing import Preview, apply_previews, decide_rows, plan_again, preview_file
from learnpath.services.planning import Planning
from learnpath.services.previews import ImportedFile
from learnpath.storage.library import Library

_File = tuple[str, bytes]


def table(head: str, *lines: str) -> bytes:
    return "\n".join((head, *lines, "")).encode()


def program_file(*lines: str) -> _File:
    return "programs.csv", table("Course,Provider,Catalogue number,URL,Level,Skills,Validity", *lines)


def credential_file(*lines: str) -> _File:
    return "awards.csv", table("Title,Issuer,Issue date,Credential ID,Program", *lines)


def preview_all(library: Library, files: Sequence[_File], planning: Planning | None) -> list[Preview]:
    previews: list[Preview] = []
    for name, data in files:
        previews.append(preview_file(library, name, data, after=previews, planning=planning))
    return previews


_names = st.sampled_from(("Cloud Basics", "Cloud Basic", "Data", "AWS Data", "data"))
_issuers = st.sampled_from(("Guild", "guild", "AWS", "Amazon Web Services", "Amazon", ""))
_levels = st.sampled_from(("", "Beginner", "Advanced"))
_program_lines = st.builds(
    "{},{},{},{},{},{},{}".format,
    _names,
    _issuers,
    st.sampled_from(("", "1", "2")),
    st.sampled_from(("", "https://a.example/1", "https://a.example/2")),
    _levels,
    st.sampled_from(("", "SQL", "sql; Go")),
    st.sampled_from(("", "2 years")),
)
_award_lines = st.builds(
    "{},{},{},{},{}".format,
    _names,
    _issuers,
    st.sampled_from(("2024-05-01", "2024-05", "2025-01-02")),
    st.sampled_from(("", "L1", "L2")),
    st.sampled_from(("", "Data", "Cloud Basics")),
)
_files = (
    st.lists(_program_lines, min_size=1, max_size=4).map(lambda lines: program_file(*lines))
    | st.lists(_award_lines, min_size=1, max_size=4).map(lambda lines: credential_file(*lines))
    | st.lists(st.sampled_from(("SQL", "Go", "Rust", "sql")), min_size=1, max_size=3).map(
        lambda names: ("Skills.csv", table("Name", *names))
    )
)


_SKILLS = [("Skills.csv", table("Name", name)) for name in ("SQL", "Go", "Rust")]
_ALIASED = "awards.csv", table("Title,Issuer", "Cloud,AWS Inc.")


@settings(max_examples=60, deadline=None)
@given(st.lists(_files, min_size=1, max_size=5))
@example([*_SKILLS[:2], program_file("Cloud,Guild,,,,Rust,"), _SKILLS[2]])
@example([
    program_file("Cloud,Guild,7,,,,"),
    credential_file("A,Guild,2025-01-02,L1,Cloud"),
    credential_file("A,Guild,2025-01-02,L1,Cloud", "B,,2025,,"),
    program_file("Data,Guild,7,,,,"),
    credential_file("A,Guild,2025-01-02,L1,Cloud"),
])  # fmt: skip
@example([credential_file("A,X,2025-01-02,,"), _ALIASED, credential_file("Cloud,AWS,,,"), credential_file("A,AWS,,,")])
def test_files_imported_together_are_what_they_are_one_after_the_other(files: list[_File]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        together, apart = (LibraryHouse(Path(folder) / name, fixed_surroundings()).open() for name in ("a", "b"))
        try:
            for library in (together, apart):
                with library.change("Add") as change:
                    _ = change.insert(Issuer(name="X", aliases=("AWS",)))
            reports = apply_previews(together, preview_all(together, files, Planning(together))).value
            assert reports == [apply_previews(apart, [preview_file(apart, *file)]).value[0] for file in files]
            assert together.contents() == apart.contents()
        finally:
            together.close()
            apart.close()


@settings(max_examples=60, deadline=None)
@given(st.lists(_files, min_size=1, max_size=5))
def test_a_planning_that_is_kept_gives_what_a_new_one_gives(files: list[_File]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = LibraryHouse(Path(folder) / "library", fixed_surroundings()).open()
        try:
            planning = Planning(library)
            previews = preview_all(library, files, planning)
            assert previews == preview_all(library, files, None)
            for at, preview in enumerate(previews):
                # Also when it is asked for what lies further back.
                assert plan_again(library, preview, go_on, previews[:at], planning) == preview
        finally:
            library.close()


def test_a_decision_in_an_early_file_is_heeded_without_reading_the_later_ones(library: Library) -> None:
    files = [program_file("Cloud,Guild,,,Beginner,,"), program_file("Cloud,Guild,,,Advanced,,")]
    planning = Planning(library)
    first, second = preview_all(library, files, planning)
    assert second.counts[RowKind.UPDATE] == 1
    skipped = decide_rows(first, {0: "skip"})
    planned = plan_again(library, second, go_on, [skipped], planning)
    assert planned.counts[RowKind.NEW] == 1
    assert planned.parsed is second.parsed


def test_what_is_changed_meanwhile_is_read(library: Library) -> None:
    planning = Planning(library)
    file = credential_file("Cloud,Guild,2025-01-01,A,")
    assert preview_file(library, *file, planning=planning).counts[RowKind.NEW] == 1
    _ = add(library, earned("Cloud", license_number="A"), "Guild")
    assert preview_file(library, *file, planning=planning).counts[RowKind.SAME] == 1


def test_a_plan_that_is_stopped_leaves_nothing_half_done(library: Library) -> None:
    planning = Planning(library)
    first = preview_file(library, *program_file("Cloud,Guild,,,,,"), planning=planning)
    calls = 0

    def stop_late() -> None:
        nonlocal calls
        calls += 1
        if calls > 1:
            raise InterruptedError

    second = program_file("Cloud,Guild,,,Advanced,,", "Data,Guild,,,,,")
    whole = preview_file(library, *second, after=[first])
    with pytest.raises(InterruptedError):
        _ = plan_again(library, whole, stop_late, [first], planning)
    assert plan_again(library, whole, go_on, [first], planning) == whole


def test_programs_and_skills_of_one_file_are_known_in_the_next(library: Library) -> None:
    files = [
        credential_file("Before,Guild,2025-01-01,,Cloud"),
        program_file("Cloud,Guild,7,,,SQL,2 years"),
        ("Skills.csv", table("Name", "sql", "Rust")),
        program_file("Data,Guild,8,,,rust,"),
        credential_file("Award,Guild,2025-01-01,,Cloud"),
    ]
    _ = apply_previews(library, preview_all(library, files, Planning(library)))
    assert sorted(skill.name for skill in library.all(Skill)) == ["Rust", "SQL"]
    cloud = next(one for one in library.all(Program) if one.name == "Cloud")
    assert {one.title: one.program_id for one in library.all(Credential)} == {"Before": None, "Award": cloud.id}


def test_each_file_of_an_import_costs_what_it_holds(library: Library) -> None:
    reads: list[int] = []
    read = library.rows

    def counting_rows(sql: str, parameters: Sequence[object] = ()) -> object:
        found = read(sql, parameters)  # pyright: ignore[reportArgumentType]
        if " FROM program WHERE" in sql:
            reads.append(len(found))
        return found

    files = [program_file(*(f"Course {at} {line},Guild,,,,," for line in range(5))) for at in range(20)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "rows", counting_rows)
        previews = preview_all(library, files, Planning(library))
        assert sum(reads) == 0
        _ = apply_previews(library, previews)
    assert sum(reads) <= 2 * 100


NEARLY = credential_file("Sails,Guild,2024-01-01,,", "Cloud Practitioner Essentials One,Guild,2025-01-01,N-1,")


def with_number(library: Library) -> _File:
    """Return an exported library in which the only credential has the number N-1."""
    contents = library.contents()
    numbered = tuple(replace(one, license_number="N-1") for one in contents.credentials)
    return "library.json", dump_library(replace(contents, credentials=numbered, imports=(), sources=()), {})


def import_decided(
    library: Library, files: Sequence[_File], decision: Decision
) -> tuple[list[ImportedFile], list[str]]:
    """Import a library and a table whose second row is decided; return what became of them and the titles."""
    first, second = preview_all(library, files, None)
    assert second.plan is not None
    assert second.plan.rows[1].reason.startswith("looks like “Cloud Practitioner Essential One”")
    done = apply_previews(library, [first, decide_rows(second, {1: decision})]).value
    return done, sorted(one.title for one in library.all(Credential))


def test_a_decision_that_the_file_before_made_impossible_is_dropped_and_told(library: Library) -> None:
    _ = add(library, earned("Cloud Practitioner Essential One", notes="mine"), "Guild")
    done, titles = import_decided(library, [with_number(library), NEARLY], "new")
    assert [(one.new, one.updated, one.undecided) for one in done] == [(0, 1, 0), (1, 0, 1)]
    assert done[1].to_decide == (("line 3", "you entered the title yourself"),)
    assert titles == ["Cloud Practitioner Essential One", "Sails"]


def test_a_decision_does_not_answer_another_question(library: Library) -> None:
    _ = add(library, earned("Cloud Practitioner Essential One", notes="mine"), "Guild")
    done, titles = import_decided(library, [with_number(library), NEARLY], "update")
    assert (done[1].updated, done[1].undecided) == (0, 1)
    assert "Cloud Practitioner Essentials One" not in titles


@pytest.mark.parametrize("decision", ["new", "skip"])
def test_a_row_decided_otherwise_is_not_written_by_itself(library: Library, decision: Decision) -> None:
    [own] = preview_all(library, [credential_file("Cloud Practitioner Essential One,Guild,2025-01-01,,")], None)
    _ = apply_previews(library, [own])
    done, titles = import_decided(library, [with_number(library), NEARLY], decision)
    assert (done[1].new, done[1].updated, done[1].undecided) == (1, 0, 1)
    assert titles == ["Cloud Practitioner Essential One", "Sails"]


def test_a_decision_stays_when_the_question_does(library: Library) -> None:
    _ = add(library, earned("Cloud Practitioner Essential One", notes="mine"), "Guild")
    done, titles = import_decided(library, [credential_file("Else,Guild,2020-01-01,,"), NEARLY], "new")
    assert (done[1].new, done[1].undecided) == (2, 0)
    assert "Cloud Practitioner Essentials One" in titles
