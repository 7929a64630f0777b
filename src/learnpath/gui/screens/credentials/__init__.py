"""The credentials: the table, the inspector, adding and editing."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from learnpath.gui.shell.commands import add_credential_command, log_study_time_command
from learnpath.gui.shell.screen import Screen, ScreenFactory

if TYPE_CHECKING:
    from learnpath.gui.infra.context import GuiContext


def _create(context: "GuiContext") -> Screen:
    from learnpath.gui.screens.credentials.screen import CredentialsScreen

    return CredentialsScreen(context)


FACTORY = ScreenFactory(
    screen_id="credentials",
    title=QCoreApplication.translate("Credentials", "Credentials"),
    icon_name="credential",
    create=_create,
    opens=("credential",),
    commands=(add_credential_command(), log_study_time_command()),
)
