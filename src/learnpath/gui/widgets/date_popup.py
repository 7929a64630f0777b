"""A small popup that asks for one day ahead and goes away."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from learnpath.domain.dates import PartialDate
from learnpath.gui.infra.shapes import paint_rounded
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.date_field import DateField
from learnpath.gui.widgets.link_button import LinkButton
from learnpath.gui.widgets.plain_label import PlainLabel

_SUGGESTED_WEEKS = (2, 4, 8)


class DatePopup(QFrame):
    """Sends `chosen(PartialDate)` once and closes; Esc or a click beside it closes it without."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, title: str, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme = theme
        self._today = today
        self.field = DateField(theme, self.tr("New date"), today)
        self.save = QPushButton(self.tr("Save date"))
        self.suggestions = [LinkButton(theme, self.tr("In %n weeks", "", weeks)) for weeks in _SUGGESTED_WEEKS]
        self._problem = PlainLabel(theme, self.tr("Choose a day from today on."), "small", "bad")
        self.setAccessibleName(title)
        self._build(title)
        self._connect()

    def open_at(self, place: QPoint) -> None:
        """Show it with its top left corner at a global place, moved to fit on the screen."""
        self.adjustSize()
        screen = self.screen().availableGeometry()
        left = max(screen.left(), min(place.x(), screen.right() - self.width()))
        top = max(screen.top(), min(place.y(), screen.bottom() - self.height()))
        self.move(left, top)
        self.show()
        self.field.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves, Esc closes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the surface and its border."""
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        paint_rounded(painter, self.rect(), 0, None, theme.color("control-border"))

    def _build(self, title: str) -> None:
        weeks = QHBoxLayout()
        weeks.setSpacing(14)
        for button in self.suggestions:
            weeks.addWidget(button)
        weeks.addStretch()
        self.save.setProperty("primary", True)
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(8)
        heading = PlainLabel(self._theme, title, "strong", elide=True)
        heading.setMaximumWidth(self._theme.px(320))
        column.addWidget(heading)
        column.addWidget(self.field)
        column.addWidget(self._problem)
        column.addLayout(weeks)
        column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignRight)
        self.setMinimumWidth(self._theme.px(300))

    def _connect(self) -> None:
        for button, weeks in zip(self.suggestions, _SUGGESTED_WEEKS, strict=True):
            button.clicked.connect(partial(self._suggest, weeks))
        self.save.clicked.connect(self._accept)
        self.field.changed.connect(self._problem.hide)

    def _suggest(self, weeks: int, _checked: bool = False) -> None:
        self.field.set_value(PartialDate.of(self._today() + timedelta(weeks=weeks)))
        self.save.setFocus()

    @Slot()
    def _accept(self) -> None:
        value = self.field.value
        if not self.field.validate():
            return
        if value is None or value.last_day < self._today():
            self._problem.show()
            self.field.edit.setFocus()
            return
        self.chosen.emit(value)
        self.close()
