"""A strip above a screen that says something and offers what to do; never in the way."""

from collections.abc import Sequence
from functools import partial
from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.shapes import paint_rounded
from learnpath.gui.infra.theme import Theme
from learnpath.gui.infra.tokens import Token
from learnpath.gui.widgets.link_button import LinkButton
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.themed import ThemedWidget

BannerKind = Literal["info", "ok", "warn", "error"]
_COLORS: dict[BannerKind, tuple[str, Token, Token]] = {
    "info": ("info", "accent", "accent-soft"),
    "ok": ("check-circle", "ok", "ok-soft"),
    "warn": ("warning", "warn", "warn-soft"),
    "error": ("error", "bad", "bad-soft"),
}


class Banner(ThemedWidget):
    """Hidden until `show_message`. Sends `action_chosen(id)` and, when it is put away, `closed`."""

    action_chosen = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._kind: BannerKind = "info"
        self._icon = QLabel()
        self._text = PlainLabel(theme, "", "body", wrap=True)
        self._actions = QHBoxLayout()
        self._close = QToolButton()
        self._build()
        self.hide()

    @property
    def text(self) -> str:
        """Return what it says."""
        return self._text.text()

    def show_message(self, kind: BannerKind, text: str, actions: Sequence[tuple[str, str]] = ()) -> None:
        """Show a sentence with actions as pairs of id and label, instead of what it showed before."""
        self._kind = kind
        self._text.setText(text)
        self.setAccessibleName(text)
        self._clear_actions()
        for identity, label in actions:
            button = LinkButton(self._theme, label)
            button.clicked.connect(partial(self.action_chosen.emit, identity))
            self._actions.addWidget(button)
        self._restyle()
        self.show()

    def dismiss(self) -> None:
        """Put it away."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the strip."""
        _, ink, ground = _COLORS[self._kind]
        line = self._theme.blend(ink, ground, 1.0 if self._theme.name == "contrast" else 0.25)
        paint_rounded(QPainter(self), self.rect(), 8, self._theme.color(ground), line)

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        self._actions.setSpacing(14)
        row.addLayout(self._actions)
        self._close.setAutoRaise(True)
        self._close.setIcon(Icons(self._theme).icon("x", "muted"))
        self._close.setAccessibleName(self.tr("Close message"))
        self._close.setToolTip(self.tr("Close message"))
        self._close.clicked.connect(self.dismiss)
        row.addWidget(self._close)

    def _clear_actions(self) -> None:
        while self._actions.count():
            item = self._actions.takeAt(0)
            widget = None if item is None else item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _restyle(self) -> None:
        super()._restyle()
        name, ink, _ = _COLORS[self._kind]
        edge = self._theme.px(18)
        icon = Icons(self._theme).icon(name, ink)
        self._icon.setPixmap(icon.pixmap(QSize(edge, edge), self.devicePixelRatioF()))
