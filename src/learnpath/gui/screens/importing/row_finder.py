"""Looking for words in the rows of open files: after a pause in typing, in a worker thread, and again until current."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.importing.open_file import OpenFile
from learnpath.gui.screens.importing.row_search import Found, RowTexts

_TYPING_PAUSE_MILLISECONDS = 120


class RowFinder(QObject):
    """Finds rows. `found(id)`: other rows of a file have what is looked for in it."""

    found = Signal(int)

    def __init__(self, context: GuiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def search(self, file: OpenFile, words: str) -> None:
        """Look for words; `found` follows."""
        file.search(words)
        if file.is_searching:
            QTimer.singleShot(_TYPING_PAUSE_MILLISECONDS, self, partial(self._search_after_pause, file, words))
        else:
            self.found.emit(file.id)

    def search_again(self, file: OpenFile) -> None:
        """Look for the same words in a file that was read anew."""
        file.search(file.words)
        if file.is_searching:
            self._search(file)

    def _search_after_pause(self, file: OpenFile, words: str) -> None:
        if file.is_searching and file.words == words:
            self._search(file)

    def _search(self, file: OpenFile) -> None:
        if file.reading is not None:
            task = partial(file.reading.texts.find, file.words)
            done = partial(self._take_found, file, file.reading.texts, file.words)
            self._context.operations.read(task, done, replaces=f"import.search.{file.id}")

    def _take_found(self, file: OpenFile, texts: RowTexts, words: str, found: Found | None) -> None:
        if file.reading is None or file.reading.texts is not texts or file.words != words:
            return
        if found is None:
            self._search(file)
        else:
            file.take_found(found)
            self.found.emit(file.id)
