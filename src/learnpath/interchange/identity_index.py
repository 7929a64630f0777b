"""Records of a library, or rows of a file, by every key that their identities have."""

from collections.abc import Callable, Collection, Iterable, Iterator
from enum import IntEnum
from itertools import chain, islice

from learnpath.domain.short_names import TitleParts, likeness_without_short_names, split_title
from learnpath.interchange.groups import Groups
from learnpath.interchange.identity import Identity, likeness_block, short_name_blocks
from learnpath.interchange.platform_ids import id_of_address

_MOST_COMPARED = 60
_YEAR_LENGTH = len("2024")
_ANY_MONTH = "any"


class Strength(IntEnum):
    """How surely a record is what a row is, the surest first.

    To `FORMER` it is certain (the first three rungs of the ladder, and what a file called a record before the person
    changed it). To `MONTH_UNKNOWN` it is likely. What comes after that only raises a question.
    """

    IRI = 0
    PLATFORM = 1
    NUMBER = 2
    NUMBER_AND_OTHER_DETAILS = 3
    FORMER = 4
    LINK = 5
    TITLE = 6
    LINK_AND_OTHER_DETAILS = 7
    TITLE_AND_OTHER_DETAILS = 8
    CODE_MISSING = 9
    FORMER_IN_PART = 10
    MONTH_UNKNOWN = 11
    ID_OF_OTHER_ISSUER = 12
    TITLE_OF_OTHER_ID = 13
    NUMBER_WITHOUT_ISSUER = 14
    LINK_OF_OTHER_TITLE = 15


LAST_CERTAIN = Strength.FORMER
LAST_LIKELY = Strength.MONTH_UNKNOWN

Fit = tuple[Strength, Identity]


class IdentityIndex:
    """Finds the records that a row may be."""

    def __init__(self) -> None:
        self._iris, self._numbers, self._urls = Groups[Identity](), Groups[Identity](), Groups[Identity]()
        self._titles, self._loosely, self._platforms = Groups[Identity](), Groups[Identity](), Groups[Identity]()
        self._groups = (self._iris, self._numbers, self._urls, self._titles, self._loosely)

    def add(self, identity: Identity) -> None:
        """Add an identity that comes after all others."""
        for groups, key in zip(self._groups, _keys(identity), strict=True):
            groups.add(key, identity)
        for key in identity.platforms:
            self._platforms.add(key, identity)

    def replace(self, old: Identity, new: Identity) -> None:
        """Put an identity in place of another one of the same place."""
        for groups, before, after in zip(self._groups, _keys(old), _keys(new), strict=True):
            groups.replace(before, after, new)
        _replace_all(self._platforms, old.platforms, new.platforms, new)

    def remove(self, identity: Identity) -> None:
        """Take an identity out."""
        for groups, key in zip(self._groups, _keys(identity), strict=True):
            groups.replace(key, "", identity)
        _replace_all(self._platforms, identity.platforms, (), identity)

    def fits(self, identity: Identity) -> list[Fit]:
        """Return the records that any key finds, each once and by what says most, the surest first."""
        found: list[Fit] = []
        for key in identity.platforms:
            _note(found, identity, self._platforms.get(key), _judge_platform)
        for groups, key, judge in zip(self._groups, _keys(identity), _JUDGES, strict=True):
            if key:
                _note(found, identity, groups.get(key), judge)
        return order_fits(found) if len(found) > 1 else found


_Judge = Callable[[Identity, Identity], Strength | None]


def _note(found: list[Fit], identity: Identity, group: Collection[Identity], judge: _Judge) -> None:
    for known in islice(group, _MOST_COMPARED) if len(group) > _MOST_COMPARED else group:
        # Nearly always there is one record, which a surer key has found already.
        if found and found[0][1] is known and found[0][0] <= LAST_LIKELY:
            continue
        strength = judge(identity, known)
        if strength is not None:
            found.append((strength, known))


def _judge_iri(row: Identity, known: Identity) -> Strength | None:
    return Strength.ID_OF_OTHER_ISSUER if _issuers_differ(row, known) else Strength.IRI


def _judge_platform(row: Identity, known: Identity) -> Strength | None:
    # Platforms often stand in for the issuer, so that an address of theirs is enough. But learners have ids of this
    # form, too, and a badge can name any as its own.
    is_by_address = not row.iri and id_of_address(row.url) in known.platforms
    return Strength.PLATFORM if is_by_address or not _issuers_differ(row, known) else Strength.ID_OF_OTHER_ISSUER


def _issuers_differ(row: Identity, known: Identity) -> bool:
    return bool(row.issuer and known.issuer) and row.issuer != known.issuer


def _judge_number(row: Identity, known: Identity) -> Strength | None:
    # Without an issuer a number alone proves nothing: catalogues all count from one.
    if not row.issuer and row.title != known.title:
        return Strength.NUMBER_WITHOUT_ISSUER
    return Strength.NUMBER_AND_OTHER_DETAILS if row.difference(known) else Strength.NUMBER


