"""The commands of the screen of paths; the window sends them to the screen."""

from PySide6.QtCore import QCoreApplication

from learnpath.gui.infra.actions import Command, Menu, Scope

NEW_PATH = "path.new"
ADD_STEPS = "path.add_steps"
STEP_UP = "path.step_up"
STEP_DOWN = "path.step_down"


def _tr(text: str) -> str:
    return QCoreApplication.translate("PathsScreen", text)


def path_commands() -> tuple[Command, ...]:
    """Return the commands, without handlers."""
    return (
        Command(id=NEW_PATH, text=_tr("New path"), icon="path", menu=Menu.FILE),
        Command(id=ADD_STEPS, text=_tr("Add steps to the path…"), icon="plus", menu=Menu.EDIT, group=3),
        Command(
            id=STEP_UP,
            text=_tr("Move step up"),
            icon="arrow-up",
            menu=Menu.EDIT,
            group=3,
            shortcuts=("Alt+Up",),
            scope=Scope.LIST,
        ),
        Command(
            id=STEP_DOWN,
            text=_tr("Move step down"),
            icon="arrow-down",
            menu=Menu.EDIT,
            group=3,
            shortcuts=("Alt+Down",),
            scope=Scope.LIST,
        ),
    )
