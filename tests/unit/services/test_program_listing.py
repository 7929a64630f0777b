"""The catalogue in one reading: pages, counts, choices, the order of terms, and what can be taken of a selection."""

import pytest
from tests.library_fixtures import TODAY, add, earned

from learnpath.domain.listing import Having, ProgramFilter, ProgramSort
from learnpath.domain.records import AchievementType, Path, Program
from learnpath.errors import UsageError
from learnpath.services.paths import add_steps, save_path
from learnpath.services.program_listing import (
    list_program_choices,
    list_programs,
    read_program_panel,
    read_program_rows,
    read_program_selection,
)
from learnpath.services.programs import ProgramForm, save_program
from learnpath.storage.library import Library


def add_program(library: Library, name: str, **values: object) -> Program:
    program = Program(name=name, **values)  # pyright: ignore[reportArgumentType]
    return save_program(library, ProgramForm(program=program, issuer_name="ISC2", skill_names=("SQL",))).value


def test_rows_are_those_of_the_first_page_and_of_the_page_near_a_record(library: Library) -> None:
    ids = [add_program(library, f"Course {number}").id for number in range(7)]
    listing = list_programs(library, ProgramFilter(), TODAY, 2, ids[5])
    assert listing.ids == ids
    assert [row.id for row in listing.rows] == [ids[0], ids[1], ids[4], ids[5]]
    assert [row.id for row in list_programs(library, ProgramFilter(), TODAY, 2, 999).rows] == ids[:2]
    assert [row.id for row in read_program_rows(library, [ids[4], 999, ids[0]], TODAY)] == [ids[4], ids[0]]


def test_counts_say_what_is_mine_and_total_ignores_the_filter(library: Library) -> None:
    mine, _other = add_program(library, "Alpha"), add_program(library, "Beta")
    add(library, earned("Alpha", program_id=mine.id))
    listing = list_programs(library, ProgramFilter(text="alpha", having=Having.MINE), TODAY, 10)
    assert listing.counts == {Having.ANY: 1, Having.NOT_CHOSEN: 0, Having.MINE: 1}
    assert (listing.ids, listing.total) == ([mine.id], 2)


def test_terms_are_ordered_by_how_long_they_last_and_unknown_ones_come_last(library: Library) -> None:
    terms = ("P3Y", "", "P18M", "P180D", "P1Y6M", "P2W", "P1Y")
    ids = {term: add_program(library, f"Course {term}", valid_for=term).id for term in terms}
    wanted = ProgramFilter(sort=ProgramSort.VALID_FOR)
    shown = [
        next(term for term, one in ids.items() if one == found)
        for found in list_programs(library, wanted, TODAY, 9).ids
    ]
    assert shown[:3] == ["P2W", "P180D", "P1Y"]
    assert set(shown[3:5]) == {"P18M", "P1Y6M"}
    assert shown[5:] == ["P3Y", ""]


def test_choices_are_names_and_kinds_in_use(library: Library) -> None:
    add_program(library, "Alpha", achievement_type=AchievementType.COURSE)
    add_program(library, "Beta", achievement_type=AchievementType.COURSE)
    named, kinds = list_program_choices(library)
    assert [(one.name, one.count) for one in named["issuer"]] == [("ISC2", 2)]
    assert [one.name for one in named["skill"]] == ["SQL"]
    assert named["tag"] == []
    assert kinds == {AchievementType.COURSE: 2}


def test_a_selection_tells_what_is_new_and_paths_come_active_first(library: Library) -> None:
    mine, other = add_program(library, "Alpha"), add_program(library, "Beta")
    add(library, earned("Alpha", program_id=mine.id))
    save_path(library, Path(title="Asleep", is_active=False))
    awake = save_path(library, Path(title="Zebra")).value
    selection = read_program_selection(library, [mine.id, other.id])
    assert (selection.ids, selection.new_ids) == ((mine.id, other.id), (other.id,))
    assert [path.title for path in selection.paths] == ["Zebra", "Asleep"]
    add_steps(library, awake.id, program_ids=[other.id])
    panel = read_program_panel(library, other.id, TODAY)
    assert [one.title for one in panel.details.paths] == ["Zebra"]
    assert len(panel.paths) == 2


def test_a_program_that_is_gone_is_a_plain_error(library: Library) -> None:
    with pytest.raises(UsageError):
        read_program_panel(library, 12345, TODAY)
