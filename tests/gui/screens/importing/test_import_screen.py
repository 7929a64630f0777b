import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot
from tests.gui.screens.importing.conftest import OpenFiles, wait_read
from tests.gui.screens.importing.files import (
    ALIKE,
    AMBIGUOUS,
    CERTIFICATIONS,
    DEARER,
    NO_CURRENCY,
    ODD_HEADERS,
    PROGRAMS,
)
from tests.library_fixtures import add, earned, planned
from tests.unit.interchange.badges.makers import CREDENTIAL, encoded, token
from tests.unit.interchange.list_files import CERTIFICATE
from tests.unit.interchange.workbooks import workbook, zipped

from learnpath.domain.dates import PartialDate
from learnpath.domain.money import Money
from learnpath.domain.records import Credential, EvidenceFile, ImportSource, Program
from learnpath.gui.infra.collector import GuiThreadCollector
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.navigation import Place
from learnpath.gui.infra.watch import EventLoopWatch
from learnpath.gui.screens.importing.desk import DeskState
from learnpath.gui.screens.importing.row_kinds import LIKELY, PARTIAL
from learnpath.gui.screens.importing.screen import ImportScreen
from learnpath.gui.screens.importing.wording import change_text
from learnpath.gui.shell.window import MainWindow
from learnpath.gui.widgets.chip import Chip
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.interchange.drafts import RowsKind
from learnpath.interchange.personal import pdf_process
from learnpath.interchange.plan import RowKind
from learnpath.services import importing
from learnpath.services.exporting import library_json
from learnpath.services.import_sources import Source
from learnpath.services.importing import ReadingOptions, apply_previews, preview_file
from learnpath.services.libraries import open_library
from learnpath.storage.library import Library


def cells(screen: ImportScreen, column: str) -> list[str]:
    model = screen.page.model
    at = [one.key for one in model.columns].index(column)
    return [str(model.data(model.index(row, at))) for row in range(model.rowCount())]


def run_import(qtbot: QtBot, screen: ImportScreen) -> None:
    qtbot.mouseClick(screen.footer.import_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.desk.state is DeskState.REPORT)


def choose(screen: ImportScreen, field: str, value: object) -> None:
    box = screen.page.mapping.field(field)
    place = next(at for at in range(box.count()) if box.itemData(at) == value)
    box.setCurrentIndex(place)
    box.activated.emit(place)


def test_import_leads_to_the_button_while_nothing_is_open(
    qtbot: QtBot, window: MainWindow, screen: ImportScreen
) -> None:
    button = screen.drop_area.choose_button
    qtbot.waitUntil(lambda: QApplication.focusWidget() is button)
    window.navigation.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is button)


def test_a_list_is_recognised_counted_and_shown(screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"list.csv": PROGRAMS})
    page = screen.page
    assert page.title.text() == "Import “list.csv”"
    assert page.recognised.text() == ("CSV table, UTF-8, separated by “;” · 4 rows · recognised as a program list")
    assert page.columns_button.text().startswith("Columns: 6 of 7 matched")
    assert [page.chips.chip(kind).text() for kind in RowKind] == [
        "New 3",
        "Update 0",
        "Same 0",
        "Check 0",
        "Error 1",
        "Left out 0",
    ]
    assert cells(screen, "effect") == ["New", "New", "Error", "New"]
    assert cells(screen, "effort") == ["12 h", "50 h", "25", "20 h"]
    assert cells(screen, "cost") == ["99 EUR", "165 EUR", "two moons", "120 USD"]
    assert cells(screen, "note")[2] == "line 4: “two moons” is no price"
    assert screen.footer.import_button.text() == "Import 3 programs"
    assert screen.footer.save_button.text() == "Save 1 error row…"
    assert screen.footer.sentence.text().startswith("Nothing has been written yet.")


def test_importing_reports_and_undo_brings_the_preview_back(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, library: Library
) -> None:
    before = library.contents()
    _ = open_files({"list.csv": PROGRAMS})
    run_import(qtbot, screen)
    assert screen.report_card.headline.text() == "Imported 3 programs"
    assert "two moons" in screen.report_card.reasons.toPlainText()
    assert len(library.all(Program)) == 3
    qtbot.waitUntil(screen.report_card.undo_button.isEnabled)

    qtbot.mouseClick(screen.report_card.undo_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.desk.state is DeskState.OPEN and not screen.desk.is_reading)
    assert library.contents() == before
    assert screen.footer.import_button.text() == "Import 3 programs"


def test_the_same_file_again_has_nothing_to_import(qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"list.csv": PROGRAMS})
    run_import(qtbot, screen)
    _ = open_files({"list.csv": PROGRAMS})
    assert screen.footer.import_button.text() == "Nothing to import"
    assert not screen.footer.import_button.isEnabled()
    chips = screen.page.chips
    assert [chips.chip(kind).text() for kind in RowKind][:3] == ["New 0", "Update 0", "Same 3"]


