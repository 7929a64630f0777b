"""The dialog that finds programs and credentials and adds several of them to a path."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from learnpath.domain.records import Path
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.paths.candidate_list import CandidateList, CandidateModel
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.search_field import SearchField
from learnpath.services.path_steps import StepCandidate, find_candidates

_TYPING_PAUSE_MILLISECONDS = 120
_LIST_KEYS = {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}


class AddStepsDialog(QDialog):
    """Search, tick, add. `chosen(program ids, credential ids)` is sent on confirming, in the order ticked."""

    chosen = Signal(list, list)

    def __init__(self, context: GuiContext, path: Path, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._context = context
        self._path = path
        self.setWindowTitle(self.tr("Add steps to {path}").format(path=path.title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search = SearchField(context.theme, self.tr("Search programs and my credentials"))
        self.model = CandidateModel(self)
        self.list = CandidateList(context.theme, self.model, self.tr("Programs and credentials"))
        self.note = PlainLabel(context.theme, "", "small", "muted", wrap=True)
        self.add_button = QPushButton()
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MILLISECONDS)
        self._build()
        self._connect()
        self._show_count()
        self._find()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys move in the list while the person types."""
        if watched is self.search and isinstance(event, QKeyEvent) and _moves_in_list(event):
            self.list.setFocus()
            self.list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self.add_button.setProperty("primary", True)
        self.add_button.setDefault(True)
        self.cancel_button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self.note, 1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(PlainLabel(self._context.theme, self.windowTitle(), "heading", wrap=True))
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        theme = self._context.theme
        self.resize(theme.px(560), theme.px(480))
        self.search.installEventFilter(self)
        self.search.setFocus()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._pause.start)
        self.search.left.connect(self.reject)
        self._pause.timeout.connect(self._find)
        self.model.ticked.connect(self._show_count)
        self.add_button.clicked.connect(self._on_add)
        self.cancel_button.clicked.connect(self.reject)

    @Slot()
    def _find(self) -> None:
        context = self._context
        task = partial(find_candidates, context.library, self._path.id, self.search.text(), context.today())
        context.operations.read(task, self._show, replaces="paths.candidates")

    def _show(self, found: list[StepCandidate]) -> None:
        self.model.set_found(found)
        if found:
            self.list.setCurrentIndex(self.model.index(0, 0))
            self.note.setText(self.tr("Space or a click chooses."))
        elif self.search.text().strip():
            self.note.setText(self.tr("Nothing here matches."))
        else:
            self.note.setText(self.tr("There are no programs and no credentials yet. Import a program list first."))

    @Slot()
    def _show_count(self) -> None:
        count = len(self.model.chosen)
        texts = {0: self.tr("Add steps"), 1: self.tr("Add 1 step")}
        self.add_button.setText(texts.get(count) or self.tr("Add %n steps", "", count))
        self.add_button.setEnabled(count > 0)

    @Slot()
    def _on_add(self) -> None:
        chosen = self.model.chosen.values()
        programs = [one.id for one in chosen if one.kind == "program"]
        credentials = [one.id for one in chosen if one.kind == "credential"]
        self.chosen.emit(programs, credentials)
        self.accept()


def _moves_in_list(event: QKeyEvent) -> bool:
    return event.type() == QEvent.Type.KeyPress and Qt.Key(event.key()) in _LIST_KEYS
