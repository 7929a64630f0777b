"""The disk between SQLite and the system: sees every call, can record it, refuse it, or end the process at it.

Belongs here: the layer itself. What is done with the calls is in `power_cut`, `io_errors`, `disk_full` and `kill`.
"""

import contextlib
import itertools
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, Literal

import apsw

Kind = Literal["open", "read", "write", "truncate", "sync", "delete", "rename", "sync-folder"]
_NUMBERS = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Call:
    """One call on a file. `at` is an offset for read and write, the new size for truncate; `to` the new name.

    `flag` is set for an open that may create the file, and for a delete that syncs the folder.
    """

    kind: Kind
    file: str
    at: int = 0
    data: bytes = b""
    flag: bool = False
    to: str = ""


# Called before each call is carried out; raises to refuse it. Returning False leaves the call out.
Watcher = Callable[[Call], bool | None]


class _File(apsw.VFSFile):
    def __init__(self, disk: "Disk", name: Any, flags: list[int]) -> None:
        self._disk = disk
        self._path = name.filename() if isinstance(name, apsw.URIFilename) else str(name or "")
        creates = bool(flags[0] & apsw.SQLITE_OPEN_CREATE)
        disk.tell(Call("open", self._path, flag=creates))
        super().__init__("", name, flags)

    def xRead(self, amount: int, offset: int) -> bytes:
        self._disk.tell(Call("read", self._path, offset))
        return super().xRead(amount, offset)

    def xWrite(self, data: Any, offset: int) -> None:
        if self._disk.tell(Call("write", self._path, offset, bytes(data))):
            super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:
        if self._disk.tell(Call("truncate", self._path, newsize)):
            super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:
        if self._disk.tell(Call("sync", self._path)):
            super().xSync(flags)

    def excepthook(self, *_told: object) -> bool:
        # A refusal that SQLite meets where it can only go on: it is meant, and no accident to print.
        return True


class Disk(apsw.VFS):
    """A registered VFS under a name of its own; `watcher` may be exchanged at any time."""

    def __init__(self, watcher: Watcher | None = None) -> None:
        self.name = f"rig-{next(_NUMBERS)}"
        self.watcher = watcher
        super().__init__(self.name, "")

    def tell(self, call: Call) -> bool:
        """Tell the watcher of a call; return whether it is to be carried out."""
        return self.watcher is None or self.watcher(call) is not False

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        return _File(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        if self.tell(Call("delete", filename, flag=bool(syncdir))):
            super().xDelete(filename, syncdir)

    def excepthook(self, *_told: object) -> bool:
        return True


@contextlib.contextmanager
def layer(watcher: Watcher | None = None) -> Generator[Disk]:
    """Register a disk for a while."""
    disk = Disk(watcher)
    try:
        yield disk
    finally:
        disk.unregister()


class CallCounter:
    """Counts the calls of some kinds (of all, when none is named), and acts from a number on."""

    def __init__(self, act_at: int | None = None, act: Callable[[Call], None] | None = None, *kinds: Kind) -> None:
        self.count = 0
        self._act_at = act_at
        self._act = act
        self._kinds = kinds

    def __call__(self, call: Call) -> None:
        if self._kinds and call.kind not in self._kinds:
            return
        self.count += 1
        if self._act_at is not None and self._act is not None and self.count >= self._act_at:
            self._act(call)
