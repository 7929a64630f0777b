"""What a change touched: the message every view listens to."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """The kinds of records (table names) and the ids of the records that one change touched."""

    label: str
    kinds: frozenset[str]
    ids: frozenset[int]

    def touches(self, *kinds: str) -> bool:
        """Return whether a record of one of these kinds changed."""
        return not self.kinds.isdisjoint(kinds)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One recorded change. `at` is UTC ISO text to the second, `rows` how many rows it wrote."""

    id: int
    label: str
    at: str
    device: str
    rows: int
    undone: bool


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a use case returns: its value, and the change it made (None when nothing changed)."""

    value: T
    change: ChangeSet | None
