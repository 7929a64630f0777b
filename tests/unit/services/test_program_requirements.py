"""What programs require: linked by an import, kept by everything that writes records, told in words."""

import json
from dataclasses import replace

import pytest
from tests.library_fixtures import TODAY, LibraryHouse, fixed_surroundings

from learnpath.domain.records import Program
from learnpath.interchange.plan import RowKind
from learnpath.services.backup_look import describe, look_into_backup, take_back
from learnpath.services.backups import backup_now
from learnpath.services.exporting import library_json
from learnpath.services.field_wording import FieldChange
from learnpath.services.history import describe_change
from learnpath.services.importing import Preview, apply_previews, decide_rows, preview_file
from learnpath.services.programs import delete_programs, read_program_form, save_program
from learnpath.storage.library import Library


def badge(key: str, name: str, *required: tuple[str, str], issuer: str = "Harbour Guild") -> dict[str, object]:
    return {
        "id": key,
        "name": name,
        "issuer": {"entities": [{"primary": True, "entity": {"name": issuer}}]},
        "badge_template_activities": [
            {"activity_type": "Badge", "required_badge_template_id": one, "title": title} for one, title in required
        ],
    }


KNOTS, SAILS = badge("1", "Knots"), badge("2", "Sails")
MASTER = badge("3", "Master Rigger", ("1", "Knots"), ("2", "Sails"))


def look(library: Library, *badges: dict[str, object]) -> Preview:
    return preview_file(library, "badges.json", json.dumps({"data": badges}).encode())


def take(library: Library, *badges: dict[str, object]) -> tuple[int, int]:
    (done,) = apply_previews(library, [look(library, *badges)]).value
    return done.new, done.updated


def required(library: Library, name: str) -> list[str]:
    programs = {one.id: one for one in library.all(Program)}
    (found,) = (one for one in programs.values() if one.name == name)
    return [programs[one].name for one in found.required_ids]


def test_badges_of_a_catalogue_know_those_they_require_whatever_their_order(library: Library) -> None:
    assert take(library, MASTER, KNOTS, SAILS) == (3, 0)
    assert required(library, "Master Rigger") == ["Knots", "Sails"]
    assert required(library, "Knots") == []
    assert all("Requires" not in one.description for one in library.all(Program))
    before = library.contents()
    assert take(library, MASTER, KNOTS, SAILS) == (0, 0)
    assert library.contents() == before
    assert library.problems() == []


def test_undo_and_redo_take_the_links_along(library: Library) -> None:
    _ = take(library, MASTER, KNOTS, SAILS)
    after = library.contents()
    _ = library.undo()
    assert library.contents().programs == ()
    _ = library.redo()
    assert library.contents() == after


def test_a_required_badge_that_the_library_calls_otherwise_is_that_record(library: Library) -> None:
    _ = take(library, KNOTS, SAILS)
    form = read_program_form(library, library.all(Program)[0].id, TODAY)
    _ = save_program(library, replace(form, program=replace(form.program, name="My knots")))
    assert take(library, KNOTS, SAILS, MASTER) == (1, 0)
    assert required(library, "Master Rigger") == ["My knots", "Sails"]
    assert take(library, KNOTS, SAILS, MASTER) == (0, 0)


def test_what_is_left_out_is_linked_by_a_later_import(library: Library) -> None:
    preview = look(library, MASTER, KNOTS, SAILS)
    _ = apply_previews(library, [decide_rows(preview, {1: "skip"})])
    assert required(library, "Master Rigger") == ["Sails"]
    assert take(library, MASTER, KNOTS, SAILS) == (1, 0)
    again = look(library, MASTER, KNOTS, SAILS)
    assert again.plan is not None
    assert again.plan.rows[0].changes == (("required_names", ("Sails",), ("Sails", "Knots")),)
    _ = apply_previews(library, [again])
    assert required(library, "Master Rigger") == ["Sails", "Knots"]
    assert take(library, MASTER, KNOTS, SAILS) == (0, 0)


def test_a_badge_from_elsewhere_is_told_in_words_and_linked_when_it_is_here(library: Library) -> None:
    master = badge("3", "Master Rigger", ("1", "Knots"), ("9", "Sea Survival"))
    preview = look(library, master, KNOTS)
    assert preview.plan is not None
    assert preview.plan.rows[0].notes == ("entry 1: requires “Sea Survival”, not in the file and not here",)
    _ = apply_previews(library, [preview])
    assert required(library, "Master Rigger") == ["Knots"]
    (program,) = (one for one in library.all(Program) if one.required_ids)
    assert program.description == "Requires: Sea Survival"
    assert take(library, master, KNOTS) == (0, 0)
    _ = take(library, badge("9", "Sea Survival", issuer="Coast Guard"))
    assert take(library, master, KNOTS) == (0, 1)
    assert required(library, "Master Rigger") == ["Knots", "Sea Survival"]


def test_of_two_badges_of_one_name_none_is_taken_for_the_required_one(library: Library) -> None:
    master = badge("3", "Master Rigger", ("1", "Knots"))
    assert take(library, master, badge("1", "Knots"), badge("4", "Knots")) == (3, 0)
    assert required(library, "Master Rigger") == []
    assert library.all(Program)[0].description == "Requires: Knots"


