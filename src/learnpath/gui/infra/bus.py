"""The change bus: one signal that tells every view what a committed change touched.

Belongs here: the signal. Not here: who makes changes (`operations`) and who refreshes (`shell.screen`).
"""

from PySide6.QtCore import QObject, Signal

from learnpath.domain.changes import ChangeSet


class ChangeBus(QObject):
    """Carries each `ChangeSet` after its commit, in the GUI thread, in the order of the commits."""

    changed = Signal(object)

    def publish(self, change: ChangeSet) -> None:
        """Tell every listener about a committed change."""
        self.changed.emit(change)
