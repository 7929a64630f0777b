"""Everything that takes time: the only place of the window that has threads.

Belongs here: handing work to the lanes and bringing results, changes and errors back into the GUI thread. Three
lanes: `read` and `write` keep their order; `job` holds long reading work, so that an export never makes a table
wait. A task runs in a worker thread and must hold no widget: give it a service and values
(`functools.partial(list_credentials, library, query)`), never a bound method of a widget.
"""

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar, cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot

from learnpath.domain.changes import ChangeSet, Outcome
from learnpath.errors import KnownError
from learnpath.gui.infra.bus import ChangeBus
from learnpath.gui.infra.jobs import Cancelled, Job, JobState, Progress
from learnpath.gui.infra.lanes import Lane, Work
from learnpath.gui.infra.messages import Messages
from learnpath.gui.infra.receivers import is_alive
from learnpath.storage.errors import UnconfirmedChangeError
from learnpath.storage.mapping import RECORDED_TABLES

T = TypeVar("T")

Failed = Callable[[KnownError], object]
Toast = str | Callable[[Any], str]
_ANYTHING = ChangeSet("", frozenset(RECORDED_TABLES.values()), frozenset())


@dataclass(slots=True)
class _Pending:
    """What is to happen with a result. Stays in the GUI thread, so that no widget ever crosses a thread."""

    lane: Lane
    done: Callable[[Any], object] | None
    failed: Failed | None
    replaces: str = ""
    writes: bool = False
    toast: Toast = ""
    job: Job | None = None