def _judge_link(row: Identity, known: Identity) -> Strength | None:
    if row.contradicts(known):
        return None
    if (row.iri or known.iri) and _issuers_differ(row, known):
        return Strength.ID_OF_OTHER_ISSUER
    if not row.is_titled_like(known):
        return Strength.LINK_OF_OTHER_TITLE
    return Strength.LINK_AND_OTHER_DETAILS if row.difference(known) else Strength.LINK


def _judge_title(row: Identity, known: Identity) -> Strength | None:
    if row.contradicts(known):
        return None
    match row.difference(known):
        case "":
            return Strength.TITLE
        case "id":
            return Strength.TITLE_OF_OTHER_ID
        case _:
            return Strength.TITLE_AND_OTHER_DETAILS


def _judge_loosely(row: Identity, known: Identity) -> Strength | None:
    """Judge what has the same issuer and title, and perhaps states no exam code or no month."""
    if not row.is_titled_like(known) or row.contradicts(known) or row.difference(known) == "id":
        return None
    if row.month == known.month:
        return Strength.CODE_MISSING if row.has_month and row.codes != known.codes else None
    return Strength.MONTH_UNKNOWN if row.has_month and row.month.startswith(known.month) else None


_JUDGES = (_judge_iri, _judge_number, _judge_link, _judge_title, _judge_loosely)


def order_fits(fits: Iterable[Fit]) -> list[Fit]:
    """Return fits with the surest first, each record once."""
    found: dict[int, Fit] = {}
    for fit in sorted(fits, key=_order):
        _ = found.setdefault(fit[1].place, fit)
    return list(found.values())


def _order(fit: Fit) -> tuple[int, bool, int]:
    # What is planned has ids that count down from -1.
    strength, known = fit
    return strength, known.place < 0, abs(known.place)


class LikenessIndex:
    """Finds the few that a near title is worth comparing with."""

    def __init__(self) -> None:
        self._blocks, self._codes = Groups[Identity](), Groups[Identity]()
        self._short_names = Groups[Identity]()
        self._parts: dict[tuple[str, str], TitleParts] = {}

    def add(self, identity: Identity) -> None:
        """Add an identity that comes after all others."""
        self._blocks.add(likeness_block(identity), identity)
        for key in _short_name_keys(identity):
            self._short_names.add(key, identity)
        for key in _code_keys(identity):
            self._codes.add(key, identity)

    def replace(self, old: Identity, new: Identity) -> None:
        """Put an identity in place of another one of the same place."""
        self._blocks.replace(likeness_block(old), likeness_block(new), new)
        _replace_all(self._codes, _code_keys(old), _code_keys(new), new)
        _replace_all(self._short_names, _short_name_keys(old), _short_name_keys(new), new)

    def candidates(self, identity: Identity) -> Iterator[Identity]:
        """Yield those of the same issuer whose titles begin alike, then those with one of its exam codes."""
        found = (self._blocks.get(likeness_block(identity)), *map(self._codes.get, _code_keys(identity)))
        return chain.from_iterable(islice(group, _MOST_COMPARED) for group in found)

    def other_names(self, identity: Identity) -> Iterator[tuple[Identity, float]]:
        """Yield the credentials that the same issuer may call differently, and how alike the titles then are.

        They have the same numbers in the title, and the same month or only one of the two has one.
        """
        months = (identity.month, identity.month[:_YEAR_LENGTH], "") if identity.has_month else (_ANY_MONTH,)
        groups = [self._short_names.get(key) for key in short_name_blocks(identity, months)]
        if not any(groups):
            return
        parts = self._split(identity)
        for known in islice(chain.from_iterable(groups), _MOST_COMPARED):
            likeness = likeness_without_short_names(parts, self._split(known))
            if likeness:
                yield known, likeness

    def _split(self, identity: Identity) -> TitleParts:
        found = self._parts.get((identity.name, identity.issuer))
        if found is None:
            found = self._parts[identity.name, identity.issuer] = split_title(identity.name, identity.issuer)
        return found


def _keys(identity: Identity) -> tuple[str, str, str, str, str]:
    """Return the keys in the order of `IdentityIndex._groups`, "" for those that it has not."""
    return identity.iri, identity.by_number, identity.url, identity.by_title, identity.loosely


def _replace_all(groups: Groups[Identity], before: Iterable[str], after: Iterable[str], new: Identity) -> None:
    old_keys, new_keys = set(before), set(after)
    for key in sorted(old_keys | new_keys):
        groups.replace(key if key in old_keys else "", key if key in new_keys else "", new)


def _short_name_keys(identity: Identity) -> list[str]:
    # Those of any month for what has none itself.
    return short_name_blocks(identity, (identity.month, _ANY_MONTH))


def _code_keys(identity: Identity) -> tuple[str, ...]:
    return tuple([f"{identity.issuer}\0{code}" for code in identity.codes])
