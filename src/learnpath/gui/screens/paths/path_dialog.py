"""The dialog to make or edit a path: title, goal date, description."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from learnpath.domain.records import Path
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.date_field import DateField
from learnpath.gui.widgets.form_dialog import FormDialog
from learnpath.gui.widgets.text_area import TextArea


def _tr(text: str) -> str:
    return QCoreApplication.translate("PathDialog", text)


class PathDialog(FormDialog):
    """Edits a path (id 0: a new one). `saved(Path)` is sent when the person confirms; nothing is stored here."""

    saved = Signal(object)

    def __init__(self, theme: Theme, path: Path, today: Callable[[], date], parent: QWidget | None = None) -> None:
        title = _tr("Edit path") if path.id else _tr("New path")
        super().__init__(theme, title, _tr("Save changes") if path.id else _tr("Add path"), parent)
        self._path = path
        self.title_edit = QLineEdit(path.title)
        self.goal = DateField(theme, _tr("Goal date"), today)
        self.description = TextArea(theme, path.description)
        self.is_active = QCheckBox(_tr("I am working on this path"))
        self._build()
        self.submitted.connect(self._on_submitted)

    def _build(self) -> None:
        self.title_edit.setPlaceholderText(_tr("Cloud security engineer"))
        self.goal.set_value(self._path.goal_on)
        self.is_active.setChecked(self._path.is_active)
        self.add_field("title", _tr("Title"), self.title_edit)
        self.add_field("goal_on", _tr("Goal date"), self.goal)
        self.add_field("description", _tr("Description"), self.description)
        self.add_field("is_active", _tr("State"), self.is_active)
        self.title_edit.setFocus()
        self.fit(480)

    @Slot()
    def _on_submitted(self) -> None:
        mistakes: dict[str, str] = {}
        if not self.title_edit.text().strip():
            mistakes["title"] = _tr("Enter a title.")
        if self.show_mistakes(mistakes):
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
