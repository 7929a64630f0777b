"""Asking for the name of a version."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.field_error import FieldError
from learnpath.gui.widgets.plain_label import PlainLabel


class NameDialog(QDialog):
    """One line for a name that no other version has. `named(text)` is sent once, then it closes."""

    named = Signal(str)

    def __init__(self, theme: Theme, title: str, name: str, taken: frozenset[str], parent: QWidget) -> None:
        """Make the dialog; `taken` are the other versions' names, casefolded."""
        super().__init__(parent)
        self._taken = taken
        self.setWindowTitle(title)
        self.edit = QLineEdit(name)
        self.error = FieldError(theme)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, Qt.Orientation.Horizontal
        )
        self._build(theme)
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        self.edit.textEdited.connect(self._forgive)

    def _build(self, theme: Theme) -> None:
        label = PlainLabel(theme, self.tr("Name of the version"), "medium")
        label.setBuddy(self.edit)
        self.edit.setAccessibleName(label.text())
        self.edit.setPlaceholderText(self.tr("For Contoso, security role"))
        self.edit.selectAll()
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setProperty("primary", True)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 16, 18, 16)
        box.setSpacing(8)
        for widget in (label, self.edit, self.error):
            box.addWidget(widget)
        box.addSpacing(8)
        box.addWidget(self.buttons)
        self.setMinimumWidth(theme.px(380))

    @Slot()
    def _save(self) -> None:
        name = " ".join(self.edit.text().split())
        if not name:
            self.error.set_message(self.tr("Enter a name."))
        elif name.casefold() in self._taken:
            self.error.set_message(self.tr("Another version has this name."))
        else:
            self.named.emit(name)
            self.accept()

    @Slot()
    def _forgive(self) -> None:
        self.error.set_message("")
