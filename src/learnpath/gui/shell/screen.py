"""What every screen is: a page of the window that refreshes itself when what it shows has changed.

Belongs here: the base class, and the factory by which the window knows a screen before it exists.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from learnpath.domain.changes import ChangeSet
from learnpath.gui.infra.actions import Command
from learnpath.settings import Json

if TYPE_CHECKING:
    from learnpath.gui.infra.context import GuiContext


class Screen(QWidget):
    """A page of the window. Subclasses set the class attributes and override what they need.

    `screen_id` is stable (it is stored). `kinds` are the record kinds (table names) whose change makes the screen
    out of date. `primary_command` and `secondary_command` are the ids of the commands in the top bar; the empty
    text leaves the button out.
    """

    screen_id: ClassVar[str] = ""
    icon_name: ClassVar[str] = ""
    kinds: ClassVar[frozenset[str]] = frozenset()
    primary_command: ClassVar[str] = ""
    secondary_command: ClassVar[str] = ""

    def __init__(self, context: "GuiContext", parent: QWidget | None = None) -> None:
        """Keep the context and listen to changes; `refresh(None)` follows when the screen is first shown."""
        super().__init__(parent)
        self.context = context
        self._stale = True
        context.bus.changed.connect(self._on_change)

    @property
    def stale(self) -> bool:
        """Whether the screen has to refresh before it is looked at."""
        return self._stale

    @property
    def is_drawing(self) -> bool:
        """Return whether something is still being drawn outside of the window's thread."""
        return False

    def title(self) -> str:
        """Return the title for the top bar and the navigation."""
        raise NotImplementedError

    def refresh(self, change: ChangeSet | None) -> None:
        """Ask for what the screen shows and show it; None means that anything may have changed."""
        raise NotImplementedError

    def show_record(self, record_id: int) -> None:
        """Select and reveal a record, perhaps after the running refresh."""

    def focus_search(self) -> bool:
        """Focus the screen's own search field; return False when it has none."""
        return False

    def focus_start(self) -> None:
        """Take the focus: its first list, so that the arrow keys work at once, or the screen itself.

        From the screen itself the tab key leads to its first part, and nothing wears a ring that nobody asked for.
        """
        views = (view for view in self.findChildren(QAbstractItemView) if view.isVisibleTo(self))
        start = next((view for view in views if view.focusPolicy() & Qt.FocusPolicy.TabFocus), self)
        start.setFocus()

    def can_run(self, command_id: str) -> bool:
        """Return whether a command that depends on the screen (edit, remove, its own ones) is possible now."""
        return False

    def run_command(self, command_id: str) -> None:
        """Run a command that depends on the screen."""

    def open_files(self, paths: Sequence[Path]) -> None:
        """Take files that were dropped on the window; only for a screen whose factory says `takes_files`."""

    def save_state(self) -> dict[str, Json]:
        """Return what the screen should remember across restarts, as JSON values."""
        return {}

    def restore_state(self, state: Mapping[str, Json]) -> None:
        """Take back what `save_state` returned, perhaps in an older version; ignore what does not fit."""

    def mark_stale(self) -> None:
        """Refresh now if visible, otherwise when the screen is shown next (a new day has begun)."""
        if self.isVisible():
            self.refresh(None)
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Refresh first when something changed while the screen was hidden."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh(None)

    @Slot(object)
    def _on_change(self, change: ChangeSet) -> None:
        if not change.touches(*self.kinds):
            return
        if self.isVisible():
            self.refresh(change)
        else:
            self._stale = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenFactory:
    """What the window knows of a screen before it is first visited.

    `opens` are the record kinds that live here (a record found in the palette leads here). `commands` that have no
    handler are sent to the screen: the window goes there, making the screen if need be, and calls `run_command`.
    `at_foot` puts the entry at the foot of the navigation. `go` makes the command that leads here, given its handler
    (`settings_command`, `import_command`); without it the screens get Ctrl+1, Ctrl+2 and so on in their order.
    """

    screen_id: str
    title: str
    icon_name: str
    create: Callable[["GuiContext"], Screen]
    opens: tuple[str, ...] = ()
    commands: Sequence[Command] = ()
    at_foot: bool = False
    takes_files: bool = False
    go: Callable[[Callable[[], object]], Command] | None = None
