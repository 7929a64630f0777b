"""Long work that can be stopped: a checkpoint is called every few milliseconds and raises to stop."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
Checkpoint = Callable[[], object]
_EVERY = 1000


def go_on() -> None:
    """Stop nothing: the checkpoint of work that nobody cancels."""


def watched(items: Iterable[T], check: Checkpoint) -> Iterator[T]:
    """Yield the items, with a checkpoint before every thousandth."""
    for place, item in enumerate(items):
        if not place % _EVERY:
            check()
        yield item


def batches(items: Iterable[T], check: Checkpoint) -> Iterator[list[T]]:
    """Yield the items a thousand at a time, with a checkpoint before each batch."""
    rest = iter(items)
    while batch := list(islice(rest, _EVERY)):
        check()
        yield batch
