"""How the window was left: place, size, screen and what each screen remembers, kept in the settings as JSON.

Belongs here: reading and writing that state, tolerant of a broken or older one. What a screen remembers is its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRect, QSize

from learnpath.settings import SESSION, Json, SettingsStore

SMALLEST_WINDOW = QSize(760, 520)
DEFAULT_WINDOW = QSize(1320, 840)


@dataclass(frozen=True, slots=True)
class WindowState:
    """How a window was left. `geometry` is x, y, width, height in logical pixels; None: never shown before."""

    geometry: tuple[int, int, int, int] | None = None
    maximized: bool = False
    screen_id: str = ""
    screens: Mapping[str, dict[str, Json]] = field(default_factory=dict[str, dict[str, Json]])


def load_window_state(settings: SettingsStore) -> WindowState:
    """Return the stored state; what is missing or malformed falls back to the default."""
    nothing: dict[str, Json] = {}
    stored = settings.get(SESSION, nothing)
    numbers = stored.get("geometry")
    geometry = None
    if isinstance(numbers, list):
        whole = [number for number in numbers if isinstance(number, int) and not isinstance(number, bool)]
        if len(whole) == 4 and whole[2] > 0 and whole[3] > 0:
            geometry = (whole[0], whole[1], whole[2], whole[3])
    screen_id = stored.get("screen")
    return WindowState(
        geometry=geometry,
        maximized=stored.get("maximized") is True,
        screen_id=screen_id if isinstance(screen_id, str) else "",
        screens={name: _as_mapping(state) for name, state in _as_mapping(stored.get("screens")).items()},
    )


def save_window_state(settings: SettingsStore, state: WindowState) -> None:
    """Store the state."""
    settings.set(
        SESSION,
        {
            "geometry": None if state.geometry is None else list(state.geometry),
            "maximized": state.maximized,
            "screen": state.screen_id,
            "screens": {name: dict(values) for name, values in state.screens.items()},
        },
    )


def clamp_to_screens(wanted: QRect, screens: Sequence[QRect]) -> QRect:
    """Return the window rectangle moved and shrunk so that all of it lies on the screen it overlaps most.

    `screens` are the available rectangles, the primary one first; it is the choice when nothing overlaps (its
    monitor was unplugged).
    """
    if not screens:
        return QRect(wanted)

    def overlap(screen: QRect) -> int:
        shared = screen.intersected(wanted)
        return shared.width() * shared.height() if shared.isValid() else 0

    screen = max(screens, key=overlap)
    width, height = min(wanted.width(), screen.width()), min(wanted.height(), screen.height())
    left = max(screen.left(), min(wanted.left(), screen.right() + 1 - width))
    top = max(screen.top(), min(wanted.top(), screen.bottom() + 1 - height))
    return QRect(left, top, width, height)


def _as_mapping(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
