"""Where the focus is after going to a screen: in the screen, never in a field that nobody asked for."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QAbstractItemView, QLineEdit
from pytestqt.qtbot import QtBot

from learnpath.gui.infra.context import GuiContext
from learnpath.gui.shell.window import MainWindow
from learnpath.storage.library import Library

SCREENS = ("credentials", "programs", "paths", "deadlines", "portfolio", "importing", "settings", "overview")


@pytest.mark.parametrize("filled", [True, False])
def test_every_screen_takes_the_focus(
    filled: bool,
    request: pytest.FixtureRequest,
    library: Library,
    context: GuiContext,
    open_window: Callable[[GuiContext, QSize], MainWindow],
    qtbot: QtBot,
) -> None:
    if filled:
        request.getfixturevalue("sample_library")
    window = open_window(context, QSize(1320, 840))
    for screen_id in SCREENS:
        context.navigate.to_screen(screen_id)
        qtbot.waitUntil(lambda: not context.operations.busy)
        QCoreApplication.processEvents()
        screen, focused = window.stack.current(), window.focusWidget()
        assert screen is not None
        assert focused is not None, screen_id
        assert focused is screen or screen.isAncestorOf(focused), screen_id
        assert not isinstance(focused, QLineEdit), screen_id
        if filled and screen_id in {"credentials", "programs", "paths", "deadlines"}:
            assert isinstance(focused, QAbstractItemView), screen_id


def test_going_to_the_screen_in_view_leaves_the_focus_alone(
    sample_context: GuiContext, open_window: Callable[[GuiContext, QSize], MainWindow], qtbot: QtBot
) -> None:
    window = open_window(sample_context, QSize(1320, 840))
    before = window.focusWidget()
    assert before is not None
    sample_context.navigate.to_screen("overview")
    qtbot.waitUntil(lambda: not sample_context.operations.busy)
    assert window.focusWidget() is before
