"""By what two records are recognised as the same: the keys of drafts and of what a library already holds.

The ladder, strongest first: what a badge file names the award by together with its issuer, a platform's id of the
award, the issuer's own number (catalogue or licence number), the address, then issuer, title, exam codes and, for
credentials, the month of the award. What a key proves is in `identity_index`, what follows from a match in `plan`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote

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
from learnpath.interchange.platform_ids import LEAST_LETTERS, id_of_address, id_of_number

_MONTH_LENGTH = len("2024-05")


class Identity(NamedTuple):
    """The parts a record is recognised by, normalised. `iri` names one award wherever it is found, `number` is the
    catalogue or licence number, `platforms` are the ids that platforms give the award.

    `month` is as exact as the date of the award, `exam` the day of the exam. `place` is the record's id or the row's
    line, `name` its title as written. `by_number` and `by_title` are keys, "" for none; `loosely` is the one that
    leaves out what a credential may not say: exam codes and the month.
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
    platforms: tuple[str, ...]
    exam: str
    by_number: str
    by_title: str
    loosely: str

    @property
    def keys(self) -> frozenset[str]:
        """Return the keys of which any may make a record be taken for this one."""
        by_url = f"url\0{self.url}\0{self.title}\0{' '.join(self.codes)}" if self.url else ""
        by_number = f"number\0{self.by_number}" if self.number else ""
        by_iri = f"iri\0{self.iri}" if self.iri else ""
        return frozenset((by_iri, by_number, by_url, f"title\0{self.by_title}", *self.platforms)) - {""}

    @property
    def has_month(self) -> bool:
        """Return whether the month of the award is known."""
        return len(self.month) == _MONTH_LENGTH

    def contradicts(self, other: "Identity") -> bool:
        """Return whether the same issuer gave the two different numbers: then no title makes them one."""
        return bool(self.number and other.number and self.number != other.number and self.issuer == other.issuer)

    def is_on_platform_with(self, other: "Identity") -> bool:
        """Return whether a platform gives the two the same id."""
        return bool(self.platforms and other.platforms) and not set(self.platforms).isdisjoint(other.platforms)

    def is_titled_like(self, other: "Identity") -> bool:
        """Return whether the titles are the same, but perhaps for exam codes that only one of the two states."""
        return self.title == other.title and (self.codes == other.codes or not (self.codes and other.codes))

    def months_agree(self, other: "Identity") -> bool:
        """Return whether the dates of the award can be the same."""
        return self.month.startswith(other.month) or other.month.startswith(self.month)

    def difference(self, other: "Identity") -> str:
        """Return what the two state that tells them apart, in a word for the person; "" for nothing."""
        if not self.is_titled_like(other):
            return "title" if self.title != other.title else "exam code"
        if (word := self._other_key(other)) and not self.is_on_platform_with(other):
            return word
        if self.exam and other.exam and self.exam != other.exam:
            return "exam date"
        if not self.months_agree(other):
            return "date"
        return "issuer" if self.issuer and other.issuer and self.issuer != other.issuer else ""

    def _other_key(self, other: "Identity") -> str:
        if self.iri and other.iri and self.iri != other.iri:
            return "id"
        if self.number and other.number and self.number != other.number:
            return "number"
        return "link" if self.url and other.url and self.url != other.url else ""

    def with_parts_of(self, other: "Identity") -> "Identity":
        """Return this, and where it states nothing what `other` states, from which nothing tells it apart."""
        issuer, number = self.issuer or other.issuer, self.number or other.number
        codes, month = self.codes or other.codes, max(self.month, other.month)
        return self._replace(
            iri=self.iri or other.iri,
            issuer=issuer,
            number=number,
            url=self.url or other.url,
            codes=codes,
            month=month,
            platforms=tuple(dict.fromkeys((*self.platforms, *other.platforms))),
            exam=self.exam or other.exam,
            by_number=_number_key(issuer, number),
            by_title=_title_key(issuer, self.title, codes, month),
            loosely=self.loosely or other.loosely,
        )