def test_an_update_says_what_it_was(screen: ImportScreen, open_files: OpenFiles, library: Library) -> None:
    _ = apply_previews(library, [preview_file(library, "list.csv", PROGRAMS.encode())])
    _ = open_files({"list.csv": DEARER})
    assert cells(screen, "effect") == ["Same", "Update?", "Error", "Same"]
    likely = "“Cloud Operations”, 100% alike: same title and issuer"
    assert cells(screen, "note")[:2] == ["already here", f"{likely}; cost was 165 EUR"]
    assert screen.footer.import_button.text() == "Import 1 program"


def test_a_chip_filters_and_a_second_click_shows_all(qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"list.csv": PROGRAMS})
    chip = screen.page.chips.chip(RowKind.BROKEN)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert cells(screen, "title") == ["Harbour Pilot"]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert len(cells(screen, "title")) == 4


def test_space_skips_rows_and_takes_them_again(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, library: Library
) -> None:
    _ = open_files({"list.csv": PROGRAMS})
    table = screen.page.table
    assert QApplication.focusWidget() is table
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert cells(screen, "effect")[0] == "Skip"
    assert screen.footer.import_button.text() == "Import 2 programs"
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert screen.footer.import_button.text() == "Import 3 programs"
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert screen.footer.import_button.text() == "Nothing to import"
    assert cells(screen, "effect") == ["Skip", "Skip", "Error", "Skip"]
    assert library.all(Program) == []


@pytest.mark.parametrize(
    ("choice", "chip", "button", "count"),
    [
        ("new", "New", "Import 1 credential", 2),
        ("update", "Update", "Import 1 credential", 1),
    ],
)
def test_a_row_to_check_is_decided_in_its_menu(
    qtbot: QtBot,
    screen: ImportScreen,
    open_files: OpenFiles,
    library: Library,
    choice: str,
    chip: str,
    button: str,
    count: int,
) -> None:
    _ = add(library, planned("Certified Kubernetes Security Specialist"), "Linux House")
    _ = open_files({"mine.csv": ALIKE})
    assert cells(screen, "effect") == ["Check"]
    assert "alike" in cells(screen, "note")[0]
    assert not screen.footer.import_button.isEnabled()
    assert "1 row to check" in screen.footer.sentence.text()
    row = screen.page.model.planned_row(0)
    assert row is not None
    menu = screen.page.table.menu_for(row)
    texts = {action.objectName(): action.text() for action in menu.actions() if action.objectName()}
    assert texts == {
        "new": "Add as new",
        "update": "Update “Certified Kubernetes Security Specialist”",
        "skip": "Skip",
        "later": "Decide later",
    }
    next(action for action in menu.actions() if action.objectName() == choice).trigger()
    assert cells(screen, "effect") == [chip]
    assert screen.footer.import_button.text() == button
    run_import(qtbot, screen)
    assert len(library.all(Credential)) == count


def test_what_is_probably_a_record_is_proposed_and_can_be_kept_apart(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, library: Library
) -> None:
    _ = add(library, earned("Knots", "2025-01"), "Port School")
    _ = open_files({"mine.csv": "Title,Issuer,Earned on,Level\nKnots,Port School,2025-01,High\n"})
    assert cells(screen, "effect") == ["Update?"]
    assert cells(screen, "note") == ["“Knots”, 100% alike: same title, issuer and month; adds level"]
    assert screen.footer.import_button.text() == "Import 1 credential"
    row = screen.page.model.planned_row(0)
    assert row is not None
    menu = screen.page.table.menu_for(row)
    actions = {action.objectName(): action for action in menu.actions() if action.objectName()}
    assert {name: action.text() for name, action in actions.items()} == {
        "new": "Add as new",
        "update": "Update “Knots”",
        "skip": "Skip",
    }
    actions["new"].trigger()
    assert cells(screen, "effect") == ["New"]
    run_import(qtbot, screen)
    assert len(library.all(Credential)) == 2


def test_what_is_probably_the_same_is_found_by_a_chip_and_told_in_the_report(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, library: Library
) -> None:
    _ = add(library, earned("Knots", "2025-01"), "Port School")
    _ = open_files(
        {"mine.csv": "Title,Issuer,Earned on,Level\nSails,Port School,2025-02,\nKnots,Port School,2025-01,High\n"}
    )
    chip = screen.page.chips.chip(LIKELY)
    assert chip.text() == "Probably the same 1"
    assert chip.isVisible()
    assert screen.page.chips.chip(RowKind.UPDATE).text() == "Update 1"
    chip.click()
    assert cells(screen, "title") == ["Knots"]
    chip.click()
    assert len(cells(screen, "title")) == 2
    run_import(qtbot, screen)
    assert "line 3, probably the same: “Knots”, 100% alike" in screen.report_card.reasons.toPlainText()
    assert "probably the same" in screen.report_card.reasons_title.text()


