"""The sections of the document in their order, with what each holds. Only values, no reading."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from learnpath.domain.records import PORTFOLIO_SECTIONS
from learnpath.gui.screens.portfolio.check_list import NOTE_ROLE

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


def arrange_sections(order: Sequence[str], shown: Sequence[str]) -> tuple[str, ...]:
    """Return all sections in an order that agrees with the shown ones; those not shown keep their place if they can."""
    known = [name for name in dict.fromkeys(shown) if name in PORTFOLIO_SECTIONS]
    if [name for name in order if name in known] == known:
        return tuple(order)
    return (*known, *(name for name in order if name not in known))


class SectionModel(QAbstractListModel):
    """The rows of the sections list. It changes only when told to: `toggle`, `move`, `show_sections`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._order: tuple[str, ...] = PORTFOLIO_SECTIONS
        self._shown: frozenset[str] = frozenset()
        self._notes: Mapping[str, str] = {}
        self._titles = {
            "summary": self.tr("Summary"),
            "credentials": self.tr("Credentials"),
            "skills": self.tr("Skills"),
            "paths": self.tr("Paths in progress"),
            "study": self.tr("Study time"),
        }

    @property
    def sections(self) -> tuple[str, ...]:
        """Return the names of the checked sections in their order."""
        return tuple(name for name in self._order if name in self._shown)

    def show_sections(self, sections: Sequence[str]) -> None:
        """Show what a version has."""
        order = arrange_sections(self._order, sections)
        self._shown = frozenset(sections)
        self._set_order(order)

    def set_notes(self, notes: Mapping[str, str]) -> None:
        """Say what is in each section."""
        self._notes = notes
        self._tell()

    def toggle(self, row: int) -> None:
        """Check or uncheck a section."""
        self._shown ^= {self._order[row]}
        self._tell()

    def move(self, row: int, to: int) -> None:
        """Move a section to another place."""
        order = list(self._order)
        order.insert(to, order.pop(row))
        self._set_order(tuple(order))

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return the number of sections."""
        return 0 if parent.isValid() else len(self._order)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that every section can be checked."""
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows."""
        if not index.isValid():
            return None
        name = self._order[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._titles[name]
            case Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if name in self._shown else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.AccessibleTextRole:
                return " ".join(part for part in (self._titles[name], self._notes.get(name, "")) if part)
            case _:
                return self._notes.get(name, "") if role == NOTE_ROLE else None

    def _set_order(self, order: tuple[str, ...]) -> None:
        self._order = order
        self._tell()

    def _tell(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._order) - 1, 0))
