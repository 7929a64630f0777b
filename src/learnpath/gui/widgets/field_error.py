"""The message below a field that cannot be kept as it is."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.plain_label import PlainLabel


class FieldError(QWidget):
    """A sentence with a sign, so that it is not told by colour alone; hidden while there is none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = QLabel()
        self._text = PlainLabel(theme, "", "small", "bad", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    @property
    def text(self) -> str:
        """Return the message, empty when there is none."""
        return self._text.text()

    def set_message(self, message: str) -> None:
        """Show a sentence; empty for none."""
        self._text.setText(message)
        self.setAccessibleName(message)
        self.setVisible(bool(message))

    def _restyle(self) -> None:
        edge = self._theme.px(14)
        icon = Icons(self._theme).icon("error", "bad")
        self._icon.setPixmap(icon.pixmap(QSize(edge, edge), self.devicePixelRatioF()))