def test_no_chip_asks_about_rows_that_are_certain(screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"list.csv": PROGRAMS})
    assert not screen.page.chips.chip(LIKELY).isVisible()


@pytest.mark.parametrize(("kind", "word"), [("credentials", "id of the badge"), ("programs", "catalogue number")])
def test_an_id_has_a_word(kind: RowsKind, word: str) -> None:
    assert change_text(("external_id", "", "X-1"), kind) == f"adds {word}"


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_enter_opens_the_menu_of_the_current_row(qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"list.csv": PROGRAMS})
    qtbot.keyClick(screen.page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    assert [action.text() for action in popup.actions()] == ["Add", "Skip"]
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


def test_ambiguous_dates_are_asked_about_and_never_guessed(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, library: Library
) -> None:
    _ = open_files({"mine.csv": AMBIGUOUS})
    questions = screen.page.questions
    assert questions.isVisible()
    assert [button.text() for button in questions.orders.values()] == [
        "Day first: 3 Apr 2025",
        "Month first: 4 Mar 2025",
    ]
    assert cells(screen, "earned") == ["", ""]
    qtbot.mouseClick(questions.orders["mdy"], Qt.MouseButton.LeftButton)
    wait_read(qtbot, screen)
    assert not questions.isVisible()
    assert cells(screen, "earned") == ["4 Mar 2025", "6 May 2024"]
    run_import(qtbot, screen)
    assert {one.awarded_on for one in library.all(Credential)} == {PartialDate("2025-03-04"), PartialDate("2024-05-06")}


def test_each_ambiguous_column_is_asked_about(qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles) -> None:
    rows = "title,earned,valid until,target date\nA,4/5/2024,7/6/2026,14/5/2024\n"
    _ = open_files({"mine.csv": rows})
    questions = screen.page.questions
    assert cells(screen, "earned") == cells(screen, "until") == [""]
    texts = [label.text() for label in questions.findChildren(PlainLabel) if label.isVisible()]
    assert texts == [
        "In “earned”, is “4/5/2024” written day first or month first? Until you say, they stay empty. "
        "Other dates of this file are day first. 1 more to ask about."
    ]
    assert [button.property("primary") for button in questions.orders.values()] == [True, False]
    qtbot.mouseClick(questions.orders["mdy"], Qt.MouseButton.LeftButton)
    wait_read(qtbot, screen)
    assert questions.isVisible()
    assert [button.text() for button in questions.orders.values()] == [
        "Day first: 7 Jun 2026",
        "Month first: 6 Jul 2026",
    ]
    assert (cells(screen, "earned"), cells(screen, "until")) == (["5 Apr 2024"], [""])
    qtbot.mouseClick(questions.orders["dmy"], Qt.MouseButton.LeftButton)
    wait_read(qtbot, screen)
    assert not questions.isVisible()
    assert (cells(screen, "earned"), cells(screen, "until")) == (["5 Apr 2024"], ["7 Jun 2026"])
    # Each answer can be changed in the columns panel.
    qtbot.mouseClick(screen.page.columns_button, Qt.MouseButton.LeftButton)
    box = screen.page.mapping.field("date_order:1")
    assert box.currentData() == "mdy"
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Up)
    wait_read(qtbot, screen)
    assert cells(screen, "earned") == ["4 May 2024"]


def test_amounts_without_currency_wait_for_one(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, library: Library
) -> None:
    _ = open_files({"list.csv": NO_CURRENCY})
    assert cells(screen, "cost") == ["", ""]
    box = screen.page.questions.currency
    assert box.isVisible()
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    wait_read(qtbot, screen)
    assert cells(screen, "cost") == ["99 EUR", "120 EUR"]
    run_import(qtbot, screen)
    assert [one.price for one in library.all(Program) if one.name == "Sail Maker"] == [Money(12000, "EUR")]


def test_columns_are_mapped_by_hand_and_remembered_for_the_next_file(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, context: GuiContext
) -> None:
    _ = open_files({"odd.csv": ODD_HEADERS})
    assert cells(screen, "issuer") == ["", ""]
    qtbot.mouseClick(screen.page.columns_button, Qt.MouseButton.LeftButton)
    assert screen.page.mapping.isVisible()
    issuer = screen.page.mapping.field("issuer_name")
    assert [issuer.itemText(at) for at in range(2)] == ["Not in the file", "Wibble – Port School, Cloud Guild"]
    choose(screen, "issuer_name", 0)
    wait_read(qtbot, screen)
    assert cells(screen, "issuer") == ["Port School", "Cloud Guild"]
    run_import(qtbot, screen)

    _ = open_files({"next.csv": ODD_HEADERS.replace("Sail Maker", "Rope Maker")})
    assert screen.page.remembered.isVisible()
    assert cells(screen, "issuer") == ["Port School", "Cloud Guild"]
    qtbot.mouseClick(screen.page.reset_link, Qt.MouseButton.LeftButton)
    wait_read(qtbot, screen)
    assert cells(screen, "issuer") == ["", ""]
    assert not screen.page.remembered.isVisible()


