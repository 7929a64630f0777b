"""Measures how long the event loop was kept from running: the window must never freeze for more than 100 ms.

Belongs here: the measuring timer. Started by tests, and by the window when `LEARNPATH_WATCH` is set.
"""

import sys
import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

LONG_GAP_MILLISECONDS = 100.0
NOTED_GAP_MILLISECONDS = 20.0
_TICK_MILLISECONDS = 10


class EventLoopWatch(QObject):
    """Ticks every 10 ms and records by how much each tick came late, in milliseconds.

    `gap_seen(float)`: a gap of at least `NOTED_GAP_MILLISECONDS` has just ended.
    """

    gap_seen = Signal(float)

    def __init__(self, parent: QObject | None = None, clock: Callable[[], float] = time.perf_counter) -> None:
        """Prepare a stopped watch; `clock` returns seconds."""
        super().__init__(parent)
        self._clock = clock
        self._last: float | None = None
        self.largest_gap = 0.0
        self.long_gaps: list[float] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MILLISECONDS)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """Forget what was measured and start measuring."""
        self.largest_gap = 0.0
        self.long_gaps = []
        self._last = self._clock()
        self._timer.start()

    def stop(self) -> None:
        """Count the time since the last tick and stop measuring."""
        self.tick()
        self._timer.stop()
        self._last = None

    @Slot()
    def tick(self) -> None:
        """Record the gap since the last tick, less the interval that was due."""
        if self._last is None:
            return
        now = self._clock()
        gap = max(0.0, (now - self._last) * 1000 - _TICK_MILLISECONDS)
        self._last = now
        self.largest_gap = max(self.largest_gap, gap)
        if gap > LONG_GAP_MILLISECONDS:
            self.long_gaps.append(gap)
        if gap >= NOTED_GAP_MILLISECONDS:
            self.gap_seen.emit(gap)


def watch_if_asked(environment: Mapping[str, str], parent: QObject) -> EventLoopWatch | None:
    """Return a running watch when `LEARNPATH_WATCH` is set to anything but nothing, else None.

    It writes each gap that it notes to the standard error output, a line of its own: `event loop gap: 123 ms`.
    """
    if not environment.get("LEARNPATH_WATCH"):
        return None
    watch = EventLoopWatch(parent)
    watch.gap_seen.connect(_write_gap)
    watch.start()
    return watch


def _write_gap(gap: float) -> None:
    # A program without a console has no such output.
    if sys.stderr is not None:  # pyright: ignore[reportUnnecessaryComparison]
        _ = sys.stderr.write(f"event loop gap: {gap:.0f} ms\n")
        sys.stderr.flush()
