"""The card Backups by what a person does: seeing how old the newest is, making one, choosing one to go back to."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from learnpath.domain.records import Tag
from learnpath.gui.infra.backup_timer import BACKUP_EVERY_MINUTES, BEAT_MINUTES
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.messages import BannerMessage
from learnpath.gui.restore_at_start import choose_restore, chosen_restore, restore_chosen
from learnpath.gui.screens.settings.restore_dialog import RestoreDialog
from learnpath.gui.screens.settings.screen import SettingsScreen
from learnpath.gui.widgets.wording import age_text, moment_text
from learnpath.paths import paths_below
from learnpath.services.backups import backup_now
from learnpath.services.libraries import open_library
from learnpath.settings import RESTORE, Settings
from learnpath.storage.backups import Backup, backups_folder, stored_backups
from learnpath.storage.library import Library

Open = Callable[[GuiContext], SettingsScreen]


@pytest.fixture
def open_screen(qtbot: QtBot, tmp_path: Path) -> Open:
    def show(context: GuiContext) -> SettingsScreen:
        screen = SettingsScreen(context, paths_below(tmp_path / "home"))
        qtbot.addWidget(screen)
        screen.resize(840, 520)
        screen.show()
        qtbot.waitExposed(screen)
        settle(qtbot, context)
        return screen

    return show


def settle(qtbot: QtBot, context: GuiContext) -> None:
    qtbot.waitUntil(lambda: not context.operations.busy)


def add_tag(library: Library, name: str) -> None:
    with library.change(f"Add {name}") as change:
        _ = change.insert(Tag(name=name))


def made_backup(library: Library) -> Backup:
    backup = backup_now(library, even_unchanged=True).backup
    assert backup is not None
    return backup


def open_dialog(screen: SettingsScreen, qtbot: QtBot) -> RestoreDialog:
    screen.backups.restore.click()
    qtbot.waitUntil(lambda: screen.findChild(RestoreDialog) is not None)
    dialog = screen.findChild(RestoreDialog)
    assert isinstance(dialog, RestoreDialog)
    return dialog


def test_without_a_backup_there_is_nothing_to_show_or_restore(open_screen: Open, context: GuiContext) -> None:
    card = open_screen(context).backups
    assert card.newest.note.text() == "None yet."
    assert (card.show_folder.isEnabled(), card.restore.isEnabled(), card.back_up.isEnabled()) == (False, False, True)
    assert not card.keep_present.isVisible()


def test_a_backup_is_made_at_once_and_told(open_screen: Open, context: GuiContext, qtbot: QtBot) -> None:
    toasts: list[tuple[str, bool]] = []
    context.messages.toast_requested.connect(lambda text, undo: toasts.append((text, undo)))
    add_tag(context.library, "one")
    card = open_screen(context).backups
    assert card.newest.note.text() == "None yet. The next one is made by itself."
    card.back_up.click()
    card.back_up.click()
    assert card.newest.note.text() == "Making and checking a backup…"
    qtbot.waitUntil(lambda: card.newest.note.text() == "Made just now, verified · 1 backup")
    settle(qtbot, context)
    assert len(stored_backups(context.library.folder)) == 1
    assert toasts == [("Backup made and checked", False)]
    assert card.show_folder.isEnabled()


def test_what_happened_meanwhile_is_seen_when_the_screen_is_shown_again(
    open_screen: Open, context: GuiContext, qtbot: QtBot
) -> None:
    screen = open_screen(context)
    screen.hide()
    add_tag(context.library, "one")
    _ = made_backup(context.library)
    add_tag(context.library, "two")
    screen.show()
    text = "Made just now, verified · 1 backup · newer changes are not in it yet"
    qtbot.waitUntil(lambda: screen.backups.newest.note.text() == text)
    settle(qtbot, context)


def test_a_backup_that_fails_says_why_until_one_works(open_screen: Open, context: GuiContext, qtbot: QtBot) -> None:
    banners: list[BannerMessage] = []
    context.messages.banner_requested.connect(banners.append)
    add_tag(context.library, "one")
    place = backups_folder(context.library.folder)
    _ = place.write_text("in the way")
    card = open_screen(context).backups
    card.back_up.click()
    qtbot.waitUntil(lambda: bool(banners))
    settle(qtbot, context)
    assert banners[0].kind == "error"
    failure = context.backups.failure
    assert failure is not None
    time = f"{failure.at.astimezone():%H:%M}"
    told = f"The last try at {time} failed. {banners[0].text}\nThere is no good backup yet."
    assert card.newest.note.text() == told
    card.refresh()
    settle(qtbot, context)
    assert card.newest.note.text() == told
    assert len(banners) == 1
    place.unlink()
    _ = made_backup(context.library)
    card.refresh()
    qtbot.waitUntil(lambda: card.newest.note.text() == "Made just now, verified · 1 backup")
    settle(qtbot, context)


def test_what_the_timer_could_not_do_is_seen_with_the_newest_good_backup(
    open_screen: Open, context: GuiContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    banners: list[BannerMessage] = []
    context.messages.banner_requested.connect(banners.append)
    _ = made_backup(context.library)
    add_tag(context.library, "one")
    card = open_screen(context).backups
    context.backups.start()
    clock = context.backups.findChild(QTimer)
    assert clock is not None

    def refuse(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", refuse)
        for _ in range(2 * BACKUP_EVERY_MINUTES // BEAT_MINUTES):
            clock.timeout.emit()
            settle(qtbot, context)
    context.backups.stop()
    assert len(banners) == 1
    failure = context.backups.failure
    assert failure is not None
    assert card.newest.note.text() == (
        f"The last try at {failure.at.astimezone():%H:%M} failed. {failure.error.message}\n"
        "Newest good backup: just now · 1 backup"
    )
    assert "full" in failure.error.message
    card.back_up.click()
    qtbot.waitUntil(lambda: card.newest.note.text() == "Made just now, verified · 2 backups")
    settle(qtbot, context)


def test_the_folder_of_backups_is_shown(
    open_screen: Open, context: GuiContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    _ = made_backup(context.library)
    open_screen(context).backups.show_folder.click()
    assert opened[0].toLocalFile() == str(backups_folder(context.library.folder))


def test_a_backup_is_chosen_by_keyboard_and_the_choice_taken_back(
    open_screen: Open, context: GuiContext, qtbot: QtBot
) -> None:
    banners: list[BannerMessage] = []
    context.messages.banner_requested.connect(banners.append)
    folder = context.library.folder
    older = made_backup(context.library)
    _ = made_backup(context.library)
    screen = open_screen(context)
    card = screen.backups
    dialog = open_dialog(screen, qtbot)
    assert dialog.table.rowCount() == 2
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    name = stored_backups(folder)[1].name
    assert chosen_restore(context.settings, folder) == name
    assert banners[0].kind == "ok"
    assert moment_text(older.made_at)[:-2] in card.going_back.note.text()
    assert (card.keep_present.isVisible(), card.restore.isVisible()) == (True, False)
    card.keep_present.click()
    assert chosen_restore(context.settings, folder) == ""
    assert (card.keep_present.isVisible(), card.restore.isVisible()) == (False, True)
    assert card.going_back.note.text() == ("Take single records back, or restore all of it; what is there now is kept.")
    settle(qtbot, context)


def test_leaving_the_dialog_chooses_nothing(open_screen: Open, context: GuiContext, qtbot: QtBot) -> None:
    _ = made_backup(context.library)
    screen = open_screen(context)
    qtbot.keyClick(open_dialog(screen, qtbot), Qt.Key.Key_Escape)
    assert chosen_restore(context.settings, context.library.folder) == ""
    settle(qtbot, context)


def test_a_damaged_backup_cannot_be_chosen(open_screen: Open, context: GuiContext, qtbot: QtBot) -> None:
    backup = made_backup(context.library)
    _ = backup.file.write_bytes(b"no library")
    screen = open_screen(context)
    dialog = open_dialog(screen, qtbot)
    item = dialog.table.item(0, 1)
    assert item is not None
    assert item.text() == "Cannot be opened"
    assert not dialog.restore_button.isEnabled()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert chosen_restore(context.settings, context.library.folder) == ""
    dialog.reject()
    settle(qtbot, context)


def test_the_next_start_restores_the_choice_once(tmp_path: Path) -> None:
    folder, settings = tmp_path / "library", Settings(tmp_path / "settings.json")
    library = open_library(folder)
    add_tag(library, "one")
    backup = made_backup(library)
    add_tag(library, "two")
    library.close()
    choose_restore(settings, folder, backup.name)
    assert restore_chosen(settings, tmp_path / "another") is None
    told = restore_chosen(Settings(tmp_path / "settings.json"), folder)
    assert told is not None
    assert told.text == (
        f"Restored the backup of {moment_text(backup.made_at)}. What was there before is kept in backups."
    )
    assert restore_chosen(Settings(tmp_path / "settings.json"), folder) is None
    library = open_library(folder)
    assert [tag.name for tag in library.all(Tag)] == ["one"]
    assert len(stored_backups(folder)) == 2
    library.close()


def test_a_choice_that_cannot_be_restored_is_told_once_and_changes_nothing(library: Library, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    choose_restore(settings, library.folder, made_backup(library).name)
    told = restore_chosen(settings, library.folder)
    assert told is not None
    assert told.kind == "error"
    assert told.text.startswith("The backup was not restored; the library is as it was. ")
    assert restore_chosen(settings, library.folder) is None


def test_a_choice_that_names_no_backup_is_none(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    for name in ("../library.learnpath", "", 7):
        settings.set(RESTORE, {"folder": str(tmp_path), "name": name})
        assert chosen_restore(settings, tmp_path) == ""


@pytest.mark.parametrize(
    ("age", "text"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=12), "12 minutes ago"),
        (timedelta(minutes=60), "1 hour ago"),
        (timedelta(hours=23, minutes=59), "23 hours ago"),
        (timedelta(hours=24), "1 day ago"),
        (timedelta(days=40), "40 days ago"),
    ],
)
def test_an_age_is_told_as_exactly_as_it_matters(age: timedelta, text: str) -> None:
    assert age_text(age) == text


def test_a_moment_is_told_where_the_person_is() -> None:
    moment = datetime(2026, 11, 21, 21, 15, tzinfo=UTC)
    here = moment.astimezone()
    assert moment_text(moment) == f"{here.day} Nov 2026, {here:%H:%M}"