def test_the_header_row_and_the_kind_can_be_chosen(qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"list.csv": PROGRAMS})
    choose(screen, "header_row", -1)
    wait_read(qtbot, screen)
    assert screen.page.model.rowCount() == 5
    choose(screen, "header_row", 0)
    wait_read(qtbot, screen)
    assert screen.page.model.rowCount() == 4
    screen.page.kind_box.setCurrentIndex(1)
    screen.page.kind_box.activated.emit(1)
    wait_read(qtbot, screen)
    assert [one.key for one in screen.page.model.columns] == ["effect", "title", "issuer", "earned", "until", "note"]
    assert screen.footer.import_button.text().endswith("credentials")


def test_what_is_here_can_be_left_as_it_is(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, library: Library
) -> None:
    _ = apply_previews(library, [preview_file(library, "list.csv", PROGRAMS.encode())])
    _ = open_files({"list.csv": DEARER})
    choose(screen, "on_duplicate", "keep")
    wait_read(qtbot, screen)
    assert screen.footer.import_button.text() == "Nothing to import"


def test_broken_rows_are_saved_to_a_file(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, context: GuiContext, tmp_path: Path
) -> None:
    _ = open_files({"list.csv": PROGRAMS})
    current = screen.current
    assert current is not None
    target = tmp_path / "errors.csv"
    screen.save_broken_to(current.id, str(target))
    qtbot.waitUntil(lambda: target.exists() and not context.operations.busy)
    text = target.read_text("utf-8-sig")
    assert "Harbour Pilot" in text
    assert "two moons" in text
    assert "Sail Maker" not in text


def test_several_files_are_one_step_and_a_bad_one_holds_up_none(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, library: Library
) -> None:
    _ = open_files({"list.csv": PROGRAMS, "Certifications.csv": CERTIFICATIONS, "page.html": "<!doctype html><p>x"})
    assert screen.tabs.isVisible()
    assert screen.tabs.count() == 3
    assert screen.footer.import_button.text() == "Import 3 programs and 2 credentials"
    screen.tabs.setCurrentIndex(1)
    assert screen.page.recognised.text() == "LinkedIn certifications · 2 rows · recognised as your credentials"
    assert cells(screen, "earned") == ["May 2024", "Jun 2023"]
    screen.tabs.setCurrentIndex(2)
    assert "web page" in screen.page.error.text()
    assert screen.page.error.isVisible()
    assert not screen.page.table.isVisible()
    run_import(qtbot, screen)
    assert "web page" in screen.report_card.reasons.toPlainText()
    assert (len(library.all(Program)), len(library.all(Credential)), len(library.history())) == (3, 2, 1)


def test_one_of_several_files_can_be_removed_and_cancel_puts_all_away(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, library: Library
) -> None:
    _ = open_files({"list.csv": PROGRAMS, "Certifications.csv": CERTIFICATIONS})
    qtbot.mouseClick(screen.page.close_link, Qt.MouseButton.LeftButton)
    assert screen.page.title.text() == "Import “Certifications.csv”"
    assert screen.footer.import_button.text() == "Import 2 credentials"
    qtbot.mouseClick(screen.footer.cancel_button, Qt.MouseButton.LeftButton)
    assert screen.desk.state is DeskState.EMPTY
    assert screen.drop_area.isVisible()
    assert library.history() == []


def test_a_dropped_folder_gives_its_files_and_tells_what_is_left_out(
    qtbot: QtBot, screen: ImportScreen, context: GuiContext, tmp_path: Path
) -> None:
    folder = tmp_path / "export"
    (folder / "deeper").mkdir(parents=True)
    for name in ("b.csv", "a.csv", ".hidden.csv", "deeper/c.csv"):
        _ = (folder / name).write_text(CERTIFICATIONS)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none)
    with qtbot.waitSignal(context.messages.banner_requested) as told:
        screen.drop_area.dropEvent(event)
    assert told.args[0].text == "Left out of the folder “export”: 1 hidden file or folder."
    wait_read(qtbot, screen)
    assert [one.source.name for one in screen.desk.files] == ["a.csv", "b.csv", "c.csv"]


