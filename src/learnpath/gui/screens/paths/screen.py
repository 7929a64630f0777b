"""The screen of paths: all of them at the left, the steps of one at the right."""

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from learnpath.domain.changes import ChangeSet
from learnpath.domain.progress import PathProgress, StepProgress, StepState
from learnpath.domain.records import Path, Stage
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.navigation import Place
from learnpath.gui.screens.paths import words
from learnpath.gui.screens.paths.commands import ADD_STEPS, NEW_PATH, STEP_DOWN, STEP_UP
from learnpath.gui.screens.paths.path_actions import PathActions
from learnpath.gui.screens.paths.path_header import PathHeader
from learnpath.gui.screens.paths.path_list import PathCard, PathList, PathListModel
from learnpath.gui.screens.paths.step_bar import StepBar
from learnpath.gui.screens.paths.step_list import StepList
from learnpath.gui.screens.paths.step_model import StepModel, step_rows
from learnpath.gui.shell.commands import EDIT, LOG_STUDY_TIME, RECORD_HISTORY, REMOVE, TOGGLE_DONE
from learnpath.gui.shell.screen import Screen
from learnpath.gui.widgets.card import Card
from learnpath.gui.widgets.empty_state import EmptyState
from learnpath.services.path_steps import PathBoard, read_board
from learnpath.settings import Json

_STEP_COMMANDS = {STEP_UP: -1, STEP_DOWN: 1}


