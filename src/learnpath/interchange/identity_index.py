"""Records of a library, or rows of a file, by every key that their identities have."""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain, islice

from learnpath.interchange.groups import Groups
from learnpath.interchange.identity import Identity, likeness_block

_MOST_COMPARED = 60


class IdentityIndex:
    """Finds what is surely the same."""

    def __init__(self) -> None:
        self._iris, self._numbers, self._urls = Groups[Identity](), Groups[Identity](), Groups[Identity]()
        self._titles, self._without_codes = Groups[Identity](), Groups[Identity]()
        self._groups = (self._iris, self._numbers, self._urls, self._titles, self._without_codes)

    def add(self, identity: Identity) -> None:
        """Add an identity that comes after all others."""
        for groups, key in zip(self._groups, _keys(identity), strict=True):
            groups.add(key, identity)

    def replace(self, old: Identity, new: Identity) -> None:
        """Put an identity in place of another one of the same place."""
        for groups, before, after in zip(self._groups, _keys(old), _keys(new), strict=True):
            groups.replace(before, after, new)

    def by_number(self, identity: Identity) -> Collection[Identity]:
        """Return those of the same issuer with the same number."""
        return self._numbers.get(identity.by_number)

    def by_url(self, identity: Identity) -> Collection[Identity]:
        """Return those at the same address."""
        return self._urls.get(identity.url)

    def without_codes(self, identity: Identity) -> Sequence[Identity]:
        """Return those of the same issuer, title and month of which one states an exam code and the other does not."""
        found = self._without_codes.get(identity.without_codes)
        return [known for known in found if identity.may_omit_codes_of(known)] if found else ()

    def possible(self, identity: Identity) -> set[int]:
        """Return the places of all that any key finds."""
        found = (
            *self._iris.get(identity.iri),
            *self.by_number(identity),
            *self.by_url(identity),
            *self._titles.get(identity.by_title),
            *self.without_codes(identity),
        )
        return {known.place for known in found}

    def find(self, identity: Identity) -> Identity | None:
        """Return what is surely the same, by the strongest key that fits and is not contradicted."""
        for known in self._iris.get(identity.iri):
            return known
        for known in self.by_number(identity):
            # Without an issuer a number alone proves nothing: catalogues all count from one.
            if identity.issuer or known.title == identity.title:
                return known
        for known in self.by_url(identity):
            same_title = known.title == identity.title and known.codes == identity.codes
            if same_title and not identity.contradicts(known):
                return known
        for known in self._titles.get(identity.by_title):
            if not identity.contradicts(known):
                return known
        return None


class LikenessIndex:
    """Finds the few that a near title is worth comparing with."""

    def __init__(self) -> None:
        self._blocks, self._codes = Groups[Identity](), Groups[Identity]()

    def add(self, identity: Identity) -> None:
        """Add an identity that comes after all others."""
        self._blocks.add(likeness_block(identity), identity)
        for key in _code_keys(identity):
            self._codes.add(key, identity)

    def replace(self, old: Identity, new: Identity) -> None:
        """Put an identity in place of another one of the same place."""
        self._blocks.replace(likeness_block(old), likeness_block(new), new)
        before, after = set(_code_keys(old)), set(_code_keys(new))
        for key in before | after:
            self._codes.replace(key if key in before else "", key if key in after else "", new)

    def candidates(self, identity: Identity) -> Iterator[Identity]:
        """Yield those of the same issuer whose titles begin alike, then those with one of its exam codes."""
        found = (self._blocks.get(likeness_block(identity)), *map(self._codes.get, _code_keys(identity)))
        return chain.from_iterable(islice(group, _MOST_COMPARED) for group in found)


def _keys(identity: Identity) -> tuple[str, str, str, str, str]:
    """Return the keys in the order of `IdentityIndex._groups`, "" for those that it has not."""
    return identity.iri, identity.by_number, identity.url, identity.by_title, identity.without_codes


def _code_keys(identity: Identity) -> tuple[str, ...]:
    return tuple([f"{identity.issuer}\0{code}" for code in identity.codes])
