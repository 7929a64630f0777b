import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot
from tests.gui.screens.importing.conftest import OpenFiles
from tests.gui.screens.importing.files import AMBIGUOUS, PROGRAMS

from learnpath.gui.infra.theme import Theme
from learnpath.gui.infra.tokens import ThemeName
from learnpath.gui.screens.importing.desk import DeskState
from learnpath.gui.screens.importing.screen import ImportScreen
from learnpath.gui.shell.window import MainWindow


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
    shown = [one for one in parts if one.isVisible()]
    return [
        (type(first).__name__, type(second).__name__)
        for at, first in enumerate(shown)
        for second in shown[at + 1 :]
        if first.geometry().intersects(second.geometry())
    ]


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
