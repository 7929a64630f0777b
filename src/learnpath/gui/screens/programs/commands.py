"""The commands of the catalogue; the window sends them to the screen."""

from PySide6.QtCore import QCoreApplication

from learnpath.gui.infra.actions import Command, Menu

ADD_PROGRAM = "program.add"
PLAN_PROGRAMS = "program.plan"
START_PROGRAMS = "program.start"
HAVE_PROGRAMS = "program.have"


def _tr(text: str) -> str:
    return QCoreApplication.translate("ProgramsScreen", text)


def program_commands() -> tuple[Command, ...]:
    """Return the commands, without handlers."""
    return (
        Command(id=ADD_PROGRAM, text=_tr("Add program"), icon="program", menu=Menu.FILE),
        Command(id=PLAN_PROGRAMS, text=_tr("Plan the selected programs"), icon="calendar", menu=Menu.EDIT, group=4),
        Command(id=START_PROGRAMS, text=_tr("Start the selected programs"), icon="play", menu=Menu.EDIT, group=4),
        Command(id=HAVE_PROGRAMS, text=_tr("I have the selected programs"), icon="award", menu=Menu.EDIT, group=4),
    )
