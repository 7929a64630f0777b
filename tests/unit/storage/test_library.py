import threading
from collections.abc import Callable
from dataclasses import replace

import apsw
import pytest
from tests.library_fixtures import LibraryHouse, earned, planned

from learnpath.domain.contents import LibraryContents
from learnpath.domain.dates import PartialDate
from learnpath.domain.money import Money
from learnpath.domain.records import (
    CostLine,
    Credential,
    EvidenceFile,
    ImportSource,
    Issuer,
    PathStep,
    Portfolio,
    Profile,
    Program,
    Skill,
    StudySession,
    Tag,
)
from learnpath.domain.records import Path as LearningPath
from learnpath.errors import UsageError
from learnpath.services.whole_library import insert_contents, store_files
from learnpath.storage import history
from learnpath.storage.errors import DamagedLibraryError
from learnpath.storage.library import Library

_DAY = PartialDate("2026-11-20")


def _everything() -> LibraryContents:
    """One record of each kind, each pointing at others, with every optional field set."""
    return LibraryContents(
        issuers=(Issuer(id=1, name="Guild", aliases=("The Guild", "Cloud-Gilde"), country_code="HU"),),
        skills=(Skill(id=2, name="Threat models", uri="https://example.org/skill"), Skill(id=3, name="IAM")),
        tags=(Tag(id=4, name="work"),),
        programs=(
            Program(
                id=5,
                name="Guild exam",
                issuer_id=1,
                price=Money(16500, "USD"),
                estimated_minutes=90,
                retires_on=PartialDate("2027"),
                checked_on=_DAY,
                skill_ids=(3, 2),
                tag_ids=(4,),
            ),
        ),
        credentials=(earned("Guild", "2025-03", "2027-03", id=6, issuer_id=1, program_id=5, skill_ids=(2, 3)),),
        evidence=(
            EvidenceFile(
                id=7,
                credential_id=6,
                file_name="a.pdf",
                original_name="a.pdf",
                media_type="application/pdf",
                size=3,
                sha256="ab",
                added_at="2026-11-21T09:30:00Z",
            ),
        ),
        costs=(CostLine(id=8, credential_id=6, price=Money(-5, "JPY"), claim_by=_DAY),),
        sessions=(StudySession(id=9, credential_id=6, studied_on=_DAY, minutes=30),),
        paths=(LearningPath(id=10, title="Way", goal_on=PartialDate("2027-06"), is_active=False),),
        steps=(PathStep(id=11, path_id=10, position=0, program_id=5, credential_id=6, estimated_minutes=5),),
        portfolios=(Portfolio(id=12, name="Short", sections=("skills",), excluded_ids=(6,), show_planned=True),),
        imports=(
            ImportSource(
                id=13,
                original_name="x.csv",
                file_name="x.csv",
                format="csv",
                sha256="cd",
                size=1,
                imported_at="2026-11-21T09:30:00Z",
            ),
        ),
    )


def _fill(library: Library) -> None:
    with library.change("Fill") as change:
        insert_contents(change, _everything())


def test_every_record_comes_back_as_it_was_stored(library: Library) -> None:
    _fill(library)

    assert library.contents() == _everything()
    assert library.problems() == []


def test_an_empty_library_holds_nothing(library: Library) -> None:
    assert library.contents() == LibraryContents()
    assert library.profile() == Profile()
    assert library.history() == []
    assert library.undo() is None
    assert library.redo() is None
    assert library.undo_label() is None
    assert library.redo_label() is None


def test_a_change_tells_kinds_and_ids_and_is_in_the_history(library: Library) -> None:
    with library.change("Add both") as change:
        one = change.insert(planned("A"))
        skill = change.insert(Skill(name="IAM"))
        assert change.change_set is None

    assert change.change_set is not None
    assert change.change_set.label == "Add both"
    assert change.change_set.kinds == {"credential", "skill"}
    assert change.change_set.ids == {one.id, skill.id}
    assert change.change_set.touches("path", "skill")
    assert not change.change_set.touches("path")
    (entry,) = library.history()
    assert (entry.label, entry.at, entry.device, entry.rows, entry.undone) == (
        "Add both",
        "2026-11-21T09:30:00Z",
        "test",
        2,
        False,
    )


def test_a_change_of_skills_alone_is_told_as_one_of_the_credential(library: Library) -> None:
    _fill(library)
    with library.change("Order skills") as change:
        change.update(replace(library.get(Credential, 6), skill_ids=(3, 2)))

    assert change.change_set is not None
    assert change.change_set.kinds == {"credential"}
    assert change.change_set.ids == {6}
    assert library.get(Credential, 6).skill_ids == (3, 2)
    _ = library.undo()
    assert library.contents() == _everything()


def test_a_skill_named_twice_is_kept_once(library: Library) -> None:
    _fill(library)
    with library.change("Twice") as change:
        change.update(replace(library.get(Credential, 6), skill_ids=(3, 3, 2, 3)))
    assert library.get(Credential, 6).skill_ids == (3, 2)


