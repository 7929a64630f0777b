"""Pictures of every screen, taken from the real window: for the demo, the documentation and the eye.

Belongs here: leading the window from screen to screen and saving what it shows.
"""

import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QSize
from PySide6.QtWidgets import QAbstractItemView

from learnpath.errors import KnownError
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.shell.window import MainWindow

# A screen that has not come to rest by then is drawn as it is.
_LONGEST_SECONDS = 20.0
_QUIET_SECONDS = 0.35


def take_screenshots(window: MainWindow, context: GuiContext, out: Path, size: QSize) -> list[Path]:
    """Show each screen at a size (logical pixels) and save it as `<screen>.png` in `out`; return the files."""
    out.mkdir(parents=True, exist_ok=True)
    window.resize(size)
    window.show()
    written: list[Path] = []
    for screen_id in window.stack.screen_ids():
        context.navigate.to_screen(screen_id)
        _come_to_rest(context)
        _select_first(window)
        _come_to_rest(context)
        file = out / f"{screen_id}.png"
        if not window.grab().save(str(file)):
            raise KnownError(f"{file} could not be written.", "Choose another folder.")
        written.append(file)
    return written


def _come_to_rest(context: GuiContext) -> None:
    """Run the event loop until no work has been under way for a moment (debounced requests included)."""
    end = time.monotonic() + _LONGEST_SECONDS
    quiet_since = time.monotonic()
    while time.monotonic() < end and time.monotonic() - quiet_since < _QUIET_SECONDS:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if context.operations.busy:
            quiet_since = time.monotonic()


def _select_first(window: MainWindow) -> None:
    # The inspector of a list is worth showing: select the first row of its table.
    screen = window.stack.current()
    if screen is None:
        return
    for view in screen.findChildren(QAbstractItemView):
        model = view.model()
        if view.isVisible() and model.rowCount() and not view.currentIndex().isValid():
            view.setCurrentIndex(model.index(0, 0))
            return
