from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from learnpath.gui.infra.single_instance import SingleInstance


@pytest.fixture
def first(qapp: object, tmp_path: Path) -> Iterator[SingleInstance]:
    instance = SingleInstance(tmp_path)
    yield instance
    instance.close()


def test_the_second_start_hands_its_files_to_the_first(qtbot: QtBot, first: SingleInstance, tmp_path: Path) -> None:
    assert not first.offer([tmp_path / "ignored.csv"])
    second = SingleInstance(tmp_path)
    files = [tmp_path / "Zertifikat – Übung.pdf", tmp_path / "b.csv"]
    with qtbot.waitSignal(first.activated) as activated:
        assert second.offer(files)
    assert activated.args == [[str(path) for path in files]]


def test_a_start_without_files_still_raises_the_window(qtbot: QtBot, first: SingleInstance, tmp_path: Path) -> None:
    first.offer()
    with qtbot.waitSignal(first.activated) as activated:
        assert SingleInstance(tmp_path).offer()
    assert activated.args == [[]]


def test_another_library_has_another_door(first: SingleInstance, tmp_path: Path) -> None:
    assert not first.offer()
    other = SingleInstance(tmp_path / "other")
    assert not other.offer()
    other.close()


def test_the_same_folder_written_differently_has_the_same_door(first: SingleInstance, tmp_path: Path) -> None:
    first.offer()
    assert SingleInstance(tmp_path / "x" / "..").offer()


def test_after_the_first_closed_the_next_is_first(first: SingleInstance, tmp_path: Path) -> None:
    first.offer()
    first.close()
    second = SingleInstance(tmp_path)
    assert not second.offer()
    second.close()


@pytest.mark.parametrize("message", [b"\xff\xfe\n", b'{"run": "it"}\n', b"[1, null]\n", b"not ended"])
def test_foreign_messages_do_no_harm(qtbot: QtBot, first: SingleInstance, tmp_path: Path, message: bytes) -> None:
    first.offer()
    received: list[list[str]] = []
    first.activated.connect(received.append)
    socket = QLocalSocket()
    socket.connectToServer(first._name)  # pyright: ignore[reportPrivateUsage]
    assert socket.waitForConnected(1000)
    socket.write(message)
    socket.waitForBytesWritten(1000)
    socket.disconnectFromServer()
    with qtbot.waitSignal(first.activated):
        SingleInstance(tmp_path).offer([tmp_path / "good.csv"])
    assert received == [[str(tmp_path / "good.csv")]]
