"""What stands in the import while nothing is open: a place to drop files, and a button to choose them."""

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.themed import ThemedWidget

_RADIUS = 12.0


class _Sign(ThemedWidget):
    """The icon above the sentence."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._icons = icons
        self._restyle()

    def _restyle(self) -> None:
        super()._restyle()
        self.setFixedSize(self._theme.px(44), self._theme.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        self._icons.paint(QPainter(self), QRectF(self.rect()), "import", "accent")


class DropArea(ThemedWidget):
    """A dashed frame that takes files. `files_dropped(list[Path])`, `choose_clicked()`."""

    files_dropped = Signal(list)
    choose_clicked = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._held = False
        self.choose_button = QPushButton(self.tr("Choose files…"))
        self._sentence = PlainLabel(
            theme, self.tr("Drop program lists, badges, certificates or a LinkedIn export here"), "heading", wrap=True
        )
        self._detail = PlainLabel(
            theme,
            self.tr(
                "Tables and spreadsheets, LinkedIn exports, digital badges, PDF certificates, calendars, saved "
                "catalogue pages and Learnpath libraries; also whole folders and ZIP archives of them. Rows copied "
                "from a spreadsheet can be pasted. You see what would happen before anything is written."
            ),
            "body",
            "muted",
            wrap=True,
        )
        self.setAcceptDrops(True)
        self._build(icons)

    def _build(self, icons: Icons) -> None:
        center = Qt.AlignmentFlag.AlignHCenter
        self.choose_button.setProperty("primary", True)
        self.choose_button.clicked.connect(self.choose_clicked)
        for label in (self._sentence, self._detail):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 24, 24, 24)
        rows.setSpacing(10)
        rows.addStretch(2)
        rows.addWidget(_Sign(self._theme, icons, self), 0, center)
        rows.addSpacing(4)
        rows.addWidget(self._sentence, 0, center)
        rows.addWidget(self._detail, 0, center)
        rows.addSpacing(8)
        rows.addWidget(self.choose_button, 0, center)
        rows.addStretch(3)
        self.setAccessibleName(self._sentence.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the sentences break where there is little room: a label does not find its height by itself."""
        super().resizeEvent(event)
        self._restyle()

    def _restyle(self) -> None:
        super()._restyle()
        room = min(self._theme.px(560), max(self.width() - 48, 120))
        for label in (self._sentence, self._detail):
            label.setFixedWidth(room)
            label.setFixedHeight(label.heightForWidth(room))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that files can be let go here."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._hold(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show that nothing is held any more."""
        self._hold(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        self._hold(False)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dashed frame."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.color("accent" if self._held else "control-border"), 2 if self._held else 1.5)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.color("accent-soft" if self._held else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)

    def _hold(self, held: bool) -> None:
        self._held = held
        self.update()
