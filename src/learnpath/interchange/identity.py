"""By what two records are recognised as the same: the keys of drafts and of what a library already holds.

The ladder, strongest first: the issuer's own number (catalogue or licence number), address and title, then issuer,
title, exam codes and, for credentials, the month of the award. What follows from a match is `plan`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from learnpath.domain.dates import PartialDate
from learnpath.domain.matching import (
    canonical_url,
    extract_codes,
    identifies,
    normalise_issuer,
    normalise_title,
    number_words,
)
from learnpath.interchange.drafts import TableKind

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """The parts a record is recognised by, normalised. `number` is the catalogue or licence number."""

    issuer: str
    number: str
    url: str
    title: str
    codes: tuple[str, ...]
    month: str

    @property
    def by_title(self) -> Key:
        """Return the weakest key."""
        return (self.issuer, self.title, self.codes, self.month)

    def contradicts(self, other: "Identity") -> bool:
        """Return whether the same issuer gave the two different numbers: then nothing else makes them one."""
        return bool(self.number and other.number and self.number != other.number and self.issuer == other.issuer)


class IdentityMaker:
    """Makes identities of one kind of record; remembers texts, for files and libraries repeat each other.

    `aliases` maps an issuer's other names, normalised, to the normalised name of its record.
    """

    def __init__(self, kind: TableKind, aliases: Mapping[str, str]) -> None:
        self._is_program = kind == "programs"
        self._aliases = aliases
        self._titles: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._issuers: dict[str, str] = {}

    def make(self, get: Callable[[str], Any]) -> Identity:
        """Return the identity of a record whose field values `get` returns (falsy when not set)."""
        if self._is_program:
            title, number, url, month = get("name"), get("external_id"), get("url"), ""
        else:
            title, number, url = get("title"), get("license_number"), get("verification_url")
            awarded: PartialDate | None = get("awarded_on")
            month = awarded.text[:7] if awarded else ""
        words, codes = self._title(title or "")
        code = get("human_code")
        if code:
            codes = tuple(sorted({*codes, *(extract_codes(code) or (code.strip().upper(),))}))
        address = canonical_url(url) if url else ""
        return Identity(
            self._issuer(get("issuer_name") or ""),
            number.strip().casefold() if number else "",
            address if identifies(address) else "",
            words,
            codes,
            month,
        )

    def _title(self, title: str) -> tuple[str, tuple[str, ...]]:
        found = self._titles.get(title)
        if found is None:
            found = self._titles[title] = (normalise_title(title), extract_codes(title))
        return found

    def _issuer(self, name: str) -> str:
        found = self._issuers.get(name)
        if found is None:
            plain = normalise_issuer(name) if name else ""
            found = self._issuers[name] = self._aliases.get(plain, plain)
        return found


def likeness_block(identity: Identity) -> Key:
    """Return the key of the small group in which near titles are looked for: issuer, first word and numbers."""
    return (identity.issuer, identity.title.partition(" ")[0], number_words(identity.title))
