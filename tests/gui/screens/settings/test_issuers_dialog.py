"""Issuers by keyboard: finding one among many, giving it another name, making one of two, taking that back."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from learnpath.domain.records import Credential, Issuer
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.settings.issuer_dialog import IssuerDialog, MergeIssuersDialog
from learnpath.gui.screens.settings.issuers_dialog import IssuersDialog
from learnpath.gui.screens.settings.screen import SettingsScreen
from learnpath.gui.shell.commands import EDIT_ISSUERS
from learnpath.gui.shell.window import MainWindow
from learnpath.services.credentials import CredentialForm, save_credential
from learnpath.services.issuers import IssuerLine
from learnpath.storage.library import Library

OpenWindow = Callable[[GuiContext, QSize], MainWindow]
Key = Qt.Key
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def issuers(library: Library) -> list[Issuer]:
    """Three issuers, of which the first two have a credential each."""
    for title, issuer in (("One", "Guild"), ("Two", "Gild"), ("Three", "Gild")):
        _ = save_credential(library, CredentialForm(credential=Credential(title=title), issuer_name=issuer))
    with library.change("Add") as change:
        _ = change.insert(Issuer(name="Zeta", aliases=("Last, but not least",)))
    return library.all(Issuer)


@pytest.fixture
def window(context: GuiContext, open_window: OpenWindow, qtbot: QtBot) -> MainWindow:
    window = open_window(context, QSize(900, 600))
    qtbot.waitUntil(window.isActiveWindow)
    return window


def settle(context: GuiContext, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not context.operations.busy)


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key, modifier)


def type_text(qtbot: QtBot, text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClicks(focused, text)


def open_list(window: MainWindow, context: GuiContext, qtbot: QtBot) -> IssuersDialog:
    """Open the list as the palette does."""
    context.actions.run(EDIT_ISSUERS)
    settle(context, qtbot)
    (dialog,) = window.findChildren(IssuersDialog)
    qtbot.waitUntil(dialog.search.hasFocus)
    qtbot.waitUntil(lambda: not dialog.model.ids or dialog.model.row_at(0) is not None)
    return dialog


def shown(dialog: IssuersDialog) -> list[str]:
    rows = [dialog.model.row_at(place) for place in range(dialog.model.rowCount())]
    return [row.issuer.name for row in rows if row is not None]


def test_another_name_is_given_by_keyboard_and_taken_back(
    window: MainWindow, context: GuiContext, qtbot: QtBot, issuers: list[Issuer]
) -> None:
    dialog = open_list(window, context, qtbot)
    qtbot.waitUntil(lambda: shown(dialog) == ["Gild", "Guild", "Zeta"])
    type_text(qtbot, "guild")
    qtbot.waitUntil(lambda: shown(dialog) == ["Guild"])
    press(qtbot, Key.Key_Down)
    assert dialog.table.hasFocus()
    press(qtbot, Key.Key_F2)
    (form,) = dialog.findChildren(IssuerDialog)
    qtbot.waitUntil(form.name.hasFocus)
    press(qtbot, Key.Key_Tab)
    assert form.aliases.hasFocus()
    type_text(qtbot, "GLD, Inc.")
    press(qtbot, Key.Key_Return)
    type_text(qtbot, "The House")
    press(qtbot, Key.Key_Return, CONTROL)
    settle(context, qtbot)
    assert context.library.get(Issuer, issuers[0].id).aliases == ("GLD, Inc.", "The House")
    assert "Saved “Guild”" in dialog.note.text()
    # Without a desktop nobody brings the list to the front again.
    dialog.activateWindow()
    qtbot.waitUntil(dialog.table.hasFocus)
    press(qtbot, Key.Key_Z, CONTROL)
    settle(context, qtbot)
    assert context.library.get(Issuer, issuers[0].id).aliases == ()


def test_a_name_of_another_issuer_is_told_and_the_dialog_stays(
    window: MainWindow, context: GuiContext, qtbot: QtBot, issuers: list[Issuer]
) -> None:
    dialog = open_list(window, context, qtbot)
    assert dialog.table.select_record(issuers[0].id)
    dialog.edit_button.click()
    (form,) = dialog.findChildren(IssuerDialog)
    form.aliases.setPlainText("Gild")
    form.save_button.click()
    settle(context, qtbot)
    assert form.isVisible()
    assert form.aliases.hasFocus()
    assert context.library.get(Issuer, issuers[0].id).aliases == ()
    form.aliases.setPlainText("")
    form.name.setText("Guild of smiths")
    form.save_button.click()
    settle(context, qtbot)
    renamed = context.library.get(Issuer, issuers[0].id)
    assert (renamed.name, renamed.aliases) == ("Guild of smiths", ("Guild",))


def test_one_issuer_is_merged_into_another_that_is_typed(
    window: MainWindow, context: GuiContext, qtbot: QtBot, issuers: list[Issuer]
) -> None:
    guild, gild, _ = issuers
    dialog = open_list(window, context, qtbot)
    assert dialog.table.select_record(gild.id)
    dialog.merge_button.click()
    (form,) = dialog.findChildren(MergeIssuersDialog)
    qtbot.waitUntil(form.kept.hasFocus)
    form.save_button.click()
    assert form.isVisible()
    assert form.told.text() == "The names of what is merged become other names of the issuer that stays."
    form.kept.setEditText("guild")
    assert form.told.text() == "“Gild” becomes another name of “Guild”."
    form.save_button.click()
    settle(context, qtbot)
    assert {one.issuer_id for one in context.library.all(Credential)} == {guild.id}
    assert context.library.get(Issuer, guild.id).aliases == ("Gild",)
    qtbot.waitUntil(lambda: shown(dialog) == ["Guild", "Zeta"])
    assert dialog.table.current_id == guild.id


def test_of_selected_issuers_the_one_with_most_records_is_offered_to_stay(
    window: MainWindow, context: GuiContext, qtbot: QtBot, issuers: list[Issuer]
) -> None:
    dialog = open_list(window, context, qtbot)
    qtbot.waitUntil(lambda: len(shown(dialog)) == 3)
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_Down, SHIFT)
    press(qtbot, Key.Key_Down, SHIFT)
    assert dialog.merge_button.text() == "Merge 3…"
    assert not dialog.edit_button.isEnabled()
    dialog.merge_button.click()
    (form,) = dialog.findChildren(MergeIssuersDialog)
    assert form.kept.currentText() == "Gild"
    form.kept.setCurrentText("Zeta")
    assert "become other names of “Zeta”." in form.told.text()
    assert "“Zeta”," not in form.told.text()
    form.kept.setCurrentText("Gild")
    assert form.told.text() == "“Guild”, “Zeta” become other names of “Gild”."
    form.save_button.click()
    settle(context, qtbot)
    (kept,) = context.library.all(Issuer)
    assert kept.aliases == ("Guild", "Zeta", "Last, but not least")


def test_other_names_are_searched_and_nothing_found_is_told(
    window: MainWindow, context: GuiContext, qtbot: QtBot, issuers: list[Issuer]
) -> None:
    dialog = open_list(window, context, qtbot)
    type_text(qtbot, "least last")
    qtbot.waitUntil(lambda: shown(dialog) == ["Zeta"])
    type_text(qtbot, " never")
    assert dialog.no_match.isVisible()
    assert not dialog.edit_button.isEnabled()
    assert not dialog.merge_button.isEnabled()
    press(qtbot, Key.Key_Escape)
    qtbot.waitUntil(lambda: len(shown(dialog)) == 3)
    press(qtbot, Key.Key_Escape)
    assert not dialog.isVisible()


def test_without_issuers_the_list_says_where_they_come_from(
    window: MainWindow, context: GuiContext, qtbot: QtBot
) -> None:
    dialog = open_list(window, context, qtbot)
    assert dialog.empty.isVisible()
    assert not dialog.merge_button.isEnabled()


def test_a_thousand_issuers_are_narrowed_at_once(
    window: MainWindow, context: GuiContext, qtbot: QtBot, library: Library
) -> None:
    with library.change("Add") as change:
        _ = change.insert_many([Issuer(name=f"House {number}", aliases=(f"H{number}",)) for number in range(1000)])
    dialog = open_list(window, context, qtbot)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1000)
    dialog.search.setText("house 99")
    assert dialog.model.rowCount() == 19
    dialog.search.setText("h7 ")
    assert dialog.model.rowCount() == 111


def test_the_settings_lead_to_the_list(
    window: MainWindow, context: GuiContext, qtbot: QtBot, issuers: list[Issuer]
) -> None:
    context.navigate.to_screen("settings")
    screen = window.stack.current()
    assert isinstance(screen, SettingsScreen)
    screen.search.setText("issuer names")
    assert screen.issuers.card.isVisible()
    screen.issuers.edit.click()
    settle(context, qtbot)
    assert len(window.findChildren(IssuersDialog)) == 1


def test_a_name_with_braces_is_only_a_name(context: GuiContext, qtbot: QtBot) -> None:
    issuers = Issuer(id=1, name="{Code} Academy {0}"), Issuer(id=2, name="Guild")
    lines = [IssuerLine(issuer=one, programs=0, credentials=1) for one in issuers]
    dialog = MergeIssuersDialog(context.theme, lines, lines[:1])
    qtbot.addWidget(dialog)
    assert dialog.windowTitle() == "Merge “{Code} Academy {0}”"
