"""The line above the preview that keeps the report of the last import one click away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from learnpath.gui.infra.theme import Theme
from learnpath.gui.screens.importing.finished import FinishedImport
from learnpath.gui.screens.importing.wording import number_text, written_text
from learnpath.gui.widgets.link_button import LinkButton
from learnpath.gui.widgets.plain_label import PlainLabel


class ReportBar(QWidget):
    """What the last import wrote, and a link to its report. `clicked()`."""

    clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = PlainLabel(theme, "", "small", "muted", elide=True)
        self.link = LinkButton(theme, self.tr("Show the report"), "small")
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(self.sentence)
        line.addWidget(self.link)
        line.addStretch(1)
        self.link.clicked.connect(self.clicked)

    def show_import(self, last: FinishedImport | None) -> None:
        """Say what the last import did; without one there is nothing to see."""
        self.setVisible(last is not None)
        if last is None:
            return
        text = self.tr("Before this: imported {0}").format(written_text(last.report))
        if last.broken:
            text += self.tr(", {0} with errors").format(number_text(last.broken))
        self.sentence.setText(text)
