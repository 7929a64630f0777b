"""The field for text of several lines, such as notes."""

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from learnpath.gui.infra.theme import Theme

_HEIGHT = 84


class TextArea(QPlainTextEdit):
    """Looks like the other fields; the tab key leaves it."""

    def __init__(self, theme: Theme, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        # The style paints the rounded ground of a field, which the viewport must not cover.
        self.setProperty("field", True)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(7)
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme.px(_HEIGHT))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Paint the frame in the accent."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Paint the frame as it was."""
        super().focusOutEvent(event)
        self.update()
