"""The field for a date: takes what people type, says the weekday and how far away it is."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from learnpath.domain.dates import PartialDate
from learnpath.domain.typed_dates import Prefer, read_typed_date
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.typed_field import TypedField
from learnpath.gui.widgets.wording import date_text, typed_date_text


class DateField(TypedField):
    """A date known to the day, the month or the year, or none. `today` is asked at every change."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        today: Callable[[], date],
        prefer: Prefer = "future",
        parent: QWidget | None = None,
    ) -> None:
        self._today = today
        self._prefer: Prefer = prefer
        self._value: PartialDate | None = None
        super().__init__(theme, name, "", parent)
        self.edit.setPlaceholderText(self.tr("27 feb, next friday, in 3 weeks"))

    @property
    def value(self) -> PartialDate | None:
        """Return the date, None when the field is empty or means none."""
        return self._value

    def set_value(self, value: PartialDate | None) -> None:
        """Show a date."""
        # ISO text would be exact but strange to read; what is shown reads back as the same date.
        text = "" if value is None else date_text(value)
        if value is not None and self._means(text) != value:
            text = value.text
        self.edit.setText(text)
        self.validate()

    def read(self, text: str) -> str:
        """Take a date over; return weekday, date and distance."""
        self._value = None
        if not text:
            return ""
        today = self._today()
        self._value = read_typed_date(text, today, self._prefer)
        return typed_date_text(self._value, today)

    def _means(self, text: str) -> PartialDate | None:
        try:
            return read_typed_date(text, self._today(), self._prefer)
        except ValueError:
            return None