def test_a_change_that_changes_nothing_is_not_recorded_and_keeps_redo(library: Library) -> None:
    _fill(library)
    with library.change("Add tag") as change:
        _ = change.insert(Tag(name="home"))
    _ = library.undo()

    with library.change("Nothing") as nothing:
        nothing.update(library.get(Credential, 6))
        nothing.insert_many([])
        nothing.update_many([])
        nothing.delete(Credential, [999])

    assert nothing.change_set is None
    assert [entry.label for entry in library.history()] == ["Add tag", "Fill"]
    assert library.redo_label() == "Add tag"


def test_what_was_undone_cannot_be_repeated_after_a_new_change(library: Library) -> None:
    for label in ("One", "Two", "Three"):
        with library.change(label) as change:
            _ = change.insert(Tag(name=label))
    _ = library.undo()
    _ = library.undo()
    assert library.undo_label() == "One"
    assert library.redo_label() == "Two"

    with library.change("Four") as change:
        _ = change.insert(Tag(name="Four"))

    assert library.redo_label() is None
    assert library.redo() is None
    assert [tag.name for tag in library.all(Tag)] == ["One", "Four"]
    assert [(entry.label, entry.undone) for entry in library.history()] == [
        ("Four", False),
        ("Three", True),
        ("Two", True),
        ("One", False),
    ]
    undone = library.undo()
    assert undone is not None
    assert undone.label == "Four"
    assert library.undo_label() == "One"


@pytest.mark.parametrize(
    ("record_type", "record_id"), [(Issuer, 1), (Skill, 2), (Tag, 4), (Program, 5), (Credential, 6), (LearningPath, 10)]
)
def test_undo_of_a_deletion_brings_back_what_went_with_it(
    library: Library, record_type: type[Credential], record_id: int
) -> None:
    _fill(library)
    with library.change("Delete") as change:
        change.delete(record_type, [record_id])
    without = library.contents()
    assert library.find(record_type, record_id) is None
    assert library.problems() == []

    told = library.undo()
    assert told is not None
    assert record_id in told.ids
    assert library.contents() == _everything()
    _ = library.redo()
    assert library.contents() == without
    assert library.problems() == []


def test_history_survives_closing(house: LibraryHouse) -> None:
    first = house.open()
    _fill(first)
    with first.change("Delete") as change:
        change.delete(Issuer, [1])
    _ = first.undo()
    first.close()

    again = house.open()
    assert again.contents() == _everything()
    assert (again.undo_label(), again.redo_label()) == ("Fill", "Delete")
    _ = again.redo()
    assert again.all(Issuer) == []
    again.close()


def test_a_failing_change_leaves_no_trace(library: Library) -> None:
    _fill(library)
    with pytest.raises(ZeroDivisionError), library.change("Fail") as change:  # noqa: PT012
        change.delete(Credential, [6])
        change.set_profile(Profile(name="Nobody"))
        raise ZeroDivisionError

    assert change.change_set is None
    assert library.contents() == _everything()
    assert [entry.label for entry in library.history()] == ["Fill"]
    with library.change("Goes on") as change:
        _ = change.insert(Tag(name="on"))
    assert change.change_set is not None


def test_a_record_that_points_nowhere_is_refused(library: Library) -> None:
    with pytest.raises(apsw.ConstraintError), library.change("Wrong") as change:
        _ = change.insert(CostLine(credential_id=1, price=Money(1, "EUR")))
    assert library.all(CostLine) == []


def test_a_change_inside_a_change_is_refused_and_does_not_wait_for_itself(library: Library) -> None:
    with pytest.raises(apsw.SQLError), library.change("Outer") as outer:  # noqa: PT012
        _ = outer.insert(Tag(name="outer"))
        _ = library.undo()
    assert library.all(Tag) == []


def test_updating_what_is_gone_is_refused(library: Library) -> None:
    _fill(library)
    gone = replace(library.get(Credential, 6), id=77)
    with pytest.raises(UsageError, match="removed meanwhile"), library.change("Edit") as change:
        change.update_many([library.get(Credential, 6), gone])
    assert library.contents() == _everything()


def test_get_says_what_is_missing(library: Library) -> None:
    with pytest.raises(UsageError) as caught:
        _ = library.get(EvidenceFile, 5)
    assert caught.value.message == "There is no evidence file with the id 5."
    assert caught.value.exit_code == 2


def test_all_gives_the_wanted_records_by_id(library: Library) -> None:
    with library.change("Add") as change:
        tags = change.insert_many([Tag(name=name) for name in "abc"])
    assert library.all(Tag, [tags[2].id, tags[0].id, 12, tags[0].id]) == [tags[0], tags[2]]
    assert [tag.id for tag in tags] == sorted(tag.id for tag in tags)


