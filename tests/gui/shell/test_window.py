"""The frame as a person meets it: places, keys, changes, files, and how it comes back."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.gui.shell.small_screens import ListScreen, Names, PlainScreen, Records, Today, make_factories

from learnpath.domain.changes import ChangeSet
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.messages import MessageAction
from learnpath.gui.infra.navigation import Place
from learnpath.gui.shell import commands as ids
from learnpath.gui.shell.help_dialog import HelpDialog
from learnpath.gui.shell.navigation_pane import SavedViewEntry
from learnpath.gui.shell.window import MainWindow

Key = Qt.Key
Modifier = Qt.KeyboardModifier


def screen(window: MainWindow, screen_id: str) -> ListScreen:
    return cast("ListScreen", window.stack.visit(screen_id))


def store(context: GuiContext) -> Names:
    return cast("Names", cast("object", context.library))


def idle(qtbot: QtBot, context: GuiContext) -> None:
    qtbot.waitUntil(lambda: not context.operations.busy)


def current(window: MainWindow) -> str:
    now = window.stack.current()
    return "" if now is None else now.screen_id


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
    qtbot.keyClick(window.focusWidget() or window, key, modifier)


# Places -----------------------------------------------------------------------------------------------------------


def test_screens_are_made_on_their_first_visit(window: MainWindow, context: GuiContext) -> None:
    assert [one.screen_id for one in window.stack.visited()] == ["overview"]
    context.navigate.to_screen("credentials")
    assert [one.screen_id for one in window.stack.visited()] == ["overview", "credentials"]
    first = window.stack.current()
    context.navigate.to_screen("overview")
    context.navigate.to_screen("credentials")
    assert window.stack.current() is first


def test_a_click_in_the_navigation_leads_to_the_screen(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(window.navigation.button("credentials"), Qt.MouseButton.LeftButton)
    assert current(window) == "credentials"
    assert window.navigation.button("credentials").isChecked()
    assert not window.navigation.button("overview").isChecked()
    assert window.top_bar.title.text() == "Credentials"
    assert window.windowTitle() == "Credentials – Learnpath"


@pytest.mark.parametrize(
    ("key", "modifier", "expected"),
    [
        (Key.Key_2, Modifier.ControlModifier, "credentials"),
        (Key.Key_I, Modifier.ControlModifier, "importing"),
        (Key.Key_Comma, Modifier.ControlModifier, "settings"),
    ],
)
def test_keys_lead_to_screens(
    qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier, expected: str
) -> None:
    press(qtbot, window, key, modifier)
    assert current(window) == expected


def test_back_and_forward_keys(qtbot: QtBot, window: MainWindow, context: GuiContext) -> None:
    assert not context.actions.action(ids.BACK).isEnabled()
    context.navigate.to_screen("credentials")
    press(qtbot, window, Key.Key_Left, Modifier.AltModifier)
    assert current(window) == "overview"
    assert context.actions.action(ids.FORWARD).isEnabled()
    press(qtbot, window, Key.Key_Right, Modifier.AltModifier)
    assert current(window) == "credentials"


def test_a_record_opens_on_its_screen(window: MainWindow, context: GuiContext) -> None:
    assert context.navigate.to_record("credential", 42)
    assert current(window) == "credentials"
    assert screen(window, "credentials").shown == [42]
    assert not context.navigate.to_record("unknown", 1)


def test_the_top_bar_offers_the_commands_of_the_screen(window: MainWindow, context: GuiContext) -> None:
    bar = window.top_bar
    assert (bar.primary.text(), bar.secondary.text()) == ("Add credential", "Log study time")
    assert bar.primary.toolTip() == "Add credential (Ctrl+N)"
    context.navigate.to_screen("settings")
    assert bar.primary.isHidden()
    assert bar.secondary.isHidden()
    context.navigate.to_screen("overview")
    bar.secondary.click()
    assert screen(window, "overview").commands == [ids.LOG_STUDY_TIME]


def test_the_title_stays_whole_where_the_second_button_has_no_room(window: MainWindow) -> None:
    bar = window.top_bar
    bar.resize(700, bar.height())
    assert (bar.title.text(), bar.secondary.isHidden()) == ("Overview", False)
    bar.resize(440, bar.height())
    assert (bar.title.text(), bar.secondary.isHidden(), bar.primary.isHidden()) == ("Overview", True, False)


def test_exactly_one_button_is_primary(window: MainWindow) -> None:
    primary = [button for button in window.findChildren(QPushButton) if button.property("primary")]
    assert primary == [window.top_bar.primary]


def test_the_focus_starts_in_the_screen(window: MainWindow) -> None:
    assert screen(window, "overview").list.hasFocus()


def test_the_focus_follows_into_the_next_screen(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Key.Key_2, Modifier.ControlModifier)
    assert screen(window, "credentials").list.hasFocus()


# Commands ---------------------------------------------------------------------------------------------------------


def test_a_screen_command_goes_to_its_screen_first(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Key.Key_N, Modifier.ControlModifier)
    assert current(window) == "credentials"
    assert screen(window, "credentials").commands == [ids.ADD_CREDENTIAL]


def test_record_commands_go_to_the_screen_in_view(qtbot: QtBot, window: MainWindow, context: GuiContext) -> None:
    shown = screen(window, "overview")
    shown.list.setCurrentRow(-1)
    assert not context.actions.action(ids.EDIT).isEnabled()
    shown.list.setCurrentRow(0)
    assert context.actions.action(ids.EDIT).isEnabled()
    for key in (Key.Key_F2, Key.Key_Space, Key.Key_Delete):
        qtbot.keyClick(shown.list, key)
    assert shown.commands == [ids.EDIT, ids.TOGGLE_DONE, ids.REMOVE]
    context.navigate.to_screen("settings")
    assert not context.actions.action(ids.EDIT).isEnabled()


def test_space_outside_the_list_is_left_to_the_widget(qtbot: QtBot, window: MainWindow) -> None:
    shown = screen(window, "overview")
    shown.list.setCurrentRow(0)
    window.top_bar.secondary.setFocus()
    qtbot.keyClick(window.top_bar.secondary, Key.Key_Space)
    assert shown.commands == [ids.LOG_STUDY_TIME]


def test_find_focuses_the_search_of_the_screen_or_the_palette(
    qtbot: QtBot, window: MainWindow, context: GuiContext
) -> None:
    press(qtbot, window, Key.Key_F, Modifier.ControlModifier)
    assert screen(window, "overview").list.hasFocus()
    context.navigate.to_screen("settings")
    press(qtbot, window, Key.Key_F, Modifier.ControlModifier)
    assert window.top_bar.field.hasFocus()


def menus(window: MainWindow) -> list[QMenu]:
    found = [action.menu() for action in window.menuBar().actions()]
    return [menu for menu in found if isinstance(menu, QMenu)]


def test_every_command_is_in_a_menu_or_has_keys(window: MainWindow, context: GuiContext) -> None:
    in_menus = {action.objectName() for menu in menus(window) for action in menu.actions()} - {""}
    assert [menu.title() for menu in menus(window)] == ["&File", "&Edit", "&View", "&Go", "&Help"]
    assert {command.id for command in context.actions if not command.shortcuts} <= in_menus
    assert {command.id for command in context.actions if command.menu} == in_menus


def test_the_roles_that_macos_moves_are_set(context: GuiContext, window: MainWindow) -> None:
    roles = {one: context.actions.action(one).menuRole() for one in (ids.OPEN_SETTINGS, ids.QUIT, ids.EDIT)}
    assert roles == {
        ids.OPEN_SETTINGS: QAction.MenuRole.PreferencesRole,
        ids.QUIT: QAction.MenuRole.QuitRole,
        ids.EDIT: QAction.MenuRole.NoRole,
    }


def test_the_keys_are_those_of_the_house(context: GuiContext, window: MainWindow) -> None:
    keys = {command.id: command.shortcuts for command in context.actions if command.shortcuts}
    assert keys == {
        ids.ADD_CREDENTIAL: ("Ctrl+N",),
        ids.LOG_STUDY_TIME: ("Ctrl+L",),
        ids.OPEN_IMPORT: ("Ctrl+I",),
        ids.OPEN_SETTINGS: ("Ctrl+,",),
        ids.QUIT: ("Ctrl+Q",),
        ids.UNDO: ("Ctrl+Z",),
        ids.REDO: ("Ctrl+Y", "Ctrl+Shift+Z"),
        ids.EDIT: ("F2",),
        ids.TOGGLE_DONE: ("Space",),
        ids.REMOVE: ("Del",),
        ids.RECORD_HISTORY: ("Ctrl+Shift+H",),
        ids.FIND: ("Ctrl+F",),
        ids.PALETTE: ("Ctrl+K", "Ctrl+Shift+P"),
        ids.BACK: ("Alt+Left",),
        ids.FORWARD: ("Alt+Right",),
        ids.SHORTCUTS: ("F1",),
        "go.overview": ("Ctrl+1",),
        "go.credentials": ("Ctrl+2",),
    }


def test_help_lists_the_shortcuts_and_the_folder(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    press(qtbot, window, Key.Key_F1)
    dialog = window.findChild(QDialog)
    assert isinstance(dialog, HelpDialog)
    rows = [
        (dialog.table.model().index(row, 0).data(), dialog.table.model().index(row, 1).data())
        for row in range(dialog.table.rowCount())
    ]
    assert ("Redo", "Ctrl+Y, Ctrl+Shift+Z") in rows
    assert dialog.table.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).count(":") == 1
    assert any(str(tmp_path) in label.text() for label in dialog.findChildren(type(window.top_bar.title)))
    dialog.reject()


# Changes ----------------------------------------------------------------------------------------------------------


def test_the_screen_in_view_refreshes_and_a_hidden_one_waits(
    qtbot: QtBot, window: MainWindow, context: GuiContext
) -> None:
    context.navigate.to_screen("credentials")
    context.navigate.to_screen("overview")
    idle(qtbot, context)
    shown, hidden = screen(window, "overview"), screen(window, "credentials")
    window.stack.visit("overview")
    shown.refreshes.clear()
    hidden.refreshes.clear()
    context.operations.change(partial(store(context).add, "AZ-104"))
    idle(qtbot, context)
    assert [change.label for change in shown.refreshes if change] == ["Add AZ-104"]
    assert shown.list.count() == 3
    assert hidden.refreshes == []
    assert hidden.stale
    context.navigate.to_screen("credentials")
    idle(qtbot, context)
    assert hidden.refreshes == [None]
    assert hidden.list.count() == 3
    context.navigate.to_screen("overview")
    context.navigate.to_screen("credentials")
    assert hidden.refreshes == [None]


def test_a_change_of_other_kinds_touches_nobody(window: MainWindow, context: GuiContext) -> None:
    shown = screen(window, "overview")
    shown.refreshes.clear()
    context.bus.publish(ChangeSet("Name", frozenset({"profile"}), frozenset()))
    assert shown.refreshes == []
    assert not shown.stale


def test_a_new_day_refreshes_everything(qtbot: QtBot, window: MainWindow, context: GuiContext, today: Today) -> None:
    context.navigate.to_screen("credentials")
    context.navigate.to_screen("overview")
    idle(qtbot, context)
    shown, hidden = window.stack.visited()
    cast("ListScreen", shown).refreshes.clear()
    window._check_day()  # pyright: ignore[reportPrivateUsage]
    assert cast("ListScreen", shown).refreshes == []
    today.day += timedelta(days=1)
    window._check_day()  # pyright: ignore[reportPrivateUsage]
    assert cast("ListScreen", shown).refreshes == [None]
    assert hidden.stale


def test_undo_and_redo_say_what_they_do(qtbot: QtBot, window: MainWindow, context: GuiContext) -> None:
    actions = context.actions
    assert not actions.action(ids.UNDO).isEnabled()
    context.operations.change(partial(store(context).add, "R&D badge"), toast="Added R&D badge")
    idle(qtbot, context)
    assert actions.text(ids.UNDO) == "Undo add R&D badge"
    assert actions.action(ids.UNDO).isEnabled()
    assert not actions.action(ids.REDO).isEnabled()
    press(qtbot, window, Key.Key_Z, Modifier.ControlModifier)
    idle(qtbot, context)
    assert store(context).names == ["Docker Foundations", "Security+"]
    assert window.messages.toast.text == "Took back: Add R&D badge"
    assert actions.text(ids.UNDO) == "Undo"
    assert actions.text(ids.REDO) == "Redo add R&D badge"
    for key, modifier, count in (
        (Key.Key_Y, Modifier.ControlModifier, 3),
        (Key.Key_Z, Modifier.ControlModifier, 2),
        (Key.Key_Z, Modifier.ControlModifier | Modifier.ShiftModifier, 3),
    ):
        press(qtbot, window, key, modifier)
        idle(qtbot, context)
        assert len(store(context).names) == count
    assert window.messages.toast.text == "Done again: Add R&D badge"


def test_a_text_field_keeps_ctrl_z_only_while_it_has_something_to_undo(
    qtbot: QtBot, window: MainWindow, context: GuiContext
) -> None:
    context.operations.change(partial(store(context).add, "AZ-104"))
    idle(qtbot, context)
    field = window.top_bar.field
    field.setFocus()
    qtbot.keyClicks(field, "abc")
    qtbot.keyClick(field, Key.Key_Z, Modifier.ControlModifier)
    idle(qtbot, context)
    assert field.text() == ""
    assert len(store(context).names) == 3
    qtbot.keyClick(field, Key.Key_Z, Modifier.ControlModifier)
    idle(qtbot, context)
    assert len(store(context).names) == 2


# Messages ---------------------------------------------------------------------------------------------------------


def test_the_toast_takes_its_own_change_back(qtbot: QtBot, window: MainWindow, context: GuiContext) -> None:
    context.operations.change(partial(store(context).add, "AZ-104"), toast="Added AZ-104")
    idle(qtbot, context)
    toast = window.messages.toast
    assert toast.isVisible()
    assert toast.text == "Added AZ-104"
    idle(qtbot, context)
    undo = next(button for button in toast.findChildren(QPushButton) if button.text() == "Undo")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    idle(qtbot, context)
    assert len(store(context).names) == 2


def test_the_toast_works_before_the_menu_knows_of_the_change(
    qtbot: QtBot, window: MainWindow, context: GuiContext
) -> None:
    store(context).add("AZ-104")
    context.messages.toast("Added AZ-104")
    assert not context.actions.action(ids.UNDO).isEnabled()
    window.messages.toast.action_clicked.emit()
    idle(qtbot, context)
    assert len(store(context).names) == 2


def test_a_later_change_takes_the_old_undo_away(qtbot: QtBot, window: MainWindow, context: GuiContext) -> None:
    context.operations.change(partial(store(context).add, "AZ-104"), toast="Added AZ-104")
    context.operations.change(partial(store(context).add, "SC-200"))
    idle(qtbot, context)
    assert not window.messages.toast.isVisible()
    context.messages.toast("Copied 3 rows", undo=False)
    context.operations.change(partial(store(context).add, "CKA"))
    idle(qtbot, context)
    assert window.messages.toast.isVisible()


def test_a_banner_shows_sentence_hint_and_button(window: MainWindow, context: GuiContext) -> None:
    ran: list[str] = []
    area = window.messages
    assert not area.frame.isVisible()
    context.messages.banner(
        "The backup failed.", "warn", (MessageAction("Try again", partial(ran.append, "again")),), hint="Free space."
    )
    assert area.frame.isVisible()
    assert area.banner.text == "The backup failed. Free space."
    button = next(one for one in area.banner.findChildren(QPushButton) if one.text() == "Try again")
    button.click()
    assert ran == ["again"]
    assert not area.frame.isVisible()
    context.messages.banner("Again.")
    context.messages.dismiss_banner()
    assert not area.frame.isVisible()


# Files ------------------------------------------------------------------------------------------------------------


def mime(*urls: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    return data


def drop(window: MainWindow, data: QMimeData) -> bool:
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPointF(400, 300), copy, data, left, Modifier.NoModifier)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(400, 300), copy, data, left, Modifier.NoModifier))
    return enter.isAccepted()


def test_dropped_files_reach_the_import_screen(window: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    assert drop(window, mime(QUrl.fromLocalFile(str(file)).toString(), "https://example.org/a.csv"))
    assert current(window) == "importing"
    assert cast("PlainScreen", window.stack.current()).files == [file]


def test_a_dropped_address_is_not_taken(window: MainWindow) -> None:
    assert not drop(window, mime("https://example.org/a.csv"))
    assert current(window) == "overview"


def test_being_activated_without_files_stays_where_it_is(window: MainWindow) -> None:
    window.open_files([])
    assert current(window) == "overview"


def test_without_an_import_screen_files_are_announced(qtbot: QtBot, context: GuiContext, tmp_path: Path) -> None:
    factories = [factory for factory in make_factories() if not factory.takes_files]
    window = MainWindow(context, factories)
    qtbot.addWidget(window)
    window.restore()
    with qtbot.waitSignal(window.files_dropped) as dropped:
        window.open_files([tmp_path / "a.csv"])
    assert dropped.args == [[tmp_path / "a.csv"]]


# Navigation -------------------------------------------------------------------------------------------------------


def test_counts_are_shown_and_spoken(window: MainWindow) -> None:
    button = window.navigation.button("credentials")
    window.set_count("credentials", 38)
    assert (button.hint, button.urgent, button.accessibleName()) == ("38", False, "Credentials, 38")
    window.set_count("credentials", 2, urgent=True)
    assert (button.hint, button.urgent) == ("2", True)
    assert button.accessibleName() == "Credentials, 2 urgent"
    window.set_count("credentials", 0, urgent=True)
    assert (button.hint, button.urgent, button.accessibleName()) == ("", False, "Credentials")
    window.set_count("not there", 3)


def test_the_foot_shows_its_keys(window: MainWindow) -> None:
    assert window.navigation.button("importing").hint == "Ctrl I"
    assert window.navigation.button("importing").text() == "Import…"


def test_saved_views_appear_only_when_there_are_any(qtbot: QtBot, window: MainWindow) -> None:
    caption = window.navigation._caption  # pyright: ignore[reportPrivateUsage]
    window.resize(1320, 840)
    qtbot.waitUntil(lambda: not window.navigation.narrow)
    assert not caption.isVisible()
    window.set_saved_views([SavedViewEntry("v1", "Expiring in 90 days", 4), SavedViewEntry("v2", "No proof")])
    assert caption.isVisible()
    views = window.navigation._views  # pyright: ignore[reportPrivateUsage]
    assert [(view.text(), view.hint) for view in views] == [("Expiring in 90 days", "4"), ("No proof", "")]
    with qtbot.waitSignal(window.saved_view_chosen) as chosen:
        qtbot.mouseClick(views[1], Qt.MouseButton.LeftButton)
    assert chosen.args == ["v2"]
    window.set_saved_views([])
    assert not caption.isVisible()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_top_bar_fits_a_small_window_at_every_text_size(
    qtbot: QtBot, window: MainWindow, context: GuiContext, scale: float
) -> None:
    context.theme.set_scale(scale)
    window.resize(900, 600)
    bar = window.top_bar
    qtbot.waitUntil(lambda: bar.minimumSizeHint().width() <= bar.width())
    for button in (bar.secondary, bar.primary):
        assert button.width() >= button.minimumSizeHint().width()
        assert button.mapTo(window, QPoint(button.width(), 0)).x() <= 900


def test_a_narrow_window_keeps_the_icons_and_clips_nothing(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1320, 840)
    assert not window.navigation.narrow
    window.resize(900, 600)
    qtbot.waitUntil(lambda: window.navigation.narrow)
    assert window.width() == 900
    assert window.navigation.button("credentials").toolTip() == "Credentials"
    for widget in (window.top_bar.field, window.top_bar.secondary, window.top_bar.primary):
        assert widget.width() >= widget.minimumSizeHint().width() or widget is window.top_bar.field
        corner = widget.mapTo(window, QPoint(widget.width(), widget.height()))
        assert corner.x() <= 900
    window.resize(1320, 840)
    qtbot.waitUntil(lambda: not window.navigation.narrow)


# Restoring --------------------------------------------------------------------------------------------------------


def test_the_window_comes_back_as_it_was_left(
    qtbot: QtBot, window: MainWindow, context: GuiContext, records: Records
) -> None:
    screen(window, "overview").list.setCurrentRow(1)
    context.navigate.to_screen("credentials")
    idle(qtbot, context)
    screen(window, "credentials").list.setCurrentRow(0)
    window.setGeometry(30, 40, 700, 560)
    size = window.size()
    window.close()
    actions = type(context.actions)(context.icons)
    navigate = type(context.navigate)()
    again = MainWindow(
        GuiContext(
            library=context.library,
            operations=context.operations,
            bus=context.bus,
            actions=actions,
            theme=context.theme,
            icons=context.icons,
            settings=context.settings,
            messages=context.messages,
            navigate=navigate,
            backups=context.backups,
            today=context.today,
        ),
        make_factories(),
        records,
    )
    qtbot.addWidget(again)
    again.restore()
    assert current(again) == "credentials"
    assert screen(again, "credentials").restored == {"row": 0}
    assert again.size() == size
    assert (again.x(), again.y()) == (30, 40)
    again.save()
    navigate.to_screen("overview")
    assert screen(again, "overview").restored == {"row": 1}


def test_an_unknown_last_screen_leads_to_the_first(qtbot: QtBot, context: GuiContext) -> None:
    context.settings.set("session", {"screen": "gone", "geometry": [90000, 90000, 99999, 99999]})
    window = MainWindow(context, make_factories())
    qtbot.addWidget(window)
    window.restore()
    assert current(window) == "overview"
    area = window.screen().availableGeometry()
    assert area.contains(window.geometry())
    assert context.navigate.place == Place("overview")


# Accessibility ----------------------------------------------------------------------------------------------------


def test_everything_that_takes_the_focus_has_a_name(qtbot: QtBot, window: MainWindow, context: GuiContext) -> None:
    context.messages.banner("Something happened.", "info", (MessageAction("Look", lambda: None),))
    context.messages.toast("Added Security+")
    window.set_saved_views([SavedViewEntry("v", "Expiring in 90 days", 4)])
    window.palette_list.open()
    for screen_id in ("overview", "credentials", "importing", "settings"):
        context.navigate.to_screen(screen_id)
        focusable = [
            widget
            for widget in window.findChildren(QWidget)
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        assert len(focusable) > 5
        for widget in focusable:
            interface = QAccessible.queryAccessibleInterface(widget)
            assert interface is not None
            assert interface.text(QAccessible.Text.Name), f"{type(widget).__name__} has no name"
    idle(qtbot, context)


def test_states_reach_screens_that_are_already_open(window: MainWindow) -> None:
    window.stack.restore_states({"overview": {"row": 1}, "credentials": {"row": 0}})
    assert screen(window, "overview").restored == {"row": 1}
    assert screen(window, "credentials").restored == {"row": 0}


def test_a_place_without_entry_leaves_the_navigation_unmarked(window: MainWindow) -> None:
    window.navigation.select("elsewhere")
    assert not window.navigation.button("overview").isChecked()
    window.navigation.select("overview")
    assert window.navigation.button("overview").isChecked()
