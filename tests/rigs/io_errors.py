"""An I/O error at every call: of opening, reading, editing, importing, undo and redo."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import apsw
from tests.library_fixtures import TODAY
from tests.rigs.disk import Call, CallCounter, Disk, layer
from tests.rigs.result import Result
from tests.rigs.work import add_credential, copy_library, digest, import_rows, look, make_library, open_library

from learnpath.domain.listing import CredentialFilter
from learnpath.errors import LibraryError
from learnpath.services.study import log_study
from learnpath.storage.credential_list import credential_ids
from learnpath.storage.errors import UnconfirmedChangeError
from learnpath.storage.library import Library


@dataclass(frozen=True)
class _Case:
    """One thing the app does, and what it is done on."""

    act: Callable[[Library], object]
    before: str = "library"


def _read(library: Library) -> None:
    _ = credential_ids(library, CredentialFilter(text="cred"), TODAY)
    _ = library.contents()
    _ = library.problems()


CASES: Mapping[str, _Case] = {
    "reading": _Case(_read),
    "edit": _Case(lambda library: add_credential(library, "One more", notes="n" * 9000)),
    "import": _Case(lambda library: import_rows(library, 150, seed=99)),
    "undo": _Case(lambda library: library.undo()),
    "redo": _Case(lambda library: library.redo(), before="undone"),
}


def run(place: Path, *, every: int = 1) -> Result:
    """Refuse every `every`-th call of each operation, once and from there on."""
    result = Result("I/O error at every call", "clean sentence, nothing lost, usable after")
    folders = _make_folders(place / "io")
    for name, case in CASES.items():
        for lasting in (False, True):
            k = 1
            while _refuse(result, name, case, folders[case.before], place / "io-now", k, lasting=lasting):
                k += every
    for name, before in (("making", None), ("opening", folders["library"]), ("recovering", folders["cut"])):
        for lasting in (False, True):
            k = 1
            while _refuse_opening(result, name, before, place / "io-now", k, lasting=lasting):
                k += every
    return result.finish()


def _make_folders(place: Path) -> dict[str, Path]:
    place.mkdir()
    library = make_library(place / "library", rows=30)
    undone = copy_library(library, place / "undone")
    opened = open_library(undone, 800_000)
    _ = opened.undo()
    opened.close()
    return {"library": library, "undone": undone, "cut": _cut_off(library, place / "cut")}


def _cut_off(source: Path, target: Path) -> Path:
    """Return a library as it lies there when the power went in the middle of a commit: its journal is hot."""
    working = copy_library(source, target.with_name("working"))
    kept: dict[str, bytes] = {}

    def keep(call: Call) -> None:
        # The sync of the library itself comes after all its pages and before the journal is emptied.
        if call.kind == "sync" and call.file.endswith("library.learnpath") and not kept:
            kept.update({one.name: one.read_bytes() for one in working.iterdir() if one.is_file()})

    with layer() as disk:
        library = open_library(working, 700_000, disk.name)
        disk.watcher = keep
        _ = add_credential(library, "Cut off", notes="n" * 9000)
        library.close()
    copy = copy_library(source, target)
    for name, data in kept.items():
        _ = (copy / name).write_bytes(data)
    return copy


def _refusing(k: int, *, lasting: bool) -> CallCounter:
    def refuse(call: Call) -> None:
        if counter.count == k or lasting:
            raise apsw.CantOpenError("refused") if call.kind == "open" else apsw.IOError("refused")

    counter = CallCounter(k, refuse)
    return counter


def _refuse(result: Result, name: str, case: _Case, source: Path, folder: Path, k: int, *, lasting: bool) -> bool:
    """Refuse the k-th call; return whether there was one."""
    where = f"{name}, call {k}{' and all after it' if lasting else ''}"
    _ = copy_library(source, folder)
    with layer() as disk:
        library = open_library(folder, 850_000, disk.name)
        before = digest(library)
        counter = _refusing(k, lasting=lasting)
        disk.watcher = counter
        refused = _act(result, where, folder, lambda: case.act(library))
        disk.watcher = None
        try:
            now = digest(library)
            if isinstance(refused, UnconfirmedChangeError):
                result.expect(lasting, f"{where}: not confirmed, although the disk answers")
            elif refused:
                result.expect(now == before, f"{where}: said that nothing was changed, but something was")
            _ = log_study(library, 10, TODAY)
            after = digest(library)
            library.close()
            state, problems = look(folder)
            result.expect(state == after, f"{where}: a change that was made afterwards is lost")
            result.expect(not problems, f"{where}: {problems}")
        except LibraryError as error:
            result.failures.append(f"{where}: cannot be used afterwards: {error.message}")
        finally:
            library.close()
    result.count += counter.count >= k
    return counter.count >= k


def _refuse_opening(result: Result, name: str, source: Path | None, folder: Path, k: int, *, lasting: bool) -> bool:
    where = f"{name}, call {k}{' and all after it' if lasting else ''}"
    _ = copy_library(source, folder) if source else _make_empty(folder)
    with layer() as disk:
        counter = _refusing(k, lasting=lasting)
        disk.watcher = counter
        _ = _act(result, where, folder, lambda: _open_and_close(folder, disk))
        disk.watcher = None
    state, problems = look(folder)
    result.expect(not problems, f"{where}: {problems}")
    if source:
        result.expect(state == look(copy_library(source, folder))[0], f"{where}: something is lost")
    result.count += counter.count >= k
    return counter.count >= k


def _open_and_close(folder: Path, disk: Disk) -> None:
    open_library(folder, 850_000, disk.name).close()


def _make_empty(folder: Path) -> Path:
    for one in sorted(folder.rglob("*"), reverse=True) if folder.exists() else ():
        one.rmdir() if one.is_dir() else one.unlink()
    folder.mkdir(exist_ok=True)
    return folder


def _act(result: Result, where: str, folder: Path, act: Callable[[], object]) -> Exception | None:
    """Do something; return what it was refused with. Anything but a sentence is a failure."""
    try:
        _ = act()
    except LibraryError as error:
        held = str(folder) in error.message and error.message.endswith(".") and bool(error.hint)
        result.expect(held, f"{where}: {error.message}")
        return error
    except Exception as error:  # noqa: BLE001 - any other exception is what the rig looks for
        result.failures.append(f"{where}: {type(error).__name__}: {error}")
        return error
    return None
