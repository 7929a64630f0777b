"""What a person without a mouse stumbled over in the real window."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from learnpath.domain.records import AchievementType, Credential
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.folders import documents_folder
from learnpath.gui.screens.credentials.screen import CredentialsScreen
from learnpath.gui.screens.importing.screen import ImportScreen
from learnpath.gui.screens.overview.screen import OverviewScreen
from learnpath.gui.screens.settings.screen import SettingsScreen
from learnpath.gui.shell.palette import find_commands
from learnpath.gui.shell.window import MainWindow
from learnpath.gui.widgets.link_button import LinkButton
from learnpath.services.credentials import CredentialForm, save_credential

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SIZE = QSize(1320, 840)
OpenWindow = Callable[[GuiContext, QSize], MainWindow]


def press(
    qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)


@pytest.fixture
def window(context: GuiContext, open_window: OpenWindow, qtbot: QtBot) -> MainWindow:
    """The window on an empty library."""
    window = open_window(context, SIZE)
    qtbot.waitUntil(window.isActiveWindow)
    return window


def go(qtbot: QtBot, window: MainWindow, context: GuiContext, key: Qt.Key) -> None:
    press(qtbot, window, key, CONTROL)
    qtbot.waitUntil(lambda: not context.operations.busy)


def test_the_doors_have_the_focus_and_the_figures_after_them(
    qtbot: QtBot, window: MainWindow, context: GuiContext
) -> None:
    overview = window.stack.current()
    assert isinstance(overview, OverviewScreen)
    qtbot.waitUntil(overview.first_run.doors[0].hasFocus)
    press(qtbot, window, Key.Key_Tab)
    press(qtbot, window, Key.Key_Tab)
    press(qtbot, window, Key.Key_Return)
    qtbot.waitUntil(overview.figures.week.hasFocus)
    press(qtbot, window, Key.Key_Z, CONTROL)
    qtbot.waitUntil(overview.first_run.doors[0].hasFocus)


def test_what_somebody_types_while_the_overview_loads_keeps_the_focus(
    qtbot: QtBot, window: MainWindow, context: GuiContext
) -> None:
    press(qtbot, window, Key.Key_K, CONTROL)
    qtbot.keyClicks(window.top_bar.field, "s")
    context.operations.change(lambda: save_credential(context.library, _form("Scrum Master"), []))
    overview = window.stack.current()
    assert isinstance(overview, OverviewScreen)
    qtbot.waitUntil(overview.grid.isVisible)
    assert window.top_bar.field.hasFocus()


def test_enter_presses_the_button_that_has_the_focus(qtbot: QtBot, window: MainWindow, context: GuiContext) -> None:
    go(qtbot, window, context, Key.Key_5)
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton)
    assert button.text() == "Add credential"
    press(qtbot, window, Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    qtbot.keyClick(QApplication.activeModalWidget(), Key.Key_Escape)


def test_the_focus_comes_back_to_where_it_was_in_each_screen(
    sample_context: GuiContext, qtbot: QtBot, window: MainWindow
) -> None:
    go(qtbot, window, sample_context, Key.Key_2)
    credentials = window.stack.current()
    assert isinstance(credentials, CredentialsScreen)
    qtbot.waitUntil(credentials.table.hasFocus)
    press(qtbot, window, Key.Key_F, CONTROL)
    assert credentials.filters.search.hasFocus()
    go(qtbot, window, sample_context, Key.Key_1)
    overview = window.stack.current()
    assert overview is not None
    assert overview.isAncestorOf(QApplication.focusWidget() or window)
    go(qtbot, window, sample_context, Key.Key_2)
    assert credentials.filters.search.hasFocus()


def test_a_record_from_the_command_field_can_be_acted_on_at_once(
    sample_context: GuiContext, qtbot: QtBot, window: MainWindow
) -> None:
    go(qtbot, window, sample_context, Key.Key_2)
    credentials = window.stack.current()
    assert isinstance(credentials, CredentialsScreen)
    qtbot.waitUntil(credentials.table.hasFocus)
    credentials.filters.search.setFocus()
    go(qtbot, window, sample_context, Key.Key_1)
    press(qtbot, window, Key.Key_K, CONTROL)
    qtbot.keyClicks(window.top_bar.field, "cka")
    qtbot.waitUntil(lambda: any(row.hit is not None for row in window.palette_list.model.rows()))
    press(qtbot, window, Key.Key_Return)
    qtbot.waitUntil(credentials.table.hasFocus)
    qtbot.waitUntil(lambda: credentials.can_run("record.remove"))


def test_find_takes_the_place_of_what_was_searched_before(
    qtbot: QtBot, window: MainWindow, context: GuiContext
) -> None:
    go(qtbot, window, context, Key.Key_Comma)
    settings = window.stack.current()
    assert isinstance(settings, SettingsScreen)
    field = settings.search
    qtbot.keyClicks(field, "theme")
    qtbot.keyClick(field, Key.Key_F, CONTROL)
    qtbot.keyClicks(field, "size")
    assert field.text() == "size"


def test_the_list_takes_the_focus_back_from_the_sentence_that_nothing_fits(
    sample_context: GuiContext, qtbot: QtBot, window: MainWindow
) -> None:
    go(qtbot, window, sample_context, Key.Key_2)
    credentials = window.stack.current()
    assert isinstance(credentials, CredentialsScreen)
    qtbot.waitUntil(credentials.table.hasFocus)
    credentials.filters.search.setText("zzzz")
    qtbot.waitUntil(credentials.no_match.isVisible)
    button = credentials.no_match.findChild(QPushButton)
    assert button is not None
    button.setFocus()
    press(qtbot, window, Key.Key_Return)
    qtbot.waitUntil(credentials.table.hasFocus)


def test_leaving_the_command_field_leads_into_the_screen(qtbot: QtBot, window: MainWindow) -> None:
    window.top_bar.field.setFocus()
    press(qtbot, window, Key.Key_Escape)
    overview = window.stack.current()
    assert overview is not None
    assert overview.isAncestorOf(QApplication.focusWidget() or window)


def test_the_first_credential_has_the_focus_once_it_is_added(
    qtbot: QtBot, window: MainWindow, context: GuiContext
) -> None:
    press(qtbot, window, Key.Key_N, CONTROL)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    title = dialog.findChild(QLineEdit)
    assert title is not None
    qtbot.keyClicks(title, "Scrum Master")
    qtbot.keyClick(title, Key.Key_Return)
    credentials = window.stack.current()
    assert isinstance(credentials, CredentialsScreen)
    qtbot.waitUntil(lambda: window.focusWidget() is credentials.table)


def test_undo_in_the_message_gives_the_focus_back(qtbot: QtBot, window: MainWindow, context: GuiContext) -> None:
    overview = window.stack.current()
    assert isinstance(overview, OverviewScreen)
    qtbot.waitUntil(overview.first_run.doors[1].isVisible)
    door = overview.first_run.doors[1]
    door.setFocus()
    context.messages.toast("Something was done")
    undo = window.messages.toast.findChild(LinkButton)
    assert undo is not None
    undo.setFocus()
    press(qtbot, window, Key.Key_Return)
    assert door.hasFocus()


def test_the_name_of_a_record_never_offers_to_undo_what_was_done_with_it(
    qtbot: QtBot, window: MainWindow, context: GuiContext
) -> None:
    context.operations.change(lambda: save_credential(context.library, _form("Scrum Master"), []))
    qtbot.waitUntil(lambda: "Scrum" in context.actions.text("edit.undo"))
    assert [row.title for row in find_commands(context.actions, "scrum")] == []
    assert find_commands(context.actions, "undo")[0].title == context.actions.text("edit.undo")


def test_enter_chooses_files_to_import(qtbot: QtBot, window: MainWindow, context: GuiContext) -> None:
    go(qtbot, window, context, Key.Key_I)
    importing = window.stack.current()
    assert isinstance(importing, ImportScreen)
    qtbot.waitUntil(importing.drop_area.choose_button.hasFocus)
    importing.drop_area.choose_clicked.disconnect()
    with qtbot.waitSignal(importing.drop_area.choose_clicked):
        press(qtbot, window, Key.Key_Return)


def test_file_dialogs_begin_in_a_folder_that_exists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = {"there": str(tmp_path), "gone": str(tmp_path / "gone")}
    chosen = ["there"]
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: places[chosen[0]])
    assert documents_folder() == tmp_path
    chosen[0] = "gone"
    assert documents_folder() == Path.home()


def test_screens_are_prepared_before_their_first_visit() -> None:
    script = (
        "import sys\n"
        "from learnpath.gui.screens.catalogue import prepare_screens\n"
        "class Progress:\n"
        "    def raise_if_cancelled(self): pass\n"
        "before = 'learnpath.gui.screens.credentials.screen' in sys.modules\n"
        "prepare_screens(Progress())\n"
        "print(before, 'learnpath.gui.screens.credentials.screen' in sys.modules, 'typst' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True", "False"]


def _form(title: str) -> CredentialForm:
    return CredentialForm(credential=Credential(title=title, achievement_type=AchievementType.CERTIFICATION))
