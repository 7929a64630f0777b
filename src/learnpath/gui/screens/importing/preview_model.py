"""The planned rows of one file as a table. Texts are made when a row is painted, never before: files are long."""

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from learnpath.gui.screens.importing.fixing import NOTE, FixCell, fix_cells
from learnpath.gui.screens.importing.open_file import OpenFile
from learnpath.gui.screens.importing.preview_columns import columns_for
from learnpath.gui.screens.importing.row_kinds import RowFilter
from learnpath.gui.screens.importing.wording import (
    cell_text,
    effect_text,
    field_label,
    field_title,
    kind_text,
    note_text,
    say,
    short_text,
)
from learnpath.gui.widgets.chip import ChipKind
from learnpath.gui.widgets.wording import tip_text
from learnpath.interchange.drafts import RowsKind
from learnpath.interchange.plan import Decision, PlannedRow, RowKind, possible_decisions

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
CHIP_ROLE = Qt.ItemDataRole.UserRole + 1
CHOICE_ROLE = Qt.ItemDataRole.UserRole + 2
MUTED_ROLE = Qt.ItemDataRole.UserRole + 3
FIX_ROLE = Qt.ItemDataRole.UserRole + 4
"""Why a cell can be typed anew: "broken", "left out" (a usable row goes without it), "typed" already, or None."""

KIND_CHIPS: dict[RowKind, ChipKind] = {
    RowKind.NEW: "ok",
    RowKind.UPDATE: "accent",
    RowKind.SAME: "neutral",
    RowKind.UNDECIDED: "warn",
    RowKind.BROKEN: "bad",
    RowKind.LEFT_OUT: "neutral",
}
_DECISION_CHIPS: dict[Decision, ChipKind] = {"new": "ok", "update": "accent", "skip": "neutral"}

# Texts that are often longer than their column.
_TIPPED = frozenset(("title", "note", "others", "description"))