def test_rows_of_a_spreadsheet_are_pasted(qtbot: QtBot, screen: ImportScreen) -> None:
    qtbot.waitUntil(lambda: QApplication.focusWidget() is screen.drop_area.choose_button)
    QGuiApplication.clipboard().setText("Title\tIssuer\nSail Maker\tPort School\nRope Maker\tPort School\n")
    qtbot.keyClick(screen.drop_area.choose_button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait_read(qtbot, screen)
    assert screen.page.title.text() == "Import “Pasted table”"
    assert cells(screen, "title") == ["Sail Maker", "Rope Maker"]


def test_one_word_is_no_table(qtbot: QtBot, screen: ImportScreen, context: GuiContext) -> None:
    qtbot.waitUntil(lambda: QApplication.focusWidget() is screen.drop_area.choose_button)
    QGuiApplication.clipboard().setText("hello")
    with qtbot.waitSignal(context.messages.banner_requested) as told:
        qtbot.keyClick(screen.drop_area.choose_button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "neither rows of a table nor a badge" in told.args[0].text
    assert screen.desk.state is DeskState.EMPTY


def test_cancelling_an_import_writes_nothing_and_leads_back(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, library: Library
) -> None:
    rows = "\n".join(f"Course {number} about {number * 7919},School" for number in range(6000))
    _ = open_files({"long.csv": f"Title,Issuer\n{rows}\n"})
    before = library.contents()
    qtbot.mouseClick(screen.footer.import_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.footer.progress.maximum() > 0)
    assert screen.footer.sentence.text().startswith("Importing 1")
    qtbot.mouseClick(screen.footer.cancel_button, Qt.MouseButton.LeftButton)
    assert screen.footer.sentence.text() == "Taking back what was written…"
    qtbot.waitUntil(lambda: screen.desk.state is DeskState.OPEN)
    assert library.contents() == before
    assert screen.footer.import_button.text().startswith("Import 6")


def test_a_preview_follows_the_library_and_keeps_decisions(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, context: GuiContext
) -> None:
    _ = open_files({"list.csv": PROGRAMS})
    qtbot.keyClick(screen.page.table, Qt.Key.Key_Space)
    only_last = b"Title;Issuer;Code;Hours;Cost;Skills\nSail Maker;Port School;SM-1;20;$ 120;Sewing\n"
    library = context.library
    context.operations.change(lambda: apply_previews(library, [preview_file(library, "other.csv", only_last)]))
    qtbot.waitUntil(lambda: cells(screen, "effect") == ["Skip", "New", "Error", "Same"])
    assert screen.footer.import_button.text() == "Import 1 program"


def test_leaving_the_screen_keeps_the_preview(screen: ImportScreen, open_files: OpenFiles, context: GuiContext) -> None:
    _ = open_files({"list.csv": PROGRAMS})
    context.navigate.to_screen("credentials")
    context.actions.run("import.open")
    assert screen.isVisible()
    assert len(cells(screen, "title")) == 4


def test_a_screen_reader_hears_a_sentence_per_row(screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"list.csv": PROGRAMS})
    model = screen.page.model
    assert model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole) == (
        "New. Title: Cloud Basics. Issuer: Cloud Guild. Effort: 12 h. Cost: 99 EUR. Note: —"
    )


