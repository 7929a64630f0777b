"""A window with small real screens, with real lanes."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from pytestqt.qtbot import QtBot
from tests.gui.shell.small_screens import Names, Records, Today, make_factories

from learnpath.gui.infra.actions import ActionRegistry
from learnpath.gui.infra.backup_timer import BackupTimer
from learnpath.gui.infra.bus import ChangeBus
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.messages import Messages
from learnpath.gui.infra.navigation import Navigator
from learnpath.gui.infra.operations import Operations
from learnpath.gui.infra.theme import Theme
from learnpath.gui.shell.window import MainWindow
from learnpath.settings import Settings
from learnpath.storage.library import Library


@pytest.fixture
def today() -> Today:
    return Today()


@pytest.fixture
def context(theme: Theme, tmp_path: Path, today: Today) -> Iterator[GuiContext]:
    icons = Icons(theme)
    bus, messages = ChangeBus(), Messages()
    operations = Operations(bus, messages)
    library = cast("Library", cast("object", Names(tmp_path)))
    yield GuiContext(
        library=library,
        operations=operations,
        bus=bus,
        actions=ActionRegistry(icons),
        theme=theme,
        icons=icons,
        settings=Settings(tmp_path / "settings.json"),
        messages=messages,
        navigate=Navigator(),
        backups=BackupTimer(library, operations, messages),
        today=today,
    )
    operations.shutdown()


@pytest.fixture
def records() -> Records:
    return Records()


@pytest.fixture
def window(qtbot: QtBot, context: GuiContext, records: Records) -> MainWindow:
    """A shown window on its first screen, everything loaded."""
    window = MainWindow(context, make_factories(), records)
    qtbot.addWidget(window)
    window.restore()
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.waitUntil(lambda: not context.operations.busy)
    return window
