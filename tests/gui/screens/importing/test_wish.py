"""Import pressed while a cell is being typed: one click, and no surprise."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.gui.screens.importing.conftest import OpenFiles, wait_read
from tests.gui.screens.importing.test_fixing import MINE, editor, fixes, go_to
from tests.gui.screens.importing.test_import_screen import cells
from tests.library_fixtures import add, earned

from learnpath.domain.records import Credential
from learnpath.gui.screens.importing.desk import DeskState
from learnpath.gui.screens.importing.screen import ImportScreen
from learnpath.storage.library import Library


def type_half(qtbot: QtBot, screen: ImportScreen, place: int, text: str) -> None:
    """Open the cell at fault of a row and type in it, without Enter."""
    go_to(screen, place)
    qtbot.keyClick(screen.page.table, Qt.Key.Key_F2)
    field = editor()
    field.selectAll()
    qtbot.keyClicks(field, text)


def click_import(qtbot: QtBot, screen: ImportScreen) -> None:
    qtbot.mouseClick(screen.footer.import_button, Qt.MouseButton.LeftButton)


@pytest.fixture
def preview(screen: ImportScreen, open_files: OpenFiles) -> ImportScreen:
    _ = open_files({"mine.csv": MINE})
    return screen


@pytest.mark.parametrize(
    ("place", "text", "title"), [(1, "Rigging", "Rigging"), (2, "2.8.2024", "Sails"), (3, "05.06.2024", "Oars")]
)
def test_one_click_takes_the_cell_and_imports(
    qtbot: QtBot, preview: ImportScreen, library: Library, place: int, text: str, title: str
) -> None:
    type_half(qtbot, preview, place, text)
    click_import(qtbot, preview)
    qtbot.waitUntil(lambda: preview.desk.state is DeskState.REPORT)
    assert sorted(one.title for one in library.all(Credential)) == sorted(["Knots", "Masts", title])


def _stay(qtbot: QtBot, preview: ImportScreen, library: Library) -> None:
    """Click Import; assert that nothing is written, that this is said, and that the next click imports."""
    before = len(library.all(Credential))
    with qtbot.waitSignal(preview.context.messages.toast_requested) as said:
        click_import(qtbot, preview)
    assert said.args is not None
    assert "not been imported yet" in said.args[0]
    assert preview.desk.state is DeskState.OPEN
    assert len(library.all(Credential)) == before
    qtbot.waitUntil(lambda: QApplication.focusWidget() is preview.page.table)
    click_import(qtbot, preview)
    qtbot.waitUntil(lambda: preview.desk.state is DeskState.REPORT)


def test_a_row_that_is_still_broken_is_shown_first(qtbot: QtBot, preview: ImportScreen, library: Library) -> None:
    type_half(qtbot, preview, 2, "later")
    _stay(qtbot, preview, library)


def test_a_row_that_would_change_a_record_is_shown_first(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, library: Library
) -> None:
    _ = add(library, earned("Rigging", "2024-06-01"), "Port School")
    table = MINE.replace("n/a;Port School;01.06.2024;", "n/a;Port School;01.06.2024;02.03.2024")
    _ = open_files({"mine.csv": table})
    type_half(qtbot, screen, 1, "Rigging")
    _stay(qtbot, screen, library)
    assert len(library.all(Credential)) == 3


def test_a_row_that_becomes_one_to_check_is_shown_first(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, library: Library
) -> None:
    _ = add(library, earned("Certified Kubernetes Security Specialist", "2024-06-01"), "Port School")
    _ = open_files({"mine.csv": MINE})
    type_half(qtbot, screen, 1, "Certified Kubernetes Security Specialists")
    _stay(qtbot, screen, library)
    assert screen.desk.finished[-1].report[0].undecided == 1


def test_what_was_understood_only_half_is_shown_first(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, library: Library
) -> None:
    _ = open_files({"list.csv": "Title;Issuer;Cost\nHarbour Pilot;Port School;€ 5\nSail Maker;Port School;two moons\n"})
    type_half(qtbot, screen, 1, "three moons")
    _stay(qtbot, screen, library)


def test_one_click_waits_for_a_long_reading(qtbot: QtBot, preview: ImportScreen, library: Library) -> None:
    release = hold_reading(preview)
    type_half(qtbot, preview, 1, "Rigging")
    click_import(qtbot, preview)
    assert preview.footer.sentence.text() == "Imports as soon as the rows are read."
    assert preview.footer.import_button.text() == "Import 2 credentials"
    release.set()
    qtbot.waitUntil(lambda: preview.desk.state is DeskState.REPORT)
    assert len(library.all(Credential)) == 3


def hold_reading(screen: ImportScreen) -> Event:
    """Keep the one thread for long work busy, so that a reading has to wait."""
    release = Event()
    _ = screen.context.operations.long(lambda _: release.wait(10), title="Something else")
    return release


def test_a_decision_made_meanwhile_is_looked_at_first(qtbot: QtBot, preview: ImportScreen, library: Library) -> None:
    release = hold_reading(preview)
    type_half(qtbot, preview, 1, "Rigging")
    click_import(qtbot, preview)
    preview.desk.decide(preview.desk.files[0].id, [0], "skip")
    with qtbot.waitSignal(preview.context.messages.toast_requested):
        release.set()
    assert library.all(Credential) == []


def _take_back(screen: ImportScreen) -> None:
    screen.desk.take_back(screen.desk.files[0].id, [1])


def _stop(screen: ImportScreen) -> None:
    screen.desk.stop_reading(screen.desk.files[0].id)


def _type_more(screen: ImportScreen) -> None:
    screen.desk.correct(screen.desk.files[0].id, 2, 2, "2.8.2024", "soon")


@pytest.mark.parametrize("other", [_take_back, _stop, _type_more])
def test_the_wish_is_forgotten_when_something_else_is_asked_for(
    qtbot: QtBot, preview: ImportScreen, library: Library, other: Callable[[ImportScreen], None]
) -> None:
    release = hold_reading(preview)
    type_half(qtbot, preview, 1, "Rigging")
    click_import(qtbot, preview)
    other(preview)
    with qtbot.assertNotEmitted(preview.context.messages.toast_requested):
        release.set()
        wait_read(qtbot, preview)
        qtbot.waitUntil(lambda: not preview.context.operations.busy)
    assert preview.desk.state is DeskState.OPEN
    assert library.all(Credential) == []
    assert preview.footer.sentence.text().startswith("Nothing has been written yet.")


def test_closing_everything_forgets_the_wish(qtbot: QtBot, preview: ImportScreen, library: Library) -> None:
    release = hold_reading(preview)
    type_half(qtbot, preview, 1, "Rigging")
    click_import(qtbot, preview)
    qtbot.mouseClick(preview.footer.cancel_button, Qt.MouseButton.LeftButton)
    release.set()
    qtbot.waitUntil(lambda: not preview.context.operations.busy)
    assert preview.desk.state is DeskState.EMPTY
    assert library.all(Credential) == []


def test_the_button_is_not_for_files_that_are_read_for_the_first_time_or_in_another_way(
    qtbot: QtBot, preview: ImportScreen
) -> None:
    release = hold_reading(preview)
    current = preview.current
    assert current is not None
    assert current.reading is not None
    before = current.reading.preview.options
    preview.desk.choose(current.id, replace(before, kind="programs", mapping=None))
    assert not preview.footer.import_button.isEnabled()
    release.set()
    wait_read(qtbot, preview)
    assert preview.footer.import_button.isEnabled()


def test_the_key_of_the_button_takes_the_cell_too(qtbot: QtBot, preview: ImportScreen, library: Library) -> None:
    type_half(qtbot, preview, 1, "Rigging")
    # Where buttons take no focus from the mouse, the field is still open when the button is pressed.
    preview.footer.import_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    click_import(qtbot, preview)
    qtbot.waitUntil(lambda: preview.desk.state is DeskState.REPORT)
    assert "Rigging" in {one.title for one in library.all(Credential)}


def test_a_row_skipped_before_stays_out(qtbot: QtBot, preview: ImportScreen, library: Library) -> None:
    go_to(preview, 0)
    qtbot.keyClick(preview.page.table, Qt.Key.Key_Space)
    type_half(qtbot, preview, 1, "Rigging")
    click_import(qtbot, preview)
    qtbot.waitUntil(lambda: preview.desk.state is DeskState.REPORT)
    assert sorted(one.title for one in library.all(Credential)) == ["Masts", "Rigging"]
    assert fixes(preview, 0) == []
    assert cells(preview, "effect")[0] == "Skip"


def test_a_cell_half_typed_in_another_file_is_shown_first(
    qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles, library: Library
) -> None:
    _ = open_files({"mine.csv": MINE, "other.csv": MINE.replace("School", "Academy")})
    type_half(qtbot, screen, 1, "Rigging")
    screen.tabs.setCurrentIndex(1)
    wait_read(qtbot, screen)
    with qtbot.waitSignal(screen.context.messages.toast_requested):
        click_import(qtbot, screen)
    assert (screen.tabs.currentIndex(), editor().text()) == (0, "Rigging")
    click_import(qtbot, screen)
    qtbot.waitUntil(lambda: screen.desk.state is DeskState.REPORT)
    assert "Rigging" in {one.title for one in library.all(Credential)}


def test_a_field_left_as_it_was_holds_up_nothing(qtbot: QtBot, screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"mine.csv": MINE, "other.csv": MINE.replace("School", "Academy")})
    go_to(screen, 1)
    qtbot.keyClick(screen.page.table, Qt.Key.Key_F2)
    screen.tabs.setCurrentIndex(1)
    wait_read(qtbot, screen)
    click_import(qtbot, screen)
    qtbot.waitUntil(lambda: screen.desk.state is DeskState.REPORT)
