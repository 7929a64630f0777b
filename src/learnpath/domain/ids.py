"""Record ids: 63-bit, time-ordered, made by us, never reused.

42 bits of milliseconds since 1970 and 21 bits that start at random and count up within a millisecond, so that two
machines can merge their libraries. A clock before 1970 or after 2109 is wrong; its ids wrap around into that time.
"""

from collections.abc import Callable
from threading import Lock

_COUNTER_BITS = 21
_COUNTER_SPAN = 1 << _COUNTER_BITS
_LAST_MOMENT = (1 << 42) - 1


class IdMaker:
    """Makes ids that always grow, also within one millisecond and when the clock is set back."""

    def __init__(self, milliseconds: Callable[[], int], random_below: Callable[[int], int]) -> None:
        self._milliseconds = milliseconds
        self._random_below = random_below
        self._last = 0
        self._lock = Lock()

    def next_id(self) -> int:
        """Return a new id, greater than every id this maker returned before."""
        with self._lock:
            # The upper half of the counter is kept free for the ids that follow in the same millisecond.
            moment = (self._milliseconds() - 1) % _LAST_MOMENT + 1
            start = moment << _COUNTER_BITS | self._random_below(_COUNTER_SPAN // 2)
            self._last = max(self._last + 1, start)
            return self._last
