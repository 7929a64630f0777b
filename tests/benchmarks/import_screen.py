"""The import screen with a list, in a process of its own. Prints one line of JSON: milliseconds.

`python -m tests.benchmarks.import_screen FILE FOLDER`: the list is previewed, given up while it is read and while it
is written, and imported. All the while it is noted for how long the window stood still.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication

import learnpath.gui  # noqa: F401 - protects the interpreter before Qt is imported
from learnpath.gui.infra.collector import GuiThreadCollector
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.watch import EventLoopWatch
from learnpath.gui.screens.importing.desk import DeskState
from learnpath.gui.screens.importing.screen import ImportScreen
from learnpath.gui.shell.window import MainWindow
from learnpath.gui.start import make_application, make_context, make_theme, make_window
from learnpath.services.libraries import open_library
from learnpath.settings import Settings


@dataclass
class Spent:
    """What took how long: cancelling from the click until the thread is free for other work again."""

    preview: float = 0.0
    write: float = 0.0
    cancel_reading: float = 0.0
    cancel_writing: float = 0.0
    largest_gap: float = 0.0


class _Run:
    def __init__(self, window: MainWindow, context: GuiContext, file: Path) -> None:
        self._window, self._context, self._file = window, context, file
        context.actions.run("import.open")
        screen = window.stack.current()
        if not isinstance(screen, ImportScreen):
            raise TypeError("the import screen is not there")
        self._screen = screen
        self._watch = EventLoopWatch()
        self.spent = Spent()

    def measure(self) -> Spent:
        """Do everything once; the first preview also loads what is imported only when needed."""
        desk, footer, spent = self._screen.desk, self._screen.footer, self.spent
        self._wait(lambda: not self._context.operations.busy)
        self._watch.start()
        self._preview()
        spent.cancel_reading = max(self._give_up_after(share) for share in (0.02, 0.2, 0.4, 0.6, 0.8))
        self._preview()
        desk.start_import()
        self._wait(lambda: footer.progress.value() > 0)
        spent.cancel_writing = self._spend(footer.cancel_button.click, lambda: desk.state is DeskState.OPEN)
        spent.write = self._spend(desk.start_import, lambda: desk.state is DeskState.REPORT)
        self._watch.stop()
        spent.largest_gap = self._watch.largest_gap
        return spent

    def _preview(self) -> None:
        desk = self._screen.desk
        desk.close_all()
        self._wait(lambda: not self._context.operations.busy)

        def is_shown() -> bool:
            return bool(desk.files) and not desk.is_reading and self._screen.page.model.rowCount() > 0

        self.spent.preview = self._spend(lambda: self._window.open_files([self._file]), is_shown)

    def _give_up_after(self, share: float) -> float:
        """Return how long cancelling takes after so much of the time that a preview needs."""
        desk, operations = self._screen.desk, self._context.operations
        desk.close_all()
        self._wait(lambda: not operations.busy)
        self._window.open_files([self._file])
        self._wait(lambda: bool(desk.files) and desk.files[0].job is not None)
        until = time.perf_counter() + share * self.spent.preview / 1000
        self._wait(lambda: time.perf_counter() > until)
        return self._spend(self._screen.page.stop_button.click, lambda: not operations.busy)

    def _spend(self, start: Callable[[], object], is_done: Callable[[], bool]) -> float:
        started = time.perf_counter()
        start()
        self._wait(is_done)
        return (time.perf_counter() - started) * 1000

    def _wait(self, is_done: Callable[[], bool]) -> None:
        while not is_done():
            QApplication.processEvents()
            # As an event loop at rest: the worker threads must not wait for this one.
            time.sleep(0.001)


def run(file: Path, folder: Path) -> Spent:
    """Return what a list takes on the screen of a window over a library of its own."""
    application = make_application(["learnpath"])
    settings = Settings(folder / "settings.json")
    library = open_library(folder)
    context = make_context(library, settings, make_theme(application, settings), lambda: date(2026, 11, 21))
    window = make_window(context)
    window.show()
    # As the window does: objects are collected when it has nothing to do.
    collector = GuiThreadCollector()
    collector.start()
    spent = _Run(window, context, file).measure()
    collector.stop()
    context.operations.shutdown()
    library.close()
    return spent


def main() -> None:
    """Run with what the arguments say and print what was measured."""
    sys.stdout.write(json.dumps(asdict(run(Path(sys.argv[1]), Path(sys.argv[2])))) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
