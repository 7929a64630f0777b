"""The screen of everything that comes up: a ribbon of twelve months, an agenda and a month."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from learnpath.gui.shell.screen import Screen, ScreenFactory

if TYPE_CHECKING:
    from learnpath.gui.infra.context import GuiContext


def _create(context: "GuiContext") -> Screen:
    from learnpath.gui.screens.deadlines.screen import DeadlinesScreen

    return DeadlinesScreen(context)


FACTORY = ScreenFactory(
    screen_id="deadlines",
    title=QCoreApplication.translate("Screens", "Deadlines"),
    icon_name="deadline",
    create=_create,
)
