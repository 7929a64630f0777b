"""The import screen in the real window over a library of its own."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.importing.desk import DeskState
from learnpath.gui.screens.importing.screen import ImportScreen
from learnpath.gui.shell.window import MainWindow


@pytest.fixture
def window(context: GuiContext, open_window: Callable[[GuiContext, QSize], MainWindow]) -> MainWindow:
    window = open_window(context, QSize(1320, 840))
    context.actions.run("import.open")
    return window


@pytest.fixture
def screen(window: MainWindow) -> ImportScreen:
    screen = window.stack.current()
    assert isinstance(screen, ImportScreen)
    return screen


OpenFiles = Callable[[Mapping[str, str | bytes]], list[Path]]


@pytest.fixture
def open_files(qtbot: QtBot, window: MainWindow, screen: ImportScreen, tmp_path: Path) -> OpenFiles:
    """A function that drops files on the window and waits until all are read."""

    def drop(files: Mapping[str, str | bytes]) -> list[Path]:
        paths: list[Path] = []
        for name, text in files.items():
            path = tmp_path / name
            _ = path.write_bytes(text.encode() if isinstance(text, str) else text)
            paths.append(path)
        window.open_files(paths)
        qtbot.waitUntil(lambda: screen.desk.state is DeskState.OPEN)
        qtbot.waitUntil(lambda: {one.source.path for one in screen.desk.files} >= set(paths))
        wait_read(qtbot, screen)
        return paths

    return drop


def wait_read(qtbot: QtBot, screen: ImportScreen) -> None:
    """Wait until every open file was read and shown."""
    qtbot.waitUntil(lambda: bool(screen.desk.files) and not screen.desk.is_reading)
