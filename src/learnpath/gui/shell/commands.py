"""The commands of the window and their keys, in one table: nowhere else is a shortcut written down.

Belongs here: commands that the shell itself carries out, and the standard ones that screens take over by name.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction

from learnpath.gui.infra.actions import Command, Menu, Scope

ADD_CREDENTIAL = "credential.add"
LOG_STUDY_TIME = "study.log"
OPEN_IMPORT = "import.open"
OPEN_SETTINGS = "settings.open"
EDIT_ISSUERS = "issuers.edit"
EDIT = "record.edit"
REMOVE = "record.remove"
RECORD_HISTORY = "record.history"
TOGGLE_DONE = "record.toggle_done"
UNDO = "edit.undo"
REDO = "edit.redo"
FIND = "edit.find"
PALETTE = "view.palette"
BACK = "go.back"
FORWARD = "go.forward"
SHORTCUTS = "help.shortcuts"
QUIT = "file.quit"
"""Ids of the commands that more than one part of the window speaks of."""

RECORD_COMMANDS = (EDIT, TOGGLE_DONE, REMOVE, RECORD_HISTORY)
"""Sent to the screen in view: `Screen.can_run(id)` enables them, `Screen.run_command(id)` does them."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Commands", text)


def add_credential_command(handler: Callable[[], object] | None = None) -> Command:
    """Return the command behind Ctrl+N; without a handler it is sent to the screen that declares it."""
    return Command(
        id=ADD_CREDENTIAL,
        text=_tr("Add credential"),
        handler=handler,
        shortcuts=("Ctrl+N",),
        icon="plus",
        menu=Menu.FILE,
    )


def log_study_time_command(handler: Callable[[], object] | None = None) -> Command:
    """Return the command behind Ctrl+L."""
    return Command(
        id=LOG_STUDY_TIME,
        text=_tr("Log study time"),
        handler=handler,
        shortcuts=("Ctrl+L",),
        icon="clock",
        menu=Menu.FILE,
    )


def import_command(handler: Callable[[], object] | None = None) -> Command:
    """Return the command behind Ctrl+I."""
    return Command(
        id=OPEN_IMPORT,
        text=_tr("Import…"),
        handler=handler,
        shortcuts=("Ctrl+I",),
        icon="import",
        menu=Menu.FILE,
        group=1,
    )


def settings_command(handler: Callable[[], object]) -> Command:
    """Return the command behind Ctrl+Comma."""
    return Command(
        id=OPEN_SETTINGS,
        text=_tr("Settings"),
        handler=handler,
        shortcuts=("Ctrl+,",),
        icon="settings",
        menu=Menu.FILE,
        group=8,
        role=QAction.MenuRole.PreferencesRole,
    )


def issuers_command() -> Command:
    """Return the command that lists the issuers; it is sent to the settings."""
    return Command(id=EDIT_ISSUERS, text=_tr("Edit issuers…"), icon="award", menu=Menu.EDIT, group=4)


def quit_command(handler: Callable[[], object]) -> Command:
    """Return the command behind Ctrl+Q."""
    return Command(
        id=QUIT,
        text=_tr("Quit"),
        handler=handler,
        shortcuts=("Ctrl+Q",),
        icon="x",
        menu=Menu.FILE,
        group=9,
        role=QAction.MenuRole.QuitRole,
    )


def undo_commands(
    undo: Callable[[], object],
    redo: Callable[[], object],
    can_undo: Callable[[], bool],
    can_redo: Callable[[], bool],
) -> tuple[Command, Command]:
    """Return Undo and Redo; their texts are renamed to say what they take back or repeat."""
    return (
        Command(
            id=UNDO,
            text=_tr("Undo"),
            handler=undo,
            shortcuts=("Ctrl+Z",),
            icon="undo",
            menu=Menu.EDIT,
            enabled_when=can_undo,
        ),
        Command(
            id=REDO,
            text=_tr("Redo"),
            handler=redo,
            shortcuts=("Ctrl+Y", "Ctrl+Shift+Z"),
            icon="redo",
            menu=Menu.EDIT,
            enabled_when=can_redo,
        ),
    )


