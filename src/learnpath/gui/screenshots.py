"""Pictures of every screen, taken from the real window: for the demo, the documentation and the eye.

Belongs here: leading the window from screen to screen and saving what it shows.
"""

import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QEventLoop, QSize
from PySide6.QtWidgets import QAbstractItemView

from learnpath.errors import KnownError
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.shell.window import MainWindow

# A screen that has not come to rest by then is drawn as it is.
_LONGEST_SECONDS = 20.0
_QUIET_SECONDS = 0.35


def take_screenshots(window: MainWindow, context: GuiContext, out: Path, size: QSize) -> list[Path]:
    """Show each screen at a size (logical pixels) and save it as `<screen>.png` in `out`; return the files.

    What goes wrong while a screen is shown is raised. KnownError when a file cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError(f"{out} could not be made: {error.strerror}.", "Choose another folder.") from error
    with _raised_in_slots() as raised:
        return [_picture(window, context, out, screen_id, raised) for screen_id in _shown(window, size)]


def _shown(window: MainWindow, size: QSize) -> Sequence[str]:
    window.resize(size)
    window.show()
    return window.stack.screen_ids()


def _picture(
    window: MainWindow, context: GuiContext, out: Path, screen_id: str, raised: Sequence[BaseException]
) -> Path:
    context.navigate.to_screen(screen_id)
    _come_to_rest(window, context)
    _select_first(window)
    _come_to_rest(window, context)
    if raised:
        raise raised[0]
    file = out / f"{screen_id}.png"
    if not window.grab().save(str(file)):
        raise KnownError(f"{file} could not be written.", "Choose another folder.")
    return file


@contextmanager
def _raised_in_slots() -> Generator[list[BaseException]]:
    """Collect what slots raise. Qt goes on after it; a picture of what is left would be a false one."""
    raised: list[BaseException] = []

    def collect(_type: type[BaseException], error: BaseException, _traceback: TracebackType | None) -> None:
        raised.append(error)

    usual, sys.excepthook = sys.excepthook, collect
    try:
        yield raised
    finally:
        sys.excepthook = usual


def _come_to_rest(window: MainWindow, context: GuiContext) -> None:
    """Run the event loop until nothing has been read or drawn for a moment (debounced requests included)."""
    end = time.monotonic() + _LONGEST_SECONDS
    quiet_since = time.monotonic()
    while time.monotonic() < end and time.monotonic() - quiet_since < _QUIET_SECONDS:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        screen = window.stack.current()
        if context.operations.busy or (screen is not None and screen.is_drawing):
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
