"""Correcting cells in the preview, by keyboard and mouse."""

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from tests.gui.screens.importing.conftest import OpenFiles, wait_read
from tests.gui.screens.importing.test_import_screen import cells, choose, run_import
from tests.unit.interchange.badges.makers import encoded
from tests.unit.interchange.list_files import pdf
from tests.unit.interchange.test_corrections import NAMELESS
from tests.unit.interchange.workbooks import workbook

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import Credential, EvidenceFile, EvidenceRole
from learnpath.gui.screens.importing.preview_model import FIX_ROLE
from learnpath.gui.screens.importing.screen import ImportScreen
from learnpath.interchange.plan import RowKind
from learnpath.storage.library import Library

MINE = """Title;Issuer;Earned on;Exam on
Knots;Port School;14.05.2024;21.04.2024
n/a;Port School;01.06.2024;
Sails;Port School;soon;
Oars;Port School;01.07.2024;one day
Masts;Port School;02.07.2024;03.06.2024
"""


@pytest.fixture
def preview(screen: ImportScreen, open_files: OpenFiles) -> ImportScreen:
    _ = open_files({"mine.csv": MINE})
    return screen


def go_to(screen: ImportScreen, place: int, column: int = 0) -> None:
    screen.page.table.setCurrentIndex(screen.page.model.index(place, column))


def editor() -> QLineEdit:
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    return field


def type_in(qtbot: QtBot, screen: ImportScreen, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    field = editor()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, key)
    # What Enter ends is taken when the field has handled the key itself.
    qtbot.waitUntil(lambda: QApplication.focusWidget() is screen.page.table)
    wait_read(qtbot, screen)


def fixes(screen: ImportScreen, place: int) -> list[str]:
    model = screen.page.model
    found = {column.key: model.data(model.index(place, at), FIX_ROLE) for at, column in enumerate(model.columns)}
    return [f"{key} {why}" for key, why in found.items() if why is not None]


def test_the_cells_at_fault_are_marked(preview: ImportScreen) -> None:
    assert [fixes(preview, place) for place in range(5)] == [
        [],
        ["title broken"],
        ["earned broken"],
        ["note broken"],
        [],
    ]
    model = preview.page.model
    assert cells(preview, "title")[1] == "n/a"
    said = model.data(model.index(1, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert "Title: n/a (can be corrected)" in str(said)
    tip = model.data(model.index(2, 3), Qt.ItemDataRole.ToolTipRole)
    assert "Double click or F2" in str(tip)


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Return])
def test_a_row_is_mended_by_keyboard_and_read_at_once(
    qtbot: QtBot, preview: ImportScreen, library: Library, key: Qt.Key
) -> None:
    go_to(preview, 1)
    qtbot.keyClick(preview.page.table, key)
    assert (editor().text(), editor().accessibleName()) == ("n/a", "Title")
    type_in(qtbot, preview, "Rigging")
    assert cells(preview, "effect") == ["New", "New", "Error", "Error", "New"]
    assert cells(preview, "title")[1] == "Rigging"
    assert fixes(preview, 1) == ["title typed"]
    assert preview.page.table.currentIndex().row() == 1
    assert preview.footer.import_button.text() == "Import 3 credentials"
    assert preview.footer.save_button.text() == "Save 2 error rows…"
    run_import(qtbot, preview)
    assert sorted(one.title for one in library.all(Credential)) == ["Knots", "Masts", "Rigging"]


def test_what_is_no_date_stays_an_error_and_can_be_typed_again(qtbot: QtBot, preview: ImportScreen) -> None:
    go_to(preview, 2)
    qtbot.keyClick(preview.page.table, Qt.Key.Key_F2)
    type_in(qtbot, preview, "later")
    assert cells(preview, "note")[2] == "line 4: “later” is no date"
    qtbot.keyClick(preview.page.table, Qt.Key.Key_F2)
    assert editor().text() == "later"
    type_in(qtbot, preview, "2.8.2024")
    assert cells(preview, "earned")[2] == "2 Aug 2024"


