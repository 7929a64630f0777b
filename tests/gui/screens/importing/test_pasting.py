"""What is pasted is read like a file: rows, badges in one line or many; a link alone is told, nothing is fetched."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.gui.screens.importing.conftest import wait_read
from tests.gui.screens.importing.test_import_screen import run_import
from tests.unit.interchange.badges.makers import CREDENTIAL, token

from learnpath.domain.records import Credential
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.importing.desk import DeskState
from learnpath.gui.screens.importing.screen import ImportScreen
from learnpath.storage.library import Library


def paste(qtbot: QtBot, screen: ImportScreen, text: str) -> None:
    qtbot.waitUntil(lambda: QApplication.focusWidget() is screen.drop_area.choose_button)
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(screen.drop_area.choose_button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("text", [json.dumps(CREDENTIAL), json.dumps(CREDENTIAL, indent=2), token({"vc": CREDENTIAL})])
def test_a_badge_is_pasted(qtbot: QtBot, screen: ImportScreen, library: Library, text: str) -> None:
    paste(qtbot, screen, text)
    qtbot.waitUntil(lambda: screen.desk.state is DeskState.OPEN)
    wait_read(qtbot, screen)
    assert screen.page.title.text() == "Import “Pasted text”"
    run_import(qtbot, screen)
    assert len(library.all(Credential)) == 1


def test_a_link_is_not_fetched_and_the_way_to_its_badge_is_told(
    qtbot: QtBot, screen: ImportScreen, context: GuiContext
) -> None:
    with qtbot.waitSignal(context.messages.banner_requested) as told:
        paste(qtbot, screen, "https://badges.example/a/one")
    assert "nothing is fetched" in told.args[0].text
    assert "download the badge" in told.args[0].hint
    assert screen.desk.state is DeskState.EMPTY


def test_one_row_without_a_header_is_a_row(qtbot: QtBot, screen: ImportScreen) -> None:
    paste(qtbot, screen, "AZ-104 Azure Administrator\tMicrosoft\t2024-05-14")
    qtbot.waitUntil(lambda: screen.desk.state is DeskState.OPEN)
    wait_read(qtbot, screen)
    (file,) = screen.desk.files
    assert file.reading is not None
    parsed = file.reading.preview.parsed
    assert parsed.table is not None
    assert (parsed.table.header_row, len(parsed.rows)) == (-1, 1)


def test_an_empty_clipboard_is_told(qtbot: QtBot, screen: ImportScreen, context: GuiContext) -> None:
    with qtbot.waitSignal(context.messages.toast_requested):
        paste(qtbot, screen, " ")
