"""What is chosen for a whole file: its header row and sheet for the next time, its parts, and a currency."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from pytestqt.qtbot import QtBot
from tests.gui.screens.importing.conftest import OpenFiles, wait_read
from tests.gui.screens.importing.test_import_screen import cells, choose, run_import
from tests.unit.interchange.workbooks import workbook

from learnpath.gui.screens.importing.currency_choices import likeliest_first
from learnpath.gui.screens.importing.screen import ImportScreen
from learnpath.interchange.plan import RowKind

LATE_HEADER = """Course,School
Wibble,Wobble
{0},Port School
{1},Port School
"""
TRANSCRIPT = json.dumps(
    {
        "modulesCompleted": [{"uid": f"m{at}", "title": f"Module {at}"} for at in range(3)],
        "learningPathsCompleted": [{"uid": "p1", "title": "Seafaring"}],
    }
)


def test_a_header_row_chosen_by_hand_is_remembered(qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"list.csv": LATE_HEADER.format("Knots", "Sails")})
    assert cells(screen, "title") == ["Wibble", "Knots", "Sails"]
    screen.page.columns_button.click()
    choose(screen, "header_row", 1)
    wait_read(qtbot, screen)
    choose(screen, "name", 0)
    wait_read(qtbot, screen)
    assert cells(screen, "title") == ["Knots", "Sails"]
    run_import(qtbot, screen)

    _ = open_files({"next.csv": LATE_HEADER.format("Oars", "Masts")})
    assert cells(screen, "title") == ["Oars", "Masts"]
    assert screen.page.remembered.isVisible()
    qtbot.mouseClick(screen.page.reset_link, Qt.MouseButton.LeftButton)
    wait_read(qtbot, screen)
    assert cells(screen, "title") == ["Wibble", "Oars", "Masts"]
    screen.desk.close_all()

    _ = open_files({"third.csv": LATE_HEADER.format("Tides", "Winds")})
    assert not screen.page.remembered.isVisible()


def test_a_remembered_header_row_that_holds_something_else_is_not_used(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles
) -> None:
    _ = open_files({"list.csv": LATE_HEADER.format("Knots", "Sails")})
    screen.page.columns_button.click()
    choose(screen, "header_row", 1)
    wait_read(qtbot, screen)
    choose(screen, "name", 0)
    wait_read(qtbot, screen)
    run_import(qtbot, screen)
    _ = open_files({"other.csv": "Course,School\nTides,Port School\nWinds,Port School\n"})
    assert cells(screen, "title") == ["Tides", "Winds"]
    assert not screen.page.remembered.isVisible()


def test_a_sheet_is_remembered_where_the_next_workbook_has_it(
    qtbot: QtBot, screen: ImportScreen, tmp_path: Path
) -> None:
    def show(name: str, sheets: dict[str, list[list[str]]]) -> None:
        path = tmp_path / name
        path.write_bytes(workbook(sheets))
        screen.open_files([path])
        qtbot.waitUntil(lambda: any(one.source.path == path for one in screen.desk.files))
        wait_read(qtbot, screen)

    head = ["Title", "Issuer"]
    long = [head, ["Knots", "Port"], ["Sails", "Port"], ["Oars", "Port"]]
    show("a.xlsx", {"Now": long, "Old": [head, ["Tides", "Port"]]})
    screen.page.columns_button.setChecked(True)
    choose(screen, "sheet", "Old")
    wait_read(qtbot, screen)
    run_import(qtbot, screen)
    show("b.xlsx", {"Now": long, "Old": [head, ["Winds", "Port"]]})
    assert cells(screen, "title") == ["Winds"]
    assert screen.page.remembered.isVisible()
    screen.desk.close_all()
    show("c.xlsx", {"Now": long})
    assert cells(screen, "title") == ["Knots", "Sails", "Oars"]
    assert not screen.page.remembered.isVisible()


def test_the_modules_of_a_transcript_stay_out_until_they_are_wanted(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles
) -> None:
    _ = open_files({"transcript.json": TRANSCRIPT})
    groups = screen.page.groups
    assert [(box.text(), box.isChecked()) for box in groups.boxes.values()] == [
        ("Learning paths (1)", True),
        ("Modules (3)", False),
    ]
    assert cells(screen, "effect") == ["New", "Left out", "Left out", "Left out"]
    assert cells(screen, "note")[1] == "left out with the modules"
    assert screen.page.chips.chip(RowKind.LEFT_OUT).text() == "Left out 3"
    assert screen.footer.import_button.text() == "Import 1 credential"

    screen.page.table.setCurrentIndex(screen.page.model.index(2, 0))
    qtbot.keyClick(screen.page.table, Qt.Key.Key_Space)
    assert cells(screen, "effect")[2] == "New"
    assert screen.footer.import_button.text() == "Import 2 credentials"
    qtbot.keyClick(screen.page.table, Qt.Key.Key_Space)
    assert screen.footer.import_button.text() == "Import 1 credential"

    qtbot.keyClick(groups.boxes["modules"], Qt.Key.Key_Space)
    wait_read(qtbot, screen)
    assert screen.footer.import_button.text() == "Import 4 credentials"
    qtbot.keyClick(groups.boxes["modules"], Qt.Key.Key_Space)
    wait_read(qtbot, screen)
    run_import(qtbot, screen)
    [file] = screen.desk.finished[-1].report
    assert (file.new, file.left_out) == (1, 3)


def test_other_files_have_no_parts_to_choose(screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"list.csv": LATE_HEADER})
    assert not screen.page.groups.isVisible()


@pytest.fixture
def hungarian() -> object:
    before = QLocale()
    QLocale.setDefault(QLocale("hu_HU"))
    yield
    QLocale.setDefault(before)


@pytest.mark.usefixtures("hungarian")
def test_the_likeliest_currencies_come_first() -> None:
    offered = likeliest_first(["SEK"])
    assert offered[:4] == ["SEK", "HUF", "EUR", "USD"]
    assert offered[6:] == sorted(offered[6:])
    assert len(offered) == len(set(offered)) > 100


def test_the_currencies_of_the_file_are_offered_first(screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"list.csv": "Title,Issuer,Price\nKnots,Port,99\nSails,Port,120 SEK\nOars,Port,80 SEK\n"})
    box = screen.page.questions.currency
    assert [box.itemText(at) for at in range(2)] == ["Choose a currency…", "SEK"]
