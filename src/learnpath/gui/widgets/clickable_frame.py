"""A block of labels and gauges that is one button: it leads to what it shows."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from learnpath.gui.infra.shapes import paint_ring, paint_rounded
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.themed import ThemedButton
from learnpath.gui.widgets.wording import tip_text

_OUTSET = 6


class ClickableFrame(ThemedButton):
    """Give it a layout with widgets; `activated(key)` on click, Enter or Space. The margin shows the focus ring."""

    activated = Signal(object)

    def __init__(self, theme: Theme, key: object = None, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._key = key
        self.clicked.connect(self._on_clicked)

    def set_key(self, key: object) -> None:
        """Change what `activated` carries."""
        self._key = key

    def explain(self, sentence: str, tip: str) -> None:
        """Say the whole for a screen reader, and where it comes from on hover."""
        self.setAccessibleName(sentence)
        self.setAccessibleDescription(tip)
        self.setToolTip(tip_text(tip))

    def take(self, *widgets: QWidget) -> None:
        """Let the pointer reach through widgets in it, so that the whole block is the button."""
        for widget in widgets:
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            # Otherwise a label takes over the button's own role, and loses its colour.
            widget.setForegroundRole(QPalette.ColorRole.WindowText)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground under the pointer and the focus ring."""
        painter = QPainter(self)
        if self.underMouse() or self.isDown():
            paint_rounded(painter, self.rect(), _OUTSET, self._theme.color("side"), None)
        if self.is_focused_by_keyboard():
            paint_ring(painter, self.rect(), self._theme, radius=_OUTSET)

    def _on_clicked(self) -> None:
        self.activated.emit(self._key)
