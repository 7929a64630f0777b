"""What needs doing in a library, and the changes by which a person answers."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from learnpath.domain.attention import AttentionKind
from learnpath.domain.dates import PartialDate
from learnpath.domain.money import Money
from learnpath.domain.records import ClaimState, CostLine, Credential, Profile, Stage
from learnpath.domain.records import Path as LearningPath
from learnpath.errors import UsageError
from learnpath.services.attention import UNPROVEN_LIMIT
from learnpath.services.credentials import set_target
from learnpath.services.libraries import open_library
from learnpath.services.overview import read_overview
from learnpath.services.paths import set_goal
from learnpath.services.profile import save_profile
from learnpath.services.sample import add_sample, remove_sample
from learnpath.services.study import mark_claimed
from learnpath.storage.library import Library

TODAY = date(2026, 11, 21)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = open_library(tmp_path / "library")
    yield library
    library.close()


def put(library: Library, *records: Credential) -> list[Credential]:
    with library.change("put") as change:
        return change.insert_many(records)


def test_an_empty_library_says_so(library: Library) -> None:
    overview = read_overview(library, TODAY)
    assert (overview.is_empty, overview.has_sample, overview.attention) == (True, False, ())


def test_a_profile_alone_leaves_the_library_empty(library: Library) -> None:
    save_profile(library, Profile(name="Mira"))
    assert read_overview(library, TODAY).is_empty


def test_the_sample_comes_and_goes(library: Library) -> None:
    add_sample(library, TODAY)
    overview = read_overview(library, TODAY)
    assert (overview.is_empty, overview.has_sample) == (False, True)
    kinds = {one.kind for one in overview.attention}
    assert {AttentionKind.CLAIM, AttentionKind.EXAM_SOON, AttentionKind.RENEWAL_UNPLANNED} <= kinds
    remove_sample(library, TODAY)
    overview = read_overview(library, TODAY)
    assert (overview.is_empty, overview.has_sample) == (True, False)


def test_a_newer_award_of_the_same_program_answers_an_expiry(library: Library) -> None:
    add_sample(library, TODAY)
    (expiring,) = [one for one in library.all(Credential) if one.human_code == "PL-200"]
    asked = {one.credential_id for one in read_overview(library, TODAY).attention}
    assert expiring.id in asked
    put(library, Credential(title="PL-200 again", stage=Stage.PLANNED, program_id=expiring.program_id))
    found = [one for one in read_overview(library, TODAY).attention if one.credential_id == expiring.id]
    assert AttentionKind.RENEWAL_UNPLANNED not in {one.kind for one in found}


def test_only_the_newest_without_proof_are_named(library: Library) -> None:
    days = [TODAY - timedelta(days=number) for number in range(UNPROVEN_LIMIT + 5)]
    records = [
        Credential(title=f"C{number}", stage=Stage.EARNED, awarded_on=PartialDate.of(day))
        for number, day in enumerate(days)
    ]
    put(library, *records)
    overview = read_overview(library, TODAY)
    assert [one.subject for one in overview.attention] == [f"C{number}" for number in range(UNPROVEN_LIMIT)]
    assert overview.attention_left_out == 5


def test_a_claim_is_marked_and_taken_back(library: Library) -> None:
    (credential,) = put(library, Credential(title="AZ-104", stage=Stage.EARNED, awarded_on=PartialDate("2026")))
    with library.change("cost") as change:
        cost = change.insert(
            CostLine(
                credential_id=credential.id,
                price=Money(16500, "EUR"),
                claim_state=ClaimState.TO_CLAIM,
                claim_by=PartialDate("2026-11-18"),
            )
        )
    assert read_overview(library, TODAY).needing_action == 1
    outcome = mark_claimed(library, cost.id)
    assert outcome.value.claim_state is ClaimState.CLAIMED
    assert outcome.change is not None
    assert outcome.change.kinds == {"cost_line"}
    assert read_overview(library, TODAY).needing_action == 0
    library.undo()
    assert read_overview(library, TODAY).needing_action == 1


def test_a_target_gets_another_day(library: Library) -> None:
    (credential,) = put(library, Credential(title="CKA", target_on=PartialDate("2026-10-01")))
    set_target(library, credential.id, PartialDate("2027-02"))
    assert library.get(Credential, credential.id).target_on == PartialDate("2027-02")
    assert library.undo_label() == "Choose a new date for CKA"


def test_a_goal_gets_another_day(library: Library) -> None:
    with library.change("path") as change:
        path = change.insert(LearningPath(title="Cloud", goal_on=PartialDate("2026-10-01")))
    set_goal(library, path.id, PartialDate("2027-02-28"))
    assert library.get(LearningPath, path.id).goal_on == PartialDate("2027-02-28")


def test_what_is_gone_cannot_be_changed(library: Library) -> None:
    with pytest.raises(UsageError):
        mark_claimed(library, 5)
    with pytest.raises(UsageError):
        set_target(library, 5, PartialDate("2027"))
    with pytest.raises(UsageError):
        set_goal(library, 5, PartialDate("2027"))
