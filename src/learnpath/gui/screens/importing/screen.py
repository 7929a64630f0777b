"""The import screen: a place to drop files, the preview of what they would do, and the report of what they did."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from learnpath.domain.changes import ChangeSet
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.folders import documents_folder
from learnpath.gui.infra.navigation import Place
from learnpath.gui.screens.importing.desk import DeskState, ImportDesk
from learnpath.gui.screens.importing.drop_area import DropArea
from learnpath.gui.screens.importing.file_page import FilePage
from learnpath.gui.screens.importing.footer import ImportFooter
from learnpath.gui.screens.importing.open_file import OpenFile
from learnpath.gui.screens.importing.report_card import ReportCard
from learnpath.gui.shell.commands import ADD_CREDENTIAL, LOG_STUDY_TIME
from learnpath.gui.shell.screen import Screen
from learnpath.gui.widgets.card import Card
from learnpath.interchange.plan import Decision
from learnpath.services.broken_rows import save_broken_rows
from learnpath.services.import_sources import Source
from learnpath.services.importing import ReadingOptions

_LONGEST_TAB = 28
_READABLE = (
    "*.csv *.tsv *.tab *.txt *.json *.jsonld *.xlsx *.xls *.ods *.md *.zip *.png *.svg *.jwt *.jws *.1ob *.xml *.html "
    "*.ics *.pdf *.learnpath"
)


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
        self.report_card = ReportCard(theme, known)
        self._stack = QStackedWidget()
        self._import_label = ""
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
        if self.desk.state is DeskState.REPORT:
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
        rows.addWidget(self.tabs)
        rows.addWidget(card, 1)
        rows.addStretch(0)
        report = QWidget()
        report_rows = QVBoxLayout(report)
        report_rows.setContentsMargins(0, 0, 0, 0)
        report_rows.addWidget(self.report_card)
        report_rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(report)
        self._pages = {DeskState.EMPTY: self.drop_area, DeskState.OPEN: preview, DeskState.REPORT: scroll}
        for page in self._pages.values():
            _ = self._stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(26, 18, 26, 18)
        outer.addWidget(self._stack)

    def _connect(self) -> None:
        desk, page = self.desk, self.page
        desk.state_changed.connect(self._show_state)
        desk.files_changed.connect(self._show_files)
        desk.file_changed.connect(self._show_changed)
        desk.decided.connect(self._show_decided)
        desk.found.connect(self._show_found)
        desk.progressed.connect(self.footer.show_progress)
        self.drop_area.files_dropped.connect(self.open_files)
        self.drop_area.choose_clicked.connect(self._choose_files)
        self.tabs.currentChanged.connect(self._show_current)
        page.options_chosen.connect(self._choose)
        page.choices_forgotten.connect(self._forget_choices)
        page.stop_clicked.connect(self._stop_reading)
        page.close_clicked.connect(self._close_current)
        page.searched.connect(self._search)
        page.skip_toggled.connect(self._toggle_skip)
        page.decided.connect(self._decide)
        page.cell_typed.connect(self._correct)
        page.taken_back.connect(self._take_back)
        self.footer.cancel_clicked.connect(self._cancel)
        self.footer.save_clicked.connect(self._save_broken)
        self.footer.import_clicked.connect(desk.start_import)
        self.report_card.show_clicked.connect(self.context.navigate.to_screen)
        self.report_card.undo_clicked.connect(desk.undo_import)
        self.report_card.more_clicked.connect(desk.close_all)
        self.context.navigate.place_changed.connect(self._on_place)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self._paste)

    # Showing the desk -------------------------------------------------------------------------------------------

    @property
    def current(self) -> OpenFile | None:
        """The file in view."""
        place = self.tabs.currentIndex()
        return self.desk.find(self.tabs.tabData(place)) if place >= 0 else None

    @Slot()
    def _show_state(self) -> None:
        state = self.desk.state
        shown = DeskState.OPEN if state is DeskState.IMPORTING else state
        self._stack.setCurrentWidget(self._pages[shown])
        self.page.setEnabled(state is not DeskState.IMPORTING)
        self.tabs.setEnabled(state is not DeskState.IMPORTING)
        if state is DeskState.REPORT:
            refused = [file.error.message for file in self.desk.files if file.error is not None]
            self.report_card.show_report(self.desk.report, refused)
            self._import_label = ""
            self._ask_for_undo()
            self.report_card.focus_first()
        elif state is DeskState.EMPTY:
            self._focus_start()
        elif state is DeskState.IMPORTING:
            self.footer.show_desk(self.desk, self.current)
            self.footer.cancel_button.setFocus()
        else:
            self._show_current()

    @Slot()
    def _show_files(self) -> None:
        kept = self.current
        files = self.desk.files
        self.tabs.blockSignals(True)
        while self.tabs.count() > len(files):
            self.tabs.removeTab(self.tabs.count() - 1)
        for place, file in enumerate(files):
            if place >= self.tabs.count():
                _ = self.tabs.addTab("")
            self.tabs.setTabData(place, file.id)
            self.tabs.setTabText(place, _tab_text(file.source.name))
            self.tabs.setTabToolTip(place, "")
            if file is kept:
                self.tabs.setCurrentIndex(place)
        self.tabs.blockSignals(False)
        self.tabs.setVisible(len(files) > 1)
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
            self.footer.show_desk(self.desk, current)

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
        self.footer.show_desk(self.desk, current)

    @Slot(int)
    def _show_decided(self, file_id: int) -> None:
        self.page.refresh_decisions()
        self.footer.show_desk(self.desk, self.current)

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
        if not self._import_label:
            self._import_label = label or ""
        self.report_card.set_can_undo(bool(label) and label == self._import_label)

    # What the person does ---------------------------------------------------------------------------------------

    @Slot()
    def _choose_files(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose files to import"), str(documents_folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [
                self.tr("All that can be read ({0})").format(_READABLE),
                self.tr("All files (*)"),
            ]
        )
        dialog.filesSelected.connect(self._open_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

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

    @Slot(object)
    def _choose(self, options: ReadingOptions) -> None:
        if (current := self.current) is not None:
            self.desk.choose(current.id, options)

    @Slot()
    def _forget_choices(self) -> None:
        if (current := self.current) is not None:
            self.desk.forget_choices(current.id)

    @Slot()
    def _stop_reading(self) -> None:
        if (current := self.current) is not None:
            self.desk.stop_reading(current.id)

    @Slot()
    def _close_current(self) -> None:
        if (current := self.current) is not None:
            self.desk.close(current.id)

    @Slot(str)
    def _search(self, words: str) -> None:
        if (current := self.current) is not None:
            self.desk.search(current.id, words)

    @Slot(list)
    def _toggle_skip(self, rows: list[int]) -> None:
        if (current := self.current) is not None:
            self.desk.toggle_skip(current.id, rows)

    @Slot(list, str)
    def _decide(self, rows: list[int], decision: str) -> None:
        chosen: dict[str, Decision] = {"new": "new", "update": "update", "skip": "skip"}
        if (current := self.current) is not None:
            self.desk.decide(current.id, rows, chosen.get(decision))

    @Slot(int, object, str, str)
    def _correct(self, row: int, place: int | str, text: str, original: str) -> None:
        if (current := self.current) is not None:
            self.desk.correct(current.id, row, place, text, original)

    @Slot(list)
    def _take_back(self, rows: list[int]) -> None:
        if (current := self.current) is not None:
            self.desk.take_back(current.id, rows)

    @Slot()
    def _cancel(self) -> None:
        if self.desk.state is DeskState.IMPORTING:
            self.footer.show_cancelling()
            self.desk.cancel_import()
        else:
            self.desk.close_all()

    @Slot()
    def _save_broken(self) -> None:
        current = self.current
        if current is None or current.reading is None:
            return
        name = self.tr("{0} – error rows.csv").format(Path(current.source.name).stem)
        dialog = QFileDialog(self, self.tr("Save error rows"), str(documents_folder() / name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(name)
        dialog.fileSelected.connect(partial(self.save_broken_to, current.id))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_broken_to(self, file_id: int, name: str) -> None:
        """Write the broken rows of a file to a CSV file."""
        file = self.desk.find(file_id)
        if file is not None and file.reading is not None:
            task = partial(save_broken_rows, [(file.source.name, file.reading.preview.parsed)], Path(name))
            self.context.operations.read(task, self._say_saved)

    def _say_saved(self, written: Sequence[Path]) -> None:
        names = ", ".join(file.name for file in written)
        self.context.messages.toast(self.tr("Saved {0}").format(names), undo=False)


def _tab_text(name: str) -> str:
    shown = name if len(name) <= _LONGEST_TAB else f"{name[:16]}…{name[-10:]}"
    return shown.replace("&", "&&")
