"""The catalogue of what could be earned: table and panel, and taking programs from it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from learnpath.gui.screens.programs.commands import program_commands
from learnpath.gui.shell.screen import Screen, ScreenFactory

if TYPE_CHECKING:
    from learnpath.gui.infra.context import GuiContext


def _create(context: "GuiContext") -> Screen:
    from learnpath.gui.screens.programs.screen import ProgramsScreen

    return ProgramsScreen(context)


FACTORY = ScreenFactory(
    screen_id="programs",
    title=QCoreApplication.translate("ProgramsScreen", "Programs"),
    icon_name="program",
    create=_create,
    opens=("program",),
    commands=program_commands(),
)
