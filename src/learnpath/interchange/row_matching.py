"""Which record, or which earlier row of the same file, each row is. Never compares everything with everything."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import Any, Literal

from learnpath.interchange.checkpoints import Checkpoint, watched
from learnpath.interchange.drafts import AwardDraft, TableKind
from learnpath.interchange.file_rows import FileRows
from learnpath.interchange.former_identities import FormerIndex, FormerValues
from learnpath.interchange.identity import Identity, IdentityMaker, is_other_award, may_be_one
from learnpath.interchange.identity_index import (
    LAST_CERTAIN,
    LAST_LIKELY,
    Fit,
    IdentityIndex,
    LikenessIndex,
    Strength,
    order_fits,
)
from learnpath.interchange.row_changes import IDENTITY_FIELDS, Change, RowChanges, find_changes
from learnpath.interchange.source_ranks import Filling

# Below this, titles of one issuer are taken for different things (see the tests for real pairs on both sides).
LEAST_LIKENESS = 0.92
# An address that this many titles share is a list page, not the address of one thing.
_MOST_TITLES_OF_URL = 3


@dataclass(frozen=True, slots=True)
class RowMatch:
    """What a row was recognised as. An update `is_likely` when the record is only probably the same.

    `is_contested` when other rows of the file may be the same record: it must then keep what it is recognised by, or
    importing the file again would find something else.
    """

    kind: Literal["new", "update", "same", "undecided"]
    reason: str = ""
    existing_id: int | None = None
    likeness: float = 1.0
    is_contested: bool = False
    is_likely: bool = False


# The first row of a thing, what all its rows state, and the records it may be.
_Contested = tuple[Identity, Identity, list[Fit]]


class KnownAwards:
    """What the programs, or the credentials, of a library are recognised by; kept while files bring more of them.

    `aliases` maps an issuer's other names, normalised, to the normalised name of its record.
    """

    def __init__(self, kind: TableKind, aliases: Mapping[str, str]) -> None:
        self.maker = IdentityMaker(kind, aliases)
        self._index = IdentityIndex()
        self._identities: dict[int, Identity] = {}
        self._formers = FormerIndex(self.maker)
        self._likeness: LikenessIndex | None = None

    def __len__(self) -> int:
        return len(self._identities)

    def put(self, record_id: int, values: Mapping[str, Any], former: FormerValues = ()) -> None:
        """Take in a record that comes after all others, or one that is known and has changed.

        `former` is what files called it, where it is called something else now.
        """
        identity = self.maker.of_values(values, record_id)
        old = self._identities.get(record_id)
        self._formers.put(record_id, values, former)
        if identity == old:
            return
        self._identities[record_id] = identity
        for index in (self._index, self._likeness):
            if index is not None and old is None:
                index.add(identity)
            elif index is not None and old is not None:
                index.replace(old, identity)

    def fits(self, identity: Identity) -> list[Fit]:
        """Return the records that a row may be, each once, the surest first."""
        found = self._index.fits(identity)
        if not self._formers:
            return found
        former = {
            record_id: (strength, self._identities[record_id]) for strength, record_id in self._formers.fits(identity)
        }
        return order_fits([*found, *former.values()]) if former else found

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
    """Matches the rows of one file against the records of one kind.

    What is certain is found for all rows first, what is likely only among records that nobody has claimed. In which
    order the rows come does not matter for which records are found.
    """

    def __init__(self, known: KnownAwards, check: Checkpoint) -> None:
        self._check = check
        self._known = known
        self._maker = known.maker
        self._rows: list[Identity | None] = []
        # How many rows may be each record, by its id.
        self._uses: Counter[int] = Counter()
        # The rows that are certain or likely to be each record, by its id.
        self._claimed: dict[int, Identity] = {}

    def match(self, rows: Sequence[tuple[int, AwardDraft | None]]) -> list[RowMatch | None]:
        """Return a match for each (line, draft), None where there is no draft."""
        self._rows = [
            None if draft is None else self._maker.of_draft(draft, line) for line, draft in watched(rows, self._check)
        ]
        shared = _shared_urls(self._rows)
        things = FileRows(numbers_decide=self._maker.is_program)
        questions: dict[int, str] = {}
        matches: list[RowMatch | None] = [None] * len(rows)
        firsts: list[tuple[int, int]] = []
        for index, identity in enumerate(watched(self._rows, self._check)):
            if identity is None:
                continue
            earlier = things.add(identity._replace(url="") if identity.url in shared else identity)
            if earlier is not None and not earlier.difference:
                matches[index] = RowMatch("same", earlier.reason)
                continue
            firsts.append((index, identity.place))
            if earlier is not None:
                questions[index] = earlier.reason
        whole = things.whole
        fits = self._find_fits([(index, whole[line]) for index, line in firsts]) if self._known else {}
        for index, line in watched(firsts, self._check):
            matches[index] = self._judge(whole[line], fits.get(index, ()), questions.get(index, ""))
        return [
            replace(match, is_contested=True) if match and self._uses.get(match.existing_id or 0, 0) > 1 else match
            for match in matches
        ]

    def _find_fits(self, rows: Sequence[tuple[int, Identity]]) -> dict[int, list[Fit]]:
        """Return the records that each row may be, and let the rows claim those that they are taken for."""
        fits: dict[int, list[Fit]] = {}
        uses: Counter[int] = Counter()
        for index, identity in watched(rows, self._check):
            found = self._known.fits(identity)
            first = self._rows[index]
            if first is not None and first.by_title != identity.by_title:
                # It repeats, and only all its rows together state this much: the record may be of the first one.
                found = order_fits([*found, *self._known.fits(first)])
            if found:
                fits[index] = found
                for strength, known in found:
                    uses[known.place] += 1
                    # All of them, whatever is chosen: what is chosen can change with the next import, these do not.
                    if strength != Strength.MONTH_UNKNOWN:
                        self._uses[known.place] += 1
        contested: list[_Contested] = []
        for index, identity in rows:
            first = self._rows[index]
            if first is not None and (found := fits.get(index)) is not None and found[0][0] <= LAST_LIKELY:
                if uses[found[0][1].place] == 1 and (len(found) == 1 or found[0][0] < found[1][0]):
                    self._claimed[found[0][1].place] = identity
                else:
                    contested.append((first, identity, found))
        self._settle(contested)
        return fits

    def _settle(self, contested: list[_Contested]) -> None:
        """Give each record that several rows may be to the surest of them, of equally sure ones always to the same."""
        contested.sort(key=_by_what_is_stated)
        for wanted, is_close in product(range(LAST_LIKELY + 1), (_says_the_same, _agrees, _may_differ)):
            left: list[_Contested] = []
            for row in contested:
                first, identity, fits = row
                free = (known for strength, known in fits if strength == wanted and known.place not in self._claimed)
                known = next((known for known in free if is_close(first, known)), None)
                if known is None:
                    left.append(row)
                else:
                    self._claimed[known.place] = identity
            contested = left

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

    def _judge(self, identity: Identity, fits: Sequence[Fit], question: str) -> RowMatch:
        """Return what a row is that repeats no earlier one; `question` is what it is asked about besides."""
        for strength, known in fits:
            if self._claimed.get(known.place) is identity:
                if strength <= LAST_CERTAIN:
                    other = _of_its_number(identity, known, fits)
                    if other is None:
                        return RowMatch("update", "", known.place)
                    reason = f"fits “{known.name}” by its id and “{other.name}” by its number: they may be one"
                    return RowMatch("undecided", reason, known.place, _likeness(identity, known))
                return _likely(strength, identity, known)
        if question:
            return RowMatch("undecided", question, self._record_in_question(fits), 0.0)
        for strength, known in fits:
            reason = self._doubt(strength, identity, known)
            if reason:
                return RowMatch("undecided", reason, known.place, _likeness(identity, known))
        near = self._find_near(identity) if self._known else None
        if near is not None:
            return _resembling(*near)
        other_name = self._find_other_name(identity) if self._known else None
        return _NEW if other_name is None else _resembling(*other_name, " without short names")

    def _record_in_question(self, fits: Sequence[Fit]) -> int | None:
        """Return a record that nobody else is taken for, and that a row could be."""
        return next((known.place for _, known in fits if known.place not in self._claimed), None)

    def _doubt(self, strength: Strength, identity: Identity, known: Identity) -> str:
        if strength in _DOUBTS:
            return _DOUBTS[strength].format(known.name)
        claimer = self._claimed[known.place]
        if strength is Strength.MONTH_UNKNOWN and not claimer.months_agree(identity):
            # The one was renewed, and only one of the two can be the record that has no date yet.
            return ""
        return f"also fits “{known.name}”, like line {claimer.place}"

    def _find_near(self, identity: Identity) -> tuple[Identity, float] | None:
        best: tuple[Identity, float] | None = None
        compared: set[int] = set()
        for known in self._known.likeness(self._check).candidates(identity):
            if known.place in compared or self._is_renewal(identity, known) or not may_be_one(identity, known):
                continue
            compared.add(known.place)
            likeness = _ratio(identity.title, known.title)
            if likeness >= LEAST_LIKENESS:
                self._uses[known.place] += 1
                best = best if best is not None and best[1] >= likeness else (known, likeness)
        return best

    def _is_renewal(self, identity: Identity, known: Identity) -> bool:
        """Return whether a row of another month is taken for the record already."""
        claimer = self._claimed.get(known.place)
        return claimer is not None and not claimer.months_agree(identity)

    def _find_other_name(self, identity: Identity) -> tuple[Identity, float] | None:
        """Return a credential whose title is the same but for short names and words that say nothing."""
        best: tuple[Identity, float] | None = None
        for known, likeness in self._known.likeness(self._check).other_names(identity):
            if self._is_renewal(identity, known) or not may_be_one(identity, known):
                continue
            if not is_other_award(identity, known):
                self._uses[known.place] += 1
                best = best if best is not None and best[1] >= likeness else (known, likeness)
        return best


_DOUBTS = {
    Strength.ID_OF_OTHER_ISSUER: "has the id of “{0}”, which another issuer gave",
    Strength.TITLE_OF_OTHER_ID: "has the title of “{0}” and another id",
    Strength.NUMBER_WITHOUT_ISSUER: "has the number of “{0}”",
    Strength.LINK_OF_OTHER_TITLE: "has the address of “{0}”",
}


def _by_what_is_stated(row: _Contested) -> tuple[str, ...]:
    first, _, _ = row
    return first.by_title, first.url, first.number, first.iri, first.exam


def _says_the_same(row: Identity, known: Identity) -> bool:
    return row._replace(name="", place=0) == known._replace(name="", place=0)


def _agrees(row: Identity, known: Identity) -> bool:
    return not row.difference(known)


def _may_differ(row: Identity, known: Identity) -> bool:
    del row, known
    return True


def _likely(strength: Strength, identity: Identity, known: Identity) -> RowMatch:
    """Return the proposal to take a row for a record, with what speaks for it."""
    if strength in (Strength.LINK, Strength.LINK_AND_OTHER_DETAILS):
        shared = "link"
    else:
        issuer, month = bool(identity.issuer), identity.has_month and strength is not Strength.MONTH_UNKNOWN
        shared = {
            (True, True): "title, issuer and month",
            (True, False): "title and issuer",
            (False, True): "title and month",
        }.get((issuer, month), "title")
    likeness = _likeness(identity, known)
    aside = "" if identity.codes == known.codes else " without the exam code"
    # The name comes first: of a long reason only the start is seen.
    reason = f"“{known.name}”, {int(likeness * 100)}% alike{aside}: same {shared}"
    return RowMatch("update", reason, known.place, likeness, is_likely=True)


def _resembling(known: Identity, likeness: float, aside: str = "") -> RowMatch:
    reason = f"looks like “{known.name}”, {int(likeness * 100)}% alike{aside}"
    return RowMatch("undecided", reason, known.place, likeness)


def _likeness(first: Identity, second: Identity) -> float:
    """Return how alike two titles are without their exam codes, 0 to 1."""
    if first.title == second.title:
        return 1.0
    from rapidfuzz import fuzz

    return fuzz.ratio(first.title, second.title) / 100


def _of_its_number(identity: Identity, first: Identity, fits: Sequence[Fit]) -> Identity | None:
    """Return another record that has the number of a row which is certainly `first`, but not by its number."""
    if not identity.number or identity.number == first.number:
        return None
    certain = (known for strength, known in fits if strength <= LAST_CERTAIN and known.place != first.place)
    return next((known for known in certain if known.number == identity.number), None)


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
