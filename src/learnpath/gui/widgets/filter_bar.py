"""What stands above a list of records: chips, the search field, filter buttons, columns and details.

Belongs here: their arrangement, which is the same above every list. What a filter means belongs to its screen.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QMargins, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.choice_button import ChoiceButton
from learnpath.gui.widgets.filter_chips import FilterChipBar
from learnpath.gui.widgets.flow_layout import FlowLayout
from learnpath.gui.widgets.search_field import SearchField
from learnpath.settings import Json

_TYPING_PAUSE_MILLISECONDS = 40
_LEAST_SEARCH = 190
_MARGINS = QMargins(18, 12, 12, 8)


class FilterBar(QWidget):
    """Chips and columns above, the search field and filter buttons below; in little room the buttons get lines.

    `changed()`: another selection is wanted. `left_search()`: Esc in the empty field. `details_toggled(bool)`: the
    panel is wanted or not.
    """

    changed = Signal()
    left_search = Signal()
    details_toggled = Signal(bool)

    def __init__(self, theme: Theme, columns_menu: QMenu, key_hint: str, parent: QWidget | None = None) -> None:
        """Make the parts; the subclass makes its filter buttons and calls `_assemble`."""
        super().__init__(parent)
        self._theme = theme
        self.chips = FilterChipBar(theme, "")
        self.search = SearchField(theme, "", key_hint)
        self.clear_button = QToolButton()
        self.columns_button = QToolButton()
        self.details_button = QToolButton()
        self._choices: tuple[ChoiceButton, ...] = ()
        self._buttons_box = QWidget()
        self._flow = FlowLayout(self._buttons_box, 4)
        self._second = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MILLISECONDS)
        self._dress(columns_menu)

    @property
    def is_filtering(self) -> bool:
        """Return whether anything is left out."""
        raise NotImplementedError

    @Slot()
    def clear(self) -> None:
        """Want everything again; `changed` is sent once when that is a difference."""
        raise NotImplementedError

    def save_state(self) -> dict[str, Json]:
        """Return the filter as JSON values."""
        raise NotImplementedError

    def restore_state(self, state: Mapping[str, Json]) -> None:
        """Take back a filter; what does not fit is ignored."""
        raise NotImplementedError

    def show_details(self, shown: bool) -> None:
        """Show whether the panel at the right is open."""
        self.details_button.setChecked(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the filter buttons beside the search field or below it."""
        super().resizeEvent(event)
        self._arrange()

    def show_clear(self) -> None:
        """Offer to take the filters back while there are any."""
        self.clear_button.setVisible(self.is_filtering)
        self._arrange()

    def announce(self) -> None:
        """Tell at once that another selection is wanted."""
        self._pause.stop()
        self.show_clear()
        self.changed.emit()

    def _assemble(self, buttons: Sequence[ChoiceButton], *, chips: str, search: str, clear_tip: str) -> None:
        """Name the chips, the field and the button that takes all filters back, and put everything in its place."""
        self._choices = tuple(buttons)
        self.chips.setAccessibleName(chips)
        self.search.setPlaceholderText(search)
        self.search.setAccessibleName(search)
        self.clear_button.setToolTip(clear_tip)
        self._lay_out()
        self._listen()

    def _dress(self, columns_menu: QMenu) -> None:
        icons = Icons(self._theme)
        self.clear_button.setText(self.tr("Clear"))
        self.clear_button.setIcon(icons.icon("x", "muted"))
        self.clear_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.clear_button.hide()
        self.columns_button.setText(self.tr("Columns"))
        self.columns_button.setMenu(columns_menu)
        self.columns_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.details_button.setCheckable(True)
        self.details_button.setIcon(icons.icon("info", "muted"))
        self.details_button.setToolTip(self.tr("Show or hide the details"))
        self.details_button.setAccessibleName(self.tr("Details"))
        for button in (self.clear_button, self.columns_button, self.details_button):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setAutoRaise(True)

    def _lay_out(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.chips, 1)
        first.addWidget(self.columns_button, 0, top)
        first.addWidget(self.details_button, 0, top)
        for button in (*self._choices, self.clear_button):
            self._flow.addWidget(button)
        self._buttons_box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._second.setSpacing(8)
        self._second.addWidget(self.search, 1)
        self._second.addWidget(self._buttons_box)
        box = QVBoxLayout(self)
        box.setContentsMargins(_MARGINS)
        box.setSpacing(8)
        box.addLayout(first)
        box.addLayout(self._second)

    def _listen(self) -> None:
        self.search.textChanged.connect(self._pause.start)
        self.search.left.connect(self.left_search)
        self._pause.timeout.connect(self.announce)
        self.chips.chosen.connect(self.announce)
        for button in self._choices:
            button.chosen.connect(self.announce)
        self.clear_button.clicked.connect(self.clear)
        self.details_button.clicked.connect(self.details_toggled)
        self._theme.changed.connect(self._arrange)

    @Slot()
    def _arrange(self) -> None:
        room = self.width() - _MARGINS.left() - _MARGINS.right() - self._second.spacing()
        need = self._flow.sizeHint().width()
        beside = room - need >= self._theme.px(_LEAST_SEARCH)
        kind = QBoxLayout.Direction
        self._second.setDirection(kind.LeftToRight if beside else kind.TopToBottom)
        self._buttons_box.setMinimumWidth(need if beside else 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        self._second.setAlignment(self._buttons_box, middle if beside else Qt.AlignmentFlag(0))
