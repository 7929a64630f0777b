import pytest
from tests.library_fixtures import TODAY, add, day, earned, planned

from learnpath.domain.money import Money
from learnpath.domain.records import ClaimState, CostLine, Path, Program
from learnpath.errors import UsageError
from learnpath.services.paths import add_steps, save_path, set_goal
from learnpath.services.programs import ProgramForm, save_program
from learnpath.services.record_lookup import find_record, skill_names_of_credentials
from learnpath.services.study import mark_claimed, save_cost
from learnpath.services.window_queries import navigation_counts, search_records
from learnpath.storage.library import Library


def test_a_record_is_found_by_its_id_whatever_its_kind(library: Library) -> None:
    form = ProgramForm(program=Program(name="P", price=Money(9950, "USD")), issuer_name="Guild", skill_names=("IAM",))
    program = save_program(library, form).value
    one = add(library, earned("A", "2025-03", program_id=program.id))
    path = save_path(library, Path(title="Way")).value
    _ = add_steps(library, path.id, program_ids=[program.id])

    found = find_record(library, one.id, TODAY)
    assert (found.kind, found.fields["id"], found.fields["awarded_on"]) == ("credential", str(one.id), "2025-03")
    assert (found.fields["program_id"], found.fields["issuer_id"]) == (str(program.id), None)
    found = find_record(library, program.id, TODAY)
    assert (found.kind, found.fields["skills"]) == ("program", ["IAM"])
    assert found.fields["issuer"] == "Guild"
    assert found.fields["price"] == {"amount": "99.50", "currency": "USD"}
    found = find_record(library, path.id, TODAY)
    assert (found.kind, found.fields["percent"], found.fields["steps"]) == ("path", 100, ["A: done"])
    with pytest.raises(UsageError, match="no record with the id 1"):
        _ = find_record(library, 1, TODAY)


def test_skills_are_named_in_the_order_of_each_credential(library: Library) -> None:
    one, two = add(library, planned("A"), skills=("Z", "A")), add(library, planned("B"))
    assert skill_names_of_credentials(library, [one.id, two.id]) == {one.id: ["Z", "A"]}


def test_the_window_counts_and_finds_records(library: Library) -> None:
    one = add(library, earned("Cloud", until="2026-11-25", human_code="CL-1"), "Guild")
    program = save_program(library, ProgramForm(program=Program(name="Cloudy"), issuer_name="Sky")).value
    path = save_path(library, Path(title="To the cloud")).value
    counts = navigation_counts(library, TODAY)
    assert (counts.credentials, counts.programs, counts.paths, counts.needing_action) == (1, 1, 1, 1)
    assert [(hit.kind, hit.id, hit.subtitle) for hit in search_records(library, "cloud", TODAY)] == [
        ("credential", one.id, "Guild · CL-1"),
        ("path", path.id, "path"),
        ("program", program.id, "Sky · program"),
    ]
    assert search_records(library, "  ", TODAY) == []


def test_a_goal_gets_a_new_date_and_a_claim_is_remembered(library: Library) -> None:
    path = save_path(library, Path(title="Way")).value
    assert set_goal(library, path.id, day("2027-06")).value.goal_on == day("2027-06")
    one = add(library, planned("A"))
    cost = save_cost(
        library, CostLine(credential_id=one.id, price=Money(100, "EUR"), claim_state=ClaimState.TO_CLAIM)
    ).value
    assert mark_claimed(library, cost.id).value.claim_state is ClaimState.CLAIMED
    assert library.get(CostLine, cost.id).claim_state is ClaimState.CLAIMED
    assert library.history()[0].label == "Mark 1 EUR for A as claimed"
    assert "Choose a new date for Way" in {entry.label for entry in library.history()}
