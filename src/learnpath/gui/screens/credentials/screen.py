"""The screen: filters above, the table, and the panel with one credential at its right.

Belongs here: reading the list and keeping its parts in step. What is done with credentials is in `actions`.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from learnpath.domain.listing import Choice, CredentialRow, CredentialSort
from learnpath.domain.records import Stage
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.models.paged_table import PAGE_ROWS, PagedTableModel
from learnpath.gui.screens.credentials.actions import CredentialActions
from learnpath.gui.screens.credentials.columns import make_columns, row_sentence
from learnpath.gui.screens.credentials.filters import CredentialFilterBar
from learnpath.gui.screens.credentials.inspector import CredentialInspector
from learnpath.gui.screens.record_list import RecordListScreen
from learnpath.gui.shell import commands
from learnpath.gui.shell.window import MainWindow
from learnpath.gui.widgets.empty_state import EmptyState
from learnpath.gui.widgets.record_table import RecordTable
from learnpath.services.credential_details import CredentialDetails, credential_details
from learnpath.services.credential_listing import CredentialListing, list_choices, list_credentials, read_rows

# Narrower than this, the panel lies over the table and opens on demand.
_DOCKED_FROM = 960
_PANEL = 348


class CredentialsScreen(RecordListScreen[CredentialListing, CredentialFilterBar, CredentialInspector]):
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
    table_commands = (commands.TOGGLE_DONE, commands.REMOVE)

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
        self._sort = (CredentialSort.AWARDED, True)
        self._assemble()

    def title(self) -> str:
        """Return the title."""
        return self.tr("Credentials")

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

    def _build(self) -> None:
        super()._build()
        self.table.take_files()

    def _connect(self) -> None:
        super()._connect()
        self.table.files_dropped.connect(self._on_files)
        self.actions_on.saved.connect(self._on_saved)
        self.nothing.primary_clicked.connect(partial(self.run_command, commands.ADD_CREDENTIAL))
        self.nothing.secondary_clicked.connect(self._go_to_import)

    # Reading -----------------------------------------------------------------------------------------------------

    def _list_task(self, near: int) -> Callable[[], CredentialListing]:
        key, descending = self._sort
        wanted = replace(self.filters.wanted, sort=CredentialSort(key), descending=descending)
        return partial(list_credentials, self.context.library, wanted, self.context.today(), PAGE_ROWS, near)

    def _rows_task(self, ids: Sequence[int]) -> Callable[[], list[CredentialRow]]:
        return partial(read_rows, self.context.library, ids, self.context.today())

    def _show_counts(self, listing: CredentialListing) -> None:
        self.filters.show_counts(listing.counts)

    def _read_choices(self) -> None:
        task = partial(list_choices, self.context.library)
        self.context.operations.read(task, self.filters.show_choices, replaces="credentials.choices")

    def _read_panel(self) -> None:
        context, ids, current = self.context, self.table.selected_ids(), self.table.current_id
        if len(ids) > 1:
            self.inspector.show_many(ids)
        elif current:
            task = partial(credential_details, context.library, current, context.today())
            context.operations.read(task, self._show_details, replaces="credentials.panel", failed=self._on_gone)
        else:
            self.inspector.show_nothing()

    def _show_details(self, details: CredentialDetails) -> None:
        if details.credential.id == self.table.current_id and len(self.table.selected_ids()) <= 1:
            self.inspector.show_details(details)

    # Commands ----------------------------------------------------------------------------------------------------

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
