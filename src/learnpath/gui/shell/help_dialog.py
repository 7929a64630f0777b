"""F1: every keyboard shortcut, and where the data is.

Belongs here: the dialog. The shortcuts come from the action registry.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from learnpath.gui.infra.theme import Theme


class HelpDialog(QDialog):
    """Lists (command, keys) pairs and names the library folder."""

    def __init__(
        self, shortcuts: Sequence[tuple[str, str]], folder: Path, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.table = QTableWidget(len(shortcuts), 2, self)
        self._build(shortcuts, theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Start with the list, so that arrows scroll it."""
        super().showEvent(event)
        self.table.setFocus()

    def _build(self, shortcuts: Sequence[tuple[str, str]], theme: Theme) -> None:
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        self._fill_table(shortcuts)
        layout.addWidget(self.table, 1)
        sentence = QLabel(
            self.tr("Your library is the folder {0}. Nothing leaves this computer unless you send it yourself.").format(
                self._folder
            ),
            self,
        )
        sentence.setTextFormat(Qt.TextFormat.PlainText)
        sentence.setWordWrap(True)
        sentence.setFont(theme.font("body"))
        layout.addWidget(sentence)
        buttons = QDialogButtonBox(self)
        self.folder_button = buttons.addButton(self.tr("Open library folder"), QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        self.folder_button.clicked.connect(self._open_folder)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.resize(theme.px(560), theme.px(560))

    def _fill_table(self, shortcuts: Sequence[tuple[str, str]]) -> None:
        table = self.table
        table.setAccessibleName(self.tr("Keyboard shortcuts"))
        table.setHorizontalHeaderLabels([self.tr("Command"), self.tr("Keys")])
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        for row, (text, keys) in enumerate(shortcuts):
            first = QTableWidgetItem(text)
            first.setData(Qt.ItemDataRole.AccessibleTextRole, f"{text}: {keys}")
            table.setItem(row, 0, first)
            table.setItem(row, 1, QTableWidgetItem(keys))

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
