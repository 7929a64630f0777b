"""Long work that shows progress and can be cancelled: the job the window holds, the progress the task holds.

Belongs here: `Job`, `Progress` and `Cancelled`. Starting jobs is in `operations`.
"""

import threading
import time
from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal, Slot

_REPORT_EVERY_SECONDS = 0.05


class Cancelled(Exception):
    """The person cancelled the work. Not a failure: raised inside the task so that it can clean up."""


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Job(QObject):
    """One piece of long work, seen from the window.

    `progressed(done, total, text)` arrives at most twenty times a second (total 0: unknown); `finished(state)`
    arrives once with the final `JobState`.
    """

    progressed = Signal(int, int, str)
    finished = Signal(str)
    _reported = Signal(int, int, str)

    def __init__(
        self, title: str, interrupt: Callable[[], None] | None, drop: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.title = title
        self._interrupt = interrupt
        self._drop = drop
        self._lock = threading.Lock()
        self._cancelled = threading.Event()
        self._running = False
        self._state = JobState.WAITING
        # Queued: the worker reports, and only the GUI thread tells the listeners.
        self._reported.connect(self._relay, Qt.ConnectionType.QueuedConnection)

    @property
    def state(self) -> JobState:
        """Where the job stands now."""
        return self._state

    @property
    def cancelled(self) -> bool:
        """Whether cancelling was asked for (from any thread)."""
        return self._cancelled.is_set()

    @property
    def interruptible(self) -> bool:
        """Whether `cancel` also breaks into a running database statement."""
        return self._interrupt is not None

    def cancel(self) -> None:
        """Ask the work to stop: a waiting job never starts, a running one stops at its next check."""
        if self._cancelled.is_set() or self._state not in (JobState.WAITING, JobState.RUNNING):
            return
        self._cancelled.set()
        if self._drop():
            self.settle(JobState.CANCELLED)
            return
        # Under the lock, so that the interrupt can never hit the work that comes after this job.
        with self._lock:
            if self._running and self._interrupt is not None:
                self._interrupt()

    def run(self, task: Callable[["Progress"], object]) -> object:
        """Run the task in the calling worker thread and return its value; raise `Cancelled` if asked to stop."""
        with self._lock:
            self._running = True
            self._state = JobState.RUNNING
        progress = Progress(self)
        try:
            progress.raise_if_cancelled()
            return task(progress)
        finally:
            with self._lock:
                self._running = False

    def report(self, done: int, total: int, text: str) -> None:
        """Pass progress on to the window (worker thread)."""
        self._reported.emit(done, total, text)

    def settle(self, state: JobState) -> None:
        """Record the final state (GUI thread only)."""
        self._state = state
        self.finished.emit(str(state))

    @Slot(int, int, str)
    def _relay(self, done: int, total: int, text: str) -> None:
        if self._state is JobState.RUNNING:
            self.progressed.emit(done, total, text)


class Progress:
    """What a long task holds: it reports how far it is and asks whether it should stop. Worker thread only."""

    def __init__(self, job: Job, clock: Callable[[], float] = time.monotonic) -> None:
        self._job = job
        self._clock = clock
        self._reported_at: float | None = None

    @property
    def cancelled(self) -> bool:
        """Whether the person asked to stop."""
        return self._job.cancelled

    def raise_if_cancelled(self) -> None:
        """Raise `Cancelled` when the person asked to stop. Call it at least every 100 milliseconds."""
        if self._job.cancelled:
            raise Cancelled

    def report(self, done: int, total: int = 0, text: str = "") -> None:
        """Say how far the work is, and raise `Cancelled` when asked to stop. Cheap enough for every row."""
        self.raise_if_cancelled()
        now = self._clock()
        due = self._reported_at is None or now - self._reported_at >= _REPORT_EVERY_SECONDS
        if due or (total and done >= total):
            self._reported_at = now
            self._job.report(done, total, text)
