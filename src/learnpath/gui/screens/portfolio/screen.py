"""The portfolio's screen: a version and its pages side by side, stored and drawn again with every choice.

Belongs here: reading, storing and asking for pages. Choosing is in `choices_panel`, showing in `preview_pane`.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from learnpath.domain.changes import ChangeSet
from learnpath.domain.records import Portfolio
from learnpath.errors import KnownError
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.exporting import EXPORT_PDF, Exports
from learnpath.gui.screens.portfolio import NEW_VERSION
from learnpath.gui.screens.portfolio.choices_panel import ChoicesPanel
from learnpath.gui.screens.portfolio.name_dialog import NameDialog
from learnpath.gui.screens.portfolio.preview_pane import PreviewPane
from learnpath.gui.shell.commands import ADD_CREDENTIAL, LOG_STUDY_TIME, OPEN_IMPORT
from learnpath.gui.shell.screen import Screen
from learnpath.gui.widgets.empty_state import EmptyState
from learnpath.services.portfolio_preview import (
    PortfolioOverview,
    PortfolioPreview,
    portfolio_overview,
    preview_portfolio,
)
from learnpath.services.portfolios import delete_portfolio, save_options, save_portfolio
from learnpath.settings import Json

_WAIT_MILLISECONDS = 200


class PortfolioScreen(Screen):
    """Shows the version that was chosen last."""

    screen_id = "portfolio"
    icon_name = "portfolio"
    kinds = frozenset(
        (
            "portfolio", "profile", "credential", "program", "issuer", "skill", "path", "path_step", "study_session",
            "evidence_file",
        )
    )  # fmt: skip
    primary_command = NEW_VERSION
    secondary_command = LOG_STUDY_TIME

    def __init__(self, context: GuiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._overview: PortfolioOverview | None = None
        self._portfolio = Portfolio(name="")
        self._wanted_id = 0
        self._drawn: Portfolio | None = None
        self._saving = 0
        self._is_overdue = False
        self._waiting_command = ""
        self._exports = Exports(context, self)
        self.choices = ChoicesPanel(context)
        self.preview = PreviewPane(context)
        self.empty = EmptyState(
            context.theme,
            "portfolio",
            self.tr("Nothing to show yet"),
            self.tr("A portfolio shows the credentials you have earned, as a PDF to send or print."),
            self.tr("Add credential") if ADD_CREDENTIAL in context.actions else "",
            self.tr("Import…") if OPEN_IMPORT in context.actions else "",
        )
        self._timer = QTimer(self, singleShot=True, interval=_WAIT_MILLISECONDS)
        self._stack = QStackedLayout(self)
        self._build()
        self._connect()

    @property
    def is_drawing(self) -> bool:
        """Return whether the pages are there and not yet drawn."""
        view = self.preview.view
        return view is not None and not view.is_drawn

    def title(self) -> str:
        """Return the title."""
        return self.tr("Portfolio")

    def refresh(self, change: ChangeSet | None) -> None:
        """Read the versions and what can go in again; draw the pages again unless only versions changed."""
        if change is None or change.kinds != frozenset(("portfolio",)):
            self._drawn = None
        task = partial(portfolio_overview, self.context.library, self.context.today())
        self.context.operations.read(task, self._take_overview, replaces="portfolio.overview")

    def show_record(self, record_id: int) -> None:
        """Show a version."""
        self._wanted_id = record_id
        if self._overview is not None:
            self._take_overview(self._overview)

    def focus_start(self) -> None:
        """Take the focus itself: which of its parts are shown is known only when a version has been read."""
        self.setFocus()

    def focus_search(self) -> bool:
        """Focus the search over the credentials."""
        if self._stack.currentWidget() is self.empty:
            return False
        self.choices.search.setFocus()
        return True

    def run_command(self, command_id: str) -> None:
        """Make a new version or export the one in view; while it is still being read, afterwards."""
        if self._overview is None:
            self._waiting_command = command_id
        elif command_id == NEW_VERSION:
            self._ask_for_name(self.tr("New version"), "", self._add_version)
        elif command_id == EXPORT_PDF:
            self._exports.export_pages(self._portfolio, self._overview.owner.name)

    def save_state(self) -> dict[str, Json]:
        """Return the version in view."""
        return {"version": self._portfolio.id or self._wanted_id}

    def restore_state(self, state: Mapping[str, Json]) -> None:
        """Come back to the version."""
        version = state.get("version")
        if isinstance(version, int) and not isinstance(version, bool):
            self._wanted_id = version

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the pages at least half of the room."""
        super().resizeEvent(event)
        self.choices.fit_into(self.width())

    def _build(self) -> None:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.choices)
        row.addWidget(self.preview, 1)
        for widget in (page, self.empty):
            self._stack.addWidget(widget)

    def _connect(self) -> None:
        self.choices.edited.connect(self._edit)
        self.choices.version_chosen.connect(self.show_record)
        self.choices.asked.connect(self._answer)
        self.preview.settings_wanted.connect(self._open_settings)
        self._timer.timeout.connect(self._draw)
        self.empty.primary_clicked.connect(partial(self.context.actions.run, ADD_CREDENTIAL))
        self.empty.secondary_clicked.connect(partial(self.context.actions.run, OPEN_IMPORT))

    # Reading ----------------------------------------------------------------------------------------------------

    def _take_overview(self, overview: PortfolioOverview) -> None:
        if self._saving:
            # What is on the way into the library is newer than what was read.
            self._is_overdue = True
            return
        self._overview = overview
        versions = overview.versions
        self._portfolio = next((one for one in versions if one.id == self._wanted_id), versions[0])
        earned = any(one.group != "under_way" for one in overview.candidates)
        self._stack.setCurrentIndex(0 if earned else 1)
        self.choices.show_overview(overview, self._portfolio)
        self.preview.set_name_missing(not overview.owner.name)
        if earned and self._drawn is None and self.preview.view is None:
            self._draw()
        elif earned and self._drawn != self._portfolio:
            self._timer.start()
        waiting, self._waiting_command = self._waiting_command, ""
        self.run_command(waiting)

    @Slot()
    def _draw(self) -> None:
        self._drawn = self._portfolio
        task = partial(preview_portfolio, self.context.library, self._portfolio, self.context.today())
        self.context.operations.read(task, self._show_pages, failed=self._tell_failure, replaces="portfolio.preview")

    def _show_pages(self, preview: PortfolioPreview) -> None:
        self.preview.show_pdf(preview.pdf)
        self.choices.show_sizes(preview)

    def _tell_failure(self, error: KnownError) -> None:
        self.preview.show_failure(error.message)
        self.context.messages.error(error)

    # Changing ---------------------------------------------------------------------------------------------------

    @Slot(object)
    def _edit(self, portfolio: Portfolio) -> None:
        self._portfolio = portfolio
        self._saving += 1
        self.context.operations.change(
            partial(save_options, self.context.library, portfolio), self._take_saved, failed=self._take_refusal
        )
        self._timer.start()

    def _take_saved(self, portfolio: Portfolio) -> None:
        self._wanted_id = portfolio.id
        if not self._portfolio.id:
            self._portfolio = replace(self._portfolio, id=portfolio.id)
            self.choices.show_portfolio(self._portfolio)
        self._settle()

    def _take_refusal(self, error: KnownError) -> None:
        self.context.messages.error(error)
        self._is_overdue = True
        self._settle()

    def _settle(self) -> None:
        self._saving -= 1
        if self._is_overdue and not self._saving:
            self._is_overdue = False
            self.refresh(None)

    @Slot(str)
    def _answer(self, asked: str) -> None:
        match asked:
            case "new":
                self.run_command(NEW_VERSION)
            case "pdf":
                self.run_command(EXPORT_PDF)
            case "csv":
                self._exports.export_table()
            case "json":
                self._exports.export_whole()
            case "rename":
                self._ask_for_name(self.tr("Rename version"), self._portfolio.name, self._rename_version)
            case _:
                self._delete_version()

    def _ask_for_name(self, title: str, name: str, answer: object) -> None:
        versions = self._overview.versions if self._overview is not None else ()
        taken = frozenset(one.name.casefold() for one in versions if one.id and one.name != name)
        dialog = NameDialog(self.context.theme, title, name, taken, self)
        dialog.named.connect(answer)  # pyright: ignore[reportArgumentType]
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _add_version(self, name: str) -> None:
        self._save(replace(self._portfolio, id=0, name=name))

    @Slot(str)
    def _rename_version(self, name: str) -> None:
        self._save(replace(self._portfolio, name=name))

    def _save(self, portfolio: Portfolio) -> None:
        self.context.operations.change(partial(save_portfolio, self.context.library, portfolio), self._show_stored)

    def _show_stored(self, portfolio: Portfolio) -> None:
        # The change was published before, so the list with this version in it is on its way.
        self._wanted_id = portfolio.id

    def _delete_version(self) -> None:
        name = self._portfolio.name
        self.context.operations.change(
            partial(delete_portfolio, self.context.library, self._portfolio.id),
            toast=self.tr("Deleted version {0}").format(name),
        )

    @Slot()
    def _open_settings(self) -> None:
        self.context.navigate.to_screen("settings")
