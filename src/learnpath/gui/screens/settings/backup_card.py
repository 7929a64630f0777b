"""The backups of the library: how old the newest is, one more now, and going back to one at the next start.

Belongs here: the card Backups. The list to choose from is in `restore_dialog`.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QWidget

from learnpath.errors import KnownError
from learnpath.gui.infra.backup_timer import BackupFailure
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.messages import MessageAction
from learnpath.gui.restore_at_start import choose_restore, chosen_restore, forget_restore
from learnpath.gui.screens.settings.look_dialog import LookDialog
from learnpath.gui.screens.settings.restore_dialog import RestoreDialog
from learnpath.gui.screens.settings.setting_card import SettingCard, buttons_side_by_side
from learnpath.gui.shell.commands import QUIT
from learnpath.gui.widgets.wording import age_text, moment_text
from learnpath.services.backups import BackupLine, BackupState, backup_state, list_backups
from learnpath.storage.backups import backups_folder, moment_of


class BackupCard(QObject):
    """The card Backups. `refresh` reads the state again."""

    def __init__(self, context: GuiContext, host: QWidget) -> None:
        super().__init__(host)
        self._context = context
        self._host = host
        self.card = SettingCard(context.theme, self.tr("Backups"))
        self.show_folder = QPushButton(self.tr("Show folder"))
        self.back_up = QPushButton(self.tr("Back up now"))
        self.keep_present = QPushButton(self.tr("Keep the present library"))
        self.look = QPushButton(self.tr("Look into it…"))
        self.restore = QPushButton(self.tr("Restore…"))
        self._build()
        self._connect()

    @Slot()
    def refresh(self) -> None:
        """Read how old the newest backup is and show it."""
        task = partial(backup_state, self._context.library)
        take = self._context.backups.take_state
        self._context.operations.read(task, take, failed=self._fail, replaces="settings.backups")

    def _build(self) -> None:
        self.newest = self.card.add_row(
            self.tr("Newest backup"), buttons_side_by_side(self.show_folder, self.back_up), self.tr("Looking…")
        )
        self.newest.note.setToolTip(
            self.tr("A backup is made every half hour when something changed. Each is opened and checked when made.")
        )
        self.going_back = self.card.add_row(
            self.tr("Go back to a backup"), buttons_side_by_side(self.look, self.keep_present, self.restore)
        )
        for button in (self.show_folder, self.look, self.restore):
            button.setEnabled(False)
        self._show_choice()

    def _connect(self) -> None:
        self.show_folder.clicked.connect(self._open_folder)
        self.back_up.clicked.connect(self._context.backups.back_up_now)
        self._context.backups.changed.connect(self._show)
        self.look.clicked.connect(self._look_into_one)
        self.restore.clicked.connect(self._ask_for_backup)
        self.keep_present.clicked.connect(self._forget_choice)

    @Slot()
    def _show(self) -> None:
        backups = self._context.backups
        state, failure = backups.state, backups.failure
        if state is not None:
            for button in (self.show_folder, self.look, self.restore):
                button.setEnabled(state.count > 0)
        self.newest.note.set_color("bad" if failure is not None and not backups.is_asked else "muted")
        if backups.is_asked:
            self.newest.set_note(self.tr("Making and checking a backup…"))
        elif failure is not None:
            text = self.tr("The last try at {0} failed. {1}").format(self._time_text(failure), failure.error.message)
            self.newest.set_note(text if state is None else f"{text}\n{self._good_text(state)}")
        elif state is not None:
            self.newest.set_note(self._state_text(state))

    def _time_text(self, failure: BackupFailure) -> str:
        here = failure.at.astimezone()
        is_today = here.date() == self._context.library.now().astimezone().date()
        return f"{here:%H:%M}" if is_today else moment_text(failure.at)

    def _good_text(self, state: BackupState) -> str:
        if state.age is None:
            return self.tr("There is no good backup yet.")
        return self.tr("Newest good backup: {0} · {1}").format(age_text(state.age), self._count_text(state))

    def _state_text(self, state: BackupState) -> str:
        if state.age is None:
            return self.tr("None yet.") if state.up_to_date else self.tr("None yet. The next one is made by itself.")
        text = self.tr("Made {0}, verified · {1}").format(age_text(state.age), self._count_text(state))
        return text if state.up_to_date else self.tr("{0} · newer changes are not in it yet").format(text)

    def _count_text(self, state: BackupState) -> str:
        return self.tr("1 backup") if state.count == 1 else self.tr("%n backups", "", state.count)

    @Slot()
    def _open_folder(self) -> None:
        place = backups_folder(self._context.library.folder)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))

    def _fail(self, error: KnownError) -> None:
        self.newest.note.set_color("bad")
        self.newest.set_note(error.message)

    # Going back -------------------------------------------------------------------------------------------------

    @Slot()
    def _ask_for_backup(self) -> None:
        self._list(self._open_restore)

    @Slot()
    def _look_into_one(self) -> None:
        self._list(self._open_look)

    def _list(self, done: Callable[[list[BackupLine]], object]) -> None:
        task = partial(list_backups, self._context.library.folder)
        self._context.operations.read(task, done, replaces="settings.backup_list")

    def _open_restore(self, lines: list[BackupLine]) -> None:
        dialog = RestoreDialog(self._context.theme, lines, self._context.library.now(), self._host)
        dialog.chosen.connect(self._keep_choice)
        dialog.open()

    def _open_look(self, lines: list[BackupLine]) -> None:
        LookDialog(self._context, lines, self._context.library.now(), self._host).open()

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
            self.going_back.set_note(
                self.tr("Take single records back, or restore all of it; what is there now is kept.")
            )
