"""The screen: filters above, the table, and the panel with one program at its right.

Belongs here: reading the list and keeping its parts in step. What is done with programs is in `program_actions`.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from learnpath.domain.listing import ProgramRow, ProgramSort
from learnpath.domain.records import Stage
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.models.paged_table import PAGE_ROWS, PagedTableModel
from learnpath.gui.screens.programs.columns import full_name, make_columns, row_sentence
from learnpath.gui.screens.programs.commands import ADD_PROGRAM, HAVE_PROGRAMS, PLAN_PROGRAMS, START_PROGRAMS
from learnpath.gui.screens.programs.filters import ProgramFilterBar
from learnpath.gui.screens.programs.inspector import ProgramInspector
from learnpath.gui.screens.programs.program_actions import ProgramActions
from learnpath.gui.screens.record_list import RecordListScreen
from learnpath.gui.shell import commands
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

# Narrower than this, the panel lies over the table and opens on demand.
_DOCKED_FROM = 960
_PANEL = 348
_STAGES = {PLAN_PROGRAMS: Stage.PLANNED, START_PROGRAMS: Stage.ENROLLED, HAVE_PROGRAMS: Stage.EARNED}


class ProgramsScreen(RecordListScreen[ProgramListing, ProgramFilterBar, ProgramInspector]):
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
        self._sort = (ProgramSort.NAME, False)
        self._assemble()

    def title(self) -> str:
        """Return the title."""
        return self.tr("Programs")

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

    def _connect(self) -> None:
        super()._connect()
        self.changes.saved.connect(self._on_saved)
        self.nothing.primary_clicked.connect(self._go_to_import)
        self.nothing.secondary_clicked.connect(self.changes.open_sample)

    # Reading -----------------------------------------------------------------------------------------------------

    def _list_task(self, near: int) -> Callable[[], ProgramListing]:
        key, descending = self._sort
        wanted = replace(self.filters.wanted, sort=ProgramSort(key), descending=descending)
        return partial(list_programs, self.context.library, wanted, self.context.today(), PAGE_ROWS, near)

    def _rows_task(self, ids: Sequence[int]) -> Callable[[], list[ProgramRow]]:
        return partial(read_program_rows, self.context.library, ids, self.context.today())

    def _show_counts(self, listing: ProgramListing) -> None:
        self.filters.show_counts(listing.counts)

    def _read_choices(self) -> None:
        task = partial(list_program_choices, self.context.library)
        self.context.operations.read(task, self.filters.show_choices, replaces="programs.choices")

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

    # Commands ----------------------------------------------------------------------------------------------------

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
