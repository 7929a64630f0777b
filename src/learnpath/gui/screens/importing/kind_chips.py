"""The kinds of row with their numbers, as chips that filter the preview."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from learnpath.gui.infra.shapes import paint_ring, paint_rounded
from learnpath.gui.infra.theme import Theme
from learnpath.gui.screens.importing.preview_model import KIND_CHIPS
from learnpath.gui.screens.importing.row_kinds import LIKELY, PARTIAL, ROW_FILTERS, RowFilter
from learnpath.gui.screens.importing.wording import kind_text, number_text, say
from learnpath.gui.widgets.chip import CHIP_COLORS, ChipKind
from learnpath.gui.widgets.flow_layout import FlowLayout
from learnpath.gui.widgets.themed import ThemedButton
from learnpath.interchange.plan import RowKind

# Shown with 0 as well: that nothing is new is what a second import of a file tells.
_ALWAYS = frozenset({RowKind.NEW, RowKind.UPDATE})


class _KindChip(ThemedButton):
    """One kind and its number. Checked: only these rows are shown."""

    def __init__(self, theme: Theme, kind: RowFilter, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._kind: RowFilter = kind
        self.setCheckable(True)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        text = f"{_name(self._kind)} {number_text(count)}"
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(_explain(self._kind))
        self.setEnabled(count > 0)
        self.setVisible(count > 0 or self._kind in _ALWAYS)
        self._restyle()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font("tiny_strong"))
        return QSize(metrics.horizontalAdvance(self.text()) + 2 * self._theme.px(12), self._theme.px(26))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        ink, ground = CHIP_COLORS[_chip_kind(self._kind) if self.isEnabled() else "neutral"]
        lined = self.isChecked() or theme.name == "contrast"
        radius = self.height() / 2
        paint_rounded(painter, self.rect(), radius, theme.color(ground), theme.color(ink) if lined else None)
        if self.isChecked():
            inner = self.rect().adjusted(1, 1, -1, -1)
            paint_rounded(painter, inner, radius - 1, theme.color(ground), theme.color(ink))
        painter.setFont(theme.font("tiny_strong"))
        painter.setPen(theme.color(ink))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())
        if self.is_focused_by_keyboard():
            paint_ring(painter, self.rect(), theme, radius=radius)


class KindChips(QWidget):
    """The chips, of which one or none is checked. `chosen(kind)`: the person filters; "" shows all rows."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Kinds of row"))
        self._chips: dict[RowFilter, _KindChip] = {kind: _KindChip(theme, kind, self) for kind in ROW_FILTERS}
        line = FlowLayout(self, 10)
        for kind, chip in self._chips.items():
            line.addWidget(chip)
            chip.clicked.connect(partial(self._choose, kind))

    def chip(self, kind: RowFilter) -> _KindChip:
        """Return the chip of a kind."""
        return self._chips[kind]

    def set_counts(self, counts: Mapping[RowFilter, int]) -> None:
        """Show the numbers."""
        for kind, chip in self._chips.items():
            chip.set_count(counts.get(kind, 0))

    def set_current(self, kind: RowFilter | None) -> None:
        """Check one chip, or none, without sending `chosen`."""
        for one, chip in self._chips.items():
            chip.setChecked(one == kind)

    def _choose(self, kind: RowFilter) -> None:
        checked = self._chips[kind].isChecked()
        self.set_current(kind if checked else None)
        self.chosen.emit(str(kind) if checked else "")


def _chip_kind(kind: RowFilter) -> ChipKind:
    if kind == PARTIAL:
        return "warn"
    return KIND_CHIPS[RowKind.UPDATE if kind == LIKELY else kind]


def _name(kind: RowFilter) -> str:
    if kind == PARTIAL:
        return say("Something left out")
    return say("Probably the same") if kind == LIKELY else kind_text(kind)


def _explain(kind: RowFilter) -> str:
    texts: dict[RowFilter, str] = {
        RowKind.NEW: "Rows that are not in the library yet. They are added.",
        RowKind.UPDATE: "Rows that are in the library, or probably are, and say something else. The record is changed.",
        LIKELY: "Updates of a record that is only probably the same. The note says which; you can add them as new.",
        RowKind.SAME: "Rows that are in the library already. Nothing happens.",
        RowKind.UNDECIDED: "Rows that look like something in the library. You decide; until then they are left out.",
        RowKind.BROKEN: "Rows that cannot be read. Correct the marked cell, or save them to a file; they are left out.",
        RowKind.LEFT_OUT: "Rows that stay out unless you take them in.",
        PARTIAL: "New rows and updates that come in without a cell that could not be read. The note says which.",
    }
    return say(texts[kind])
