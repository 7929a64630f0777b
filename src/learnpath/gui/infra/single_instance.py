"""One window per library: the second start hands its files to the first window and ends.

Belongs here: finding the first window and talking to it over a local socket of this user. What the first window
does with the files is in the shell.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MILLISECONDS = 1000
_LARGEST_MESSAGE = 1_000_000


class SingleInstance(QObject):
    """The door between two starts of the same library.

    `activated(list[str])`: another start asked this window to come to the front, with absolute file paths to
    import (often none).
    """

    activated = Signal(list)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """Name the door after the library folder; nothing is opened yet."""
        super().__init__(parent)
        digest = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogateescape")).hexdigest()
        self._name = f"learnpath-{digest[:24]}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        self._received: dict[QLocalSocket, bytes] = {}

    def offer(self, files: Sequence[Path] = ()) -> bool:
        """Return True when the first window took the files (this start should end), False when we are the first."""
        if self._hand_over(files):
            return True
        # Nobody answered: a socket file that a crash left behind must not keep us out.
        QLocalServer.removeServer(self._name)
        return not self._server.listen(self._name) and self._hand_over(files)

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _hand_over(self, files: Sequence[Path]) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MILLISECONDS):
            return False
        paths = [str(path.absolute()) for path in files]
        socket.write(json.dumps(paths).encode("ascii") + b"\n")
        socket.waitForBytesWritten(_WAIT_MILLISECONDS)
        socket.disconnectFromServer()
        return True

    @Slot()
    def _greet(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            self._received[socket] = b""
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(self._read)
            self._take(socket)

    @Slot()
    def _read(self) -> None:
        for socket in list(self._received):
            self._take(socket)

    def _take(self, socket: QLocalSocket) -> None:
        self._received[socket] += socket.readAll().data()
        message = self._received[socket]
        ended = socket.state() == QLocalSocket.LocalSocketState.UnconnectedState
        if not (message.endswith(b"\n") or ended or len(message) > _LARGEST_MESSAGE):
            return
        del self._received[socket]
        socket.deleteLater()
        files = _parse(message)
        if files is not None:
            self.activated.emit(files)


def _parse(message: bytes) -> list[str] | None:
    """Return the paths of a message, or None when it is not one of ours."""
    try:
        value = cast("object", json.loads(message))
    except ValueError:
        return None
    if not isinstance(value, list):
        return None
    items = cast("list[object]", value)
    paths = [item for item in items if isinstance(item, str)]
    return paths if len(paths) == len(items) else None
