"""What the catalogue does to the library: each method asks what it must, then runs one use case."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import Path, PathStep, Program, Stage
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.programs.program_dialog import ProgramDialog
from learnpath.gui.widgets.date_dialog import DateDialog
from learnpath.services.paths import add_steps
from learnpath.services.programs import (
    ProgramForm,
    delete_programs,
    read_program_form,
    save_program,
    take_programs,
)
from learnpath.services.sample import add_sample

_SCHEMES = ("http", "https")


class ProgramActions(QObject):
    """Takes, edits and removes programs. `saved(id)`: a program was added or edited."""

    saved = Signal(object)

    def __init__(self, context: GuiContext, owner: QWidget) -> None:
        """Open dialogs over `owner`."""
        super().__init__(owner)
        self._context = context
        self._owner = owner

    def take(self, ids: Sequence[int], what: str, stage: Stage) -> None:
        """Plan or start programs; `what` names them."""
        self._take(ids, what, stage, None)

    def ask_have(self, ids: Sequence[int], what: str) -> None:
        """Ask when they were earned and make earned credentials of them."""
        dialog = DateDialog(
            self._context.theme,
            self.tr("I have it: {what}").format(what=what),
            self.tr("Earned on"),
            self.tr("Add as earned"),
            self._context.today,
            self._owner,
        )
        dialog.chosen.connect(partial(self._take, list(ids), what, Stage.EARNED))
        dialog.open()

    def add_to_path(self, ids: Sequence[int], path: Path) -> None:
        """Append programs to a path."""
        task = partial(add_steps, self._context.library, path.id, program_ids=list(ids))
        self._context.operations.change(task, toast=partial(self._added_text, path.title))

    def add(self) -> None:
        """Ask for a new program and store it."""
        context = self._context
        context.operations.read(partial(_new_form, context), self._open_form)

    def edit(self, program_id: int) -> None:
        """Ask for a program's values and store them."""
        context = self._context
        context.operations.read(partial(_stored_form, context, program_id), self._open_form)

    def delete(self, ids: Sequence[int], what: str) -> None:
        """Remove programs from the catalogue; the person's own records stay."""
        task = partial(delete_programs, self._context.library, list(ids))
        self._context.operations.change(task, toast=self.tr("Deleted {what}").format(what=what))

    def open_link(self, address: str) -> None:
        """Open a web address outside; anything but http and https is left alone."""
        url = QUrl(address, QUrl.ParsingMode.StrictMode)
        if url.isValid() and url.scheme() in _SCHEMES:
            QDesktopServices.openUrl(url)

    def open_credential(self, credential_id: int) -> None:
        """Go to the person's own record."""
        self._context.navigate.to_record("credential", credential_id)

    def open_program(self, program_id: int) -> None:
        """Go to another program."""
        self._context.navigate.to_record("program", program_id)

    def open_path(self, path_id: int) -> None:
        """Go to a path."""
        self._context.navigate.to_record("path", path_id)

    def open_sample(self) -> None:
        """Put the sample data into the library."""
        task = partial(add_sample, self._context.library, self._context.today())
        self._context.operations.change(task, toast=self.tr("Added sample data"))

    def _open_form(self, read: tuple[ProgramForm, str]) -> None:
        form, currency = read
        dialog = ProgramDialog(self._context, form, currency, self._owner)
        dialog.saved.connect(self._save)
        dialog.open()

    def _save(self, form: ProgramForm) -> None:
        task = partial(save_program, self._context.library, form)
        text = self.tr("Saved {name}") if form.program.id else self.tr("Added {name}")
        self._context.operations.change(task, self._tell_saved, toast=text.format(name=form.program.name.strip()))

    def _tell_saved(self, program: Program) -> None:
        self.saved.emit(program.id)

    def _take(self, ids: Sequence[int], what: str, stage: Stage, on: PartialDate | None) -> None:
        words = {
            Stage.PLANNED: self.tr("Planned {what}"),
            Stage.ENROLLED: self.tr("Started {what}"),
            Stage.EARNED: self.tr("Added {what} as earned"),
        }
        task = partial(take_programs, self._context.library, list(ids), stage, on=on)
        self._context.operations.change(task, toast=words[stage].format(what=what))

    def _added_text(self, title: str, added: list[PathStep]) -> str:
        if len(added) == 1:
            return self.tr("Added 1 step to {title}").format(title=title)
        return self.tr("Added %n steps to {title}", "", len(added)).format(title=title)


def _new_form(context: GuiContext) -> tuple[ProgramForm, str]:
    return ProgramForm(program=Program(name="")), context.library.profile().currency


def _stored_form(context: GuiContext, program_id: int) -> tuple[ProgramForm, str]:
    form = read_program_form(context.library, program_id, context.today())
    return form, context.library.profile().currency
