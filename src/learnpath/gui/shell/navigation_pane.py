"""The navigation at the left: the program's name, the screens, the saved views, and the foot.

Belongs here: the list of entries and which one is selected. Where an entry leads is decided by the window.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QLocale, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from learnpath.gui.infra.icons import Icons, app_icon
from learnpath.gui.infra.theme import Theme
from learnpath.gui.shell.navigation_button import NavigationButton

WIDE = 208
NARROW = 60


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """A screen in the navigation; `hint` is a shortcut shown at the right of an entry at the foot."""

    screen_id: str
    title: str
    icon_name: str
    at_foot: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class SavedViewEntry:
    """A saved view in the navigation, with how many records it holds now (None: not counted)."""

    view_id: str
    title: str
    count: int | None = None


class NavigationPane(QFrame):
    """The navigation. `screen_chosen(screen_id)` and `saved_view_chosen(view_id)` say what was clicked."""

    screen_chosen = Signal(str)
    saved_view_chosen = Signal(str)

    def __init__(
        self, entries: Sequence[NavigationEntry], theme: Theme, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._buttons: dict[str, NavigationButton] = {}
        self._views: list[NavigationButton] = []
        self._narrow = False
        self._group = QButtonGroup(self)
        self._build(entries)
        self._apply_theme()
        theme.changed.connect(self._apply_theme)

    @property
    def narrow(self) -> bool:
        """Whether only icons are shown."""
        return self._narrow

    def button(self, screen_id: str) -> NavigationButton:
        """Return the entry of a screen. Raises KeyError when there is none."""
        return self._buttons[screen_id]

    def select(self, screen_id: str) -> None:
        """Mark the entry of the screen in view; none for a screen without entry."""
        button = self._buttons.get(screen_id)
        if button is not None:
            button.setChecked(True)
            return
        checked = self._group.checkedButton()
        if checked is not None:
            self._group.setExclusive(False)
            checked.setChecked(False)
            self._group.setExclusive(True)

    def set_count(self, screen_id: str, count: int, *, urgent: bool = False) -> None:
        """Show how many records a screen holds; nothing for 0. Urgent: lost if ignored this week."""
        button = self._buttons.get(screen_id)
        if button is None:
            return
        spoken = self.tr("%n urgent", "", count) if urgent and count else ""
        button.set_hint(QLocale().toString(count) if count else "", urgent=urgent and count > 0, spoken=spoken)

    def set_saved_views(self, views: Sequence[SavedViewEntry]) -> None:
        """Replace the saved views; the section is there only when there are any."""
        for button in self._views:
            self._views_layout.removeWidget(button)
            button.deleteLater()
        self._views = []
        for view in views:
            button = NavigationButton(view.title, "bookmark", self._theme, self._icons, self)
            button.setCheckable(False)
            button.set_narrow(self._narrow)
            if view.count is not None:
                button.set_hint(str(view.count))
            button.clicked.connect(partial(self.saved_view_chosen.emit, view.view_id))
            self._views_layout.addWidget(button)
            self._views.append(button)
        self._show_caption()

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only, or icons with titles."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for button in (*self._buttons.values(), *self._views):
            button.set_narrow(narrow)
        self._name.setVisible(not narrow)
        self._brand.setContentsMargins(0 if narrow else 10, 18, 0, 16)
        self._mark.setAlignment(Qt.AlignmentFlag.AlignCenter if narrow else Qt.AlignmentFlag.AlignLeft)
        # Beside icons a scroll bar takes too much room; the wheel and the Tab key scroll all the same.
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if narrow else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self._area.setVerticalScrollBarPolicy(bar)
        self._show_caption()
        self._apply_theme()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the hairline at the right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("side"))
        painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), self._theme.color("border"))

    def _build(self, entries: Sequence[NavigationEntry]) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 0, 11, 10)
        layout.setSpacing(2)
        layout.addLayout(self._build_brand())
        self._area = self._build_middle(entries)
        layout.addWidget(self._area, 1)
        for entry in entries:
            if entry.at_foot:
                layout.addWidget(self._make_button(entry))

    def _build_brand(self) -> QHBoxLayout:
        self._mark = QLabel(self)
        self._name = QLabel("Learnpath", self)
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        brand = QHBoxLayout()
        self._brand = brand
        brand.setContentsMargins(10, 18, 0, 16)
        brand.setSpacing(8)
        brand.addWidget(self._mark)
        brand.addWidget(self._name, 1)
        return brand

    def _build_middle(self, entries: Sequence[NavigationEntry]) -> QScrollArea:
        """Return the entries in a scroll area: large text in a low window must not push the foot out."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for entry in entries:
            if not entry.at_foot:
                column.addWidget(self._make_button(entry))
        self._caption = QLabel(self.tr("Saved views"), inside)
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        self._caption.setContentsMargins(10, 12, 0, 6)
        self._caption.hide()
        column.addWidget(self._caption)
        self._views_layout = QVBoxLayout()
        self._views_layout.setSpacing(2)
        column.addLayout(self._views_layout)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        # Taking the widget in switches this on; the ground is painted by the pane.
        inside.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        return area

    def _make_button(self, entry: NavigationEntry) -> NavigationButton:
        button = NavigationButton(entry.title, entry.icon_name, self._theme, self._icons, self)
        button.set_hint(entry.hint)
        button.clicked.connect(partial(self.screen_chosen.emit, entry.screen_id))
        self._group.addButton(button)
        self._buttons[entry.screen_id] = button
        return button

    def _show_caption(self) -> None:
        self._caption.setVisible(bool(self._views) and not self._narrow)

    @Slot()
    def _apply_theme(self) -> None:
        theme = self._theme
        self.setFixedWidth(theme.px(NARROW if self._narrow else WIDE))
        edge = theme.px(18)
        self._mark.setPixmap(app_icon().pixmap(QSize(edge, edge), self.devicePixelRatioF()))
        self._name.setFont(theme.font("brand"))
        self._caption.setFont(theme.font("tiny_strong"))
        palette = self._caption.palette()
        palette.setColor(palette.ColorRole.WindowText, theme.color("muted"))
        self._caption.setPalette(palette)
        self.update()
