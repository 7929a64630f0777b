"""The buttons for the current step: taking it on, finishing it, opening, moving and removing it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from learnpath.domain.progress import StepProgress, StepState
from learnpath.domain.records import Stage
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.paths.commands import STEP_DOWN, STEP_UP
from learnpath.gui.screens.paths.tool_button import tool_button
from learnpath.gui.shell.commands import REMOVE
from learnpath.gui.widgets.plain_label import PlainLabel


class StepBar(QWidget):
    """Offers what is possible with a step: `stage_wanted(Stage)`, `open_wanted()`, `move_wanted(-1 or 1)` and so on."""

    stage_wanted = Signal(object)
    open_wanted = Signal()
    move_wanted = Signal(int)
    remove_wanted = Signal()

    def __init__(self, context: GuiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._next_stage = Stage.PLANNED
        self.heading = PlainLabel(context.theme, self.tr("Steps"), "card_title")
        self.advance_button = QPushButton()
        self.done_button = QPushButton(self.tr("Mark as done…"))
        self.open_button = tool_button(context, "arrow-right", self.tr("Open what the step stands for (Enter)"))
        self.up_button = tool_button(context, "arrow-up", self.tr("Move step up"), STEP_UP)
        self.down_button = tool_button(context, "arrow-down", self.tr("Move step down"), STEP_DOWN)
        self.remove_button = tool_button(context, "trash", self.tr("Remove step from path"), REMOVE)
        self._build()
        self._connect()

    def show_step(self, step: StepProgress | None, *, first: bool, last: bool) -> None:
        """Offer what is possible with this step; None for no step."""
        texts = {
            StepState.OPEN: (self.tr("Plan this"), Stage.PLANNED),
            StepState.PLANNED: (self.tr("Start"), Stage.ENROLLED),
        }
        state = step.state if step is not None else None
        text, self._next_stage = texts.get(state, ("", Stage.EARNED)) if state else ("", Stage.EARNED)
        self.advance_button.setText(text)
        self.advance_button.setVisible(bool(text))
        self.done_button.setVisible(state is not None and state is not StepState.DONE)
        self.done_button.setText(self.tr("Renewed…") if state is StepState.RENEW else self.tr("Mark as done…"))
        self.open_button.setEnabled(step is not None and (step.credential is not None or step.program is not None))
        self.up_button.setEnabled(step is not None and not first)
        self.down_button.setEnabled(step is not None and not last)
        self.remove_button.setEnabled(step is not None)

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.heading, 1)
        for button in (self.advance_button, self.done_button):
            row.addWidget(button)
        for tool in (self.open_button, self.up_button, self.down_button, self.remove_button):
            row.addWidget(tool)

    def _connect(self) -> None:
        self.advance_button.clicked.connect(self._on_advance)
        self.done_button.clicked.connect(self._on_done)
        self.open_button.clicked.connect(self.open_wanted)
        self.up_button.clicked.connect(self._on_up)
        self.down_button.clicked.connect(self._on_down)
        self.remove_button.clicked.connect(self.remove_wanted)

    @Slot()
    def _on_advance(self) -> None:
        self.stage_wanted.emit(self._next_stage)

    @Slot()
    def _on_done(self) -> None:
        self.stage_wanted.emit(Stage.EARNED)

    @Slot()
    def _on_up(self) -> None:
        self.move_wanted.emit(-1)

    @Slot()
    def _on_down(self) -> None:
        self.move_wanted.emit(1)
