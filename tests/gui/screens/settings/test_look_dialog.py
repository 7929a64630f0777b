"""Looking into a backup by keyboard: choosing one, seeing what differs, taking records back, and every way out."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import Credential, EvidenceFile, Program, Stage
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.messages import BannerMessage
from learnpath.gui.screens.settings import look_dialog
from learnpath.gui.screens.settings.look_dialog import LookDialog
from learnpath.gui.screens.settings.screen import SettingsScreen
from learnpath.gui.shell.commands import UNDO
from learnpath.gui.shell.window import MainWindow
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.wording import moment_text
from learnpath.services.backup_look import BackupLook
from learnpath.services.backups import backup_now
from learnpath.services.credentials import CredentialForm, delete_credentials, save_credential
from learnpath.services.evidence import attach_files
from learnpath.storage.backups import Backup, backups_folder, stored_backups
from learnpath.storage.library import Library

OpenWindow = Callable[[GuiContext, QSize], MainWindow]
Key = Qt.Key
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def backup(library: Library) -> Backup:
    """A backup of three credentials and a program, of which one is gone and one is another since."""
    for title in ("AZ-104", "CySA+", "Security+"):
        _ = save_credential(library, CredentialForm(credential=Credential(title=title), issuer_name="Guild"))
    with library.change("Add") as change:
        _ = change.insert(Program(name="Cloud basics"))
    made = backup_now(library, even_unchanged=True).backup
    assert made is not None
    first, second, _ = library.all(Credential)
    _ = delete_credentials(library, [first.id])
    with library.change("Edit") as change:
        change.update(replace(second, stage=Stage.EARNED, awarded_on=PartialDate("2026-05")))
    return made


@pytest.fixture
def window(context: GuiContext, open_window: OpenWindow, qtbot: QtBot) -> MainWindow:
    """The window on its settings."""
    window = open_window(context, QSize(900, 600))
    qtbot.waitUntil(window.isActiveWindow)
    context.navigate.to_screen("settings")
    settle(context, qtbot)
    return window


def settle(context: GuiContext, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not context.operations.busy)


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key, modifier)


def open_dialog(window: MainWindow, context: GuiContext, qtbot: QtBot) -> LookDialog:
    screen = window.stack.current()
    assert isinstance(screen, SettingsScreen)
    screen.backups.refresh()
    qtbot.waitUntil(screen.backups.look.isEnabled)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    screen.backups.look.setFocus()
    press(qtbot, Key.Key_Space)
    qtbot.waitUntil(lambda: window.findChild(LookDialog) is not None)
    dialog = window.findChild(LookDialog)
    assert isinstance(dialog, LookDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    settle(context, qtbot)
    return dialog


def look(window: MainWindow, context: GuiContext, qtbot: QtBot) -> LookDialog:
    dialog = open_dialog(window, context, qtbot)
    qtbot.waitUntil(dialog.backups.hasFocus)
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is dialog.page)
    settle(context, qtbot)
    qtbot.waitUntil(lambda: titles(dialog) != [] and "" not in titles(dialog))
    return dialog


def titles(dialog: LookDialog) -> list[str]:
    model = dialog.page.model
    return [str(model.index(row, 0).data() or "") for row in range(model.rowCount())]


def told(dialog: LookDialog) -> list[str]:
    labels = dialog.page.panel.findChildren(PlainLabel)
    return [label.text() for label in labels if label.isVisibleTo(dialog)]


def leftovers(library: Library) -> list[Path]:
    return list(backups_folder(library.folder).glob(".*"))


def test_a_record_is_taken_back_by_keyboard_and_undone(
    window: MainWindow, context: GuiContext, library: Library, backup: Backup, qtbot: QtBot
) -> None:
    toasts: list[tuple[str, bool]] = []
    context.messages.toast_requested.connect(lambda text, undo: toasts.append((text, undo)))
    dialog = look(window, context, qtbot)
    assert titles(dialog) == ["AZ-104 · Guild", "CySA+ · Guild"]
    assert dialog.page.table.hasFocus()
    assert not dialog.take_button.isEnabled()
    assert leftovers(library) == []
    press(qtbot, Key.Key_Space)
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_Return)
    assert dialog.take_button.text() == "Take back 2 records"
    press(qtbot, Key.Key_Space)
    assert dialog.take_button.text() == "Take back 1 record"
    before = library.contents()
    press(qtbot, Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: bool(toasts))
    settle(context, qtbot)
    assert toasts == [(f"Took back 1 record from the backup of {moment_text(backup.made_at)}", True)]
    assert sorted(one.title for one in library.all(Credential)) == ["AZ-104", "CySA+", "Security+"]
    qtbot.waitUntil(lambda: context.actions.text(UNDO) == "Undo take AZ-104 back from a backup")
    context.actions.run(UNDO)
    settle(context, qtbot)
    assert library.contents() == before
    assert leftovers(library) == []


def test_what_differs_is_said_in_words(window: MainWindow, context: GuiContext, backup: Backup, qtbot: QtBot) -> None:
    dialog = look(window, context, qtbot)
    assert "It is no longer here. This was in it:" in told(dialog)
    press(qtbot, Key.Key_Down)
    qtbot.waitUntil(lambda: "It is here, but it was different then." in told(dialog))
    texts = told(dialog)
    place = texts.index("Stage")
    assert texts[place : place + 5] == ["Stage", "Then", "planned", "Now", "earned"]
    place = texts.index("Earned")
    assert texts[place : place + 5] == ["Earned", "Then", "nothing", "Now", "May 2026"]
    spoken = dialog.page.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "CySA+ · Guild. Kind: Credential. Here: Differs. What differs: stage, earned. not ticked"
    dialog.reject()
    settle(context, qtbot)


def test_the_filters_narrow_and_the_ticks_stay(
    window: MainWindow, context: GuiContext, backup: Backup, qtbot: QtBot
) -> None:
    dialog = look(window, context, qtbot)
    page = dialog.page
    press(qtbot, Key.Key_A, CONTROL)
    press(qtbot, Key.Key_Space)
    assert dialog.take_button.text() == "Take back 2 records"
    page.only_different.setFocus()
    press(qtbot, Key.Key_Space)
    assert titles(dialog)[:3] == ["AZ-104 · Guild", "CySA+ · Guild", ""] or len(titles(dialog)) == 4
    qtbot.waitUntil(lambda: titles(dialog) == ["AZ-104 · Guild", "CySA+ · Guild", "Security+ · Guild", "Cloud basics"])
    # What is here as it was cannot be ticked.
    page.model.toggle(page.model.ids[2:])
    assert dialog.take_button.text() == "Take back 2 records"
    page.kinds.chosen.emit("")
    page.kinds.set_current("program")
    page.kinds.chosen.emit("program")
    qtbot.waitUntil(lambda: titles(dialog) == ["Cloud basics"])
    page.kinds.set_current("")
    page.kinds.chosen.emit("")
    press(qtbot, Key.Key_F, CONTROL)
    qtbot.waitUntil(page.search.hasFocus)
    for key in (Key.Key_S, Key.Key_E, Key.Key_C):
        press(qtbot, key)
    qtbot.waitUntil(lambda: titles(dialog) == ["Security+ · Guild"])
    press(qtbot, Key.Key_Return)
    assert page.table.hasFocus()
    assert dialog.isVisible()
    assert dialog.take_button.text() == "Take back 2 records"
    page.search.setText("nothing like it")
    qtbot.waitUntil(page.no_match.isVisible)
    page.no_match.primary_clicked.emit()
    qtbot.waitUntil(lambda: len(titles(dialog)) == 4)
    dialog.reject()
    settle(context, qtbot)


def test_a_click_on_the_box_ticks_and_one_on_the_row_does_not(
    window: MainWindow, context: GuiContext, backup: Backup, qtbot: QtBot
) -> None:
    dialog = look(window, context, qtbot)
    table = dialog.page.table
    rect = table.visualRect(dialog.page.model.index(1, 0))
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(table.viewport(), left, pos=rect.center())
    assert dialog.page.model.chosen == set()
    qtbot.mouseClick(table.viewport(), left, pos=QPoint(rect.left() + 16, rect.center().y()))
    assert dialog.page.chosen() == {"credential": [context.library.all(Credential)[0].id]}
    dialog.reject()
    settle(context, qtbot)


def test_a_backup_that_is_as_the_library_says_so(
    window: MainWindow, context: GuiContext, library: Library, qtbot: QtBot
) -> None:
    _ = save_credential(library, CredentialForm(credential=Credential(title="AZ-104")))
    _ = backup_now(library)
    dialog = open_dialog(window, context, qtbot)
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(dialog.page.nothing.isVisible)
    assert not dialog.page.panel.isVisible()
    dialog.page.nothing.primary_clicked.emit()
    qtbot.waitUntil(lambda: titles(dialog) == ["AZ-104"])
    assert "It is here as it was." in told(dialog)
    press(qtbot, Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(LookDialog) is None)
    settle(context, qtbot)


def test_an_empty_backup_says_so(window: MainWindow, context: GuiContext, library: Library, qtbot: QtBot) -> None:
    _ = backup_now(library, even_unchanged=True)
    dialog = open_dialog(window, context, qtbot)
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(dialog.page.empty.isVisible)
    dialog.reject()
    settle(context, qtbot)


@pytest.mark.parametrize("missing", [False, True])
def test_a_damaged_or_missing_backup_says_so_and_others_can_be_chosen(
    window: MainWindow, context: GuiContext, library: Library, backup: Backup, qtbot: QtBot, missing: bool
) -> None:
    dialog = open_dialog(window, context, qtbot)
    if missing:
        backup.file.unlink()
    else:
        data = bytearray(backup.file.read_bytes())
        data[4096 * 3 : 4096 * 6] = bytes(4096 * 3)
        _ = backup.file.write_bytes(data)
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(dialog.problem.isVisible)
    assert dialog.problem.text.startswith(
        "There is no backup named" if missing else f"The backup {backup.name} is damaged"
    )
    assert dialog.pages.currentWidget() is dialog.backups
    assert dialog.backups.hasFocus()
    assert leftovers(library) == []
    dialog.reject()
    settle(context, qtbot)


def test_a_backup_that_goes_while_it_is_looked_at_changes_nothing(
    window: MainWindow, context: GuiContext, library: Library, backup: Backup, qtbot: QtBot
) -> None:
    dialog = look(window, context, qtbot)
    press(qtbot, Key.Key_Space)
    backup.file.unlink()
    before = library.contents()
    dialog.take_button.click()
    qtbot.waitUntil(dialog.problem.isVisible)
    assert dialog.pages.currentWidget() is dialog.page
    assert dialog.take_button.text() == "Take back 1 record"
    assert library.contents() == before
    dialog.reject()
    settle(context, qtbot)


def test_a_look_is_cancelled_at_once_and_its_copy_goes(
    window: MainWindow,
    context: GuiContext,
    library: Library,
    backup: Backup,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gate, whole = threading.Event(), look_dialog.look_into_backup

    def slow(library: Library, name: str, report: Callable[[int, int], object]) -> BackupLook:
        def wait(done: int, total: int) -> None:
            if done:
                assert gate.wait(10)
            report(done, total)

        return whole(library, name, wait)

    monkeypatch.setattr(look_dialog, "look_into_backup", slow)
    dialog = open_dialog(window, context, qtbot)
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(leftovers(library)))
    assert dialog.close_button.text() == "Cancel"
    assert dialog.close_button.hasFocus()
    dialog.close_button.click()
    assert dialog.pages.currentWidget() is dialog.backups
    assert dialog.close_button.text() == "Close"
    gate.set()
    settle(context, qtbot)
    assert dialog.pages.currentWidget() is dialog.backups
    assert leftovers(library) == []
    dialog.reject()
    settle(context, qtbot)


@pytest.mark.parametrize("by_quitting", [False, True])
def test_closing_in_the_middle_leaves_no_copy(
    window: MainWindow,
    context: GuiContext,
    library: Library,
    backup: Backup,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    by_quitting: bool,
) -> None:
    started, gate, whole = threading.Event(), threading.Event(), look_dialog.look_into_backup

    def slow(library: Library, name: str, report: Callable[[int, int], object]) -> BackupLook:
        def wait(done: int, total: int) -> None:
            if done:
                started.set()
                assert gate.wait(10)
            report(done, total)

        return whole(library, name, wait)

    monkeypatch.setattr(look_dialog, "look_into_backup", slow)
    dialog = open_dialog(window, context, qtbot)
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(started.is_set)
    assert leftovers(library)
    if by_quitting:
        timer = threading.Timer(0.05, gate.set)
        timer.start()
        context.operations.shutdown()
        timer.join()
    else:
        dialog.reject()
        gate.set()
        settle(context, qtbot)
    assert leftovers(library) == []
    assert len(stored_backups(library.folder)) == 1


def test_a_proof_whose_file_is_gone_is_named(
    window: MainWindow, context: GuiContext, library: Library, tmp_path: Path, qtbot: QtBot
) -> None:
    credential = save_credential(library, CredentialForm(credential=Credential(title="AZ-104"))).value
    _ = (tmp_path / "proof.pdf").write_bytes(b"proof")
    _ = attach_files(library, credential.id, [tmp_path / "proof.pdf"])
    _ = backup_now(library)
    proof = library.all(EvidenceFile)[0]
    _ = delete_credentials(library, [credential.id])
    (library.files_folder / proof.file_name).unlink()
    banners: list[BannerMessage] = []
    context.messages.banner_requested.connect(banners.append)
    dialog = look(window, context, qtbot)
    assert "proof.pdf (its file is gone)" in told(dialog)
    press(qtbot, Key.Key_Space)
    dialog.take_button.click()
    qtbot.waitUntil(lambda: bool(banners))
    assert banners[0].kind == "warn"
    assert banners[0].text.endswith("are no longer in the library: proof.pdf.")
    settle(context, qtbot)
    assert [one.title for one in library.all(Credential)] == ["AZ-104"]


def test_other_backups_are_looked_into_one_after_the_other(
    window: MainWindow, context: GuiContext, library: Library, backup: Backup, qtbot: QtBot
) -> None:
    newer = backup_now(library, even_unchanged=True).backup
    assert newer is not None
    dialog = open_dialog(window, context, qtbot)
    assert dialog.backups.rowCount() == 2
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(dialog.page.nothing.isVisible)
    dialog.other_button.click()
    assert dialog.backups.hasFocus()
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: titles(dialog) == ["AZ-104 · Guild", "CySA+ · Guild"])
    assert dialog.told.text().startswith(f"The backup of {moment_text(backup.made_at)}")
    assert not isinstance(QApplication.focusWidget(), QLineEdit)
    dialog.reject()
    settle(context, qtbot)


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.usefixtures("backup")
def test_the_dialog_is_no_larger_than_a_small_window(
    window: MainWindow, context: GuiContext, qtbot: QtBot, scale: float
) -> None:
    context.theme.set_scale(scale)
    dialog = look(window, context, qtbot)
    assert dialog.width() <= window.width()
    assert dialog.height() <= window.height()
    table = dialog.page.table
    qtbot.waitUntil(lambda: table.viewport().height() >= 2 * table.rowHeight(0))
    assert dialog.heading.isVisible() is (scale == 1.0)
    assert dialog.rect().contains(dialog.take_button.geometry())


@pytest.mark.usefixtures("backup")
def test_the_panel_stands_beside_the_list_in_a_large_window(
    window: MainWindow, context: GuiContext, qtbot: QtBot
) -> None:
    window.resize(QSize(1600, 1000))
    page = look(window, context, qtbot).page
    qtbot.waitUntil(lambda: page.panel.x() >= page.table.width())
    assert page.table.width() > page.panel.width()
