"""Undo and redo of the whole library: their commands, and what these are called just now.

Belongs here: asking the library for the labels and running undo and redo. Keys that a text field wants for itself
are in `undo_keys`.
"""

from typing import Protocol

from PySide6.QtCore import QObject, Slot

from learnpath.domain.changes import ChangeSet
from learnpath.gui.infra.actions import ActionRegistry
from learnpath.gui.infra.bus import ChangeBus
from learnpath.gui.infra.messages import Messages
from learnpath.gui.infra.operations import Operations
from learnpath.gui.shell.commands import REDO, UNDO, undo_commands


class UndoHistory(Protocol):
    """What undo needs of a library (`storage.library.Library` is one)."""

    def undo(self) -> ChangeSet | None:
        """Take back the last change."""
        ...

    def redo(self) -> ChangeSet | None:
        """Repeat the change that was taken back last."""
        ...

    def undo_label(self) -> str | None:
        """Return the label of the change that `undo` would take back."""
        ...

    def redo_label(self) -> str | None:
        """Return the label of the change that `redo` would repeat."""
        ...


Labels = tuple[str | None, str | None]


class UndoController(QObject):
    """Registers Undo and Redo and keeps them true to the library after every change."""

    def __init__(
        self,
        history: UndoHistory,
        operations: Operations,
        bus: ChangeBus,
        actions: ActionRegistry,
        messages: Messages,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._history = history
        self._operations = operations
        self._actions = actions
        self._messages = messages
        self._labels: Labels = (None, None)
        actions.add_all(undo_commands(self.undo, self.redo, self._can_undo, self._can_redo))
        bus.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def undo(self) -> None:
        """Take back the last change and say which."""
        self._operations.change(self._history.undo, self._say_undone)

    @Slot()
    def redo(self) -> None:
        """Repeat the change that was taken back last and say which."""
        self._operations.change(self._history.redo, self._say_redone)

    @Slot()
    def refresh(self) -> None:
        """Ask for the labels."""
        history = self._history

        def labels() -> Labels:
            return history.undo_label(), history.redo_label()

        self._operations.read(labels, self._show, replaces="undo.labels")

    def _can_undo(self) -> bool:
        return self._labels[0] is not None

    def _can_redo(self) -> bool:
        return self._labels[1] is not None

    def _show(self, labels: Labels) -> None:
        self._labels = labels
        undo, redo = labels
        self._actions.set_text(UNDO, self.tr("Undo {0}").format(_inside(undo)) if undo else self.tr("Undo"))
        self._actions.set_text(REDO, self.tr("Redo {0}").format(_inside(redo)) if redo else self.tr("Redo"))
        self._actions.refresh()

    def _say_undone(self, change: ChangeSet | None) -> None:
        if change is not None:
            self._messages.toast(self.tr("Took back: {0}").format(change.label), undo=False)

    def _say_redone(self, change: ChangeSet | None) -> None:
        if change is not None:
            self._messages.toast(self.tr("Done again: {0}").format(change.label), undo=False)


def _inside(label: str) -> str:
    """Return a label as it reads inside a sentence: "Add Security+" becomes "add Security+", "AZ-104" stays."""
    if len(label) > 1 and label[1].islower():
        return label[0].lower() + label[1:]
    return label
