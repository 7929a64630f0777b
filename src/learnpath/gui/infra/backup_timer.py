"""Backups while the window is open: every half hour when something changed, beside everything else.

Belongs here: when, and telling of a failure once. Making them is in `services.backups`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from learnpath.errors import KnownError
from learnpath.gui.infra.jobs import Progress
from learnpath.gui.infra.messages import Messages
from learnpath.gui.infra.operations import Operations
from learnpath.services.backups import BackupResult, BackupState, backup_now, backup_state
from learnpath.storage.library import Library

BACKUP_EVERY_MINUTES = 30
# The same beat tells other computers that the library is open here.
BEAT_MINUTES = 5


@dataclass(frozen=True, slots=True)
class _Tick:
    state: BackupState
    result: BackupResult | None


@dataclass(frozen=True, slots=True)
class BackupFailure:
    """Why the last backup failed, and when that was (with its zone)."""

    error: KnownError
    at: datetime


class BackupTimer(QObject):
    """Makes backups on a timer and when asked. `changed()`: the state, the failure or what is being done is another."""

    changed = Signal()

    def __init__(
        self, library: Library, operations: Operations, messages: Messages, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._operations = operations
        self._messages = messages
        self._beats = 0
        self._is_running = False
        self._is_asked = False
        self._state: BackupState | None = None
        self._failure: BackupFailure | None = None
        self._state_at_failure: BackupState | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT_MINUTES * 60_000)
        self._timer.timeout.connect(self._on_beat)

    @property
    def state(self) -> BackupState | None:
        """Return the newest backup's age and state as of the last look; None before the first."""
        return self._state

    @property
    def failure(self) -> BackupFailure | None:
        """Return why the last backup failed; None when it did not, or when one was made since."""
        return self._failure

    @property
    def is_asked(self) -> bool:
        """Whether a backup that the person asked for is being made."""
        return self._is_asked

    def start(self) -> None:
        """Look at the newest backup now, and begin to beat."""
        self._timer.start()
        self._run(_look)

    def stop(self) -> None:
        """Make no more backups."""
        self._timer.stop()

    def back_up_now(self) -> None:
        """Make a backup now, even when nothing changed, and say how that went."""
        if self._is_asked:
            return
        self._is_asked = True
        self._run(_back_up_anyway)
        self.changed.emit()

    def take_state(self, state: BackupState) -> None:
        """Take what somebody else has just read: a backup that was made meanwhile ends a failure."""
        self._state = state
        if self._state_at_failure is None:
            self._state_at_failure = state
        elif state.newest != self._state_at_failure.newest:
            self._failure = None
        self.changed.emit()

    def _on_beat(self) -> None:
        self._beats += 1
        is_due = self._beats * BEAT_MINUTES % BACKUP_EVERY_MINUTES == 0
        self._run(_beat_and_back_up if is_due else _beat)

    def _run(self, work: Callable[[Library], _Tick]) -> None:
        # A slow disk must not gather a queue of beats.
        if self._is_running:
            return
        self._is_running = True
        task, asked = _Task(self._library, work), work is _back_up_anyway
        done, failed = partial(self._take, asked), partial(self._fail, asked)
        job = self._operations.long(task.run, done, title=self.tr("Back up"), failed=failed)
        job.finished.connect(partial(self._end, asked))
        job.finished.connect(job.deleteLater)

    def _end(self, asked: bool, _state: str) -> None:
        """Be ready for the next one, however this one ended; what it brought comes after this."""
        self._is_running = False
        self._is_asked = self._is_asked and not asked
        self.changed.emit()

    def _take(self, asked: bool, tick: _Tick) -> None:
        if tick.result is not None:
            self._note(tick.result.problem, tick.state, asked=asked)
        self.take_state(tick.state)
        self._go_on()

    def _fail(self, asked: bool, error: KnownError) -> None:
        self._note(error, None, asked=asked)
        self.changed.emit()
        self._go_on()

    def _go_on(self) -> None:
        """Make the backup that was asked for while a beat was under way."""
        if self._is_asked:
            self._run(_back_up_anyway)

    def _note(self, problem: KnownError | None, state: BackupState | None, *, asked: bool) -> None:
        if problem is None:
            self._failure = None
            if asked:
                self._messages.toast(self.tr("Backup made and checked"), undo=False)
            return
        if asked:
            self._messages.error(problem)
        elif self._failure is None:
            told = self.tr("The library could not be backed up. Your work goes on as usual.")
            self._messages.error(KnownError(f"{told} {problem.message}", problem.hint))
        self._failure = BackupFailure(problem, self._library.now())
        self._state_at_failure = state


@dataclass(frozen=True, slots=True)
class _Task:
    """What a worker thread gets: the library and what to do with it."""

    library: Library
    work: Callable[[Library], _Tick]

    def run(self, _progress: Progress) -> _Tick:
        return self.work(self.library)


def _look(library: Library) -> _Tick:
    return _Tick(backup_state(library), None)


def _beat(library: Library) -> _Tick:
    library.beat()
    return _look(library)


def _beat_and_back_up(library: Library) -> _Tick:
    library.beat()
    result = backup_now(library)
    return _Tick(backup_state(library), result)


def _back_up_anyway(library: Library) -> _Tick:
    result = backup_now(library, even_unchanged=True)
    return _Tick(backup_state(library), result)
