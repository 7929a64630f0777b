"""The agenda as a list model: headings and dates, without any reading of its own."""

from datetime import date

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from learnpath.domain.deadlines import AgendaGroup, Deadline
from learnpath.gui.models.deadline_lines import deadline_line, deadline_tip
from learnpath.gui.screens.deadlines.agenda import Heading, Row, RowAction, inline_action
from learnpath.gui.widgets.wording import tip_text

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_NO_PARENT = QModelIndex()
_HEADINGS = {
    AgendaGroup.OVERDUE: "Overdue",
    AgendaGroup.THIS_WEEK: "This week",
    AgendaGroup.THIS_MONTH: "Next 30 days",
    AgendaGroup.LATER: "Later",
}
_ACTIONS = {RowAction.MARK_CLAIMED: "Mark as claimed", RowAction.CHOOSE_DATE: "Choose a new date"}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Agenda", text)


def action_text(action: RowAction) -> str:
    """Return what an action is called."""
    return _tr(_ACTIONS[action])


def heading_text(group: AgendaGroup) -> str:
    """Return the heading of a group."""
    return _tr(_HEADINGS[group])


class AgendaModel(QAbstractListModel):
    """Headings cannot be selected, so that the keyboard goes from date to date."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self.today = date(2000, 1, 1)

    def set_rows(self, rows: tuple[Row, ...], today: date) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows, self.today = rows, today
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return how many headings and dates there are."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a row: a heading is only looked at."""
        if isinstance(self.row_at(index), Deadline):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row's text, explanation, spoken sentence, or the row itself (`ROW_ROLE`)."""
        row = self.row_at(index)
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if isinstance(row, Heading):
            shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return heading_text(row.group) if role in shown else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_text(deadline_tip(row, self.today))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(row)
        return None

    def row_at(self, index: Index) -> Row | None:
        """Return the row of an index; None for an invalid one."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def is_heading(self, number: int) -> bool:
        """Return whether the row with this number is a heading."""
        return isinstance(self._rows[number], Heading)

    def place_of(self, deadline: Deadline) -> QModelIndex:
        """Return where a date stands (or the one that took its place after a change); invalid when it is gone."""
        identity = _identity(deadline)
        for number, row in enumerate(self._rows):
            if isinstance(row, Deadline) and _identity(row) == identity:
                return self.index(number)
        return QModelIndex()

    def next_date(self, number: int) -> QModelIndex:
        """Return the first date at or below a row number, else the last one above; invalid without any."""
        below = range(max(number, 0), len(self._rows))
        above = range(min(number, len(self._rows)) - 1, -1, -1)
        for place in (*below, *above):
            if isinstance(self._rows[place], Deadline):
                return self.index(place)
        return QModelIndex()

    def _sentence(self, row: Deadline) -> str:
        sentence = deadline_line(row, self.today).sentence
        action = inline_action(row, self.today)
        return sentence if action is None else f"{sentence}. {action_text(action)}"


def _identity(deadline: Deadline) -> tuple[object, ...]:
    return (deadline.kind, deadline.credential_id, deadline.path_id, deadline.cost_id)
