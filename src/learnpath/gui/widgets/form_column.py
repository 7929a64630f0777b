"""A form in one column: a name above each field, a message below it."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.field_error import FieldError
from learnpath.gui.widgets.plain_label import PlainLabel


class FormColumn(QVBoxLayout):
    """Fields by key. `show_mistakes` puts sentences below the fields they belong to."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._errors: dict[str, FieldError] = {}
        self._fields: dict[str, QWidget] = {}
        self.setSpacing(4)

    def add_field(self, key: str, name: str, field: QWidget) -> QLabel:
        """Append a field with its name; the name becomes what a screen reader calls it."""
        label = PlainLabel(self._theme, name, "small", "muted")
        label.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(name)
        error = FieldError(self._theme)
        self._errors[key] = error
        self._fields[key] = field
        self.addWidget(label)
        self.addWidget(field)
        self.addWidget(error)
        self.addSpacing(6)
        return label

    def show_mistakes(self, mistakes: dict[str, str]) -> bool:
        """Show a sentence below each field named, none below the others, and focus the first; True for none."""
        first = True
        for key, error in self._errors.items():
            message = mistakes.get(key, "")
            error.set_message(message)
            field = self._fields[key]
            field.setProperty("invalid", bool(message))
            field.setAccessibleDescription(message)
            field.update()
            if message and first:
                field.setFocus()
                first = False
        return not mistakes

    def mistake(self, key: str) -> str:
        """Return the sentence below a field, empty for none."""
        return self._errors[key].text
