"""Who gets Ctrl+Z: a text field while it has something of its own to take back, otherwise the library.

Belongs here: letting the undo keys through a text field that has nothing to undo. Qt's fields swallow them always.
"""

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

_TextField = QLineEdit | QTextEdit | QPlainTextEdit


class UndoKeyRouter(QObject):
    """Watches the text field that has the focus, and only that one."""

    def __init__(self, application: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        application.focusChanged.connect(self._follow_focus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the field from claiming an undo or redo key that it cannot use."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if isinstance(watched, _TextField) and _passes_through(watched, event):
            event.ignore()
            return True
        return False

    @Slot(QWidget, QWidget)
    def _follow_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(old, _TextField):
            old.removeEventFilter(self)
        if isinstance(new, _TextField):
            new.installEventFilter(self)


def _passes_through(field: _TextField, event: QKeyEvent) -> bool:
    if event.matches(QKeySequence.StandardKey.Undo):
        return not _can(field, "undo")
    keys = QKeySequence(event.keyCombination())
    if event.matches(QKeySequence.StandardKey.Redo) or keys in (
        QKeySequence("Ctrl+Y"),
        QKeySequence("Ctrl+Shift+Z"),
    ):
        return not _can(field, "redo")
    return False


def _can(field: _TextField, what: str) -> bool:
    if isinstance(field, QLineEdit):
        available = field.isUndoAvailable() if what == "undo" else field.isRedoAvailable()
        return available and not field.isReadOnly()
    document = field.document()
    available = document.isUndoAvailable() if what == "undo" else document.isRedoAvailable()
    return available and not field.isReadOnly()
