"""The steps of one path as rows of words, in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from learnpath.domain.progress import PathProgress, StepProgress, StepState
from learnpath.gui.screens.paths import words
from learnpath.gui.widgets.chip import ChipKind
from learnpath.gui.widgets.wording import tip_text

Index = QModelIndex | QPersistentModelIndex
STEP_ROLE = Qt.ItemDataRole.UserRole + 1
STEP_MIME = "application/x-learnpath-step"
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One step in words; `is_next` marks the one to work on."""

    id: int
    title: str
    subtitle: str
    effort: str
    chip: str
    kind: ChipKind
    state: StepState
    is_next: bool
    tip: str


def step_rows(progress: PathProgress, issuers: dict[int, str], today: date) -> list[StepRow]:
    """Return the rows of a path's steps."""
    return [_row(step, issuers.get(step.step.id, ""), progress.next_step, today) for step in progress.steps]


def _row(step: StepProgress, issuer: str, next_step: StepProgress | None, today: date) -> StepRow:
    chip, kind = words.step_chip(step.state)
    return StepRow(
        id=step.step.id,
        title=step.title,
        subtitle=" · ".join(part for part in (words.step_text(step, today), issuer) if part),
        effort=words.effort_text(step),
        chip=chip,
        kind=kind,
        state=step.state,
        is_next=next_step is not None and step.step.id == next_step.step.id,
        tip=f"{step.title}\n{words.effort_tip(step)}",
    )


class StepModel(QAbstractListModel):
    """The rows of one path."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[StepRow, ...] = ()

    def set_rows(self, rows: Sequence[StepRow]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row_at(self, place: int) -> StepRow | None:
        """Return a row, None outside of the list."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, step_id: int) -> int:
        """Return where a step is, -1 when it is not there."""
        return next((place for place, row in enumerate(self._rows) if row.id == step_id), -1)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many steps there are."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let rows be dragged between rows, never onto one."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        """Return that rows move."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Return the one type that rows travel as, inside of this list only."""
        return [STEP_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return a step as what is dragged."""
        data = QMimeData()
        row = self.row_at(indexes[0].row()) if indexes else None
        data.setData(STEP_MIME, str(row.id if row else 0).encode())
        return data

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row, its sentence for a screen reader, or its tool tip."""
        row = self.row_at(index.row())
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{index.row() + 1}. {row.title}. {row.chip}. {row.subtitle}. {row.effort}"
            case Qt.ItemDataRole.ToolTipRole:
                return tip_text(row.tip)
            case _:
                return row if role == STEP_ROLE else None
