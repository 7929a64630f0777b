"""The screen: filters above, the table, and the panel with one program at its right.

Belongs here: reading the list and keeping its parts in step. What is done with programs is in `program_actions`.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRect, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QMenu, QStackedWidget, QVBoxLayout, QWidget

from learnpath.domain.changes import ChangeSet
from learnpath.domain.listing import ProgramRow, ProgramSort
from learnpath.domain.records import Stage
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.navigation import Place
from learnpath.gui.models.paged_table import PAGE_ROWS, PagedTableModel
from learnpath.gui.screens.programs.columns import full_name, make_columns, row_sentence
from learnpath.gui.screens.programs.commands import ADD_PROGRAM, HAVE_PROGRAMS, PLAN_PROGRAMS, START_PROGRAMS
from learnpath.gui.screens.programs.filters import ProgramFilterBar
from learnpath.gui.screens.programs.inspector import ProgramInspector
from learnpath.gui.screens.programs.program_actions import ProgramActions
from learnpath.gui.shell import commands
from learnpath.gui.shell.screen import Screen
from learnpath.gui.widgets.empty_state import EmptyState
from learnpath.gui.widgets.record_table import RecordTable
from learnpath.services.program_listing import (
    ProgramListing,
    ProgramPanel,
    ProgramSelection,
    list_program_choices,
    list_programs,
    read_program_panel,
    read_program_rows,
    read_program_selection,
)
from learnpath.settings import Json

# Narrower than this, the panel lies over the table and opens on demand.
_DOCKED_FROM = 960
_PANEL = 348
_STAGES = {PLAN_PROGRAMS: Stage.PLANNED, START_PROGRAMS: Stage.ENROLLED, HAVE_PROGRAMS: Stage.EARNED}


class ProgramsScreen(Screen):
    """The catalogue of what could be earned."""

    screen_id = "programs"
    icon_name = "program"
    kinds = frozenset(["program", "credential", "issuer", "skill", "tag", "path", "path_step"])
    primary_command = ADD_PROGRAM
    secondary_command = commands.OPEN_IMPORT

    def __init__(self, context: GuiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self.changes = ProgramActions(context, self)
        self.model: PagedTableModel[ProgramRow] = PagedTableModel(make_columns(), row_sentence, self)
        self.table = RecordTable(theme, self.model, self.tr("Programs"))
        self._columns_menu = QMenu(self)
        self.filters = ProgramFilterBar(context, self._columns_menu)
        self.inspector = ProgramInspector(context, self.changes, self)
        self.nothing = EmptyState(
            theme,
            "program",
            self.tr("No programs yet"),
            self.tr("Programs you could earn belong here. Import a list of them, such as a course catalogue."),
            self.tr("Import…"),
            self.tr("Open sample data"),
        )
        self.no_match = EmptyState(
            theme, "search", "", self.tr("No program matches this search and these filters."), self.tr("Show all")
        )
        self._sort: tuple[ProgramSort, bool] = (ProgramSort.NAME, False)
        self._wanted_id = 0
        self._near = 0
        self._docked_open = True
        self._overlay_open = False
        self._is_empty = False
        self._build()
        self._connect()

    def title(self) -> str:
        """Return the title."""
        return self.tr("Programs")

    def refresh(self, change: ChangeSet | None) -> None:
        """Read the list, the filters' choices and the panel again."""
        context = self.context
        self._read_list()
        task = partial(list_program_choices, context.library)
        context.operations.read(task, self.filters.show_choices, replaces="programs.choices")
        self._read_panel()

    def show_record(self, record_id: int) -> None:
        """Select a program and scroll to it, without the filters when they hide it."""
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

    def can_run(self, command_id: str) -> bool:
        """Return whether there is a program to do something with."""
        return command_id in {commands.EDIT, commands.REMOVE, commands.RECORD_HISTORY} and bool(self.table.current_id)

    def run_command(self, command_id: str) -> None:
        """Run a command on the selection."""
        ids = self.table.selected_ids()
        match command_id:
            case _ if command_id == ADD_PROGRAM:
                self.changes.add()
            case commands.EDIT if self.table.current_id:
                self.changes.edit(self.table.current_id)
            case commands.RECORD_HISTORY if self.table.current_id:
                self.context.navigate.to_screen("history", self.table.current_id)
            case commands.REMOVE if ids:
                self.changes.delete(ids, self._what(ids))
            case _ if command_id in _STAGES and ids:
                task = partial(read_program_selection, self.context.library, ids)
                self.context.operations.read(task, partial(self._take, _STAGES[command_id]))
            case _:
                pass

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
            key, descending = self.table.columns.sort
            if key in set(ProgramSort):
                self._sort = (ProgramSort(key), descending)
        if isinstance(details, bool):
            self._docked_open = details
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place table and panel."""
        super().resizeEvent(event)
        self._place()

    # Building ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.table.columns.show_sort(self._sort[0].value, descending=self._sort[1])
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
        if commands.REMOVE in self.context.actions:
            self.context.actions.attach(commands.REMOVE, self.table)
        self._place()

    def _connect(self) -> None:
        self.model.rows_needed.connect(self._read_rows)
        self.model.sort_requested.connect(self._on_sort)
        self.table.current_record_changed.connect(self._on_current)
        self.table.selection_changed.connect(self._read_panel)
        self.table.record_activated.connect(self._on_activated)
        self.table.copy_needed.connect(self._read_copied)
        self._columns_menu.aboutToShow.connect(self._fill_columns_menu)
        self.filters.changed.connect(self._read_list)
        self.filters.left_search.connect(self.table.setFocus)
        self.filters.details_toggled.connect(self._show_panel)
        self.inspector.left.connect(self._leave_panel)
        self.changes.saved.connect(self._on_saved)
        self.nothing.primary_clicked.connect(self._go_to_import)
        self.nothing.secondary_clicked.connect(self.changes.open_sample)
        self.no_match.primary_clicked.connect(self.filters.clear)
        self.context.theme.changed.connect(self._place)

    # Reading -----------------------------------------------------------------------------------------------------

    @Slot()
    def _read_list(self) -> None:
        context = self.context
        key, descending = self._sort
        wanted = replace(self.filters.wanted, sort=key, descending=descending)
        near = self._wanted_id or self._near or self.table.current_id
        task = partial(list_programs, context.library, wanted, context.today(), PAGE_ROWS, near)
        context.operations.read(task, self._show_list, replaces="programs.list")

    def _show_list(self, listing: ProgramListing) -> None:
        self._near = 0
        self.filters.show_counts(listing.counts)
        if self._wanted_id and self._wanted_id not in listing.ids and self.filters.is_filtering:
            self.filters.clear()
            return
        wanted, self._wanted_id = self._wanted_id, 0
        if listing.ids and self.model.ids == listing.ids:
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
        context = self.context
        context.operations.read(partial(read_program_rows, context.library, ids, context.today()), self.model.fill)

    @Slot(list)
    def _read_copied(self, ids: list[int]) -> None:
        context = self.context
        context.operations.read(partial(read_program_rows, context.library, ids, context.today()), self.table.copy_rows)

    @Slot()
    def _read_panel(self) -> None:
        context, ids = self.context, self.table.selected_ids()
        current = self.table.current_id
        if len(ids) > 1:
            many = partial(read_program_selection, context.library, ids)
            context.operations.read(many, self._show_many, replaces="programs.panel")
        elif current:
            one = partial(read_program_panel, context.library, current, context.today())
            context.operations.read(one, self._show_details, replaces="programs.panel", failed=self._on_gone)
        else:
            self.inspector.show_nothing()

    def _show_many(self, selection: ProgramSelection) -> None:
        if len(self.table.selected_ids()) > 1:
            self.inspector.show_many(selection)

    def _show_details(self, panel: ProgramPanel) -> None:
        if panel.details.program.id == self.table.current_id and len(self.table.selected_ids()) <= 1:
            self.inspector.show_panel(panel)

    def _on_gone(self, _error: object) -> None:
        """A program that was deleted meanwhile: the list that follows says what is there instead."""

    # Selection and panel -----------------------------------------------------------------------------------------

    def _on_current(self, record_id: int) -> None:
        self.context.actions.refresh()
        if record_id:
            self.context.navigate.note(Place(self.screen_id, record_id))
        self._read_panel()

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

    # Commands ----------------------------------------------------------------------------------------------------

    def _on_sort(self, key: str, descending: bool) -> None:
        self._sort = (ProgramSort(key), descending)
        self._read_list()

    def _take(self, stage: Stage, selection: ProgramSelection) -> None:
        ids = selection.new_ids
        if not ids:
            return
        if stage is Stage.EARNED:
            self.changes.ask_have(ids, self._what(ids))
        else:
            self.changes.take(ids, self._what(ids), stage)

    def _what(self, ids: tuple[int, ...] | list[int]) -> str:
        place = self.model.place_of(ids[0]) if len(ids) == 1 else None
        row = None if place is None else self.model.row_at(place)
        if row is not None:
            return full_name(row)
        return self.tr("1 program") if len(ids) == 1 else self.tr("{count} programs").format(count=f"{len(ids):,}")

    def _on_saved(self, record_id: int) -> None:
        self.show_record(record_id)

    @Slot()
    def _fill_columns_menu(self) -> None:
        self.table.columns.fill_menu(self._columns_menu)

    @Slot()
    def _go_to_import(self) -> None:
        if commands.OPEN_IMPORT in self.context.actions:
            self.context.actions.run(commands.OPEN_IMPORT)
