"""The line above the preview: the kinds of row, the field to search in, and the links of the file."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from learnpath.gui.infra.theme import Theme
from learnpath.gui.screens.importing.kind_chips import KindChips
from learnpath.gui.widgets.search_field import SearchField

_GAP = 10
_LEAST_WIDTH, _MOST_WIDTH = 150, 260


class RowFilters(QWidget):
    """The chips, the search field beside them, and the links at the end.

    Where the chips leave little room, the field stands at the end of the line `above` instead: a line of its own
    would take more height than large text in a small window leaves for the rows. `arranged()`: it went there, or back.
    """

    arranged = Signal()

    def __init__(
        self, theme: Theme, above: QHBoxLayout, links: Sequence[QWidget], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._above = above
        self.chips = KindChips(theme)
        self.search = SearchField(theme, self.tr("Search these rows"), "Ctrl F")
        self._links = QHBoxLayout()
        self._line = QHBoxLayout(self)
        self._build(links)
        theme.changed.connect(self.arrange)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the field where there is room."""
        super().resizeEvent(event)
        self.arrange()

    @Slot()
    def arrange(self) -> None:
        """Put the field where there is room; to be called when chips or links came or went."""
        room = self.width() - self.chips.sizeHint().width() - self._links.sizeHint().width() - 2 * _GAP
        is_beside = room >= self._theme.px(_LEAST_WIDTH)
        self.search.setFixedWidth(min(room, self._theme.px(_MOST_WIDTH)) if is_beside else self._theme.px(_MOST_WIDTH))
        # Where there is little height, the table has to give way.
        self.search.setMinimumHeight(self.search.sizeHint().height())
        is_above = not is_beside and not self.search.isHidden()
        self._above.setContentsMargins(0, self._theme.px(4) if is_above else 0, 0, 0)
        wanted, other = (self._line, self._above) if is_beside else (self._above, self._line)
        if wanted.indexOf(self.search) < 0:
            other.removeWidget(self.search)
            wanted.insertWidget(1, self.search, 0, Qt.AlignmentFlag.AlignVCenter)
        self.arranged.emit()

    @property
    def is_search_above(self) -> bool:
        """Whether the search field stands in the line above."""
        return self._above.indexOf(self.search) >= 0 and not self.search.isHidden()

    def _build(self, links: Sequence[QWidget]) -> None:
        self._links.setSpacing(_GAP)
        for link in links:
            self._links.addWidget(link, 0, Qt.AlignmentFlag.AlignVCenter)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(_GAP)
        self._line.addWidget(self.chips, 1, Qt.AlignmentFlag.AlignVCenter)
        self._line.addWidget(self.search, 0, Qt.AlignmentFlag.AlignVCenter)
        self._line.addLayout(self._links)
