"""Where the cards stand: three columns on a wide window, two on a narrow one, one below another on a small one.

Belongs here: places and widths. No card knows where it stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from learnpath.gui.infra.theme import Theme

Mode = Literal["wide", "middle", "narrow"]
_WIDE_FROM = 940
_MIDDLE_FROM = 640
SPACING = 14


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the grid, and how many columns it spans."""

    row: int
    column: int
    span: int = 1


# In the order: figures, paths, deadlines, needs action, study, years. The order is that of the tab key, too.
_PLACES: dict[Mode, tuple[Place, ...]] = {
    "wide": (Place(0, 0, 3), Place(1, 0), Place(1, 1), Place(1, 2), Place(2, 0, 2), Place(2, 2)),
    "middle": (Place(0, 0, 2), Place(1, 0), Place(1, 1), Place(2, 0), Place(2, 1), Place(3, 0, 2)),
    "narrow": tuple(Place(row, 0) for row in range(6)),
}
# Two columns hold the years beside what needs action, and the study map, which is wide, below both.
_MIDDLE_ORDER = (0, 1, 2, 3, 5, 4)
_STRETCHES: dict[Mode, tuple[int, ...]] = {"wide": (36, 36, 33), "middle": (1, 1), "narrow": (1,)}


def mode_for(width: int, theme: Theme) -> Mode:
    """Return how the cards stand at a width in pixels; larger text needs more room."""
    if width >= theme.px(_WIDE_FROM):
        return "wide"
    return "middle" if width >= theme.px(_MIDDLE_FROM) else "narrow"


class CardGrid(QWidget):
    """Holds the six cards of the first screen and moves them when the width asks for it."""

    def __init__(self, theme: Theme, cards: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cards = tuple(cards)
        self._mode: Mode | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACING)
        for card in self._cards:
            card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.set_mode("narrow")
        theme.changed.connect(self._fit)

    @property
    def mode(self) -> Mode | None:
        """Return how the cards stand now."""
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Put every card in its place."""
        if mode == self._mode:
            return
        self._mode = mode
        for card in self._cards:
            self._grid.removeWidget(card)
        for column in range(3):
            stretches = _STRETCHES[mode]
            self._grid.setColumnStretch(column, stretches[column] if column < len(stretches) else 0)
        order = _MIDDLE_ORDER if mode == "middle" else range(len(self._cards))
        for place, index in zip(_PLACES[mode], order, strict=True):
            self._grid.addWidget(self._cards[index], place.row, place.column, 1, place.span)

    def minimumSizeHint(self) -> QSize:
        """Return the height the cards need; any width will do, since they move."""
        return QSize(self._theme.px(300), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the cards when the width asks for it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.set_mode(mode_for(self.width(), self._theme))
