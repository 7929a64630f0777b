"""The report of an import outlives the files that are opened after it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot
from tests.gui.screens.importing.conftest import OpenFiles, wait_read
from tests.gui.screens.importing.files import CERTIFICATIONS, PROGRAMS
from tests.gui.screens.importing.test_import_screen import run_import

from learnpath.domain.records import Credential, Program
from learnpath.gui.screens.importing.desk import DeskState
from learnpath.gui.screens.importing.report_card import ReportCard
from learnpath.gui.screens.importing.screen import ImportScreen
from learnpath.storage.library import Library

OTHER = {"Certifications.csv": CERTIFICATIONS}


def click(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def import_and_drop(qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"list.csv": PROGRAMS})
    run_import(qtbot, screen)
    assert not screen.report_bar.isVisible()
    qtbot.waitUntil(screen.report_card.undo_button.isEnabled)
    _ = open_files(OTHER)


def cards(screen: ImportScreen) -> list[str]:
    return [one.headline.text() for one in screen.reports.findChildren(ReportCard) if one.isVisible()]


def test_a_file_dropped_on_a_report_leaves_it_one_click_away(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles
) -> None:
    import_and_drop(qtbot, screen, open_files)
    assert [file.source.name for file in screen.desk.files] == ["Certifications.csv"]
    assert screen.report_bar.isVisible()
    assert screen.report_bar.sentence.text() == "Before this: imported 3 programs, 1 with errors"
    click(qtbot, screen.report_bar.link)
    qtbot.waitUntil(lambda: cards(screen) == ["Imported 3 programs"])
    assert "two moons" in screen.report_card.reasons.toPlainText()
    assert screen.report_card.more_button.text() == "Back to the open files"
    click(qtbot, screen.report_card.more_button)
    assert not screen.reports.isVisible()
    assert screen.page.isVisible()
    assert screen.footer.import_button.text() == "Import 2 credentials"


def test_a_file_dropped_while_looking_back_is_shown(qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles) -> None:
    import_and_drop(qtbot, screen, open_files)
    click(qtbot, screen.report_bar.link)
    _ = open_files({"more.csv": CERTIFICATIONS})
    assert screen.page.isVisible()
    assert len(screen.desk.files) == 2


def test_cancelling_or_removing_the_files_leads_back_to_the_report(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles
) -> None:
    import_and_drop(qtbot, screen, open_files)
    click(qtbot, screen.footer.cancel_button)
    assert screen.desk.state is DeskState.REPORT
    qtbot.waitUntil(lambda: cards(screen) == ["Imported 3 programs"])
    _ = open_files(OTHER)
    screen.desk.close(screen.desk.files[0].id)
    assert screen.desk.state is DeskState.REPORT
    assert screen.report_card.more_button.text() == "Import more files…"
    click(qtbot, screen.report_card.more_button)
    assert screen.desk.state is DeskState.EMPTY
    assert screen.desk.finished == []


def test_the_report_of_a_second_import_stands_above_the_first(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles
) -> None:
    import_and_drop(qtbot, screen, open_files)
    run_import(qtbot, screen)
    qtbot.waitUntil(lambda: cards(screen) == ["Imported 2 credentials", "Imported 3 programs"])
    earlier = screen.reports.findChildren(ReportCard)[1]
    assert [one.text() for one in earlier.findChildren(QPushButton) if not one.isHidden()] == ["Save error rows…"]
    assert "two moons" in earlier.reasons.toPlainText()


def test_undo_takes_back_one_import_after_the_other(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, library: Library
) -> None:
    import_and_drop(qtbot, screen, open_files)
    run_import(qtbot, screen)
    qtbot.waitUntil(screen.report_card.undo_button.isEnabled)
    click(qtbot, screen.report_card.undo_button)
    qtbot.waitUntil(lambda: screen.desk.state is DeskState.OPEN and not screen.desk.is_reading)
    assert (len(library.all(Program)), len(library.all(Credential))) == (3, 0)
    assert [file.source.name for file in screen.desk.files] == ["Certifications.csv"]
    click(qtbot, screen.report_bar.link)
    qtbot.waitUntil(screen.report_card.undo_button.isEnabled)
    click(qtbot, screen.report_card.undo_button)
    qtbot.waitUntil(lambda: len(screen.desk.files) == 2)
    wait_read(qtbot, screen)
    assert library.all(Program) == []
    assert [file.source.name for file in screen.desk.files] == ["list.csv", "Certifications.csv"]
    assert screen.footer.import_button.text() == "Import 3 programs and 2 credentials"
    assert not screen.report_bar.isVisible()


def test_the_same_file_opened_since_is_there_once_after_undo(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles
) -> None:
    _ = open_files({"list.csv": PROGRAMS})
    run_import(qtbot, screen)
    qtbot.waitUntil(screen.report_card.undo_button.isEnabled)
    _ = open_files({"list.csv": PROGRAMS.replace("Sail Maker", "Rope Maker")})
    click(qtbot, screen.report_bar.link)
    qtbot.waitUntil(screen.report_card.undo_button.isEnabled)
    click(qtbot, screen.report_card.undo_button)
    qtbot.waitUntil(lambda: screen.desk.finished == [])
    wait_read(qtbot, screen)
    [file] = screen.desk.files
    assert file.source.data is not None
    assert b"Rope Maker" in file.source.data


def test_another_change_meanwhile_takes_the_undo_away(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, library: Library
) -> None:
    import_and_drop(qtbot, screen, open_files)
    with library.change("Something else") as change:
        _ = change.insert(Program(name="Other"))
    click(qtbot, screen.footer.cancel_button)
    qtbot.waitUntil(lambda: not screen.context.operations.busy)
    assert not screen.report_card.undo_button.isEnabled()


def test_the_rows_with_errors_of_an_import_are_saved_from_its_report(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, tmp_path: Path
) -> None:
    import_and_drop(qtbot, screen, open_files)
    click(qtbot, screen.report_bar.link)
    save = screen.report_card.findChild(QPushButton, "save")
    assert isinstance(save, QPushButton)
    click(qtbot, save)
    dialog = screen.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    target = tmp_path / "errors.csv"
    with qtbot.waitSignal(screen.context.messages.toast_requested):
        dialog.fileSelected.emit(str(target))
    dialog.reject()
    assert "two moons" in target.read_text(encoding="utf-8-sig")
