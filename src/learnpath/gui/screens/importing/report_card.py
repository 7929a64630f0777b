"""What an import did, in place: numbers per file, what was left out and why, and where to go from here."""

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from learnpath.gui.infra.theme import Theme
from learnpath.gui.screens.importing.finished import FinishedImport
from learnpath.gui.screens.importing.wording import number_text, say, written_text
from learnpath.gui.widgets.card import Card
from learnpath.gui.widgets.chip import Chip, ChipKind
from learnpath.gui.widgets.flow_layout import FlowLayout
from learnpath.gui.widgets.link_button import LinkButton
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.services.importing import ImportedFile

_MOST_REASONS = 5000


class ReportCard(Card):
    """The report. `show_clicked(screen id)`, `undo_clicked()`, `more_clicked()`, `save_clicked(file id)`.

    `save_all_clicked(FinishedImport)`: the rows with errors of all its files are to be saved.
    """

    show_clicked = Signal(str)
    undo_clicked = Signal()
    more_clicked = Signal()
    save_clicked = Signal(int)
    save_all_clicked = Signal(object)

    def __init__(self, theme: Theme, screens: Collection[str], parent: QWidget | None = None) -> None:
        """Make an empty report; `screens` are the screens that can be gone to."""
        super().__init__(theme, parent=parent)
        self._screens = screens
        self.headline = PlainLabel(theme, "", "heading", wrap=True)
        self._lines = QVBoxLayout()
        self.reasons_title = PlainLabel(theme, "", "small_strong", "muted")
        self.reasons = QPlainTextEdit()
        self._finished: FinishedImport | None = None
        self.undo_button = QPushButton(self.tr("Undo import"))
        self.save_button = QPushButton()
        self.more_button = QPushButton()
        self.programs_button = QPushButton(self.tr("Show programs"))
        self.credentials_button = QPushButton(self.tr("Show credentials"))
        self.paths_button = QPushButton(self.tr("Show paths"))
        # The screen that each button leads to; a skill has none of its own.
        self._places = {
            "programs": self.programs_button,
            "credentials": self.credentials_button,
            "paths": self.paths_button,
        }
        self._build_body()
        self._connect()

    def show_report(self, finished: FinishedImport) -> None:
        """Show what became of the files."""
        self._finished = finished
        report = finished.report
        self.headline.setText(self.tr("Imported {0}").format(written_text(report)))
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for file, source in finished.reported():
            self._lines.addWidget(self._file_line(file, source.id))
        self._show_reasons(report, finished.refused)
        with_errors = sum(file.broken > 0 for file in report)
        self.save_button.setVisible(with_errors > 1)
        self.save_button.setText(self.tr("Save all {0} error rows…").format(number_text(finished.broken)))
        shown = {"credentials" if file.kind == "library" else file.kind for file in report}
        for screen, button in self._places.items():
            button.setVisible(screen in shown and screen in self._screens)
        first = self._next_step()
        for button in (*self._places.values(), self.more_button):
            button.setProperty("primary", button is first)
        self.set_can_undo(True)

    def show_way_on(self, *, has_files: bool) -> None:
        """Offer the way to other files: back to those that are open already, or to choosing some."""
        text = self.tr("Back to the open files") if has_files else self.tr("Import more files…")
        self.more_button.setText(text)

    def show_earlier(self) -> None:
        """Leave out the buttons: another import came after this one."""
        for button in (self.undo_button, self.more_button, *self._places.values()):
            button.hide()

    def set_can_undo(self, can_undo: bool) -> None:
        """Offer to take the import back, as long as it is the latest change."""
        self.undo_button.setEnabled(can_undo)
        tip = "" if can_undo else self.tr("Something else was changed since. Undo takes changes back in order.")
        self.undo_button.setToolTip(tip)

    def focus_first(self) -> None:
        """Lead the keyboard to the next step."""
        self._next_step().setFocus()

    def _next_step(self) -> QPushButton:
        shown = [one for one in self._places.values() if not one.isHidden()]
        return shown[0] if shown else self.more_button

    def _file_line(self, file: ImportedFile, file_id: int) -> QWidget:
        holder = QWidget()
        line = FlowLayout(holder, 8)
        line.addWidget(PlainLabel(self._theme, file.file_name, "medium"))
        parts: list[tuple[str, int, ChipKind]] = [
            (self.tr("{0} new"), file.new, "ok"),
            (self.tr("{0} updated"), file.updated, "accent"),
            (self.tr("{0} same"), file.same, "neutral"),
            (self.tr("{0} left out, to check"), file.undecided, "warn"),
            (self.tr("{0} with errors"), file.broken, "bad"),
            (self.tr("{0} left out"), file.left_out, "neutral"),
            (self.tr("{0} with something left out"), file.partial, "warn"),
        ]
        for text, count, kind in parts:
            if count or kind in {"ok", "accent"}:
                line.addWidget(Chip(self._theme, text.format(number_text(count)), kind))
        if file.broken:
            save = LinkButton(self._theme, self.tr("Save error rows…"), "small")
            save.setObjectName("save")
            save.setAccessibleName(self.tr("Save the error rows of {0}").format(file.file_name))
            save.clicked.connect(partial(self._save, file_id))
            line.addWidget(save)
        return holder

    def _show_reasons(self, report: Sequence[ImportedFile], refused: Sequence[str]) -> None:
        lines: list[str] = list(refused)
        for file in report:
            start = f"{file.file_name}: " if len(report) > 1 else ""
            lines += [f"{start}{reason}" for _, reason in file.problems]
            to_check = self.tr("{0}, to check: {1}")
            lines += [start + to_check.format(where, reason) for where, reason in file.to_decide]
            likely = self.tr("{0}, probably the same: {1}")
            lines += [start + likely.format(where, reason) for where, reason in file.likely]
            lines += [f"{start}{where}: {reason}" for where, reason in file.notes]
        more = len(lines) - _MOST_REASONS
        shown = lines[:_MOST_REASONS] + ([say("%n more", more)] if more > 0 else [])
        title = self.tr("What was left out, and why")
        if any(file.likely for file in report):
            title = self.tr("What was left out or is probably the same, and why")
        self.reasons_title.setText(title)
        self.reasons.setAccessibleName(title)
        self.reasons_title.setVisible(bool(shown))
        self.reasons.setVisible(bool(shown))
        self.reasons.setPlainText("\n".join(shown))
        height = self.reasons.fontMetrics().lineSpacing() * min(max(len(shown), 2), 10) + self._theme.px(20)
        self.reasons.setFixedHeight(height)

    def _build_body(self) -> None:
        self._lines.setSpacing(8)
        self.reasons.setReadOnly(True)
        self.reasons.setFrameShape(QFrame.Shape.NoFrame)
        self.reasons.setTabChangesFocus(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(self.undo_button)
        buttons.addWidget(self.save_button)
        buttons.addStretch()
        for button in (self.more_button, *reversed(self._places.values())):
            buttons.addWidget(button)
        self.body.setSpacing(12)
        self.body.addWidget(self.headline)
        self.body.addLayout(self._lines)
        self.body.addWidget(self.reasons_title)
        self.body.addWidget(self.reasons)
        self.body.addLayout(buttons)

    def _connect(self) -> None:
        self.undo_button.clicked.connect(self.undo_clicked)
        self.save_button.clicked.connect(self._save_all)
        self.more_button.clicked.connect(self.more_clicked)
        for screen, button in self._places.items():
            button.clicked.connect(partial(self._show, screen))

    def _save_all(self, _checked: bool = False) -> None:
        self.save_all_clicked.emit(self._finished)

    def _save(self, file_id: int, _checked: bool = False) -> None:
        self.save_clicked.emit(file_id)

    def _show(self, screen: str, _checked: bool = False) -> None:
        self.show_clicked.emit(screen)
