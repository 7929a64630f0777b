"""Learning paths: the list of them, and the steps of one in order."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from learnpath.gui.screens.paths.commands import path_commands
from learnpath.gui.shell.screen import Screen, ScreenFactory

if TYPE_CHECKING:
    from learnpath.gui.infra.context import GuiContext


def _create(context: "GuiContext") -> Screen:
    from learnpath.gui.screens.paths.screen import PathsScreen

    return PathsScreen(context)


FACTORY = ScreenFactory(
    screen_id="paths",
    title=QCoreApplication.translate("PathsScreen", "Paths"),
    icon_name="path",
    create=_create,
    opens=("path",),
    commands=path_commands(),
)