def test_a_field_without_a_column_is_typed_in_the_note(qtbot: QtBot, preview: ImportScreen, library: Library) -> None:
    go_to(preview, 3)
    qtbot.keyClick(preview.page.table, Qt.Key.Key_F2)
    assert (editor().text(), editor().accessibleName()) == ("one day", "Exam on")
    type_in(qtbot, preview, "05.06.2024")
    run_import(qtbot, preview)
    assert [one.exam_on for one in library.all(Credential) if one.title == "Oars"] == [PartialDate("2024-06-05")]


def test_tab_goes_from_fault_to_fault(qtbot: QtBot, preview: ImportScreen) -> None:
    go_to(preview, 1)
    qtbot.keyClick(preview.page.table, Qt.Key.Key_F2)
    for text, named in (("Rigging", "Earned on"), ("2.8.2024", "Exam on")):
        field = editor()
        field.selectAll()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Tab)
        assert editor().accessibleName() == named
        # The row is read anew behind the open field.
        wait_read(qtbot, preview)
        assert editor().accessibleName() == named
    qtbot.keyClick(editor(), Qt.Key.Key_Backtab)
    wait_read(qtbot, preview)
    assert cells(preview, "effect") == ["New", "New", "New", "Error", "New"]


def test_half_typed_text_outlives_rows_that_are_read_anew(qtbot: QtBot, preview: ImportScreen) -> None:
    preview.page.chips.chip(RowKind.BROKEN).click()
    go_to(preview, 0)
    qtbot.keyClick(preview.page.table, Qt.Key.Key_F2)
    field = editor()
    field.selectAll()
    qtbot.keyClicks(field, "Rigging")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    qtbot.keyClicks(editor(), "3.9")
    # The first row leaves the filtered rows, which are then others.
    wait_read(qtbot, preview)
    assert editor().text() == "3.9"
    qtbot.keyClicks(editor(), ".2024")
    qtbot.keyClick(editor(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is preview.page.table)
    wait_read(qtbot, preview)
    assert cells(preview, "title") == ["Oars"]
    assert preview.page.table.currentIndex().row() == 0


def test_half_typed_text_waits_in_its_own_file(qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"mine.csv": MINE, "other.csv": MINE})
    go_to(screen, 1, 1)
    qtbot.keyClick(screen.page.table, Qt.Key.Key_F2)
    field = editor()
    field.selectAll()
    qtbot.keyClicks(field, "Rigging")
    screen.tabs.setCurrentIndex(1)
    wait_read(qtbot, screen)
    assert not [one for one in screen.page.table.findChildren(QLineEdit) if one.isVisible()]
    screen.tabs.setCurrentIndex(0)
    wait_read(qtbot, screen)
    assert editor().text() == "Rigging"
    qtbot.keyClick(editor(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is screen.page.table)
    wait_read(qtbot, screen)
    assert [len(file.corrections) for file in screen.desk.files] == [1, 0]


def test_escape_types_nothing(qtbot: QtBot, preview: ImportScreen) -> None:
    go_to(preview, 1)
    qtbot.keyClick(preview.page.table, Qt.Key.Key_F2)
    qtbot.keyClicks(editor(), "Rigging")
    qtbot.keyClick(editor(), Qt.Key.Key_Escape)
    assert not preview.desk.is_reading
    assert cells(preview, "title")[1] == "n/a"


def test_what_was_typed_is_taken_back(qtbot: QtBot, preview: ImportScreen) -> None:
    go_to(preview, 1)
    qtbot.keyClick(preview.page.table, Qt.Key.Key_F2)
    type_in(qtbot, preview, "Rigging")
    model = preview.page.model
    assert "The file says “n/a”" in str(model.data(model.index(1, 1), Qt.ItemDataRole.ToolTipRole))
    row = model.planned_row(1)
    assert row is not None
    menu = preview.page.table.menu_for(row)
    assert [action.objectName() for action in menu.actions() if action.objectName()] == [
        "new", "skip", "fix", "take_back",
    ]  # fmt: skip
    back = menu.findChild(QAction, "take_back")
    assert back is not None
    back.trigger()
    wait_read(qtbot, preview)
    assert cells(preview, "effect")[1] == "Error"
    qtbot.keyClick(preview.page.table, Qt.Key.Key_F2)
    type_in(qtbot, preview, "Rigging")
    qtbot.keyClick(preview.page.table, Qt.Key.Key_Delete)
    wait_read(qtbot, preview)
    assert cells(preview, "effect")[1] == "Error"
    qtbot.keyClick(preview.page.table, Qt.Key.Key_Delete)
    assert not preview.desk.is_reading


def test_a_double_click_anywhere_in_a_broken_row_opens_its_cell(qtbot: QtBot, preview: ImportScreen) -> None:
    table = preview.page.table
    place = table.visualRect(preview.page.model.index(2, 1)).center()
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert editor().accessibleName() == "Earned on"
    qtbot.keyClick(editor(), Qt.Key.Key_Escape)
    place = table.visualRect(preview.page.model.index(0, 1)).center()
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert QApplication.focusWidget() is table


def test_what_was_typed_outlives_another_mapping_and_decisions_outlive_it(qtbot: QtBot, preview: ImportScreen) -> None:
    go_to(preview, 0)
    qtbot.keyClick(preview.page.table, Qt.Key.Key_Space)
    go_to(preview, 1)
    qtbot.keyClick(preview.page.table, Qt.Key.Key_F2)
    type_in(qtbot, preview, "Rigging")
    assert cells(preview, "effect")[:2] == ["Skip", "New"]
    preview.page.columns_button.click()
    choose(preview, "exam_on", -1)
    wait_read(qtbot, preview)
    assert cells(preview, "title")[1] == "Rigging"
    assert fixes(preview, 3) == []
    assert cells(preview, "effect") == ["New", "New", "Error", "New", "New"]


def test_another_sheet_has_other_rows_on_these_lines(qtbot: QtBot, screen: ImportScreen, tmp_path: Path) -> None:
    book = tmp_path / "mine.xlsx"
    sheets = {name: [["Title", "Issuer"], ["Knots", "Port"], ["n/a", "Port"], ["Oars", "Port"]] for name in ("A", "B")}
    book.write_bytes(workbook(sheets))
    screen.open_files([book])
    qtbot.waitUntil(lambda: len(screen.desk.files) == 1)
    wait_read(qtbot, screen)
    go_to(screen, 1)
    qtbot.keyClick(screen.page.table, Qt.Key.Key_F2)
    type_in(qtbot, screen, "Rigging")
    assert cells(screen, "effect") == ["New", "New", "New"]
    screen.page.columns_button.setChecked(True)
    choose(screen, "sheet", "B")
    wait_read(qtbot, screen)
    assert cells(screen, "effect") == ["New", "Error", "New"]
    go_to(screen, 1)
    qtbot.keyClick(screen.page.table, Qt.Key.Key_F2)
    type_in(qtbot, screen, "Rigging")
    assert cells(screen, "effect") == ["New", "New", "New"]
    current = screen.current
    assert current is not None
    # Back to the sheet that the file itself leads to.
    screen.desk.forget_choices(current.id)
    wait_read(qtbot, screen)
    assert cells(screen, "effect") == ["New", "Error", "New"]


def test_a_badge_without_a_title_gets_one(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, library: Library
) -> None:
    _ = open_files({"badge.json": encoded(NAMELESS).decode()})
    assert cells(screen, "title") == ["Fix here"]
    assert cells(screen, "issuer") == ["Port School"]
    qtbot.keyClick(screen.page.table, Qt.Key.Key_F2)
    assert editor().text() == ""
    type_in(qtbot, screen, "Rigging")
    assert fixes(screen, 0) == ["title typed"]
    run_import(qtbot, screen)
    assert [one.title for one in library.all(Credential)] == ["Rigging"]
    assert len(library.all(EvidenceFile)) == 1


def test_a_scanned_certificate_gets_a_title_and_is_kept_as_proof(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, library: Library
) -> None:
    _ = open_files({"scan.pdf": pdf([])})
    assert (cells(screen, "title"), cells(screen, "effect")) == (["Fix here"], ["Error"])
    qtbot.keyClick(screen.page.table, Qt.Key.Key_F2)
    type_in(qtbot, screen, "Rigging")
    assert cells(screen, "effect") == ["New"]
    run_import(qtbot, screen)
    (credential,), (proof,) = library.all(Credential), library.all(EvidenceFile)
    assert (credential.title, proof.credential_id, proof.role) == ("Rigging", credential.id, EvidenceRole.CERTIFICATE)


def test_the_same_path_opened_again_is_read_without_what_was_typed(
    qtbot: QtBot, preview: ImportScreen, open_files: OpenFiles
) -> None:
    go_to(preview, 1)
    qtbot.keyClick(preview.page.table, Qt.Key.Key_F2)
    type_in(qtbot, preview, "Rigging")
    _ = open_files({"mine.csv": MINE.replace("n/a", "Anchors")})
    qtbot.waitUntil(lambda: cells(preview, "title")[1] == "Anchors")


@pytest.mark.parametrize("later", ["Title;Issuer;Earned on;Exam on\n" + "n/a;Another;01.01.2020;\n" * 3, None])
def test_what_is_typed_goes_into_the_rows_that_were_shown(
    qtbot: QtBot, preview: ImportScreen, tmp_path: Path, library: Library, later: str | None
) -> None:
    file = tmp_path / "mine.csv"
    if later is None:
        file.unlink()
    else:
        _ = file.write_text(later, encoding="utf-8")
    go_to(preview, 1)
    qtbot.keyClick(preview.page.table, Qt.Key.Key_F2)
    type_in(qtbot, preview, "Rigging")
    assert cells(preview, "title") == ["Knots", "Rigging", "Sails", "Oars", "Masts"]
    run_import(qtbot, preview)
    assert {one.title for one in library.all(Credential)} == {"Knots", "Rigging", "Masts"}


def test_decisions_do_not_pass_on_to_the_rows_of_another_version(
    qtbot: QtBot, preview: ImportScreen, open_files: OpenFiles
) -> None:
    [file] = preview.desk.files
    preview.desk.decide(file.id, [0], "skip")
    _ = open_files({"mine.csv": MINE})
    assert file.decision(0) == "skip"
    _ = open_files({"mine.csv": MINE.replace("Knots;Port School", "Anchors;Port School")})
    qtbot.waitUntil(lambda: cells(preview, "title")[0] == "Anchors")
    assert file.decision(0) is None


def test_a_reading_that_takes_long_says_so_and_can_be_given_up(qtbot: QtBot, preview: ImportScreen) -> None:
    page = preview.page
    release = Event()
    # The one thread for long work is busy, so the reading has to wait.
    _ = preview.context.operations.long(lambda _: release.wait(10), title="Something else")
    go_to(preview, 1)
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    field = editor()
    field.selectAll()
    qtbot.keyClicks(field, "Rigging")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: preview.desk.is_reading)
    assert cells(preview, "title")[1] == "Rigging"
    assert not page.busy.isVisible()
    qtbot.waitUntil(page.busy.isVisible)
    qtbot.mouseClick(page.stop_button, Qt.MouseButton.LeftButton)
    release.set()
    assert not page.busy.isVisible()
    assert cells(preview, "title")[1] == "n/a"
