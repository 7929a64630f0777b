import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from learnpath.gui.infra.actions import ActionRegistry, Command, Menu, Scope, ShortcutConflictError
from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.theme import Theme


@pytest.fixture
def registry(theme: Theme) -> ActionRegistry:
    return ActionRegistry(Icons(theme))


def nothing() -> None:
    """What most commands here do."""


def test_a_command_runs_and_says_so(registry: ActionRegistry) -> None:
    ran: list[str] = []
    registry.triggered.connect(ran.append)
    registry.add(Command(id="a", text="Do", handler=lambda: ran.append("handler")))
    registry.run("a")
    registry.action("a").trigger()
    assert ran == ["handler", "a"] * 2


def test_a_disabled_command_does_not_run(registry: ActionRegistry) -> None:
    ran: list[str] = []
    possible = [False]
    registry.add(Command(id="a", text="Do", handler=lambda: ran.append("a"), enabled_when=lambda: possible[0]))
    assert not registry.action("a").isEnabled()
    registry.run("a")
    possible[0] = True
    registry.run("a")
    assert ran == ["a"]


def test_refresh_asks_for_enabled_and_checked(registry: ActionRegistry) -> None:
    state = [False]
    registry.add(
        Command(
            id="a",
            text="Show",
            handler=nothing,
            checkable=True,
            checked_when=lambda: state[0],
            enabled_when=lambda: state[0],
        )
    )
    state[0] = True
    registry.refresh()
    assert registry.action("a").isChecked()
    assert registry.action("a").isEnabled()


@pytest.mark.parametrize(
    ("first", "second"),
    [(("Ctrl+K",), ("Ctrl+K",)), (("Ctrl+Y", "Ctrl+Shift+Z"), ("Shift+Ctrl+Z",)), (("Del",), ("Delete",))],
)
def test_the_same_keys_twice_are_refused(
    registry: ActionRegistry, first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    registry.add(Command(id="a", text="A", handler=nothing, shortcuts=first))
    with pytest.raises(ShortcutConflictError):
        registry.add(Command(id="b", text="B", handler=nothing, shortcuts=second, scope=Scope.LIST))
    assert "b" not in registry


def test_the_same_id_or_no_handler_is_refused(registry: ActionRegistry) -> None:
    registry.add(Command(id="a", text="A", handler=nothing))
    with pytest.raises(ValueError, match="twice"):
        registry.add(Command(id="a", text="A", handler=nothing))
    with pytest.raises(ValueError, match="no handler"):
        registry.add(Command(id="b", text="B"))


def test_a_text_from_a_record_has_no_mnemonic(registry: ActionRegistry) -> None:
    registry.add(Command(id="a", text="Undo", handler=nothing))
    registry.set_text("a", "Undo add R&D badge")
    assert registry.text("a") == "Undo add R&D badge"
    assert registry.action("a").text() == "Undo add R&&D badge"


def test_changed_is_sent_once_per_new_text(registry: ActionRegistry) -> None:
    registry.add(Command(id="a", text="Undo", handler=nothing))
    seen: list[str] = []
    registry.changed.connect(lambda: seen.append("changed"))
    registry.set_text("a", "Undo import")
    registry.set_text("a", "Undo import")
    assert seen == ["changed"]


def test_a_list_shortcut_works_only_in_the_list(qtbot: QtBot, registry: ActionRegistry) -> None:
    ran: list[str] = []
    registry.add(Command(id="a", text="Done", handler=lambda: ran.append("a"), shortcuts=("Space",), scope=Scope.LIST))
    window = QWidget()
    qtbot.addWidget(window)
    parts = [QWidget(window), QWidget(window)]
    for part in parts:
        part.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    registry.attach("a", parts[0])
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    for part in parts:
        part.setFocus()
        qtbot.keyClick(part, Qt.Key.Key_Space)
    assert ran == ["a"]


def test_the_shortcut_list_follows_the_menus(registry: ActionRegistry) -> None:
    registry.add(Command(id="help", text="Help", handler=nothing, shortcuts=("F1",), menu=Menu.HELP))
    registry.add(Command(id="none", text="No keys", handler=nothing, menu=Menu.FILE))
    registry.add(Command(id="redo", text="Redo", handler=nothing, shortcuts=("Ctrl+Y", "Ctrl+Shift+Z"), menu=Menu.EDIT))
    assert registry.shortcut_list() == [("Redo", "Ctrl+Y, Ctrl+Shift+Z"), ("Help", "F1")]
    assert registry.shortcut_text("redo") == "Ctrl+Y"
    assert registry.shortcut_text("none") == ""
