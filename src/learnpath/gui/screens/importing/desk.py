"""The files that are being imported and what the person decided about them: the state behind the screen.

Belongs here: starting and cancelling the work of `reading`, and keeping its results. No widget.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from learnpath.domain.changes import ChangeSet
from learnpath.errors import KnownError
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.jobs import Job, JobState
from learnpath.gui.screens.importing import remembered
from learnpath.gui.screens.importing.finished import FinishedImport
from learnpath.gui.screens.importing.open_file import OpenFile, decided_files
from learnpath.gui.screens.importing.reading import Reading, import_readings, release, release_planning
from learnpath.gui.screens.importing.row_finder import RowFinder
from learnpath.gui.screens.importing.wording import imported_text
from learnpath.interchange.plan import Decision, RowKind, possible_decisions
from learnpath.services.import_sources import Source, list_sources
from learnpath.services.importing import ImportedFile, ReadingOptions
from learnpath.services.planning import Planning


class DeskState(StrEnum):
    """What the screen shows."""

    EMPTY = "empty"
    OPEN = "open"
    IMPORTING = "importing"
    REPORT = "report"


class ImportDesk(QObject):
    """Holds the open files, and the imports made since everything was put away (the newest last in `finished`).

    `state_changed()`: the screen shows something else. `files_changed()`: files came or went. `file_changed(id)`: a
    file was read, failed, or is being read again. `decided(id)`: decisions or numbers changed. `progressed(done,
    total)`: records written so far. `found(id)`: other rows of a file have what is looked for in it.
    """

    state_changed = Signal()
    files_changed = Signal()
    file_changed = Signal(int)
    decided = Signal(int)
    progressed = Signal(int, int)
    found = Signal(int)

    def __init__(self, context: GuiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.files: list[OpenFile] = []
        self.state = DeskState.EMPTY
        self.finished: list[FinishedImport] = []
        self._finder = RowFinder(context, self)
        self._finder.found.connect(self.found)
        self._planning = Planning(context.library)
        self._serial = 0
        self._import: Job | None = None

    # Opening ----------------------------------------------------------------------------------------------------

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open files, and of folders the files directly in them."""
        self._context.operations.read(partial(list_sources, tuple(paths)), self.open_sources)

    def open_sources(self, sources: Sequence[Source]) -> None:
        """Open files or pasted text; a file that is open already is read again. The report of an import is kept."""
        if not sources:
            return
        if self.state is DeskState.IMPORTING:
            late = self.tr("“{0}” was not opened, because an import is running.").format(sources[0].name)
            self._context.messages.banner(late, "warn", hint=self.tr("Drop it again when the import is done."))
            return
        if self.state is DeskState.REPORT:
            # What was imported is kept with its report.
            self.files = []
        for source in sources:
            known = next((one for one in self.files if source.path and one.source.place == source.place), None)
            if known is None:
                self._serial += 1
                known = OpenFile(self._serial, source)
                self.files.append(known)
            known.source = source
            # Another version of the file may have other rows on these lines.
            known.forget_corrections()
            self._read(known)
        self._set_state(DeskState.OPEN)
        self.files_changed.emit()

    def find(self, file_id: int) -> OpenFile | None:
        """Return an open file, None when it was closed."""
        return next((one for one in self.files if one.id == file_id), None)

    def close(self, file_id: int) -> None:
        """Put one file away."""
        file = self.find(file_id)
        if file is None or self.state is DeskState.IMPORTING:
            return
        place, kinds = self.files.index(file), file.kinds
        self.files.remove(file)
        self._put_away([file])
        self._set_state(DeskState.OPEN if self.files else self._state_without_files())
        self.files_changed.emit()
        self._plan_later(place, kinds)

    def close_all(self) -> None:
        """Put the open files away, of which nothing has been written; on the reports of imports, these as well."""
        files, self.files = self.files, []
        if self.state is DeskState.REPORT:
            files = [file for one in self.finished for file in one.files]
            self.finished = []
        self._put_away(files)
        planning, self._planning = self._planning, Planning(self._context.library)
        # In the lane of the reading, after what still uses it.
        job = self._context.operations.long(partial(release_planning, planning), title=self.tr("Import"))
        job.finished.connect(job.deleteLater)
        self._set_state(self._state_without_files())
        self.files_changed.emit()

    def _state_without_files(self) -> DeskState:
        return DeskState.REPORT if self.finished else DeskState.EMPTY

    def find_finished(self, file_id: int) -> OpenFile | None:
        """Return a file that was imported and whose report is kept."""
        return next((file for one in self.finished for file in one.files if file.id == file_id), None)

    # Reading ----------------------------------------------------------------------------------------------------

    def choose(self, file_id: int, options: ReadingOptions) -> None:
        """Read a file again as the person says."""
        file = self.find(file_id)
        if file is not None and self.state is DeskState.OPEN:
            file.choose(options)
            self._read(file)

    def correct(self, file_id: int, row_index: int, place: int | str, text: str, original: str) -> None:
        """Read a file with another text in place of a cell; decisions stay where they still fit."""
        file = self.find(file_id)
        row = file.parsed_row(row_index) if file is not None else None
        if file is None or row is None or self.state is not DeskState.OPEN:
            return
        if file.correct(row.line, place, text, original):
            self._read(file)

    def take_back(self, file_id: int, rows: Iterable[int]) -> None:
        """Read a file with the cells of these rows as it says them itself."""
        file = self.find(file_id)
        if file is None or self.state is not DeskState.OPEN:
            return
        found = [row for index in rows if (row := file.parsed_row(index)) is not None]
        if file.take_back({row.line for row in found}):
            self._read(file)

    def forget_choices(self, file_id: int) -> None:
        """Read a file again as it says itself, and forget what was chosen for its columns."""
        file = self.find(file_id)
        if file is None or file.reading is None or file.reading.preview.parsed.table is None:
            return
        remembered.forget(self._context.settings, file.reading.shape)
        self.choose(file_id, ReadingOptions())

    def read_again(self) -> None:
        """Plan all files anew, because the library has changed; decisions stay where they still fit."""
        if self.state is DeskState.OPEN:
            for file in self.files:
                if file.error is None:
                    self._read(file)

    def search(self, file_id: int, words: str) -> None:
        """Look for words in the rows of a file; `found` follows."""
        file = self.find(file_id)
        if file is not None:
            self._finder.search(file, words)

    def stop_reading(self, file_id: int) -> None:
        """Stop reading a file: what was shown of it before stays, a file never read goes away."""
        file = self.find(file_id)
        if file is None or not file.is_busy:
            return
        file.stop_reading()
        if file.reading is None:
            self.close(file_id)
        else:
            file.options = file.reading.preview.options
            self.file_changed.emit(file_id)
            self._read_next()

    def _read(self, file: OpenFile) -> None:
        """Read a file as soon as the files before it have been read."""
        file.stop_reading()
        file.error, file.waits = None, True
        self._read_next()
        self.file_changed.emit(file.id)

    def _plan_later(self, start: int, kinds: set[str]) -> None:
        """Read the files from a place on again because those before it bring something else now."""
        for file in self.files[start:]:
            if not file.waits and (file.job is not None or not kinds.isdisjoint(file.kinds)):
                self._read(file)
        self._read_next()

    def _read_next(self) -> None:
        """Read the first file that waits, unless one before it is still being read: each is planned after those."""
        for place, file in enumerate(self.files):
            if file.job is not None:
                return
            if file.waits:
                self._start_reading(file, self.files[:place])
                return

    def _start_reading(self, file: OpenFile, before: Sequence[OpenFile]) -> None:
        recall = partial(remembered.recall, remembered.load_choices(self._context.settings))
        task = file.reading_task(self._context.library, recall, decided_files(before), self._planning)
        file.waits = False
        file.job = self._context.operations.long(
            task,
            partial(self._take_reading, file.id),
            title=self.tr("Read {0}").format(file.source.name),
            failed=partial(self._take_error, file.id),
        )
        file.job.finished.connect(file.job.deleteLater)

    def _take_reading(self, file_id: int, reading: Reading) -> None:
        file = self.find(file_id)
        if file is None:
            self._release([reading])
            return
        old, file.job = file.reading, None
        if old is not None and old.preview.data != reading.preview.data:
            # Another version of the file has other rows at these places.
            file.decisions.clear()
        # What was typed and decided is about these bytes, whatever becomes of the file.
        file.source = replace(file.source, data=reading.preview.data)
        kinds = file.kinds | {reading.preview.parsed.kind}
        file.take(reading)
        self._finder.search_again(file)
        self._show_read(file, kinds, old)

    def _take_error(self, file_id: int, error: KnownError) -> None:
        file = self.find(file_id)
        if file is None:
            return
        file.job = None
        old, kinds, file.error = file.reading, file.kinds, error
        file.take(None)
        self._show_read(file, kinds, old)

    def _show_read(self, file: OpenFile, kinds: set[str], old: Reading | None) -> None:
        self._plan_later(self.files.index(file) + 1, kinds)
        self.file_changed.emit(file.id)
        if old is not None:
            self._release([old])

    # Deciding and importing -------------------------------------------------------------------------------------

    def decide(self, file_id: int, rows: Iterable[int], decision: Decision | None) -> None:
        """Keep what the person decided about rows; rows that do not take it stay as they are."""
        file = self.find(file_id)
        if file is not None and [row for row in rows if file.decide(row, decision)]:
            self.decided.emit(file_id)
            self._plan_later(self.files.index(file) + 1, file.kinds)

    def toggle_skip(self, file_id: int, rows: Sequence[int]) -> None:
        """Skip rows, or no longer skip them when all of them are; take in rows that are left out."""
        file = self.find(file_id)
        if file is None:
            return
        able = [row for row in rows if (planned := file.row(row)) is not None and possible_decisions(planned)]
        planned = [row for index in able if (row := file.row(index)) is not None]
        if able and all(row.kind is RowKind.LEFT_OUT for row in planned):
            taken = all(file.decision(row) == "new" for row in able)
            self.decide(file_id, able, None if taken else "new")
            return
        skipped = bool(able) and all(file.decision(row) == "skip" for row in able)
        self.decide(file_id, able, None if skipped else "skip")

    @property
    def is_reading(self) -> bool:
        """Whether a file is still being read."""
        return any(file.is_busy for file in self.files)

    def undecided(self) -> int:
        """Return how many rows still wait for a decision."""
        return sum(file.undecided for file in self.files)

    def to_write(self, kind: str) -> int:
        """Return how many records of a kind (`drafts.Kind`) importing would write."""
        return sum(
            file.to_write
            for file in self.files
            if file.reading is not None and file.reading.preview.parsed.kind == kind
        )

    @property
    def proofs(self) -> int:
        """Return how many files write no record and are to be attached to a credential."""
        return sum(file.reading is not None and file.reading.preview.only_proves for file in self.files)

    def start_import(self) -> None:
        """Write everything as one change."""
        if self.state is not DeskState.OPEN or self.is_reading:
            return
        task = partial(import_readings, self._context.library, decided_files(self.files))
        self._import = self._context.operations.long_change(
            task,
            self._take_report,
            title=self.tr("Import"),
            toast=imported_text,
        )
        self._import.progressed.connect(self._on_progress)
        self._import.finished.connect(self._on_import_finished)
        self._set_state(DeskState.IMPORTING)

    def cancel_import(self) -> None:
        """Stop writing; everything written so far is taken back."""
        if self._import is not None:
            self._import.cancel()

    def undo_import(self) -> None:
        """Take the newest import back and show its preview again, before that of files opened since."""
        self._context.operations.change(self._context.library.undo, self._show_undone)

    def _on_progress(self, done: int, total: int) -> None:
        self.progressed.emit(done, total)

    def _on_import_finished(self, state: str) -> None:
        if self._import is not None:
            self._import.deleteLater()
            self._import = None
        if state != JobState.DONE:
            self._set_state(DeskState.OPEN)

    def _take_report(self, report: list[ImportedFile]) -> None:
        self.finished.append(FinishedImport(report, list(self.files)))
        for file in self.files:
            self._remember(file)
        self._set_state(DeskState.REPORT)

    def _remember(self, file: OpenFile) -> None:
        table = file.reading.preview.parsed.table if file.reading is not None else None
        options = file.options
        if file.reading is None or table is None or options is None:
            return
        chosen = (options.mapping, options.kind, options.date_order, options.date_orders, options.currency)
        if any(chosen) or options.sheet is not None or options.header_row is not None:
            remembered.remember(self._context.settings, file.reading.shape, options, table.columns)

    def _show_undone(self, change: ChangeSet | None) -> None:
        if change is not None:
            self._context.messages.toast(self.tr("Took back: {0}").format(change.label), undo=False)
        if self.finished:
            again = self.finished.pop().files
            places = {file.source.place for file in self.files if file.source.path and file not in again}
            given_up = [file for file in again if file.source.place in places]
            self._put_away(given_up)
            kept = [file for file in again if file not in given_up]
            self.files = kept + [file for file in self.files if file not in kept]
        self._set_state(DeskState.OPEN)
        self.files_changed.emit()
        self.read_again()

    def _set_state(self, state: DeskState) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit()

    def _put_away(self, files: Sequence[OpenFile]) -> None:
        held = [file.reading for file in files if file.reading is not None]
        for file in files:
            file.stop_reading()
            file.reading = None
        if held:
            self._release(held)

    def _release(self, held: list[Reading]) -> None:
        # In the reading lane: freeing a large file takes longer than the window may stand still.
        self._context.operations.read(partial(release, held), _ignore)


def _ignore(_: None) -> None:
    """Need nothing back."""
