"""The dialog that looks into a backup: choose one, see what is missing here or differs, take single records back.

Belongs here: the way from one to the other, and the work behind it. The backup is open only while that work runs.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QCoreApplication, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from learnpath.domain.changes import Outcome
from learnpath.errors import KnownError
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.jobs import Job, JobState, Progress
from learnpath.gui.infra.messages import Messages
from learnpath.gui.screens.settings.backup_table import BackupTable
from learnpath.gui.screens.settings.look_page import LookPage
from learnpath.gui.widgets.banner import Banner
from learnpath.gui.widgets.empty_state import EmptyState
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.wording import moment_text
from learnpath.services.backup_look import BackupLook, look_into_backup, take_back
from learnpath.services.backups import BackupLine
from learnpath.services.taking_back import TakenBack
from learnpath.storage.library import Library

_SIZE = QSize(1120, 680)
_MARGIN = 24
_ROOMY_FROM = 420


class LookDialog(QDialog):
    """Looks into one backup after the other. Closing it ends what is under way."""

    def __init__(self, context: GuiContext, lines: Sequence[BackupLine], now: datetime, parent: QWidget) -> None:
        super().__init__(parent)
        theme = context.theme
        self._context = context
        self._theme = theme
        self._job: Job | None = None
        self._serial = 0
        self._is_taking = False
        self._look: BackupLook | None = None
        self.setWindowTitle(self.tr("Look into a backup"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.heading = PlainLabel(theme, self.windowTitle(), "heading", wrap=True)
        self.told = PlainLabel(theme, "", "body", "muted", wrap=True)
        self.problem = Banner(theme)
        self.backups = BackupTable(lines, now, self)
        self.no_backups = EmptyState(theme, "empty-box", "", self.tr("There are no backups yet."))
        self.progress = QProgressBar()
        self.waiting = PlainLabel(theme, "", "body", wrap=True)
        self.page = LookPage(context)
        self.pages = QStackedWidget()
        self.note = PlainLabel(theme, "", "small", "muted", wrap=True)
        self.other_button = QPushButton(self.tr("Other backup…"))
        self.close_button = QPushButton(self.tr("Close"))
        self.look_button = QPushButton(self.tr("Look into it"))
        self.take_button = QPushButton()
        self._build(has_backups=bool(lines))
        self._connect()
        self._show_page(self._first)

    def showEvent(self, event: QShowEvent) -> None:
        """Start with the list, so that the arrow keys choose."""
        super().showEvent(event)
        self._focus_page()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the heading to the frame of the window where there is little height."""
        super().resizeEvent(event)
        self.heading.setVisible(self.height() >= self._theme.px(_ROOMY_FROM))

    def done(self, result: int) -> None:
        """End what is under way, then close."""
        self._cancel()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter takes back what is ticked."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.take_button.isVisible():
            self.take_button.click()
        else:
            super().keyPressEvent(event)

    # Building ----------------------------------------------------------------------------------------------------

    def _build(self, *, has_backups: bool) -> None:
        self._first: QWidget = self.backups if has_backups else self.no_backups
        self._wait = QWidget()
        wait = QVBoxLayout(self._wait)
        wait.addStretch(2)
        wait.addWidget(self.waiting)
        wait.addWidget(self.progress)
        wait.addStretch(3)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress"))
        for page in (self._first, self._wait, self.page):
            self.pages.addWidget(page)
        for button in (self.look_button, self.take_button):
            button.setProperty("primary", True)
        self.look_button.setDefault(True)
        for button in (self.close_button, self.other_button, self.take_button):
            button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.other_button)
        buttons.addWidget(self.note, 1)
        for button in (self.close_button, self.look_button, self.take_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(self.heading)
        column.addWidget(self.told)
        column.addWidget(self.problem)
        column.addWidget(self.pages, 1)
        column.addLayout(buttons)
        wanted = QSize(self._theme.px(_SIZE.width()), self._theme.px(_SIZE.height()))
        parent = self.parentWidget()
        window = parent.window().size() if parent is not None else wanted
        self.resize(wanted.boundedTo(QSize(window.width() - _MARGIN, window.height() - _MARGIN)))

    def _connect(self) -> None:
        self.backups.currentCellChanged.connect(self._show_possible)
        self.backups.cellActivated.connect(self._start_look)
        self.look_button.clicked.connect(self._start_look)
        self.other_button.clicked.connect(self._go_back)
        self.close_button.clicked.connect(self._leave)
        self.take_button.clicked.connect(self._start_taking)
        self.page.chosen_changed.connect(self._show_possible)
        self.page.search.left.connect(self.reject)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self).activated.connect(self.page.search.setFocus)

    # Showing -----------------------------------------------------------------------------------------------------

    def _show_page(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        is_contents, is_wait = page is self.page, page is self._wait
        self.look_button.setVisible(page is self.backups)
        self.other_button.setVisible(is_contents)
        self.take_button.setVisible(is_contents)
        self.close_button.setText(self.tr("Cancel") if is_wait else self.tr("Close"))
        self.note.setText(self.tr("Space ticks, Ctrl+A selects all.") if is_contents else "")
        self.told.setText(self._told_text(is_contents=is_contents))
        self.told.setVisible(not is_wait)
        self._show_possible()
        self._focus_page()

    def _told_text(self, *, is_contents: bool) -> str:
        if not is_contents or self._look is None:
            return self.tr("It is only read. Nothing changes until you take a record back, and that can be undone.")
        made = moment_text(self._look.backup.made_at)
        return self.tr("The backup of {0}. What you tick becomes again what it was then.").format(made)

    def _focus_page(self) -> None:
        page = self.pages.currentWidget()
        if page is self.page:
            self.page.focus_start()
        elif page is self.backups:
            self.backups.setFocus()
        else:
            self.close_button.setFocus()

    @Slot()
    def _show_possible(self) -> None:
        self.look_button.setEnabled(self.backups.current_line() is not None)
        count = len(self.page.model.chosen)
        texts = {0: self.tr("Take back"), 1: self.tr("Take back 1 record")}
        self.take_button.setText(texts.get(count) or self.tr("Take back %n records", "", count))
        self.take_button.setEnabled(count > 0)

    # Working -----------------------------------------------------------------------------------------------------

    @Slot()
    def _start_look(self) -> None:
        line = self.backups.current_line()
        if line is None:
            return
        self._is_taking = False
        task = partial(_look_task, self._context.library, line.backup.name)
        failed = partial(self._give_up, self._serial)
        job = self._context.operations.long(task, self._show_look, title=self.windowTitle(), failed=failed)
        text = self.tr("Opening and checking the backup of {0}…").format(moment_text(line.backup.made_at))
        self._wait_for(job, text)

    def _show_look(self, look: BackupLook) -> None:
        self._look = look
        self.page.show_look(look)
        self._show_page(self.page)

    @Slot()
    def _start_taking(self) -> None:
        count, look = len(self.page.model.chosen), self._look
        if look is None or not count:
            return
        self._is_taking = True
        text = _taken_text(count, moment_text(look.backup.made_at))
        job = self._context.operations.long_change(
            partial(_take_task, self._context.library, look.backup.name, self.page.chosen()),
            partial(_tell_lost, self._context.messages),
            title=self.tr("Take records back"),
            toast=text,
            failed=partial(self._give_up, self._serial),
        )
        self._wait_for(job, self.tr("Taking back…"))

    def _wait_for(self, job: Job, text: str) -> None:
        self._job = job
        self.problem.hide()
        self.waiting.setText(text)
        self.progress.setRange(0, 0)
        job.progressed.connect(partial(self._show_progress, self._serial))
        job.finished.connect(partial(self._end, self._serial))
        job.finished.connect(job.deleteLater)
        self._show_page(self._wait)

    def _show_progress(self, serial: int, done: int, total: int, _text: str) -> None:
        if serial == self._serial and total:
            self.progress.setRange(0, total)
            self.progress.setValue(done)
            self.waiting.setText(self.tr("Comparing {0} of {1} records…").format(f"{done:,}", f"{total:,}"))

    def _end(self, serial: int, state: str) -> None:
        if serial != self._serial:
            return
        self._job = None
        if self._is_taking and state == JobState.DONE:
            self.accept()

    def _give_up(self, serial: int, error: KnownError) -> None:
        if serial == self._serial:
            self.problem.show_message("error", f"{error.message} {error.hint}".strip())
            self._show_page(self._before)

    @property
    def _before(self) -> QWidget:
        """Return the page from which the work was begun."""
        return self.page if self._is_taking else self._first

    @Slot()
    def _leave(self) -> None:
        """Cancel what is under way and go back to where it began; close when there is nothing."""
        if self._job is None:
            self.reject()
            return
        self._cancel()
        self._show_page(self._before)

    def _cancel(self) -> None:
        # What it still brings is nobody's any more.
        self._serial += 1
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    @Slot()
    def _go_back(self) -> None:
        self.problem.hide()
        self._show_page(self._first)


def _look_task(library: Library, name: str, progress: Progress) -> BackupLook:
    return look_into_backup(library, name, progress.report)


def _take_task(
    library: Library, name: str, wanted: Mapping[str, Sequence[int]], progress: Progress
) -> Outcome[TakenBack]:
    return take_back(library, name, wanted, before_writing=progress.raise_if_cancelled)


def _tell_lost(messages: Messages, taken: TakenBack) -> None:
    if not taken.added and not taken.changed and not taken.lost_files:
        messages.toast(_tr("Nothing to take back: everything is here as it was"), undo=False)
    if taken.lost_files:
        names = ", ".join(taken.lost_files)
        text = _tr("These proofs did not come back, because their files are no longer in the library: {0}.")
        messages.banner(text.format(names), "warn")


def _taken_text(count: int, made: str) -> str:
    if count == 1:
        return _tr("Took back 1 record from the backup of {0}").format(made)
    text = QCoreApplication.translate("LookIntoBackup", "Took back %n records from the backup of {0}", None, count)
    return text.format(made)


def _tr(text: str) -> str:
    return QCoreApplication.translate("LookIntoBackup", text)
