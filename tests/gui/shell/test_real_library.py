"""The window's way of a change over a real library file: write lane, bus, undo, and connections closed at the end."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from pytestqt.qtbot import QtBot

from learnpath.domain.changes import ChangeSet, Outcome
from learnpath.domain.records import Issuer
from learnpath.gui.infra.actions import ActionRegistry
from learnpath.gui.infra.bus import ChangeBus
from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.messages import Messages
from learnpath.gui.infra.operations import Operations
from learnpath.gui.infra.theme import Theme
from learnpath.gui.shell.commands import REDO, UNDO
from learnpath.gui.shell.undo import UndoController
from learnpath.services.libraries import open_library
from learnpath.storage.library import Library


def add_issuer(library: Library, name: str) -> Outcome[int]:
    with library.change(f"Add {name}") as change:
        added = change.insert(Issuer(name=name))
    return Outcome(added.id, change.change_set)


def names(library: Library) -> list[str]:
    return [issuer.name for issuer in library.all(Issuer)]


def counting(library: Library, ended: list[int]) -> Callable[[], None]:
    def close() -> None:
        library.close_thread()
        ended.append(1)

    return close


def test_change_undo_redo_and_shutdown(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    library = open_library(tmp_path / "library")
    ended: list[int] = []
    bus, messages, actions = ChangeBus(), Messages(), ActionRegistry(Icons(theme))
    operations = Operations(bus, messages, on_thread_exit=counting(library, ended))
    heard: list[ChangeSet] = []
    bus.changed.connect(heard.append)
    undo = UndoController(library, operations, bus, actions, messages)
    seen: list[list[str]] = []

    def settle() -> list[str]:
        operations.read(partial(names, library), seen.append)
        qtbot.waitUntil(lambda: not operations.busy)
        return seen[-1]

    assert settle() == []
    operations.change(partial(add_issuer, library, "CompTIA"))
    qtbot.waitUntil(lambda: not operations.busy)
    assert settle() == ["CompTIA"]
    assert heard[0].touches("issuer")
    assert actions.text(UNDO) == "Undo add CompTIA"
    undo.undo()
    qtbot.waitUntil(lambda: not operations.busy)
    assert settle() == []
    assert actions.text(REDO) == "Redo add CompTIA"
    undo.redo()
    qtbot.waitUntil(lambda: not operations.busy)
    assert settle() == ["CompTIA"]
    assert len(heard) == 3
    operations.shutdown()
    assert ended == [1, 1]
    library.close()
    again = open_library(tmp_path / "library")
    assert names(again) == ["CompTIA"]
    again.close()
