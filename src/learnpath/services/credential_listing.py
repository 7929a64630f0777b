"""The list of credentials in one reading: ids in order, counts for the chips, and the rows that are seen first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from learnpath.domain.listing import Choice, CredentialFilter, CredentialRow, StatusGroup
from learnpath.storage.credential_list import credential_choices, credential_counts, credential_ids, credential_rows
from learnpath.storage.library import Library

FIRST_ROWS = 60
CHOICE_KINDS = ("issuer", "skill", "path", "tag")


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialListing:
    """The answer to a filter. `first_rows` are enough rows to fill a window from the top.

    `total` is the number of credentials in the library, whatever the filter.
    """

    ids: list[int]
    counts: dict[StatusGroup, int]
    first_rows: list[CredentialRow]
    total: int


def list_credentials(
    library: Library, wanted: CredentialFilter, today: date, near: Sequence[int] = ()
) -> CredentialListing:
    """Return the credentials that pass a filter; `near` are ids whose rows are wanted at once as well."""
    ids = credential_ids(library, wanted, today)
    listed = set(ids) if near else set[int]()
    first = [*ids[:FIRST_ROWS], *(one for one in near if one in listed)]
    return CredentialListing(
        ids=ids,
        counts=credential_counts(library, wanted, today),
        first_rows=credential_rows(library, list(dict.fromkeys(first)), today),
        total=int(str(library.rows("SELECT count(*) FROM credential")[0][0])),
    )


def list_choices(library: Library) -> dict[str, list[Choice]]:
    """Return the issuers, skills, paths and tags that credentials carry, by kind, most used first."""
    return {kind: credential_choices(library, kind) for kind in CHOICE_KINDS}


def read_rows(library: Library, ids: Sequence[int], today: date) -> list[CredentialRow]:
    """Return the rows of these credentials in the same order; those that are gone are left out."""
    return credential_rows(library, ids, today)
