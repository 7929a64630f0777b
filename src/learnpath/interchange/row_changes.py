"""What a draft changes in a record: only what the file states, and never for something vaguer."""

from collections.abc import Mapping
from typing import Any, cast

from learnpath.domain.dates import PartialDate, better_date
from learnpath.domain.matching import canonical_url, normalise_issuer, normalise_title
from learnpath.interchange.drafts import Draft, draft_fields

Change = tuple[str, Any, Any]
# What a record is recognised by: two rows that both fit one record must not take it away from each other.
IDENTITY_FIELDS = frozenset((
    "name", "title", "issuer_name", "human_code", "url", "verification_url", "external_id", "license_number",
    "awarded_on",
))  # fmt: skip


def find_changes(draft: Draft, values: Mapping[str, Any], keeps_identity: bool = False) -> tuple[Change, ...]:
    """Return (field, old, new) for each field the draft would fill or change.

    Nothing stated changes nothing; a less exact date never replaces a more exact one; names are added to lists and
    never removed; spelling alone (dashes, case, tracking in an address) changes nothing. With `keeps_identity` the
    fields a record is recognised by stay as they are.
    """
    changes: list[Change] = []
    for name in draft_fields(type(draft)):
        new = getattr(draft, name)
        if new is None or new == "" or new == () or (keeps_identity and name in IDENTITY_FIELDS):
            continue
        old = values.get(name)
        if new == old:
            continue
        merged = _merge(name, old, new)
        if merged != old:
            changes.append((name, old, merged))
    return tuple(changes)


def _merge(name: str, old: Any, new: Any) -> Any:
    if isinstance(new, PartialDate):
        return better_date(old, new)
    if isinstance(new, tuple):
        known: tuple[str, ...] = old or ()
        folded = {item.casefold() for item in known}
        names = cast("tuple[str, ...]", new)
        return (*known, *(item for item in names if item.casefold() not in folded))
    if isinstance(new, str) and isinstance(old, str) and old and _says_the_same(name, old, new):
        return old
    return new


def _says_the_same(name: str, old: str, new: str) -> bool:
    if name in ("name", "title", "program_name"):
        return normalise_title(old) == normalise_title(new)
    if name == "issuer_name":
        # Reached only for records already recognised as the same: the library's name for the issuer stays.
        return bool(normalise_issuer(old))
    if name in ("url", "verification_url", "source_url"):
        return canonical_url(old) == canonical_url(new)
    return old.split() == new.split()
