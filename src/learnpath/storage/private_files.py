"""Files and folders that only their owner can read, written so that a power cut leaves the old or the new one whole.

Belongs here: writing beside, syncing, renaming, and clearing what a crashed run left. What a file means is not known.
"""

import contextlib
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

FILE_MODE = 0o600
FOLDER_MODE = 0o700
_CHUNK = 1 << 20
_PART = re.compile(r"\.[0-9a-f]{16}\.part(-journal|-wal|-shm)?")
# Windows: access denied, sharing violation, lock violation. Virus scanners hold a new file for a moment.
_HELD_FOR_A_MOMENT = {5, 32, 33}
_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, readable by the owner only."""
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)


def part_beside(folder: Path) -> Path:
    """Return a new name in a folder for something unfinished; `remove_parts` clears it after a crash."""
    return folder / f".{secrets.token_hex(8)}.part"


def create_file(file: Path) -> None:
    """Make an empty new file; FileExistsError when there is one."""
    _new_file(file).close()


def write_file(target: Path, data: bytes) -> None:
    """Write a file whole or not at all; OSError passes."""
    beside = part_beside(target.parent)
    try:
        with _new_file(beside) as stream:
            for start in range(0, len(data), _CHUNK):
                _ = stream.write(data[start : start + _CHUNK])
            stream.flush()
            os.fsync(stream.fileno())
        replace_file(beside, target)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def copy_file(source: Path, target: Path) -> None:
    """Copy a file byte for byte, whole or not at all; OSError passes."""
    beside = part_beside(target.parent)
    try:
        with source.open("rb") as reader, _new_file(beside) as stream:
            shutil.copyfileobj(reader, stream, _CHUNK)
            stream.flush()
            os.fsync(stream.fileno())
        replace_file(beside, target)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def replace_file(source: Path, target: Path, pause: Callable[[float], None] = time.sleep) -> None:
    """Rename a finished file into its place and sync the folder; waits out those who hold the target for a moment."""
    for seconds in (*_PAUSES, None):
        try:
            _ = source.replace(target)
            break
        except PermissionError as error:
            if seconds is None or getattr(error, "winerror", None) not in _HELD_FOR_A_MOMENT:
                raise
            pause(seconds)
    sync_folder(target.parent)


def sync_file(file: Path) -> None:
    """Wait until the bytes of a file are on the disk."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk. Windows has no such call."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove_parts(folders: Iterable[Path]) -> int:
    """Remove what runs that crashed left unfinished in folders that are locked; return how many.

    What cannot be removed stays for the next time.
    """
    removed = 0
    for folder in folders:
        for path in folder.iterdir() if folder.is_dir() else ():
            if _PART.fullmatch(path.name):
                _remove(path)
                removed += not path.exists()
    return removed


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()


def _new_file(file: Path) -> BinaryIO:
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb")
