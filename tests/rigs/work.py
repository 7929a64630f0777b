"""What the rigs let the app do: real services on a small library, and a digest of all that it holds."""

import hashlib
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.library_fixtures import NOW, TODAY

from learnpath.domain.dates import PartialDate
from learnpath.domain.ids import IdMaker
from learnpath.domain.money import Money
from learnpath.domain.records import CostLine, Credential, Program
from learnpath.domain.records import Path as LearningPath
from learnpath.services import credentials, evidence, importing, paths, study
from learnpath.services.checking import check_library
from learnpath.storage.library import Library, Surroundings

_WORDS = "cloud data security kubernetes python network analysis design agile testing linux azure audit".split()
Operation = Callable[[Library], object]


def surroundings(second: int = 0, vfs: str | None = None) -> Surroundings:
    """Return surroundings that repeat from run to run; a later second gives later ids."""
    now = NOW + timedelta(seconds=second)
    maker = IdMaker(lambda: int(now.timestamp() * 1000), lambda _: 0)
    return Surroundings(lambda: now, maker.next_id, "rig", vfs)


def open_library(folder: Path, second: int = 0, vfs: str | None = None) -> Library:
    """Open a library as the rigs do; raises what `Library.open` raises."""
    return Library.open(folder, surroundings(second, vfs))


def digest_records(library: Library) -> str:
    """Return a fingerprint of every record."""
    return hashlib.sha256(repr(library.contents()).encode()).hexdigest()


def digest(library: Library) -> str:
    """Return a fingerprint of every record and of the history."""
    history = [(one.id, one.label, one.undone) for one in library.history(10_000)]
    return f"{digest_records(library)} {hashlib.sha256(repr(history).encode()).hexdigest()}"


def look(folder: Path, second: int = 900_000) -> tuple[str, list[str]]:
    """Open a library after an accident; return its digest and its problems, proofs included."""
    library = open_library(folder, second)
    try:
        return digest(library), list(check_library(library).problems)
    finally:
        library.close()


def copy_library(source: Path, target: Path) -> Path:
    """Copy a closed library in place of another one; return the copy."""
    shutil.rmtree(target, ignore_errors=True)
    return shutil.copytree(source, target)


def table_file(rows: int, seed: int = 7) -> bytes:
    """Return a list of programs as CSV."""
    chance = random.Random(seed)
    lines = ["title,provider,url,level,hours,price usd"]
    for number in range(rows):
        words = " ".join(chance.choices(_WORDS, k=3)).title()
        lines.append(
            f"{words} {number},{chance.choice(_WORDS).title()} Institute,https://courses.example/{number},"
            f"{chance.choice(('Beginner', 'Advanced'))},{chance.randint(1, 60)},{chance.randint(0, 300)}.00"
        )
    return "\n".join(lines).encode()


def import_rows(library: Library, rows: int, seed: int = 7) -> None:
    """Import a list of programs as the window does."""
    _ = importing.apply_previews(library, [importing.preview_file(library, "list.csv", table_file(rows, seed))])


def add_credential(library: Library, title: str, *, notes: str = "") -> Credential:
    """Add a planned credential with an issuer and a skill."""
    form = credentials.CredentialForm(
        credential=Credential(title=title, notes=notes), issuer_name="Cloud Guild", skill_names=("cloud", title)
    )
    return credentials.save_credential(library, form).value


def make_library(folder: Path, *, rows: int = 60, credentials_made: int = 15, vfs: str | None = None) -> Path:
    """Make a closed library with an import, credentials and a path in it; return its folder."""
    library = open_library(folder, 0, vfs)
    import_rows(library, rows, seed=3)
    for number in range(credentials_made):
        _ = add_credential(library, f"Credential {number}", notes="a note " * 30)
    edit = Editor(library, random.Random(5), folder.parent / f"{folder.name}-proofs")
    for _ in range(20):
        edit()
    library.close()
    return folder


class Editor:
    """Makes one edit after the other through the real services, each one change, the same for the same seed."""

    def __init__(self, library: Library, chance: random.Random, sources: Path) -> None:
        self._library = library
        self._chance = chance
        self._sources = sources
        self._edits = (
            self._add,
            self._change,
            self._earn,
            self._remove,
            self._cost,
            self._study,
            self._path,
            self._steps,
            self.attach,
        )

    def __call__(self) -> None:
        """Make one change; an edit that leaves the library as it is makes place for another."""
        while self._chance.choice(self._edits)() is None:
            pass

    def _one(self) -> Credential:
        return self._chance.choice(self._library.all(Credential))

    def _title(self) -> str:
        return f"{self._chance.choice(_WORDS)} {self._chance.randint(1, 99_999)}"

    def _add(self) -> object:
        form = credentials.CredentialForm(
            credential=Credential(title=self._title(), notes="x" * self._chance.randint(0, 5000)),
            issuer_name=self._chance.choice(_WORDS),
            skill_names=tuple(self._chance.sample(_WORDS, 3)),
        )
        return credentials.save_credential(self._library, form).change

    def _change(self) -> object:
        form = credentials.read_form(self._library, self._one().id)
        changed = replace(form, credential=replace(form.credential, title=self._title()))
        return credentials.save_credential(self._library, changed).change

    def _earn(self) -> object:
        return credentials.mark_earned(self._library, [self._one().id], PartialDate("2026-11")).change

    def _remove(self) -> object:
        if len(self._library.all(Credential)) < 10:
            return None
        return credentials.delete_credentials(self._library, [self._one().id]).change

    def _cost(self) -> object:
        cost = CostLine(credential_id=self._one().id, price=Money(self._chance.randint(1, 9999), "EUR"))
        return study.save_cost(self._library, cost).change

    def _study(self) -> object:
        return study.log_study(self._library, self._chance.randint(1, 90), TODAY, credential_id=self._one().id).change

    def _path(self) -> object:
        return paths.save_path(self._library, LearningPath(title=self._title())).change

    def _steps(self) -> object:
        known = self._library.all(LearningPath)
        if not known:
            return None
        chosen = [one.id for one in self._chance.sample(self._library.all(Program), 3)]
        return paths.add_steps(self._library, self._chance.choice(known).id, program_ids=chosen).change

    def attach(self) -> object:
        """Attach a small text to one of the credentials."""
        self._sources.mkdir(parents=True, exist_ok=True)
        source = self._sources / f"proof {self._chance.randint(1, 99)}.txt"
        _ = source.write_text(f"{source.name} " * 500)
        return evidence.attach_files(self._library, self._one().id, [source]).change
