"""What stands in place of the rows when none has what is looked for."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.plain_label import PlainLabel


class NoMatch(QWidget):
    """A sentence and the button that shows all rows."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_all_button = QPushButton(self.tr("Show all"))
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addStretch(1)
        line.addWidget(PlainLabel(theme, self.tr("No row matches."), "body", "muted"))
        line.addWidget(self.show_all_button)
        line.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        for height in (48, 64):
            # Room that gives way where there is little of it.
            rows.addSpacerItem(QSpacerItem(0, height, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum))
        rows.insertLayout(1, line)
