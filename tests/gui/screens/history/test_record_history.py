"""From a record to its history and back: by keys, the More menu and the palette."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from learnpath.domain.records import Credential, Path, Program
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.navigation import Place
from learnpath.gui.screens.history.screen import HistoryScreen
from learnpath.gui.screens.paths.screen import PathsScreen
from learnpath.gui.shell.commands import RECORD_HISTORY
from learnpath.gui.shell.palette import find_commands
from learnpath.gui.shell.window import MainWindow
from learnpath.services.credentials import CredentialForm, save_credential
from learnpath.services.paths import save_path
from learnpath.services.programs import ProgramForm, save_program
from learnpath.storage.library import Library

OpenWindow = Callable[[GuiContext, QSize], MainWindow]
KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def ids(library: Library) -> dict[str, int]:
    """A credential, a program and a path by the screens they live on, each with one change of its own."""
    credential = save_credential(library, CredentialForm(credential=Credential(title="Security+"))).value
    program = save_program(library, ProgramForm(program=Program(name="CySA+"))).value
    path = save_path(library, Path(title="Defence")).value
    return {"credentials": credential.id, "programs": program.id, "paths": path.id}


def settle(context: GuiContext, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not context.operations.busy)


def press(window: MainWindow, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)


def history(window: MainWindow) -> HistoryScreen:
    screen = window.stack.current()
    assert isinstance(screen, HistoryScreen)
    return screen


def labels(screen: HistoryScreen) -> list[str]:
    return [str(screen.model.index(row, 0).data() or "") for row in range(screen.model.rowCount())]


@pytest.mark.parametrize(
    ("place", "told", "change"),
    [
        ("credentials", "Only the changes of “Security+” are shown.", "Add Security+"),
        ("programs", "Only the changes of “CySA+” are shown.", "Add CySA+"),
        ("paths", "Only the changes of “Defence” are shown.", "Add path Defence"),
    ],
)
def test_the_keys_lead_to_the_history_of_the_record_and_back(
    context: GuiContext, ids: dict[str, int], open_window: OpenWindow, qtbot: QtBot, place: str, told: str, change: str
) -> None:
    window = open_window(context, QSize(1320, 840))
    qtbot.waitUntil(window.isActiveWindow)
    context.navigate.to_screen(place)
    settle(context, qtbot)
    qtbot.waitUntil(context.actions.action(RECORD_HISTORY).isEnabled)
    press(window, qtbot, Qt.Key.Key_H, KEYS)
    qtbot.waitUntil(lambda: labels(history(window)) == [change])
    qtbot.waitUntil(lambda: history(window).only_record.text == told)
    press(window, qtbot, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    settle(context, qtbot)
    screen = window.stack.current()
    assert screen is not None
    assert screen.screen_id == place
    shown = screen.current_path.path.id if isinstance(screen, PathsScreen) and screen.current_path else 0
    assert shown == ids[place] or context.navigate.place == Place(place, ids[place])


def test_it_is_offered_only_where_there_is_a_record(
    context: GuiContext, open_window: OpenWindow, qtbot: QtBot, ids: dict[str, int]
) -> None:
    window = open_window(context, QSize(1320, 840))
    context.navigate.to_screen("settings")
    settle(context, qtbot)
    assert not context.actions.action(RECORD_HISTORY).isEnabled()
    context.navigate.to_screen("credentials")
    qtbot.waitUntil(context.actions.action(RECORD_HISTORY).isEnabled)
    assert "History of this record" in [row.title for row in find_commands(context.actions, "history of")]
    settle(context, qtbot)
    assert window.isVisible()


@pytest.mark.parametrize("place", ["credentials", "programs"])
def test_the_more_menu_leads_there(
    context: GuiContext, ids: dict[str, int], open_window: OpenWindow, qtbot: QtBot, place: str
) -> None:
    window = open_window(context, QSize(1320, 840))
    context.navigate.to_screen(place)
    settle(context, qtbot)
    more = window.stack.visit(place).findChild(QPushButton, "more")
    assert isinstance(more, QPushButton)
    (action,) = [one for one in more.menu().actions() if one.text() == "History of this record"]
    action.trigger()
    qtbot.waitUntil(lambda: len(labels(history(window))) == 1)
    settle(context, qtbot)


def test_the_button_of_a_path_leads_there(
    context: GuiContext, ids: dict[str, int], open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(context, QSize(1320, 840))
    context.navigate.to_screen("paths")
    settle(context, qtbot)
    screen = window.stack.current()
    assert isinstance(screen, PathsScreen)
    screen.header.history_button.click()
    qtbot.waitUntil(lambda: labels(history(window)) == ["Add path Defence"])
    settle(context, qtbot)


def test_a_record_without_changes_says_so_and_leads_to_all(
    context: GuiContext, ids: dict[str, int], open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(context, QSize(900, 600))
    context.navigate.to_screen("history", 12345)
    settle(context, qtbot)
    screen = history(window)
    assert (screen.no_match.isVisible(), screen.table.isVisible(), screen.nothing.isVisible()) == (True, False, False)
    assert screen.only_record.text == "Only the changes of one record are shown."
    screen.no_match.primary_clicked.emit()
    qtbot.waitUntil(lambda: len(labels(screen)) == 3)
    assert not screen.no_match.isVisible()
    screen.search.setText("nothing like it")
    assert screen.no_match.isVisible()
    screen.search.clear()
    assert screen.table.isVisible()
    settle(context, qtbot)