class IdentityMaker:
    """Makes identities of one kind of record; remembers texts, for files and libraries repeat each other.

    `aliases` maps an issuer's other names, normalised, to the normalised name of its record.
    """

    def __init__(self, kind: TableKind, aliases: Mapping[str, str]) -> None:
        self.is_program = kind == "programs"
        self._aliases = aliases
        self._titles: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._issuers: dict[str, str] = {}
        self._urls: dict[str, str] = {}

    def of_draft(self, draft: AwardDraft, line: int) -> Identity:
        """Return the identity of a row."""
        if isinstance(draft, ProgramDraft):
            number, url = draft.external_id, draft.url
            return self._make("", draft.name, draft.issuer_name, draft.human_code, number, url, None, None, line)
        number, url, iri = draft.license_number, draft.verification_url, draft.external_id
        code, awarded, exam = draft.human_code, draft.awarded_on, draft.exam_on
        return self._make(iri, draft.title, draft.issuer_name, code, number, url, awarded, exam, line)

    def of_values(self, values: Mapping[str, Any], record_id: int) -> Identity:
        """Return the identity of a record given as field values."""
        get = values.get
        issuer, code = get("issuer_name") or "", get("human_code") or ""
        if self.is_program:
            number, url = get("external_id") or "", get("url") or ""
            return self._make("", get("name") or "", issuer, code, number, url, None, None, record_id)
        number, url, iri = get("license_number") or "", get("verification_url") or "", get("external_id") or ""
        awarded, exam = get("awarded_on"), get("exam_on")
        return self._make(iri, get("title") or "", issuer, code, number, url, awarded, exam, record_id)

    def _make(
        self,
        iri: str,
        title: str,
        issuer: str,
        code: str,
        number: str,
        url: str,
        awarded: PartialDate | None,
        exam: PartialDate | None,
        place: int,
    ) -> Identity:
        words, codes = self._title(title)
        if code:
            codes = tuple(sorted({*codes, *(extract_codes(code) or (code.strip().upper(),))}))
        month = awarded.text[:_MONTH_LENGTH] if awarded else ""
        by, number, address = self._issuer(issuer), number.strip().casefold(), self._url(url)
        iri = _plain_iri(iri) if iri else ""
        return Identity(
            iri,
            by,
            number,
            address,
            words,
            codes,
            month,
            title,
            place,
            () if self.is_program else self._platforms(iri, number, address, by),
            exam.text if exam else "",
            _number_key(by, number),
            _title_key(by, words, codes, month),
            "" if self.is_program or not by else f"{by}\0{words}",
        )

    def _platforms(self, iri: str, number: str, url: str, issuer: str) -> tuple[str, ...]:
        found: list[str] = []
        if iri:
            found += [id_of_address(self._url(iri)), id_of_number(iri.casefold(), issuer)]
        if len(number) >= LEAST_LETTERS:
            found.append(id_of_number(number, issuer))
        if url:
            found.append(id_of_address(url))
        return tuple([one for one in found if one])

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


def _number_key(issuer: str, number: str) -> str:
    return f"{issuer}\0{number}" if number else ""


def _title_key(issuer: str, title: str, codes: tuple[str, ...], month: str) -> str:
    return f"{issuer}\0{title}\0{' '.join(codes)}\0{month}"


def _plain_iri(iri: str) -> str:
    # Open Badges 3.0 compares ids without percent-encoding and blanks around them.
    return unquote(iri).strip() if "%" in iri else iri.strip()


def likeness_block(identity: Identity) -> str:
    """Return the key of the small group in which near titles are looked for: issuer, first word and numbers."""
    first = identity.title.partition(" ")[0]
    return f"{identity.issuer}\0{first}\0{' '.join(number_words(identity.title))}"


def short_name_blocks(identity: Identity, months: Sequence[str]) -> list[str]:
    """Return the keys of the groups in which other names of a credential are looked for: issuer, numbers and month.

    There are none for a program, and for a credential without an issuer.
    """
    if not identity.loosely:
        return []
    block = f"{identity.issuer}\0{' '.join(sorted(set(number_words(identity.title))))}\0"
    return [block + month for month in months]


def may_be_one(first: Identity, second: Identity) -> bool:
    """Return whether nothing speaks against two like titles: no other number, exam code or month of award."""
    codes_differ = bool(first.codes and second.codes and not set(first.codes) & set(second.codes))
    return not codes_differ and first.months_agree(second) and not first.contradicts(second)


def is_other_award(first: Identity, second: Identity) -> bool:
    """Return whether the two have different ids of one kind, or different days of the exam."""
    if first.iri and second.iri and first.iri != second.iri:
        return True
    if first.exam and second.exam and first.exam != second.exam:
        return True
    if not (first.platforms and second.platforms) or first.is_on_platform_with(second):
        return False
    # Ids of different platforms tell nothing apart: a badge is often held by two of them.
    return first.url.partition("/")[0] == second.url.partition("/")[0]
