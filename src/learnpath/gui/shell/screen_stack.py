"""The screens of the window, made on their first visit.

Belongs here: which screens exist, and what each of them remembers.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget

from learnpath.gui.infra.context import GuiContext
from learnpath.gui.shell.screen import Screen, ScreenFactory
from learnpath.settings import Json


class ScreenStack(QStackedWidget):
    """Shows one screen at a time."""

    def __init__(self, context: GuiContext, factories: Sequence[ScreenFactory], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._factories = {factory.screen_id: factory for factory in factories}
        self._screens: dict[str, Screen] = {}
        self._states: dict[str, dict[str, Json]] = {}

    def knows(self, screen_id: str) -> bool:
        """Return whether there is such a screen."""
        return screen_id in self._factories

    def screen_ids(self) -> tuple[str, ...]:
        """Return the ids of all screens, in the order of the navigation."""
        return tuple(self._factories)

    def current(self) -> Screen | None:
        """Return the screen in view; None before the first visit."""
        widget = self.currentWidget()
        return widget if isinstance(widget, Screen) else None

    def visited(self) -> list[Screen]:
        """Return the screens that have been made."""
        return list(self._screens.values())

    def visit(self, screen_id: str) -> Screen:
        """Bring a screen into view, making it first if need be. Raises KeyError for an unknown id."""
        screen = self._screens.get(screen_id)
        if screen is None:
            screen = self._factories[screen_id].create(self._context)
            self._screens[screen_id] = screen
            self.addWidget(screen)
            if screen_id in self._states:
                screen.restore_state(self._states[screen_id])
        self.setCurrentWidget(screen)
        return screen

    def mark_stale(self) -> None:
        """Let every screen refresh: the one in view now, the others when they are shown."""
        for screen in self._screens.values():
            screen.mark_stale()

    def save_states(self) -> dict[str, dict[str, Json]]:
        """Return what each screen remembers; screens not visited this time keep what they remembered before."""
        return self._states | {screen_id: screen.save_state() for screen_id, screen in self._screens.items()}

    def restore_states(self, states: Mapping[str, dict[str, Json]]) -> None:
        """Keep states for screens to be made, and give the others theirs."""
        self._states = dict(states)
        for screen_id, screen in self._screens.items():
            if screen_id in self._states:
                screen.restore_state(self._states[screen_id])
