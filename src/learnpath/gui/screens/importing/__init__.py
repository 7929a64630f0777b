"""Import: files in, a preview of what would happen, one change that Undo takes back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from learnpath.gui.shell.commands import import_command
from learnpath.gui.shell.screen import Screen, ScreenFactory

if TYPE_CHECKING:
    from learnpath.gui.infra.context import GuiContext


def _create(context: "GuiContext") -> Screen:
    from learnpath.gui.screens.importing.screen import ImportScreen

    return ImportScreen(context)


FACTORY = ScreenFactory(
    screen_id="importing",
    title=QCoreApplication.translate("ImportScreen", "Import…"),
    icon_name="import",
    create=_create,
    at_foot=True,
    takes_files=True,
    go=import_command,
)
