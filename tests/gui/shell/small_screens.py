"""Small real screens over a store of names: what the tests of the window open."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QListWidget, QVBoxLayout

from learnpath.domain.changes import ChangeSet, Outcome
from learnpath.gui.infra.actions import Command, Menu
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.shell.commands import (
    ADD_CREDENTIAL,
    EDIT,
    LOG_STUDY_TIME,
    REMOVE,
    TOGGLE_DONE,
    add_credential_command,
    import_command,
    log_study_time_command,
    settings_command,
)
from learnpath.gui.shell.palette_rows import PaletteHit
from learnpath.gui.shell.screen import Screen, ScreenFactory
from learnpath.settings import Json


class Names:
    """A store of names with undo: what the window needs of a library, in a few lines."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: list[str] = ["Docker Foundations", "Security+"]
        self._done: list[tuple[str, list[str]]] = []
        self._undone: list[tuple[str, list[str]]] = []

    def add(self, name: str) -> Outcome[int]:
        label = f"Add {name}"
        self._done.append((label, list(self.names)))
        self._undone.clear()
        self.names.append(name)
        return Outcome(len(self.names) - 1, self._changed(label))

    def undo(self) -> ChangeSet | None:
        return self._swap(self._done, self._undone)

    def redo(self) -> ChangeSet | None:
        return self._swap(self._undone, self._done)

    def undo_label(self) -> str | None:
        return self._done[-1][0] if self._done else None

    def redo_label(self) -> str | None:
        return self._undone[-1][0] if self._undone else None

    def _swap(self, source: list[tuple[str, list[str]]], target: list[tuple[str, list[str]]]) -> ChangeSet | None:
        if not source:
            return None
        label, names = source.pop()
        target.append((label, self.names))
        self.names = names
        return self._changed(label)

    def _changed(self, label: str) -> ChangeSet:
        return ChangeSet(label, frozenset({"credential"}), frozenset({1}))


class ListScreen(Screen):
    """A screen with a list of the names."""

    screen_id = "credentials"
    icon_name = "credential"
    kinds = frozenset({"credential"})
    primary_command = ADD_CREDENTIAL
    secondary_command = LOG_STUDY_TIME

    def __init__(self, context: GuiContext) -> None:
        super().__init__(context)
        self.store = cast("Names", cast("object", context.library))
        self.refreshes: list[ChangeSet | None] = []
        self.commands: list[str] = []
        self.shown: list[int] = []
        self.restored: Mapping[str, Json] = {}
        self.list = QListWidget(self)
        self.list.setAccessibleName("Credentials")
        self.list.currentRowChanged.connect(self._on_row)
        for command_id in (TOGGLE_DONE, REMOVE):
            context.actions.attach(command_id, self.list)
        layout = QVBoxLayout(self)
        layout.addWidget(self.list)

    def title(self) -> str:
        return "Credentials"

    def refresh(self, change: ChangeSet | None) -> None:
        self.refreshes.append(change)
        self.context.operations.read(partial(list, self.store.names), self._show, replaces=self.screen_id)

    def show_record(self, record_id: int) -> None:
        self.shown.append(record_id)

    def can_run(self, command_id: str) -> bool:
        return command_id in (EDIT, TOGGLE_DONE, REMOVE) and self.list.currentRow() >= 0

    def run_command(self, command_id: str) -> None:
        self.commands.append(command_id)

    def focus_search(self) -> bool:
        self.list.setFocus()
        return True

    def save_state(self) -> dict[str, Json]:
        return {"row": self.list.currentRow()}

    def restore_state(self, state: Mapping[str, Json]) -> None:
        self.restored = state

    def _show(self, names: list[str]) -> None:
        self.list.clear()
        self.list.addItems(names)

    def _on_row(self, _row: int) -> None:
        self.context.actions.refresh()


class PlainScreen(Screen):
    """A screen that shows nothing of the store; it takes files."""

    screen_id = "importing"
    icon_name = "import"
    kinds = frozenset({"import_source"})

    def __init__(self, context: GuiContext) -> None:
        super().__init__(context)
        self.refreshes: list[ChangeSet | None] = []
        self.files: list[Path] = []

    def title(self) -> str:
        return "Import"

    def refresh(self, change: ChangeSet | None) -> None:
        self.refreshes.append(change)

    def open_files(self, paths: Sequence[Path]) -> None:
        self.files.extend(paths)


class OverviewScreen(ListScreen):
    """The list again, as the first screen."""

    screen_id = "overview"
    icon_name = "overview"

    def title(self) -> str:
        return "Overview"


class SettingsScreen(PlainScreen):
    """An empty page at the foot."""

    screen_id = "settings"
    icon_name = "settings"

    def title(self) -> str:
        return "Settings"


@dataclass
class Today:
    """A clock that tests turn."""

    day: date = field(default_factory=lambda: date(2026, 11, 21))

    def __call__(self) -> date:
        return self.day


def make_factories() -> list[ScreenFactory]:
    return [
        ScreenFactory(
            screen_id="overview",
            title="Overview",
            icon_name="overview",
            create=OverviewScreen,
            commands=(log_study_time_command(),),
        ),
        ScreenFactory(
            screen_id="credentials",
            title="Credentials",
            icon_name="credential",
            create=ListScreen,
            opens=("credential",),
            commands=(
                add_credential_command(),
                Command(id="credentials.copy", text="Copy as Markdown", menu=Menu.EDIT, group=3),
            ),
        ),
        ScreenFactory(
            screen_id="importing",
            title="Import…",
            icon_name="import",
            create=PlainScreen,
            at_foot=True,
            takes_files=True,
            go=import_command,
        ),
        ScreenFactory(
            screen_id="settings",
            title="Settings",
            icon_name="settings",
            create=SettingsScreen,
            at_foot=True,
            go=settings_command,
        ),
    ]


class Records:
    """A record search that answers when the test says so."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Callable[[Sequence[PaletteHit]], object]]] = []

    def __call__(self, text: str, callback: Callable[[Sequence[PaletteHit]], object]) -> None:
        self.asked.append((text, callback))