class PathsScreen(Screen):
    """Paths with progress by hours, forecast and next step; the steps of the current one as a timeline."""

    screen_id: ClassVar[str] = "paths"
    icon_name: ClassVar[str] = "path"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {"path", "path_step", "credential", "program", "issuer", "study_session", "profile"}
    )
    primary_command: ClassVar[str] = NEW_PATH
    secondary_command: ClassVar[str] = LOG_STUDY_TIME

    def __init__(self, context: GuiContext) -> None:
        super().__init__(context)
        self._board: PathBoard | None = None
        self._path_id = 0
        self._shown_id = 0
        theme = context.theme
        self.paths = PathList(theme, PathListModel(self), self.tr("Paths"))
        self.header = PathHeader(context)
        self.bar = StepBar(context)
        self.steps = StepList(theme, StepModel(self), self.tr("Steps in order"))
        self.empty = EmptyState(
            theme,
            "path",
            self.tr("No paths yet"),
            self.tr("A path leads to a goal through programs and credentials, in the order you want to take them."),
            self.tr("New path"),
            self.tr("Open sample data"),
        )
        self.empty_steps = EmptyState(
            theme,
            "plus",
            "",
            self.tr("This path has no steps yet. Add programs you want to take and credentials you have."),
            self.tr("Add steps…"),
        )
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self._pages = QStackedLayout()
        self._step_pages = QStackedLayout()
        self.changes = PathActions(context, self)
        self._build()
        self._connect()

    def title(self) -> str:
        """Return the title of the screen."""
        return self.tr("Paths")

    def refresh(self, change: ChangeSet | None) -> None:
        """Read all paths again."""
        context = self.context
        task = partial(read_board, context.library, context.today())
        context.operations.read(task, self._show, replaces="paths.board")

    def show_record(self, record_id: int) -> None:
        """Show a path, now or when it has been read."""
        self._path_id = record_id
        if self._board is not None:
            self._show(self._board)

    def can_run(self, command_id: str) -> bool:
        """Return whether there is a path or a step to do it to."""
        if command_id == TOGGLE_DONE:
            return self.current_step is not None
        if command_id == REMOVE and self.steps.hasFocus():
            return self.current_step is not None
        return command_id in {EDIT, REMOVE, RECORD_HISTORY} and self.current_path is not None

    def run_command(self, command_id: str) -> None:
        """Run a command of the screen or one that is sent to the screen in view."""
        path, step = self.current_path, self.current_step
        if command_id == NEW_PATH:
            self.changes.edit_path(Path(title=""))
        elif command_id in _STEP_COMMANDS:
            self._move(_STEP_COMMANDS[command_id])
        elif command_id == TOGGLE_DONE and step is not None:
            self.changes.take(step, Stage.ENROLLED if step.state is StepState.DONE else Stage.EARNED)
        elif command_id == REMOVE and self.steps.hasFocus():
            self._remove_step()
        elif path is not None:
            self._run_on_path(command_id, path)

    def save_state(self) -> dict[str, Json]:
        """Return the current path and the widths."""
        sizes: list[Json] = [*self.splitter.sizes()]
        return {"path": self._path_id, "sizes": sizes}

    def restore_state(self, state: Mapping[str, Json]) -> None:
        """Take back what `save_state` returned."""
        path_id, sizes = state.get("path"), state.get("sizes")
        if isinstance(path_id, int) and not self._path_id:
            self._path_id = path_id
        if isinstance(sizes, list) and len(sizes) == 2:
            whole = [size for size in sizes if isinstance(size, int)]
            if len(whole) == 2 and all(size > 0 for size in whole):
                self.splitter.setSizes(whole)

    @property
    def current_path(self) -> PathProgress | None:
        """Return the path in view, None when there is none."""
        paths = self._board.paths if self._board is not None else ()
        return next((one for one in paths if one.path.id == self._path_id), None)

    @property
    def current_step(self) -> StepProgress | None:
        """Return the selected step, None when there is none."""
        path = self.current_path
        steps = path.steps if path is not None else ()
        return next((one for one in steps if one.step.id == self.steps.current_id), None)

    # Showing -----------------------------------------------------------------------------------------------------

    def _show(self, board: PathBoard) -> None:
        self._board = board
        self._pages.setCurrentIndex(1 if board.paths else 0)
        if board.paths:
            if self.current_path is None:
                self._path_id = board.paths[0].path.id
            self.paths.show_cards([self._card(path) for path in board.paths], self._path_id)
        if self.hasFocus():
            # It was gone to before there was a list to give the focus to.
            self.focus_start()
        self._show_path()

    def _card(self, progress: PathProgress) -> PathCard:
        today = self.context.today()
        week = self._board.week_minutes if self._board is not None else 0
        forecast = words.forecast_text(progress, today)
        tips = (progress.path.title, words.percent_tip(progress), words.forecast_tip(progress, week))
        return PathCard(
            id=progress.path.id,
            title=progress.path.title,
            progress=words.progress_text(progress),
            forecast=forecast[:1].upper() + forecast[1:],
            color=words.forecast_color(progress),
            next_step=words.next_text(progress),
            share=progress.percent / 100,
            tip="\n".join(tip for tip in tips if tip),
        )

    def _show_path(self) -> None:
        progress, board = self.current_path, self._board
        if progress is None or board is None:
            self.steps.forget()
            self.context.actions.refresh()
            return
        if self._path_id != self._shown_id:
            self.steps.forget()
            self._shown_id = self._path_id
        today = self.context.today()
        self.header.show_path(progress, board.week_minutes, today)
        self._step_pages.setCurrentIndex(0 if progress.steps else 1)
        self.steps.show_rows(step_rows(progress, board.issuers, today))

    @Slot()
    def _show_step(self) -> None:
        progress, step = self.current_path, self.current_step
        places = [one.step.id for one in progress.steps] if progress is not None else []
        at = places.index(step.step.id) if step is not None else -1
        self.bar.show_step(step, first=at == 0, last=at == len(places) - 1)
        self.context.actions.refresh()

    # Doing -------------------------------------------------------------------------------------------------------

    def _run_on_path(self, command_id: str, progress: PathProgress) -> None:
        if command_id == ADD_STEPS:
            self.changes.add_steps(progress.path)
        elif command_id == EDIT:
            self.changes.edit_path(progress.path)
        elif command_id == REMOVE:
            self.changes.delete_path(progress.path)
        elif command_id == RECORD_HISTORY:
            self.context.navigate.to_screen("history", progress.path.id)

    @Slot(object)
    def _on_path_chosen(self, path_id: int) -> None:
        self._path_id = path_id
        self.context.navigate.note(Place(self.screen_id, path_id))
        self._show_path()

    @Slot(object)
    def _on_path_saved(self, path_id: int) -> None:
        self.show_record(path_id)

    @Slot(object)
    def _on_path_opened(self, _path_id: int) -> None:
        self.steps.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_new(self) -> None:
        self.run_command(NEW_PATH)

    @Slot()
    def _on_add(self) -> None:
        self.run_command(ADD_STEPS)

    @Slot()
    def _on_edit(self) -> None:
        self.run_command(EDIT)

    @Slot()
    def _on_history(self) -> None:
        self.run_command(RECORD_HISTORY)

    @Slot()
    def _on_delete(self) -> None:
        if self.current_path is not None:
            self.changes.delete_path(self.current_path.path)

    @Slot(object)
    def _on_open_step(self, step_id: int) -> None:
        if self.current_path is not None:
            self.changes.open_step(self.current_path, step_id)

    @Slot()
    def _on_open(self) -> None:
        self._on_open_step(self.steps.current_id)

    @Slot(object)
    def _on_stage(self, stage: Stage) -> None:
        if self.current_step is not None:
            self.changes.take(self.current_step, stage)

    @Slot(int)
    def _move(self, offset: int) -> None:
        if self.current_step is not None:
            self.changes.move(self.current_step, offset)

    @Slot(object, int)
    def _on_dragged(self, step_id: int, offset: int) -> None:
        self.steps.select_step(step_id)
        self._move(offset)

    @Slot()
    def _remove_step(self) -> None:
        if self.current_step is not None:
            self.changes.remove(self.current_step)

    # Building ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(10, 18, 18, 18)
        column.setSpacing(14)
        column.addWidget(self.header)
        card = Card(self.context.theme)
        card.add(self.bar)
        card.body.addLayout(self._step_pages, 1)
        self._step_pages.addWidget(self.steps)
        self._step_pages.addWidget(self.empty_steps)
        column.addWidget(card, 1)
        left = QWidget()
        side = QVBoxLayout(left)
        side.setContentsMargins(16, 16, 8, 8)
        side.addWidget(self.paths)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(1, 1)
        left.setMinimumWidth(self.context.theme.px(230))
        self.splitter.setSizes([320, 790])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._pages)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.splitter)
        self._attach()

    def _attach(self) -> None:
        actions = self.context.actions
        for command_id in (REMOVE, TOGGLE_DONE, STEP_UP, STEP_DOWN):
            if command_id in actions:
                actions.attach(command_id, self.steps)
        if REMOVE in actions:
            actions.attach(REMOVE, self.paths)

    def _connect(self) -> None:
        self.paths.path_chosen.connect(self._on_path_chosen)
        self.paths.opened.connect(self._on_path_opened)
        self.steps.step_chosen.connect(self._show_step)
        self.steps.opened.connect(self._on_open_step)
        self.steps.move_wanted.connect(self._on_dragged)
        self.bar.stage_wanted.connect(self._on_stage)
        self.bar.open_wanted.connect(self._on_open)
        self.bar.move_wanted.connect(self._move)
        self.bar.remove_wanted.connect(self._remove_step)
        self.header.add_wanted.connect(self._on_add)
        self.header.edit_wanted.connect(self._on_edit)
        self.header.history_wanted.connect(self._on_history)
        self.header.delete_wanted.connect(self._on_delete)
        self.empty.primary_clicked.connect(self._on_new)
        self.empty.secondary_clicked.connect(self.changes.open_sample)
        self.empty_steps.primary_clicked.connect(self._on_add)
        self.changes.path_saved.connect(self._on_path_saved)
