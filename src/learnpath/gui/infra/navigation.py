"""Where the person is and was: places, and the way back and forward.

Belongs here: the list of visited places. The window shows the place it is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

_LONGEST_HISTORY = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A screen, and the record that is open in it (0: none)."""

    screen_id: str
    record_id: int = 0


class Navigator(QObject):
    """Leads to screens and records; any part of the window calls it.

    `place_changed(Place)`: show this place now. `moved()`: what `can_go_back` and `can_go_forward` say changed.
    """

    place_changed = Signal(object)
    moved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: list[Place] = []
        self._position = -1
        self._homes: dict[str, str] = {}

    def set_homes(self, homes: Mapping[str, str]) -> None:
        """Tell which screen shows records of which kind: {"credential": "credentials"}."""
        self._homes = dict(homes)

    @property
    def place(self) -> Place | None:
        """The present place; None before the first."""
        return self._places[self._position] if self._places else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is an earlier place."""
        return self._position > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a later place."""
        return self._position < len(self._places) - 1

    def to_screen(self, screen_id: str, record_id: int = 0) -> None:
        """Go to a screen, and open a record in it when one is given."""
        place = Place(screen_id, record_id)
        if place != self.place:
            self._places = [*self._places[: self._position + 1], place][-_LONGEST_HISTORY:]
            self._position = len(self._places) - 1
            self.moved.emit()
        self.place_changed.emit(place)

    def to_record(self, kind: str, record_id: int) -> bool:
        """Go to a record; return False when no screen shows records of this kind."""
        home = self._homes.get(kind)
        if home is None:
            return False
        self.to_screen(home, record_id)
        return True

    def note(self, place: Place) -> None:
        """Remember that the person selected another record on the present screen, without showing it again.

        Successive records of one screen replace one another: the way back leads out, not through every row.
        """
        present = self.place
        if present is not None and present.screen_id == place.screen_id:
            self._places[self._position] = place

    def back(self) -> None:
        """Go to the place before, if there is one."""
        if self.can_go_back:
            self._step(-1)

    def forward(self) -> None:
        """Go to the place after, if there is one."""
        if self.can_go_forward:
            self._step(1)

    def _step(self, by: int) -> None:
        self._position += by
        self.moved.emit()
        self.place_changed.emit(self._places[self._position])
