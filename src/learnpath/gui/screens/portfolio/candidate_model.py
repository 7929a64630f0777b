"""The credentials that can go into the document, narrowed by what is searched for and by what the version shows."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from learnpath.domain.records import Portfolio
from learnpath.gui.screens.portfolio.check_list import NOTE_ROLE
from learnpath.gui.widgets.wording import date_text, tip_text
from learnpath.services.portfolio_preview import Candidate

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class CandidateModel(QAbstractListModel):
    """The rows of the credentials list. Expired and planned ones are in it only when the version shows them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[Candidate] = ()
        self._rows: Sequence[Candidate] = ()
        self._groups: frozenset[str] = frozenset()
        self._excluded: frozenset[int] = frozenset()
        self._text = ""

    def show_candidates(self, candidates: Sequence[Candidate], portfolio: Portfolio) -> None:
        """Show what a version has to choose from; rows stay in place when only checks changed."""
        wanted = {"valid": True, "earlier": portfolio.show_expired, "under_way": portfolio.show_planned}
        groups = frozenset(name for name, is_wanted in wanted.items() if is_wanted)
        self._excluded = frozenset(portfolio.excluded_ids)
        if candidates is self._all and groups == self._groups:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))
            return
        self._all = candidates
        self._groups = groups
        self._narrow()

    def search(self, text: str) -> None:
        """Show only what has every word of a text in its title, code or issuer."""
        self._text = text
        self._narrow()

    @property
    def shown_ids(self) -> list[int]:
        """Return the ids of the rows."""
        return [one.id for one in self._rows]

    @property
    def counts(self) -> tuple[int, int]:
        """Return how many credentials go in, and of how many, whatever is searched for."""
        offered = [one.id for one in self._all if one.group in self._groups]
        return sum(one not in self._excluded for one in offered), len(offered)

    def id_at(self, row: int) -> int:
        """Return the id of a row."""
        return self._rows[row].id

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that every row can be checked."""
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Unchecked if row.id in self._excluded else Qt.CheckState.Checked
            case Qt.ItemDataRole.ToolTipRole:
                return tip_text(self._sentence(row))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._sentence(row)
            case _:
                return self._note(row) if role == NOTE_ROLE else None

    def _narrow(self) -> None:
        words = self._text.casefold().split()
        self.beginResetModel()
        self._rows = [one for one in self._all if one.group in self._groups and _has(one, words)]
        self.endResetModel()

    def _note(self, row: Candidate) -> str:
        if row.group == "earlier":
            return self.tr("not valid")
        if row.group == "under_way":
            return self.tr("planned")
        return row.on.text[:4] if row.on is not None else ""

    def _sentence(self, row: Candidate) -> str:
        state = {
            "valid": self.tr("earned {0}"),
            "earlier": self.tr("earned {0}, not valid any more"),
            "under_way": self.tr("expected {0}"),
        }[row.group]
        title = f"{row.title} ({row.human_code})" if row.human_code else row.title
        dated = state.format(date_text(row.on)) if row.on is not None else ""
        return " · ".join(part for part in (title, row.issuer, dated) if part)


def _has(row: Candidate, words: Sequence[str]) -> bool:
    text = f"{row.title} {row.human_code} {row.issuer}".casefold()
    return all(word in text for word in words)
