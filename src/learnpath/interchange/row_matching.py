"""Which record, or which earlier row of the same file, each row is. Never compares everything with everything."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from learnpath.interchange.checkpoints import Checkpoint, watched
from learnpath.interchange.drafts import AwardDraft, TableKind
from learnpath.interchange.identity import Identity, IdentityMaker
from learnpath.interchange.identity_index import IdentityIndex, LikenessIndex
from learnpath.interchange.row_changes import IDENTITY_FIELDS, Change, RowChanges, find_changes
from learnpath.interchange.source_ranks import Filling

# Below this, titles of one issuer are taken for different things (see the tests for real pairs on both sides).
LEAST_LIKENESS = 0.92
# An address that this many titles share is a list page, not the address of one thing.
_MOST_TITLES_OF_URL = 3


@dataclass(frozen=True, slots=True)
class RowMatch:
    """What a row was recognised as. `is_contested` when other rows of the file may be the same record: it must then
    keep what it is recognised by, or importing the file again would find something else.
    """

    kind: Literal["new", "update", "same", "undecided"]
    reason: str = ""
    existing_id: int | None = None
    likeness: float = 1.0
    is_contested: bool = False


class KnownAwards:
    """What the programs, or the credentials, of a library are recognised by; kept while files bring more of them.

    `aliases` maps an issuer's other names, normalised, to the normalised name of its record.
    """

    def __init__(self, kind: TableKind, aliases: Mapping[str, str]) -> None:
        self.maker = IdentityMaker(kind, aliases)
        self.index = IdentityIndex()
        self._identities: dict[int, Identity] = {}
        self._likeness: LikenessIndex | None = None

    def __len__(self) -> int:
        return len(self._identities)

    def put(self, record_id: int, values: Mapping[str, Any]) -> None:
        """Take in a record that comes after all others, or one that is known and has changed."""
        identity = self.maker.of_values(values, record_id)
        old = self._identities.get(record_id)
        if identity == old:
            return
        self._identities[record_id] = identity
        for index in (self.index, self._likeness):
            if index is not None and old is None:
                index.add(identity)
            elif index is not None and old is not None:
                index.replace(old, identity)

    def likeness(self, check: Checkpoint) -> LikenessIndex:
        """Return where near titles are looked for; made when the first is. `check` may raise to stop."""
        if self._likeness is None:
            likeness = LikenessIndex()
            for identity in watched(self._identities.values(), check):
                likeness.add(identity)
            self._likeness = likeness
        return self._likeness

    def match_file(self, check: Checkpoint) -> "RowMatcher":
        """Return what matches the rows of one file against the records as they are now."""
        return RowMatcher(self, check)


class RowMatcher:
    """Matches the rows of one file against the records of one kind."""

    def __init__(self, known: KnownAwards, check: Checkpoint) -> None:
        self._check = check
        self._known = known
        self._maker = known.maker
        self._records = known.index
        self._rows: list[Identity | None] = []
        # How many rows may be each record, by its id.
        self._uses: Counter[int] = Counter()

    def match(self, rows: Sequence[tuple[int, AwardDraft | None]]) -> list[RowMatch | None]:
        """Return a match for each (line, draft), None where there is no draft."""
        identities = [
            None if draft is None else self._maker.of_draft(draft, line) for line, draft in watched(rows, self._check)
        ]
        self._rows = identities
        shared = _shared_urls(identities)
        seen = IdentityIndex()
        claimed: dict[int, int] = {}
        matches: list[RowMatch | None] = []
        for identity in watched(identities, self._check):
            if identity is None:
                matches.append(None)
                continue
            own = replace(identity, url="") if identity.url in shared else identity
            earlier = seen.find(own)
            if earlier is not None:
                matches.append(RowMatch("same", f"repeats line {earlier.place}"))
                continue
            matches.append(self._match_first(own, seen, claimed))
            seen.add(own)
        return [
            replace(match, is_contested=True) if match and self._uses.get(match.existing_id or 0, 0) > 1 else match
            for match in matches
        ]

    def find_changes(
        self,
        row: int,
        match: RowMatch,
        draft: AwardDraft,
        values: Mapping[str, Any],
        filled_by: Mapping[str, Filling],
        own: Filling,
        typed: Sequence[str] = (),
    ) -> RowChanges:
        """Return what a row (its index in the file) changes in the record it was matched with.

        `typed` are the fields that the person typed in place of what the file says.
        """
        found = find_changes(draft, values, filled_by, own, keeps_identity=match.is_contested, typed=typed)
        if not IDENTITY_FIELDS.isdisjoint(name for name, _, _ in found.changes) and self._would_mix(
            row, values, found.changes
        ):
            return find_changes(draft, values, filled_by, own, keeps_identity=True, typed=typed)
        return found

    def _would_mix(self, row: int, values: Mapping[str, Any], changes: Sequence[Change]) -> bool:
        """Return whether a row's changes would make its record be recognised as another row of the file.

        A record that takes its issuer from one row and keeps an older number can become what a third row names, or
        what the row itself contradicts.
        """
        identity = self._rows[row]
        if identity is None:
            return False
        changed = {**values, **{name: new for name, _, new in changes}}
        after = self._maker.of_values(changed, 0)
        if identity.contradicts(after):
            return True
        mixed = after.keys - identity.keys - self._maker.of_values(values, 0).keys
        return not mixed.isdisjoint(self._row_keys)

    @cached_property
    def _row_keys(self) -> frozenset[str]:
        return frozenset(key for identity in self._rows if identity is not None for key in identity.keys)

    def _match_first(self, identity: Identity, seen: IdentityIndex, claimed: dict[int, int]) -> RowMatch:
        """Match a row that repeats no earlier row; `claimed` are the records already found, with their rows' lines."""
        if not self._known:
            return self._match_unknown(identity, seen)
        # All of them, whatever is chosen in the end: what is chosen can change with the next import, these do not.
        self._uses.update(self._records.possible(identity))
        found = self._records.find(identity) or self._find_without_code(identity)
        if found is None:
            return self._match_unknown(identity, seen)
        if found.place in claimed:
            reason = f"also fits “{found.name}”, like line {claimed[found.place]}"
            return RowMatch("undecided", reason, found.place)
        claimed[found.place] = identity.place
        return RowMatch("update", "", found.place)

    def _find_without_code(self, identity: Identity) -> Identity | None:
        """Return the one award of the same issuer, title and month that differs in nothing but a missing exam code."""
        found = self._records.without_codes(identity)
        if len(found) != 1 or f"title\0{found[0].by_title}" in self._row_keys:
            return None
        return found[0]

    def _match_unknown(self, identity: Identity, seen: IdentityIndex) -> RowMatch:
        for found, what in ((self._records.by_number(identity), "number"), (self._records.by_url(identity), "address")):
            possible = [known for known in found if what == "number" or not identity.contradicts(known)]
            if possible:
                return RowMatch("undecided", f"has the {what} of “{possible[0].name}”", possible[0].place, 0.0)
        for known in (*seen.by_number(identity), *seen.by_url(identity)):
            if not identity.contradicts(known):
                return RowMatch("undecided", f"has the number or address of line {known.place}", None, 0.0)
        near = self._find_near(identity)
        if near is None:
            return _NEW
        known, likeness = near
        reason = f"looks like “{known.name}”, {int(likeness * 100)}% alike"
        return RowMatch("undecided", reason, known.place, likeness)

    def _find_near(self, identity: Identity) -> tuple[Identity, float] | None:
        best: tuple[Identity, float] | None = None
        compared: set[int] = set()
        for known in self._known.likeness(self._check).candidates(identity) if self._known else ():
            if known.place in compared or not _may_be_one(identity, known):
                continue
            compared.add(known.place)
            likeness = _ratio(identity.title, known.title)
            if likeness >= LEAST_LIKENESS:
                self._uses[known.place] += 1
                best = best if best is not None and best[1] >= likeness else (known, likeness)
        return best


def _may_be_one(first: Identity, second: Identity) -> bool:
    """Return whether nothing speaks against two like titles: no other number, exam code or month of award."""
    codes_differ = bool(first.codes and second.codes and not set(first.codes) & set(second.codes))
    months_differ = bool(first.month and second.month and not _months_agree(first.month, second.month))
    return not (codes_differ or months_differ or first.contradicts(second))


def _months_agree(first: str, second: str) -> bool:
    return first.startswith(second) or second.startswith(first)


_NEW = RowMatch("new")


def _ratio(first: str, second: str) -> float:
    if first == second:
        return 1.0
    from rapidfuzz import fuzz

    return fuzz.ratio(first, second, score_cutoff=LEAST_LIKENESS * 100) / 100


def _shared_urls(identities: Sequence[Identity | None]) -> frozenset[str]:
    first: dict[str, str] = {}
    titles: dict[str, set[str]] = {}
    for identity in identities:
        if identity is not None and identity.url and first.setdefault(identity.url, identity.title) != identity.title:
            titles.setdefault(identity.url, {first[identity.url]}).add(identity.title)
    return frozenset(url for url, found in titles.items() if len(found) > _MOST_TITLES_OF_URL)
