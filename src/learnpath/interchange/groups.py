"""What is found by a key: records of a library, rows of a file. Kept while records come and change."""

from collections.abc import Collection
from typing import Generic, Protocol, TypeVar


class Placed(Protocol):
    """What has a place: a record its id, a row its line."""

    @property
    def place(self) -> int:
        """Return the id or the line; no two in one group have the same."""
        ...


T = TypeVar("T", bound=Placed)


class Groups(Generic[T]):
    """Items by a key, those of one key in the order of a library: by id, and then those that are only planned.

    Nearly every key has one item, so the others are kept apart. Nothing has the key "".
    """

    def __init__(self) -> None:
        self._single: dict[str, T] = {}
        self._many: dict[str, dict[int, T]] = {}
        self._unsorted: set[str] = set()

    def add(self, key: str, item: T) -> None:
        """Add an item that comes after all those of its key."""
        if not key:
            return
        first = self._single.setdefault(key, item)
        if first is not item:
            self._many.setdefault(key, {first.place: first})[item.place] = item

    def replace(self, before: str, after: str, item: T) -> None:
        """Put an item in place of the one of the same place that had the key `before`."""
        many = self._many.get(before)
        if before == after and many is not None:
            many[item.place] = item
            return
        if many is not None:
            del many[item.place]
            if not many:
                del self._many[before], self._single[before]
        elif before:
            del self._single[before]
        self.add(after, item)
        if after in self._many:
            self._unsorted.add(after)

    def get(self, key: str) -> Collection[T]:
        """Return the items of a key, in order."""
        many = self._many.get(key)
        if many is None:
            found = self._single.get(key)
            return () if found is None else (found,)
        if key in self._unsorted:
            self._unsorted.discard(key)
            many = self._many[key] = dict(sorted(many.items(), key=_order))
        return many.values()


def _order(placed: tuple[int, Placed]) -> tuple[bool, int]:
    # What is planned has ids that count down from -1.
    place, _ = placed
    return place < 0, abs(place)
