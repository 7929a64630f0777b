"""What can be done with credentials: asks what has to be asked, changes, and says so in a toast.

Belongs here: dialogs and changes. Which records are meant is the caller's.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from learnpath.domain.changes import Outcome
from learnpath.domain.dates import PartialDate
from learnpath.domain.listing import Choice
from learnpath.domain.money import Money
from learnpath.domain.records import AchievementType, CostLine, Credential, EvidenceFile, Profile, Stage
from learnpath.domain.wording import minutes_text, money_text
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.folders import documents_folder
from learnpath.gui.screens.credentials.dialog import CredentialDialog
from learnpath.gui.screens.credentials.small_dialogs import CostDialog, EarnedDialog, LetGoDialog, StudyDialog
from learnpath.gui.widgets.form_dialog import FormDialog
from learnpath.gui.widgets.record_wording import stage_text
from learnpath.services import credentials as credential_service
from learnpath.services.credentials import CredentialForm
from learnpath.services.evidence import attach_files, detach_file, evidence_path
from learnpath.services.study import delete_cost, log_study, save_cost

# What a viewer shows without running it; anything else is shown in its folder instead.
_SHOWABLE = frozenset([".pdf", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".txt", ".md", ".csv", ".json"])


class CredentialActions(QObject):
    """Acts on credentials by their ids. `saved(id)`: a credential was added or edited in the dialog."""

    saved = Signal(object)

    def __init__(self, context: GuiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._host = parent

    def add(self, files: Sequence[Path] = ()) -> CredentialDialog:
        """Open the dialog for a new credential, with files as proof when there are any; return it."""
        blank = Credential(title="", achievement_type=AchievementType.CERTIFICATION)
        dialog = self._open_form(CredentialForm(credential=blank))
        if files:
            dialog.add_files(files)
        return dialog

    def edit(self, credential_id: int) -> None:
        """Open the dialog for a stored credential."""
        task = partial(credential_service.read_form, self._context.library, credential_id)
        self._context.operations.read(task, self._open_form)

    def ask_earned(self, ids: Sequence[int], what: str) -> None:
        """Ask for the day, then mark as earned."""
        dialog = EarnedDialog(self._context, what, self._host)
        dialog.ready.connect(partial(self._mark_earned, dialog, list(ids), what))
        dialog.open()

    def set_stage(self, ids: Sequence[int], stage: Stage, what: str) -> None:
        """Move to a stage; earning asks for the day and letting go for the reason."""
        if stage is Stage.EARNED:
            self.ask_earned(ids, what)
        elif stage is Stage.LET_GO:
            dialog = LetGoDialog(self._context, what, self._host)
            dialog.ready.connect(partial(self._let_go, dialog, list(ids), what))
            dialog.open()
        else:
            toast = self.tr("Set {what} to {stage}").format(what=what, stage=stage_text(stage).lower())
            self._change(partial(credential_service.set_stage, self._context.library, list(ids), stage), toast)

    def delete(self, ids: Sequence[int], what: str) -> None:
        """Remove without asking: the toast takes it back."""
        task = partial(credential_service.delete_credentials, self._context.library, list(ids))
        self._change(task, self.tr("Deleted {what}").format(what=what))

    def attach(self, credential_id: int, paths: Sequence[Path]) -> None:
        """Attach files as proof."""
        files = [path for path in paths if path.is_file()]
        if not files:
            return
        task = partial(attach_files, self._context.library, credential_id, files)
        self._context.operations.change(task, self._after_attaching, toast=self._attached_text)

    def choose_files(self, credential_id: int) -> None:
        """Ask for files and attach them."""
        title = self.tr("Choose files as proof")
        names, _ = QFileDialog.getOpenFileNames(self._host, title, str(documents_folder()))
        self.attach(credential_id, [Path(name) for name in names])

    def detach(self, evidence: EvidenceFile) -> None:
        """Take a file off its credential."""
        task = partial(detach_file, self._context.library, evidence.id)
        self._change(task, self.tr("Removed {name}").format(name=evidence.original_name))

    def open_file(self, evidence: EvidenceFile) -> None:
        """Show a file in its viewer; one that might run instead of being shown is shown in its folder."""
        path = evidence_path(self._context.library, evidence)
        if path.suffix.lower() in _SHOWABLE:
            _ = QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        else:
            self.reveal(evidence)

    def reveal(self, evidence: EvidenceFile) -> None:
        """Show the folder a file lies in."""
        path = evidence_path(self._context.library, evidence)
        _ = QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def open_link(self, address: str) -> None:
        """Open a web address in the browser; any other kind of address is left alone."""
        url = QUrl(address, QUrl.ParsingMode.StrictMode)
        if url.isValid() and url.scheme() in {"http", "https"} and url.host():
            _ = QDesktopServices.openUrl(url)

    def copy(self, text: str) -> None:
        """Put text into the clipboard and say so."""
        QGuiApplication.clipboard().setText(text)
        self._context.messages.toast(self.tr("Copied {text}").format(text=text), undo=False)

    def add_cost(self, credential_id: int) -> None:
        """Ask for a new cost line in the library's currency."""
        task = self._context.library.profile
        self._context.operations.read(task, partial(self._ask_new_cost, credential_id))

    def edit_cost(self, cost: CostLine) -> None:
        """Ask for changes of a cost line."""
        dialog = CostDialog(self._context, cost, self._host)
        dialog.ready.connect(partial(self._save_cost, dialog))
        dialog.open()

    def delete_cost(self, cost: CostLine) -> None:
        """Remove a cost line."""
        task = partial(delete_cost, self._context.library, cost.id)
        self._change(task, self.tr("Removed {amount}").format(amount=money_text(cost.price)))

    def ask_study(self, about: Choice | None) -> None:
        """Ask how long one studied, beginning with a credential."""
        dialog = StudyDialog(self._context, about, self._host)
        dialog.ready.connect(partial(self._log_study, dialog))
        dialog.open()

    def _open_form(self, form: CredentialForm) -> CredentialDialog:
        dialog = CredentialDialog(self._context, form, self._host)
        dialog.ready.connect(partial(self._save, dialog))
        dialog.open()
        return dialog

    def _save(self, dialog: CredentialDialog, form: CredentialForm, files: list[Path]) -> None:
        task = partial(credential_service.save_credential, self._context.library, form, files)
        words = self.tr("Saved {what}") if form.credential.id else self.tr("Added {what}")
        toast = words.format(what=form.credential.title)
        self._context.operations.change(task, partial(self._after_saving, dialog), toast=toast)

    def _after_saving(self, dialog: CredentialDialog, credential: Credential) -> None:
        dialog.accept()
        self.saved.emit(credential.id)

    def _mark_earned(self, dialog: FormDialog, ids: list[int], what: str, on: PartialDate) -> None:
        dialog.accept()
        task = partial(credential_service.mark_earned, self._context.library, ids, on)
        self._change(task, self.tr("Marked {what} as earned").format(what=what))

    def _let_go(self, dialog: FormDialog, ids: list[int], what: str, reason: str) -> None:
        dialog.accept()
        task = partial(credential_service.set_stage, self._context.library, ids, Stage.LET_GO, reason=reason)
        self._change(task, self.tr("Let go of {what}").format(what=what))

    def _ask_new_cost(self, credential_id: int, profile: Profile) -> None:
        self.edit_cost(CostLine(credential_id=credential_id, price=Money(0, profile.currency)))

    def _save_cost(self, dialog: FormDialog, cost: CostLine) -> None:
        dialog.accept()
        words = self.tr("Saved {amount}") if cost.id else self.tr("Added {amount}")
        self._change(partial(save_cost, self._context.library, cost), words.format(amount=money_text(cost.price)))

    def _log_study(self, dialog: FormDialog, minutes: int, on: date, credential_id: int, note: str) -> None:
        dialog.accept()
        task = partial(log_study, self._context.library, minutes, on, credential_id=credential_id or None, note=note)
        self._change(task, self.tr("Logged {length}").format(length=minutes_text(minutes)))

    def _after_attaching(self, added: list[EvidenceFile]) -> None:
        if not added:
            self._context.messages.toast(self.tr("This file is attached already"), undo=False)

    def _attached_text(self, added: list[EvidenceFile]) -> str:
        if len(added) == 1:
            return self.tr("Attached {name}").format(name=added[0].original_name)
        return self.tr("Attached %n files", None, len(added))

    def _change(self, task: Callable[[], Outcome[Any]], toast: str) -> None:
        self._context.operations.change(task, toast=toast)
