"""One line of an agenda: when, what, a word on it, and a chip."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from learnpath.gui.infra.style_painting import paint_ring, paint_rounded
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.chip import ChipKind, chip_size, paint_chip
from learnpath.gui.widgets.themed import ThemedButton
from learnpath.gui.widgets.wording import tip_text

_WHEN_WIDTH = 64


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
    ) -> None:
        super().__init__(theme, parent)
        self._when, self._title, self._subtitle = when, title, subtitle
        self._chip = chip
        self._kind: ChipKind = kind
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(title)
        self.setAccessibleName(", ".join(part for part in (when, title, subtitle, chip) if part))
        self.clicked.connect(self._on_clicked)

    def sizeHint(self) -> QSize:
        """Return the size for the whole text in one line each."""
        title = QFontMetrics(self._theme.font("medium")).horizontalAdvance(self._title)
        subtitle = QFontMetrics(self._theme.font("small")).horizontalAdvance(self._subtitle)
        width = self._theme.px(_WHEN_WIDTH) + max(title, subtitle) + self._chip_width() + 4
        return QSize(width, self._theme.px(51 if self._subtitle else 37))

    def minimumSizeHint(self) -> QSize:
        """Return a size in which the chip is whole and the text may be cut."""
        return QSize(self._theme.px(_WHEN_WIDTH + 90) + self._chip_width(), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the tool tip: it holds the text while that is cut."""
        super().resizeEvent(event)
        cut = self.width() < self.sizeHint().width()
        self.setToolTip(tip_text("\n".join((self._title, self._subtitle))) if cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the row and the hairline below it."""
        painter = QPainter(self)
        theme, rect = self._theme, self.rect()
        if self.underMouse() or self.isDown():
            paint_rounded(painter, rect.adjusted(0, 1, 0, -2), 6, theme.color("side"), None)
        painter.fillRect(QRect(0, rect.bottom(), rect.width(), 1), theme.color("border"))
        body = rect.adjusted(2, 0, -2, -1)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.color("muted"))
        painter.drawText(QRect(body.left(), body.top(), theme.px(_WHEN_WIDTH), body.height()), middle, self._when)
        text = body.adjusted(theme.px(_WHEN_WIDTH), 0, -self._chip_width(), 0)
        self._paint_text(painter, text)
        if self._chip:
            size = chip_size(self._chip, theme)
            place = QRect(body.right() - size.width() + 1, body.top(), size.width(), body.height())
            paint_chip(painter, place, self._chip, self._kind, theme)
        if self.is_focused_by_keyboard():
            paint_ring(painter, rect.adjusted(0, 0, 0, -1), theme, radius=6)

    def _paint_text(self, painter: QPainter, rect: QRect) -> None:
        theme = self._theme
        title_line = QFontMetrics(theme.font("medium")).height()
        subtitle_line = QFontMetrics(theme.font("small")).height() if self._subtitle else 0
        top = rect.top() + (rect.height() - title_line - subtitle_line - (2 if self._subtitle else 0)) // 2
        painter.setFont(theme.font("medium"))
        painter.setPen(theme.color("text"))
        elide = Qt.TextElideMode.ElideRight
        line = QRect(rect.left(), top, rect.width(), title_line)
        painter.drawText(line, 0, painter.fontMetrics().elidedText(self._title, elide, rect.width()))
        if self._subtitle:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("muted"))
            line = QRect(rect.left(), top + title_line + 2, rect.width(), subtitle_line)
            painter.drawText(line, 0, painter.fontMetrics().elidedText(self._subtitle, elide, rect.width()))

    def _chip_width(self) -> int:
        return chip_size(self._chip, self._theme).width() + self._theme.px(12) if self._chip else 0

    def _on_clicked(self) -> None:
        self.activated.emit(self._key)
