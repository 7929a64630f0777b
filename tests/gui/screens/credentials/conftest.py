"""The window on the screen of credentials, over the sample person's library or a small one of our own."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from learnpath.domain.records import Credential
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.credentials.screen import CredentialsScreen
from learnpath.gui.shell.window import MainWindow
from learnpath.gui.widgets.plain_label import PlainLabel

OpenWindow = Callable[[GuiContext, QSize], MainWindow]


@dataclass
class Bench:
    """The screen with its surroundings."""

    screen: CredentialsScreen
    window: MainWindow
    context: GuiContext
    qtbot: QtBot

    def settle(self) -> None:
        """Wait until nothing is read or written any more."""
        self.qtbot.waitUntil(lambda: not self.context.operations.busy)

    def titles(self) -> list[str]:
        """Return the titles in the order shown."""
        found = {one.id: one.title for one in self.context.library.all(Credential)}
        return [found[one] for one in self.screen.model.ids]

    def select(self, title: str) -> int:
        """Make the credential with this title current; return its id."""
        one = next(one for one in self.context.library.all(Credential) if one.title == title)
        assert self.screen.table.select_record(one.id)
        self.settle()
        self.screen.table.setFocus()
        return one.id

    def stored(self, record_id: int) -> Credential:
        """Return a credential as the library has it."""
        return self.context.library.get(Credential, record_id)

    def heading(self) -> str:
        """Return what the panel is headed with."""
        label = self.screen.inspector.findChild(PlainLabel)
        assert isinstance(label, PlainLabel)
        return label.text()

    def dialog(self) -> QDialog:
        """Return the dialog that is open, once there is one."""
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        self.qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    def closed(self) -> None:
        """Wait until no dialog is open and everything is done."""
        self.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
        self.settle()
        # A window manager would do so; the offscreen platform has none.
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)


def open_bench(context: GuiContext, open_window: OpenWindow, qtbot: QtBot, size: QSize) -> Bench:
    window = open_window(context, size)
    context.navigate.to_screen("credentials")
    screen = window.stack.visit("credentials")
    assert isinstance(screen, CredentialsScreen)
    bench = Bench(screen, window, context, qtbot)
    bench.settle()
    qtbot.waitUntil(window.isActiveWindow)
    screen.table.setFocus()
    return bench


@pytest.fixture
def bench(sample_context: GuiContext, open_window: OpenWindow, qtbot: QtBot) -> Bench:
    """The screen at 1320 x 840 over the sample."""
    return open_bench(sample_context, open_window, qtbot, QSize(1320, 840))


@pytest.fixture
def empty_bench(context: GuiContext, open_window: OpenWindow, qtbot: QtBot) -> Bench:
    """The screen over an empty library."""
    return open_bench(context, open_window, qtbot, QSize(1320, 840))
