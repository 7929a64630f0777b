import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.interchange.simulation import apply, plan_against, record

from learnpath.interchange.draft_kinds import DRAFT_KINDS
from learnpath.interchange.drafts import Draft, ParsedFile, ParsedRow, PathDraft, RowsKind, SkillDraft
from learnpath.interchange.known_records import ExistingRecord, KnownRecords
from learnpath.interchange.plan import ImportPlan, RowKind, decide_all, plan_import, possible_decisions
from learnpath.interchange.planned_records import take_plan

U1, U2, U3 = (f"http://data.europa.eu/esco/skill/{number}" for number in (1, 2, 3))


def parsed(*drafts: Draft | None, kind: RowsKind = "skills", choice: str = "") -> ParsedFile:
    rows = tuple(
        ParsedRow(f"line {at}", at, draft, () if draft else (f"line {at}: no name",), ())
        for at, draft in enumerate(drafts, 2)
    )
    return ParsedFile(format="esco", kind=kind, rows=rows, choice=choice)


def skill(name: str, uri: str = "", *others: str) -> SkillDraft:
    return SkillDraft(name=name, uri=uri, other_names=others)


def library(*drafts: Draft) -> list[ExistingRecord]:
    return [record(number, draft) for number, draft in enumerate(drafts, 100)]


def plan(*drafts: Draft | None, known: list[ExistingRecord] | None = None, **options: Any) -> ImportPlan:
    return plan_against(parsed(*drafts), known or [], **options)


def outcomes(found: ImportPlan) -> list[tuple[str, str, int | None]]:
    return [(row.kind.value, row.reason, row.existing_id) for row in found.rows]


def test_each_kind_is_named_by_its_draft_alone() -> None:
    assert len({one.draft_type for one in DRAFT_KINDS.values()}) == len(DRAFT_KINDS) == 4


def test_new_same_and_broken() -> None:
    found = plan(skill("Weaving", U1), None, skill("Dyeing"), known=library(skill("dyeing")))
    assert outcomes(found) == [("new", "", None), ("broken", "line 3: no name", None), ("same", "already here", 100)]
    assert found.kind == "skills"


def test_the_address_finds_a_skill_whatever_it_is_called() -> None:
    found = plan(skill("weave cloth", U1), known=library(skill("Weaving", U1)))
    assert outcomes(found) == [("same", "already here", 100)]


def test_a_name_finds_a_skill_without_an_address_and_brings_it() -> None:
    known = library(skill("Weave  Cloth"), skill("Dyeing", U2))
    found = plan(skill("weave cloth", U1), skill("dyeing"), known=known)
    assert outcomes(found) == [("update", "", 100), ("same", "already here", 101)]
    assert found.rows[0].changes == (("uri", "", U1),)
    kept = plan(skill("weave cloth", U1), known=known, on_duplicate="keep")
    assert outcomes(kept) == [("same", "already here", 100)]


def test_a_name_that_is_here_with_another_address_is_undecided() -> None:
    known = library(skill("weaving", U2))
    found = plan(skill("weaving", U1), known=known)
    assert outcomes(found) == [("undecided", "“weaving” is here with another address", 100)]
    assert possible_decisions(found.rows[0]) == ("new", "update", "skip")
    chosen = decide_all(found, {0: "update"})
    assert apply(chosen, known)[0].values["uri"] == U1


def test_a_name_with_two_addresses_in_one_file_is_undecided_both_times() -> None:
    found = plan(skill("weaving", U1), skill("Weaving", U2))
    assert outcomes(found) == [
        ("undecided", "has the name of line 3 and another address", None),
        ("undecided", "has the name of line 2 and another address", None),
    ]
    assert plan(skill("weaving", U1), skill("Weaving", U2), known=library(skill("weaving"))).rows[0].existing_id == 100


def test_a_name_of_two_skills_is_undecided() -> None:
    found = plan(skill("weaving"), known=library(skill("weaving", U1), skill("Weaving", U2)))
    assert outcomes(found) == [("undecided", "“weaving” is the name of 2 skills here", None)]
    assert possible_decisions(found.rows[0]) == ("new", "skip")


def test_another_name_finds_a_skill_without_an_address() -> None:
    known = library(skill("Python"), skill("Yarn", U3))
    found = plan(skill("Python (programming)", U1, "python", "yarn"), known=known)
    assert outcomes(found) == [("update", "", 100)]
    # Its name is the person's own.
    assert found.rows[0].changes == (("uri", "", U1),)


def test_another_name_of_two_rows_is_undecided() -> None:
    known = library(skill("guide"))
    found = plan(skill("advise", U1, "guide"), skill("lead", U2, "guide"), known=known)
    reason = "“guide” is another name of this and of other rows"
    assert outcomes(found) == [("undecided", reason, 100), ("undecided", reason, 100)]


