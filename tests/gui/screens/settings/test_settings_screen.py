"""The settings by what a person does: each change counts at once, and what belongs to the library can be undone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from learnpath.domain.currencies import CURRENCIES
from learnpath.domain.records import Credential, EvidenceFile
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.messages import BannerMessage
from learnpath.gui.screens.settings.screen import SettingsScreen
from learnpath.paths import paths_below
from learnpath.services.libraries import open_library
from learnpath.settings import LIBRARY_FOLDER, TEXT_SCALE, THEME, Settings

Open = Callable[[GuiContext], SettingsScreen]


@pytest.fixture
def open_screen(qtbot: QtBot, tmp_path: Path) -> Open:
    def show(context: GuiContext) -> SettingsScreen:
        screen = SettingsScreen(context, paths_below(tmp_path / "home"))
        qtbot.addWidget(screen)
        screen.resize(1112, 760)
        screen.show()
        qtbot.waitExposed(screen)
        screen.activateWindow()
        settle(qtbot, context)
        return screen

    return show


def settle(qtbot: QtBot, context: GuiContext) -> None:
    qtbot.waitUntil(lambda: not context.operations.busy)


def test_the_person_is_stored_when_a_field_is_left_and_undone(
    open_screen: Open, context: GuiContext, qtbot: QtBot
) -> None:
    profile = open_screen(context)
    cards = profile.profile
    for field, text in (
        (cards.name, "  Mira   Kovacs "),
        (cards.headline, "Engineer"),
        (cards.place, "Szeged"),
        (cards.email, "m@mail.example"),
    ):
        field.setFocus()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(qtbot, context)
    stored = context.library.profile()
    assert (stored.name, stored.headline, stored.place, stored.email) == (
        "Mira Kovacs",
        "Engineer",
        "Szeged",
        "m@mail.example",
    )
    context.operations.change(context.library.undo)
    qtbot.waitUntil(lambda: cards.email.text() == "")
    assert cards.name.text() == "Mira Kovacs"
    assert len(context.library.history()) == 4


def test_the_weekly_goal_takes_times_and_refuses_words(open_screen: Open, context: GuiContext, qtbot: QtBot) -> None:
    screen = open_screen(context)
    edit = screen.profile.goal.edit
    assert edit.text() == "5:00"
    for typed, minutes in (("7 h", 420), ("soon", 420), ("", 420), ("90 min", 90)):
        edit.setFocus()
        edit.clear()
        qtbot.keyClicks(edit, typed)
        qtbot.keyClick(edit, Qt.Key.Key_Return)
        settle(qtbot, context)
        assert context.library.profile().week_goal_minutes == minutes


def test_the_currency_is_chosen_from_the_codes(open_screen: Open, context: GuiContext, qtbot: QtBot) -> None:
    screen = open_screen(context)
    currency = screen.profile.currency
    assert currency.currentText() == "EUR"
    currency.setFocus()
    qtbot.keyClick(currency, Qt.Key.Key_Up)
    settle(qtbot, context)
    assert context.library.profile().currency == CURRENCIES[CURRENCIES.index("EUR") - 1]


def test_the_look_changes_at_once_and_is_remembered(
    open_screen: Open, context: GuiContext, qtbot: QtBot, tmp_path: Path
) -> None:
    screen = open_screen(context)
    look = screen.look
    look.theme.setFocus()
    qtbot.keyClick(look.theme, Qt.Key.Key_Down)
    assert (context.theme.mode, context.theme.name) == ("dark", "dark")
    qtbot.keyClick(look.theme, Qt.Key.Key_Down)
    assert context.theme.name == "contrast"
    look.text_size.setFocus()
    qtbot.keyClick(look.text_size, Qt.Key.Key_End)
    assert context.theme.scale == 2.0
    kept = Settings(tmp_path / "settings.json")
    assert (kept.get(THEME, ""), kept.get(TEXT_SCALE, 1.0)) == ("contrast", 2.0)


def test_the_folder_is_described_and_opened(
    open_screen: Open, sample_context: GuiContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    screen = open_screen(sample_context)
    note = screen.library.contents.note.text()
    assert note.startswith(f"{len(sample_context.library.all(Credential))} credentials, ")
    screen.library.open_folder.click()
    assert opened[0].toLocalFile() == str(sample_context.library.folder)


def test_another_folder_is_looked_at_and_opens_at_the_next_start(
    open_screen: Open, context: GuiContext, qtbot: QtBot, tmp_path: Path
) -> None:
    banners: list[BannerMessage] = []
    context.messages.banner_requested.connect(banners.append)
    screen = open_screen(context)
    screen.library.use_another.click()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog) and one.isVisible())
    folder = tmp_path / "other"
    folder.mkdir()
    dialog.findChild(QLineEdit).setText(str(folder))
    dialog.accept()
    qtbot.waitUntil(lambda: bool(banners))
    assert (banners[0].kind, str(folder) in banners[0].text) == ("ok", True)
    assert context.settings.get(LIBRARY_FOLDER, "") == str(folder)
    open_library(folder).close()


def test_a_folder_that_holds_something_else_is_refused(
    open_screen: Open, context: GuiContext, qtbot: QtBot, tmp_path: Path
) -> None:
    banners: list[BannerMessage] = []
    context.messages.banner_requested.connect(banners.append)
    other = open_library(tmp_path / "taken")
    screen = open_screen(context)
    screen.library.use_folder(str(other.folder))
    qtbot.waitUntil(lambda: bool(banners))
    assert banners[0].kind == "error"
    assert context.settings.get(LIBRARY_FOLDER, "") == ""
    other.close()


def test_the_check_tells_what_it_found(open_screen: Open, sample_context: GuiContext, qtbot: QtBot) -> None:
    screen = open_screen(sample_context)
    library, note = sample_context.library, screen.library.checking.note
    files = library.all(EvidenceFile)
    screen.library.check.click()
    assert screen.library.cancel.isVisible()
    qtbot.waitUntil(lambda: note.text().startswith("No problem found."))
    assert screen.library.check.isVisible()
    settle(qtbot, sample_context)
    (library.files_folder / files[0].file_name).unlink()
    screen.library.check.click()
    qtbot.waitUntil(lambda: note.text() == f"The file {files[0].file_name} is missing.")
    settle(qtbot, sample_context)


def test_the_check_can_be_cancelled(open_screen: Open, sample_context: GuiContext, qtbot: QtBot) -> None:
    screen = open_screen(sample_context)
    screen.library.check.click()
    screen.library.cancel.click()
    qtbot.waitUntil(lambda: screen.library.checking.note.text() == "The check was cancelled.")
    assert (screen.library.check.isVisible(), screen.library.progress.isVisible()) == (True, False)
    settle(qtbot, sample_context)


def test_sample_data_goes_in_and_out_with_one_click_each(open_screen: Open, context: GuiContext, qtbot: QtBot) -> None:
    toasts: list[str] = []
    context.messages.toast_requested.connect(lambda text, _undo: toasts.append(text))
    screen = open_screen(context)
    button = screen.library.sample_button
    assert button.text() == "Add sample data"
    button.click()
    qtbot.waitUntil(lambda: button.text() == "Remove sample data" and button.isEnabled())
    assert screen.profile.name.text() == "Mira Kovács"
    button.click()
    qtbot.waitUntil(lambda: button.text() == "Add sample data" and button.isEnabled())
    assert context.library.all(Credential) == []
    assert toasts == ["Sample data added", "Sample data removed"]
    settle(qtbot, context)


def test_everything_is_exported(open_screen: Open, sample_context: GuiContext, qtbot: QtBot, tmp_path: Path) -> None:
    screen = open_screen(sample_context)
    screen.library.export.click()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog) and one.isVisible())
    dialog.findChild(QLineEdit).setText(str(tmp_path / "all.json"))
    dialog.accept()
    settle(qtbot, sample_context)
    assert '"credentials"' in (tmp_path / "all.json").read_text(encoding="utf-8")


def test_settings_are_found_by_words(open_screen: Open, context: GuiContext, qtbot: QtBot) -> None:
    screen = open_screen(context)
    assert screen.focus_search()
    qtbot.keyClicks(screen.search, "text size")
    shown = [row.name.text() for card in screen.cards if not card.isHidden() for row in card.rows if row.isVisible()]
    assert shown == ["Text size"]
    screen.search.setText("you")
    assert all(row.isVisible() for row in screen.profile.you.rows)
    screen.search.setText("nothing like it")
    assert (screen.nothing.isVisible(), all(card.isHidden() for card in screen.cards)) == (True, True)
    qtbot.keyClick(screen.search, Qt.Key.Key_Escape)
    assert not any(card.isHidden() for card in screen.cards)


def test_about_names_version_licence_privacy_and_log(open_screen: Open, context: GuiContext, tmp_path: Path) -> None:
    about = " ".join(f"{row.name.text()} {row.note.text()}" for row in open_screen(context).about.rows)
    for part in ("Learnpath 0.", "MIT", "no telemetry", str(tmp_path / "home" / "logs")):
        assert part in about


@pytest.mark.parametrize("mode", ["light", "dark", "contrast"])
def test_no_label_is_cut_in_a_small_window(open_screen: Open, sample_context: GuiContext, mode: str) -> None:
    sample_context.theme.set_mode(mode)  # pyright: ignore[reportArgumentType]
    screen = open_screen(sample_context)
    screen.resize(700, 520)
    QApplication.processEvents()
    for label in screen.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.mapTo(screen, QPoint(label.width(), 0)).x() <= screen.width()
            assert label.height() >= label.heightForWidth(label.width())
    assert not screen.grab().isNull()
