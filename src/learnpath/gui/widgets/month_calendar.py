"""A month with its name and the way to the months before and after."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.month_grid import DayMark, MonthGrid, shift_month
from learnpath.gui.widgets.plain_label import PlainLabel


class MonthCalendar(QWidget):
    """A painted month. `activated(date)`: Enter or a double click; `day_changed(date)`: another day is current."""

    activated = Signal(object)
    day_changed = Signal(object)

    def __init__(self, theme: Theme, name: str, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.grid = MonthGrid(theme, name, today)
        self._title = PlainLabel(theme, "", "card_title")
        self.back = QToolButton()
        self.forward = QToolButton()
        self._build(Icons(theme))
        self._connect()
        self._show_title(today)

    @property
    def title(self) -> str:
        """Return the month's name and year."""
        return self._title.text()

    def set_marks(self, marks: Mapping[date, Sequence[DayMark]], today: date) -> None:
        """Show these marks by day, and which day is today."""
        self.grid.set_today(today)
        self.grid.set_marks(marks)

    def _build(self, icons: Icons) -> None:
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self._title, 1)
        names = (self.tr("Previous month"), self.tr("Next month"))
        for button, icon, text in zip((self.back, self.forward), ("chevron-left", "chevron-right"), names, strict=True):
            button.setAutoRaise(True)
            button.setIcon(icons.icon(icon, "muted"))
            button.setFixedSize(self._theme.px(24), self._theme.px(24))
            button.setAccessibleName(text)
            button.setToolTip(text)
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.grid)

    def _connect(self) -> None:
        self.back.clicked.connect(partial(self._turn, -1))
        self.forward.clicked.connect(partial(self._turn, 1))
        self.grid.activated.connect(self.activated)
        self.grid.day_changed.connect(self._show_title)
        self.grid.day_changed.connect(self.day_changed)

    def _turn(self, months: int, _checked: bool = False) -> None:
        self.grid.set_day(shift_month(self.grid.day, months).replace(day=1))

    @Slot(object)
    def _show_title(self, day: date) -> None:
        name = self.locale().toString(QDate(day.year, day.month, 1), "MMMM yyyy")
        self._title.setText(name)
