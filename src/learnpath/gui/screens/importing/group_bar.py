"""Which parts of a file are taken in: one box for each, with how many rows it has. Only files with parts have it."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from learnpath.gui.infra.theme import Theme
from learnpath.gui.screens.importing.reading import Reading
from learnpath.gui.screens.importing.wording import number_text, say
from learnpath.gui.widgets.flow_layout import FlowLayout
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.services.importing import ReadingOptions


class GroupBar(QWidget):
    """The boxes. `options_chosen(ReadingOptions)`: a part is to be taken in, or left out."""

    options_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = ReadingOptions()
        self._left_out: frozenset[str] = frozenset()
        self.boxes: dict[str, QCheckBox] = {}
        self._line = FlowLayout(self, 14)
        self._line.addWidget(PlainLabel(theme, self.tr("Take in:"), "body", "muted"))

    def show_reading(self, reading: Reading) -> None:
        """Show the parts of a file; nothing for files without."""
        parsed, self._options = reading.preview.parsed, reading.preview.options
        counts = reading.groups
        if list(counts) != list(self.boxes):
            self._make_boxes(list(counts))
        self._left_out = parsed.left_out if self._options.left_out is None else self._options.left_out
        for name, box in self.boxes.items():
            box.setText(f"{say(name.capitalize())} ({number_text(counts[name])})")
            box.setChecked(name not in self._left_out)
        self.setVisible(len(self.boxes) > 1)

    def _make_boxes(self, names: list[str]) -> None:
        for box in self.boxes.values():
            self._line.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = {name: QCheckBox() for name in names}
        for name, box in self.boxes.items():
            self._line.addWidget(box)
            box.clicked.connect(partial(self._choose, name))

    def _choose(self, name: str) -> None:
        left_out = self._left_out - {name} if self.boxes[name].isChecked() else self._left_out | {name}
        self.options_chosen.emit(replace(self._options, left_out=left_out))
