"""The dialog that lists the backups and lets the person choose the one to go back to.

Belongs here: the choice. Restoring happens at the next start, see `restore_at_start`.
"""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from learnpath.gui.infra.theme import Theme
from learnpath.gui.screens.settings.backup_table import BackupTable
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.services.backups import BackupLine


class RestoreDialog(QDialog):
    """Lists backups, the newest first. `chosen(name)` is sent on confirming."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, lines: Sequence[BackupLine], now: datetime, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(self.tr("Restore a backup"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table = BackupTable(lines, now, self)
        self.restore_button = QPushButton(self.tr("Restore this one"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self._build()
        self._connect()
        self._show_possible()

    def showEvent(self, event: QShowEvent) -> None:
        """Start with the list, so that the arrow keys choose."""
        super().showEvent(event)
        self.table.setFocus()

    def _build(self) -> None:
        self.restore_button.setProperty("primary", True)
        self.restore_button.setDefault(True)
        self.cancel_button.setAutoDefault(False)
        told = self.tr(
            "The present library is kept as a backup first. Learnpath closes to do it: the backup takes its place when "
            "you start Learnpath next."
        )
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.restore_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(PlainLabel(self._theme, self.windowTitle(), "heading", wrap=True))
        column.addWidget(PlainLabel(self._theme, told, "body", "muted", wrap=True))
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        self.resize(self._theme.px(540), self._theme.px(420))

    def _connect(self) -> None:
        self.table.currentCellChanged.connect(self._show_possible)
        self.table.cellActivated.connect(self._choose)
        self.restore_button.clicked.connect(self._choose)
        self.cancel_button.clicked.connect(self.reject)

    @Slot()
    def _show_possible(self) -> None:
        self.restore_button.setEnabled(self.table.current_line() is not None)

    @Slot()
    def _choose(self) -> None:
        line = self.table.current_line()
        if line is not None:
            self.chosen.emit(line.backup.name)
            self.accept()
