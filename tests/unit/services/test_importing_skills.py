"""Skills, degrees and occupations from files to the library and back."""

import pytest
from tests.file_parts import preview_parts
from tests.library_fixtures import add, earned
from tests.unit.interchange.list_files import EDUCATION, ESCO, OCCUPATIONS, SKILLS
from tests.unit.interchange.workbooks import zipped

from learnpath.domain.records import Credential, ImportSource, Issuer, Path, RecordSource, Skill
from learnpath.interchange.plan import RowKind
from learnpath.services.exporting import library_json
from learnpath.services.importing import ImportedFile, apply_previews, decide_rows, preview_file
from learnpath.services.libraries import open_library
from learnpath.services.paths import save_path
from learnpath.services.suggestions import suggest_names
from learnpath.storage.library import Library

AA, BB = "http://data.europa.eu/esco/skill/aa", "http://data.europa.eu/esco/skill/bb"


def bring(library: Library, name: str, data: bytes) -> ImportedFile:
    return apply_previews(library, [preview_file(library, name, data)]).value[0]


def skills(library: Library) -> dict[str, str]:
    return {one.name: one.uri for one in library.all(Skill)}


def test_skills_come_in_once_with_their_addresses_and_undo_takes_them_back(library: Library) -> None:
    before = library.contents()
    done = bring(library, "skills.csv", ESCO)
    assert (done.kind, done.new, done.updated, done.broken) == ("skills", 2, 0, 1)
    assert skills(library) == {"weave cloth": AA, "dye": BB}
    assert [one.format for one in library.all(ImportSource)] == ["esco"]
    again = bring(library, "skills.csv", ESCO)
    assert (again.new, again.updated, again.same) == (0, 0, 2)
    assert len(library.all(ImportSource)) == 1
    assert suggest_names(library).skills == ("dye", "weave cloth")
    _ = library.undo()
    assert library.contents() == before
    _ = library.redo()
    assert skills(library) == {"weave cloth": AA, "dye": BB}


def test_a_skill_in_use_takes_the_address_and_keeps_its_name_and_its_credentials(library: Library) -> None:
    one = add(library, earned("Loom Licence"), skills=("Weave", "Tint"))
    done = bring(library, "skills.csv", ESCO)
    # Both have other names in the list.
    assert (done.new, done.updated) == (0, 2)
    assert skills(library) == {"Weave": AA, "Tint": BB}
    assert library.get(Credential, one.id).skill_ids == one.skill_ids
    # No import changes what a skill says, so that nothing is noted about its fields.
    assert library.all(RecordSource) == []
    again = bring(library, "skills.csv", ESCO)
    assert (again.new, again.updated, again.same) == (0, 0, 2)


def test_an_import_of_credentials_uses_the_skills_that_are_here(library: Library) -> None:
    _ = bring(library, "skills.csv", ESCO)
    _ = bring(library, "mine.csv", b"Title,Issuer,Issue date,Skills\nLoom Licence,Guild,2025-01-02,Weave Cloth\n")
    assert skills(library) == {"weave cloth": AA, "dye": BB}
    (credential,) = library.all(Credential)
    assert [one.name for one in library.all(Skill, credential.skill_ids)] == ["weave cloth"]


def test_a_decided_row_changes_the_address(library: Library) -> None:
    _ = bring(library, "skills.csv", ESCO)
    other = ESCO.replace(b"skill/aa", b"skill/cc")
    preview = preview_file(library, "skills.csv", other)
    (at,) = [at for at, row in enumerate(preview.plan.rows if preview.plan else ()) if row.kind is RowKind.UNDECIDED]
    assert preview.titles
    assert list(preview.titles.values()) == ["weave cloth"]
    _ = apply_previews(library, [decide_rows(preview, {at: "update"})])
    assert skills(library) == {"weave cloth": AA.replace("aa", "cc"), "dye": BB}


def test_an_occupation_becomes_a_path_only_when_it_is_chosen(library: Library) -> None:
    mine = save_path(library, Path(title="Dyer", description="My own words")).value
    preview = preview_file(library, "occupations.csv", OCCUPATIONS)
    kinds = (RowKind.NEW, RowKind.UPDATE, RowKind.SAME, RowKind.UNDECIDED, RowKind.BROKEN)
    assert [preview.counts[kind] for kind in kinds] == [0, 0, 1, 1, 1]
    (left,) = apply_previews(library, [preview]).value
    assert (left.new, left.undecided, left.to_decide) == (
        0,
        1,
        (("line 2", "choose the occupations you aim at"),),
    )
    assert library.all(ImportSource) == []

    (done,) = apply_previews(library, [decide_rows(preview, {1: "new"})]).value
    assert (done.kind, done.new, done.undecided) == ("paths", 1, 0)
    weaver = next(one for one in library.all(Path) if one.id != mine.id)
    assert (weaver.title, weaver.description, weaver.is_active) == ("weaver", "Weaves cloth.", True)
    again = preview_file(library, "occupations.csv", OCCUPATIONS)
    assert (again.records_to_write, again.counts[RowKind.SAME]) == (0, 2)
    _ = library.undo()
    assert library.all(Path) == [mine]


def test_a_whole_export_brings_degrees_and_skills_as_one_change(library: Library) -> None:
    data = zipped({"Skills.csv": SKILLS, "Education.csv": EDUCATION, "Profile.csv": "First Name\nA\n"})
    outcome = apply_previews(library, preview_parts(library, "export.zip", data))
    assert [(one.file_name, one.kind, one.new, one.broken) for one in outcome.value] == [
        ("Education.csv", "credentials", 3, 1),
        ("Skills.csv", "skills", 4, 1),
    ]
    assert len(library.history()) == 1
    assert {one.name for one in library.all(Issuer)} == {"School of Weaving", "Dye Works", "Night School"}
    twice = apply_previews(library, preview_parts(library, "export.zip", data))
    assert twice.change is None
    assert [(one.new, one.updated) for one in twice.value] == [(0, 0), (0, 0)]


def test_two_files_of_one_skill_are_one_skill(library: Library) -> None:
    first = preview_file(library, "Skills.csv", b"Name\nDye\nSewing\n")
    second = preview_file(library, "skills.csv", ESCO, after=[first])
    assert second.follows_others
    done = apply_previews(library, [first, second]).value
    assert [(one.new, one.updated) for one in done] == [(2, 0), (1, 1)]
    assert skills(library) == {"Dye": BB, "Sewing": "", "weave cloth": AA}


def test_skills_and_paths_outlive_export_and_merge(library: Library, tmp_path_factory: pytest.TempPathFactory) -> None:
    _ = bring(library, "skills.csv", ESCO)
    _ = apply_previews(library, [decide_rows(preview_file(library, "o.csv", OCCUPATIONS), {1: "new"})])
    data, notes = library_json(library)
    assert notes == ()
    other = open_library(tmp_path_factory.mktemp("other"))
    _ = bring(other, "library.json", data)
    assert skills(other) == {"weave cloth": AA, "dye": BB}
    assert [one.title for one in other.all(Path)] == ["weaver"]
    assert preview_file(other, "library.json", data).records_to_write == 0
    other.close()
