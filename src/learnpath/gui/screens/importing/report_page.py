"""The reports of the imports made since the screen was last emptied, the newest first."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from learnpath.gui.infra.theme import Theme
from learnpath.gui.screens.importing.finished import FinishedImport
from learnpath.gui.screens.importing.report_card import ReportCard


class ReportPage(QScrollArea):
    """The newest report with all its buttons, and those before it to be read. `save_clicked(file id)`."""

    save_clicked = Signal(int)

    def __init__(self, theme: Theme, screens: Collection[str], parent: QWidget | None = None) -> None:
        """Make it without a report; `screens` are the screens that can be gone to."""
        super().__init__(parent)
        self._theme = theme
        self._screens = screens
        self.newest = ReportCard(theme, screens)
        self._earlier: list[ReportCard] = []
        self._build()

    def show_imports(self, finished: Sequence[FinishedImport], *, has_files: bool) -> None:
        """Show the reports of these imports, of which the last is the newest; `has_files`: others are open already."""
        for card in self._earlier:
            card.hide()
            card.deleteLater()
        self._earlier = []
        for one in reversed(finished[:-1]):
            card = ReportCard(self._theme, self._screens)
            card.show_report(one)
            card.show_earlier()
            card.save_clicked.connect(self.save_clicked)
            self._rows.insertWidget(self._rows.count() - 1, card)
            self._earlier.append(card)
        if finished:
            self.newest.show_report(finished[-1])
            self.newest.show_way_on(has_files=has_files)
        self.verticalScrollBar().setValue(0)

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        self._rows = QVBoxLayout(holder)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(12)
        self._rows.addWidget(self.newest)
        self._rows.addStretch(1)
        self.setWidget(holder)
        self.newest.save_clicked.connect(self.save_clicked)
