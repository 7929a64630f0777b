"""Whether somebody is typing: what has just loaded may take the focus only when nobody is.

Belongs here: the question. Which widget then takes the focus is the screen's.
"""

from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QTextEdit


def is_typing() -> bool:
    """Return whether the focus is in a field that holds text, or in another window such as a dialog.

    An empty line is not enough: the window's own search field gets the focus when nothing else can take it.
    """
    focused = QApplication.focusWidget()
    if isinstance(focused, QLineEdit):
        return bool(focused.text())
    return isinstance(focused, QPlainTextEdit | QTextEdit | QAbstractSpinBox)
