"""Which record, or which earlier row of the same file, each row is. Never compares everything with everything."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from learnpath.interchange.drafts import Draft, TableKind, title_of
from learnpath.interchange.identity import Identity, IdentityMaker, Key, likeness_block

# Below this, titles of one issuer are taken for different things (see the tests for real pairs on both sides).
LEAST_LIKENESS = 0.92
_MOST_COMPARED = 60
# An address that this many titles share is a list page, not the address of one thing.
_MOST_TITLES_OF_URL = 3


@dataclass(frozen=True, slots=True)
class RowMatch:
    """What a row was recognised as. `is_contested` when other rows of the file fit the same record too."""

    kind: Literal["new", "update", "same", "undecided"]
    reason: str = ""
    existing_id: int | None = None
    likeness: float = 1.0
    is_contested: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    """A record or an earlier row: its identity, and its id or its line."""

    identity: Identity
    title: str
    number: int


class _Index:
    """Records or rows by their keys."""

    def __init__(self) -> None:
        self.numbers: dict[Key, list[_Known]] = {}
        self.urls: dict[str, list[_Known]] = {}
        self.titles: dict[Key, list[_Known]] = {}

    def add(self, known: _Known) -> None:
        identity = known.identity
        if identity.number:
            self.numbers.setdefault((identity.issuer, identity.number), []).append(known)
        if identity.url:
            self.urls.setdefault(identity.url, []).append(known)
        self.titles.setdefault(identity.by_title, []).append(known)

    def by_number(self, identity: Identity) -> Sequence[_Known]:
        return self.numbers.get((identity.issuer, identity.number), ()) if identity.number else ()

    def by_url(self, identity: Identity) -> Sequence[_Known]:
        return self.urls.get(identity.url, ()) if identity.url else ()

    def find(self, identity: Identity) -> _Known | None:
        """Return what is surely the same, by the strongest key that fits and is not contradicted."""
        for known in self.by_number(identity):
            # Without an issuer a number alone proves nothing: catalogues all count from one.
            if identity.issuer or known.identity.title == identity.title:
                return known
        for known in self.by_url(identity):
            same_title = (known.identity.title, known.identity.codes) == (identity.title, identity.codes)
            if same_title and not identity.contradicts(known.identity):
                return known
        for known in self.titles.get(identity.by_title, ()):
            if not identity.contradicts(known.identity):
                return known
        return None


class RowMatcher:
    """Matches the rows of one file against (id, values) of the records of one kind."""

    def __init__(
        self, kind: TableKind, existing: Sequence[tuple[int, Mapping[str, Any]]], aliases: Mapping[str, str]
    ) -> None:
        self._maker = IdentityMaker(kind, aliases)
        self._records = _Index()
        self._blocks: dict[Key, list[_Known]] = {}
        self._codes: dict[Key, list[_Known]] = {}
        title = "name" if kind == "programs" else "title"
        for record_id, values in existing:
            known = _Known(self._maker.make(values.get), values.get(title) or "", record_id)
            self._records.add(known)
            self._blocks.setdefault(likeness_block(known.identity), []).append(known)
            for code in known.identity.codes:
                self._codes.setdefault((known.identity.issuer, code), []).append(known)

    def match(self, rows: Sequence[tuple[int, Draft | None]]) -> list[RowMatch | None]:
        """Return a match for each (line, draft), None where there is no draft."""
        identities = [None if draft is None else self._maker.make(_getter(draft)) for _, draft in rows]
        shared = _shared_urls(identities)
        seen = _Index()
        claimed: dict[int, int] = {}
        contested: set[int] = set()
        matches: list[RowMatch | None] = []
        for (line, draft), identity in zip(rows, identities, strict=True):
            if draft is None or identity is None:
                matches.append(None)
                continue
            own = replace(identity, url="") if identity.url in shared else identity
            earlier = seen.find(own)
            if earlier is not None:
                matches.append(RowMatch("same", f"repeats line {earlier.number}"))
                continue
            found = self._records.find(own)
            if found is not None and found.number in claimed:
                contested.add(found.number)
                reason = f"also fits “{found.title}”, like line {claimed[found.number]}"
                matches.append(RowMatch("undecided", reason, found.number))
            elif found is not None:
                claimed[found.number] = line
                matches.append(RowMatch("update", "", found.number))
            else:
                matches.append(self._match_unknown(own, seen))
            seen.add(_Known(own, title_of(draft), line))
        return [
            replace(match, is_contested=True) if match and match.existing_id in contested else match for match in matches
        ]

    def _match_unknown(self, identity: Identity, seen: _Index) -> RowMatch:
        for known in self._records.by_number(identity):
            return RowMatch("undecided", f"has the number of “{known.title}”", known.number, 0.0)
        for known in self._records.by_url(identity):
            if not identity.contradicts(known.identity):
                return RowMatch("undecided", f"has the address of “{known.title}”", known.number, 0.0)
        for known in (*seen.by_number(identity), *seen.by_url(identity)):
            if not identity.contradicts(known.identity):
                return RowMatch("undecided", f"has the number or address of line {known.number}", None, 0.0)
        near = self._find_near(identity)
        if near is None:
            return RowMatch("new")
        known, likeness = near
        return RowMatch(
            "undecided", f"looks like “{known.title}”, {int(likeness * 100)}% alike", known.number, likeness
        )

    def _find_near(self, identity: Identity) -> tuple[_Known, float] | None:
        best: tuple[_Known, float] | None = None
        for known in self._candidates(identity):
            if not _may_be_one(identity, known.identity):
                continue
            likeness = _ratio(identity.title, known.identity.title)
            if likeness >= LEAST_LIKENESS and (best is None or likeness > best[1]):
                best = known, likeness
        return best

    def _candidates(self, identity: Identity) -> Iterator[_Known]:
        yield from self._blocks.get(likeness_block(identity), ())[:_MOST_COMPARED]
        for code in identity.codes:
            yield from self._codes.get((identity.issuer, code), ())[:_MOST_COMPARED]


def _may_be_one(first: Identity, second: Identity) -> bool:
    """Return whether nothing speaks against two like titles: no other number, exam code or month of award."""
    codes_differ = bool(first.codes and second.codes and not set(first.codes) & set(second.codes))
    months_differ = bool(first.month and second.month and not _months_agree(first.month, second.month))
    return not (codes_differ or months_differ or first.contradicts(second))


def _months_agree(first: str, second: str) -> bool:
    return first.startswith(second) or second.startswith(first)


def _ratio(first: str, second: str) -> float:
    if first == second:
        return 1.0
    from rapidfuzz import fuzz

    return fuzz.ratio(first, second, score_cutoff=LEAST_LIKENESS * 100) / 100


def _getter(draft: Draft) -> Callable[[str], Any]:
    return lambda name: getattr(draft, name)


def _shared_urls(identities: Sequence[Identity | None]) -> frozenset[str]:
    titles: defaultdict[str, set[str]] = defaultdict(set)
    for identity in identities:
        if identity is not None and identity.url:
            titles[identity.url].add(identity.title)
    return frozenset(url for url, found in titles.items() if len(found) > _MOST_TITLES_OF_URL)
