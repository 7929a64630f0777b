"""What an empty library shows first: three doors, one sentence each."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.shapes import paint_ring, paint_rounded
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.card import CARD_RADIUS
from learnpath.gui.widgets.clickable_frame import ClickableFrame
from learnpath.gui.widgets.plain_label import PlainLabel

IMPORT, ADD, SAMPLE = "import", "add", "sample"
_SIDE_BY_SIDE_FROM = 620


def _tr(text: str) -> str:
    return QCoreApplication.translate("FirstRun", text)


class Door(ClickableFrame):
    """A card that is one button: icon, title, sentence."""

    def __init__(self, theme: Theme, icon: str, title: str, sentence: str, key: str) -> None:
        super().__init__(theme, key)
        self._icon_name = icon
        self._icon = QLabel()
        heading = PlainLabel(theme, title, "heading", wrap=True)
        self._sentence = PlainLabel(theme, sentence, "body", "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(8)
        for widget in (self._icon, heading, self._sentence):
            column.addWidget(widget)
        column.addStretch()
        self.take(self._icon, heading, self._sentence)
        # A button is never narrower than its hint, which here is the sentence in long lines.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, self.sizePolicy().verticalPolicy())
        self.setText(title)
        self.explain(f"{title}. {sentence}", "")
        self._restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the sentence is at this width.

        A button does not ask its layout for that, and beside a stretch a wrapped text gets only its least height.
        """
        super().resizeEvent(event)
        column = self.layout()
        if column is not None:
            margins = column.contentsMargins()
            width = self.width() - margins.left() - margins.right()
            self._sentence.setMinimumHeight(self._sentence.heightForWidth(width))
            self.setMinimumHeight(column.totalHeightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a card whose border lights up under the pointer."""
        painter = QPainter(self)
        line = self._theme.color("accent" if self.underMouse() else "border")
        paint_rounded(painter, self.rect(), CARD_RADIUS, self._theme.color("surface"), line)
        if self.is_focused_by_keyboard():
            paint_ring(painter, self.rect(), self._theme, radius=CARD_RADIUS)

    def _restyle(self) -> None:
        super()._restyle()
        pixmap = Icons(self._theme).pixmap(self._icon_name, self._theme.px(28), "accent", self.devicePixelRatioF())
        self._icon.setPixmap(pixmap)


class FirstRun(QWidget):
    """A welcome and three doors; `door_chosen(key)` with `IMPORT`, `ADD` or `SAMPLE`."""

    door_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid = QGridLayout()
        self._columns = 0
        self.doors = [
            Door(
                theme,
                "import",
                _tr("Import a list"),
                _tr("Bring in a spreadsheet of courses, or the certifications that LinkedIn gives you as a file."),
                IMPORT,
            ),
            Door(
                theme,
                "award",
                _tr("Add your first credential"),
                _tr("Enter one you have earned or plan to earn. A title is enough to begin."),
                ADD,
            ),
            Door(
                theme,
                "eye",
                _tr("Open sample data"),
                _tr("Look around in a made-up person's library. One click takes it out again."),
                SAMPLE,
            ),
        ]
        self._build()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand the doors below one another when they do not fit side by side."""
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        title = PlainLabel(self._theme, _tr("Welcome to Learnpath"), "title")
        sentence = _tr(
            "Everything you have earned, what you plan, and what runs out when: in one place, on this computer. "
            "How would you like to begin?"
        )
        text = PlainLabel(self._theme, sentence, "body", "muted", wrap=True)
        for label in (title, text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._grid.setSpacing(14)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 24, 0, 24)
        outer.setSpacing(8)
        outer.addStretch(2)
        outer.addWidget(title)
        outer.addWidget(text)
        outer.addSpacing(16)
        outer.addLayout(self._grid)
        outer.addStretch(3)
        for door in self.doors:
            door.activated.connect(self.door_chosen)
        self._theme.changed.connect(self._arrange)
        self._arrange()

    def _arrange(self) -> None:
        columns = 3 if self.width() >= self._theme.px(_SIDE_BY_SIDE_FROM) else 1
        if columns == self._columns:
            return
        self._columns = columns
        for index, door in enumerate(self.doors):
            self._grid.removeWidget(door)
            self._grid.addWidget(door, index // columns, index % columns)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
