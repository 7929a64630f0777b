"""The quick count of what is lost this week is the count over all dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.library_fixtures import LibraryHouse, fixed_surroundings

from learnpath.domain.dates import PartialDate
from learnpath.domain.money import Money
from learnpath.domain.records import ClaimState, CostLine, Credential, Stage
from learnpath.services.deadlines import count_needing_action, list_deadlines, needing_action
from learnpath.services.sample import add_sample
from learnpath.storage.library import Library, Surroundings

TODAY = date(2026, 11, 21)

near = st.integers(-420, 420).map(lambda days: (TODAY + timedelta(days=days)).isoformat())
dates = st.none() | st.builds(lambda day, length: PartialDate(day[:length]), near, st.sampled_from([4, 7, 10]))
credentials = st.builds(
    lambda stage, until, exam, target, grace: Credential(
        title="One", stage=stage, valid_until=until, exam_on=exam, target_on=target, grace_days=grace
    ),
    st.sampled_from(list(Stage)),
    dates,
    dates,
    dates,
    st.sampled_from([0, 0, 30, 400]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(credentials, dates), min_size=1, max_size=8), st.integers(0, 20))
def test_both_counts_agree(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[Credential, PartialDate | None]], later: int
) -> None:
    library = open_library(tmp_path_factory)
    with library.change("Fill") as change:
        for credential, claim_by in drawn:
            one = change.insert(credential)
            change.insert(
                CostLine(
                    credential_id=one.id, price=Money(1, "EUR"), claim_state=ClaimState.TO_CLAIM, claim_by=claim_by
                )
            )
    today = TODAY + timedelta(days=later)
    assert count_needing_action(library, today) == needing_action(list_deadlines(library, today))
    library.close()


def open_library(factory: pytest.TempPathFactory) -> Library:
    folder = factory.mktemp("library")
    around: Surroundings = fixed_surroundings()
    return LibraryHouse(folder / "library", around).open()


def test_the_sample_needs_two_things(library: Library) -> None:
    _ = add_sample(library, TODAY)
    assert count_needing_action(library, TODAY) == needing_action(list_deadlines(library, TODAY)) == 2
