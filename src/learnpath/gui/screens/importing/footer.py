"""The foot of the import: what has happened so far, and the buttons; while writing, how far it is."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from learnpath.gui.infra.theme import Theme
from learnpath.gui.screens.importing.desk import DeskState, ImportDesk
from learnpath.gui.screens.importing.finished import broken_count
from learnpath.gui.screens.importing.open_file import OpenFile
from learnpath.gui.screens.importing.wording import counted, number_text, proofs_text, say
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.interchange.draft_kinds import DRAFT_KINDS

_LEAST_SENTENCE = 220


class ImportFooter(QWidget):
    """A sentence, Cancel, saving the broken rows, and the one button that writes.

    The press of that button is told before its click: what stands on it then is what the person agrees to.
    """

    cancel_clicked = Signal()
    save_clicked = Signal()
    import_pressed = Signal()
    import_clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_tight = False
        self.sentence = PlainLabel(theme, "", "body", "muted", wrap=True)
        self.progress = QProgressBar()
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.save_button = QPushButton()
        self.import_button = QPushButton()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._build()

    def set_tight(self, tight: bool) -> None:
        """Say only what must be said where there is little height; from the next `show_desk` on."""
        self._is_tight = tight

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the sentence above the buttons where it would be squeezed beside them."""
        super().resizeEvent(event)
        shown = [one for one in (self.cancel_button, self.save_button, self.import_button) if not one.isHidden()]
        needed = sum(one.sizeHint().width() + 10 for one in shown) + self._theme.px(_LEAST_SENTENCE)
        is_wide = self.width() >= needed
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)

    def show_desk(self, desk: ImportDesk, file: OpenFile | None, *, waits: bool = False) -> None:
        """Show what importing would do now; `file` is the one in view, and with `waits` it was clicked already."""
        writing = desk.state is DeskState.IMPORTING
        self.progress.setVisible(writing)
        self.cancel_button.setEnabled(True)
        broken = broken_count(file) if file is not None else 0
        self.save_button.setVisible(broken > 0 and not writing)
        one, many = self.tr("Save 1 error row…"), self.tr("Save {0} error rows…")
        self.save_button.setText(one if broken == 1 else many.format(number_text(broken)))
        self.import_button.setVisible(not writing)
        self.import_button.setText(self._import_text(desk))
        self.import_button.setEnabled(_is_agreeable(desk) and _to_write(desk) + desk.proofs > 0)
        self.import_button.setToolTip(self._promise() if self._is_tight else "")
        if writing:
            self.show_progress(0, 0)
        else:
            waiting = self.tr("Imports as soon as the rows are read.")
            self._say(waiting if waits else self._sentence(desk))

    def show_progress(self, done: int, total: int) -> None:
        """Show how many records of how many are written."""
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        if total:
            text = self.tr("Importing {0} of {1}…").format(number_text(done), number_text(total))
        else:
            text = self.tr("Importing…")
        self._say(text)

    def show_cancelling(self) -> None:
        """Say at once that cancelling was heard."""
        self._say(self.tr("Taking back what was written…"))
        self.cancel_button.setEnabled(False)

    def _import_text(self, desk: ImportDesk) -> str:
        parts = [counted(kind, count) for kind in (*DRAFT_KINDS, "library") if (count := desk.to_write(kind))]
        if not parts and desk.proofs and not desk.is_reading:
            return self.tr("Import {0}").format(proofs_text(desk.proofs))
        if not parts:
            return self.tr("Reading…") if desk.is_reading else self.tr("Nothing to import")
        return self.tr("Import {0}").format(say(" and ").join(parts))

    def _say(self, text: str) -> None:
        self.sentence.setText(text)
        self.sentence.setVisible(bool(text))

    def _promise(self) -> str:
        return self.tr("Nothing has been written yet. An import is one step that Undo takes back.")

    def _sentence(self, desk: ImportDesk) -> str:
        sentence = "" if self._is_tight else self._promise()
        waiting = desk.undecided()
        if waiting:
            one, many = (
                self.tr("1 row to check is left out until you decide."),
                self.tr("{0} rows to check are left out until you decide."),
            )
            sentence = f"{sentence} {one if waiting == 1 else many.format(number_text(waiting))}".strip()
        return sentence

    def _build(self) -> None:
        self.import_button.setProperty("primary", True)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(self._theme.px(6))
        self.progress.setAccessibleName(self.tr("Importing"))
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self.sentence)
        left.addWidget(self.progress)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch()
        for button in (self.cancel_button, self.save_button, self.import_button):
            buttons.addWidget(button)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        self._row.addLayout(left, 1)
        self._row.addLayout(buttons)
        self.cancel_button.clicked.connect(self.cancel_clicked)
        self.save_button.clicked.connect(self.save_clicked)
        self.import_button.pressed.connect(self.import_pressed)
        self.import_button.clicked.connect(self.import_clicked)


def _is_agreeable(desk: ImportDesk) -> bool:
    """Return whether the numbers hold but for cells that were just typed: leaving a cell must not spoil the click."""
    return all(not file.is_busy or file.is_shown_as_chosen for file in desk.files)


def _to_write(desk: ImportDesk) -> int:
    return sum(file.to_write for file in desk.files)
