"""Settings: the person, the look of this machine's window, and the library folder."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from learnpath.gui.shell.commands import issuers_command, settings_command
from learnpath.gui.shell.screen import Screen, ScreenFactory

if TYPE_CHECKING:
    from learnpath.gui.infra.context import GuiContext


def _create(context: "GuiContext") -> Screen:
    import os

    from learnpath.gui.screens.settings.screen import SettingsScreen
    from learnpath.paths import find_paths

    return SettingsScreen(context, find_paths(os.environ))


FACTORY = ScreenFactory(
    screen_id="settings",
    title=QCoreApplication.translate("Settings", "Settings"),
    icon_name="settings",
    create=_create,
    commands=(issuers_command(),),
    at_foot=True,
    go=settings_command,
)
