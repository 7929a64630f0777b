"""Looking for rows in the preview: what is found, and what the keys then do."""

import sys

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot
from tests.gui.screens.importing.conftest import OpenFiles
from tests.gui.screens.importing.files import CERTIFICATIONS, PROGRAMS

from learnpath.gui.infra.collector import GuiThreadCollector
from learnpath.gui.infra.theme import Theme
from learnpath.gui.infra.watch import EventLoopWatch
from learnpath.gui.screens.importing.desk import DeskState
from learnpath.gui.screens.importing.row_search import RowTexts
from learnpath.gui.screens.importing.screen import ImportScreen
from learnpath.gui.shell.window import MainWindow
from learnpath.interchange.plan import RowKind
from learnpath.services.importing import preview_file
from learnpath.storage.library import Library

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier

COURSES = """Title;Issuer;Hours;Cost
Übersicht der Börse;Handelsschule;12;€ 99
Dairy Engineer;Milk House;50;€ 165
Dairy Inspector;Milk House;25;two moons
Marine Engineer;Port School;20;€ 120
Café Keeper;École de Pain;8;€ 80
""" + "\n".join(f"Filler {number};Plain House;1;€ 1" for number in range(10))
ESCO = "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,status,description\n" + "\n".join(
    f"Occupation,http://data.europa.eu/esco/occupation/{number},7318,{name} {number},,released,Works with {name}s."
    for number, name in enumerate(["weaver", "dyer", "spinner"] * 10)
)


def titles(screen: ImportScreen) -> list[str]:
    model = screen.page.model
    at = [one.key for one in model.columns].index("title")
    return [str(model.data(model.index(row, at))) for row in range(model.rowCount())]


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert isinstance(focused, QWidget)
    qtbot.keyClick(focused, key, modifier)


def type_words(qtbot: QtBot, screen: ImportScreen, words: str) -> None:
    """Press Ctrl+F, type, and wait until the rows were found."""
    press(qtbot, Key.Key_F, CONTROL)
    assert QApplication.focusWidget() is screen.page.search
    for letter in words:
        qtbot.keyClicks(screen.page.search, letter)
    wait_found(qtbot, screen)


def wait_found(qtbot: QtBot, screen: ImportScreen) -> None:
    qtbot.waitUntil(lambda: not any(file.is_searching for file in screen.desk.files))


def find(library: Library, text: str, words: str) -> list[int]:
    found = RowTexts(preview_file(library, "list.csv", text.encode())).find(words)
    assert found is not None
    return list(found.rows)


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("dairy", [1, 2]),
        ("ENGINEER", [1, 3]),
        ("house dairy insp", [2]),
        ("ubersicht borse", [0]),
        ("ecole", [4]),
        ("CAFÉ", [4]),
        ("two moons", [2]),
        ("165 eur", [1]),
        ("50 h", [1]),
        ("is no price", [2]),
        ("dairymilk", []),
        ("engineer nowhere", []),
        ("  ", list(range(15))),
    ],
)
def test_a_row_is_found_by_all_words_of_its_cells(library: Library, words: str, rows: list[int]) -> None:
    assert find(library, COURSES, words) == rows


def test_what_happens_to_a_row_is_not_searched(library: Library) -> None:
    assert find(library, COURSES, "error") == []


def test_a_cell_is_searched_also_where_the_table_cuts_it(library: Library) -> None:
    long_title = "Harbour " * 12 + "pilotage"
    text = f"Title;Issuer;Cost\n{long_title};Port School;two moons\n" + "Filler;Plain House;€ 1\n" * 12
    assert find(library, text, "pilotage") == [0]


def test_rows_are_found_by_kind(library: Library) -> None:
    found = RowTexts(preview_file(library, "list.csv", COURSES.encode())).find("dairy")
    assert found is not None
    assert {kind: list(rows) for kind, rows in found.places.items() if rows} == {RowKind.NEW: [1], RowKind.BROKEN: [2]}


def test_texts_of_a_long_file_are_made_a_portion_at_a_time(library: Library) -> None:
    text = "Title,Issuer\n" + "\n".join(f"Course {number},School" for number in range(12_000))
    texts = RowTexts(preview_file(library, "long.csv", text.encode()))
    answers = [texts.find("course 1199") for _ in range(3)]
    assert answers[:2] == [None, None]
    assert answers[2] is not None
    assert list(answers[2].rows) == [1199, 11_199, *range(11_990, 12_000)]


