"""The field of files to attach as proof: dropped on it or chosen, each with a button to take it out again."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from learnpath.gui.infra.folders import documents_folder
from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.record_table import dropped_paths


class ProofField(QWidget):
    """Files that will be attached when the form is saved."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.paths: list[Path] = []
        self.button = QPushButton(self.tr("Choose files…"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._choose)
        self.setAcceptDrops(True)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.button)
        row.addWidget(PlainLabel(theme, self.tr("or drop them here"), "small", "muted"))
        row.addStretch()
        self._box.addLayout(row)
        self.setFocusProxy(self.button)

    def add_files(self, paths: Sequence[Path]) -> None:
        """Add files that are not in it yet; folders are left out."""
        for path in paths:
            if path.is_file() and path not in self.paths:
                self.paths.append(path)
                self._box.addWidget(self._line(path))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the dropped files."""
        self.add_files(dropped_paths(event))
        event.acceptProposedAction()

    def _choose(self) -> None:
        title = self.tr("Choose files as proof")
        names, _ = QFileDialog.getOpenFileNames(self, title, str(documents_folder()))
        self.add_files([Path(name) for name in names])

    def _line(self, path: Path) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        remove = QToolButton()
        remove.setIcon(Icons(self._theme).icon("x", "muted"))
        remove.setAccessibleName(self.tr("Take out {name}").format(name=path.name))
        remove.clicked.connect(partial(self._take_out, path, line))
        row.addWidget(PlainLabel(self._theme, path.name, "body", elide=True), 1)
        row.addWidget(remove)
        return line

    def _take_out(self, path: Path, line: QWidget) -> None:
        self.paths.remove(path)
        line.hide()
        line.deleteLater()
