"""The library folder: where it is, what is in it, whether it is sound, the sample in it, and all of it out.

Belongs here: the cards Library, Sample data and Export.
"""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QProgressBar, QPushButton, QWidget

from learnpath.errors import KnownError
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.jobs import Job, JobState, Progress
from learnpath.gui.infra.messages import MessageAction
from learnpath.gui.screens.exporting import Exports
from learnpath.gui.screens.settings.setting_card import SettingCard, buttons_side_by_side
from learnpath.gui.shell.commands import QUIT
from learnpath.services.checking import CheckReport, check_library
from learnpath.services.library_facts import LibraryFacts, try_library
from learnpath.services.sample import add_sample, remove_sample
from learnpath.settings import LIBRARY_FOLDER
from learnpath.storage.library import Library

_MOST_PROBLEMS = 20


class LibraryCards(QObject):
    """`facts_wanted`: something may have changed the folder (a check has ended)."""

    facts_wanted = Signal()

    def __init__(self, context: GuiContext, host: QWidget) -> None:
        super().__init__(host)
        self._context = context
        self._host = host
        self._job: Job | None = None
        self._has_sample = False
        theme = context.theme
        self.library = SettingCard(theme, self.tr("Library"))
        self.sample = SettingCard(theme, self.tr("Sample data"))
        self.out = SettingCard(theme, self.tr("Export"))
        self.open_folder = QPushButton(self.tr("Open folder"))
        self.use_another = QPushButton(self.tr("Use another folder…"))
        self.check = QPushButton(self.tr("Check library"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.progress = QProgressBar()
        self.sample_button = QPushButton(self.tr("Add sample data"))
        self.export = QPushButton(self.tr("Export everything…"))
        self._exports = Exports(context, host)
        self._build()
        self._connect()

    @property
    def cards(self) -> tuple[SettingCard, SettingCard, SettingCard]:
        """Return the cards in their order."""
        return (self.library, self.sample, self.out)

    def show_facts(self, facts: LibraryFacts) -> None:
        """Say what the library holds."""
        numbers = facts.records
        locale = QLocale()
        self.contents.set_note(
            self.tr("{0} credentials, {1} programs, {2} paths, {3} files · {4}").format(
                *(f"{numbers[name]:,}" for name in ("credential", "program", "path", "evidence_file")),
                locale.formattedDataSize(facts.size),
            )
        )
        self._has_sample = facts.has_sample
        text = self.tr("Remove sample data") if facts.has_sample else self.tr("Add sample data")
        self.sample_button.setText(text)
        self.sample_button.setEnabled(True)

    def _build(self) -> None:
        folder = str(self._context.library.folder)
        self.library.add_row(
            self.tr("Folder"), buttons_side_by_side(self.open_folder, self.use_another), folder
        ).note.setAccessibleName(folder)
        self.contents = self.library.add_row(self.tr("Contents"))
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of the check"))
        self.checking = self.library.add_row(
            self.tr("Soundness"),
            buttons_side_by_side(self.progress, self.cancel, self.check),
            self.tr("Looks at every record and every attached file. Nothing is changed."),
        )
        for widget in (self.progress, self.cancel):
            widget.hide()
        self.progress.setFixedWidth(self._context.theme.px(110))
        self.sample.add_row(
            self.tr("The sample person's records"),
            self.sample_button,
            self.tr("Credentials, programs, paths and study time to look around in. Your own records stay."),
        )
        self.out.add_row(
            self.tr("The whole library in one file"),
            self.export,
            self.tr("JSON with all records and attached files, to keep or to import elsewhere."),
        )

    def _connect(self) -> None:
        self.open_folder.clicked.connect(self._open_folder)
        self.use_another.clicked.connect(self._ask_for_folder)
        self.check.clicked.connect(self._start_check)
        self.cancel.clicked.connect(self._cancel_check)
        self.sample_button.clicked.connect(self._change_sample)
        self.export.clicked.connect(self._exports.export_whole)

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._context.library.folder)))

    # Another folder ---------------------------------------------------------------------------------------------

    @Slot()
    def _ask_for_folder(self) -> None:
        dialog = QFileDialog(self._host, self.tr("Use another folder"), str(self._context.library.folder.parent))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.use_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def use_folder(self, chosen: str) -> None:
        """Let the next start open the library in a folder, after a look whether it can be opened."""
        folder = Path(chosen).absolute()
        if chosen and folder != self._context.library.folder:
            self._context.operations.read(partial(try_library, folder), self._keep_folder)

    def _keep_folder(self, folder: Path) -> None:
        try:
            self._context.settings.set(LIBRARY_FOLDER, str(folder))
        except KnownError as error:
            self._context.messages.error(error)
            return
        actions = self._context.actions
        close = (MessageAction(self.tr("Close Learnpath"), partial(actions.run, QUIT)),) if QUIT in actions else ()
        self._context.messages.banner(
            self.tr("Learnpath opens the library in {0} when you start it next.").format(folder),
            "ok",
            close,
            hint=self.tr("Until then you keep working in the present one."),
        )

    # Checking ---------------------------------------------------------------------------------------------------

    @Slot()
    def _start_check(self) -> None:
        self._show_running(True)
        self.checking.set_note(self.tr("Checking the records…"))
        self._job = self._context.operations.long(
            partial(_check, self._context.library),
            self._tell_result,
            title=self.tr("Checking the library"),
            failed=self._tell_failure,
        )
        self._job.progressed.connect(self._show_progress)
        self._job.finished.connect(self._end_check)

    @Slot()
    def _cancel_check(self) -> None:
        if self._job is not None:
            self._job.cancel()

    @Slot(int, int, str)
    def _show_progress(self, done: int, total: int, _text: str) -> None:
        self.progress.setMaximum(total)
        self.progress.setValue(done)
        self.checking.set_note(self.tr("Checking file {0} of {1}…").format(done + 1, total))

    @Slot(str)
    def _end_check(self, state: str) -> None:
        self._show_running(False)
        if state == JobState.CANCELLED:
            self.checking.set_note(self.tr("The check was cancelled."))
        self._job = None

    def _show_running(self, running: bool) -> None:
        had_focus = self.check.hasFocus() or self.cancel.hasFocus()
        self.progress.setMaximum(0)
        for widget in (self.progress, self.cancel):
            widget.setVisible(running)
        self.check.setVisible(not running)
        if had_focus:
            (self.cancel if running else self.check).setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_result(self, report: CheckReport) -> None:
        if report.problems:
            shown = list(report.problems[:_MOST_PROBLEMS])
            more = len(report.problems) - len(shown)
            shown += [self.tr("… and {0} more").format(more)] if more else []
            self.checking.note.set_color("bad")
            self.checking.set_note("\n".join(shown))
        else:
            self.checking.note.set_color("ok")
            self.checking.set_note(self.tr("No problem found. Every file is as it was added."))
        self.facts_wanted.emit()

    def _tell_failure(self, error: KnownError) -> None:
        self.checking.set_note(error.message)
        self._context.messages.error(error)

    # Sample -----------------------------------------------------------------------------------------------------

    @Slot()
    def _change_sample(self) -> None:
        self.sample_button.setEnabled(False)
        service = remove_sample if self._has_sample else add_sample
        toast = self.tr("Sample data removed") if self._has_sample else self.tr("Sample data added")
        self._context.operations.change(
            partial(service, self._context.library, self._context.today()),
            self._after_sample,
            toast=toast,
            failed=self._tell_sample_failure,
        )

    def _after_sample(self, _count: int) -> None:
        self.facts_wanted.emit()

    def _tell_sample_failure(self, error: KnownError) -> None:
        self.sample_button.setEnabled(True)
        self._context.messages.error(error)


def _check(library: Library, progress: Progress) -> CheckReport:
    return check_library(library, progress.report)
