"""The screen: filters above, the table, and the panel with one credential at its right.

Belongs here: reading the list and keeping its parts in step. What is done with credentials is in `actions`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QMenu, QStackedWidget, QVBoxLayout, QWidget

from learnpath.domain.changes import ChangeSet
from learnpath.domain.listing import Choice, CredentialRow, CredentialSort
from learnpath.domain.records import Stage
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.navigation import Place
from learnpath.gui.models.paged_table import PAGE_ROWS, PagedTableModel
from learnpath.gui.screens.credentials.actions import CredentialActions
from learnpath.gui.screens.credentials.columns import make_columns, row_sentence
from learnpath.gui.screens.credentials.filters import CredentialFilterBar
from learnpath.gui.screens.credentials.inspector import CredentialInspector
from learnpath.gui.shell import commands
from learnpath.gui.shell.screen import Screen
from learnpath.gui.shell.window import MainWindow
from learnpath.gui.widgets.empty_state import EmptyState
from learnpath.gui.widgets.record_table import RecordTable
from learnpath.services.credential_details import CredentialDetails, credential_details
from learnpath.services.credential_listing import CredentialListing, list_choices, list_credentials, read_rows
from learnpath.settings import Json

# Narrower than this, the panel lies over the table and opens on demand.
_DOCKED_FROM = 960
_PANEL = 348


class CredentialsScreen(Screen):
    """All credentials of the person."""

    screen_id = "credentials"
    icon_name = "credential"
    kinds = frozenset(
        [
            "credential",
            "issuer",
            "skill",
            "tag",
            "program",
            "path",
            "path_step",
            "evidence_file",
            "cost_line",
            "study_session",
        ]
    )
    primary_command = commands.ADD_CREDENTIAL
    secondary_command = commands.LOG_STUDY_TIME

    def __init__(self, context: GuiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self.actions_on = CredentialActions(context, self)
        self.model: PagedTableModel[CredentialRow] = PagedTableModel(
            make_columns(context.today), partial(row_sentence, context.today)
        )
        self.table = RecordTable(theme, self.model, self.tr("Credentials"))
        self._columns_menu = QMenu(self)
        self.filters = CredentialFilterBar(context, self._columns_menu)
        self.inspector = CredentialInspector(context, self.actions_on, self)
        self.nothing = EmptyState(
            theme,
            "credential",
            self.tr("No credentials yet"),
            self.tr("What you have earned, are working on or plan belongs here, with its dates and proof."),
            self.tr("Add credential"),
            self.tr("Import…"),
        )
        self.no_match = EmptyState(
            theme, "search", "", self.tr("No credential matches this search and these filters."), self.tr("Show all")
        )
        self._sort: tuple[CredentialSort, bool] = (CredentialSort.AWARDED, True)
        self._wanted_id = 0
        self._docked_open = True
        self._overlay_open = False
        self._is_empty = False
        self._near = 0
        self._build()
        self._connect()

    def title(self) -> str:
        """Return the title."""
        return self.tr("Credentials")

    def refresh(self, change: ChangeSet | None) -> None:
        """Read the list, the filters' choices and the record in the panel again."""
        self._read_list()
        context = self.context
        context.operations.read(
            partial(list_choices, context.library), self.filters.show_choices, replaces="credentials.choices"
        )
        if self.inspector.shown_id:
            self._read_details()

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

    def can_run(self, command_id: str) -> bool:
        """Return whether there is a record to do something with."""
        return command_id in commands.RECORD_COMMANDS and bool(self.table.current_id)

    def run_command(self, command_id: str) -> None:
        """Run a command on the selection."""
        ids = self.table.selected_ids()
        match command_id:
            case commands.ADD_CREDENTIAL:
                _ = self.actions_on.add()
            case commands.LOG_STUDY_TIME:
                self._ask_study()
            case commands.EDIT if self.table.current_id:
                self.actions_on.edit(self.table.current_id)
            case commands.RECORD_HISTORY if self.table.current_id:
                self.context.navigate.to_screen("history", self.table.current_id)
            case commands.REMOVE if ids:
                self.actions_on.delete(ids, self._what(ids))
            case commands.TOGGLE_DONE if ids:
                self._toggle_earned(ids)
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
            if key in set(CredentialSort):
                self._sort = (CredentialSort(key), descending)
        if isinstance(details, bool):
            self._docked_open = details
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place table and panel."""
        super().resizeEvent(event)
        self._place()

    def _build(self) -> None:
        self.table.take_files()
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
        for command_id in (commands.TOGGLE_DONE, commands.REMOVE):
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
        self.table.files_dropped.connect(self._on_files)
        self._columns_menu.aboutToShow.connect(self._fill_columns_menu)
        self.filters.changed.connect(self._read_list)
        self.filters.left_search.connect(self.table.setFocus)
        self.filters.search.returnPressed.connect(self.table.setFocus)
        self.filters.details_toggled.connect(self._show_panel)
        self.inspector.left.connect(self._leave_panel)
        self.actions_on.saved.connect(self._on_saved)
        self.nothing.primary_clicked.connect(partial(self.run_command, commands.ADD_CREDENTIAL))
        self.nothing.secondary_clicked.connect(self._go_to_import)
        self.no_match.primary_clicked.connect(self.filters.clear)
        self.context.theme.changed.connect(self._place)

    # Reading -----------------------------------------------------------------------------------------------------

    @Slot()
    def _read_list(self) -> None:
        context = self.context
        key, descending = self._sort
        wanted = replace(self.filters.wanted, sort=key, descending=descending)
        near = self._wanted_id or self._near or self.table.current_id
        task = partial(list_credentials, context.library, wanted, context.today(), PAGE_ROWS, near)
        context.operations.read(task, self._show_list, replaces="credentials.list")

    def _show_list(self, listing: CredentialListing) -> None:
        self._near = 0
        self.filters.show_counts(listing.counts)
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
        context = self.context
        context.operations.read(partial(read_rows, context.library, ids, context.today()), self.model.fill)

    @Slot(list)
    def _read_copied(self, ids: list[int]) -> None:
        context = self.context
        context.operations.read(partial(read_rows, context.library, ids, context.today()), self.table.copy_rows)

    def _read_details(self) -> None:
        context, current = self.context, self.table.current_id
        if current:
            task = partial(credential_details, context.library, current, context.today())
            context.operations.read(task, self._show_details, replaces="credentials.details", failed=self._on_gone)

    def _show_details(self, details: CredentialDetails) -> None:
        if details.credential.id == self.table.current_id and len(self.table.selected_ids()) <= 1:
            self.inspector.show_details(details)

    def _on_gone(self, _error: object) -> None:
        """A record that was deleted meanwhile: the list that follows says what is there instead."""

    # Selection and panel -----------------------------------------------------------------------------------------

    def _on_current(self, record_id: int) -> None:
        self.context.actions.refresh()
        if record_id:
            self.context.navigate.note(Place(self.screen_id, record_id))
            self._read_details()
        else:
            self.inspector.show_nothing()

    @Slot()
    def _on_selection(self) -> None:
        ids = self.table.selected_ids()
        if len(ids) > 1:
            self.inspector.show_many(ids)
        elif self.table.current_id and self.inspector.shown_id != self.table.current_id:
            self._read_details()

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
        self._sort = (CredentialSort(key), descending)
        self._read_list()

    def _toggle_earned(self, ids: Sequence[int]) -> None:
        rows = [self.model.row_at(place) for one in ids if (place := self.model.place_of(one)) is not None]
        earned = [row.id for row in rows if row is not None and row.stage is Stage.EARNED]
        if len(earned) == len(ids):
            self.actions_on.set_stage(ids, Stage.ENROLLED, self._what(ids))
        else:
            open_ids = [one for one in ids if one not in set(earned)]
            self.actions_on.ask_earned(open_ids, self._what(open_ids))

    def _what(self, ids: Sequence[int]) -> str:
        if len(ids) != 1:
            return self.tr("%n credentials", None, len(ids))
        place = self.model.place_of(ids[0])
        row = None if place is None else self.model.row_at(place)
        return row.title if row is not None else self.tr("%n credentials", None, 1)

    def _ask_study(self) -> None:
        current = self.table.current_id
        self.actions_on.ask_study(Choice(current, self._what([current]), 0) if current else None)

    def _on_files(self, record_id: int, paths: list[Path]) -> None:
        window = self.window()
        if record_id:
            _ = self.table.select_record(record_id)
            self.actions_on.attach(record_id, paths)
        elif isinstance(window, MainWindow):
            window.open_files(paths)

    def _on_saved(self, record_id: int) -> None:
        self.show_record(record_id)

    @Slot()
    def _fill_columns_menu(self) -> None:
        self.table.columns.fill_menu(self._columns_menu)

    @Slot()
    def _go_to_import(self) -> None:
        if commands.OPEN_IMPORT in self.context.actions:
            self.context.actions.run(commands.OPEN_IMPORT)
