"""The planned rows of one file as a table. Texts are made when a row is painted, never before: files are long."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from learnpath.gui.screens.importing.open_file import OpenFile
from learnpath.gui.screens.importing.wording import cell_text, effect_text, kind_text, note_text, say
from learnpath.gui.widgets.chip import ChipKind
from learnpath.gui.widgets.wording import tip_text
from learnpath.interchange.drafts import RowsKind
from learnpath.interchange.plan import Decision, PlannedRow, RowKind, possible_decisions

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
CHIP_ROLE = Qt.ItemDataRole.UserRole + 1
CHOICE_ROLE = Qt.ItemDataRole.UserRole + 2
MUTED_ROLE = Qt.ItemDataRole.UserRole + 3

KIND_CHIPS: dict[RowKind, ChipKind] = {
    RowKind.NEW: "ok",
    RowKind.UPDATE: "accent",
    RowKind.SAME: "neutral",
    RowKind.UNDECIDED: "warn",
    RowKind.BROKEN: "bad",
}
_DECISION_CHIPS: dict[Decision, ChipKind] = {"new": "ok", "update": "accent", "skip": "neutral"}

# Texts that are often longer than their column.
_TIPPED = frozenset(("title", "note", "others", "description"))


@dataclass(frozen=True, slots=True)
class PreviewColumn:
    """One column: its key, title, and width in logical pixels at 100 %; `share` divides what is left."""

    key: str
    title: str
    width: int = 0
    share: int = 0


def columns_for(kind: RowsKind) -> tuple[PreviewColumn, ...]:
    """Return the columns of a list of records of a kind."""
    effect = PreviewColumn("effect", say("What happens"), 124)
    title, issuer = PreviewColumn("title", say("Title"), share=42), PreviewColumn("issuer", say("Issuer"), share=22)
    note = PreviewColumn("note", say("Note"), share=36)
    match kind:
        case "programs":
            middle = (issuer, PreviewColumn("effort", say("Effort"), 76), PreviewColumn("cost", say("Cost"), 92))
        case "credentials":
            earned, until = PreviewColumn("earned", say("Earned"), 104), PreviewColumn("until", say("Valid until"), 104)
            middle = (issuer, earned, until)
        case "skills":
            middle = (PreviewColumn("others", say("Also called"), share=44),)
        case "paths":
            middle = (PreviewColumn("description", say("Description"), share=26),)
    return (effect, title, *middle, note)


class PreviewModel(QAbstractTableModel):
    """Shows an open file's rows, all of them or those of one kind."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file: OpenFile | None = None
        self._places: Sequence[int] = ()
        self.columns = columns_for("programs")

    def show_file(self, file: OpenFile | None, kind: RowKind | None) -> None:
        """Show the rows of a file that were read; `kind` None shows all."""
        self.beginResetModel()
        plan = file.reading.preview.plan if file is not None and file.reading is not None else None
        self._file = file if plan is not None else None
        self._places = ()
        if plan is not None and file is not None and file.reading is not None:
            self._places = range(len(plan.rows)) if kind is None else file.reading.places[kind]
            self.columns = columns_for(plan.kind)
        self.endResetModel()

    def refresh_rows(self) -> None:
        """Repaint what decisions changed."""
        if self._places:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._places) - 1, len(self.columns) - 1))

    def row_index(self, place: int) -> int:
        """Return the index among the file's rows of a row that is shown, -1 outside."""
        return self._places[place] if 0 <= place < len(self._places) else -1

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
        key = self.columns[index.column()].key
        decision = self._file.decision(self.row_index(index.row()))
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, key, decision)
            case Qt.ItemDataRole.ToolTipRole:
                return tip_text(self._text(row, key, decision)) if key in _TIPPED else None
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._sentence(row, decision) if index.column() == 0 else self._text(row, key, decision)
            case _:
                return self._own_role(row, key, decision, role)

    def _own_role(self, row: PlannedRow, key: str, decision: Decision | None, role: int) -> object:
        if role == MUTED_ROLE:
            return key != "title" or decision == "skip"
        if key != "effect":
            return None
        if role == CHIP_ROLE:
            return KIND_CHIPS[row.kind] if decision is None else _DECISION_CHIPS[decision]
        return bool(possible_decisions(row)) if role == CHOICE_ROLE else None

    def _text(self, row: PlannedRow, key: str, decision: Decision | None) -> str:
        if self._file is None or self._file.reading is None:
            return ""
        preview = self._file.reading.preview
        if key == "effect":
            return effect_text(row, decision)
        if key == "note":
            return (note_text(row, preview.plan.kind) if preview.plan is not None else "") or "—"
        return cell_text(row, key, preview.parsed)

    def _sentence(self, row: PlannedRow, decision: Decision | None) -> str:
        parts = [f"{column.title}: {self._text(row, column.key, decision)}" for column in self.columns[1:]]
        start = effect_text(row, decision)
        if decision is not None:
            start = f"{start} ({kind_text(row.kind)})"
        return ". ".join([start, *parts])
