"""The portfolio: what goes into the document, how it looks, and out with it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from learnpath.gui.infra.actions import Command, Menu
from learnpath.gui.screens.exporting import EXPORT_PDF
from learnpath.gui.shell.screen import Screen, ScreenFactory

if TYPE_CHECKING:
    from learnpath.gui.infra.context import GuiContext

NEW_VERSION = "portfolio.new_version"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Portfolio", text)


def _create(context: "GuiContext") -> Screen:
    from learnpath.gui.screens.portfolio.screen import PortfolioScreen

    return PortfolioScreen(context)


FACTORY = ScreenFactory(
    screen_id="portfolio",
    title=_tr("Portfolio"),
    icon_name="portfolio",
    create=_create,
    opens=("portfolio",),
    commands=(
        Command(id=NEW_VERSION, text=_tr("New version"), icon="file-plus"),
        Command(id=EXPORT_PDF, text=_tr("Export portfolio as PDF…"), icon="download", menu=Menu.FILE, group=2),
    ),
)
