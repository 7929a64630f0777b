"""The small dialog that asks for one date, such as when something was earned."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from learnpath.domain.dates import PartialDate
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.date_field import DateField
from learnpath.gui.widgets.plain_label import PlainLabel


class DateDialog(QDialog):
    """Asks for a date, today at first. `chosen(PartialDate)` is sent when the person confirms one."""

    chosen = Signal(object)

    def __init__(
        self, theme: Theme, title: str, sentence: str, button: str, today: Callable[[], date], parent: QWidget | None
    ) -> None:
        """Prepare the dialog; `button` is the verb that confirms."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._label = PlainLabel(theme, sentence, wrap=True)
        self.field = DateField(theme, sentence, today, "past")
        self.field.set_value(PartialDate.of(today()))
        self.confirm = QPushButton(button)
        self._build(theme)
        self.confirm.clicked.connect(self._on_confirm)

    def _build(self, theme: Theme) -> None:
        self.confirm.setProperty("primary", True)
        self.confirm.setDefault(True)
        buttons = QDialogButtonBox()
        buttons.addButton(self.confirm, QDialogButtonBox.ButtonRole.ActionRole)
        cancel = buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 18, 18, 14)
        column.setSpacing(10)
        column.addWidget(self._label)
        column.addWidget(self.field)
        column.addStretch()
        column.addWidget(buttons)
        self.setMinimumWidth(theme.px(340))
        self.field.edit.selectAll()
        self.field.setFocus()

    @Slot()
    def _on_confirm(self) -> None:
        value = self.field.value
        if not self.field.validate() or value is None:
            self.field.setFocus()
            return
        self.chosen.emit(value)
        self.accept()
