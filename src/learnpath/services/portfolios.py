"""Versions of the portfolio: what each one shows."""

from dataclasses import replace

from learnpath.domain.changes import Outcome
from learnpath.domain.records import Portfolio
from learnpath.errors import UsageError
from learnpath.storage.library import Library


def save_portfolio(library: Library, portfolio: Portfolio) -> Outcome[Portfolio]:
    """Store a new version (id 0) or replace one; UsageError without a name or with one that is taken."""
    name = " ".join(portfolio.name.split())
    if not name:
        raise UsageError("Enter a name for this version.")
    taken = {one.name.casefold() for one in library.all(Portfolio) if one.id != portfolio.id}
    if name.casefold() in taken:
        raise UsageError(f"There is a version named “{name}” already.")
    with library.change(f"{'Edit' if portfolio.id else 'Add'} portfolio {name}") as change:
        stored = replace(portfolio, name=name)
        if portfolio.id:
            change.update(stored)
        else:
            stored = change.insert(stored)
    return Outcome(stored, change.change_set)


def save_options(library: Library, portfolio: Portfolio) -> Outcome[Portfolio]:
    """Store what a version shows. The plain version that stands there while none has been made is made by this."""
    if not portfolio.id:
        made = [one for one in library.all(Portfolio) if one.name.casefold() == portfolio.name.casefold()]
        portfolio = replace(portfolio, id=made[0].id if made else 0)
    return save_portfolio(library, portfolio)


def delete_portfolio(library: Library, portfolio_id: int) -> Outcome[Portfolio]:
    """Remove a version; the credentials it shows stay."""
    portfolio = library.get(Portfolio, portfolio_id)
    with library.change(f"Delete portfolio {portfolio.name}") as change:
        change.delete(Portfolio, [portfolio_id])
    return Outcome(portfolio, change.change_set)
