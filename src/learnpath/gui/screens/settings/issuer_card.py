"""The card that leads to the issuers and their names.

Belongs here: the card. The list is in `issuers_dialog`.
"""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.settings.issuers_dialog import IssuersDialog
from learnpath.gui.screens.settings.setting_card import SettingCard


class IssuerCard(QObject):
    """The card Issuers."""

    def __init__(self, context: GuiContext, host: QWidget) -> None:
        """Open the list over `host`."""
        super().__init__(host)
        self._context = context
        self._host = host
        self.card = SettingCard(context.theme, self.tr("Issuers"))
        self.edit = QPushButton(self.tr("Edit names…"))
        self.row = self.card.add_row(
            self.tr("Names of issuers"),
            self.edit,
            self.tr("Say which names in files mean the same issuer, rename issuers, and make one of two."),
        )
        self.edit.clicked.connect(self.open_list)

    @Slot()
    def open_list(self) -> None:
        """Open the list of issuers."""
        IssuersDialog(self._context, self._host).open()
