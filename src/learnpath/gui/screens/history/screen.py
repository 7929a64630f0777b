"""The list of changes, newest first, with a panel that says what each one did."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from learnpath.domain.changes import ChangeSet, HistoryEntry
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.models.paged_table import Column, PagedTableModel
from learnpath.gui.screens.history.detail_panel import ChangePanel, moment_text
from learnpath.gui.shell.screen import Screen
from learnpath.gui.widgets.banner import Banner
from learnpath.gui.widgets.empty_state import EmptyState
from learnpath.gui.widgets.record_table import RecordTable
from learnpath.gui.widgets.search_field import SearchField
from learnpath.services.history import RecordChange, describe_change, go_to, list_history, record_title
from learnpath.settings import Json
from learnpath.storage.mapping import RECORDED_TABLES

_ONLY_RECORD = "only-record"


class HistoryScreen(Screen):
    """Every change of the library: who did what when, and the way back."""

    screen_id = "history"
    icon_name = "history"
    kinds = frozenset(RECORDED_TABLES.values())

    def __init__(self, context: GuiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.model: PagedTableModel[HistoryEntry] = PagedTableModel(self._columns(), _sentence)
        self.table = RecordTable(context.theme, self.model, self.tr("History"))
        self.search = SearchField(context.theme, self.tr("Search changes"), "Ctrl F")
        self.only_record = Banner(context.theme)
        self.panel = ChangePanel(context.theme)
        self.nothing = EmptyState(
            context.theme,
            "history",
            self.tr("Nothing has been changed yet"),
            self.tr("Every change you make stands here, and can be taken back at any time."),
        )
        self.no_match = EmptyState(
            context.theme, "search", "", self.tr("None of the newest 500 changes fits."), self.tr("Show all")
        )
        self._entries: Sequence[HistoryEntry] = ()
        self._record_id = 0
        self._build()
        self._connect()

    def title(self) -> str:
        """Return the title."""
        return self.tr("History")

    def refresh(self, change: ChangeSet | None) -> None:
        """Read the changes again."""
        task = partial(list_history, self.context.library, record_id=self._record_id or None)
        self.context.operations.read(task, self._show, replaces="history.list")

    def show_record(self, record_id: int) -> None:
        """Show only the changes of one record."""
        self._record_id = record_id
        self._tell_record(record_id, "")
        task = partial(record_title, self.context.library, record_id)
        self.context.operations.read(task, partial(self._tell_record, record_id), replaces="history.title")
        self.refresh(None)

    def focus_search(self) -> bool:
        """Focus the search field."""
        self.search.setFocus()
        return True

    def save_state(self) -> dict[str, Json]:
        """Return the state of the table."""
        return {"table": self.table.save_state()}

    def restore_state(self, state: Mapping[str, Json]) -> None:
        """Take the state of the table back."""
        table = state.get("table")
        if isinstance(table, dict):
            self.table.restore_state(table)

    def _columns(self) -> tuple[Column[HistoryEntry], ...]:
        return (
            Column(key="label", title=self.tr("What"), text=_label, width=0, chip=None),
            Column(key="at", title=self.tr("When"), text=_when, width=150, is_muted=True),
            Column(
                key="rows", title=self.tr("Records"), text=_rows, width=80, is_number=True, is_muted=True, spare=True
            ),
            Column(key="state", title=self.tr("State"), text=self._state, width=96, chip=_state_chip),
        )

    def _state(self, entry: HistoryEntry) -> str:
        return self.tr("Undone") if entry.undone else ""

    def _build(self) -> None:
        self.only_record.hide()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(18, 12, 12, 0)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.only_record)
        column.addWidget(self.table, 1)
        for state in (self.nothing, self.no_match):
            column.addWidget(state, 1)
            state.hide()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 1)
        self.panel.setMinimumWidth(280)
        splitter.setSizes([700, 348])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(splitter)

    def _connect(self) -> None:
        self.model.rows_needed.connect(self._fill)
        self.table.current_record_changed.connect(self._on_current)
        self.search.textChanged.connect(self._filter)
        self.only_record.action_chosen.connect(self._show_all)
        self.only_record.closed.connect(self._show_all)
        self.no_match.primary_clicked.connect(self._show_all)
        self.panel.go_asked.connect(self._go)

    def _show(self, entries: list[HistoryEntry]) -> None:
        self._entries = entries
        self.nothing.setVisible(not entries and not self._record_id)
        self.search.setVisible(self.nothing.isHidden())
        self.panel.setVisible(bool(entries))
        self._filter()
        if entries and not self.table.current_id:
            _ = self.table.select_record(entries[0].id)

    @Slot()
    def _filter(self) -> None:
        words = self.search.text().casefold().split()
        ids = [one.id for one in self._entries if all(word in one.label.casefold() for word in words)]
        self.model.set_ids(ids)
        self.table.setVisible(bool(ids))
        self.no_match.setVisible(not ids and self.nothing.isHidden())
        self._on_current(self.table.current_id)

    @Slot(list)
    def _fill(self, ids: list[int]) -> None:
        wanted = set(ids)
        self.model.fill([one for one in self._entries if one.id in wanted])

    @Slot()
    def _show_all(self) -> None:
        self._record_id = 0
        self.only_record.hide()
        self.search.clear()
        self.refresh(None)
        self.table.setFocus()

    def _tell_record(self, record_id: int, title: str) -> None:
        if record_id != self._record_id:
            return
        text = self.tr("Only the changes of “{0}” are shown.").format(title)
        if not title:
            text = self.tr("Only the changes of one record are shown.")
        self.only_record.show_message("info", text, [(_ONLY_RECORD, self.tr("Show all"))])

    @Slot(object)
    def _on_current(self, change_id: int) -> None:
        entry = next((one for one in self._entries if one.id == change_id), None)
        if entry is None:
            self.panel.clear()
            return
        task = partial(describe_change, self.context.library, change_id)
        self.context.operations.read(task, partial(self._show_change, entry), replaces="history.change")

    def _show_change(self, entry: HistoryEntry, changes: list[RecordChange]) -> None:
        self.panel.show_change(entry, changes, self._later(entry))

    def _later(self, entry: HistoryEntry) -> int:
        """Return how many done changes are newer; -1 for an undone change that can be done again."""
        if entry.undone:
            newest_done = max((one.id for one in self._entries if not one.undone), default=0)
            return -1 if entry.id > newest_done else 0
        return sum(1 for one in self._entries if one.id > entry.id and not one.undone)

    @Slot()
    def _go(self) -> None:
        change_id = self.table.current_id
        toast = self.tr("The library is as it was then")
        self.context.operations.change(partial(go_to, self.context.library, change_id), toast=toast)


def _label(entry: HistoryEntry) -> str:
    return entry.label


def _when(entry: HistoryEntry) -> str:
    return moment_text(entry.at)


def _rows(entry: HistoryEntry) -> str:
    return f"{entry.rows:,}"


def _state_chip(entry: HistoryEntry) -> str:
    return "neutral" if entry.undone else ""


def _sentence(entry: HistoryEntry) -> str:
    undone = ", undone" if entry.undone else ""
    return f"{entry.label}, {moment_text(entry.at)}, {entry.rows} records{undone}"
