"""Random damage: bytes flipped, parts zeroed, the end cut off, pages exchanged."""

import random
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import apsw
from tests.library_fixtures import TODAY
from tests.rigs.result import Result
from tests.rigs.work import add_credential, copy_library, make_library, open_library

from learnpath.domain.listing import CredentialFilter, ProgramFilter
from learnpath.domain.records import Credential
from learnpath.errors import LibraryError
from learnpath.services.checking import check_library
from learnpath.services.exporting import library_json
from learnpath.services.overview import read_overview
from learnpath.services.study import log_study
from learnpath.storage.credential_list import credential_ids, credential_rows
from learnpath.storage.library import Library
from learnpath.storage.program_list import program_ids

PAGE = 4096
Mutation = Callable[[bytearray, random.Random], None]


def _flip(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 1, 4, 64))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _flip_together(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    for place in range(start, min(len(data), start + chance.randint(1, 64))):
        data[place] ^= 0xFF


def _zero(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    size = min(len(data) - start, chance.choice((4, 64, 512)))
    data[start : start + size] = bytes(size)


def _zero_page(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data) // PAGE) * PAGE
    data[start : start + PAGE] = bytes(PAGE)


def _noise(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data) // PAGE) * PAGE
    data[start : start + PAGE] = chance.randbytes(PAGE)


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.choice((chance.randrange(len(data)), chance.randrange(1, len(data) // PAGE) * PAGE)) :]


def _swap(data: bytearray, chance: random.Random) -> None:
    one, other = (chance.randrange(len(data) // PAGE) * PAGE for _ in range(2))
    data[one : one + PAGE], data[other : other + PAGE] = data[other : other + PAGE], data[one : one + PAGE]


def _double(data: bytearray, chance: random.Random) -> None:
    one, other = (chance.randrange(len(data) // PAGE) * PAGE for _ in range(2))
    data[one : one + PAGE] = data[other : other + PAGE]


MUTATIONS: tuple[Mutation, ...] = (_flip, _flip_together, _zero, _zero_page, _noise, _cut, _swap, _double)


def run(count: int, place: Path, seed: int = 1) -> Result:
    """Damage a library `count` times and use it as the window does."""
    result = Result("random damage", "0 crashes; problems() sees what integrity_check sees; opening writes nothing")
    template = make_library(place / "damage-template", rows=40)
    whole = (template / "library.learnpath").read_bytes()
    folder = copy_library(template, place / "damage")
    file = folder / "library.learnpath"
    chance = random.Random(seed)
    seen = refused = 0
    for number in range(count):
        mutate = chance.choice(MUTATIONS)
        data = bytearray(whole)
        mutate(data, chance)
        _ = file.write_bytes(data)
        (folder / "library.learnpath-journal").unlink(missing_ok=True)
        where = f"damage {number} ({mutate.__name__.strip('_')})"
        is_damaged = _integrity_fails(file)
        seen += is_damaged
        if not _use(result, where, folder):
            refused += 1
        elif is_damaged:
            _find(result, where, folder)
        result.expect(file.read_bytes() == data, f"{where}: opening and looking wrote to it")
        _write(result, where, folder)
        result.count += 1
    result.note = f"{seen:,} seen by integrity_check, {refused:,} not opened"
    shutil.rmtree(folder)
    return result.finish()


def _integrity_fails(file: Path) -> bool:
    """Return what SQLite alone says of a file, without any of our code."""
    try:
        with closing(
            apsw.Connection(f"file:{file}?immutable=1", apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
        ) as it:
            return it.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]
    except (apsw.Error, UnicodeDecodeError):
        return True


def _attempt(result: Result, where: str, act: Callable[[], object]) -> bool:
    """Return whether something could be done; anything but a sentence is a failure."""
    try:
        _ = act()
    except LibraryError as error:
        result.expect(error.message.endswith(".") and "\n" not in error.message, f"{where}: {error.message!r}")
        return False
    except Exception as error:  # noqa: BLE001 - any other exception is what the rig looks for
        result.failures.append(f"{where}: {type(error).__name__}: {error}")
        return False
    return True


def reading(library: Library) -> tuple[Callable[[], object], ...]:
    """Return what the window reads."""
    return (
        lambda: library.problems(),
        lambda: check_library(library),
        lambda: library.contents(),
        lambda: library_json(library),
        lambda: [library.changed_rows(one.id, 50) for one in library.history()],
        lambda: [library.changes_of_record(one.id) for one in library.all(Credential)[:2]],
        lambda: read_overview(library, TODAY),
        lambda: credential_rows(library, credential_ids(library, CredentialFilter(), TODAY), TODAY),
        lambda: credential_ids(library, CredentialFilter(text="cred"), TODAY),
        lambda: program_ids(library, ProgramFilter(text="cloud")),
    )


def _use(result: Result, where: str, folder: Path) -> bool:
    """Open and read; return whether it could be opened."""
    opened: list[Library] = []
    if not _attempt(result, f"{where}: open", lambda: opened.append(open_library(folder, 900_000))):
        return False
    library = opened[0]
    for act in reading(library):
        _ = _attempt(result, where, act)
    _ = _attempt(result, where, library.close)
    return True


def _find(result: Result, where: str, folder: Path) -> None:
    library = open_library(folder, 900_000)
    found: list[str] = []
    is_told = _attempt(result, f"{where}: problems", lambda: found.extend(library.problems()))
    library.close()
    result.expect(bool(found) or not is_told, f"{where}: integrity_check sees what problems() does not")


def writing(library: Library) -> tuple[Callable[[], object], ...]:
    """Return what the window writes."""
    return (
        lambda: add_credential(library, "Into damage"),
        lambda: log_study(library, 10, TODAY),
        lambda: library.undo(),
        lambda: library.undo(),
        lambda: library.undo(),
        lambda: library.redo(),
        lambda: library.go_to(5),
    )


def _write(result: Result, where: str, folder: Path) -> None:
    opened: list[Library] = []
    if _attempt(result, f"{where}: open", lambda: opened.append(open_library(folder, 900_000))):
        for act in writing(opened[0]):
            _ = _attempt(result, f"{where}: write", act)
        opened[0].close()
