"""What a person drops, chooses or names: files, folders and archives, made into the files to read one by one.

Belongs here: finding them. What a file says is the business of the formats.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from learnpath.errors import KnownError
from learnpath.interchange.archive_files import ARCHIVE, MOST_FILES, MOST_INFLATED_BYTES
from learnpath.interchange.formats import check_size, foreign_file_error, recognise, split_file
from learnpath.interchange.text_decoding import is_binary
from learnpath.services.folder_files import FolderWalk, shown_name
from learnpath.services.importing import read_bytes
from learnpath.storage.library import Library

_PASTED_TEXT, _PASTED_TABLE = "Pasted text", "Pasted table"
_TABLES = frozenset(("table", "markdown_table"))
_LONGEST_ADDRESS = 4096
_ADDRESS = re.compile(rb"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """A file to import: its name and where it is, or its bytes (pasted text, part of an archive).

    `problem` is why an archive, or a file found in a folder, cannot be opened.
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


@dataclass(frozen=True, slots=True)
class Sources:
    """The files to read, in order, and sentences on what was left out of folders."""

    files: list[Source]
    notes: tuple[str, ...] = ()


def find_sources(paths: Sequence[Path]) -> Sources:
    """Return the files to read: those given, and of folders the files in them and in the folders inside.

    Left out of folders, and told, are hidden files and folders, links to folders, and what is nested too deep.

    Of a ZIP archive these are the files inside, of a LinkedIn export those that can be imported. Only the bytes of
    such a file are kept when it is imported, not the archive with all its others. An archive that does not fit into
    memory with those before it is a source with a problem, as is a file or a folder inside a folder that cannot be
    opened. Raises UsageError for a folder that cannot be looked into, and when folders hold more than `MOST_FILES`
    files together.
    """
    found: list[Source] = []
    notes: list[str] = []
    in_folders = unpacked = 0
    for path in paths:
        is_folder = _is_folder(path)
        files = [path]
        if is_folder:
            walk = FolderWalk()
            walk.look_into(path, MOST_FILES, in_folders)
            files, in_folders = walk.files, in_folders + len(walk.files)
            notes += walk.notes(shown_name(path))
            found += [Source(shown_name(one), one, problem=_closed(one, why)) for one, why in walk.unreadable]
        if not files:
            found.append(Source(shown_name(path), path, problem=_no_files(shown_name(path))))
        for file in files:
            sources = _sources_of(file, is_named=not is_folder)
            size = sum(len(source.data) for source in sources if source.data is not None)
            if unpacked + size > MOST_INFLATED_BYTES:
                found.append(Source(shown_name(file), file, problem=_too_large_together(shown_name(file))))
            else:
                unpacked += size
                found += sources
    return Sources(found, tuple(notes))


def paste(data: bytes) -> Source:
    """Return what was pasted or sent as a file to read, named by whether it is a table.

    A web address alone, and what no format reads, is a source with a problem.
    """
    text = data[:_LONGEST_ADDRESS].strip()
    if len(data.strip()) == len(text) and _ADDRESS.fullmatch(text):
        return Source(_PASTED_TEXT, data=data, problem=_only_an_address())
    format_name = recognise(data, _PASTED_TEXT)
    if format_name is None:
        is_prose = text and not is_binary(data) and text[:1] not in b"<{["
        problem = _only_prose() if is_prose else foreign_file_error(data, _PASTED_TEXT)
        return Source(_PASTED_TEXT, data=data, problem=problem)
    return Source(_PASTED_TABLE if format_name in _TABLES else _PASTED_TEXT, data=data)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        # A name that is too long, or a folder that may not be entered: reading the file tells the person.
        return False


def _sources_of(path: Path, *, is_named: bool) -> list[Source]:
    name = shown_name(path)
    whole = Source(name, path)
    try:
        # A pipe would be waited for; reading the file tells the person what it is.
        if not path.is_file():
            return [whole]
        with path.open("rb") as file:
            if file.read(len(ARCHIVE)) != ARCHIVE:
                return [whole]
        check_size(path.stat().st_size, name)
        data = path.read_bytes()
        parts = split_file(data, name)
    except KnownError as error:
        return [Source(name, path, problem=error)]
    except OSError as error:
        if is_named:
            return [whole]
        # One of many that nobody named: the others are read.
        problem = KnownError(f"“{name}” could not be read: {error.strerror}. It was not imported.")
        return [Source(name, path, problem=problem)]
    if len(parts) == 1 and parts[0].data is data:
        return [whole]
    return [Source(part.name, path, part.data) for part in parts]


def _no_files(name: str) -> KnownError:
    return KnownError(
        f"The folder “{name}” holds no files to read. Nothing was imported.", "Choose the folder that the files are in."
    )


def _closed(folder: Path, why: str) -> KnownError:
    return KnownError(f"The folder “{shown_name(folder)}” could not be looked into: {why}. It was left out.")


def _only_prose() -> KnownError:
    return KnownError(
        "The pasted text is neither rows of a table nor a badge. Nothing was imported.",
        "Copy rows of a spreadsheet, or the whole text of a badge.",
    )


def _only_an_address() -> KnownError:
    return KnownError(
        "This is a link: nothing is fetched from the web. Nothing was imported.",
        "Open it in your browser, download the badge or the data there (as JSON or as a picture), and import that "
        "file.",
    )


def _too_large_together(name: str) -> KnownError:
    return KnownError(
        f"“{name}” and the archives before it hold more than {MOST_INFLATED_BYTES // (1024 * 1024)} MB together when "
        "unpacked. It was not imported.",
        "Import it after the others.",
    )