def test_texts_that_were_given_up_find_nothing(library: Library) -> None:
    texts = RowTexts(preview_file(library, "list.csv", COURSES.encode()))
    assert texts.find("dairy") is not None
    assert len(texts.give_up()) == 15
    found = texts.find("dairy")
    assert found is not None
    assert (list(found.rows), found.places[RowKind.NEW]) == ([], ())


def test_few_rows_have_no_field(qtbot: QtBot, window: MainWindow, screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"list.csv": PROGRAMS})
    assert not screen.page.search.isVisible()
    press(qtbot, Key.Key_F, CONTROL)
    qtbot.waitUntil(window.palette_list.isVisible)


def test_a_search_by_keys_leads_to_the_rows_and_back(qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"list.csv": COURSES})
    page = screen.page
    type_words(qtbot, screen, "dairy")
    assert titles(screen) == ["Dairy Engineer", "Dairy Inspector"]
    press(qtbot, Key.Key_Down)
    assert QApplication.focusWidget() is page.table
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_F, CONTROL)
    assert page.search.selectedText() == "dairy"
    press(qtbot, Key.Key_Escape)
    assert QApplication.focusWidget() is page.search
    assert len(titles(screen)) == 15
    press(qtbot, Key.Key_Escape)
    assert QApplication.focusWidget() is page.table
    assert titles(screen)[page.table.currentIndex().row()] == "Dairy Inspector"


def test_a_current_row_that_is_not_found_gives_way_to_the_first(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles
) -> None:
    _ = open_files({"list.csv": COURSES})
    press(qtbot, Key.Key_End, CONTROL)
    assert screen.page.table.currentIndex().row() == 14
    type_words(qtbot, screen, "engineer")
    assert screen.page.table.currentIndex().row() == 0


def test_only_the_found_rows_are_decided(qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"list.csv": COURSES})
    type_words(qtbot, screen, "engineer")
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_A, CONTROL)
    press(qtbot, Key.Key_Space)
    assert screen.desk.files[0].decisions == {1: "skip", 3: "skip"}
    assert screen.footer.import_button.text() == "Import 12 programs"


def test_keys_that_come_before_the_rows_decide_nothing(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles
) -> None:
    _ = open_files({"list.csv": COURSES})
    page = screen.page
    press(qtbot, Key.Key_F, CONTROL)
    qtbot.keyClicks(page.search, "engineer")
    page.table.setFocus()
    press(qtbot, Key.Key_A, CONTROL)
    press(qtbot, Key.Key_Space)
    assert screen.desk.files[0].decisions == {}
    page.search.setFocus()
    press(qtbot, Key.Key_Return)
    # Not before the rows are those that were looked for.
    assert QApplication.focusWidget() is page.search
    qtbot.waitUntil(page.table.hasFocus)
    assert titles(screen) == ["Dairy Engineer", "Marine Engineer"]


def test_chosen_occupations_of_many(qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"occupations_en.csv": ESCO})
    type_words(qtbot, screen, "dyer 1")
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_A, CONTROL)
    screen.page.table.decided.emit(screen.page.table.selected_rows(), "new")
    assert titles(screen) == ["dyer 1", "dyer 10", "dyer 13", "dyer 16", "dyer 19"]
    assert screen.footer.import_button.text() == "Import 5 paths"


def test_an_open_menu_closes_when_other_rows_come(qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"list.csv": COURSES})
    screen.desk.search(screen.desk.files[0].id, "marine")
    press(qtbot, Key.Key_Return)
    menu = screen.page.table.findChild(QMenu)
    assert isinstance(menu, QMenu)
    wait_found(qtbot, screen)
    assert QApplication.activePopupWidget() is None
    assert titles(screen) == ["Marine Engineer"]


def test_words_and_a_kind_work_together_and_the_numbers_stay(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles
) -> None:
    _ = open_files({"list.csv": COURSES})
    type_words(qtbot, screen, "dairy")
    chip = screen.page.chips.chip(RowKind.BROKEN)
    chip.setFocus()
    press(qtbot, Key.Key_Space)
    assert titles(screen) == ["Dairy Inspector"]
    assert [screen.page.chips.chip(kind).text() for kind in (RowKind.NEW, RowKind.BROKEN)] == ["New 14", "Error 1"]
    press(qtbot, Key.Key_F, CONTROL)
    press(qtbot, Key.Key_Escape)
    assert titles(screen) == ["Dairy Inspector"]


