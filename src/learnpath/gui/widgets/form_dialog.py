"""The frame of every dialog that asks for values: label beside field, what is wrong below it, Enter saves.

Belongs here: rows, mistakes and keys. What is asked for belongs to the dialogs of the screens.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.field_error import FieldError
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.typed_field import TypedField


@dataclass(frozen=True, slots=True)
class _Row:
    label: QLabel
    field: QWidget
    error: FieldError


class FormDialog(QDialog):
    """A dialog of named fields. `submitted()` is sent on Enter or the primary button once no typed field is wrong.

    The owner answers with `show_mistakes`, or closes the dialog with `accept`.
    """

    submitted = Signal()

    def __init__(self, theme: Theme, title: str, save_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: dict[str, _Row] = {}
        self.heading = PlainLabel(theme, title, "heading", wrap=True)
        self.save_button = QPushButton(save_text)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self._content = QWidget()
        self._grid = QGridLayout()
        self._scroll = QScrollArea()
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build_frame()
        self.save_button.clicked.connect(self._submit)
        self.cancel_button.clicked.connect(self.reject)

    def add_field(self, key: str, name: str, field: QWidget) -> None:
        """Append a row; a field without an accessible name gets the row's."""
        row = self._grid.rowCount()
        label = PlainLabel(self._theme, name, "body", "muted")
        label.setFixedHeight(self._theme.px(32))
        label.setBuddy(field)
        error = FieldError(self._theme)
        box = QVBoxLayout()
        box.setSpacing(4)
        box.addWidget(field)
        box.addWidget(error)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(box, row, 1)
        if not field.accessibleName():
            field.setAccessibleName(name)
        self._rows[key] = _Row(label, field, error)

    def show_field(self, key: str, *, shown: bool) -> None:
        """Show or hide a row. Raises KeyError for an unknown one."""
        row = self._rows[key]
        row.label.setVisible(shown)
        row.field.setVisible(shown)
        if not shown:
            row.error.set_message("")

    def is_shown(self, key: str) -> bool:
        """Return whether a row is shown."""
        return not self._rows[key].field.isHidden()

    def show_mistakes(self, mistakes: Mapping[str, str]) -> bool:
        """Write each sentence below its field and focus the first; return whether there was any."""
        first: QWidget | None = None
        for key, row in self._rows.items():
            message = mistakes.get(key, "")
            row.error.set_message(message)
            self._mark(row.field, invalid=bool(message))
            if message and first is None:
                first = row.field
        if first is not None:
            first.setFocus()
            self._scroll.ensureWidgetVisible(first)
        return bool(mistakes)

    def fit(self, width: int = 520) -> None:
        """Take the size the fields need, as far as the screen allows. `width` is logical pixels at 100 %."""
        self._content.adjustSize()
        frame = self.heading.sizeHint().height() + self.save_button.sizeHint().height() + 76
        height = min(self._content.sizeHint().height() + frame, self.screen().availableGeometry().height() - 60)
        self.resize(self._theme.px(width), height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save on Ctrl+Enter as well: in a field of several lines Enter makes a line."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._submit()
        else:
            super().keyPressEvent(event)

    def _submit(self) -> None:
        fields = [row.field for row in self._rows.values() if isinstance(row.field, TypedField)]
        wrong = [field for field in fields if not field.isHidden() and not field.validate()]
        if wrong:
            wrong[0].setFocus()
        else:
            self.submitted.emit()

    def _mark(self, field: QWidget, *, invalid: bool) -> None:
        target = field.edit if isinstance(field, TypedField) else field
        target.setProperty("invalid", invalid)
        target.update()

    def _build_frame(self) -> None:
        self.save_button.setProperty("primary", True)
        self.save_button.setDefault(True)
        self.cancel_button.setAutoDefault(False)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(20, 4, 20, 8)
        column.addLayout(self._grid)
        column.addStretch()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnMinimumWidth(0, self._theme.px(104))
        self._grid.setColumnStretch(1, 1)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._content)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(20, 8, 20, 0)
        buttons.setSpacing(8)
        buttons.addStretch()
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.save_button)
        top = QHBoxLayout()
        top.setContentsMargins(20, 0, 20, 0)
        top.addWidget(self.heading)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 18, 0, 16)
        outer.setSpacing(10)
        outer.addLayout(top)
        outer.addWidget(self._scroll, 1)
        outer.addLayout(buttons)
