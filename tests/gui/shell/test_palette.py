import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.gui.shell.small_screens import ListScreen, Records

from learnpath.gui.infra.context import GuiContext
from learnpath.gui.shell import commands as ids
from learnpath.gui.shell.palette import find_commands
from learnpath.gui.shell.palette_rows import PaletteHit
from learnpath.gui.shell.window import MainWindow

Key = Qt.Key

HITS = [
    PaletteHit("credential", 7, "Security+ (SY0-701)", "CompTIA", "credential"),
    PaletteHit("credential", 8, "Security Operations Analyst", "Microsoft", "credential"),
]


def titles(window: MainWindow) -> list[str]:
    return [row.title for row in window.palette_list.model.rows()]


def open_palette(qtbot: QtBot, window: MainWindow, text: str = "") -> None:
    qtbot.keyClick(window.focusWidget() or window, Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.top_bar.field, text)


def test_it_opens_below_the_field_with_everything_that_can_be_done(qtbot: QtBot, window: MainWindow) -> None:
    current = window.stack.current()
    assert isinstance(current, ListScreen)
    current.list.setCurrentRow(-1)
    open_palette(qtbot, window)
    palette = window.palette_list
    assert palette.isVisible()
    assert window.top_bar.field.hasFocus()
    assert {"Add credential", "Credentials", "Quit"} <= set(titles(window))
    assert "Edit" not in titles(window)
    assert palette.view.currentIndex().row() == 0
    field = window.top_bar.field
    assert palette.y() >= field.mapTo(window.centralWidget(), field.rect().bottomLeft()).y()
    assert window.centralWidget().rect().contains(palette.geometry())


def test_a_second_key_opens_it_too(qtbot: QtBot, window: MainWindow) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.focusWidget() or window, Key.Key_P, modifier)
    assert window.palette_list.isVisible()


def test_enter_runs_the_best_command(qtbot: QtBot, window: MainWindow) -> None:
    open_palette(qtbot, window, "addc")
    assert titles(window)[0] == "Add credential"
    qtbot.keyClick(window.top_bar.field, Key.Key_Return)
    assert not window.palette_list.isVisible()
    assert window.top_bar.field.text() == ""
    current = window.stack.current()
    assert isinstance(current, ListScreen)
    assert current.commands == [ids.ADD_CREDENTIAL]


def test_arrows_go_round_and_a_row_shows_its_keys(qtbot: QtBot, window: MainWindow) -> None:
    open_palette(qtbot, window, "cred")
    rows = window.palette_list.model.rows()
    assert [(row.title, row.keys) for row in rows][:2] == [("Credentials", "Ctrl+2"), ("Add credential", "Ctrl+N")]
    field, view = window.top_bar.field, window.palette_list.view
    qtbot.keyClick(field, Key.Key_Down)
    assert view.currentIndex().row() == 1
    qtbot.keyClick(field, Key.Key_Up)
    qtbot.keyClick(field, Key.Key_Up)
    assert view.currentIndex().row() == len(rows) - 1
    spoken = view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Credentials, Ctrl+2"


def test_records_arrive_later_and_keep_the_selection(qtbot: QtBot, window: MainWindow, records: Records) -> None:
    open_palette(qtbot, window, "cred")
    text, answer = records.asked[-1]
    assert text == "cred"
    qtbot.keyClick(window.top_bar.field, Key.Key_Down)
    count = len(titles(window))
    answer(HITS)
    assert titles(window)[count:] == [hit.title for hit in HITS]
    assert window.palette_list.view.currentIndex().row() == 1


def test_enter_opens_a_record(qtbot: QtBot, window: MainWindow, records: Records) -> None:
    open_palette(qtbot, window, "zzz")
    assert titles(window) == []
    qtbot.keyClick(window.top_bar.field, Key.Key_Return)
    assert window.palette_list.isVisible()
    records.asked[-1][1](HITS)
    qtbot.keyClick(window.top_bar.field, Key.Key_Return)
    current = window.stack.current()
    assert isinstance(current, ListScreen)
    assert current.screen_id == "credentials"
    assert current.shown == [7]


def test_an_answer_to_an_older_text_is_dropped(qtbot: QtBot, window: MainWindow, records: Records) -> None:
    open_palette(qtbot, window, "zz")
    old, new = records.asked
    new[1](HITS[:1])
    old[1](HITS)
    assert titles(window) == [HITS[0].title]
    qtbot.keyClick(window.top_bar.field, Key.Key_Escape)
    new[1](HITS)
    assert not window.palette_list.isVisible()


def test_escape_gives_the_focus_back(qtbot: QtBot, window: MainWindow) -> None:
    current = window.stack.current()
    assert isinstance(current, ListScreen)
    current.list.setFocus()
    open_palette(qtbot, window, "cred")
    qtbot.keyClick(window.top_bar.field, Key.Key_Escape)
    assert not window.palette_list.isVisible()
    assert window.top_bar.field.text() == ""
    assert current.list.hasFocus()


def test_leaving_the_field_closes_it(qtbot: QtBot, window: MainWindow) -> None:
    open_palette(qtbot, window, "cred")
    window.navigation.button("credentials").setFocus()
    assert not window.palette_list.isVisible()
    assert window.navigation.button("credentials").hasFocus()


def test_a_click_in_the_field_opens_it_and_a_click_on_a_row_runs_it(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(window.top_bar.field, Qt.MouseButton.LeftButton)
    palette = window.palette_list
    assert palette.isVisible()
    row = titles(window).index("Credentials")
    position = palette.view.visualRect(palette.model.index(row, 0)).center()
    qtbot.mouseClick(palette.view.viewport(), Qt.MouseButton.LeftButton, pos=position)
    current = window.stack.current()
    assert current is not None
    assert current.screen_id == "credentials"


@pytest.mark.parametrize("width", [900, 1320])
def test_it_stays_inside_the_window(qtbot: QtBot, window: MainWindow, width: int) -> None:
    window.resize(width, 600)
    open_palette(qtbot, window)
    assert window.centralWidget().rect().contains(window.palette_list.geometry())
    window.resize(880, 560)
    qtbot.waitUntil(lambda: window.centralWidget().rect().contains(window.palette_list.geometry()))


def test_nearly_every_command_is_found_within_three_letters(window: MainWindow, context: GuiContext) -> None:
    """Three letters of the label, its beginning or its initials, put the command among the first three rows."""
    for command in context.actions:
        context.actions.action(command.id).setEnabled(True)
    commands = [command for command in context.actions if command.in_palette]
    missed: list[str] = []
    for command in commands:
        words = command.text.casefold().split()
        tries = {"".join(words)[:3], "".join(word[0] for word in words)[:3]}
        found = any(
            command.id in [row.command_id for row in find_commands(context.actions, text)[:3]] for text in tries
        )
        if not found:
            missed.append(command.text)
    assert len(commands) > 15
    assert len(missed) <= len(commands) * 0.05, missed
