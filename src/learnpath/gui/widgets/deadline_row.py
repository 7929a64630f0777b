"""One line of an agenda as a widget: when, what, a word on it, and a chip. For short lists only."""

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from learnpath.gui.infra.shapes import paint_ring, paint_rounded
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.agenda_line import AgendaLine, line_size, paint_line, smallest_line_size
from learnpath.gui.widgets.chip import ChipKind
from learnpath.gui.widgets.themed import ThemedButton
from learnpath.gui.widgets.wording import tip_text


class DeadlineRow(ThemedButton):
    """A row that opens what it speaks of; `activated(key)` on click, Enter or Space."""

    activated = Signal(object)

    def __init__(
        self,
        theme: Theme,
        when: str,
        title: str,
        subtitle: str = "",
        chip: str = "",
        kind: ChipKind = "neutral",
        key: object = None,
        parent: QWidget | None = None,
        *,
        tip: str = "",
    ) -> None:
        """Make a row; `tip` explains it on hover, otherwise the tool tip holds the text while that is cut."""
        super().__init__(theme, parent)
        self._line = AgendaLine(when, title, subtitle, chip, kind)
        self._key = key
        self._tip = tip
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(title)
        self.setAccessibleName(self._line.sentence)
        self.setAccessibleDescription(tip)
        self.setToolTip(tip_text(tip))
        self.clicked.connect(self._on_clicked)

    @property
    def line(self) -> AgendaLine:
        """Return what it says."""
        return self._line

    def sizeHint(self) -> QSize:
        """Return the size for the whole text in one line each."""
        return line_size(self._line, self._theme)

    def minimumSizeHint(self) -> QSize:
        """Return a size in which the chip is whole and the text may be cut."""
        return smallest_line_size(self._line, self._theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the tool tip: it holds the text while that is cut."""
        super().resizeEvent(event)
        if not self._tip:
            cut = self.width() < self.sizeHint().width()
            self.setToolTip(tip_text("\n".join((self._line.title, self._line.subtitle))) if cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the row and the hairline below it."""
        painter = QPainter(self)
        theme, rect = self._theme, self.rect()
        if self.underMouse() or self.isDown():
            paint_rounded(painter, rect.adjusted(0, 1, 0, -2), 6, theme.color("side"), None)
        painter.fillRect(QRect(0, rect.bottom(), rect.width(), 1), theme.color("border"))
        paint_line(painter, rect.adjusted(2, 0, -2, -1), self._line, theme)
        if self.is_focused_by_keyboard():
            paint_ring(painter, rect.adjusted(0, 0, 0, -1), theme, radius=6)

    def _on_clicked(self) -> None:
        self.activated.emit(self._key)
