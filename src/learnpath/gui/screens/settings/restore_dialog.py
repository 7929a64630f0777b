"""The dialog that lists the backups and lets the person choose the one to go back to.

Belongs here: the list and the choice. Restoring happens at the next start, see `restore_at_start`.
"""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.wording import moment_text
from learnpath.services.backups import BackupLine
from learnpath.storage.migrations import SCHEMA_VERSION


class RestoreDialog(QDialog):
    """Lists backups, the newest first. `chosen(name)` is sent on confirming."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, lines: Sequence[BackupLine], parent: QWidget | None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines = lines
        self.setWindowTitle(self.tr("Restore a backup"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table = QTableWidget(len(lines), 3, self)
        self.restore_button = QPushButton(self.tr("Restore this one"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self._build()
        self._connect()
        self.table.setCurrentCell(0, 0)
        self._show_possible()

    def showEvent(self, event: QShowEvent) -> None:
        """Start with the list, so that the arrow keys choose."""
        super().showEvent(event)
        self.table.setFocus()

    def _build(self) -> None:
        self.restore_button.setProperty("primary", True)
        self.restore_button.setDefault(True)
        self.cancel_button.setAutoDefault(False)
        self._fill_table()
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

    def _fill_table(self) -> None:
        table = self.table
        table.setAccessibleName(self.tr("Backups"))
        table.setHorizontalHeaderLabels([self.tr("Made"), self.tr("Records"), self.tr("Size")])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for row, line in enumerate(self._lines):
            texts = (moment_text(line.backup.made_at), self._records_text(line), self._size_text(line))
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(line.backup.name)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(texts))
                table.setItem(row, column, item)

    def _connect(self) -> None:
        self.table.currentCellChanged.connect(self._show_possible)
        self.table.cellActivated.connect(self._choose)
        self.restore_button.clicked.connect(self._choose)
        self.cancel_button.clicked.connect(self.reject)

    def _records_text(self, line: BackupLine) -> str:
        if line.verified is False:
            return self.tr("Cannot be opened")
        if not _is_usable(line):
            return self.tr("Made by a newer Learnpath")
        return f"{sum(line.records.values()):,}"

    def _size_text(self, line: BackupLine) -> str:
        return QLocale().formattedDataSize(line.backup.size, 1)

    @Slot()
    def _show_possible(self) -> None:
        row = self.table.currentRow()
        self.restore_button.setEnabled(row >= 0 and _is_usable(self._lines[row]))

    @Slot()
    def _choose(self) -> None:
        if self.restore_button.isEnabled():
            self.chosen.emit(self._lines[self.table.currentRow()].backup.name)
            self.accept()


def _is_usable(line: BackupLine) -> bool:
    return line.verified is not False and line.schema is not None and line.schema <= SCHEMA_VERSION
