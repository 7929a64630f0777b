"""A power cut at any moment: what was not synced is dropped, kept in part, or torn; then the real library opens it.

The model of the disk: a write or truncate is safe once its file was synced; until then each one may have happened or
not, in any combination, and a write may have happened for some of its sectors only. A new file's name, and a removal,
are safe after a sync of that file or folder, a file's new name after a sync of the folder. The library's file and
journal go this way, and the proofs and imported files beside it.
"""

import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.library_fixtures import unpack_schema_1
from tests.rigs.disk import Call, layer
from tests.rigs.file_calls import watch_files
from tests.rigs.result import Result
from tests.rigs.work import Editor, copy_library, digest, import_rows, look, make_library, open_library

from learnpath.errors import LibraryError
from learnpath.services.checking import check_library
from learnpath.storage import database
from learnpath.storage.library import Library

OPERATIONS = ("edit", "import", "undo", "creation", "migration")
_SECTOR = 512


@dataclass(frozen=True)
class Done:
    """A mark in the recording: from here on the library holds this, and the person was told so."""

    state: str


Event = Call | Done


@dataclass
class Recording:
    """What lay on the disk before, and every call since. `states` are the digests the library went through."""

    base: dict[str, bytes]
    events: list[Event] = field(default_factory=list[Event])

    @property
    def states(self) -> list[str]:
        """Return the digests in the order in which they were reached."""
        return [one.state for one in self.events if isinstance(one, Done)]

    @property
    def first_cut(self) -> int:
        """Return the first moment at which something had been acknowledged."""
        return next(place for place, one in enumerate(self.events) if isinstance(one, Done)) + 1


def record(operation: str, folder: Path, *, rows: int = 60, steps: int = 12) -> Recording:
    """Let the app do something in `folder` and return the recording of it."""
    if operation == "migration":
        _ = unpack_schema_1(folder)
    elif operation != "creation":
        _ = make_library(folder, rows=20, credentials_made=10)
    if operation == "undo":
        library = open_library(folder, 300_000)
        import_rows(library, rows)
        library.close()
    folder.mkdir(exist_ok=True)
    files = folder / "files"
    base = [*folder.glob("library.l*"), *files.glob("*")]
    recording = Recording({one.name: one.read_bytes() for one in base})

    def note(call: Call) -> None:
        if call.kind != "read":
            recording.events.append(call)

    with layer() as disk, watch_files(files.resolve(), note):
        if operation == "creation":
            # Before it is made there is nothing, and after a cut opening makes it anew.
            recording.events.append(Done(""))
            disk.watcher = note
        if operation == "migration":
            # What it holds is the same before and after.
            state, _ = look(copy_library(folder, folder.with_name(f"{folder.name}-before")))
            recording.events.append(Done(state))
            disk.watcher = note
        library = open_library(folder, 500_000, disk.name)
        for act in _acts(operation, library, rows, steps, folder.parent / "proofs"):
            recording.events.append(Done(digest(library)))
            disk.watcher = note
            act()
        recording.events.append(Done(digest(library)))
        library.close()
    return recording


