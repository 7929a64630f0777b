"""The exports and the two screens as parts of the whole window."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.exporting import EXPORT_CSV, EXPORT_JSON, EXPORT_PDF, file_name
from learnpath.gui.shell.commands import OPEN_SETTINGS
from learnpath.gui.shell.window import MainWindow

OpenWindow = Callable[[GuiContext, QSize], MainWindow]
SIZE = QSize(900, 600)


def test_the_file_menu_exports(
    open_window: OpenWindow,
    sample_context: GuiContext,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    window = open_window(sample_context, SIZE)
    menu = window.menuBar().actions()[0].menu()
    names = [action.objectName() for action in menu.actions()]
    assert {EXPORT_PDF, EXPORT_CSV, EXPORT_JSON} <= set(names)
    sample_context.actions.run(EXPORT_PDF)
    assert window.stack.current().screen_id == "portfolio"
    qtbot.waitUntil(lambda: shown_dialog() is not None)
    out = tmp_path / "mine.pdf"
    dialog = shown_dialog()
    assert dialog.selectedFiles()[0].endswith("Mira Kovács - My portfolio.pdf")
    dialog.findChild(QLineEdit).setText(str(out))
    dialog.accept()
    qtbot.waitUntil(lambda: window.messages.toast.isVisible())
    assert out.read_bytes().startswith(b"%PDF")
    assert window.messages.toast.text == "Saved mine.pdf"
    next(one for one in window.messages.toast.findChildren(QPushButton) if one.text() == "Open").click()
    assert opened == [str(out)]


def shown_dialog() -> QFileDialog | None:
    found = (one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog) and one.isVisible())
    return next(found, None)


@pytest.mark.parametrize("screen_id", ["portfolio", "settings"])
def test_whatever_takes_the_focus_has_a_name(
    open_window: OpenWindow, sample_context: GuiContext, qtbot: QtBot, screen_id: str
) -> None:
    window = open_window(sample_context, SIZE)
    sample_context.navigate.to_screen(screen_id)
    qtbot.waitUntil(lambda: not sample_context.operations.busy)
    screen = window.stack.current()
    nameless = [
        widget
        for widget in screen.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not widget.objectName().startswith("qt_")
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []


def test_the_key_for_settings_leads_there(open_window: OpenWindow, sample_context: GuiContext, qtbot: QtBot) -> None:
    window = open_window(sample_context, SIZE)
    sample_context.actions.run(OPEN_SETTINGS)
    qtbot.waitUntil(lambda: not sample_context.operations.busy)
    assert window.stack.current().screen_id == "settings"


@pytest.mark.parametrize(
    ("text", "name"),
    [("Mira - Plain", "Mira - Plain"), ('a/b\\c:d*"', "a b c d"), ("..", "portfolio"), ("x" * 200, "x" * 80)],
)
def test_a_name_is_one_that_every_system_takes(text: str, name: str) -> None:
    assert file_name(text) == name


def test_the_large_parts_are_not_loaded_with_the_screens() -> None:
    code = (
        "import learnpath.gui, sys\n"
        "from learnpath.gui.screens.catalogue import all_screens\n"
        "all_screens()\n"
        "import learnpath.gui.start, learnpath.gui.screens.portfolio.screen\n"
        "found = {'typst', 'PySide6.QtPdf', 'PySide6.QtPdfWidgets'} & set(sys.modules)\n"
        "sys.exit(str(found) if found else 0)\n"
    )
    source = str(Path(__file__).parents[3] / "src")
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {source!r})\n{code}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
