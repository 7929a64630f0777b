"""Backups on a timer: made beside the work when something changed, and a failure said once."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from learnpath.domain.records import Tag
from learnpath.gui.infra import backup_timer
from learnpath.gui.infra.backup_timer import BackupTimer
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.messages import BannerMessage
from learnpath.services.backups import backup_now, backup_state
from learnpath.storage.backups import backups_folder, stored_backups
from learnpath.storage.library import Library


@pytest.fixture
def timer(context: GuiContext) -> BackupTimer:
    return BackupTimer(context.library, context.operations, context.messages)


def _change(library: Library, name: str) -> None:
    with library.change(f"Add {name}") as change:
        _ = change.insert(Tag(name=name))


def _beat(timer: BackupTimer, qtbot: QtBot, times: int = 1) -> None:
    clock = timer.findChild(QTimer)
    assert clock is not None
    for _ in range(times):
        with qtbot.waitSignal(timer.changed):
            clock.timeout.emit()


def test_a_backup_is_made_every_half_hour_with_changes(timer: BackupTimer, library: Library, qtbot: QtBot) -> None:
    with qtbot.waitSignal(timer.changed):
        timer.start()
    assert timer.state is not None
    assert timer.state.newest is None
    _change(library, "one")
    _beat(timer, qtbot, 5)
    assert stored_backups(library.folder) == []
    assert not timer.state.up_to_date
    _beat(timer, qtbot)
    assert len(stored_backups(library.folder)) == 1
    assert timer.state.newest is not None
    assert timer.state.up_to_date
    assert timer.failure is None
    _beat(timer, qtbot, 6)
    assert len(stored_backups(library.folder)) == 1
    timer.stop()


def test_a_backup_is_made_when_asked_for(timer: BackupTimer, library: Library, qtbot: QtBot) -> None:
    _change(library, "one")
    timer.back_up_now()
    # Asked twice while one is being made: it is the same one.
    timer.back_up_now()
    assert timer.is_asked
    qtbot.waitUntil(lambda: not timer.is_asked)
    assert len(stored_backups(library.folder)) == 1


def test_a_backup_that_is_asked_for_during_a_beat_is_made_after_it(
    timer: BackupTimer, context: GuiContext, library: Library, qtbot: QtBot
) -> None:
    timer.start()
    timer.back_up_now()
    qtbot.waitUntil(lambda: not timer.is_asked)
    qtbot.waitUntil(lambda: not context.operations.busy)
    assert len(stored_backups(library.folder)) == 1
    assert timer.state is not None
    assert timer.state.count == 1
    timer.stop()


def test_a_failure_is_over_when_somebody_else_has_made_a_backup(
    timer: BackupTimer, context: GuiContext, library: Library, qtbot: QtBot
) -> None:
    place = backups_folder(library.folder)
    _ = place.write_text("in the way")
    timer.back_up_now()
    qtbot.waitUntil(lambda: timer.failure is not None)
    qtbot.waitUntil(lambda: not context.operations.busy)
    timer.take_state(backup_state(library))
    assert timer.failure is not None
    place.unlink()
    assert backup_now(library, even_unchanged=True).problem is None
    timer.take_state(backup_state(library))
    assert timer.failure is None


def test_a_failure_that_was_asked_for_is_said_each_time(
    timer: BackupTimer, context: GuiContext, library: Library, qtbot: QtBot
) -> None:
    banners: list[BannerMessage] = []
    context.messages.banner_requested.connect(banners.append)
    _ = backups_folder(library.folder).write_text("in the way")
    for number in (1, 2):
        timer.back_up_now()
        qtbot.waitUntil(lambda number=number: len(banners) == number)
    qtbot.waitUntil(lambda: not context.operations.busy)


def test_a_bug_in_a_backup_does_not_end_the_backups(
    timer: BackupTimer, context: GuiContext, library: Library, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashes: list[str] = []
    context.operations.crashed.disconnect()
    context.operations.crashed.connect(crashes.append)

    def fail(_library: Library) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(backup_timer, "backup_state", fail)
        timer.start()
        qtbot.waitUntil(lambda: len(crashes) == 1)
    timer.back_up_now()
    qtbot.waitUntil(lambda: not timer.is_asked)
    qtbot.waitUntil(lambda: not context.operations.busy)
    assert len(stored_backups(library.folder)) == 1
    timer.stop()


def test_a_failure_is_said_once_until_it_works_again(
    timer: BackupTimer, context: GuiContext, library: Library, qtbot: QtBot
) -> None:
    banners: list[BannerMessage] = []
    context.messages.banner_requested.connect(banners.append)
    _change(library, "one")
    place = backups_folder(library.folder)
    _ = place.write_text("in the way")
    _beat(timer, qtbot, 12)
    assert len(banners) == 1
    assert timer.failure is not None
    assert timer.failure.at <= library.now()
    assert "could not be backed up" in banners[0].text
    assert "could not be read or written" in banners[0].text
    place.unlink()
    _beat(timer, qtbot, 6)
    assert timer.failure is None
    assert len(stored_backups(library.folder)) == 1
    _change(library, "two")
    _ = place.rename(place.with_name("elsewhere"))
    _ = place.write_text("in the way again")
    _beat(timer, qtbot, 6)
    assert len(banners) == 2


def test_a_disk_that_refuses_the_beat_is_said(
    timer: BackupTimer, context: GuiContext, library: Library, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    banners: list[BannerMessage] = []
    context.messages.banner_requested.connect(banners.append)
    _change(library, "one")

    def refuse(_descriptor: int, _size: int) -> None:
        raise OSError(28, "No space left on device")

    clock = timer.findChild(QTimer)
    assert clock is not None
    with monkeypatch.context() as patch:
        patch.setattr("os.ftruncate", refuse)
        clock.timeout.emit()
        qtbot.waitUntil(lambda: not context.operations.busy)
    assert len(banners) == 1
    _beat(timer, qtbot)
    assert Path(library.folder, "library.lock").stat().st_size > 0


def test_half_an_hour_is_a_whole_number_of_beats() -> None:
    assert backup_timer.BACKUP_EVERY_MINUTES % backup_timer.BEAT_MINUTES == 0
