"""Which rows of one file are one thing: those that share what they are recognised by and differ in nothing of it.

Which record of a library each of them is belongs to `row_matching`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from learnpath.interchange.identity import Identity

# Of the rows with one key, as many are compared with a further one.
_MOST_COMPARED = 60


@dataclass(frozen=True, slots=True)
class Likeness:
    """An earlier line that a row is like. `difference` is what tells them apart, "" when nothing does."""

    line: int
    shared: str
    difference: str

    @property
    def reason(self) -> str:
        """Return what is said about the row."""
        if not self.difference:
            return f"repeats line {self.line}"
        return f"has the {self.shared} of line {self.line} and another {self.difference}"


class FileRows:
    """Rows of one file as they come.

    With `numbers_decide` two numbers are two things: a file of programs is one catalogue, which numbers what it lists.
    The numbers of awards were often typed by hand.
    """

    def __init__(self, *, numbers_decide: bool) -> None:
        self._numbers_decide = numbers_decide
        self._things: dict[int, Identity] = {}
        # The lines of the first rows by each key; most keys have one.
        self._lines: tuple[dict[str, list[int]], ...] = ({}, {}, {}, {})
        self._platforms: dict[str, list[int]] = {}

    @property
    def whole(self) -> Mapping[int, Identity]:
        """Return the things, by the line of their first row."""
        return self._things

    def add(self, identity: Identity) -> Likeness | None:
        """Add a row; return which earlier one it is, or might be, None when it is like none."""
        question: Likeness | None = None
        for line in self._candidates(identity):
            thing = self._things[line]
            if self._numbers_decide and thing.contradicts(identity):
                continue
            difference = thing.difference(identity)
            if not difference:
                self._join(thing, identity)
                return Likeness(line, "", "")
            question = question or Likeness(line, _shared(thing, identity), difference)
        self._things[identity.place] = identity
        self._file(identity, identity.place)
        return question

    def _candidates(self, identity: Identity) -> Iterable[int]:
        found: list[list[int]] = []
        for lines, key in zip(self._lines, _keys(identity), strict=True):
            if key and key in lines:
                found.append(lines[key])
        found += [self._platforms[one] for one in identity.platforms if one in self._platforms]
        return chain.from_iterable([islice(lines, _MOST_COMPARED) for lines in found]) if found else ()

    def _join(self, thing: Identity, identity: Identity) -> None:
        whole = thing.with_parts_of(identity)
        if whole != thing:
            self._things[thing.place] = whole
            self._file(whole, thing.place)

    def _file(self, identity: Identity, line: int) -> None:
        for lines, key in zip(self._lines, _keys(identity), strict=True):
            if key:
                _put(lines, key, line)
        for key in identity.platforms:
            _put(self._platforms, key, line)


def _put(lines: dict[str, list[int]], key: str, line: int) -> None:
    found = lines.get(key)
    if found is None:
        lines[key] = [line]
    elif len(found) < _MOST_COMPARED and line not in found:
        found.append(line)


def _keys(identity: Identity) -> tuple[str, str, str, str]:
    return identity.by_title, identity.iri, identity.by_number, identity.url


def _shared(first: Identity, second: Identity) -> str:
    if first.is_titled_like(second):
        return "title"
    if first.url and first.url == second.url:
        return "link"
    return "number" if first.by_number and first.by_number == second.by_number else "id"
