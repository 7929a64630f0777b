"""What the portfolio's screen reads, and the storing of what a version shows."""

from dataclasses import replace

import pytest
from tests.library_fixtures import TODAY, add, day, earned, planned

from learnpath.domain.records import Portfolio, Profile, Stage
from learnpath.errors import UsageError
from learnpath.services.exporting import list_portfolios, render_portfolio
from learnpath.services.paths import list_paths
from learnpath.services.portfolio_preview import portfolio_overview, preview_portfolio
from learnpath.services.portfolios import delete_portfolio, save_options, save_portfolio
from learnpath.services.profile import save_profile
from learnpath.services.sample import add_sample
from learnpath.storage.library import Library


def test_candidates_come_in_the_documents_order_with_issuer_and_date(library: Library) -> None:
    add(library, earned("Old", "2019-01-01", "2020-01-01"), issuer="ISC2")
    add(library, earned("First", "2024-01-01"))
    add(library, earned("Second", "2025-05"), issuer="CompTIA")
    add(library, planned("Later", target_on=day("2027")))
    add(library, planned("Wish", stage=Stage.WISHED))
    add(library, planned("Never mind", stage=Stage.LET_GO))

    found = portfolio_overview(library, TODAY)

    assert [(one.title, one.issuer, one.group, str(one.on)) for one in found.candidates] == [
        ("Second", "CompTIA", "valid", "2025-05"),
        ("First", "", "valid", "2024-01-01"),
        ("Old", "ISC2", "earlier", "2019-01-01"),
        ("Later", "", "under_way", "2027"),
    ]


def test_an_empty_library_has_one_plain_version(library: Library) -> None:
    found = portfolio_overview(library, TODAY)
    assert found.versions == (Portfolio(name="Everything"),)
    assert (found.candidates, found.owner) == ((), Profile())


def test_the_issuer_of_a_program_counts_when_the_credential_has_none(library: Library) -> None:
    add_sample(library, TODAY)
    assert all(one.issuer for one in portfolio_overview(library, TODAY).candidates)


def test_the_preview_is_the_export_and_counts_hidden_sections_too(library: Library) -> None:
    add_sample(library, TODAY)
    version = replace(list_portfolios(library)[0], sections=("credentials",))

    preview = preview_portfolio(library, version, TODAY)

    assert preview.pdf == render_portfolio(library, version, TODAY)
    assert preview.skills > 5
    assert 0 < preview.paths <= len(list_paths(library, TODAY))
    assert preview.study_minutes > 600


def test_the_first_choice_makes_the_plain_version_and_the_next_ones_change_it(library: Library) -> None:
    plain = list_portfolios(library)[0]
    made = save_options(library, replace(plain, show_email=True))
    assert made.change is not None
    # A second choice made before the first was stored still carries no id.
    again = save_options(library, replace(plain, show_email=True, show_expired=True))
    assert again.value.id == made.value.id != 0
    assert library.all(Portfolio) == [again.value]
    library.undo()
    library.undo()
    assert list_portfolios(library) == [plain]


def test_versions_are_renamed_and_deleted_but_never_share_a_name(library: Library) -> None:
    first = save_portfolio(library, Portfolio(name="  For   Contoso ")).value
    assert first.name == "For Contoso"
    with pytest.raises(UsageError, match="already"):
        save_portfolio(library, Portfolio(name="for contoso"))
    with pytest.raises(UsageError, match="name"):
        save_portfolio(library, Portfolio(name=" "))
    renamed = save_portfolio(library, replace(first, name="Plain")).value
    assert [one.name for one in list_portfolios(library)] == ["Plain"]
    assert delete_portfolio(library, renamed.id).value == renamed
    assert library.all(Portfolio) == []


def test_whose_portfolio_it_is(library: Library) -> None:
    save_profile(library, Profile(name="Mira"))
    assert portfolio_overview(library, TODAY).owner.name == "Mira"
