"""Backups while the window is open: every half hour when something changed, beside everything else.

Belongs here: when, and telling of a failure once. Making them is in `services.backups`.
"""

from collections.abc import Callable
from dataclasses import dataclass

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


class BackupTimer(QObject):
    """Makes backups on a timer. `changed(BackupState)`: there is a newer state to show; see `state`."""

    changed = Signal(object)

    def __init__(
        self, library: Library, operations: Operations, messages: Messages, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._operations = operations
        self._messages = messages
        self._beats = 0
        self._is_running = False
        self._state: BackupState | None = None
        self._problem: KnownError | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT_MINUTES * 60_000)
        self._timer.timeout.connect(self._on_beat)

    @property
    def state(self) -> BackupState | None:
        """Return the newest backup's age and state as of the last look; None before the first."""
        return self._state

    @property
    def problem(self) -> KnownError | None:
        """Return why the last backup failed; None when it did not."""
        return self._problem

    def start(self) -> None:
        """Look at the newest backup now, and begin to beat."""
        self._timer.start()
        self._run(_look)

    def stop(self) -> None:
        """Make no more backups."""
        self._timer.stop()

    def back_up_now(self) -> None:
        """Make a backup now, even when nothing changed."""
        self._run(_back_up_anyway)

    def _on_beat(self) -> None:
        self._beats += 1
        is_due = self._beats * BEAT_MINUTES % BACKUP_EVERY_MINUTES == 0
        self._run(_beat_and_back_up if is_due else _beat)

    def _run(self, work: Callable[[Library], _Tick]) -> None:
        # A slow disk must not gather a queue of beats.
        if self._is_running:
            return
        self._is_running = True
        task = _Task(self._library, work)
        _ = self._operations.long(task.run, self._take, title=self.tr("Back up"), failed=self._fail)

    def _take(self, tick: _Tick) -> None:
        self._is_running = False
        self._state = tick.state
        if tick.result is not None:
            self._note(tick.result.problem)
        self.changed.emit(tick.state)

    def _fail(self, error: KnownError) -> None:
        self._is_running = False
        self._note(error)

    def _note(self, problem: KnownError | None) -> None:
        if problem is not None and self._problem is None:
            told = self.tr("The library could not be backed up. Your work goes on as usual.")
            self._messages.error(KnownError(f"{told} {problem.message}", problem.hint))
        self._problem = problem


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
