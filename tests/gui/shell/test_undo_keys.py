"""Which Ctrl+Z and Ctrl+Y reach the library while a text field has the focus."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from learnpath.gui.shell.undo_keys import UndoKeyRouter

CONTROL = Qt.KeyboardModifier.ControlModifier
Field = QLineEdit | QPlainTextEdit | QTextEdit


class Page(QWidget):
    """A window with one text field and shortcuts of its own for undo and redo."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.heard: list[str] = []
        QVBoxLayout(self).addWidget(field)
        for keys, what in (("Ctrl+Z", "undo"), ("Ctrl+Y", "redo"), ("Ctrl+Shift+Z", "redo")):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda what=what: self.heard.append(what))


@pytest.fixture(params=[QLineEdit, QPlainTextEdit, QTextEdit])
def page(request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication) -> Page:
    make: Callable[[], Field] = request.param
    page = Page(make())
    qtbot.addWidget(page)
    page.router = UndoKeyRouter(qapp, page)  # pyright: ignore[reportAttributeAccessIssue]
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.field.setFocus()
    return page


def test_a_clean_field_lets_undo_and_redo_through(qtbot: QtBot, page: Page) -> None:
    qtbot.keyClick(page.field, Qt.Key.Key_Z, CONTROL)
    qtbot.keyClick(page.field, Qt.Key.Key_Y, CONTROL)
    qtbot.keyClick(page.field, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert page.heard == ["undo", "redo", "redo"]


def test_a_dirty_field_undoes_its_own_typing_first(qtbot: QtBot, page: Page) -> None:
    qtbot.keyClicks(page.field, "abc")
    qtbot.keyClick(page.field, Qt.Key.Key_Z, CONTROL)
    assert page.heard == []
    text = page.field.text() if isinstance(page.field, QLineEdit) else page.field.toPlainText()
    assert text == ""
    qtbot.keyClick(page.field, Qt.Key.Key_Z, CONTROL)
    assert page.heard == ["undo"]


def test_a_read_only_field_has_nothing_to_undo(qtbot: QtBot, page: Page) -> None:
    qtbot.keyClicks(page.field, "abc")
    page.field.setReadOnly(True)
    qtbot.keyClick(page.field, Qt.Key.Key_Z, CONTROL)
    assert page.heard == ["undo"]


def test_a_field_that_lost_the_focus_is_left_alone(qtbot: QtBot, page: Page) -> None:
    other = QLineEdit(page)
    page.layout().addWidget(other)
    other.show()
    other.setFocus()
    page.field.setFocus()
    qtbot.keyClick(page.field, Qt.Key.Key_Z, CONTROL)
    assert page.heard == ["undo"]
