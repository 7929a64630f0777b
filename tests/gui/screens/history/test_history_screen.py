"""The history by its user's actions: what each change did, and the way back and forth."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import Credential, Stage
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.history.screen import HistoryScreen
from learnpath.gui.shell.window import MainWindow
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.services.credentials import CredentialForm, delete_credentials, mark_earned, save_credential
from learnpath.storage.library import Library

OpenWindow = Callable[[GuiContext, QSize], MainWindow]


@pytest.fixture
def credential(library: Library) -> Credential:
    """A credential that was added, earned and deleted."""
    form = CredentialForm(credential=Credential(title="Security+", stage=Stage.PLANNED), issuer_name="CompTIA")
    one = save_credential(library, form).value
    _ = mark_earned(library, [one.id], PartialDate("2026-11-20"))
    _ = delete_credentials(library, [one.id])
    return one


def open_history(window: MainWindow, context: GuiContext, qtbot: QtBot, record_id: int = 0) -> HistoryScreen:
    context.navigate.to_screen("history", record_id)
    qtbot.waitUntil(lambda: not context.operations.busy)
    screen = window.stack.current()
    assert isinstance(screen, HistoryScreen)
    qtbot.waitUntil(lambda: bool(shown(screen)))
    return screen


def shown(screen: HistoryScreen) -> list[str]:
    return [label.text() for label in screen.panel.findChildren(PlainLabel) if label.isVisibleTo(screen)]


def labels(screen: HistoryScreen) -> list[str]:
    return [str(screen.model.index(row, 0).data() or "") for row in range(screen.model.rowCount())]


def press_go(screen: HistoryScreen, qtbot: QtBot) -> None:
    (button,) = screen.panel.findChildren(QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not screen.context.operations.busy)


def test_changes_are_listed_with_what_they_did(
    context: GuiContext, credential: Credential, open_window: OpenWindow, qtbot: QtBot
) -> None:
    screen = open_history(open_window(context, QSize(1320, 840)), context, qtbot)
    qtbot.waitUntil(lambda: labels(screen) == ["Delete Security+", "Mark Security+ as earned", "Add Security+"])
    assert "Removed credential “Security+”" in shown(screen)
    _ = screen.table.select_record(2)
    qtbot.waitUntil(lambda: "planned → earned" in shown(screen))
    assert "20 Nov 2026" in shown(screen)


def test_going_back_and_forth(
    context: GuiContext, library: Library, credential: Credential, open_window: OpenWindow, qtbot: QtBot
) -> None:
    screen = open_history(open_window(context, QSize(1320, 840)), context, qtbot)
    _ = screen.table.select_record(1)
    qtbot.waitUntil(lambda: "Undo everything after this (2)" in buttons(screen))
    press_go(screen, qtbot)
    assert library.get(Credential, credential.id).stage is Stage.PLANNED
    _ = screen.table.select_record(3)
    qtbot.waitUntil(lambda: "Do it again, up to here" in buttons(screen))
    press_go(screen, qtbot)
    assert library.find(Credential, credential.id) is None


def test_the_search_narrows_and_a_record_filters(
    context: GuiContext, credential: Credential, open_window: OpenWindow, qtbot: QtBot, library: Library
) -> None:
    _ = save_credential(library, CredentialForm(credential=Credential(title="Other")))
    window = open_window(context, QSize(900, 600))
    screen = open_history(window, context, qtbot)
    qtbot.waitUntil(lambda: len(labels(screen)) == 4)
    screen.search.setText("mark sec")
    assert screen.model.ids == [2]
    screen.search.clear()
    context.navigate.to_screen("history", credential.id)
    qtbot.waitUntil(lambda: list(screen.model.ids) == [3, 2, 1])
    assert screen.only_record.isVisible()


def test_an_empty_history_says_what_belongs_here(context: GuiContext, open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(context, QSize(900, 600))
    context.navigate.to_screen("history")
    qtbot.waitUntil(lambda: not context.operations.busy)
    screen = window.stack.current()
    assert isinstance(screen, HistoryScreen)
    assert screen.nothing.isVisible()
    assert not screen.table.isVisible()


def buttons(screen: HistoryScreen) -> list[str]:
    return [button.text() for button in screen.panel.findChildren(QPushButton)]
