"""The import screen: a place to drop files, the preview of what they would do, and the report of what they did."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from learnpath.domain.changes import ChangeSet
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.navigation import Place
from learnpath.gui.screens.importing.desk import DeskState, ImportDesk
from learnpath.gui.screens.importing.drop_area import DropArea
from learnpath.gui.screens.importing.file_actions import FileActions
from learnpath.gui.screens.importing.file_dialogs import ask_files, ask_target
from learnpath.gui.screens.importing.file_page import FilePage
from learnpath.gui.screens.importing.footer import ImportFooter
from learnpath.gui.screens.importing.open_file import OpenFile
from learnpath.gui.screens.importing.reading import save_broken_rows
from learnpath.gui.screens.importing.report_bar import ReportBar
from learnpath.gui.screens.importing.report_page import ReportPage
from learnpath.gui.screens.importing.wish import ImportWish
from learnpath.gui.screens.importing.wording import tab_text
from learnpath.gui.shell.commands import ADD_CREDENTIAL, LOG_STUDY_TIME
from learnpath.gui.shell.screen import Screen
from learnpath.gui.widgets.card import Card
from learnpath.services.import_sources import Source

_MARGINS = (26, 18, 26, 18)
_TIGHT_MARGINS = (12, 8, 12, 8)
# Less height than this is what large text leaves in a small window.
_ROOMY_FROM = 400


class ImportScreen(Screen):
    """Files in, preview, one change. Nothing of it is kept across restarts."""

    screen_id = "importing"
    icon_name = "import"
    kinds = frozenset({"program", "credential", "issuer", "skill", "tag", "path"})
    primary_command = ADD_CREDENTIAL
    secondary_command = LOG_STUDY_TIME

    def __init__(self, context: GuiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme, icons = context.theme, context.icons
        self.desk = ImportDesk(context, self)
        self.drop_area = DropArea(theme, icons)
        self.tabs = QTabBar()
        self.page = FilePage(theme, icons)
        self.footer = ImportFooter(theme)
        known = [name for name in ("programs", "credentials", "paths") if f"go.{name}" in context.actions]
        self.reports = ReportPage(theme, known)
        self.report_card = self.reports.newest
        self.report_bar = ReportBar(theme)
        self.wish = ImportWish(self.desk)
        _ = FileActions(self.desk, self.page, self._current_file)
        self._stack = QStackedWidget()
        self._looks_back = False
        self._is_tight = False
        self._build()
        self._connect()

    # What the window asks ---------------------------------------------------------------------------------------

    def title(self) -> str:
        """Return the title."""
        return self.tr("Import")

    def refresh(self, change: ChangeSet | None) -> None:
        """Plan the open files anew when the library changed under them."""
        if change is not None or self.desk.state is DeskState.OPEN:
            self.desk.read_again()
        if self.desk.finished:
            self._ask_for_undo()

    def focus_search(self) -> bool:
        """Focus the field that searches the rows of the file in view; few rows have none."""
        return self.page.focus_search()

    def open_files(self, paths: Sequence[Path]) -> None:
        """Open dropped files, and of folders the files directly in them."""
        if self.desk.state is DeskState.IMPORTING:
            self.context.messages.toast(self.tr("Wait until the import is done."), undo=False)
            return
        self.desk.open_paths(paths)

    def showEvent(self, event: QShowEvent) -> None:
        """Lead the keyboard to the button while nothing is open."""
        super().showEvent(event)
        self._focus_start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Save height where there is little of it."""
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        tight = self.height() < self.context.theme.px(_ROOMY_FROM)
        if tight is not self._is_tight:
            self._is_tight = tight
            self._outer.setContentsMargins(*(_TIGHT_MARGINS if tight else _MARGINS))
            self.page.set_tight(tight)
            self.footer.set_tight(tight)
            self._show_footer()

    # Building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(self.tr("Files to import"))
        card = Card(self.context.theme)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.page.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        card.add(self.page, 1)
        card.add(self.footer)
        preview = QWidget()
        rows = QVBoxLayout(preview)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self.report_bar)
        rows.addWidget(self.tabs)
        rows.addWidget(card, 1)
        rows.addStretch(0)
        self._pages = {DeskState.EMPTY: self.drop_area, DeskState.OPEN: preview, DeskState.REPORT: self.reports}
        for page in self._pages.values():
            _ = self._stack.addWidget(page)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(*_MARGINS)
        self._outer.addWidget(self._stack)

    def _connect(self) -> None:
        desk = self.desk
        desk.state_changed.connect(self._show_state)
        desk.files_changed.connect(self._show_files)
        desk.file_changed.connect(self._show_changed)
        desk.decided.connect(self._show_decided)
        desk.found.connect(self._show_found)
        desk.progressed.connect(self.footer.show_progress)
        self.drop_area.files_dropped.connect(self.open_files)
        self.drop_area.choose_clicked.connect(self._choose_files)
        self.tabs.currentChanged.connect(self._show_current)
        self.footer.cancel_clicked.connect(self._cancel)
        self.footer.save_clicked.connect(self._save_broken)
        self.footer.import_pressed.connect(self._agree)
        self.footer.import_clicked.connect(self._import)
        self.wish.refused.connect(self._show_refused)
        self.report_card.show_clicked.connect(self.context.navigate.to_screen)
        self.report_card.undo_clicked.connect(desk.undo_import)
        self.report_card.more_clicked.connect(self._leave_reports)
        self.reports.save_clicked.connect(self._save_finished)
        self.report_bar.clicked.connect(self._look_back)
        self.context.navigate.place_changed.connect(self._on_place)
        self.context.theme.changed.connect(self._arrange)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self._paste)

    # Showing the desk -------------------------------------------------------------------------------------------

    @property
    def current(self) -> OpenFile | None:
        """The file in view."""
        place = self.tabs.currentIndex()
        return self.desk.find(self.tabs.tabData(place)) if place >= 0 else None

    def _current_file(self) -> OpenFile | None:
        return self.current

    @Slot()
    def _show_state(self) -> None:
        state = self.desk.state
        shown = DeskState.OPEN if state is DeskState.IMPORTING else state
        self._stack.setCurrentWidget(self._pages[shown])
        self.page.setEnabled(state is not DeskState.IMPORTING)
        self.tabs.setEnabled(state is not DeskState.IMPORTING)
        self._looks_back = False
        self.report_bar.show_import(self.desk.finished[-1] if self.desk.finished else None)
        if state is DeskState.REPORT:
            self._show_reports()
        elif state is DeskState.EMPTY:
            self._focus_start()
        elif state is DeskState.IMPORTING:
            self._show_footer()
            self.footer.cancel_button.setFocus()
        else:
            self._show_current()

    def _show_reports(self) -> None:
        self.reports.show_imports(self.desk.finished, has_files=self._looks_back)
        self._stack.setCurrentWidget(self.reports)
        self._ask_for_undo()
        self.report_card.focus_first()

    @Slot()
    def _look_back(self) -> None:
        self._looks_back = True
        self._show_reports()

    @Slot()
    def _leave_reports(self) -> None:
        if self._looks_back:
            self._show_state()
            self.page.table.setFocus()
        else:
            self.desk.close_all()

    @Slot()
    def _show_files(self) -> None:
        if self._looks_back:
            self._show_state()
        kept = self.current
        files = self.desk.files
        self.tabs.blockSignals(True)
        has_focus = self.tabs.hasFocus()
        # On show, it would lay out all its tabs for each one that comes or is named.
        self.tabs.hide()
        while self.tabs.count() > len(files):
            self.tabs.removeTab(self.tabs.count() - 1)
        for place, file in enumerate(files):
            if place >= self.tabs.count():
                _ = self.tabs.addTab("")
            self.tabs.setTabData(place, file.id)
            self.tabs.setTabText(place, tab_text(file.source.name))
            self.tabs.setTabToolTip(place, "")
            if file is kept:
                self.tabs.setCurrentIndex(place)
        self.tabs.blockSignals(False)
        self.tabs.setVisible(len(files) > 1)
        if has_focus:
            self.tabs.setFocus()
        self.page.forget_files([file.id for file in files])
        self._show_current()

    @Slot(int)
    def _show_changed(self, file_id: int) -> None:
        current = self.current
        if current is not None and current.id == file_id:
            self._show_current()
            if current.reading is not None and not current.is_busy and self._may_take_focus():
                self.page.table.setFocus()
        else:
            self._show_footer()

    def _may_take_focus(self) -> bool:
        # What was focused went away, and the focus passed on to whatever came next.
        focused = QApplication.focusWidget()
        passed_on = {None, self, self.tabs, self.page.stop_button, self.footer.cancel_button}
        return self.isVisible() and focused in passed_on

    @Slot()
    def _show_current(self) -> None:
        current = self.current
        if current is not None:
            self.page.show_file(current, is_one_of_many=len(self.desk.files) > 1)
        self._show_footer()

    def _show_footer(self) -> None:
        self.footer.show_desk(self.desk, self.current, waits=self.wish.is_waiting)

    @Slot(int)
    def _show_decided(self, file_id: int) -> None:
        self.page.refresh_decisions()
        self._show_footer()

    @Slot(int)
    def _show_found(self, file_id: int) -> None:
        if (current := self.current) is not None and current.id == file_id:
            self.page.show_found()

    @Slot(object)
    def _on_place(self, place: Place) -> None:
        if place.screen_id == self.screen_id and self.isVisible():
            self._focus_start()

    def _focus_start(self) -> None:
        if self.desk.state is DeskState.EMPTY and self.isVisible():
            # The window gives the focus to where the person clicked only after this.
            QTimer.singleShot(0, self.drop_area.choose_button, self.drop_area.choose_button.setFocus)

    def _ask_for_undo(self) -> None:
        self.context.operations.read(self.context.library.undo_label, self._show_undo, replaces="import.undo")

    def _show_undo(self, label: str | None) -> None:
        if not self.desk.finished:
            return
        last = self.desk.finished[-1]
        if not last.undo_label:
            last.undo_label = label or ""
        self.report_card.set_can_undo(bool(label) and label == last.undo_label)

    # What the person does ---------------------------------------------------------------------------------------

    @Slot()
    def _choose_files(self) -> None:
        ask_files(self, self._open_chosen)

    @Slot(list)
    def _open_chosen(self, names: list[str]) -> None:
        self.open_files([Path(name) for name in names])

    @Slot()
    def _paste(self) -> None:
        mime = QGuiApplication.clipboard().mimeData()
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        text = mime.text()
        if paths:
            self.open_files(paths)
        elif self.desk.state is not DeskState.IMPORTING and ("\t" in text or "\n" in text.strip()):
            self.desk.open_sources([Source(self.tr("Pasted table"), data=text.encode("utf-8", "replace"))])
        else:
            self.context.messages.toast(self.tr("The clipboard holds no rows of a table."), undo=False)

    @Slot()
    def _agree(self) -> None:
        self.page.table.take_typed()
        self.wish.agree()

    @Slot()
    def _import(self) -> None:
        for place, file in enumerate(self.desk.files):
            if self.page.table.is_half_typed(file.id):
                self.tabs.setCurrentIndex(place)
                text = self.tr("This has not been imported yet: a cell of “{0}” is still being typed.")
                self.context.messages.toast(text.format(file.source.name), undo=False)
                return
        self.wish.ask()
        self._show_footer()

    @Slot()
    def _show_refused(self) -> None:
        self._show_footer()
        self.page.table.setFocus()
        text = self.tr(
            "This has not been imported yet: what you typed changes it in another way. Look at the row first."
        )
        self.context.messages.toast(text, undo=False)

    @Slot()
    def _cancel(self) -> None:
        if self.desk.state is DeskState.IMPORTING:
            self.footer.show_cancelling()
            self.desk.cancel_import()
        else:
            self.desk.close_all()

    @Slot()
    def _save_broken(self) -> None:
        if (current := self.current) is not None:
            ask_target(self, current.source.name, partial(self.save_broken_to, current.id))

    @Slot(int)
    def _save_finished(self, file_id: int) -> None:
        if (file := self.desk.find_finished(file_id)) is not None:
            ask_target(self, file.source.name, partial(self.save_broken_to, file_id))

    def save_broken_to(self, file_id: int, name: str) -> None:
        """Write the broken rows of a file, open or imported, to a CSV file."""
        file = self.desk.find(file_id) or self.desk.find_finished(file_id)
        if file is not None and file.reading is not None:
            task = partial(save_broken_rows, file.reading.preview.parsed, Path(name))
            self.context.operations.read(task, self._say_saved)

    def _say_saved(self, target: Path) -> None:
        self.context.messages.toast(self.tr("Saved {0}").format(target.name), undo=False)