def test_the_profile_can_be_set_edited_and_taken_back(library: Library) -> None:
    first = Profile(name="Kovács", headline="h", place="p", email="e", currency="HUF", week_goal_minutes=120)
    for profile in (first, replace(first, place="Pécs")):
        with library.change("Edit profile") as change:
            change.set_profile(profile)
        assert library.profile() == profile
    assert change.change_set is not None
    assert change.change_set.kinds == {"profile"}
    _ = library.undo()
    assert library.profile() == first
    _ = library.undo()
    assert library.profile() == Profile()


def test_files_are_stored_under_names_of_their_own(library: Library) -> None:
    contents = _everything()
    stored = store_files(library, contents, {"ab": b"pdf", "cd": b"csv"})
    assert (library.files_folder / stored.evidence[0].file_name).read_bytes() == b"pdf"
    assert (library.files_folder / stored.imports[0].file_name).read_bytes() == b"csv"
    assert replace(stored, evidence=contents.evidence, imports=contents.imports) == contents


def _break(library: Library, sql: str) -> None:
    connection = apsw.Connection(str(library.folder / "library.learnpath"))
    connection.execute(sql)
    connection.close()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE credential SET valid_until = '2O27'",
        "UPDATE credential SET stage = 'early'",
        "UPDATE issuer SET aliases = '[broken'",
        "UPDATE program SET price_currency = 'usd'",
        "UPDATE credential SET title = CAST(x'ff' AS TEXT)",
    ],
)
def test_a_row_that_is_no_record_is_damage_that_a_check_names(library: Library, sql: str) -> None:
    _fill(library)
    _break(library, sql)

    with pytest.raises(DamagedLibraryError):
        _ = library.contents()
    assert len(library.problems()) == 1


def test_a_check_finds_words_that_are_not_those_of_the_records(library: Library) -> None:
    _fill(library)
    _break(library, "DROP TRIGGER credential_words_update; UPDATE credential SET title = 'Other'")
    assert library.problems() == ["credential_words: the search words are not those of the records"]


def test_a_change_that_fails_for_wrong_words_is_told_as_damage(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        # What SQLite answers when pages of its search words are exchanged.
        raise apsw.ConstraintError("constraint failed")

    _fill(library)
    monkeypatch.setattr(history, "recorded", fail)
    with pytest.raises(apsw.ConstraintError), library.change("Sound") as change:
        _ = change.insert(Tag(name="a"))
    _break(library, "DROP TRIGGER credential_words_update; UPDATE credential SET title = 'Other'")
    with pytest.raises(DamagedLibraryError), library.change("Damaged") as change:
        _ = change.insert(Tag(name="a"))


def test_a_check_finds_rows_that_point_nowhere(library: Library) -> None:
    _fill(library)
    _break(library, "DELETE FROM path")
    assert library.problems() == ["path_step row 11 points at a missing path"]


def test_undo_refuses_a_library_that_something_else_has_changed(library: Library) -> None:
    _fill(library)
    with library.change("Rename") as change:
        change.update(replace(library.get(Issuer, 1), name="New"))
    _break(library, "UPDATE issuer SET name = 'Foreign'")

    with pytest.raises(DamagedLibraryError):
        _ = library.undo()
    assert library.get(Issuer, 1).name == "Foreign"
    assert library.undo_label() == "Rename"


def _in_threads(*work: Callable[[], None]) -> None:
    failures: list[BaseException] = []

    def run(one: Callable[[], None]) -> None:
        try:
            one()
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=run, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not failures, failures
    assert not any(thread.is_alive() for thread in threads)


def test_others_read_whole_changes_while_one_writes(library: Library) -> None:
    done = threading.Event()
    seen: set[int] = set()

    def write() -> None:
        for number in range(40):
            with library.change(f"Pair {number}") as change:
                _ = change.insert(Tag(name="left"))
                _ = change.insert(Tag(name="right"))
        done.set()
        library.close_thread()

    def read() -> None:
        while not done.is_set():
            seen.add(len(library.all(Tag)))
        seen.add(len(library.all(Tag)))
        library.close_thread()

    _in_threads(write, read, read)
    assert all(count % 2 == 0 for count in seen)
    assert 80 in seen


def test_two_writers_take_turns(library: Library) -> None:
    def write() -> None:
        for number in range(25):
            with library.change(f"Tag {number}") as change:
                _ = change.insert(Tag(name=str(number)))
        library.close_thread()

    _in_threads(write, write)
    assert len(library.all(Tag)) == 50
    assert len(library.history()) == 50
    assert library.problems() == []


def test_closing_the_connection_of_a_thread_is_not_closing_the_library(library: Library) -> None:
    library.close_thread()
    assert library.all(Tag) == []


def test_a_running_statement_can_be_stopped(library: Library) -> None:
    def stop() -> bool:
        library.interrupt()
        return False

    connection = library._database.apsw_connection  # pyright: ignore[reportPrivateUsage]
    connection.set_progress_handler(stop, 100)
    with pytest.raises(Exception, match="interrupt"):
        _ = library.rows(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n LIMIT 1000000"
        )
    connection.set_progress_handler(None)
    assert library.all(Tag) == []
