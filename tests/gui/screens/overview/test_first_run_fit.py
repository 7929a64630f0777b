"""The first doors at the width of a small window."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.overview.screen import OverviewScreen
from learnpath.gui.shell.window import MainWindow
from learnpath.gui.widgets.plain_label import PlainLabel


def test_the_sentences_of_the_doors_have_their_height(
    context: GuiContext, open_window: Callable[[GuiContext, QSize], MainWindow], qtbot: QtBot
) -> None:
    screen = open_window(context, QSize(900, 600)).stack.current()
    assert isinstance(screen, OverviewScreen)

    def cut() -> list[str]:
        labels = [label for door in screen.first_run.doors for label in door.findChildren(PlainLabel)]
        return [label.text() for label in labels if label.height() < label.heightForWidth(label.width())]

    qtbot.waitUntil(lambda: cut() == [])
