"""The small dialog that asks for one date, such as when something was earned."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from learnpath.domain.dates import PartialDate
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.date_field import DateField
from learnpath.gui.widgets.form_dialog import FormDialog


class DateDialog(FormDialog):
    """Asks for a date in the past, today at first. `chosen(PartialDate)` is sent when the person confirms one."""

    chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        title: str,
        name: str,
        button: str,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        """Prepare the dialog: `name` says what the date is, `button` is the verb that confirms."""
        super().__init__(theme, title, button, parent)
        self.field = DateField(theme, name, today, "past")
        self.field.set_value(PartialDate.of(today()))
        self.add_field("on", name, self.field)
        self.submitted.connect(self._on_submitted)
        self.field.edit.selectAll()
        self.field.setFocus()
        self.fit(420)

    @Slot()
    def _on_submitted(self) -> None:
        value = self.field.value
        if value is None:
            self.show_mistakes({"on": self.tr("Enter a date. A year is enough.")})
            return
        self.chosen.emit(value)
        self.accept()
