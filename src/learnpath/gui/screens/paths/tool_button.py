"""The small buttons with an icon and no text, whose tool tip says what they do and by which key."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from learnpath.gui.infra.context import GuiContext


def tool_button(context: GuiContext, icon: str, name: str, command: str = "") -> QToolButton:
    """Return a button; `command` is the one whose keys do the same."""
    button = QToolButton()
    keys = context.actions.shortcut_text(command) if command in context.actions else ""
    button.setIcon(context.icons.icon(icon, "muted"))
    button.setAccessibleName(name)
    button.setToolTip(f"{name} ({keys})" if keys else name)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
