"""The guard sees what it is there for."""

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.network_guard import ATTEMPTS, NetworkError


@pytest.fixture
def forgiven() -> Iterator[None]:
    before = len(ATTEMPTS)
    yield
    del ATTEMPTS[before:]


@pytest.mark.usefixtures("forgiven")
def test_a_look_up_is_refused_and_noted() -> None:
    with pytest.raises(NetworkError):
        _ = socket.getaddrinfo("localhost", 80)
    assert "getaddrinfo" in ATTEMPTS[-1]


@pytest.mark.usefixtures("forgiven")
@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM])
def test_a_connection_is_refused_and_noted(kind: socket.SocketKind) -> None:
    with socket.socket(socket.AF_INET, kind) as connection, pytest.raises(NetworkError):
        connection.connect(("127.0.0.1", 9))
    assert "127.0.0.1" in ATTEMPTS[-1]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such sockets in Python")
def test_a_socket_of_this_machine_is_allowed(tmp_path: Path) -> None:
    before = len(ATTEMPTS)
    with socket.socket(socket.AF_UNIX) as connection, pytest.raises(FileNotFoundError):
        connection.connect(str(tmp_path / "nobody"))
    assert len(ATTEMPTS) == before
