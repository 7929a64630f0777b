"""What stands where a list would be while there is nothing in it: a sentence and the next step."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.plain_label import PlainLabel


class EmptyState(QWidget):
    """An icon, a title, a sentence and one or two buttons, of which the first is the primary one."""

    primary_clicked = Signal()
    secondary_clicked = Signal()

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        sentence: str,
        primary: str = "",
        secondary: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._theme = theme
        self._icon = QLabel()
        self._title = PlainLabel(theme, title, "heading")
        self._sentence = PlainLabel(theme, sentence, "body", "muted", wrap=True)
        self._primary = QPushButton(primary)
        self._secondary = QPushButton(secondary)
        self.setAccessibleName(f"{title}. {sentence}" if title else sentence)
        self._build()
        self._connect()
        self._restyle()

    def _build(self) -> None:
        center = Qt.AlignmentFlag.AlignCenter
        for label in (self._icon, self._title, self._sentence):
            label.setAlignment(center)
        self._primary.setProperty("primary", True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        for button in (self._primary, self._secondary):
            # Showing a widget that has no parent yet would make it a window of its own.
            if not button.text():
                button.hide()
            buttons.addWidget(button)
        buttons.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.setSpacing(8)
        outer.addStretch(2)
        outer.addWidget(self._icon)
        outer.addSpacing(4)
        outer.addWidget(self._title)
        outer.addWidget(self._sentence, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addSpacing(8)
        outer.addLayout(buttons)
        outer.addStretch(3)
        self._title.setVisible(bool(self._title.text()))

    def _connect(self) -> None:
        self._primary.clicked.connect(self.primary_clicked)
        self._secondary.clicked.connect(self.secondary_clicked)
        self._theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        icon = Icons(self._theme).icon(self._icon_name, "faint")
        edge = self._theme.px(40)
        self._icon.setPixmap(icon.pixmap(QSize(edge, edge), self.devicePixelRatioF()))
        whole = QFontMetrics(self._theme.font()).horizontalAdvance(self._sentence.text()) + 4
        self._sentence.setFixedWidth(min(whole, self._theme.px(400)))
        # Beside stretches, a layout gives wrapped text no more than its least height.
        self._sentence.setMinimumHeight(self._sentence.heightForWidth(self._sentence.width()))
