"""The line above the preview: the kinds of row, the field to search in, and the links of the file."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from learnpath.gui.infra.theme import Theme
from learnpath.gui.screens.importing.kind_chips import KindChips
from learnpath.gui.widgets.search_field import SearchField

_GAP = 10
_SEARCH_WIDTH = 260
_ANY_WIDTH = 16_777_215


class RowFilters(QWidget):
    """The chips with the search field beside them, or below them where there is little room; the links at the end."""

    def __init__(self, theme: Theme, links: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.chips = KindChips(theme)
        self.search = SearchField(theme, self.tr("Search these rows"), "Ctrl F")
        self._links = QHBoxLayout()
        self._grid = QGridLayout(self)
        self._build(links)
        theme.changed.connect(self.arrange)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the field beside the chips or below them."""
        super().resizeEvent(event)
        self.arrange()

    @Slot()
    def arrange(self) -> None:
        """Put everything in its place; to be called when chips or links came or went."""
        is_offered = not self.search.isHidden()
        width = self._theme.px(_SEARCH_WIDTH)
        line = self.chips.sizeHint().width() + self._links.sizeHint().width() + 2 * _GAP
        is_beside = line + width <= self.width()
        self.search.setMinimumWidth(width if is_beside else 0)
        self.search.setMaximumWidth(width if is_beside else _ANY_WIDTH)
        self._grid.removeWidget(self.search)
        if is_beside or not is_offered:
            self._grid.addWidget(self.search, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        else:
            self._grid.addWidget(self.search, 1, 0, 1, 3)

    def _build(self, links: Sequence[QWidget]) -> None:
        self._links.setSpacing(_GAP)
        for link in links:
            self._links.addWidget(link, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self.chips, 0, 0)
        self._grid.addLayout(self._links, 0, 2)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.arrange()