def _acts(operation: str, library: Library, rows: int, steps: int, proofs: Path) -> Sequence[Callable[[], object]]:
    match operation:
        case "edit":
            editor = Editor(library, random.Random(9), proofs)
            return [editor, editor, editor.attach] * (steps // 3)
        case "import":
            return [lambda: import_rows(library, rows)]
        case "undo":
            return [library.undo, library.redo, library.undo]
        case _:
            return []


class _Disk:
    """What is safe on the disk, and what is still under way, as the recording goes on."""

    def __init__(self, base: Mapping[str, bytes], *, syncs: bool) -> None:
        self.safe = {name: bytearray(data) for name, data in base.items()}
        self.pending: list[Call] = []
        self._syncs = syncs

    def take(self, call: Call) -> None:
        """Go on by one call."""
        if call.kind not in {"sync", "sync-folder"}:
            self.pending.append(call)
        elif self._syncs:
            # Only these calls are safe now; those of other files stay open.
            safe = [one for one in self.pending if _is_made_safe(one, call)]
            self.pending = [one for one in self.pending if not _is_made_safe(one, call)]
            for one in safe:
                _apply(self.safe, one)

    def cut(self, chance: random.Random) -> dict[str, bytearray]:
        """Return what the disk could hold if the power went now."""
        found = {name: bytearray(data) for name, data in self.safe.items()}
        for call in self.pending:
            if call.kind == "write":
                for torn in _torn(call, chance):
                    _apply(found, torn)
            elif chance.random() < 0.5:
                _apply(found, call)
        return found


def _is_made_safe(call: Call, sync: Call) -> bool:
    if sync.kind == "sync-folder":
        return call.kind in {"open", "delete", "rename"} and Path(call.file).parent == Path(sync.file)
    return call.kind == "delete" or (call.kind != "rename" and call.file == sync.file)


def _torn(call: Call, chance: random.Random) -> list[Call]:
    """Return the parts of a write that reach the disk: all of it, none, or some of its sectors."""
    fate = chance.random()
    if fate < 0.35:
        return []
    if fate < 0.7:
        return [call]
    starts = range(0, len(call.data), _SECTOR)
    kept = [start for start in starts if chance.random() < 0.5]
    return [Call("write", call.file, call.at + start, call.data[start : start + _SECTOR]) for start in kept]


def _apply(files: dict[str, bytearray], call: Call) -> None:
    name = Path(call.file).name
    match call.kind:
        case "open":
            if call.flag:
                _ = files.setdefault(name, bytearray())
        case "delete":
            _ = files.pop(name, None)
        case "rename":
            if name in files:
                files[Path(call.to).name] = files.pop(name)
        case "truncate":
            if name in files:
                del files[name][call.at :]
        case "write":
            data = files.setdefault(name, bytearray())
            if len(data) < call.at:
                data.extend(bytes(call.at - len(data)))
            data[call.at : call.at + len(call.data)] = call.data
        case _:
            pass


def run(
    operation: str, count: int, place: Path, *, rows: int = 60, seed: int = 1, syncs: bool = True, lax: bool = False
) -> Result:
    """Cut the power `count` times while the app does something.

    To show that the rig notices: `syncs=False` is a disk that forgets to sync, `lax` an app that does not ask for it.
    """
    result = Result(f"power cut during {operation}", "0 lost, 0 integrity failures")
    folder = place / f"{operation}-recorded"
    recording = _record_lax(operation, folder, rows) if lax else record(operation, folder, rows=rows)
    chance = random.Random(seed)
    moments = sorted(chance.randint(recording.first_cut, len(recording.events)) for _ in range(count))
    out = place / f"{operation}-cut"
    _ = copy_library(folder, out)
    disk = _Disk(recording.base, syncs=syncs)
    reached, done = 0, 0
    for moment in moments:
        for event in recording.events[reached:moment]:
            if isinstance(event, Done):
                done += 1
            else:
                disk.take(event)
        reached = moment
        _lay_out(out, disk.cut(chance))
        # The change under way may be there whole.
        _check(result, out, recording.states[max(0, done - 1) : done + 1], f"cut at call {moment}")
        result.count += 1
    result.note = f"{len(recording.events)} events"
    shutil.rmtree(out)
    return result.finish()


def _record_lax(operation: str, folder: Path, rows: int) -> Recording:
    pragmas = database._PRAGMAS  # pyright: ignore[reportPrivateUsage]
    kept = dict(pragmas)
    pragmas["synchronous"] = "off"
    try:
        return record(operation, folder, rows=rows)
    finally:
        pragmas.update(kept)


def _lay_out(out: Path, files: Mapping[str, bytearray]) -> None:
    proofs = out / "files"
    for name in ("library.learnpath", "library.learnpath-journal"):
        if name not in files:
            (out / name).unlink(missing_ok=True)
    for left in proofs.glob("*"):
        if left.name not in files:
            left.unlink()
    for name, data in files.items():
        place = out / name if name.startswith("library.learnpath") else proofs / name
        if not place.exists() or place.read_bytes() != data:
            _ = place.write_bytes(data)


def _check(result: Result, out: Path, expected: Sequence[str], where: str) -> None:
    try:
        library = open_library(out, 900_000)
    except LibraryError as error:
        result.failures.append(f"{where}: {error.message}")
        return
    try:
        problems = check_library(library).problems
        result.expect(not problems, f"{where}: {problems}")
        # "" stands for no library yet: what is found then is a new one.
        result.expect("" in expected or digest(library) in expected, f"{where}: an acknowledged change is lost")
    except LibraryError as error:
        result.failures.append(f"{where}: {error.message}")
    finally:
        library.close()
