"""The field for a length of time: `1:30`, `1.5 h` and `90 min` are the same."""

from PySide6.QtWidgets import QWidget

from learnpath.domain.typed_durations import read_typed_duration
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.typed_field import TypedField
from learnpath.gui.widgets.wording import duration_text


class DurationField(TypedField):
    """A length of time in minutes, or none."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        self._minutes: int | None = None
        super().__init__(theme, name, "", parent)
        self.edit.setPlaceholderText(self.tr("1:30, 1.5 h, 90 min"))

    @property
    def minutes(self) -> int | None:
        """Return the minutes, None when the field is empty or means none."""
        return self._minutes

    def set_minutes(self, minutes: int | None) -> None:
        """Show a length of time as hours and minutes."""
        self.edit.setText("" if minutes is None else f"{minutes // 60}:{minutes % 60:02}")
        self.validate()

    def read(self, text: str) -> str:
        """Take a length of time over; return it in words."""
        self._minutes = None
        if not text:
            return ""
        self._minutes = read_typed_duration(text)
        return duration_text(self._minutes)
