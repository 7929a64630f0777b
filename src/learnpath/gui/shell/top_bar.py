"""The bar above every screen: its title, the search-or-command field, and at most two buttons.

Belongs here: their arrangement. What the field finds is in `palette`.
"""

from PySide6.QtCore import QRect, QRectF, Qt, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from learnpath.gui.infra.actions import ActionRegistry
from learnpath.gui.infra.theme import Theme
from learnpath.gui.shell.command_button import CommandButton

HEIGHT = 52
_FIELD_WIDTH = 330
_SMALLEST_FIELD = 96


class PaletteField(QLineEdit):
    """The search-or-command field, with its shortcut painted at the right while it is empty."""

    def __init__(self, shortcut: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shortcut = shortcut
        self.setPlaceholderText(self.tr("Search or run a command"))
        self.setAccessibleName(self.tr("Search or run a command"))
        # A file dropped here is to be imported like anywhere else, not typed in.
        self.setAcceptDrops(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Repaint the hint."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field and the hint."""
        super().paintEvent(event)
        if self.text() or self.width() < self._theme.px(230):
            return
        font = self._theme.font("tiny")
        metrics = QFontMetrics(font)
        width, height = metrics.horizontalAdvance(self._shortcut) + 12, metrics.height() + 3
        box = QRect(self.width() - width - 10, (self.height() - height) // 2, width, height)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("border"), 1))
        painter.setBrush(self._theme.color("surface"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(self._theme.color("faint"))
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._shortcut)


class TopBar(QFrame):
    """Title, field and buttons. `field` is public: the palette hangs below it."""

    def __init__(
        self, actions: ActionRegistry, palette_shortcut: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self.title = QLabel(self)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.field = PaletteField(palette_shortcut, theme, self)
        self.secondary = CommandButton(actions, parent=self)
        self.primary = CommandButton(actions, primary=True, parent=self)
        self._layout = QHBoxLayout(self)
        self._build()
        self._apply_theme()
        theme.changed.connect(self._apply_theme)

    def show_screen(self, title: str, primary: str, secondary: str) -> None:
        """Name the screen and offer its commands."""
        self._text = title
        self.primary.set_command(primary)
        self.secondary.set_command(secondary)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the hairline below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), self._theme.color("border"))

    def _build(self) -> None:
        layout = self._layout
        layout.setContentsMargins(18, 0, 18, 1)
        layout.setSpacing(10)
        layout.addWidget(self.title, 1)
        layout.addWidget(self.field, 2)
        layout.addWidget(self.secondary)
        layout.addWidget(self.primary)

    def _fit(self) -> None:
        """Keep the title whole: the field gives way first, then the second button (its command is in the menus)."""
        metrics, layout = QFontMetrics(self.title.font()), self._layout
        buttons = [one for one in (self.primary, self.secondary) if one.command_id]
        margins = layout.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self.field.minimumWidth()
        room -= sum(one.sizeHint().width() for one in buttons) + layout.spacing() * (len(buttons) + 1)
        title = metrics.horizontalAdvance(self._text) + 1
        self.secondary.setVisible(self.secondary.command_id != "" and room >= title)
        if room < title and len(buttons) > 1:
            room += self.secondary.sizeHint().width() + layout.spacing()
        self.title.setMinimumWidth(max(0, min(title, room)))
        self.title.setText(metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, max(self.title.width(), room)))

    @Slot()
    def _apply_theme(self) -> None:
        theme = self._theme
        self.setFixedHeight(theme.px(HEIGHT))
        self.title.setFont(theme.font("heading"))
        self.field.setMaximumWidth(theme.px(_FIELD_WIDTH))
        self.field.setMinimumWidth(theme.px(_SMALLEST_FIELD))
        self._fit()
        self.update()
