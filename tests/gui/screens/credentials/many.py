"""A library with many credentials, for what has to stay quick."""

from datetime import date, timedelta

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import Credential, Issuer, Stage
from learnpath.storage.library import Library

FIRST = date(2016, 1, 1)


def add_many(library: Library, count: int) -> None:
    """Store `count` credentials of 200 issuers: nine in ten earned, over ten years."""
    with library.change("Add many") as change:
        issuers = change.insert_many([Issuer(name=f"Issuer {number}") for number in range(200)])
        change.insert_many([_credential(number, issuers[number % 200].id) for number in range(count)])


def _credential(number: int, issuer_id: int) -> Credential:
    earned = number % 10 != 0
    day = FIRST + timedelta(days=number % 3900)
    return Credential(
        title=f"Credential number {number}",
        issuer_id=issuer_id,
        stage=Stage.EARNED if earned else Stage.PLANNED,
        awarded_on=PartialDate.of(day) if earned else None,
        valid_until=PartialDate.of(day + timedelta(days=1095)) if number % 3 == 0 and earned else None,
        estimated_minutes=number % 500,
    )
