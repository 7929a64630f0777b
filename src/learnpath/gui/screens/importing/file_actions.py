"""What the person does on the page, done to the file in view."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from learnpath.gui.screens.importing.desk import ImportDesk
from learnpath.gui.screens.importing.file_page import FilePage
from learnpath.gui.screens.importing.open_file import OpenFile
from learnpath.interchange.plan import Decision
from learnpath.services.importing import ReadingOptions

_DECISIONS: dict[str, Decision] = {"new": "new", "update": "update", "skip": "skip"}


class FileActions(QObject):
    """Passes the signals of a `FilePage` on to the desk, with the file that `current` returns then."""

    def __init__(self, desk: ImportDesk, page: FilePage, current: Callable[[], OpenFile | None]) -> None:
        super().__init__(page)
        self._desk = desk
        self._current = current
        page.options_chosen.connect(self._choose)
        page.choices_forgotten.connect(self._forget_choices)
        page.stop_clicked.connect(self._stop_reading)
        page.close_clicked.connect(self._close)
        page.searched.connect(self._search)
        page.skip_toggled.connect(self._toggle_skip)
        page.decided.connect(self._decide)
        page.cell_typed.connect(self._correct)
        page.taken_back.connect(self._take_back)

    @Slot(object)
    def _choose(self, options: ReadingOptions) -> None:
        if (file := self._current()) is not None:
            self._desk.choose(file.id, options)

    @Slot()
    def _forget_choices(self) -> None:
        if (file := self._current()) is not None:
            self._desk.forget_choices(file.id)

    @Slot()
    def _stop_reading(self) -> None:
        if (file := self._current()) is not None:
            self._desk.stop_reading(file.id)

    @Slot()
    def _close(self) -> None:
        if (file := self._current()) is not None:
            self._desk.close(file.id)

    @Slot(str)
    def _search(self, words: str) -> None:
        if (file := self._current()) is not None:
            self._desk.search(file.id, words)

    @Slot(list)
    def _toggle_skip(self, rows: list[int]) -> None:
        if (file := self._current()) is not None:
            self._desk.toggle_skip(file.id, rows)

    @Slot(list, str)
    def _decide(self, rows: list[int], decision: str) -> None:
        if (file := self._current()) is not None:
            self._desk.decide(file.id, rows, _DECISIONS.get(decision))

    @Slot(int, object, str, str)
    def _correct(self, row: int, place: int | str, text: str, original: str) -> None:
        if (file := self._current()) is not None:
            self._desk.correct(file.id, row, place, text, original)

    @Slot(list)
    def _take_back(self, rows: list[int]) -> None:
        if (file := self._current()) is not None:
            self._desk.take_back(file.id, rows)
