"""The panel at the right of a list that shows one record: title, chips, rows of name and value, sections."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from learnpath.gui.infra.theme import Theme
from learnpath.gui.infra.tokens import Token
from learnpath.gui.widgets.chip import Chip, ChipKind
from learnpath.gui.widgets.flow_layout import FlowLayout
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.themed import ThemedWidget


class Inspector(ThemedWidget):
    """A scrollable panel. `clear` empties it, the `add_...` methods append below what is there."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._scroll = QScrollArea()
        self._column = QVBoxLayout()
        self._rows: QGridLayout | None = None
        self.setAccessibleName(name)
        self._build()

    def clear(self) -> None:
        """Remove everything in it and scroll to the top."""
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(18, 18, 18, 18)
        self._column.setSpacing(6)
        self._column.addStretch()
        self._scroll.setWidget(content)
        # A scroll area makes its widget paint a ground of its own, which would cover the panel's.
        content.setAutoFillBackground(False)
        self._rows = None

    def set_heading(self, title: str, subtitle: str = "", chips: Sequence[tuple[str, ChipKind]] = ()) -> None:
        """Empty it and show a title, a line below and chips as pairs of text and kind."""
        self.clear()
        self._add(PlainLabel(self._theme, title, "heading", wrap=True))
        if subtitle:
            self._add(PlainLabel(self._theme, subtitle, "body", "muted", wrap=True))
        if chips:
            self.add_chips(chips)
        self._column.insertSpacing(self._column.count() - 1, 8)

    def add_chips(self, chips: Sequence[tuple[str, ChipKind]]) -> None:
        """Append chips that break into lines."""
        box = QWidget()
        flow = FlowLayout(box, 6)
        for text, kind in chips:
            flow.addWidget(Chip(self._theme, text, kind))
        self._add(box)

    def add_row(self, name: str, value: str, color: Token = "text") -> None:
        """Append a row of name and value as text."""
        self.add_row_widget(name, PlainLabel(self._theme, value, "body", color, wrap=True, tabular=True))

    def add_row_widget(self, name: str, value: QWidget, lead: int = 0) -> None:
        """Append a row of a name and a widget such as a link.

        `lead` moves the name down by logical pixels, to the middle of a first line that is higher than text.
        """
        if self._rows is None:
            self._rows = QGridLayout()
            self._rows.setHorizontalSpacing(12)
            self._rows.setVerticalSpacing(9)
            self._rows.setColumnMinimumWidth(0, self._theme.px(84))
            self._rows.setColumnStretch(1, 1)
            self._column.insertLayout(self._column.count() - 1, self._rows)
        row = self._rows.rowCount()
        top = Qt.AlignmentFlag.AlignTop
        label = PlainLabel(self._theme, name, "body", "muted")
        label.setContentsMargins(0, self._theme.px(lead), 0, 0)
        self._rows.addWidget(label, row, 0, top)
        self._rows.addWidget(value, row, 1, top)
        if not value.accessibleName():
            value.setAccessibleDescription(name)

    def add_section(self, title: str) -> None:
        """Append the title of a section; rows that follow stand below it."""
        self._rows = None
        self._column.insertSpacing(self._column.count() - 1, 10)
        self._add(PlainLabel(self._theme, title, "strong", wrap=True))

    def add_widget(self, widget: QWidget) -> None:
        """Append a widget in full width."""
        self._rows = None
        self._add(widget)

    def sizeHint(self) -> QSize:
        """Return the usual size of the panel."""
        return QSize(self._theme.px(348), self._theme.px(600))

    def minimumSizeHint(self) -> QSize:
        """Return the least width in which rows can be read."""
        return QSize(self._theme.px(240), self._theme.px(160))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the surface and the hairline at its left."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        painter.fillRect(0, 0, 1, self.height(), self._theme.color("border"))

    def _build(self) -> None:
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(self.accessibleName())
        self._scroll.viewport().setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(self._scroll)
        self.clear()

    def _add(self, widget: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, widget)
