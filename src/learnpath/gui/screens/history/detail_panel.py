"""The panel of one change: what it did to which record, and the button that leads to that point."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from learnpath.domain.changes import HistoryEntry
from learnpath.domain.wording import count_text
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.inspector import Inspector
from learnpath.services.history import RecordChange

_MOST_RECORDS = 30
_MOST_FIELDS = 12


def moment_text(at: str) -> str:
    """Return a stored moment (UTC ISO text) as the day and time where the person is."""
    return datetime.fromisoformat(at).astimezone().strftime("%d %b %Y, %H:%M").lstrip("0")


class ChangePanel(Inspector):
    """Shows one change. `go_asked` is sent by the button that makes it the last one done."""

    go_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.setAccessibleName(self.tr("The change"))

    def show_change(self, entry: HistoryEntry, changes: Sequence[RecordChange], later: int) -> None:
        """Show a change; `later` is how many changes would be taken back (0: it is the last, -1: it is undone)."""
        chips = [(self.tr("Undone"), "neutral")] if entry.undone else []
        rows = count_text(entry.rows, "record")
        self.set_heading(entry.label, f"{moment_text(entry.at)} · {entry.device} · {rows}", chips)  # pyright: ignore[reportArgumentType]
        text = self._go_text(entry, later)
        if text:
            button = QPushButton(text)
            button.clicked.connect(self.go_asked)
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(button)
            row.addStretch()
            self.add_widget(line)
        for change in changes[:_MOST_RECORDS]:
            self._add_change(change)
        if len(changes) > _MOST_RECORDS or entry.rows > len(changes):
            self.add_section(self.tr("and more records"))

    def _go_text(self, entry: HistoryEntry, later: int) -> str:
        if entry.undone:
            return self.tr("Do it again, up to here") if later < 0 else ""
        return "" if later == 0 else self.tr("Undo everything after this (%n)", "", later)

    def _add_change(self, change: RecordChange) -> None:
        words = {"added": self.tr("Added"), "changed": self.tr("Changed"), "removed": self.tr("Removed")}
        title = f" “{change.title}”" if change.title else ""
        self.add_section(f"{words[change.action]} {change.kind_word}{title}")
        for field in change.fields[:_MOST_FIELDS]:
            if field.before and field.after:
                value = self.tr("{before} → {after}").format(before=field.before, after=field.after)
            else:
                value = field.after or self.tr("{before} (removed)").format(before=field.before)
            name = field.field[:1].upper() + field.field[1:]
            self.add_row(name, value)
