"""What the screen of paths does to the library: each method asks what it must, then runs one use case."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from learnpath.domain.dates import PartialDate
from learnpath.domain.progress import PathProgress, StepProgress, StepState
from learnpath.domain.records import Path, PathStep, Stage
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.paths.add_steps_dialog import AddStepsDialog
from learnpath.gui.screens.paths.path_dialog import PathDialog
from learnpath.gui.widgets.date_dialog import DateDialog
from learnpath.services.path_steps import take_step
from learnpath.services.paths import add_steps, delete_path, move_step, remove_step, save_path
from learnpath.services.sample import add_sample


class PathActions(QObject):
    """Changes paths and steps. `path_saved(id)`: a path was added or edited."""

    path_saved = Signal(object)

    def __init__(self, context: GuiContext, owner: QWidget) -> None:
        """Open dialogs over `owner`."""
        super().__init__(owner)
        self._context = context
        self._owner = owner

    def edit_path(self, path: Path) -> None:
        """Ask for a path's values and store them; id 0 makes a new one."""
        dialog = PathDialog(self._context.theme, path, self._context.today, self._owner)
        dialog.saved.connect(self._save)
        dialog.open()

    def delete_path(self, path: Path) -> None:
        """Delete a path; what its steps stand for stays."""
        task = partial(delete_path, self._context.library, path.id)
        toast = self.tr("Deleted path {title}").format(title=path.title)
        self._context.operations.change(task, toast=toast)

    def add_steps(self, path: Path) -> None:
        """Let the person choose programs and credentials and append them."""
        dialog = AddStepsDialog(self._context, path, self._owner)
        dialog.chosen.connect(partial(self._add, path))
        dialog.open()

    def move(self, step: StepProgress, offset: int) -> None:
        """Move a step up (negative) or down."""
        self._context.operations.change(partial(move_step, self._context.library, step.step.id, offset))

    def remove(self, step: StepProgress) -> None:
        """Take a step out of its path."""
        task = partial(remove_step, self._context.library, step.step.id)
        self._context.operations.change(task, toast=self.tr("Removed step {title}").format(title=step.title))

    def take(self, step: StepProgress, stage: Stage) -> None:
        """Plan, start or finish a step; finishing asks for the day."""
        if stage is not Stage.EARNED:
            self._take(step, stage, None)
            return
        renewal = step.state is StepState.RENEW
        title = self.tr("Renewed: {title}") if renewal else self.tr("Mark as done: {title}")
        dialog = DateDialog(
            self._context.theme,
            title.format(title=step.title),
            self.tr("Renewed on") if renewal else self.tr("Earned on"),
            self.tr("Save the renewal") if renewal else self.tr("Mark as done"),
            self._context.today,
            self._owner,
        )
        dialog.chosen.connect(partial(self._take, step, stage))
        dialog.open()

    def open_sample(self) -> None:
        """Put the sample data into the library."""
        task = partial(add_sample, self._context.library, self._context.today())
        self._context.operations.change(task, toast=self.tr("Added sample data"))

    def open_step(self, progress: PathProgress, step_id: int) -> None:
        """Go to the credential of a step, or else to its program."""
        step = next((one for one in progress.steps if one.step.id == step_id), None)
        if step is None:
            return
        if step.credential is not None:
            self._context.navigate.to_record("credential", step.credential.id)
        elif step.program is not None:
            self._context.navigate.to_record("program", step.program.id)

    def _save(self, path: Path) -> None:
        task = partial(save_path, self._context.library, path)
        toast = (self.tr("Saved path {title}") if path.id else self.tr("Added path {title}")).format(title=path.title)
        self._context.operations.change(task, self._tell_saved, toast=toast)

    def _tell_saved(self, path: Path) -> None:
        self.path_saved.emit(path.id)

    def _add(self, path: Path, program_ids: list[int], credential_ids: list[int]) -> None:
        task = partial(
            add_steps, self._context.library, path.id, program_ids=program_ids, credential_ids=credential_ids
        )
        self._context.operations.change(task, toast=partial(self._added_text, path.title))

    def _added_text(self, title: str, added: list[PathStep]) -> str:
        if len(added) == 1:
            return self.tr("Added 1 step to {title}").format(title=title)
        return self.tr("Added %n steps to {title}", "", len(added)).format(title=title)

    def _take(self, step: StepProgress, stage: Stage, on: PartialDate | None) -> None:
        context = self._context
        task = partial(take_step, context.library, step.step.id, stage, context.today(), on=on)
        words = {
            Stage.PLANNED: self.tr("Planned {title}"),
            Stage.ENROLLED: self.tr("Started {title}"),
            Stage.EARNED: self.tr("Marked {title} as done"),
        }
        done = words[stage].format(title=step.title)
        context.operations.change(task, toast=done)
