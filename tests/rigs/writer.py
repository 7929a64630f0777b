"""The process that is killed: does real work on a library and tells through a pipe what has been committed."""

import os
import random
import signal
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path

from tests.rigs.disk import Call, CallCounter, Disk
from tests.rigs.work import Editor, digest_records, import_rows, open_library, surroundings

from learnpath.services.backups import backup_now
from learnpath.services.restoring import restore_backup
from learnpath.storage import database

OPERATIONS = ("import", "undo", "redo", "creation", "migration", "backup", "restore")


def edit_for_ever(folder: Path, seed: int, tell: Connection) -> None:
    """Make edits until the end; after each one tell how many changes there are and the digest of the records."""
    library = open_library(folder, second=seed)
    edit = Editor(library, random.Random(seed), folder.parent / "proofs")
    while True:
        tell.send((library.history(1)[0].id, digest_records(library)))
        edit()


def run_operation(
    folder: Path, operation: str, rows: int, die_at: int | None, pragmas: Mapping[str, object], tell: Connection
) -> None:
    """Do one thing on a library and tell "ready", then how many calls it took.

    `die_at` kills this process at so many calls that change the disk; `pragmas` replace the app's own, to show that
    the rig notices.
    """
    database._PRAGMAS.update(pragmas)  # pyright: ignore[reportPrivateUsage, reportArgumentType, reportCallIssue]
    counter = CallCounter(die_at, _die, "write", "truncate", "sync", "delete")
    disk = Disk()
    if operation == "restore":
        tell.send("ready")
        _ = restore_backup(folder, None, surroundings(500_000))
    elif operation in {"creation", "migration"}:
        disk.watcher = counter
        tell.send("ready")
        open_library(folder, 500_000, disk.name).close()
    else:
        library = open_library(folder, 500_000, disk.name)
        _ = library.history(1)
        disk.watcher = counter
        tell.send("ready")
        if operation == "import":
            import_rows(library, rows)
        elif operation == "backup":
            _ = backup_now(library, even_unchanged=True)
        elif operation == "undo":
            _ = library.undo()
        else:
            _ = library.redo()
        library.close()
    tell.send(counter.count)


def _die(_call: Call) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
