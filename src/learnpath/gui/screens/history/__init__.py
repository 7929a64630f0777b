"""The screen of what was done: every change in words, and the way back to any point."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from learnpath.gui.infra.actions import Command, Menu
from learnpath.gui.shell.screen import Screen, ScreenFactory

if TYPE_CHECKING:
    from learnpath.gui.infra.context import GuiContext


def _create(context: "GuiContext") -> Screen:
    from learnpath.gui.screens.history.screen import HistoryScreen

    return HistoryScreen(context)


def _open_command(handler: Callable[[], object]) -> Command:
    return Command(
        id="history.open",
        text=QCoreApplication.translate("Screens", "History"),
        handler=handler,
        shortcuts=("Ctrl+H",),
        icon="history",
        menu=Menu.EDIT,
        group=0,
    )


FACTORY = ScreenFactory(
    screen_id="history",
    title=QCoreApplication.translate("Screens", "History"),
    icon_name="history",
    create=_create,
    at_foot=True,
    go=_open_command,
)
