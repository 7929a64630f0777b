"""What every screen is given: one frozen value instead of global getters.

Belongs here: the parts that live as long as the window. Made once at the composition root.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from learnpath.gui.infra.actions import ActionRegistry
from learnpath.gui.infra.backup_timer import BackupTimer
from learnpath.gui.infra.bus import ChangeBus
from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.messages import Messages
from learnpath.gui.infra.navigation import Navigator
from learnpath.gui.infra.operations import Operations
from learnpath.gui.infra.theme import Theme
from learnpath.settings import SettingsStore

if TYPE_CHECKING:
    from learnpath.storage.library import Library


@dataclass(frozen=True, slots=True)
class GuiContext:
    """The library and the parts of the window. `today` returns the day that every rule is asked about."""

    library: "Library"
    operations: Operations
    bus: ChangeBus
    actions: ActionRegistry
    theme: Theme
    icons: Icons
    settings: SettingsStore
    messages: Messages
    navigate: Navigator
    backups: BackupTimer
    today: Callable[[], date]
