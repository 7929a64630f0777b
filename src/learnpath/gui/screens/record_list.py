"""What the screens of credentials and of programs share: filters above, the table, and a panel with one record.

Belongs here: reading the list, keeping its parts in step, placing the panel. Which records, and what is done with
them, is each screen's own.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from PySide6.QtCore import QRect, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QMenu, QStackedWidget, QVBoxLayout, QWidget

from learnpath.domain.changes import ChangeSet
from learnpath.gui.infra.navigation import Place
from learnpath.gui.models.paged_table import HasId, PagedTableModel
from learnpath.gui.screens.record_inspector import RecordInspector
from learnpath.gui.shell import commands
from learnpath.gui.shell.screen import Screen
from learnpath.gui.widgets.empty_state import EmptyState
from learnpath.gui.widgets.filter_bar import FilterBar
from learnpath.gui.widgets.record_table import RecordTable
from learnpath.settings import Json

# Narrower than this, the panel lies over the table and opens on demand.
_DOCKED_FROM = 960
_PANEL = 348


class Listing(Protocol):
    """What a service answers to a filter: ids in order, the rows seen first, and how many records there are in all."""

    @property
    def ids(self) -> list[int]:
        """Return the ids in order."""
        ...

    @property
    def rows(self) -> Sequence[HasId]:
        """Return the rows that are seen first."""
        ...

    @property
    def total(self) -> int:
        """Return how many records there are, whatever the filter."""
        ...


Bar = TypeVar("Bar", bound=FilterBar)
Panel = TypeVar("Panel", bound=RecordInspector)
Listed = TypeVar("Listed", bound=Listing)


class RecordListScreen(Screen, Generic[Listed, Bar, Panel]):
    """A list of records.

    A subclass makes the parts named below in its constructor and calls `_assemble` at its end.

    `table_commands` are the commands whose keys work in the table only.
    """

    table_commands: ClassVar[tuple[str, ...]] = (commands.REMOVE,)
    model: PagedTableModel[Any]
    table: RecordTable
    filters: Bar
    inspector: Panel
    nothing: EmptyState
    no_match: EmptyState
    _columns_menu: QMenu
    _sort: tuple[str, bool]

    # What a subclass says ----------------------------------------------------------------------------------------

    def _list_task(self, near: int) -> Callable[[], Listed]:
        """Return what reads the list: filter and order as they are now, with the page that holds `near`."""
        raise NotImplementedError

    def _rows_task(self, ids: Sequence[int]) -> Callable[[], Sequence[HasId]]:
        """Return what reads these rows."""
        raise NotImplementedError

    def _show_counts(self, listing: Listed) -> None:
        """Write the numbers of a listing into the chips."""
        raise NotImplementedError

    def _read_choices(self) -> None:
        """Read what the filter buttons offer."""
        raise NotImplementedError

    def _read_panel(self) -> None:
        """Read what the panel shows of the selection, even when it shows it already."""
        raise NotImplementedError

    # The screen --------------------------------------------------------------------------------------------------

    def refresh(self, change: ChangeSet | None) -> None:
        """Read the list, the filters' choices and the panel again."""
        self._read_list()
        self._read_choices()
        self._read_panel()

    def show_record(self, record_id: int) -> None:
        """Select a record and scroll to it, without the filters when they hide it."""
        if not self.table.select_record(record_id):
            self._wanted_id = record_id
            self._read_list()
        self._overlay_open = True
        self._place()
        self.table.setFocus()

    def focus_search(self) -> bool:
        """Focus the search field."""
        self.filters.search.setFocus()
        self.filters.search.selectAll()
        return True

    def save_state(self) -> dict[str, Json]:
        """Return filters, columns, order, record, scroll position and whether the panel is open."""
        state: dict[str, Json] = {"filters": self.filters.save_state(), "table": self.table.save_state()}
        return {**state, "details": self._docked_open}

    def restore_state(self, state: Mapping[str, Json]) -> None:
        """Take back what `save_state` returned."""
        filters, table, details = state.get("filters"), state.get("table"), state.get("details")
        if isinstance(filters, dict):
            self.filters.restore_state(filters)
        if isinstance(table, dict):
            self.table.restore_state(table)
            current = table.get("current")
            self._near = current if isinstance(current, int) else 0
            # The table took back only an order that one of its columns has.
            self._sort = self.table.columns.sort
        if isinstance(details, bool):
            self._docked_open = details
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place table and panel."""
        super().resizeEvent(event)
        self._place()

    # Building ----------------------------------------------------------------------------------------------------

    def _assemble(self) -> None:
        self._wanted_id = 0
        self._near = 0
        self._docked_open = True
        self._overlay_open = False
        self._is_empty = False
        self._build()
        self._connect()

    def _build(self) -> None:
        key, descending = self._sort
        self.table.columns.show_sort(key, descending=descending)
        self._lists = QStackedWidget()
        # In a low window the list gives way, not the filters above it.
        self._lists.setMinimumHeight(1)
        self._lists.addWidget(self.table)
        self._lists.addWidget(self.no_match)
        self._main = QWidget(self)
        column = QVBoxLayout(self._main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        body = QVBoxLayout()
        body.setContentsMargins(8, 0, 0, 0)
        body.addWidget(self._lists)
        column.addLayout(body, 1)
        self.nothing.setParent(self)
        self.nothing.hide()
        self.inspector.raise_()
        for command_id in self.table_commands:
            if command_id in self.context.actions:
                self.context.actions.attach(command_id, self.table)
        self._place()

    def _connect(self) -> None:
        self.model.rows_needed.connect(self._read_rows)
        self.model.sort_requested.connect(self._on_sort)
        self.table.current_record_changed.connect(self._on_current)
        self.table.selection_changed.connect(self._on_selection)
        self.table.record_activated.connect(self._on_activated)
        self.table.copy_needed.connect(self._read_copied)
        self._columns_menu.aboutToShow.connect(self._fill_columns_menu)
        self.filters.changed.connect(self._read_list)
        self.filters.left_search.connect(self.table.setFocus)
        self.filters.search.returnPressed.connect(self.table.setFocus)
        self.filters.details_toggled.connect(self._show_panel)
        self.inspector.left.connect(self._leave_panel)
        self.no_match.primary_clicked.connect(self.filters.clear)
        self.context.theme.changed.connect(self._place)

    # Reading -----------------------------------------------------------------------------------------------------

    @Slot()
    def _read_list(self) -> None:
        near = self._wanted_id or self._near or self.table.current_id
        self.context.operations.read(self._list_task(near), self._show_list, replaces=f"{self.screen_id}.list")

    def _show_list(self, listing: Listed) -> None:
        self._near = 0
        self._show_counts(listing)
        if self._wanted_id and self._wanted_id not in listing.ids and self.filters.is_filtering:
            self.filters.clear()
            return
        wanted, self._wanted_id = self._wanted_id, 0
        if listing.ids and list(self.model.ids) == listing.ids:
            self.model.fill(listing.rows)
            self.model.reload()
        else:
            self.model.set_ids(listing.ids)
            self.model.fill(listing.rows)
        if wanted:
            _ = self.table.select_record(wanted)
        leaves = bool(listing.ids) and self.no_match.isAncestorOf(QApplication.focusWidget() or self)
        self._lists.setCurrentWidget(self.table if listing.ids else self.no_match)
        if leaves:
            self.table.setFocus()
        self._show_emptiness(empty=listing.total == 0)
        self.context.actions.refresh()

    def _show_emptiness(self, *, empty: bool) -> None:
        focused = QApplication.focusWidget()
        if empty and focused is not None and self._main.isAncestorOf(focused):
            # Otherwise Qt would hand the focus to whatever comes next in the window.
            self.setFocus()
        self.nothing.setVisible(empty)
        self._main.setVisible(not empty)
        self._is_empty = empty
        self._place()

    @Slot(list)
    def _read_rows(self, ids: list[int]) -> None:
        self.context.operations.read(self._rows_task(ids), self.model.fill)

    @Slot(list)
    def _read_copied(self, ids: list[int]) -> None:
        self.context.operations.read(self._rows_task(ids), self.table.copy_rows)

    def _on_sort(self, key: str, descending: bool) -> None:
        self._sort = (key, descending)
        self._read_list()

    # Selection and panel -----------------------------------------------------------------------------------------

    def _on_current(self, record_id: int) -> None:
        self.context.actions.refresh()
        if record_id:
            self.context.navigate.note(Place(self.screen_id, record_id))
        self._read_panel()

    @Slot()
    def _on_selection(self) -> None:
        self._read_panel()

    def _on_gone(self, _error: object) -> None:
        """A record that was deleted meanwhile: the list that follows says what is there instead."""

    def _on_activated(self, _record_id: int) -> None:
        self._show_panel(True)
        self.inspector.focus_first()

    @Slot(bool)
    def _show_panel(self, shown: bool) -> None:
        if self._is_docked():
            self._docked_open = shown
        else:
            self._overlay_open = shown
        self._place()

    @Slot()
    def _leave_panel(self) -> None:
        if not self._is_docked():
            self._show_panel(False)
        self.table.setFocus()

    def _is_docked(self) -> bool:
        return self.width() >= self.context.theme.px(_DOCKED_FROM)

    @Slot()
    def _place(self) -> None:
        whole, docked = self.rect(), self._is_docked()
        width = min(self.context.theme.px(_PANEL), whole.width() - 80)
        shown = (self._docked_open if docked else self._overlay_open) and not self._is_empty
        left = whole.width() - width if shown else whole.width()
        self._main.setGeometry(QRect(0, 0, left if docked else whole.width(), whole.height()))
        self.nothing.setGeometry(whole)
        top = 0 if docked else self.table.mapTo(self, self.table.rect().topLeft()).y()
        self.inspector.setGeometry(left, top, width, whole.height() - top)
        self.inspector.setVisible(shown)
        self.filters.show_details(shown)

    # What others call --------------------------------------------------------------------------------------------

    def _on_saved(self, record_id: int) -> None:
        self.show_record(record_id)

    @Slot()
    def _fill_columns_menu(self) -> None:
        self.table.columns.fill_menu(self._columns_menu)

    @Slot()
    def _go_to_import(self) -> None:
        if commands.OPEN_IMPORT in self.context.actions:
            self.context.actions.run(commands.OPEN_IMPORT)
