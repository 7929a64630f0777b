"""The card: a framed surface with a title and perhaps a link or a note at its right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from learnpath.gui.infra.shapes import paint_rounded
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.link_button import LinkButton
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.themed import ThemedWidget

CARD_RADIUS = 10.0


class Card(ThemedWidget):
    """A surface with a title line and a `body` layout below it. Without a title only the body."""

    link_clicked = Signal()

    def __init__(self, theme: Theme, title: str = "", link: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._title = PlainLabel(theme, title, "card_title", elide=True)
        self._note = PlainLabel(theme, "", "small", "muted", tabular=True)
        self._link = LinkButton(theme, link)
        self.body = QVBoxLayout()
        self._build()
        self.set_title(title)
        self.set_note("")
        self.set_link(link)

    def set_title(self, title: str) -> None:
        """Change the title; it is the card's name for a screen reader, too."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self.setAccessibleName(title)

    def set_note(self, note: str) -> None:
        """Show muted text at the right of the title line; empty for none."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def set_link(self, link: str) -> None:
        """Show a link at the right of the title line; empty for none."""
        self._link.setText(link)
        self._link.setVisible(bool(link))

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Append a widget to the body."""
        self.body.addWidget(widget, stretch)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the surface and its border."""
        theme = self._theme
        paint_rounded(QPainter(self), self.rect(), CARD_RADIUS, theme.color("surface"), theme.color("border"))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        for label in (self._title, self._note):
            label.setSizePolicy(label.sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Fixed)
        # As high as a link, so that the titles of cards side by side stand on one line.
        self._title.setMinimumHeight(self._theme.px(24))
        head.addWidget(self._title, 1)
        head.addWidget(self._note, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._link, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.setSpacing(8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 10, 16, 14)
        outer.setSpacing(8)
        outer.addLayout(head)
        outer.addLayout(self.body, 1)
        # Takes what a body of fixed height leaves over, so that the title stays at the top.
        outer.addStretch(0)
        self._link.clicked.connect(self.link_clicked)
