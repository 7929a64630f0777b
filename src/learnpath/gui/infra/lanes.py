"""Worker threads: a lane is one persistent thread that runs its work one piece at a time, in order.

Belongs here: queueing and running. A lane knows no widget and no callback: it hands each finished piece to
`deliver`, which must be safe to call from its thread. What happens with a result is in `operations`.
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True, eq=False)
class Work:
    """One piece of work. After it ran, either `error` is set or `value` holds what the task returned."""

    serial: int
    task: Callable[[], object]
    droppable: bool
    value: object = None
    error: BaseException | None = None

    def run(self) -> None:
        """Run the task and keep its value or its error."""
        try:
            self.value = self.task()
        # Not swallowed: the error travels to the GUI thread, where a known one becomes a banner and any other
        # one a crash report.
        except BaseException as error:  # noqa: BLE001
            self.error = error


class Lane:
    """A persistent worker thread with a queue. The thread starts with the first piece of work."""

    def __init__(
        self, name: str, deliver: Callable[[Work], None], on_thread_exit: Callable[[], None] | None = None
    ) -> None:
        self._name = name
        self._deliver = deliver
        self._on_thread_exit = on_thread_exit
        self._queue: deque[Work] = deque()
        self._condition = threading.Condition()
        self._stopping = False
        self._thread: threading.Thread | None = None

    def put(self, work: Work) -> None:
        """Queue one piece of work behind what is already there."""
        with self._condition:
            self._queue.append(work)
            self._condition.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=f"learnpath-{self._name}", daemon=True)
            self._thread.start()

    def drop(self, serial: int) -> bool:
        """Take one piece of work out of the queue; return False when it has started or is not here."""
        with self._condition:
            for work in self._queue:
                if work.serial == serial:
                    self._queue.remove(work)
                    return True
        return False

    def stop(self) -> list[int]:
        """End the thread after what it runs now and what must not be dropped; return the dropped serials."""
        with self._condition:
            dropped = [work.serial for work in self._queue if work.droppable]
            self._queue = deque(work for work in self._queue if not work.droppable)
            self._stopping = True
            self._condition.notify()
        return dropped

    def join(self) -> None:
        """Wait until the thread has ended."""
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _next(self) -> Work | None:
        with self._condition:
            while not self._queue:
                if self._stopping:
                    return None
                self._condition.wait()
            return self._queue.popleft()

    def _run(self) -> None:
        try:
            while (work := self._next()) is not None:
                work.run()
                self._deliver(work)
                # The loop variable would keep the last result alive until the next piece of work comes.
                del work
        finally:
            if self._on_thread_exit is not None:
                self._on_thread_exit()
