"""The dialog to make or edit a path: title, goal date, description."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLineEdit, QPlainTextEdit, QPushButton
from PySide6.QtWidgets import QVBoxLayout, QWidget

from learnpath.domain.records import Path
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.date_field import DateField
from learnpath.gui.widgets.form_column import FormColumn


class PathDialog(QDialog):
    """Edits a path (id 0: a new one). `saved(Path)` is sent when the person confirms; nothing is stored here."""

    saved = Signal(object)

    def __init__(self, theme: Theme, path: Path, today: Callable[[], date], parent: QWidget | None) -> None:
        super().__init__(parent)
        self._path = path
        self.setWindowTitle(self.tr("Edit path") if path.id else self.tr("New path"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title_edit = QLineEdit(path.title)
        self.goal = DateField(theme, self.tr("Goal date"), today)
        self.description = QPlainTextEdit(path.description)
        self.is_active = QCheckBox(self.tr("I am working on this path"))
        self.save_button = QPushButton(self.tr("Save path") if path.id else self.tr("Add path"))
        self._form = FormColumn(theme)
        self._build(theme)
        self.save_button.clicked.connect(self._on_save)

    def mistake(self, key: str) -> str:
        """Return the sentence below a field, empty for none."""
        return self._form.mistake(key)

    def _build(self, theme: Theme) -> None:
        self.title_edit.setPlaceholderText(self.tr("Cloud security engineer"))
        self.goal.set_value(self._path.goal_on)
        self.is_active.setChecked(self._path.is_active)
        self.description.setTabChangesFocus(True)
        self.description.setFixedHeight(theme.px(84))
        self._form.add_field("title", self.tr("Title"), self.title_edit)
        self._form.add_field("goal_on", self.tr("Goal date (optional)"), self.goal)
        self._form.add_field("description", self.tr("Description (optional)"), self.description)
        self._form.addWidget(self.is_active)
        self.save_button.setProperty("primary", True)
        self.save_button.setDefault(True)
        buttons = QDialogButtonBox()
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 18, 18, 14)
        column.setSpacing(12)
        column.addLayout(self._form)
        column.addWidget(buttons)
        self.setMinimumWidth(theme.px(440))
        self.title_edit.setFocus()

    @Slot()
    def _on_save(self) -> None:
        mistakes: dict[str, str] = {}
        if not self.title_edit.text().strip():
            mistakes["title"] = self.tr("Enter a title.")
        goal_is_valid = self.goal.validate()
        if not self._form.show_mistakes(mistakes) or not goal_is_valid:
            return
        self.saved.emit(
            replace(
                self._path,
                title=self.title_edit.text(),
                goal_on=self.goal.value,
                description=self.description.toPlainText().strip(),
                is_active=self.is_active.isChecked(),
            )
        )
        self.accept()
