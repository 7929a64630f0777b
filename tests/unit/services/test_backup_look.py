"""Looking into a backup: what is missing here or differs, in words, and taking it back as one change."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.library_fixtures import LibraryHouse, add, day, earned, fixed_surroundings, planned

from learnpath.domain.money import Money
from learnpath.domain.records import (
    CostLine,
    CostState,
    Credential,
    EvidenceFile,
    Issuer,
    PathStep,
    Program,
    Skill,
    StudySession,
    Tag,
)
from learnpath.domain.records import Path as LearningPath
from learnpath.errors import UsageError
from learnpath.services.backup_look import BackupLook, BackupRecord, describe, look_into_backup, summary_text, take_back
from learnpath.services.backups import backup_now
from learnpath.services.evidence import attach_files
from learnpath.services.field_wording import FieldChange
from learnpath.services.taking_back import TakenBack
from learnpath.storage.backups import Backup, backups_folder, stored_backups
from learnpath.storage.errors import DamagedBackupError, NewerLibraryError
from learnpath.storage.evidence_store import file_path
from learnpath.storage.library import Library


def back_up(library: Library) -> Backup:
    made = backup_now(library, even_unchanged=True).backup
    assert made is not None
    return made


def look(library: Library, name: str | None = None) -> BackupLook:
    return look_into_backup(library, name, around=fixed_surroundings())


def states(found: BackupLook) -> dict[str, str]:
    return {record.title: record.state for record in found.records}


def the(found: BackupLook, title: str) -> BackupRecord:
    (record,) = [one for one in found.records if one.title == title]
    return record


def leftovers(library: Library) -> list[Path]:
    return list(backups_folder(library.folder).glob(".*"))


def test_each_record_is_missing_different_or_the_same(library: Library) -> None:
    gone, changed = add(library, earned("Gone"), "Microsoft"), add(library, planned("Changed"), "CompTIA")
    _ = add(library, planned("Same"))
    with library.change("Add") as change:
        _ = change.insert(Program(name="AZ-104"))
        path = change.insert(LearningPath(title="Cloud"))
    _ = back_up(library)
    with library.change("Alter") as change:
        change.delete(Credential, [gone.id])
        change.update(replace(changed, target_on=day("2027-02")))
        change.delete(LearningPath, [path.id])
    _ = add(library, planned("New"))
    before = library.contents()
    found = look(library)
    assert states(found) == {
        "Changed": "differs",
        "Gone": "missing",
        "Same": "same",
        "AZ-104": "same",
        "Cloud": "missing",
    }
    assert [one.kind for one in found.records] == ["credential"] * 3 + ["program", "path"]
    assert [one.note for one in found.records[:3]] == ["CompTIA", "Microsoft", ""]
    assert describe(found, the(found, "Changed")) == [FieldChange("target on", "", "Feb 2027")]
    assert summary_text(found, the(found, "Changed")) == "target on"
    assert (describe(found, the(found, "Same")), summary_text(found, the(found, "Same"))) == ([], "")
    assert library.contents() == before
    assert leftovers(library) == []


def test_the_words_say_what_it_was_and_what_it_is(library: Library) -> None:
    credential = add(library, earned("Security+", "2024-05-14", "2027-05-14"), "CompTIA", ("Networks",))
    with library.change("More") as change:
        cost = change.insert(CostLine(credential_id=credential.id, price=Money(16500, "EUR")))
        gone = change.insert(CostLine(credential_id=credential.id, price=Money(2000, "USD")))
        _ = change.insert(StudySession(credential_id=credential.id, studied_on=day("2026-01-02"), minutes=90))
    _ = back_up(library)
    with library.change("Alter") as change:
        change.update(
            replace(
                library.get(Credential, credential.id),
                awarded_on=day("2024-06"),
                skill_ids=(),
                issuer_id=None,
                estimated_minutes=90,
                grace_days=30,
                notes="more",
            )
        )
        change.update(replace(cost, price=Money(18000, "EUR"), state=CostState.PAID))
        change.delete(CostLine, [gone.id])
        change.delete(StudySession, [one.id for one in library.all(StudySession)])
    found = look(library)
    assert describe(found, found.records[0]) == [
        FieldChange("issuer", "CompTIA", ""),
        FieldChange("earned", "14 May 2024", "Jun 2024"),
        FieldChange("grace period", "", "30 days"),
        FieldChange("effort", "", "1 h 30"),
        FieldChange("notes", "", "more"),
        FieldChange("skills", "Networks", ""),
        FieldChange("cost 165 EUR (exam): price", "165 EUR", "180 EUR"),
        FieldChange("cost 165 EUR (exam): state", "planned", "paid"),
        FieldChange("cost", "20 USD (exam)", ""),
        FieldChange("study time", "1 h 30 on 2 Jan 2026", ""),
    ]
    assert summary_text(found, found.records[0]) == "issuer, earned, grace period and 5 more"


def test_a_missing_record_is_told_with_all_it_held(library: Library, tmp_path: Path) -> None:
    credential = add(library, earned("Security+", "2024-05-14"), "CompTIA", ("Networks", "Law"))
    proof = tmp_path / "proof.pdf"
    _ = proof.write_bytes(b"proof")
    _ = attach_files(library, credential.id, [proof])
    _ = back_up(library)
    with library.change("Away") as change:
        change.delete(Credential, [credential.id])
    found = look(library)
    told = {one.field: one.before for one in describe(found, found.records[0])}
    assert told == {
        "issuer": "CompTIA",
        "kind": "achievement",
        "stage": "earned",
        "earned": "14 May 2024",
        "skills": "Networks, Law",
        "proof": "proof.pdf",
    }
    assert all(not one.after for one in describe(found, found.records[0]))
    assert summary_text(found, found.records[0]) == ""


def test_several_kinds_come_back_as_one_change(library: Library) -> None:
    credential = add(library, earned("Security+"), "CompTIA", ("Networks",))
    with library.change("More") as change:
        program = change.insert(Program(name="AZ-104", skill_ids=credential.skill_ids))
        path = change.insert(LearningPath(title="Cloud"))
        steps = change.insert_many(
            [
                PathStep(path_id=path.id, position=0, program_id=program.id),
                PathStep(path_id=path.id, position=1, credential_id=credential.id),
                PathStep(path_id=path.id, position=2, title="Rest"),
            ]
        )
    before, name = library.contents(), back_up(library).name
    with library.change("Alter") as change:
        change.delete(Credential, [credential.id])
        change.update(replace(program, name="AZ-105"))
        change.delete(PathStep, [steps[0].id])
        change.update_many([replace(steps[1], position=0, credential_id=None), replace(steps[2], position=1)])
    after, count = library.contents(), len(library.history())
    found = look(library)
    assert [one.state for one in found.records] == ["missing", "differs", "differs"]
    assert describe(found, the(found, "Cloud")) == [
        FieldChange("step", "AZ-105", ""),
        FieldChange("step Security+: place", "2", "1"),
        FieldChange("step Security+: credential", "Security+", ""),
        FieldChange("step Rest: place", "3", "2"),
    ]
    wanted = {"credential": [credential.id], "program": [program.id], "path": [path.id]}
    outcome = take_back(library, name, wanted, fixed_surroundings())
    assert outcome.value == TakenBack(added=2, changed=2)
    assert outcome.change is not None
    assert outcome.change.label == "Take 3 records back from a backup"
    assert outcome.change.touches("credential", "program", "path", "path_step")
    assert library.contents() == before
    assert len(library.history()) == count + 1
    _ = library.undo()
    assert library.contents() == after
    assert leftovers(library) == []


@pytest.mark.parametrize(
    ("titles", "label"),
    [
        (("AZ-104",), "Take AZ-104 back from a backup"),
        (("AZ-104", "AZ-305"), "Take 2 credentials back from a backup"),
    ],
)
def test_the_label_names_what_came_back(library: Library, titles: tuple[str, ...], label: str) -> None:
    ids = [add(library, planned(title)).id for title in titles]
    name = back_up(library).name
    with library.change("Away") as change:
        change.delete(Credential, ids)
    change_set = take_back(library, name, {"credential": ids}, fixed_surroundings()).change
    assert change_set is not None
    assert change_set.label == label


def test_a_path_brings_what_its_steps_stand_for_whole(library: Library) -> None:
    credential = add(library, planned("Security+"))
    with library.change("More") as change:
        _ = change.insert(CostLine(credential_id=credential.id, price=Money(16500, "EUR")))
        path = change.insert(LearningPath(title="Cloud"))
        _ = change.insert(PathStep(path_id=path.id, position=0, credential_id=credential.id))
    before, name = library.contents(), back_up(library).name
    with library.change("Away") as change:
        change.delete(LearningPath, [path.id])
        change.delete(Credential, [credential.id])
    _ = take_back(library, name, {"path": [path.id]}, fixed_surroundings())
    assert library.contents() == before


def test_a_name_that_was_given_again_is_not_there_twice(library: Library) -> None:
    credential = add(library, planned("AZ-104"), "Microsoft", ("Azure", "Networks"))
    old = library.all(Issuer)[0].id
    name = back_up(library).name
    with library.change("Away") as change:
        change.delete(Credential, [credential.id])
        change.delete(Issuer, [old])
        change.delete(Skill, [one.id for one in library.all(Skill)])
    _ = add(library, planned("Other"), "MICROSOFT", ("azure",))
    _ = take_back(library, name, {"credential": [credential.id]}, fixed_surroundings())
    back = library.get(Credential, credential.id)
    assert [one.name for one in library.all(Issuer)] == ["MICROSOFT"]
    assert sorted(one.name for one in library.all(Skill)) == ["Networks", "azure"]
    assert back.issuer_id == library.all(Issuer)[0].id
    assert states(look(library))["AZ-104"] == "same"


def test_a_proof_comes_back_while_its_file_is_there(library: Library, tmp_path: Path) -> None:
    credential = add(library, earned("AZ-104"))
    for name in ("kept.pdf", "gone.pdf", "cut.pdf"):
        _ = (tmp_path / name).write_bytes(name.encode())
    _ = attach_files(library, credential.id, [tmp_path / name for name in ("kept.pdf", "gone.pdf", "cut.pdf")])
    name = back_up(library).name
    proofs = {one.original_name: one for one in library.all(EvidenceFile)}
    with library.change("Away") as change:
        change.delete(Credential, [credential.id])
    file_path(library.files_folder, proofs["gone.pdf"].file_name).unlink()
    _ = file_path(library.files_folder, proofs["cut.pdf"].file_name).write_bytes(b"")
    found = look(library)
    told = [one.before for one in describe(found, found.records[0]) if one.field == "proof"]
    assert told == ["kept.pdf", "gone.pdf (its file is gone)", "cut.pdf (its file is gone)"]
    done = take_back(library, name, {"credential": [credential.id]}, fixed_surroundings()).value
    assert sorted(done.lost_files) == ["cut.pdf", "gone.pdf"]
    assert [one.original_name for one in library.all(EvidenceFile)] == ["kept.pdf"]
    assert states(look(library)) == {"AZ-104": "same"}


def test_what_was_removed_and_added_again_is_there(library: Library, tmp_path: Path) -> None:
    one = add(library, earned("A"))
    proof = tmp_path / "proof.txt"
    _ = proof.write_text("proof")
    with library.change("Add") as change:
        program = change.insert(Program(name="AZ-104"))
        path = change.insert(LearningPath(title="Cloud"))
        _ = change.insert(PathStep(path_id=path.id, position=0, program_id=program.id))
        change.insert_many([CostLine(credential_id=one.id, price=Money(100, "EUR")) for _ in range(2)])
    _ = attach_files(library, one.id, [proof])
    _ = back_up(library)
    costs = library.all(CostLine)
    with library.change("Remove") as change:
        change.delete(EvidenceFile, [each.id for each in library.all(EvidenceFile)])
        change.delete(PathStep, [each.id for each in library.all(PathStep)])
        change.delete(CostLine, [each.id for each in costs])
    _ = attach_files(library, one.id, [proof])
    with library.change("Add again") as change:
        _ = change.insert(PathStep(path_id=path.id, position=0, program_id=program.id))
        _ = change.insert(CostLine(credential_id=one.id, price=Money(100, "EUR")))
    found = look(library)
    # Of two equal costs one is still missing.
    assert states(found) == {"A": "differs", "AZ-104": "same", "Cloud": "same"}
    taken = take_back(library, found.backup.name, {"credential": [one.id], "path": [path.id]}, fixed_surroundings())
    assert taken.value == TakenBack(1, 1)
    assert [len(library.all(kind)) for kind in (EvidenceFile, PathStep, CostLine)] == [1, 1, 2]
    assert states(look(library, found.backup.name)) == {"A": "same", "AZ-104": "same", "Cloud": "same"}


def test_nothing_to_take_back_is_no_change(library: Library) -> None:
    credential = add(library, planned("AZ-104"))
    name = back_up(library).name
    outcome = take_back(library, name, {"credential": [credential.id]}, fixed_surroundings())
    assert outcome.value == TakenBack(0, 0)
    assert outcome.change is None


def test_a_backup_that_cannot_be_used_says_so_and_leaves_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ = add(library, planned("AZ-104"))
    backup = back_up(library)
    with pytest.raises(UsageError, match="no backup named"):
        _ = look(library, "2020-01-01T00-00-00Z")
    with pytest.raises(UsageError, match="no backup named"):
        _ = take_back(library, "2020-01-01T00-00-00Z", {}, fixed_surroundings())
    data = backup.file.read_bytes()
    connection = apsw.Connection(str(backup.file))
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(NewerLibraryError, match="made by a newer Learnpath"):
        _ = look(library)
    for broken in (b"no library", data[: len(data) // 2], b""):
        _ = backup.file.write_bytes(broken)
        with pytest.raises(DamagedBackupError, match="is damaged"):
            _ = look(library, backup.name)
        with pytest.raises(DamagedBackupError, match="is damaged"):
            _ = take_back(library, backup.name, {"credential": [1]}, fixed_surroundings())
    assert leftovers(library) == []


def test_the_look_can_be_stopped_at_any_report(library: Library) -> None:
    _ = add(library, planned("AZ-104"))
    _ = back_up(library)
    told: list[tuple[int, int]] = []
    _ = look_into_backup(library, None, lambda done, total: told.append((done, total)), fixed_surroundings())
    assert told == [(0, 1), (1, 1)]

    def stop_at(number: int) -> Callable[[int, int], None]:
        def report(done: int, _total: int) -> None:
            if done == number:
                raise KeyboardInterrupt

        return report

    for number in (0, 1):
        with pytest.raises(KeyboardInterrupt):
            _ = look_into_backup(library, None, stop_at(number), fixed_surroundings())
    assert leftovers(library) == []


def test_many_records_are_compared_piece_by_piece(library: Library) -> None:
    with library.change("Fill") as change:
        made = change.insert_many([Program(name=f"Program {number:04}") for number in range(1203)])
    _ = back_up(library)
    with library.change("Away") as change:
        change.delete(Program, [one.id for one in made[::2]])
    told: list[int] = []
    found = look_into_backup(library, None, lambda done, _total: told.append(done), fixed_surroundings())
    assert told == [0, 500, 1000, 1203]
    assert [one.title for one in found.records] == [one.name for one in made]
    assert sum(one.state == "missing" for one in found.records) == 602


# Whatever happened since ----------------------------------------------------------------------------------------------


def _fill(library: Library) -> None:
    with library.change("Fill") as change:
        issuers = change.insert_many([Issuer(name=f"Issuer {number}") for number in range(2)])
        skills = change.insert_many([Skill(name=f"Skill {number}") for number in range(3)])
        tags = change.insert_many([Tag(name="urgent")])
        programs = change.insert_many(
            [
                Program(
                    name=f"Program {number}",
                    issuer_id=issuers[number % 2].id,
                    skill_ids=(skills[number].id, skills[0].id) if number else (skills[1].id,),
                )
                for number in range(3)
            ]
        )
        credentials = change.insert_many(
            [
                earned(
                    f"Credential {number}",
                    issuer_id=issuers[number % 2].id,
                    program_id=programs[number].id,
                    tag_ids=(tags[0].id,),
                )
                for number in range(3)
            ]
        )
        _ = change.insert_many([CostLine(credential_id=one.id, price=Money(100, "EUR")) for one in credentials])
        _ = change.insert_many(
            [StudySession(credential_id=one.id, studied_on=day("2026-01-02"), minutes=30) for one in credentials]
        )
        paths = change.insert_many([LearningPath(title=f"Path {number}") for number in range(2)])
        _ = change.insert_many(
            [
                PathStep(path_id=paths[0].id, position=0, program_id=programs[0].id),
                PathStep(path_id=paths[0].id, position=1, credential_id=credentials[1].id, program_id=programs[1].id),
                PathStep(path_id=paths[1].id, position=0, credential_id=credentials[0].id),
            ]
        )


_TYPES = (Credential, Program, LearningPath, Issuer, Skill, Tag, CostLine, StudySession, PathStep)
_EDITS = st.lists(
    st.tuples(st.sampled_from(["delete", "edit", "unpoint", "again"]), st.sampled_from(_TYPES), st.integers(0, 3)),
    max_size=12,
)


def _edit(library: Library, what: str, kind: type, number: int) -> None:
    records = library.all(kind)
    if not records:
        return
    one = records[number % len(records)]
    with library.change("Edit") as change:
        if what == "delete":
            change.delete(kind, [one.id])
        elif what == "edit":
            name = next(name for name in ("title", "name", "note") if hasattr(one, name))
            change.update(replace(one, **{name: f"{getattr(one, name)}!"}))
        elif what == "unpoint" and hasattr(one, "program_id"):
            change.update(replace(one, program_id=None))
        elif what == "again" and kind in (Issuer, Skill, Tag):
            change.delete(kind, [one.id])
            _ = change.insert(replace(one, id=0, name=one.name.upper()))


@settings(max_examples=40, deadline=None)
@given(edits=_EDITS, data=st.data())
def test_what_is_taken_back_is_the_same_again_and_undo_is_exact(
    edits: list[tuple[str, type, int]], data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder:
        library = LibraryHouse(Path(folder) / "library", fixed_surroundings()).open()
        try:
            _fill(library)
            name = back_up(library).name
            for what, kind, number in edits:
                _edit(library, what, kind, number)
            before = library.contents()
            found = look(library, name)
            offered = [one for one in found.records if one.state != "same"]
            chosen = data.draw(st.lists(st.sampled_from(offered), unique_by=lambda one: one.id)) if offered else []
            wanted: dict[str, list[int]] = {}
            for one in chosen:
                wanted.setdefault(one.kind, []).append(one.id)
                assert describe(found, one), f"{one.title} is said to differ, but not in what"
            outcome = take_back(library, name, wanted, fixed_surroundings())
            now = {(one.kind, one.id): one.state for one in look(library, name).records}
            assert {now[one.kind, one.id] for one in chosen} <= {"same"}
            assert (outcome.change is None) == (not chosen)
            assert library.problems() == []
            names = [one.name.casefold() for one in library.all(Skill)]
            assert len(names) == len(set(names))
            if chosen:
                _ = library.undo()
            assert library.contents() == before
            assert stored_backups(library.folder)
        finally:
            library.close()
