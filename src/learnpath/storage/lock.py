"""One owner at a time: a lock file that the system frees by itself when its process dies."""

import json
import os
import sys
from pathlib import Path
from typing import Self

from learnpath.storage.errors import LibraryInUseError

# The byte that is locked lies far behind the text, because Windows hides locked bytes from readers.
_LOCKED_BYTE = 1 << 30


class LibraryLock:
    """Holds `library.lock` in a library folder for as long as it is open."""

    def __init__(self, folder: Path, descriptor: int) -> None:
        self._folder = folder
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, folder: Path, *, host: str, at: str) -> Self:
        """Lock the library, or raise `LibraryInUseError` that says who holds it and since when; OSError passes."""
        file = folder / "library.lock"
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        if not _try_lock(descriptor):
            os.close(descriptor)
            raise LibraryInUseError(folder, _holder(file))
        try:
            os.ftruncate(descriptor, 0)
            os.write(descriptor, json.dumps({"process": os.getpid(), "host": host, "since": at}).encode())
        except OSError:
            os.close(descriptor)
            raise
        return cls(folder, descriptor)

    def release(self) -> None:
        """Let others in. The file stays: removing it would let two processes lock two different files."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _holder(file: Path) -> str:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return f"process {told['process']} on {told['host']}, since {told['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
