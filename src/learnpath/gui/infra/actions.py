"""Every command of the window, once: menus, palette and the shortcut list are all made from this registry.

Belongs here: what a command is and its QAction. Which commands exist is in `shell.commands` and in the screens.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from learnpath.gui.infra.icons import Icons


class Menu(StrEnum):
    """The menus of the menu bar, in their order."""

    FILE = "file"
    EDIT = "edit"
    VIEW = "view"
    GO = "go"
    HELP = "help"


class Scope(StrEnum):
    """Where a shortcut works: in the whole window, or only while a list that was attached has the focus."""

    WINDOW = "window"
    LIST = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing the window can do.

    `text` is a sentence-case verb phrase without mnemonic. `group` orders a menu; a line separates groups.
    `enabled_when` and `checked_when` are asked by `ActionRegistry.refresh`. A command without a handler is bound
    by whoever registers it.
    """

    id: str
    text: str
    handler: Callable[[], object] | None = None
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    menu: Menu | None = None
    group: int = 0
    enabled_when: Callable[[], bool] | None = None
    checkable: bool = False
    checked_when: Callable[[], bool] | None = None
    role: QAction.MenuRole = QAction.MenuRole.NoRole
    scope: Scope = Scope.WINDOW
    in_palette: bool = True


class ShortcutConflictError(Exception):
    """Two commands ask for the same keys: a bug in our tables, never shown to a person."""


class ActionRegistry(QObject):
    """Holds all commands and their actions.

    `changed()`: a command was added, renamed, enabled or disabled. `triggered(id)`: a command ran.
    """

    changed = Signal()
    triggered = Signal(str)

    def __init__(self, icons: Icons, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}

    def add(self, command: Command) -> QAction:
        """Register a command and return its action.

        Raises ValueError for a second command with the id or one without handler, and ShortcutConflictError when
        another command already has one of its shortcuts.
        """
        if command.id in self._commands:
            raise ValueError(f"command {command.id} is registered twice")
        if command.handler is None:
            raise ValueError(f"command {command.id} has no handler")
        self._refuse_conflict(command)
        action = QAction(command.text.replace("&", "&&"), self)
        action.setObjectName(command.id)
        action.setShortcuts([QKeySequence(keys) for keys in command.shortcuts])
        action.setMenuRole(command.role)
        action.setCheckable(command.checkable)
        if command.icon:
            action.setIcon(self._icons.icon(command.icon, "muted"))
            # Menus stay plain text; the icon is for buttons and the palette.
            action.setIconVisibleInMenu(False)
        if command.scope is Scope.LIST:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(partial(self._run_handler, command.id))
        self._commands[command.id] = command
        self._actions[command.id] = action
        self._update(command)
        self.changed.emit()
        return action

    def add_all(self, commands: Sequence[Command]) -> None:
        """Register several commands."""
        for command in commands:
            self.add(command)

    def __contains__(self, command_id: object) -> bool:
        return command_id in self._commands

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    def action(self, command_id: str) -> QAction:
        """Return the action of a command. Raises KeyError for an unknown id."""
        return self._actions[command_id]

    def command(self, command_id: str) -> Command:
        """Return a command. Raises KeyError for an unknown id."""
        return self._commands[command_id]

    def run(self, command_id: str) -> None:
        """Run a command as if it had been chosen in a menu; nothing happens while it is disabled."""
        self._update(self._commands[command_id])
        self._actions[command_id].trigger()

    def set_text(self, command_id: str, text: str) -> None:
        """Rename a command, for example "Undo" to "Undo add Security+"."""
        action = self._actions[command_id]
        if self.text(command_id) != text:
            # Part of the text comes from records: an ampersand in it is no mnemonic.
            action.setText(text.replace("&", "&&"))
            self.changed.emit()

    def text(self, command_id: str) -> str:
        """Return what a command is called now, for a person to read."""
        return self._actions[command_id].text().replace("&&", "&")

    def refresh(self) -> None:
        """Ask every command whether it is enabled and checked now."""
        for command in self._commands.values():
            self._update(command)
        self.changed.emit()

    def attach(self, command_id: str, widget: QWidget) -> None:
        """Let the shortcut of a list command (Space, Del) work while `widget` has the focus."""
        widget.addAction(self._actions[command_id])

    def shortcut_text(self, command_id: str) -> str:
        """Return the first shortcut as the platform writes it ("Ctrl+K"), or an empty text."""
        return self._actions[command_id].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def key_hint(self, command_id: str) -> str:
        """Return the first shortcut as it stands in fields and beside entries ("Ctrl K"); empty when there is none."""
        return self.shortcut_text(command_id).replace("+", " ") if command_id in self else ""

    def shortcut_list(self) -> list[tuple[str, str]]:
        """Return (text, shortcuts as the platform writes them) of every command that has any, in menu order."""
        order = [*Menu, None]
        commands = sorted(self, key=lambda command: order.index(command.menu))
        native = QKeySequence.SequenceFormat.NativeText
        return [
            (command.text, ", ".join(QKeySequence(keys).toString(native) for keys in command.shortcuts))
            for command in commands
            if command.shortcuts
        ]

    def _refuse_conflict(self, command: Command) -> None:
        wanted = [QKeySequence(keys).toString() for keys in command.shortcuts]
        for other in self:
            taken = {QKeySequence(keys).toString() for keys in other.shortcuts}
            for keys in wanted:
                if keys in taken:
                    raise ShortcutConflictError(f"{keys}: {other.id} and {command.id}")

    def _update(self, command: Command) -> None:
        action = self._actions[command.id]
        if command.enabled_when is not None:
            action.setEnabled(command.enabled_when())
        if command.checked_when is not None:
            action.setChecked(command.checked_when())

    def _run_handler(self, command_id: str, _checked: bool = False) -> None:
        handler = self._commands[command_id].handler
        if handler is not None:
            handler()
        self.triggered.emit(command_id)
