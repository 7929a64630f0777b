"""Other library files: the copies that sync programs leave when two computers wrote one library, and importing one."""

from pathlib import Path

from learnpath.interchange.library_json import dump_library
from learnpath.services.libraries import real_surroundings
from learnpath.storage.backups import as_backup
from learnpath.storage.database import LIBRARY_FILE, is_library_header
from learnpath.storage.errors import known_file_errors
from learnpath.storage.evidence_store import file_path
from learnpath.storage.library import Library, Surroundings
from learnpath.storage.restoring import opened_backup

_HEADER = 100


def find_conflict_copies(folder: Path) -> list[Path]:
    """Return the library files beside the library's own, by name.

    Whatever a sync program calls its copy (“library (conflicted copy 2026-11-21)”, “library-PC”,
    “library.sync-conflict-20261121-101500-ABCDEFG”), it starts with the name and is a library.
    """
    stem = LIBRARY_FILE.partition(".")[0]
    with known_file_errors(folder):
        return sorted(
            file
            for file in folder.iterdir()
            if file.name != LIBRARY_FILE
            and file.name.casefold().startswith(stem)
            and not file.name.endswith(("-journal", "-wal", "-shm"))
            and file.is_file()
            and is_library_file(file)
        )


def is_library_file(file: Path) -> bool:
    """Return whether a file begins as a library does; OSError passes."""
    with file.open("rb") as stream:
        return is_library_header(stream.read(_HEADER))


def export_of_library_file(file: Path, into: Library, around: Surroundings | None = None) -> bytes:
    """Return a library file as a JSON export that can be imported, with the proofs that lie beside it.

    The file is only read: a copy of it is opened, within the folder of the library that takes the export in. Raises a
    LibraryError when it is damaged or newer.
    """
    with opened_backup(into.folder, as_backup(file), around or real_surroundings()) as library:
        library.files_folder = file.parent / "files"
        return _export(library)


def _export(library: Library) -> bytes:
    contents = library.contents()
    files = {
        one.sha256: path
        for one in (*contents.evidence, *contents.imports)
        if (path := file_path(library.files_folder, one.file_name)).is_file()
    }
    with known_file_errors(library.folder):
        return dump_library(contents, {digest: path.read_bytes() for digest, path in files.items()})
