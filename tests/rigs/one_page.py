"""One damaged page of some five hundred: nearly everything is saved, what is lost is counted, the original is kept."""

import random
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from tests.library_fixtures import TODAY, LibraryHouse, day, earned, fixed_surroundings
from tests.rigs.result import Result

from learnpath.domain.contents import LibraryContents
from learnpath.domain.records import Credential, Issuer, PathStep, Program, Skill, StudySession
from learnpath.domain.records import Path as LearningPath
from learnpath.errors import LibraryError
from learnpath.services.backups import backup_now
from learnpath.services.recovery import Repair, repair_library
from learnpath.services.sample import add_sample
from learnpath.storage.library import Library
from learnpath.storage.pages import PageFile

_FILE = "library.learnpath"
_GROUPS = tuple(field.name for field in fields(LibraryContents) if field.name != "profile")
_LEAST = 0.99
Damage = Callable[[bytearray, int, int, random.Random], None]


@dataclass(frozen=True)
class _Template:
    """A library to be damaged: its folder, the bytes of its file, what it holds, and where its pages are."""

    folder: Path
    data: bytes
    contents: LibraryContents
    page: int
    pages: int


def _zero(data: bytearray, start: int, page: int, _chance: random.Random) -> None:
    data[start : start + page] = bytes(page)


def _noise(data: bytearray, start: int, page: int, chance: random.Random) -> None:
    data[start : start + page] = chance.randbytes(page)


def _flip(data: bytearray, start: int, page: int, chance: random.Random) -> None:
    for _ in range(16):
        data[start + chance.randrange(page)] ^= 1 << chance.randrange(8)


_DAMAGES: Mapping[str, Damage] = {"zeroed": _zero, "noise": _noise, "16 bits flipped": _flip}


def run(count: int, place: Path, seed: int = 8) -> Result:
    """Damage `count` pages, one at a time, in each of three ways, with and without a backup, and repair."""
    result = Result("one damaged page", "at least 99 % of the rows are saved and counted; the original is kept")
    worst = 1.0
    for backup in (True, False):
        of = _template(place / f"page-{backup}", backup=backup)
        # The first page and one of the schema are different from all others.
        pages = [1, 2, *random.Random(seed).sample(range(3, of.pages + 1), count - 2)]
        for how, damage in _DAMAGES.items():
            for page in pages:
                what = f"page {page} {how}, {'with' if backup else 'without'} a backup"
                worst = min(worst, _check(result, of, page, damage, place / "page-copy", what))
    result.note = f"of {of.pages} pages, at worst {worst:.2%} of the rows"
    return result.finish()


def _check(result: Result, of: _Template, page: int, damage: Damage, place: Path, what: str) -> float:
    result.count += 1
    data = bytearray(of.data)
    damage(data, (page - 1) * of.page, of.page, random.Random(page))
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(of.folder, place)
    _ = (place / _FILE).write_bytes(data)
    house = LibraryHouse(place, fixed_surroundings())
    try:
        repair = repair_library(house.folder, house.around)
    except LibraryError as error:
        result.failures.append(f"{what}: not repaired: {error}")
        return 0.0
    result.expect(_keeps_original(repair, bytes(data)), f"{what}: the damaged file was not kept")
    result.expect(not list(place.glob(".*.part")), f"{what}: a part of the work was left behind")
    library = house.open()
    try:
        result.expect(library.problems() == [], f"{what}: the repaired library has problems")
        found = library.contents()
    finally:
        library.close()
    total = count_rows(of.contents)
    saved = _count_equal(found, of.contents) / total
    result.expect(saved >= _LEAST, f"{what}: {saved:.2%} of the rows were saved")
    # Flipped bits can give another sound value, which nobody can tell from the one that was there.
    counts_losses = repair.recovery is None or repair.recovery.lost > 0 or count_rows(found) == total
    result.expect(counts_losses or damage is _flip, f"{what}: a loss was not counted")
    return saved


def _keeps_original(repair: Repair, data: bytes) -> bool:
    return repair.recovery is None or (repair.recovery.damaged / _FILE).read_bytes() == data


def count_rows(contents: LibraryContents) -> int:
    """Return how many records there are, of all kinds but the profile."""
    return sum(len(getattr(contents, group)) for group in _GROUPS)


def _count_equal(one: LibraryContents, other: LibraryContents) -> int:
    return sum(len({*getattr(one, group)} & {*getattr(other, group)}) for group in _GROUPS)


def _template(folder: Path, *, backup: bool) -> _Template:
    library = Library.open(folder, fixed_surroundings())
    add_sample(library, TODAY)
    fill(library, 700, "a")
    if backup:
        assert backup_now(library).problem is None
    fill(library, 200, "b")
    with library.change("Remove some") as change:
        change.delete(Credential, [one.id for one in library.all(Credential)[100:140]])
    with library.change("Edit") as change:
        change.update(earned("edited", id=library.all(Credential)[3].id))
    contents = library.contents()
    library.close()
    data = (folder / _FILE).read_bytes()
    page = PageFile(data).page_size
    return _Template(folder, data, contents, page, len(data) // page)


def fill(library: Library, count: int, mark: str) -> None:
    """Add so many credentials, half as many programs, twice as many study sessions, and what hangs on them."""
    with library.change(f"Fill {mark}") as change:
        issuers = change.insert_many([Issuer(name=f"issuer {mark} {n}") for n in range(20)])
        skills = change.insert_many([Skill(name=f"skill {mark} {n}") for n in range(100)])
        programs = change.insert_many(
            [
                Program(
                    name=f"program {mark} {n}",
                    issuer_id=issuers[n % 20].id,
                    skill_ids=(skills[n % 100].id, skills[(n * 7 + 1) % 100].id),
                    description="d" * (n * 37 % 200),
                )
                for n in range(count // 2)
            ]
        )
        credentials = change.insert_many(
            [
                earned(
                    f"credential {mark} {n}",
                    issuer_id=issuers[n % 20].id,
                    program_id=programs[n % len(programs)].id,
                    skill_ids=(skills[n % 100].id,),
                    notes="n" * (n * 41 % 300) + ("x" * 9000 if n == 5 else ""),
                )
                for n in range(count)
            ]
        )
        change.insert_many(
            [
                StudySession(credential_id=credentials[n % count].id, studied_on=day("2026-01-02"), minutes=n)
                for n in range(count * 2)
            ]
        )
        paths = change.insert_many([LearningPath(title=f"path {mark} {n}") for n in range(20)])
        change.insert_many(
            [PathStep(path_id=paths[n % 20].id, position=n, program_id=programs[n].id) for n in range(60)]
        )
