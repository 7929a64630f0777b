"""A card of settings: what each one is at the left, its control at the right.

Belongs here: layout and finding settings by words. What they do is in the sections.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.card import Card
from learnpath.gui.widgets.plain_label import PlainLabel

_CONTROL_WIDTH = 280


class SettingRow(QWidget):
    """One setting. `note` explains it in a muted line below its name; empty for none."""

    def __init__(self, theme: Theme, name: str, note: str, control: QWidget | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._control = control
        self.name = PlainLabel(theme, name, "medium", wrap=True)
        self.note = PlainLabel(theme, note, "small", "muted", wrap=True)
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._build()
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_note(self, note: str) -> None:
        """Say something else below the name."""
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def matches(self, words: list[str]) -> bool:
        """Return whether every word (casefolded) is in the name or the note."""
        text = f"{self.name.text()} {self.note.text()}".casefold()
        return all(word in text for word in words)

    def _build(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addStretch()
        for label in (self.name, self.note):
            texts.addWidget(label)
        texts.addStretch()
        self.note.setVisible(bool(self.note.text()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(20)
        row.addLayout(texts, 1)
        if self._control is not None:
            row.addWidget(self._control, 0, Qt.AlignmentFlag.AlignVCenter)
            if not self._control.accessibleName():
                self._control.setAccessibleName(self.name.text())
            self._control.setAccessibleDescription(self.note.text())

    def _restyle(self) -> None:
        if self._control is not None and self._control.property("wide"):
            self._control.setFixedWidth(min(self._theme.px(_CONTROL_WIDTH), 400))


class SettingCard(Card):
    """A titled group of settings."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, title, parent=parent)
        self._heading = title
        self.rows: list[SettingRow] = []
        self.body.setSpacing(4)

    def add_row(self, name: str, control: QWidget | None = None, note: str = "", *, wide: bool = False) -> SettingRow:
        """Append a setting and return its row; a `wide` control has the width that all fields share."""
        if control is not None:
            control.setProperty("wide", wide)
        row = SettingRow(self._theme, name, note, control, self)
        self.rows.append(row)
        self.add(row)
        return row

    def narrow(self, text: str) -> bool:
        """Show only what has every word of a text; return whether anything is left."""
        words = text.casefold().split()
        whole = all(word in self._heading.casefold() for word in words)
        found = False
        for row in self.rows:
            fits = whole or row.matches(words)
            row.setVisible(fits)
            found = found or fits
        self.setVisible(found)
        return found


def buttons_side_by_side(*buttons: QWidget) -> QWidget:
    """Return a widget that holds buttons in one line."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    holder.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return holder
