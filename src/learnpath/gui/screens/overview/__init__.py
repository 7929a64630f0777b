"""The first screen: where things stand, and what needs doing."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from learnpath.gui.shell.screen import Screen, ScreenFactory

if TYPE_CHECKING:
    from learnpath.gui.infra.context import GuiContext


def _create(context: "GuiContext") -> Screen:
    from learnpath.gui.screens.overview.screen import OverviewScreen

    return OverviewScreen(context)


FACTORY = ScreenFactory(
    screen_id="overview",
    title=QCoreApplication.translate("Screens", "Overview"),
    icon_name="overview",
    create=_create,
)
