"""The calls by which the app itself writes files beside the library's: seen as they happen, for a power cut later.

Linux only: which file a descriptor belongs to is read from /proc.
"""

import contextlib
import os
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from tests.rigs.disk import Call

from learnpath.storage import private_files

_PLACE = private_files.__name__


@contextlib.contextmanager
def watch_files(folder: Path, tell: Callable[[Call], object]) -> Generator[None]:
    """Tell of every file in `folder` that is made, synced and renamed, and of every sync of the folder itself.

    What was written is told as one write just before the sync: the system may have kept any part of it until then.
    """
    sync, rename = os.fsync, Path.replace

    def told_sync(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").resolve()
        if path.parent == folder:
            tell(Call("open", str(path), flag=True))
            tell(Call("write", str(path), 0, path.read_bytes()))
            tell(Call("sync", str(path)))
        sync(descriptor)
        if path == folder:
            tell(Call("sync-folder", str(path)))

    def told_rename(source: Path, target: Path) -> Path:
        if target.parent == folder:
            tell(Call("rename", str(source), to=str(target)))
        return rename(source, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{_PLACE}.os.fsync", told_sync)
        patch.setattr(Path, "replace", told_rename)
        yield
