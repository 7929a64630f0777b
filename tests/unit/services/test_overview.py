from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.library_fixtures import TODAY, LibraryHouse, add, day, earned, fixed_surroundings, planned

from learnpath.domain.contents import LibraryContents
from learnpath.domain.dates import PartialDate
from learnpath.domain.deadlines import find_deadlines
from learnpath.domain.money import Money
from learnpath.domain.records import (
    ClaimState,
    CostLine,
    CostState,
    Credential,
    EvidenceFile,
    Path,
    Profile,
    Stage,
)
from learnpath.domain.status import Status
from learnpath.services.deadlines import list_deadlines, needing_action
from learnpath.services.libraries import open_library
from learnpath.services.overview import read_overview
from learnpath.services.profile import save_profile
from learnpath.services.sample import add_sample, has_sample, remove_sample
from learnpath.services.study import log_study, save_cost
from learnpath.storage.library import Library
from learnpath.storage.totals import record_counts


def test_an_empty_library_has_an_empty_overview(library: Library) -> None:
    found = read_overview(library, TODAY)
    assert (found.valid, found.paths, found.deadlines, found.study, found.spent) == (0, (), (), {}, ())
    assert (found.week_goal_minutes, found.week_days_left) == (300, 1)


def test_the_overview_gathers_the_figures(library: Library) -> None:
    _ = save_profile(library, Profile(name="Kovács", week_goal_minutes=90))
    one = add(library, earned("A", "2025-03-01", "2026-11-25"))
    for title, awarded, until in (("B", "2025", None), ("C", "2024-01", "2025"), ("D", "2026-05", "2030")):
        _ = add(library, earned(title, awarded, until))
    _ = add(library, planned("E", target_on=day("2026-12-01")))
    _ = save_cost(
        library,
        CostLine(credential_id=one.id, price=Money(100, "EUR"), state=CostState.PAID, incurred_on=day("2026-01-01")),
    )
    for text in ("2026-11-09", "2026-11-16", "2026-11-21"):
        _ = log_study(library, 30, date.fromisoformat(text))
    with library.change("Proof and paths") as change:
        _ = change.insert(
            EvidenceFile(
                credential_id=one.id, file_name="a", original_name="a", media_type="", size=0, sha256="", added_at=""
            )
        )
        _ = change.insert_many([Path(title="On"), Path(title="Off", is_active=False)])

    found = read_overview(library, TODAY)

    assert found.profile.name == "Kovács"
    assert (found.week_minutes, found.week_goal_minutes, found.best_streak_weeks) == (60, 90, 2)
    assert found.by_status == {Status.EXPIRING: 1, Status.ACTIVE: 2, Status.EXPIRED: 1, Status.PLANNED: 1}
    assert (found.valid, found.valid_with_proof, found.expiring) == (3, 1, 1)
    assert found.earned_by_year == {2024: 1, 2025: 2, 2026: 1}
    assert list(found.earned_by_year) == [2024, 2025, 2026]
    assert [one.path.title for one in found.paths] == ["On"]
    assert [one.title for one in found.deadlines] == ["A expires", "Finish E", "D expires"]
    assert found.needing_action == 1 == needing_action(list(found.deadlines))
    assert found.spent == (Money(100, "EUR"),)
    assert len(found.study) == 3
    assert record_counts(library)["credential"] == 5


def test_deadlines_can_be_limited_to_days_ahead(library: Library) -> None:
    for title, on in (("A", "2026-11-01"), ("B", "2026-11-28"), ("C", "2026-11-29")):
        _ = add(library, planned(title, target_on=day(on)))
    assert [one.subject for one in list_deadlines(library, TODAY, within=7)] == ["A", "B"]
    assert len(list_deadlines(library, TODAY)) == 3


_DATES = st.none() | st.builds(
    lambda on, length: PartialDate(on.isoformat()[:length]),
    st.dates(date(2025, 10, 1), date(2027, 12, 31)) | st.just(date(9999, 12, 31)),
    st.sampled_from([4, 7, 10]),
)
_CREDENTIALS = st.builds(
    Credential,
    title=st.just("A"),
    stage=st.sampled_from([Stage.EARNED] * 3 + list(Stage)),
    valid_until=_DATES,
    exam_on=_DATES,
    target_on=_DATES,
    revoked_on=st.none() | _DATES,
    grace_days=st.sampled_from([0, 0, 30, 400, -5, 10_000_000]),
    renewal_opens_days=st.none() | st.integers(0, 200),
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> LibraryHouse:
    return LibraryHouse(tmp_path_factory.mktemp("deadlines") / "library", fixed_surroundings())


@given(credentials=st.lists(_CREDENTIALS, max_size=6), claims=st.lists(_DATES, max_size=3))
def test_leaving_credentials_in_the_database_loses_no_deadline(
    filled: LibraryHouse, credentials: list[Credential], claims: list[PartialDate | None]
) -> None:
    library = filled.open()
    with library.change("Fill") as change:
        change.delete(Credential, [one.id for one in library.all(Credential)])
        stored = change.insert_many(credentials)
        for by in claims if stored else ():
            price = Money(1, "EUR")
            _ = change.insert(
                CostLine(credential_id=stored[0].id, price=price, claim_state=ClaimState.TO_CLAIM, claim_by=by)
            )
    expected = find_deadlines(stored, library.all(CostLine), [], TODAY)
    found = list_deadlines(library, TODAY)
    library.close()
    assert found == expected


def test_the_sample_comes_and_goes_and_leaves_the_persons_own(library: Library) -> None:
    own = add(library, planned("Mine"))
    before = library.contents()
    assert not has_sample(library)

    count = add_sample(library, TODAY).value
    assert has_sample(library)
    assert len(library.all(Credential)) == count + 1
    assert library.profile() != Profile()
    assert library.problems() == []
    again = add_sample(library, TODAY)
    assert len(library.all(Credential)) == count + 1
    assert again.value == count

    assert remove_sample(library, TODAY).value == count
    assert library.contents() == before
    assert library.all(Credential) == [own]
    assert again.change is None
    _ = library.undo()
    assert has_sample(library)
    _ = library.undo()
    assert library.contents() == before


def test_the_sample_leaves_a_profile_that_is_the_persons_own(library: Library) -> None:
    _ = save_profile(library, Profile(name="Mine"))
    _ = add_sample(library, TODAY)
    _ = remove_sample(library, TODAY)
    assert library.contents() == LibraryContents(profile=Profile(name="Mine"))


def test_a_library_opens_with_the_real_clock(house: LibraryHouse) -> None:
    library = open_library(house.folder)
    assert library.now_text().endswith("Z")
    assert library.next_id() > 1 << 60
    library.close()
