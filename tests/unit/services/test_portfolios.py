import pytest

from learnpath.domain.records import Portfolio
from learnpath.errors import UsageError
from learnpath.services.exporting import find_portfolio, list_portfolios
from learnpath.services.portfolios import delete_portfolio, save_portfolio
from learnpath.storage.library import Library


def test_versions_are_stored_replaced_and_removed(library: Library) -> None:
    one = save_portfolio(library, Portfolio(name="  For   work ")).value
    two = save_portfolio(library, Portfolio(name="All", show_planned=True)).value
    assert (one.name, [version.name for version in list_portfolios(library)]) == ("For work", ["All", "For work"])
    changed = save_portfolio(library, Portfolio(id=one.id, name="For work", show_expired=True))
    assert library.get(Portfolio, one.id).show_expired
    assert library.undo_label() == "Edit portfolio For work"
    assert delete_portfolio(library, two.id).value == two
    assert list_portfolios(library) == [changed.value]
    _ = library.undo()
    assert len(list_portfolios(library)) == 2
    with pytest.raises(UsageError):
        _ = delete_portfolio(library, 1)


@pytest.mark.parametrize("name", ["", "  ", "for WORK"])
def test_a_version_needs_a_name_of_its_own(library: Library, name: str) -> None:
    _ = save_portfolio(library, Portfolio(name="For work"))
    with pytest.raises(UsageError):
        _ = save_portfolio(library, Portfolio(name=name))
    assert len(list_portfolios(library)) == 1


def test_a_version_is_found_by_name_or_is_the_first(library: Library) -> None:
    assert find_portfolio(library, None) == find_portfolio(library, "everything") == Portfolio(name="Everything")
    work = save_portfolio(library, Portfolio(name="Work")).value
    _ = save_portfolio(library, Portfolio(name="Zoo"))
    assert find_portfolio(library, None) == find_portfolio(library, "WORK") == work
    with pytest.raises(UsageError, match="no portfolio named “Everything”") as caught:
        _ = find_portfolio(library, "Everything")
    assert caught.value.hint == "There are: Work, Zoo."
