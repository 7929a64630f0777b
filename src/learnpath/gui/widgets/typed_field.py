"""The common part of fields that read what people type and say below how it was understood."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.field_error import FieldError
from learnpath.gui.widgets.plain_label import PlainLabel


class TypedField(QWidget):
    """A line edit with a line below that says what was understood, or why not once the field is left.

    `changed` is sent whenever what is typed means something else than before. Subclasses say what it means.
    """

    changed = Signal()

    def __init__(self, theme: Theme, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.edit = QLineEdit()
        self._hint = PlainLabel(theme, "", "small", "muted", tabular=True)
        self._error = FieldError(theme)
        self._problem = ""
        self.edit.setPlaceholderText(placeholder)
        self._build()
        self.set_name(name)
        self.edit.textChanged.connect(self._on_text)
        self.edit.editingFinished.connect(self.validate)

    @property
    def error(self) -> str:
        """Return the sentence that says why the text cannot be kept, empty when it can."""
        return self._problem

    @property
    def is_valid(self) -> bool:
        """Return whether the text means something; an empty field does."""
        return not self._problem

    def set_name(self, name: str) -> None:
        """Name the field for a screen reader."""
        self.setAccessibleName(name)
        self.edit.setAccessibleName(name)

    def validate(self) -> bool:
        """Show the problem if there is one; return whether there is none."""
        self._error.set_message(self._problem)
        self._hint.setVisible(self.is_valid and bool(self._hint.text()))
        self._mark(invalid=not self.is_valid)
        return self.is_valid

    def read(self, text: str) -> str:
        """Take the text over and return what is said below. Raises ValueError with a sentence."""
        raise NotImplementedError

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.edit)
        box.addWidget(self._hint)
        box.addWidget(self._error)
        self._hint.hide()
        self.setFocusProxy(self.edit)

    def _on_text(self, text: str) -> None:
        try:
            hint = self.read(text.strip())
            self._problem = ""
        except ValueError as error:
            hint = ""
            self._problem = str(error)
        self._hint.setText(hint)
        self.edit.setAccessibleDescription(hint)
        # While somebody types, half a date is no mistake yet: the problem is shown when the field is left.
        self._error.set_message("")
        self._mark(invalid=False)
        self._hint.setVisible(bool(hint))
        self.changed.emit()

    def _mark(self, *, invalid: bool) -> None:
        self.edit.setProperty("invalid", invalid)
        self.edit.update()
