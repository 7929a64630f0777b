"""One process to be measured: a bare window, or Learnpath on a library. Prints one line of JSON and ends.

`python -m tests.benchmarks.child bare` or `… app FOLDER [SCREEN]`.
"""

import json
import sys
import time
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

import learnpath.gui  # noqa: F401 - protects the interpreter before Qt is imported


class FirstPaint(QObject):
    """Notes when a window was first painted, and ends the process when it has come to rest."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__()
        self.painted_at = 0.0
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.UpdateRequest and not self.painted_at:
            # The request is carried out when the filter has returned.
            QTimer.singleShot(0, self._note)
        return False

    def _note(self) -> None:
        self.painted_at = self.painted_at or time.time()


def memory_megabytes() -> float:
    """Return the resident memory of this process (Linux)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def run_bare() -> dict[str, float]:
    """Show an empty QMainWindow."""
    application = QApplication(["bare"])
    window = QMainWindow()
    paint = FirstPaint(window)
    window.resize(1320, 840)
    window.show()
    while not paint.painted_at:
        application.processEvents()
    return {"painted_at": paint.painted_at, "memory": memory_megabytes()}


def run_app(folder: Path, screen_id: str) -> dict[str, float]:
    """Show Learnpath on a library, on a screen, until everything is loaded."""
    from learnpath.gui.start import make_application, make_context, make_theme, make_window
    from learnpath.services.libraries import open_library
    from learnpath.settings import Settings

    application = make_application(["learnpath"])
    settings = Settings(folder / "settings.json")
    library = open_library(folder)
    today = date(2026, 11, 21)
    context = make_context(library, settings, make_theme(application, settings), lambda: today)
    window = make_window(context)
    window.restore()
    paint = FirstPaint(window)
    window.show()
    while not paint.painted_at:
        application.processEvents()
    if screen_id:
        context.navigate.to_screen(screen_id)
    while context.operations.busy:
        application.processEvents()
    loaded_at, memory = time.time(), memory_megabytes()
    context.operations.shutdown()
    library.close()
    return {"painted_at": paint.painted_at, "loaded_at": loaded_at, "memory": memory}


def main() -> None:
    """Run what the arguments say and print what was measured."""
    if sys.argv[1] == "bare":
        measured = run_bare()
    else:
        measured = run_app(Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
    sys.stdout.write(json.dumps(measured) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
