"""By what two records are recognised as the same: the keys of drafts and of what a library already holds.

The ladder, strongest first: the address a badge file names the award by, the issuer's own number (catalogue or licence
number), address and title, then issuer, title, exam codes and, for credentials, the month of the award. What follows
from a match is `plan`.
"""

from collections.abc import Mapping
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
from learnpath.interchange.drafts import AwardDraft, ProgramDraft, TableKind

_MONTH_LENGTH = len("2024-05")


@dataclass(frozen=True, slots=True)
class Identity:
    """The parts a record is recognised by, normalised. `iri` names one award wherever it is found, `number` is the
    catalogue or licence number.

    `place` is the record's id or the row's line, `name` its title as written.
    """

    iri: str
    issuer: str
    number: str
    url: str
    title: str
    codes: tuple[str, ...]
    month: str
    name: str
    place: int

    @property
    def by_number(self) -> str:
        """Return the strongest key, or ""."""
        return f"{self.issuer}\0{self.number}" if self.number else ""

    @property
    def by_title(self) -> str:
        """Return the weakest key."""
        return f"{self.issuer}\0{self.title}\0{' '.join(self.codes)}\0{self.month}"

    @property
    def without_codes(self) -> str:
        """Return issuer, title and month, or "" where the month is not known: codes are then told by comparing."""
        return f"{self.issuer}\0{self.title}\0{self.month}" if len(self.month) == _MONTH_LENGTH else ""

    def may_omit_codes_of(self, other: "Identity") -> bool:
        """Return whether nothing but an exam code that only one of the two states tells them apart."""
        return bool(self.issuer) and not (self.codes and other.codes) and not self.contradicts(other)

    @property
    def keys(self) -> frozenset[str]:
        """Return every key that makes two records surely the same."""
        by_url = f"url\0{self.url}\0{self.title}\0{' '.join(self.codes)}" if self.url else ""
        by_number = f"number\0{self.by_number}" if self.number else ""
        by_iri = f"iri\0{self.iri}" if self.iri else ""
        return frozenset((by_iri, by_number, by_url, f"title\0{self.by_title}")) - {""}

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
        self._urls: dict[str, str] = {}

    def of_draft(self, draft: AwardDraft, line: int) -> Identity:
        """Return the identity of a row."""
        if isinstance(draft, ProgramDraft):
            number, url = draft.external_id, draft.url
            return self._make("", draft.name, draft.issuer_name, draft.human_code, number, url, None, line)
        number, url, iri = draft.license_number, draft.verification_url, draft.external_id
        return self._make(iri, draft.title, draft.issuer_name, draft.human_code, number, url, draft.awarded_on, line)

    def of_values(self, values: Mapping[str, Any], record_id: int) -> Identity:
        """Return the identity of a record given as field values."""
        get = values.get
        issuer, code = get("issuer_name") or "", get("human_code") or ""
        if self._is_program:
            number, url = get("external_id") or "", get("url") or ""
            return self._make("", get("name") or "", issuer, code, number, url, None, record_id)
        number, url, iri = get("license_number") or "", get("verification_url") or "", get("external_id") or ""
        return self._make(iri, get("title") or "", issuer, code, number, url, get("awarded_on"), record_id)

    def _make(
        self,
        iri: str,
        title: str,
        issuer: str,
        code: str,
        number: str,
        url: str,
        awarded: PartialDate | None,
        place: int,
    ) -> Identity:
        words, codes = self._title(title)
        if code:
            codes = tuple(sorted({*codes, *(extract_codes(code) or (code.strip().upper(),))}))
        month = awarded.text[:7] if awarded else ""
        return Identity(
            iri.strip(),
            self._issuer(issuer),
            number.strip().casefold(),
            self._url(url),
            words,
            codes,
            month,
            title,
            place,
        )

    def _url(self, url: str) -> str:
        found = self._urls.get(url)
        if found is None:
            address = canonical_url(url)
            found = self._urls[url] = address if identifies(address) else ""
        return found

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


def likeness_block(identity: Identity) -> str:
    """Return the key of the small group in which near titles are looked for: issuer, first word and numbers."""
    first = identity.title.partition(" ")[0]
    return f"{identity.issuer}\0{first}\0{' '.join(number_words(identity.title))}"
