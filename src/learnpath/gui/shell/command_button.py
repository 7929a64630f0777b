"""A push button that stands for a command of the registry.

Belongs here: keeping text, tooltip and enabled state of a button equal to its command.
"""

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from learnpath.gui.infra.actions import ActionRegistry


class CommandButton(QPushButton):
    """A button for one command at a time; hidden while it has none."""

    def __init__(self, actions: ActionRegistry, *, primary: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._action: QAction | None = None
        self.setProperty("primary", primary)
        self.clicked.connect(self._trigger)
        self.hide()

    @property
    def command_id(self) -> str:
        """The id of the command; an empty text when there is none."""
        return "" if self._action is None else self._action.objectName()

    def set_command(self, command_id: str) -> None:
        """Stand for another command; an empty or unknown id hides the button."""
        if self._action is not None:
            self._action.changed.disconnect(self._follow)
        known = command_id in self._actions
        self._action = self._actions.action(command_id) if known else None
        if self._action is not None:
            self._action.changed.connect(self._follow)
            self._follow()
        self.setVisible(known)

    @Slot()
    def _follow(self) -> None:
        if self._action is None:
            return
        text = self._actions.text(self.command_id)
        shortcut = self._actions.shortcut_text(self.command_id)
        self.setText(self._action.text())
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({shortcut})" if shortcut else text)
        self.setEnabled(self._action.isEnabled())

    @Slot()
    def _trigger(self) -> None:
        if self._action is not None:
            self._action.trigger()
