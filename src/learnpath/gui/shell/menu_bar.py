"""The menu bar, made from the action registry.

Belongs here: the names of the menus and the lines between groups.
"""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenuBar

from learnpath.gui.infra.actions import ActionRegistry, Menu


def menu_titles() -> dict[Menu, str]:
    """Return the title of each menu, with its mnemonic."""
    translate = QCoreApplication.translate
    return {
        Menu.FILE: translate("MenuBar", "&File"),
        Menu.EDIT: translate("MenuBar", "&Edit"),
        Menu.VIEW: translate("MenuBar", "&View"),
        Menu.GO: translate("MenuBar", "&Go"),
        Menu.HELP: translate("MenuBar", "&Help"),
    }


def fill_menu_bar(bar: QMenuBar, actions: ActionRegistry) -> None:
    """Put every command that names a menu into it: in order of group, then of registration."""
    bar.clear()
    titles = menu_titles()
    for menu in Menu:
        commands = sorted((command for command in actions if command.menu is menu), key=lambda one: one.group)
        if not commands:
            continue
        target = bar.addMenu(titles[menu])
        group = commands[0].group
        for command in commands:
            if command.group != group:
                target.addSeparator()
                group = command.group
            target.addAction(actions.action(command.id))
