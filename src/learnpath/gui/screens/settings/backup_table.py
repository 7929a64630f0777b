"""The list of backups that both dialogs show: when each was made, what it holds, how large it is."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from learnpath.gui.widgets.wording import age_text, moment_text
from learnpath.services.backups import BackupLine
from learnpath.storage.migrations import SCHEMA_VERSION


class BackupTable(QTableWidget):
    """Lists backups, the newest first; one row is current."""

    def __init__(self, lines: Sequence[BackupLine], now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(len(lines), 3, parent)
        self._lines = lines
        self._now = now
        self._build()
        self._fill()
        self.setCurrentCell(0, 0)

    def current_line(self) -> BackupLine | None:
        """Return the backup that is chosen; None when that one cannot be used."""
        row = self.currentRow()
        return self._lines[row] if row >= 0 and _is_usable(self._lines[row]) else None

    def _build(self) -> None:
        self.setAccessibleName(self.tr("Backups"))
        self.setHorizontalHeaderLabels([self.tr("Made"), self.tr("Records"), self.tr("Size")])
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _fill(self) -> None:
        for row, line in enumerate(self._lines):
            texts = (self._made_text(line), self._records_text(line), self._size_text(line))
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(line.backup.name)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(texts))
                self.setItem(row, column, item)

    def _made_text(self, line: BackupLine) -> str:
        age = max(timedelta(0), self._now - line.backup.made_at)
        return f"{moment_text(line.backup.made_at)} · {age_text(age)}"

    def _records_text(self, line: BackupLine) -> str:
        if line.verified is False:
            return self.tr("Cannot be opened")
        if not _is_usable(line):
            return self.tr("Made by a newer Learnpath")
        return f"{sum(line.records.values()):,}"

    def _size_text(self, line: BackupLine) -> str:
        return QLocale().formattedDataSize(line.backup.size, 1)


def _is_usable(line: BackupLine) -> bool:
    return line.verified is not False and line.schema is not None and line.schema <= SCHEMA_VERSION