class Operations(QObject):
    """Runs tasks in worker threads and delivers their results in the GUI thread.

    `busy_changed(bool)`: work is waiting or running, or no longer. `failed(KnownError)`: a known error that no
    `failed` callback took (it is shown as a banner as well). `crashed(str)`: the traceback of a bug.
    """

    busy_changed = Signal(bool)
    failed = Signal(object)
    crashed = Signal(str)
    _finished = Signal(object)

    def __init__(
        self,
        bus: ChangeBus,
        messages: Messages,
        *,
        on_thread_exit: Callable[[], None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Make the lanes; `on_thread_exit` is called in each worker thread at its end (close connections)."""
        super().__init__(parent)
        self._bus = bus
        self._messages = messages
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._read = Lane("read", self._finished.emit, on_thread_exit)
        self._write = Lane("write", self._finished.emit, on_thread_exit)
        self._job = Lane("job", self._finished.emit, on_thread_exit)
        self._pending: dict[int, _Pending] = {}
        self._latest: dict[str, int] = {}
        self._serial = 0
        self._closed = False

    @property
    def busy(self) -> bool:
        """Whether any work is waiting or running."""
        return bool(self._pending)

    def read(
        self,
        task: Callable[[], T],
        done: Callable[[T], object],
        *,
        failed: Failed | None = None,
        replaces: str = "",
    ) -> None:
        """Run a reading task and give its value to `done`.

        A newer request with the same `replaces` makes this one void: it is not started if it has not, and its
        result is dropped.
        """
        if replaces and (older := self._latest.get(replaces)) is not None:
            self._withdraw(older)
        self._put(task, _Pending(self._read, done, failed, replaces=replaces))

    def change(
        self,
        task: Callable[[], Outcome[T] | ChangeSet | None],
        done: Callable[[T], object] | Callable[[ChangeSet | None], object] | None = None,
        *,
        toast: str | Callable[[T], str] = "",
        failed: Failed | None = None,
    ) -> None:
        """Run a changing task in the write lane, publish its change, call `done`, then show the toast.

        `done` and a callable `toast` get the value of an `Outcome`, otherwise what the task returned. The toast
        (with Undo) is shown only when something changed.
        """
        self._put(task, _Pending(self._write, done, failed, writes=True, toast=toast))

    def long(
        self,
        task: Callable[[Progress], T],
        done: Callable[[T], object] | None = None,
        *,
        title: str,
        failed: Failed | None = None,
        interrupt: Callable[[], None] | None = None,
    ) -> Job:
        """Run long reading work beside everything else; a cancelled job never calls `done`.

        `interrupt` is called in the GUI thread on cancel while the task runs, to break into a database
        statement; whatever error that causes in the task counts as cancelled.
        """
        return self._start(task, _Pending(self._job, done, failed), title, interrupt)

    def long_change(
        self,
        task: Callable[[Progress], Outcome[T] | ChangeSet | None],
        done: Callable[[T], object] | Callable[[ChangeSet | None], object] | None = None,
        *,
        title: str,
        toast: str | Callable[[T], str] = "",
        failed: Failed | None = None,
        interrupt: Callable[[], None] | None = None,
    ) -> Job:
        """Run long changing work (an import) in the write lane: `change` with progress and cancelling.

        A job that committed before it noticed the cancelling counts as done, because its change is real.
        """
        pending = _Pending(self._write, done, failed, writes=True, toast=toast)
        return self._start(task, pending, title, interrupt)

    def shutdown(self) -> None:
        """End the threads: cancel jobs, drop reads, finish every change, and wait. Takes no work afterwards."""
        if self._closed:
            return
        self._closed = True
        for pending in list(self._pending.values()):
            if pending.job is not None:
                pending.job.cancel()
        lanes = (self._read, self._job, self._write)
        for lane in lanes:
            for serial in lane.stop():
                self._settle(serial)
        for lane in lanes:
            lane.join()
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)

    def _start(
        self,
        task: Callable[[Progress], object],
        pending: _Pending,
        title: str,
        interrupt: Callable[[], None] | None,
    ) -> Job:
        serial = self._serial + 1
        job = Job(title, interrupt, partial(self._withdraw, serial), self)
        pending.job = job
        if self._closed:
            job.settle(JobState.CANCELLED)
        self._put(partial(job.run, task), pending)
        return job

    def _put(self, task: Callable[[], object], pending: _Pending) -> None:
        if self._closed:
            return
        self._serial += 1
        was_busy = self.busy
        self._pending[self._serial] = pending
        if pending.replaces:
            self._latest[pending.replaces] = self._serial
        pending.lane.put(Work(self._serial, task, droppable=not pending.writes))
        if not was_busy:
            self.busy_changed.emit(True)

    def _withdraw(self, serial: int) -> bool:
        """Take work back that has not started; return whether it was possible."""
        pending = self._pending.get(serial)
        if pending is None or not pending.lane.drop(serial):
            return False
        self._settle(serial)
        return True

    def _settle(self, serial: int) -> None:
        pending = self._pending.pop(serial)
        if self._latest.get(pending.replaces) == serial:
            del self._latest[pending.replaces]
        if not self._pending:
            self.busy_changed.emit(False)

    @Slot(object)
    def _deliver(self, work: Work) -> None:
        pending = self._pending[work.serial]
        replaced = bool(pending.replaces) and self._latest.get(pending.replaces) != work.serial
        try:
            if work.error is not None:
                self._deliver_error(pending, work.error, replaced=replaced)
            elif pending.writes:
                self._deliver_change(pending, work.value)
            elif not replaced:
                self._deliver_value(pending, work.value)
        finally:
            self._settle(work.serial)

    def _deliver_value(self, pending: _Pending, value: object) -> None:
        if pending.job is not None:
            cancelled = pending.job.cancelled
            pending.job.settle(JobState.CANCELLED if cancelled else JobState.DONE)
            if cancelled:
                return
        if not self._closed:
            self._call(pending.done, value)

    def _deliver_change(self, pending: _Pending, returned: object) -> None:
        if isinstance(returned, Outcome):
            outcome = cast("Outcome[object]", returned)
            value, change = outcome.value, outcome.change
        else:
            value, change = returned, cast("ChangeSet | None", returned)
        if pending.job is not None:
            pending.job.settle(JobState.DONE)
        if change is not None:
            self._bus.publish(change)
        self._call(pending.done, value)
        if change is not None and pending.toast:
            text = pending.toast if isinstance(pending.toast, str) else pending.toast(value)
            self._messages.toast(text)

    def _deliver_error(self, pending: _Pending, error: BaseException, *, replaced: bool) -> None:
        job = pending.job
        if job is not None:
            stopped = isinstance(error, Cancelled) or (job.cancelled and job.interruptible)
            job.settle(JobState.CANCELLED if stopped else JobState.FAILED)
            if stopped:
                return
        if isinstance(error, UnconfirmedChangeError):
            # It may have been made: what is on show is read again, whatever it is.
            self._bus.publish(_ANYTHING)
        if not isinstance(error, KnownError):
            self.crashed.emit("".join(traceback.format_exception(error)))
        elif replaced:
            # Nobody waits for this answer any more, and the newer question tells of its own trouble.
            return
        elif pending.failed is not None:
            self._call(pending.failed, error)
        else:
            self.failed.emit(error)
            self._messages.error(error)

    def _call(self, callback: Callable[[Any], object] | None, value: object) -> None:
        if callback is not None and is_alive(callback):
            callback(value)
