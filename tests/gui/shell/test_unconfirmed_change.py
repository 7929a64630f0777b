"""A disk that does not confirm a change: whether it was made is read again, in everything that the window shows."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import apsw
import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot
from tests.gui.conftest import TODAY
from tests.library_fixtures import NOW, counting
from tests.rigs.disk import Call, Disk, layer

from learnpath.domain.records import Credential
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.messages import BannerMessage
from learnpath.gui.infra.theme import Theme
from learnpath.gui.screens.credentials.screen import CredentialsScreen
from learnpath.gui.shell.commands import UNDO
from learnpath.gui.shell.window import MainWindow
from learnpath.gui.start import make_context
from learnpath.services.credentials import CredentialForm, save_credential
from learnpath.settings import Settings
from learnpath.storage.library import Library, Surroundings

OpenWindow = Callable[[GuiContext, QSize], MainWindow]


@pytest.fixture
def disk() -> Iterator[Disk]:
    with layer() as made:
        yield made


@pytest.fixture
def library(tmp_path: Path, disk: Disk) -> Iterator[Library]:
    """A library on a disk that a test makes fail."""
    opened = Library.open(tmp_path / "library", Surroundings(lambda: NOW, counting(), "test", disk.name))
    yield opened
    disk.watcher = None
    opened.close()


@pytest.fixture
def context(library: Library, theme: Theme, tmp_path: Path, disk: Disk) -> Iterator[GuiContext]:
    context = make_context(library, Settings(tmp_path / "settings.json"), theme, lambda: TODAY)
    context.operations.crashed.connect(pytest.fail)
    yield context
    disk.watcher = None
    context.operations.shutdown()


class _Forgetful:
    """Refuses to confirm a commit whose change is in the file already, and answers again afterwards."""

    def __init__(self, times: int) -> None:
        self._left = times
        self._is_emptied = False

    def __call__(self, call: Call) -> None:
        if self._is_emptied and self._left:
            self._left -= 1
            raise apsw.IOError("refused")
        self._is_emptied = self._is_emptied or (call.kind == "truncate" and call.file.endswith("-journal"))


def titles(screen: CredentialsScreen) -> list[str]:
    return [str(screen.model.index(row, 0).data() or "") for row in range(screen.model.rowCount())]


def add(library: Library, title: str) -> Credential:
    return save_credential(library, CredentialForm(credential=Credential(title=title))).value


def test_everything_on_show_is_read_again(
    context: GuiContext, library: Library, disk: Disk, open_window: OpenWindow, qtbot: QtBot
) -> None:
    _ = add(library, "Security+")
    window = open_window(context, QSize(1320, 840))
    banners: list[BannerMessage] = []
    context.messages.banner_requested.connect(banners.append)
    context.navigate.to_screen("overview")
    context.navigate.to_screen("credentials")
    qtbot.waitUntil(lambda: not context.operations.busy)
    screen = window.stack.current()
    assert isinstance(screen, CredentialsScreen)
    qtbot.waitUntil(lambda: titles(screen) == ["Security+"])
    disk.watcher = _Forgetful(2)
    context.operations.change(partial(save_credential, library, CredentialForm(credential=Credential(title="AZ-104"))))
    qtbot.waitUntil(lambda: bool(banners))
    assert "did not confirm the last change" in banners[0].text
    qtbot.waitUntil(lambda: sorted(titles(screen)) == ["AZ-104", "Security+"])
    qtbot.waitUntil(lambda: context.actions.text(UNDO) == "Undo add AZ-104")
    qtbot.waitUntil(lambda: not context.operations.busy)
    assert window.stack.visit("overview").stale is False
    assert len(banners) == 1


def test_screens_out_of_view_are_read_when_they_are_shown(
    context: GuiContext, library: Library, disk: Disk, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(context, QSize(1320, 840))
    context.navigate.to_screen("credentials")
    context.navigate.to_screen("settings")
    qtbot.waitUntil(lambda: not context.operations.busy)
    hidden = [screen for screen in window.stack.visited() if not screen.isVisible()]
    assert hidden
    assert not any(screen.stale for screen in hidden)
    disk.watcher = _Forgetful(2)
    task = partial(save_credential, library, CredentialForm(credential=Credential(title="AZ-104")))
    failed: list[object] = []
    context.operations.change(task, failed=failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert all(screen.stale for screen in hidden)
    qtbot.waitUntil(lambda: not context.operations.busy)