def record_commands(
    run: Callable[[str], Callable[[], object]], can_run: Callable[[str], Callable[[], bool]]
) -> tuple[Command, ...]:
    """Return the commands for the record in view; `run` and `can_run` bind an id."""
    return (
        Command(
            id=EDIT,
            text=_tr("Edit"),
            handler=run(EDIT),
            shortcuts=("F2",),
            icon="edit",
            menu=Menu.EDIT,
            group=1,
            enabled_when=can_run(EDIT),
        ),
        Command(
            id=TOGGLE_DONE,
            text=_tr("Mark as done or not done"),
            handler=run(TOGGLE_DONE),
            shortcuts=("Space",),
            icon="check",
            menu=Menu.EDIT,
            group=1,
            enabled_when=can_run(TOGGLE_DONE),
            scope=Scope.LIST,
        ),
        Command(
            id=REMOVE,
            text=_tr("Remove"),
            handler=run(REMOVE),
            shortcuts=("Del",),
            icon="trash",
            menu=Menu.EDIT,
            group=1,
            enabled_when=can_run(REMOVE),
            scope=Scope.LIST,
        ),
        Command(
            id=RECORD_HISTORY,
            text=_tr("History of this record"),
            handler=run(RECORD_HISTORY),
            shortcuts=("Ctrl+Shift+H",),
            icon="history",
            menu=Menu.EDIT,
            group=1,
            enabled_when=can_run(RECORD_HISTORY),
        ),
    )


def search_commands(find: Callable[[], object], palette: Callable[[], object]) -> tuple[Command, Command]:
    """Return Find (the screen's own search) and the palette."""
    return (
        Command(
            id=FIND,
            text=_tr("Find"),
            handler=find,
            shortcuts=("Ctrl+F",),
            icon="search",
            menu=Menu.EDIT,
            group=2,
        ),
        Command(
            id=PALETTE,
            text=_tr("Search or run a command"),
            handler=palette,
            shortcuts=("Ctrl+K", "Ctrl+Shift+P"),
            icon="keyboard",
            menu=Menu.VIEW,
            in_palette=False,
        ),
    )


def go_commands(
    back: Callable[[], object],
    forward: Callable[[], object],
    can_go_back: Callable[[], bool],
    can_go_forward: Callable[[], bool],
) -> tuple[Command, Command]:
    """Return Back and Forward."""
    return (
        Command(
            id=BACK,
            text=_tr("Back"),
            handler=back,
            shortcuts=("Alt+Left",),
            icon="arrow-left",
            menu=Menu.GO,
            group=1,
            enabled_when=can_go_back,
        ),
        Command(
            id=FORWARD,
            text=_tr("Forward"),
            handler=forward,
            shortcuts=("Alt+Right",),
            icon="arrow-right",
            menu=Menu.GO,
            group=1,
            enabled_when=can_go_forward,
        ),
    )


def screen_command(screen_id: str, title: str, icon: str, number: int, handler: Callable[[], object]) -> Command:
    """Return the command that goes to a screen; `number` 1 to 9 gives Ctrl+1 to Ctrl+9, others no shortcut."""
    return Command(
        id=f"go.{screen_id}",
        text=title,
        handler=handler,
        shortcuts=(f"Ctrl+{number}",) if 1 <= number <= 9 else (),
        icon=icon,
        menu=Menu.GO,
    )


def help_command(handler: Callable[[], object]) -> Command:
    """Return the command behind F1."""
    return Command(
        id=SHORTCUTS,
        text=_tr("Keyboard shortcuts and where the data is"),
        handler=handler,
        shortcuts=("F1",),
        icon="help",
        menu=Menu.HELP,
    )
