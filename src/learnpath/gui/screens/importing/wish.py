"""Import was pressed, perhaps while rows that the person has just typed are still being read: what was agreed to.

Belongs here: whether the import that was on the button is still the one that would be made. Making it is in `desk`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from learnpath.gui.screens.importing.desk import DeskState, ImportDesk
from learnpath.gui.screens.importing.open_file import OpenFile
from learnpath.interchange.drafts import Corrections
from learnpath.interchange.plan import Decision, RowKind
from learnpath.services.importing import ReadingOptions


@dataclass(frozen=True, slots=True)
class _TypedRow:
    """A row as it is shown while what was typed in it is not yet read: its kind, what importing does, the places."""

    kind: RowKind
    action: Decision
    places: frozenset[int | str]


@dataclass(frozen=True, slots=True)
class _AgreedFile:
    """What the button said about one file, and the rows that were typed and not yet read, by row index."""

    file_id: int
    options: ReadingOptions | None
    decisions: Mapping[int, Decision]
    new: int
    updated: int
    typed: Mapping[int, _TypedRow]

    def is_about(self, file: OpenFile) -> bool:
        """Return whether the person has asked for nothing else since."""
        return self.file_id == file.id and self.options == file.options

    def holds_for(self, file: OpenFile) -> bool:
        """Return whether the file, read anew, is imported as was agreed."""
        if file.decisions != self.decisions or any(not _comes_in(file, at, row) for at, row in self.typed.items()):
            return False
        added = sum(row.action != "new" and _action(file, at) == "new" for at, row in self.typed.items())
        return (file.new, file.updated) == (self.new + added, self.updated)


class ImportWish(QObject):
    """Imports when Import was clicked, at once or as soon as all rows are read.

    The click that leaves a cell is also the click that imports. The number on the button is what the person agreed
    to; the row just typed belongs to it, as it was typed in order to come in. So the import is made when that row can
    be used, with what was typed in it understood, and everything else is as it was shown. It is not made, and
    `refused()` tells so, when the row is broken or has become one to check, when it would change a record (which
    nobody has seen yet), or when anything else would be written than the button said. It is forgotten without a word
    when the person meanwhile asks for something else.
    """

    refused = Signal()

    def __init__(self, desk: ImportDesk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._agreed: list[_AgreedFile] = []
        self.is_waiting = False
        desk.file_changed.connect(self._go_on)
        desk.files_changed.connect(self._go_on)

    @Slot()
    def agree(self) -> None:
        """Note what the button says: the person presses it now."""
        self.is_waiting = False
        self._agreed = [_agreed(file) for file in self._desk.files]

    @Slot()
    def ask(self) -> None:
        """Import what was agreed to, as soon as it is read."""
        self.is_waiting = True
        self._go_on()

    @Slot()
    def _go_on(self) -> None:
        desk = self._desk
        if not self.is_waiting:
            return
        if desk.state is not DeskState.OPEN or not _are_about(self._agreed, desk.files):
            self.is_waiting = False
        elif not desk.is_reading:
            self.is_waiting = False
            if all(agreed.holds_for(file) for agreed, file in zip(self._agreed, desk.files, strict=True)):
                desk.start_import()
            else:
                self.refused.emit()


def _are_about(agreed: Sequence[_AgreedFile], files: Sequence[OpenFile]) -> bool:
    return len(agreed) == len(files) and all(one.is_about(file) for one, file in zip(agreed, files, strict=True))


def _agreed(file: OpenFile) -> _AgreedFile:
    return _AgreedFile(file.id, file.options, dict(file.decisions), file.new, file.updated, _typed_rows(file))


def _typed_rows(file: OpenFile) -> dict[int, _TypedRow]:
    if file.reading is None:
        return {}
    places = _different_places(file.reading.preview.options.corrections, file.corrections)
    if not places:
        return {}
    found: dict[int, _TypedRow] = {}
    for at, parsed in enumerate(file.reading.preview.parsed.rows):
        row = file.row(at) if parsed.line in places else None
        if row is not None:
            found[at] = _TypedRow(row.kind, _action(file, at), frozenset(places[parsed.line]))
    return found


def _different_places(read: Corrections, typed: Corrections) -> dict[int, set[int | str]]:
    """Return the places by line in which something else is typed than was read."""
    found: dict[int, set[int | str]] = {}
    for line, place in read.keys() | typed.keys():
        if read.get((line, place)) != typed.get((line, place)):
            found.setdefault(line, set()).add(place)
    return found


def _comes_in(file: OpenFile, at: int, before: _TypedRow) -> bool:
    row, parsed = file.row(at), file.parsed_row(at)
    if row is None or parsed is None or row.kind is RowKind.BROKEN:
        return False
    if any(fault.place in before.places for fault in parsed.faults):
        return False
    # One that waited for a decision before was said to be left out.
    return row.kind is not RowKind.UNDECIDED or before.kind is RowKind.UNDECIDED or file.decision(at) is not None


def _action(file: OpenFile, at: int) -> Decision:
    row = file.row(at)
    return file.decision(at) or (row.action if row is not None else "skip")
