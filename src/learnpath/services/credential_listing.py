"""The list of credentials in one reading: ids in order, counts for the chips, and the rows that are seen first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from learnpath.domain.listing import Choice, CredentialFilter, CredentialRow, StatusGroup
from learnpath.storage.credential_list import credential_choices, credential_counts, credential_ids, credential_rows
from learnpath.storage.library import Library

CHOICE_KINDS = ("issuer", "skill", "path", "tag")


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialListing:
    """The answer to a filter. `rows` are whole pages: the first one, and the one that holds the record asked for.

    `total` is the number of credentials in the library, whatever the filter.
    """

    ids: list[int]
    counts: dict[StatusGroup, int]
    rows: list[CredentialRow]
    total: int


def list_credentials(
    library: Library, wanted: CredentialFilter, today: date, page_rows: int, near: int = 0
) -> CredentialListing:
    """Return the credentials that pass a filter, with the rows of the first page and of the one that holds `near`.

    Pages are `page_rows` long; a `near` that is not in the list is ignored.
    """
    ids = credential_ids(library, wanted, today)
    pages = {0, ids.index(near) // page_rows} if near in ids else {0}
    seen = [one for page in sorted(pages) for one in ids[page * page_rows : (page + 1) * page_rows]]
    return CredentialListing(
        ids=ids,
        counts=credential_counts(library, wanted, today),
        rows=credential_rows(library, seen, today),
        total=int(str(library.rows("SELECT count(*) FROM credential")[0][0])),
    )


def list_choices(library: Library) -> dict[str, list[Choice]]:
    """Return the issuers, skills, paths and tags that credentials carry, by kind, most used first."""
    return {kind: credential_choices(library, kind) for kind in CHOICE_KINDS}


def read_rows(library: Library, ids: Sequence[int], today: date) -> list[CredentialRow]:
    """Return the rows of these credentials in the same order; those that are gone are left out."""
    return credential_rows(library, ids, today)
