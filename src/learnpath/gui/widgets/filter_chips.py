"""A bar of exclusive filters: All 38, Earned 26, Planned 7."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from learnpath.gui.infra.shapes import paint_ring, paint_rounded
from learnpath.gui.infra.theme import Theme
from learnpath.gui.infra.tokens import Token
from learnpath.gui.widgets.flow_layout import FlowLayout
from learnpath.gui.widgets.themed import ThemedButton


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of a bar; `count` is None where nobody counts."""

    key: str
    label: str
    count: int | None = None


class _FilterChip(ThemedButton):
    def __init__(self, theme: Theme, choice: Filter, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.key = choice.key
        self.setCheckable(True)
        self.set_choice(choice)

    def set_choice(self, choice: Filter) -> None:
        text = choice.label if choice.count is None else f"{choice.label} {self.locale().toString(choice.count)}"
        self.setText(text)
        self.setAccessibleName(text)
        self._restyle()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font("tiny_strong"))
        return QSize(metrics.horizontalAdvance(self.text()) + 2 * self._theme.px(11), self._theme.px(26))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink: Token = "accent" if self.isChecked() else "text" if self.underMouse() else "muted"
        ground: Token = "accent-soft" if self.isChecked() else "side"
        line: Token | None = ("accent" if self.isChecked() else "border") if self._bordered() else None
        color = None if line is None else self._theme.color(line)
        paint_rounded(painter, self.rect(), self.height() / 2, self._theme.color(ground), color)
        painter.setFont(self._theme.font("tiny_strong"))
        painter.setPen(self._theme.color(ink))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())
        if self.is_focused_by_keyboard():
            paint_ring(painter, self.rect(), self._theme, radius=self.height() / 2)

    def _bordered(self) -> bool:
        return self._theme.name == "contrast"


class FilterChipBar(QWidget):
    """Filters of which one is chosen. Tab reaches the chosen one, arrow keys move the choice.

    `chosen(key)` is sent when the person chooses, not when the program does.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chips: list[_FilterChip] = []
        self._group = QButtonGroup(self)
        self._line = FlowLayout(self)
        self.setAccessibleName(name)
        self._group.buttonToggled.connect(self._on_toggled)
        self._silent = False

    @property
    def current(self) -> str:
        """Return the key of the chosen filter, empty when there is none."""
        chip = self._group.checkedButton()
        return chip.key if isinstance(chip, _FilterChip) else ""

    def set_filters(self, filters: Sequence[Filter]) -> None:
        """Show these filters; the choice stays when its key is still there, else it is the first."""
        keep = self.current
        if [chip.key for chip in self._chips] == [choice.key for choice in filters]:
            for chip, choice in zip(self._chips, filters, strict=True):
                chip.set_choice(choice)
            return
        for chip in self._chips:
            self._group.removeButton(chip)
        self._line.clear()
        self._chips = [_FilterChip(self._theme, choice, self) for choice in filters]
        for chip in self._chips:
            self._group.addButton(chip)
            self._line.addWidget(chip)
        keys = [choice.key for choice in filters]
        if keys:
            self.set_current(keep if keep in keys else keys[0])

    def set_current(self, key: str) -> None:
        """Choose a filter without sending `chosen`. Raises KeyError for an unknown one."""
        for chip in self._chips:
            if chip.key == key:
                self._silent = True
                chip.setChecked(True)
                self._silent = False
                return
        raise KeyError(key)

    def _on_toggled(self, button: QAbstractButton, on: bool) -> None:
        if on and not self._silent and isinstance(button, _FilterChip):
            self.chosen.emit(button.key)
