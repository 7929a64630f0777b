"""A disk that runs full at any size: while a library is made, while it is edited, and while a proof is stored."""

import random
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import apsw
from tests.library_fixtures import TODAY
from tests.rigs.disk import Call, layer
from tests.rigs.result import Result
from tests.rigs.work import Editor, copy_library, digest, look, make_library, open_library

from learnpath.domain.records import Credential
from learnpath.errors import LibraryError
from learnpath.services.evidence import attach_files
from learnpath.services.study import log_study
from learnpath.storage.errors import DiskFullError
from learnpath.storage.library import Library

_MOST_EDITS = 60
_PROOF_SIZE = 200_000


class _Room:
    """So many bytes for the files of a library; a write that needs more is refused as a full disk refuses it."""

    def __init__(self, folder: Path, room: int) -> None:
        self._sizes = {str(one): one.stat().st_size for one in folder.glob("library.learnpath*")}
        self.room = room
        self.most = self.taken

    @property
    def taken(self) -> int:
        """Return the bytes in use."""
        return sum(self._sizes.values())

    def __call__(self, call: Call) -> None:
        size = self._sizes.get(call.file, 0)
        match call.kind:
            case "write":
                grown = max(size, call.at + len(call.data))
                if self.taken - size + grown > self.room and grown > size:
                    raise apsw.FullError("no room")
                self._sizes[call.file] = grown
            case "truncate":
                self._sizes[call.file] = min(size, call.at)
            case "delete":
                _ = self._sizes.pop(call.file, None)
            case _:
                return
        self.most = max(self.most, self.taken)


def run(count: int, place: Path, seed: int = 1) -> Result:
    """Let the disk run full at `count` sizes: half while editing, a quarter each while making and attaching."""
    result = Result("disk full", "acknowledged kept, message names the folder, works after space is freed")
    chance = random.Random(seed)
    template = make_library(place / "full-template", rows=20, credentials_made=10)
    folder = place / "full"
    start, end = _sizes_of_edits(template, folder)
    whole = (template / "library.learnpath").stat().st_size
    for number in range(count):
        match number % 4:
            case 0:
                _make(result, folder, chance.randint(0, whole // 2))
            case 1:
                _attach(result, template, folder, chance.randint(0, _PROOF_SIZE - 1))
            case _:
                _edit(result, template, folder, chance.randint(start, end))
        result.count += 1
    return result.finish()


def _edits(library: Library, folder: Path) -> Generator[str]:
    edit = Editor(library, random.Random(4), folder.parent / "full-proofs")
    for _ in range(_MOST_EDITS):
        edit()
        yield digest(library)


def _sizes_of_edits(template: Path, folder: Path) -> tuple[int, int]:
    """Return the bytes before any edit, and the most that all edits need."""
    _ = copy_library(template, folder)
    with layer() as disk:
        library = open_library(folder, 500_000, disk.name)
        room = _Room(folder, sys.maxsize)
        disk.watcher = room
        start = room.taken
        for _ in _edits(library, folder):
            pass
        library.close()
    return start, room.most - 1


def _edit(result: Result, template: Path, folder: Path, size: int) -> None:
    where = f"editing with {size} bytes"
    _ = copy_library(template, folder)
    with layer() as disk:
        library = open_library(folder, 500_000, disk.name)
        acknowledged = digest(library)
        disk.watcher = _Room(folder, size)
        try:
            for state in _edits(library, folder):
                acknowledged = state
            result.failures.append(f"{where}: never full")
        except DiskFullError as error:
            result.expect(str(folder) in error.message, f"{where}: {error.message}")
        except LibraryError as error:
            result.failures.append(f"{where}: {error.message}")
        result.expect(digest(library) == acknowledged, f"{where}: not what was acknowledged")
        disk.watcher = None
        _go_on(result, where, library, folder)


def _make(result: Result, folder: Path, size: int) -> None:
    where = f"making with {size} bytes"
    _ = copy_library(_empty(folder.with_name("full-empty")), folder)
    with layer() as disk:
        disk.watcher = _Room(folder, size)
        try:
            open_library(folder, 500_000, disk.name).close()
        except DiskFullError as error:
            result.expect(str(folder) in error.message, f"{where}: {error.message}")
        except LibraryError as error:
            result.failures.append(f"{where}: {error.message}")
        disk.watcher = None
        _go_on(result, where, open_library(folder, 500_000, disk.name), folder)


def _attach(result: Result, template: Path, folder: Path, size: int) -> None:
    where = f"attaching with files of at most {size} bytes"
    _ = copy_library(template, folder)
    proof = folder.with_name("proof.bin")
    _ = proof.write_bytes(random.Random(size).randbytes(_PROOF_SIZE))
    library = open_library(folder, 500_000)
    before, files = digest(library), sorted((folder / "files").iterdir())
    owner = library.all(Credential)[0].id
    try:
        with _largest_file(size):
            _ = attach_files(library, owner, [proof])
        result.failures.append(f"{where}: never full")
    except LibraryError as error:
        result.expect(str(folder) in error.message, f"{where}: {error.message}")
    result.expect(digest(library) == before, f"{where}: not what was acknowledged")
    result.expect(sorted((folder / "files").iterdir()) == files, f"{where}: half a file stayed")
    result.expect(len(attach_files(library, owner, [proof]).value) == 1, f"{where}: not attached afterwards")
    _go_on(result, where, library, folder)


def _go_on(result: Result, where: str, library: Library, folder: Path) -> None:
    """There is room again: edit, close and look."""
    try:
        _ = log_study(library, 10, TODAY)
        after = digest(library)
    finally:
        library.close()
    state, problems = look(folder)
    result.expect(state == after, f"{where}: a later change is lost")
    result.expect(not problems, f"{where}: {problems}")


def _empty(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


@contextmanager
def _largest_file(size: int) -> Generator[None]:
    """Let the system refuse to write beyond a size, as it does in the middle of a file on a full disk."""
    import resource
    import signal

    handled = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handled)
