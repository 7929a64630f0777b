"""Libraries for tests: a clock that stands still, ids that repeat from run to run, and a device called "test"."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile

from learnpath.domain.dates import PartialDate
from learnpath.domain.ids import IdMaker
from learnpath.domain.records import Credential, Stage
from learnpath.services.credentials import CredentialForm, save_credential
from learnpath.storage.library import Library, Surroundings

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 21)


def fixed_surroundings() -> Surroundings:
    """Return surroundings whose clock stands still at `NOW` and whose ids count up from the same number."""
    maker = IdMaker(lambda: int(NOW.timestamp() * 1000), lambda _: 0)
    return Surroundings(lambda: NOW, maker.next_id, "test")


@dataclass
class LibraryHouse:
    """Opens libraries in one folder with ids that go on growing over closing and opening again."""

    folder: Path
    around: Surroundings

    def open(self) -> Library:
        """Return the library of this folder, opened."""
        return Library.open(self.folder, self.around)


def unpack_schema_1(folder: Path) -> Path:
    """Put a library that was stored under schema 1 into a new folder; return the folder.

    It holds an import of a list and one of a catalogue of badges, edits with a proof, and changes taken back.
    """
    with ZipFile(Path(__file__).parent / "data" / "library_schema_1.zip") as stored:
        stored.extractall(folder)
    return folder


def day(text: str) -> PartialDate:
    """Return a partial date, for tables of examples."""
    return PartialDate(text)


def planned(title: str, **values: object) -> Credential:
    """Return a planned credential that is not stored yet."""
    return Credential(title=title, **values)  # pyright: ignore[reportArgumentType]


def earned(title: str, on: str = "2025-01-01", until: str | None = None, **values: object) -> Credential:
    """Return an earned credential that is not stored yet."""
    return Credential(
        title=title,
        stage=Stage.EARNED,
        awarded_on=PartialDate(on),
        valid_until=PartialDate(until) if until else None,
        **values,  # pyright: ignore[reportArgumentType]
    )


def add(library: Library, credential: Credential, issuer: str = "", skills: tuple[str, ...] = ()) -> Credential:
    """Store a credential through the service and return it with its id."""
    form = CredentialForm(credential=credential, issuer_name=issuer, skill_names=skills)
    return save_credential(library, form).value


def counting(start: int = 1) -> Callable[[], int]:
    """Return a function that gives the next whole number each time it is called."""
    numbers = itertools.count(start)
    return lambda: next(numbers)