class PreviewModel(QAbstractTableModel):
    """Shows an open file's rows, all of them, or those of one kind, or with words that somebody looks for.

    `cell_typed(row index, place, text, original)`: the person typed something in place of a cell.
    """

    cell_typed = Signal(int, object, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file: OpenFile | None = None
        self._places: Sequence[int] = ()
        self.columns = columns_for("programs")

    def show_file(self, file: OpenFile | None, kind: RowFilter | None) -> None:
        """Show the rows of a file that were read; `kind` None shows all. The same rows stay where they are.

        While somebody looks for words these are only the rows that were found.
        """
        plan = file.reading.preview.plan if file is not None and file.reading is not None else None
        places: Sequence[int] = ()
        columns = self.columns
        if plan is not None and file is not None and file.reading is not None:
            if file.found is None:
                places = range(len(plan.rows)) if kind is None else file.reading.places[kind]
            else:
                places = file.found.rows if kind is None else file.found.places[kind]
            columns = columns_for(plan.kind)
        if file is self._file and places == self._places and columns == self.columns:
            self._places = places
            self.refresh_rows()
            return
        self.beginResetModel()
        self._file = file if plan is not None else None
        self._places, self.columns = places, columns
        self.endResetModel()

    def refresh_rows(self) -> None:
        """Repaint what decisions changed."""
        if self._places:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._places) - 1, len(self.columns) - 1))

    @property
    def is_searching(self) -> bool:
        """Whether other rows come in a moment, which will be those that somebody looks for."""
        return self._file is not None and self._file.is_searching

    def row_index(self, place: int) -> int:
        """Return the index among the file's rows of a row that is shown, -1 outside."""
        return self._places[place] if 0 <= place < len(self._places) else -1

    def place_of(self, row_index: int) -> int:
        """Return where a row of the file is shown, -1 when it is not."""
        at = bisect_left(self._places, row_index)
        return at if at < len(self._places) and self._places[at] == row_index else -1

    def fix_cell(self, index: Index) -> FixCell | None:
        """Return what can be typed in a cell; None where nothing is asked for."""
        if self._file is None or not index.isValid():
            return None
        return self._fix_cells(index.row()).get(self.columns[index.column()].key)

    def fix_columns(self, place: int) -> list[int]:
        """Return the columns of a shown row whose cells can be typed anew, those that give no value first."""
        cells = self._fix_cells(place)
        found = [at for at, column in enumerate(self.columns) if column.key in cells]
        return sorted(found, key=lambda at: not cells[self.columns[at].key].reason)

    def next_fix(self, place: int, column: int, step: int) -> Index:
        """Return the next cell without a value after one (before it with `step` -1), an invalid index for none."""
        while 0 <= place < len(self._places):
            cells = self._fix_cells(place)
            asked = [at for at, one in enumerate(self.columns) if one.key in cells and cells[one.key].reason]
            waiting = {at for at in asked if cells[self.columns[at].key].is_waiting}
            left = [at for at in asked if (at - column) * step > 0 and at not in waiting]
            if left:
                return self.index(place, left[0] if step > 0 else left[-1])
            place, column = place + step, -1 if step > 0 else len(self.columns)
        return NO_INDEX

    def field_name(self, cell: FixCell) -> str:
        """Return what is typed in a cell, as the mapping calls it: "Earned on"."""
        return field_title(cell.field, self._kind)

    @property
    def _kind(self) -> RowsKind:
        plan = self._file.reading.preview.plan if self._file is not None and self._file.reading is not None else None
        return plan.kind if plan is not None else "credentials"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that the cells that ask for another text can be edited."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.fix_cell(index) is not None else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Pass on what the person typed; the row changes when it was read with it."""
        cell = self.fix_cell(index)
        if cell is None or role != Qt.ItemDataRole.EditRole or not isinstance(value, str):
            return False
        if value != cell.text:
            self.cell_typed.emit(self.row_index(index.row()), cell.place, value, cell.original)
        return True

    def _fix_cells(self, place: int) -> dict[str, FixCell]:
        if self._file is None:
            return {}
        return fix_cells(self._file, self.row_index(place), [column.key for column in self.columns])

    def planned_row(self, place: int) -> PlannedRow | None:
        """Return a row that is shown."""
        return self._file.row(self.row_index(place)) if self._file is not None else None

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return the number of rows shown."""
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title of a column."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        row = self.planned_row(index.row()) if index.isValid() else None
        if row is None or self._file is None:
            return None
        place, key = index.row(), self.columns[index.column()].key
        decision = self._file.decision(self.row_index(place))
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(place, row, key, decision)
            case Qt.ItemDataRole.EditRole:
                cell = self.fix_cell(index)
                return cell.text if cell is not None else self._text(place, row, key, decision)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(place, row, key, decision)
            case Qt.ItemDataRole.AccessibleTextRole:
                if index.column() == 0:
                    return self._sentence(place, row, decision)
                return self._spoken(place, row, key, decision)
            case _:
                return self._own_role(place, row, key, decision, role)

    def _own_role(self, place: int, row: PlannedRow, key: str, decision: Decision | None, role: int) -> object:
        if role == FIX_ROLE:
            cell = self._fix_cells(place).get(key)
            if cell is None:
                return None
            return "typed" if not cell.reason or cell.is_waiting else "broken" if row.draft is None else "left out"
        if role == MUTED_ROLE:
            return key != "title" or decision == "skip"
        if key != "effect":
            return None
        if role == CHIP_ROLE:
            return KIND_CHIPS[row.kind] if decision is None else _DECISION_CHIPS[decision]
        return bool(possible_decisions(row)) if role == CHOICE_ROLE else None

    def _text(self, place: int, row: PlannedRow, key: str, decision: Decision | None) -> str:
        if self._file is None or self._file.reading is None:
            return ""
        preview = self._file.reading.preview
        cell = self._fix_cells(place).get(key)
        if cell is not None and key != NOTE and (cell.reason or cell.is_waiting):
            return short_text(" ".join(cell.text[:200].split())) or say("Fix here")
        if key == "effect":
            return effect_text(row, decision)
        if key == "note":
            return note_text(row, self._kind) or "—"
        parsed_row = self._file.parsed_row(self.row_index(place))
        return cell_text(row, key, preview.parsed, parsed_row.unfinished if parsed_row is not None else None)

    def _tip(self, place: int, row: PlannedRow, key: str, decision: Decision | None) -> str | None:
        text = tip_text(self._text(place, row, key, decision)) if key in _TIPPED else None
        cell = self._fix_cells(place).get(key)
        if cell is None:
            return text
        if cell.is_typed:
            said = say("You typed this. The file says “{0}”.") if cell.original else say("You typed this.")
            return tip_text(said.format(short_text(cell.original)))
        start = f"{text}\n" if text is not None and key == NOTE else ""
        return start + tip_text(
            say("Double click or F2 to type another {0}.").format(field_label(cell.field, self._kind))
        )

    def _spoken(self, place: int, row: PlannedRow, key: str, decision: Decision | None) -> str:
        text = self._text(place, row, key, decision)
        cell = self._fix_cells(place).get(key)
        if cell is None:
            return text
        return f"{text} ({say('can be corrected') if cell.reason else say('typed by you')})"

    def _sentence(self, place: int, row: PlannedRow, decision: Decision | None) -> str:
        parts = [f"{column.title}: {self._spoken(place, row, column.key, decision)}" for column in self.columns[1:]]
        start = effect_text(row, decision)
        if decision is not None:
            start = f"{start} ({kind_text(row.kind)})"
        return ". ".join([start, *parts])
