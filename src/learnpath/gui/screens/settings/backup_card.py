"""The backups of the library: how old the newest is, one more now, and going back to one at the next start.

Belongs here: the card Backups. The list to choose from is in `restore_dialog`.
"""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QWidget

from learnpath.errors import KnownError
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.jobs import Progress
from learnpath.gui.infra.messages import MessageAction
from learnpath.gui.restore_at_start import choose_restore, chosen_restore, forget_restore
from learnpath.gui.screens.settings.restore_dialog import RestoreDialog
from learnpath.gui.screens.settings.setting_card import SettingCard, buttons_side_by_side
from learnpath.gui.shell.commands import QUIT
from learnpath.gui.widgets.wording import age_text, moment_text
from learnpath.services.backups import BackupLine, BackupResult, BackupState, backup_now, backup_state, list_backups
from learnpath.storage.backups import Backup, backups_folder, moment_of
from learnpath.storage.library import Library


@dataclass(frozen=True, slots=True)
class _Made:
    result: BackupResult
    state: BackupState


class BackupCard(QObject):
    """The card Backups. `refresh` reads the state again."""

    def __init__(self, context: GuiContext, host: QWidget) -> None:
        super().__init__(host)
        self._context = context
        self._host = host
        self._running = False
        self._problem: KnownError | None = None
        self._newest_at_problem: Backup | None = None
        self.card = SettingCard(context.theme, self.tr("Backups"))
        self.show_folder = QPushButton(self.tr("Show folder"))
        self.back_up = QPushButton(self.tr("Back up now"))
        self.keep_present = QPushButton(self.tr("Keep the present library"))
        self.restore = QPushButton(self.tr("Restore…"))
        self._build()
        self._connect()

    @Slot()
    def refresh(self) -> None:
        """Read how old the newest backup is and show it."""
        task = partial(backup_state, self._context.library)
        self._context.operations.read(task, self._show, failed=self._fail, replaces="settings.backups")

    def _build(self) -> None:
        self.newest = self.card.add_row(
            self.tr("Newest backup"), buttons_side_by_side(self.show_folder, self.back_up), self.tr("Looking…")
        )
        self.newest.note.setToolTip(
            self.tr("A backup is made every half hour when something changed. Each is opened and checked when made.")
        )
        self.going_back = self.card.add_row(
            self.tr("Go back to a backup"), buttons_side_by_side(self.keep_present, self.restore)
        )
        for button in (self.show_folder, self.restore):
            button.setEnabled(False)
        self._show_choice()

    def _connect(self) -> None:
        self.show_folder.clicked.connect(self._open_folder)
        self.back_up.clicked.connect(self._back_up)
        self.restore.clicked.connect(self._ask_for_backup)
        self.keep_present.clicked.connect(self._forget_choice)

    def _show(self, state: BackupState) -> None:
        for button in (self.show_folder, self.restore):
            button.setEnabled(state.count > 0)
        if self._running:
            return
        if state.newest != self._newest_at_problem:
            # Since then one was made: what went wrong is over.
            self._problem = None
        texts = [self._problem.message] if self._problem is not None else []
        self.newest.note.set_color("muted" if self._problem is None else "bad")
        self.newest.set_note("\n".join([*texts, self._state_text(state)]))

    def _state_text(self, state: BackupState) -> str:
        if state.age is None:
            return self.tr("None yet.") if state.up_to_date else self.tr("None yet. The next one is made by itself.")
        count = self.tr("1 backup") if state.count == 1 else self.tr("%n backups", "", state.count)
        text = self.tr("Made {0}, verified · {1}").format(age_text(state.age), count)
        return text if state.up_to_date else self.tr("{0} · newer changes are not in it yet").format(text)

    @Slot()
    def _open_folder(self) -> None:
        place = backups_folder(self._context.library.folder)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))

    # Making one -------------------------------------------------------------------------------------------------

    @Slot()
    def _back_up(self) -> None:
        if self._running:
            return
        self._running = True
        self.newest.note.set_color("muted")
        self.newest.set_note(self.tr("Making and checking a backup…"))
        task = partial(_back_up_anyway, self._context.library)
        job = self._context.operations.long(task, self._tell_result, title=self.tr("Back up"), failed=self._fail)
        job.finished.connect(self._end)

    @Slot()
    def _end(self) -> None:
        self._running = False

    def _tell_result(self, made: _Made) -> None:
        self._problem = made.result.problem
        self._newest_at_problem = made.state.newest
        if made.result.problem is not None:
            self._context.messages.error(made.result.problem)
        else:
            self._context.messages.toast(self.tr("Backup made and checked"), undo=False)
        self._show(made.state)

    def _fail(self, error: KnownError) -> None:
        self.newest.note.set_color("bad")
        self.newest.set_note(error.message)

    # Going back -------------------------------------------------------------------------------------------------

    @Slot()
    def _ask_for_backup(self) -> None:
        task = partial(list_backups, self._context.library.folder)
        self._context.operations.read(task, self._open_dialog, replaces="settings.backup_list")

    def _open_dialog(self, lines: list[BackupLine]) -> None:
        dialog = RestoreDialog(self._context.theme, lines, self._host)
        dialog.chosen.connect(self._keep_choice)
        dialog.open()

    @Slot(str)
    def _keep_choice(self, name: str) -> None:
        try:
            choose_restore(self._context.settings, self._context.library.folder, name)
        except KnownError as error:
            self._context.messages.error(error)
            return
        self._show_choice()
        self.keep_present.setFocus()
        actions = self._context.actions
        close = (MessageAction(self.tr("Close Learnpath"), partial(actions.run, QUIT)),) if QUIT in actions else ()
        self._context.messages.banner(
            self.tr("Learnpath restores the backup when you start it next."),
            "ok",
            close,
            hint=self.tr("Until then you keep working in the present library, which is kept as a backup."),
        )

    @Slot()
    def _forget_choice(self) -> None:
        try:
            forget_restore(self._context.settings)
        except KnownError as error:
            self._context.messages.error(error)
            return
        self._context.messages.dismiss_banner()
        self._show_choice()
        self.restore.setFocus()

    def _show_choice(self) -> None:
        made_at = moment_of(chosen_restore(self._context.settings, self._context.library.folder))
        self.keep_present.setVisible(made_at is not None)
        self.restore.setVisible(made_at is None)
        if made_at is not None:
            text = self.tr("The backup of {0} is restored when you start Learnpath next.")
            self.going_back.set_note(text.format(moment_text(made_at)))
        else:
            self.going_back.set_note(self.tr("What is there now is kept as a backup first."))


def _back_up_anyway(library: Library, _progress: Progress) -> _Made:
    result = backup_now(library, even_unchanged=True)
    return _Made(result, backup_state(library))