def test_nothing_found_says_so_and_leads_back(qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"list.csv": COURSES})
    page = screen.page
    page.chips.chip(RowKind.BROKEN).click()
    type_words(qtbot, screen, "cafe")
    assert page.no_match.isVisible()
    assert not page.table.isVisible()
    press(qtbot, Key.Key_Return)
    assert QApplication.focusWidget() is page.search
    page.show_all_button.setFocus()
    press(qtbot, Key.Key_Space)
    assert QApplication.focusWidget() is page.table
    assert not page.no_match.isVisible()
    assert len(titles(screen)) == 15
    assert page.search.text() == ""


def test_each_file_keeps_its_words(qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"list.csv": COURSES, "occupations_en.csv": ESCO, "Certifications.csv": CERTIFICATIONS})
    type_words(qtbot, screen, "engineer")
    screen.tabs.setCurrentIndex(1)
    assert screen.page.search.text() == ""
    assert len(titles(screen)) == 30
    type_words(qtbot, screen, "dyer")
    screen.tabs.setCurrentIndex(2)
    assert not screen.page.search.isVisible()
    assert len(titles(screen)) == 2
    screen.tabs.setCurrentIndex(0)
    assert screen.page.search.text() == "engineer"
    assert titles(screen) == ["Dairy Engineer", "Marine Engineer"]
    screen.tabs.setCurrentIndex(1)
    assert len(titles(screen)) == 10


def test_a_search_goes_on_in_another_file_while_the_first_still_looks(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles
) -> None:
    _ = open_files({"list.csv": COURSES, "occupations_en.csv": ESCO})
    press(qtbot, Key.Key_F, CONTROL)
    qtbot.keyClicks(screen.page.search, "engineer")
    screen.tabs.setCurrentIndex(1)
    type_words(qtbot, screen, "dyer")
    screen.tabs.setCurrentIndex(0)
    assert titles(screen) == ["Dairy Engineer", "Marine Engineer"]


def test_a_mended_row_is_looked_for_anew(qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"list.csv": COURSES})
    type_words(qtbot, screen, "moons")
    assert titles(screen) == ["Dairy Inspector"]
    file = screen.desk.files[0]
    screen.desk.correct(file.id, 2, 3, "€ 12", "two moons")
    qtbot.waitUntil(lambda: not file.is_busy)
    wait_found(qtbot, screen)
    assert screen.page.no_match.isVisible()


def test_a_file_that_is_closed_while_it_is_searched_is_gone(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles
) -> None:
    _ = open_files({"list.csv": COURSES})
    press(qtbot, Key.Key_F, CONTROL)
    qtbot.keyClicks(screen.page.search, "engineer")
    screen.desk.close_all()
    qtbot.waitUntil(lambda: not screen.context.operations.busy)
    assert screen.desk.state is DeskState.EMPTY
    _ = open_files({"list.csv": COURSES})
    assert screen.page.search.text() == ""
    assert len(titles(screen)) == 15


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("width", [900, 1600])
def test_the_field_has_room(
    qtbot: QtBot,
    theme: Theme,
    window: MainWindow,
    screen: ImportScreen,
    open_files: OpenFiles,
    width: int,
    scale: float,
) -> None:
    theme.set_scale(scale)
    window.resize(QSize(width, 600))
    _ = open_files({"list.csv": COURSES, "occupations_en.csv": ESCO})
    page = screen.page

    def is_whole() -> bool:
        search, chips = page.search, page.chips
        place = search.rect().translated(search.mapTo(page, search.rect().topLeft()))
        others = chips.rect().translated(chips.mapTo(page, chips.rect().topLeft()))
        return (
            search.height() >= search.sizeHint().height()
            and search.width() >= theme.px(150)
            and page.rect().contains(place)
            and not place.intersects(others)
        )

    qtbot.waitUntil(is_whole)


@pytest.mark.heavy
def test_the_window_goes_on_while_a_long_list_is_searched(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles
) -> None:
    interval, collector, watch = sys.getswitchinterval(), GuiThreadCollector(), EventLoopWatch()
    sys.setswitchinterval(0.0005)
    collector.start()
    rows = "\n".join(f"Course {number} about {number * 7919},School {number % 90}" for number in range(100_000))
    try:
        _ = open_files({"long.csv": f"Title,Issuer\n{rows}\n"})
        watch.start()
        for words in ("school", " 89 about", " 7"):
            qtbot.keyClicks(screen.page.search, words)
            wait_found(qtbot, screen)
        watch.stop()
    finally:
        collector.stop()
        sys.setswitchinterval(interval)
    assert watch.long_gaps == []
    assert 0 < screen.page.model.rowCount() < 100_000
