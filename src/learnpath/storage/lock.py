"""One owner at a time: a lock file that the system frees by itself when its process dies.

The system's lock ends at the computer's edge. For a folder that is synced or shared the file also says which computer
holds it and when it was last seen there; a recent sign of another computer counts as a lock.
"""

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from learnpath.storage.errors import LibraryElsewhereError, LibraryInUseError

# Sync programs bring the file late, so a sign of life counts for several beats.
BEAT_EVERY = timedelta(minutes=5)
SEEN_COUNTS_FOR = timedelta(minutes=30)
# Another clock may be ahead, but not by more than a wrong time zone; beyond that the stamp means nothing.
_CLOCKS_DIFFER_BY = timedelta(hours=26)

# The byte that is locked lies far behind the text, because Windows hides locked bytes from readers.
_LOCKED_BYTE = 1 << 30


class LibraryLock:
    """Holds `library.lock` in a library folder for as long as it is open."""

    def __init__(self, folder: Path, descriptor: int, host: str, since: str) -> None:
        self._folder = folder
        self._descriptor: int | None = descriptor
        self._host = host
        self._since = since

    @classmethod
    def take(cls, folder: Path, *, host: str, now: datetime) -> Self:
        """Lock the library for `host`; OSError passes.

        Raises LibraryInUseError that says who holds it here and since when, LibraryElsewhereError when another
        computer was seen in it lately.
        """
        file = folder / "library.lock"
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if not _try_lock(descriptor):
                raise LibraryInUseError(folder, _holder(file))
            _refuse_elsewhere(folder, _told(file), host, now)
            lock = cls(folder, descriptor, host, f"{now.astimezone(UTC):%Y-%m-%d %H:%M} UTC")
            lock.beat(now)
        except BaseException:
            os.close(descriptor)
            raise
        return lock

    def beat(self, now: datetime) -> None:
        """Write that the library is open here at this moment, for other computers to see; OSError passes."""
        if self._descriptor is None:
            return
        seen = now.astimezone(UTC).isoformat(timespec="seconds")
        told = {"process": os.getpid(), "host": self._host, "since": self._since, "seen": seen}
        self._write(json.dumps(told).encode())

    def release(self) -> None:
        """Let others in. The file stays, empty: removing it would let two processes lock two different files."""
        if self._descriptor is None:
            return
        try:
            self._write(b"")
        except OSError:
            # The system's own lock goes with the descriptor; another computer has to wait until the sign is old.
            pass
        finally:
            os.close(self._descriptor)
            self._descriptor = None

    def _write(self, text: bytes) -> None:
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, text)


def _refuse_elsewhere(folder: Path, told: dict[str, object], host: str, now: datetime) -> None:
    holder, seen = told.get("host"), told.get("seen")
    if not isinstance(holder, str) or not isinstance(seen, str) or holder == host:
        return
    try:
        age = now - datetime.fromisoformat(seen)
    except (ValueError, TypeError):
        return
    if -_CLOCKS_DIFFER_BY < age < SEEN_COUNTS_FOR:
        raise LibraryElsewhereError(folder, holder, seen[:16].replace("T", " ") + " UTC")


def _told(file: Path) -> dict[str, object]:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _holder(file: Path) -> str:
    told = _told(file)
    if told.keys() >= {"process", "host", "since"}:
        return f"process {told['process']} on {told['host']}, since {told['since']}"
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