def test_files_are_chosen_in_a_dialog(qtbot: QtBot, screen: ImportScreen, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    _ = path.write_text(PROGRAMS, "utf-8")
    qtbot.mouseClick(screen.drop_area.choose_button, Qt.MouseButton.LeftButton)
    dialog = screen.findChild(QFileDialog)
    assert dialog is not None
    dialog.filesSelected.emit([str(path)])
    dialog.reject()
    wait_read(qtbot, screen)
    assert len(cells(screen, "title")) == 4


def test_reading_is_given_up_at_once(qtbot: QtBot, window: MainWindow, screen: ImportScreen, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    rows = "\n".join(f"Course {number} about {number * 7919},School" for number in range(20_000))
    _ = path.write_text(f"Title,Issuer\n{rows}\n")
    window.open_files([path])
    qtbot.waitUntil(lambda: screen.desk.is_reading)
    assert screen.page.busy.isVisible()
    assert screen.footer.import_button.text() == "Reading…"
    qtbot.mouseClick(screen.page.stop_button, Qt.MouseButton.LeftButton)
    assert screen.desk.state is DeskState.EMPTY
    assert screen.desk.files == []


def test_an_exported_library_is_summed_up_and_imported(
    qtbot: QtBot, screen: ImportScreen, tmp_path: Path, open_files: OpenFiles, library: Library
) -> None:
    other = open_library(tmp_path / "other")
    _ = apply_previews(other, [preview_file(other, "list.csv", PROGRAMS.encode())])
    text = library_json(other)[0].decode()
    _ = open_files({"library.json": text})
    assert screen.page.recognised.text() == "Learnpath library"
    assert not screen.page.table.isVisible()

    def said() -> list[str]:
        return [label.text() for label in screen.page.summary.findChildren(QLabel) if label.isVisible()]

    qtbot.waitUntil(lambda: "Programs" in said())
    at = said().index("Programs")
    assert said()[at + 1 : at + 3] == ["3", "0"]
    run_import(qtbot, screen)
    assert library.all(Program) == other.all(Program)
    other.close()

    _ = open_files({"library.json": text})
    assert screen.footer.import_button.text() == "Nothing to import"


def test_another_change_takes_the_undo_of_the_report_away(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, context: GuiContext
) -> None:
    _ = open_files({"list.csv": PROGRAMS})
    run_import(qtbot, screen)
    button = screen.report_card.undo_button
    qtbot.waitUntil(button.isEnabled)
    library = context.library
    more = b"Title,Issuer\nRope Maker,Port School\n"
    context.operations.change(lambda: apply_previews(library, [preview_file(library, "more.csv", more)]))
    qtbot.waitUntil(lambda: not button.isEnabled())
    context.operations.change(library.undo)
    qtbot.waitUntil(button.isEnabled)


def test_the_report_leads_to_what_was_imported(qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"Certifications.csv": CERTIFICATIONS})
    run_import(qtbot, screen)
    with qtbot.waitSignal(screen.context.navigate.place_changed) as went:
        qtbot.mouseClick(screen.report_card.credentials_button, Qt.MouseButton.LeftButton)
    assert went.args == [Place("credentials")]


@pytest.mark.heavy
def test_the_window_goes_on_while_a_long_list_is_imported(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles
) -> None:
    interval, collector, watch = sys.getswitchinterval(), GuiThreadCollector(), EventLoopWatch()
    sys.setswitchinterval(0.0005)
    collector.start()
    rows = "\n".join(f"Course {number} about {number * 7919},School {number % 90}" for number in range(20_000))
    try:
        watch.start()
        _ = open_files({"long.csv": f"Title,Issuer\n{rows}\n"})
        screen.desk.start_import()
        qtbot.waitUntil(lambda: screen.desk.state is DeskState.REPORT, timeout=30_000)
        watch.stop()
    finally:
        collector.stop()
        sys.setswitchinterval(interval)
    assert watch.long_gaps == []


def test_rows_are_copied_as_tab_separated_text(qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"list.csv": PROGRAMS})
    qtbot.keyClick(screen.page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "New\tCloud Basics\tCloud Guild\t12 h\t99 EUR\t—"


def test_giving_up_a_new_reading_keeps_what_was_shown(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles
) -> None:
    _ = open_files({"list.csv": PROGRAMS})
    choose(screen, "header_row", -1)
    assert screen.desk.is_reading
    # Shown only when it takes a while.
    assert not screen.page.stop_button.isVisible()
    screen.page.stop_button.click()
    assert not screen.desk.is_reading
    assert len(cells(screen, "title")) == 4
    assert screen.footer.import_button.text() == "Import 3 programs"


def test_files_dropped_while_writing_have_to_wait(
    qtbot: QtBot, window: MainWindow, screen: ImportScreen, open_files: OpenFiles, tmp_path: Path
) -> None:
    _ = open_files({"list.csv": PROGRAMS})
    screen.desk.start_import()
    with qtbot.waitSignal(screen.context.messages.toast_requested):
        window.open_files([tmp_path / "list.csv"])
    qtbot.waitUntil(lambda: screen.desk.state is DeskState.REPORT)
    assert len(screen.desk.files) == 1


def test_a_file_that_is_gone_says_so(qtbot: QtBot, window: MainWindow, screen: ImportScreen, tmp_path: Path) -> None:
    window.open_files([tmp_path / "gone.csv"])
    wait_read(qtbot, screen)
    assert "could not be read" in screen.page.error.text()
    assert screen.footer.import_button.text() == "Nothing to import"


def test_the_lists_of_an_export_are_files_of_their_own(
    qtbot: QtBot, screen: ImportScreen, library: Library, tmp_path: Path
) -> None:
    export = tmp_path / "export.zip"
    courses = "Name,Number\nNavigation,N-1\n"
    export.write_bytes(zipped({"messages.csv": "A,B\n", "Certifications.csv": CERTIFICATIONS, "Courses.csv": courses}))
    screen.open_files([export])
    qtbot.waitUntil(lambda: len(screen.desk.files) == 2)
    wait_read(qtbot, screen)
    assert [screen.tabs.tabText(place) for place in range(screen.tabs.count())] == ["Certifications.csv", "Courses.csv"]
    assert screen.page.recognised.text().startswith("LinkedIn certifications · 2 rows")
    screen.open_files([export])
    wait_read(qtbot, screen)
    assert len(screen.desk.files) == 2
    run_import(qtbot, screen)
    assert sorted(one.title for one in library.all(Credential)) == ["First Aid", "Forklift", "Navigation"]
    kept = sorted(source.original_name for source in library.all(ImportSource))
    assert kept == ["Certifications.csv", "Courses.csv"]


def test_an_archive_that_cannot_be_read_says_why(qtbot: QtBot, screen: ImportScreen, tmp_path: Path) -> None:
    export = tmp_path / "export.zip"
    export.write_bytes(zipped({"Courses.csv": "Name,Number\n" + "a,b\n" * 800_000}))
    screen.open_files([export])
    qtbot.waitUntil(lambda: len(screen.desk.files) == 1)
    wait_read(qtbot, screen)
    assert "swells" in screen.page.error.text()


def test_a_pdf_that_crashes_its_reader_leaves_the_window_open(
    qtbot: QtBot, screen: ImportScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(pdf_process, "_own_command", lambda: [sys.executable, "-c", "import os; os.abort()"])
        file = tmp_path / "certificate.pdf"
        file.write_bytes(CERTIFICATE)
        screen.open_files([file])
        qtbot.waitUntil(lambda: len(screen.desk.files) == 1)
        wait_read(qtbot, screen)
    assert "reading it broke off" in screen.page.error.text()
    again = tmp_path / "again.pdf"
    again.write_bytes(CERTIFICATE)
    screen.open_files([again])
    qtbot.waitUntil(lambda: len(screen.desk.files) == 2)
    wait_read(qtbot, screen)
    screen.tabs.setCurrentIndex(1)
    assert cells(screen, "title") == ["Weaving"]


def test_a_workbook_offers_its_sheets(qtbot: QtBot, screen: ImportScreen, tmp_path: Path) -> None:
    book = tmp_path / "courses.xlsx"
    book.write_bytes(
        workbook(
            {
                "Now": [["Title", "Issuer"], ["Sail Maker", "Port School"], ["Knots", "Port School"]],
                "Old": [["Title", "Issuer"], ["Rope Work", "Port School"]],
            }
        )
    )
    screen.open_files([book])
    qtbot.waitUntil(lambda: len(screen.desk.files) == 1)
    wait_read(qtbot, screen)
    assert screen.page.recognised.text().startswith("Spreadsheet, sheet “Now” · 2 rows")
    assert cells(screen, "title") == ["Sail Maker", "Knots"]
    screen.page.columns_button.setChecked(True)
    choose(screen, "sheet", "Old")
    wait_read(qtbot, screen)
    assert cells(screen, "title") == ["Rope Work"]
    assert screen.page.mapping.field("sheet").currentData() == "Old"


def test_a_markdown_table_is_called_so(qtbot: QtBot, screen: ImportScreen, tmp_path: Path) -> None:
    notes = tmp_path / "courses.md"
    notes.write_text("|Title|Issuer|\n|---|---|\n|Knots|Port School|\n", "utf-8")
    screen.open_files([notes])
    qtbot.waitUntil(lambda: len(screen.desk.files) == 1)
    wait_read(qtbot, screen)
    assert screen.page.recognised.text().startswith("Markdown table · 1 row")


def chip_texts(screen: ImportScreen) -> list[str]:
    return [screen.page.chips.chip(kind).text() for kind in (RowKind.NEW, RowKind.UPDATE, RowKind.SAME)]


def test_files_that_overlap_are_planned_one_after_the_other(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, library: Library
) -> None:
    _ = open_files({"a.csv": PROGRAMS, "b.csv": DEARER})
    assert screen.footer.import_button.text() == "Import 4 programs"
    screen.tabs.setCurrentIndex(1)
    assert chip_texts(screen) == ["New 0", "Update 1", "Same 2"]

    first, second = screen.desk.files
    screen.desk.decide(first.id, [0], "skip")
    wait_read(qtbot, screen)
    assert chip_texts(screen) == ["New 1", "Update 1", "Same 1"]
    assert screen.footer.import_button.text() == "Import 4 programs"

    screen.desk.decide(first.id, [0], None)
    wait_read(qtbot, screen)
    run_import(qtbot, screen)
    assert [(one.new, one.updated, one.same) for one in screen.desk.finished[-1].report] == [(3, 0, 0), (0, 1, 2)]
    assert len(library.all(Program)) == 3
    assert second.reading is not None


def test_what_follows_a_file_is_planned_again_when_that_changes_or_goes(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles
) -> None:
    _ = open_files({"a.csv": PROGRAMS, "b.csv": PROGRAMS, "c.csv": PROGRAMS})
    first = screen.desk.files[0]
    assert [file.new for file in screen.desk.files] == [3, 0, 0]

    screen.desk.choose(first.id, ReadingOptions(kind="credentials"))
    wait_read(qtbot, screen)
    assert [file.new for file in screen.desk.files][1:] == [3, 0]

    screen.desk.choose(first.id, ReadingOptions())
    wait_read(qtbot, screen)
    assert [file.new for file in screen.desk.files] == [3, 0, 0]

    screen.desk.close(first.id)
    wait_read(qtbot, screen)
    assert [file.new for file in screen.desk.files] == [3, 0]


def test_a_decision_plans_the_files_after_it_without_reading_them(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ = open_files({"a.csv": PROGRAMS, "b.csv": PROGRAMS, "c.csv": PROGRAMS})
    first, second, third = screen.desk.files
    monkeypatch.setattr(importing, "parse_file", None)
    before = first.reading
    screen.desk.decide(first.id, [0], "skip")
    wait_read(qtbot, screen)
    assert [file.new for file in screen.desk.files] == [2, 1, 0]
    screen.desk.decide(second.id, [0], "skip")
    wait_read(qtbot, screen)
    assert [file.new for file in screen.desk.files] == [2, 0, 1]
    assert first.reading is before
    assert (second.error, third.error) == (None, None)


def test_a_file_that_waits_is_read_when_the_one_before_it_is_given_up(
    qtbot: QtBot, window: MainWindow, screen: ImportScreen, tmp_path: Path
) -> None:
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for path in paths:
        _ = path.write_text(PROGRAMS, "utf-8")
    # Nothing that was read arrives between the signal and the next turn of the event loop.
    with qtbot.waitSignal(screen.desk.files_changed):
        window.open_files(paths)
    first, second = screen.desk.files
    assert second.is_busy
    screen.desk.stop_reading(first.id)
    wait_read(qtbot, screen)
    assert screen.desk.files == [second]
    assert second.new == 3


def test_a_file_that_comes_while_an_import_runs_is_not_lost_in_silence(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles
) -> None:
    _ = open_files({"a.csv": PROGRAMS})
    screen.desk.start_import()
    with qtbot.waitSignal(screen.context.messages.banner_requested) as told:
        screen.desk.open_sources([Source("late.csv", data=PROGRAMS.encode())])
    assert told.args is not None
    assert told.args[0].text == "“late.csv” was not opened, because an import is running."
    qtbot.waitUntil(lambda: screen.desk.state is DeskState.REPORT)


def test_the_file_dialog_lists_what_can_be_read(qtbot: QtBot, screen: ImportScreen) -> None:
    qtbot.mouseClick(screen.drop_area.choose_button, Qt.MouseButton.LeftButton)
    dialog = screen.findChild(QFileDialog)
    assert dialog is not None
    offered = dialog.nameFilters()[0]
    dialog.reject()
    assert all(f"*.{ending}" in offered for ending in ("csv", "xlsx", "png", "jwt", "pdf", "ics", "html", "learnpath"))


def test_another_file_of_a_known_badge_can_be_imported_as_its_proof(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, library: Library
) -> None:
    _ = apply_previews(library, [preview_file(library, "badge.json", encoded(CREDENTIAL))])
    text = token({"vc": CREDENTIAL})
    _ = open_files({"badge.jwt": text})
    assert screen.footer.import_button.text() == "Import 1 file as proof"
    run_import(qtbot, screen)
    assert screen.report_card.headline.text() == "Imported 1 file as proof"
    assert len(library.all(EvidenceFile)) == 2

    _ = open_files({"badge.jwt": text})
    assert screen.footer.import_button.text() == "Nothing to import"
    assert not screen.footer.import_button.isEnabled()


def test_rows_that_come_in_partly_are_counted_found_and_told(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles
) -> None:
    rows = "First Aid,,Red House,some day,,\nForklift,,Port School,Jun 2023,,\nDiving,,Port School,one day,,\n"
    _ = open_files({"Certifications.csv": f"{CERTIFICATIONS.splitlines()[0]}\n{rows}"})
    chip = screen.page.chips.chip(PARTIAL)
    assert chip.text() == "Something left out 2"
    assert chip.isVisible()
    chip.click()
    assert cells(screen, "title") == ["First Aid", "Diving"]
    assert cells(screen, "note")[0] == "line 2: “some day” is no date"
    chip.click()
    assert len(cells(screen, "title")) == 3
    run_import(qtbot, screen)
    assert "lines 2 and 4: “some day” is no date, and others like it" in screen.report_card.reasons.toPlainText()
    chips = [one.text for one in screen.report_card.findChildren(Chip)]
    assert "2 with something left out" in chips


def test_nothing_is_said_of_what_came_in_whole(screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"Certifications.csv": CERTIFICATIONS})
    assert not screen.page.chips.chip(PARTIAL).isVisible()
