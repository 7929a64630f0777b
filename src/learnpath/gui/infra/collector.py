"""Keeps Python's cycle collector out of the worker threads.

Belongs here: running the collector in the GUI thread only. A cycle that holds a widget must not be freed by a
worker thread that happens to allocate: Qt objects may only be destroyed in the thread they live in.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_CHECK_EVERY_MILLISECONDS = 2000
# So many objects since the last look are a file being read, not garbage: looking through 500,000 of them took 200 ms.
_MOST_LOOKED_THROUGH = 150_000


class GuiThreadCollector(QObject):
    """Switches automatic collection off and collects from a timer when the usual thresholds are reached."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_CHECK_EVERY_MILLISECONDS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """Take collecting over from the interpreter."""
        gc.disable()
        # What lives since the start stays for good; skipping it keeps each collection short.
        gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        """Give collecting back to the interpreter."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    @Slot()
    def collect(self) -> None:
        """Collect the youngest generations that are over their thresholds; pass over a flood of new objects."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        if counts[0] > _MOST_LOOKED_THROUGH:
            gc.freeze()
            return
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return
