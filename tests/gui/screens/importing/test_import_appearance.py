import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot
from tests.gui.screens.importing.conftest import OpenFiles
from tests.gui.screens.importing.files import ALIKE, AMBIGUOUS, PROGRAMS
from tests.library_fixtures import add, earned

from learnpath.gui.infra.theme import Theme
from learnpath.gui.infra.tokens import ThemeName
from learnpath.gui.screens.importing.desk import DeskState
from learnpath.gui.screens.importing.screen import ImportScreen
from learnpath.gui.shell.window import MainWindow
from learnpath.storage.library import Library


def too_narrow(screen: ImportScreen) -> list[str]:
    """Return the texts of labels and buttons in view that are cut without being made for it."""
    cut: list[str] = []
    for widget in screen.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, QComboBox):
            continue
        if isinstance(widget, QLabel | QAbstractButton) and widget.width() < widget.minimumSizeHint().width():
            cut.append(widget.text())
    return cut


def overlapping(screen: ImportScreen) -> list[tuple[str, str]]:
    """Return the parts of the page in view that lie over one another."""
    page = screen.page
    parts: list[QWidget] = [page.title, page.recognised, page.mapping, page.questions, page.filters, page.table]
    shown = [(type(one).__name__, place_in(page, one)) for one in parts if one.isVisible()]
    return [
        (first, second)
        for at, (first, one) in enumerate(shown)
        for second, other in shown[at + 1 :]
        if one.intersects(other)
    ]


def place_in(page: QWidget, part: QWidget) -> QRect:
    return part.rect().translated(part.mapTo(page, part.rect().topLeft()))


def whole_rows(screen: ImportScreen) -> int:
    """Return how many rows of the preview are wholly in view."""
    table = screen.page.table
    return table.viewport().height() // table.rowHeight(0) if table.isVisible() else 0


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_everything_fits_into_a_small_window(
    qtbot: QtBot, theme: Theme, window: MainWindow, screen: ImportScreen, open_files: OpenFiles, name: ThemeName
) -> None:
    theme.set_mode(name)
    window.resize(QSize(900, 600))
    qtbot.waitUntil(lambda: screen.width() < 900)
    assert not window.grab().isNull()
    qtbot.waitUntil(lambda: too_narrow(screen) == [])
    _ = open_files({"mine.csv": AMBIGUOUS, "list.csv": PROGRAMS})
    screen.page.columns_button.click()
    qtbot.waitUntil(screen.page.mapping.isVisible)
    assert not window.grab().isNull()
    qtbot.waitUntil(lambda: too_narrow(screen) == [])
    assert overlapping(screen) == []
    screen.desk.start_import()
    qtbot.waitUntil(lambda: screen.desk.state is DeskState.REPORT)
    assert not window.grab().isNull()
    qtbot.waitUntil(lambda: too_narrow(screen) == [])


def test_what_takes_the_focus_has_a_name(screen: ImportScreen, open_files: OpenFiles) -> None:
    _ = open_files({"mine.csv": AMBIGUOUS, "list.csv": PROGRAMS})
    screen.page.columns_button.click()

    def name_of(widget: QWidget) -> str:
        return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")

    nameless = [
        widget
        for widget in screen.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not name_of(widget)
    ]
    assert nameless == []


@pytest.fixture
def small(theme: Theme, window: MainWindow, screen: ImportScreen, qtbot: QtBot) -> ImportScreen:
    """The screen in a small window with large text."""
    theme.set_scale(1.5)
    window.resize(QSize(900, 600))
    qtbot.waitUntil(lambda: screen.height() < 500)
    return screen


@pytest.mark.parametrize(("files", "least"), [(("list.csv",), 4), (("list.csv", "more.csv"), 2)])
def test_rows_are_seen_in_a_small_window_with_large_text(
    qtbot: QtBot, small: ImportScreen, open_files: OpenFiles, files: tuple[str, ...], least: int
) -> None:
    rows = PROGRAMS + "".join(f"Course {at};Port School;;;;;\n" for at in range(20))
    _ = open_files(dict.fromkeys(files, rows))
    qtbot.waitUntil(lambda: whole_rows(small) >= least)
    assert too_narrow(small) == []
    assert overlapping(small) == []
    assert small.page.title.text() == "list.csv"
    assert small.page.title.accessibleDescription().startswith("CSV table")


def test_the_columns_take_the_place_of_the_rows_in_a_small_window(
    qtbot: QtBot, window: MainWindow, small: ImportScreen, open_files: OpenFiles
) -> None:
    _ = open_files({"list.csv": PROGRAMS})
    page = small.page
    page.columns_button.click()
    box = page.mapping.field("name")
    qtbot.waitUntil(lambda: page.mapping.height() >= 4 * box.height())
    assert not page.table.isVisible()
    inside = page.mapping.widget()
    assert inside is not None
    qtbot.waitUntil(lambda: inside.width() <= page.mapping.viewport().width())
    assert inside.width() >= inside.minimumSizeHint().width()
    page.columns_button.click()
    qtbot.waitUntil(page.table.isVisible)
    page.columns_button.click()
    window.resize(QSize(1600, 1000))
    qtbot.waitUntil(page.table.isVisible)
    assert page.mapping.isVisible()
    assert page.title.text() == "Import “list.csv”"
    assert page.recognised.isVisible()


def test_a_question_is_short_in_a_small_window(
    qtbot: QtBot, window: MainWindow, small: ImportScreen, open_files: OpenFiles
) -> None:
    _ = open_files({"mine.csv": AMBIGUOUS + "".join(f"Knots {at},Port School,04/05/2024\n" for at in range(5))})
    qtbot.waitUntil(lambda: whole_rows(small) >= 2)
    button = small.page.questions.orders["dmy"]
    qtbot.waitUntil(lambda: (button.text(), button.accessibleName()) == ("Day first", "Day first: 3 Apr 2025"))
    qtbot.waitUntil(lambda: too_narrow(small) == [])
    window.resize(QSize(1600, 1000))
    qtbot.waitUntil(lambda: button.text() == "Day first: 3 Apr 2025")


def test_the_foot_says_in_a_small_window_what_waits(
    qtbot: QtBot, small: ImportScreen, open_files: OpenFiles, library: Library
) -> None:
    _ = open_files({"list.csv": PROGRAMS})
    qtbot.waitUntil(lambda: not small.footer.sentence.isVisible())
    assert small.footer.import_button.toolTip().startswith("Nothing has been written yet.")
    _ = add(library, earned("Certified Kubernetes Security Specialist", "2025-04-02"), "Linux House")
    _ = open_files({"mine.csv": ALIKE})
    qtbot.waitUntil(small.footer.sentence.isVisible)
    assert small.footer.sentence.text() == "1 row to check is left out until you decide."
