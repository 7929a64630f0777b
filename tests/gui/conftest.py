"""What tests of the window stand on: one theme, and a context and a window over a library of their own."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from learnpath.gui.infra.clipboard import release_clipboard
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.theme import Theme
from learnpath.gui.shell.window import MainWindow
from learnpath.gui.start import make_context, make_window
from learnpath.services.libraries import open_library
from learnpath.services.sample import add_sample
from learnpath.settings import Settings
from learnpath.storage.library import Library


@pytest.fixture(scope="session")
def _one_theme(qapp: QApplication) -> Theme:
    return Theme(qapp, "light")


@pytest.fixture(scope="session", autouse=True)
def _clipboard(qapp: QApplication) -> Iterator[None]:
    yield
    release_clipboard()


@pytest.fixture
def theme(_one_theme: Theme) -> Theme:
    # The theme outlives the tests. Widgets of the one before that wait for their deletion are still connected to it,
    # and their Python halves may already be gone.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    _one_theme.set_mode("light")
    _one_theme.set_scale(1.0)
    return _one_theme


TODAY = date(2026, 11, 21)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library with real ids and a real clock."""
    library = open_library(tmp_path / "library")
    yield library
    library.close()


@pytest.fixture
def sample_library(library: Library) -> Library:
    """The sample person's library on `TODAY`."""
    add_sample(library, TODAY)
    return library


@pytest.fixture
def context(library: Library, theme: Theme, tmp_path: Path) -> Iterator[GuiContext]:
    """The parts of the window over `library` (ask for `sample_library` as well to have it filled)."""
    context = make_context(library, Settings(tmp_path / "settings.json"), theme, lambda: TODAY)
    context.operations.crashed.connect(pytest.fail)
    yield context
    context.operations.shutdown()


@pytest.fixture
def sample_context(sample_library: Library, context: GuiContext) -> GuiContext:
    """The parts of the window over the sample person's library."""
    return context


@pytest.fixture
def open_window(qtbot: QtBot) -> Callable[[GuiContext, QSize], MainWindow]:
    """A function that shows the whole window at a size and waits until everything is loaded."""

    def show(context: GuiContext, size: QSize) -> MainWindow:
        window = make_window(context)
        qtbot.addWidget(window)
        window.restore()
        window.resize(size)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(lambda: not context.operations.busy)
        return window

    return show