def test_a_badge_does_not_require_itself(library: Library) -> None:
    assert take(library, badge("1", "Knots", ("1", "Knots"))) == (1, 0)
    assert required(library, "Knots") == []


def test_of_two_programs_of_one_name_the_issuer_s_own_is_required(library: Library) -> None:
    table = b"title,issuer,requires\nBasics,Alpha,\nBasics,Beta,\nPro,Beta,Basics\n"
    _ = apply_previews(library, [preview_file(library, "list.csv", table)])
    programs = {one.id: one for one in library.all(Program)}
    (pro,) = (one for one in programs.values() if one.required_ids)
    (basics,) = pro.required_ids
    assert programs[basics].issuer_id == pro.issuer_id
    assert preview_file(library, "list.csv", table).records_to_write == 0


def test_saving_keeps_two_required_programs_of_one_name(library: Library) -> None:
    with library.change("Add") as change:
        one, two = change.insert_many([Program(name="Basics"), Program(name="Basics")])
        pro = change.insert(Program(name="Pro", required_ids=(one.id, two.id)))
    _ = save_program(library, replace(read_program_form(library, pro.id, TODAY), required_names=("Basics",)))
    assert library.get(Program, pro.id).required_ids == (one.id, two.id)


def test_a_table_can_say_what_is_required(library: Library) -> None:
    table = b"title,issuer,requires\nKnots,Guild,\nSails,Guild,Knots\nRigger,Guild,Knots; Sails; Luck\n"
    preview = preview_file(library, "list.csv", table)
    assert preview.plan is not None
    assert preview.plan.rows[2].notes == ("line 4: requires “Luck”, not in the file and not here",)
    _ = apply_previews(library, [preview])
    assert required(library, "Rigger") == ["Knots", "Sails"]
    assert preview_file(library, "list.csv", table).counts[RowKind.SAME] == 3


@pytest.mark.parametrize("together", [False, True])
def test_a_list_can_require_what_another_list_brings(library: Library, *, together: bool) -> None:
    first, second = b"title,issuer\nKnots,Guild\n", b"title,issuer,requires\nRigger,Guild,Knots\n"
    if together:
        one = preview_file(library, "a.csv", first)
        two = preview_file(library, "b.csv", second, after=[one])
        assert two.plan is not None
        assert two.plan.rows[0].notes == ()
        _ = apply_previews(library, [one, two])
    else:
        for data in (first, second):
            _ = apply_previews(library, [preview_file(library, "list.csv", data)])
    assert required(library, "Rigger") == ["Knots"]


def test_the_history_tells_links_in_words(library: Library) -> None:
    _ = take(library, MASTER, KNOTS, SAILS)
    (rigger, *_) = (one for one in library.all(Program) if one.required_ids)
    with library.change("Edit") as change:
        change.update(replace(rigger, required_ids=rigger.required_ids[1:]))
    (told,) = describe_change(library, 2)
    assert (told.kind, told.action) == ("program", "changed")
    assert FieldChange("requires", "Knots", "") in told.fields


def test_a_program_taken_back_is_required_again(library: Library) -> None:
    _ = take(library, MASTER, KNOTS, SAILS)
    backup = backup_now(library, even_unchanged=True).backup
    assert backup is not None
    knots = next(one.id for one in library.all(Program) if one.name == "Knots")
    _ = delete_programs(library, [knots])
    assert required(library, "Master Rigger") == ["Sails"]
    look_at = look_into_backup(library, None, around=fixed_surroundings())
    (master,) = (one for one in look_at.records if one.title == "Master Rigger")
    assert describe(look_at, master) == [FieldChange("requires", "Knots, Sails", "Sails")]
    _ = take_back(library, backup.name, {"program": [knots]}, fixed_surroundings())
    assert required(library, "Master Rigger") == ["Sails", "Knots"]


def test_a_program_taken_back_brings_what_it_requires(library: Library) -> None:
    _ = take(library, MASTER, KNOTS, SAILS)
    backup = backup_now(library, even_unchanged=True).backup
    assert backup is not None
    before = library.contents()
    rigger = next(one.id for one in library.all(Program) if one.required_ids)
    _ = delete_programs(library, [one.id for one in library.all(Program)])
    _ = take_back(library, backup.name, {"program": [rigger]}, fixed_surroundings())
    assert library.contents().programs == before.programs


def test_an_exported_library_brings_them_along(house: LibraryHouse, library: Library) -> None:
    _ = take(library, MASTER, KNOTS, SAILS)
    exported, _ = library_json(library)
    other = LibraryHouse(house.folder.with_name("other"), fixed_surroundings()).open()
    _ = apply_previews(other, [preview_file(other, "library.json", exported)])
    assert other.contents().programs == library.contents().programs
    other.close()


def test_an_export_from_before_requirements_still_comes_in(library: Library) -> None:
    _ = take(library, KNOTS, SAILS)
    document = json.loads(library_json(library)[0])
    document["version"] = 1
    for program in document["contents"]["programs"]:
        del program["required_ids"]
    preview = preview_file(library, "library.json", json.dumps(document).encode())
    assert preview.records_to_write == 0