def test_another_name_counts_for_less_than_the_first_name_of_a_row() -> None:
    found = plan(skill("advise", U1, "guide"), skill("guide", U2), known=library(skill("guide")))
    assert outcomes(found) == [("new", "", None), ("update", "", 100)]


def test_two_skills_of_one_concept_are_undecided() -> None:
    found = plan(skill("weave", U1, "loom", "cloth"), known=library(skill("Loom"), skill("Cloth")))
    assert outcomes(found) == [("undecided", "“Loom” and “Cloth” are names of it", 100)]


def test_rows_that_say_the_same_come_once_and_the_one_with_the_address_counts() -> None:
    found = plan(skill("weaving"), skill("Weaving", U1), skill("to weave", U1), skill("weaving"))
    assert outcomes(found) == [
        ("same", "repeats line 3", None),
        ("new", "", None),
        ("same", "repeats line 3", None),
        ("same", "repeats line 3", None),
    ]
    assert [row[0] for row in outcomes(plan(skill("a"), skill("A ")))] == ["new", "same"]


def test_a_path_waits_for_the_person_where_the_file_offers_many() -> None:
    weaver, dyer = PathDraft(title="weaver", description="Weaves."), PathDraft(title="dyer")
    file = parsed(weaver, dyer, PathDraft(title="Weaver"), kind="paths", choice="choose some")
    known = library(PathDraft(title="Dyer", description="My own words"))
    found = plan_against(file, known)
    assert outcomes(found) == [
        ("undecided", "choose some", None),
        ("same", "already here", 100),
        ("same", "repeats line 2", None),
    ]
    assert list(found.to_insert()) == []
    chosen = decide_all(found, {0: "new"})
    assert list(chosen.to_insert()) == [(0, weaver)]
    assert outcomes(plan_against(file, apply(chosen, known)))[0] == ("same", "already here", 101)
    assert outcomes(plan_against(parsed(weaver, kind="paths"), known)) == [("new", "", None)]


def test_files_previewed_together_are_planned_one_after_the_other() -> None:
    known = KnownRecords("skills", [], {})
    assert take_plan(known, plan_import(parsed(skill("weaving")), known))
    second = plan_import(parsed(skill("Weaving", U1)), known)
    assert outcomes(second) == [("update", "", -1)]
    assert take_plan(known, second)
    third = plan_import(parsed(skill("to weave", U1)), known)
    assert outcomes(third) == [("same", "already here", -1)]
    assert not take_plan(known, third)


_names = st.sampled_from(("a", "A", " a ", "b", "c", "Ä", "A\u0308"))
_skills = st.builds(
    SkillDraft,
    name=_names,
    uri=st.sampled_from(("", "", U1, U2, U3)),
    other_names=st.lists(_names, max_size=3).map(tuple),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.none() | _skills, max_size=7), st.lists(_skills, max_size=4))
def test_importing_skills_twice_changes_nothing_and_no_name_is_changed(
    drafts: list[SkillDraft | None], known: list[SkillDraft]
) -> None:
    existing = library(*known)
    first = plan(*drafts, known=existing)
    assert len(first.rows) == len(drafts) == sum(first.counts.values())
    after = apply(first, existing)
    for before, now in zip(existing, after, strict=False):
        assert now.values["name"] == before.values["name"]
        assert now.values["uri"] == before.values["uri"] or not before.values["uri"]
    second = plan(*drafts, known=after)
    assert (second.counts[RowKind.NEW], second.counts[RowKind.UPDATE]) == (0, 0)


@settings(max_examples=200, deadline=None)
@given(st.lists(_skills, max_size=7))
def test_what_repeats_a_line_repeats_one_that_counts(drafts: list[SkillDraft]) -> None:
    rows = plan(*drafts).rows
    for row in rows:
        if row.kind is RowKind.SAME:
            assert row.reason.startswith("repeats line ")
            assert rows[int(row.reason.rpartition(" ")[2]) - 2].kind is not RowKind.SAME


@pytest.mark.parametrize("kind", ["skills", "paths"])
def test_planning_stops_when_asked_to(kind: RowsKind) -> None:
    calls = 0

    def stop() -> None:
        nonlocal calls
        calls += 1
        if calls > 4:
            raise KeyboardInterrupt

    drafts = [skill(f"a {at}") if kind == "skills" else PathDraft(title=f"a {at}") for at in range(5000)]
    with pytest.raises(KeyboardInterrupt):
        _ = plan_against(parsed(*drafts, kind=kind), [], check=stop)


def test_fourteen_thousand_skills_are_planned_quickly() -> None:
    drafts = [
        skill(f"skill {number}", f"{U1}{number}", *(f"name {number} {at}" for at in range(8)))
        for number in range(14_000)
    ]
    known = library(*(skill(f"name {number} 3") for number in range(500)))
    started = time.process_time()
    found = plan(*drafts, known=known)
    assert time.process_time() - started < 3
    assert (found.counts[RowKind.NEW], found.counts[RowKind.UPDATE]) == (13_500, 500)
