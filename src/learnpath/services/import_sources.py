"""What a person drops, chooses or names: files, folders and archives, made into the files to read one by one.

Belongs here: finding them. What a file says is the business of the formats.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from learnpath.errors import KnownError, UsageError
from learnpath.interchange.archive_parts import ARCHIVE
from learnpath.interchange.formats import split_file
from learnpath.services.importing import read_bytes
from learnpath.storage.library import Library


@dataclass(frozen=True, slots=True)
class Source:
    """A file to import: its name and where it is, or its bytes (pasted text, part of an archive).

    `problem` is why an archive cannot be opened.
    """

    name: str
    path: Path | None = None
    data: bytes | None = None
    problem: KnownError | None = None

    @property
    def place(self) -> tuple[Path | None, str]:
        """Return where it is: several files may come from one archive."""
        return self.path, self.name

    def read(self, library: Library) -> bytes:
        """Return its bytes (of another library's file: its export); KnownError when it cannot be read."""
        if self.problem is not None:
            raise self.problem
        return self.data if self.data is not None else read_bytes(library, self.path or Path(self.name))


def list_sources(paths: Sequence[Path]) -> list[Source]:
    """Return the files to read: those given, and of folders the files directly in them. Hidden files stay out.

    Of a ZIP archive these are the files inside, of a LinkedIn export those that can be imported. Only the bytes of
    such a file are kept when it is imported, not the archive with all its others. Raises UsageError for a folder that
    cannot be looked into.
    """
    found: list[Source] = []
    for path in paths:
        for file in _files_in(path) if path.is_dir() else [path]:
            found += _sources_of(file)
    return found


def _files_in(folder: Path) -> list[Path]:
    try:
        return sorted(one for one in folder.iterdir() if one.is_file() and not one.name.startswith("."))
    except OSError as error:
        raise UsageError(f"{folder} could not be read: {error.strerror}.", "Nothing was imported.") from error


def _sources_of(path: Path) -> list[Source]:
    whole = Source(path.name, path)
    try:
        with path.open("rb") as file:
            if file.read(len(ARCHIVE)) != ARCHIVE:
                return [whole]
        parts = split_file(path.read_bytes(), path.name)
    except KnownError as error:
        return [Source(path.name, path, problem=error)]
    except OSError:
        # Reading the file tells the person what is wrong with it.
        return [whole]
    if len(parts) == 1 and parts[0].name == path.name:
        return [whole]
    return [Source(part.name, path, part.data) for part in parts]
