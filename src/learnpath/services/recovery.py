"""Repairing a library that is damaged, and looking at one that may be."""

from dataclasses import dataclass
from pathlib import Path

from learnpath.errors import LibraryError
from learnpath.services.checking import CheckReport, check_library
from learnpath.services.libraries import real_surroundings
from learnpath.storage.database import LIBRARY_FILE
from learnpath.storage.errors import DamagedLibraryError, ForeignFileError, ForeignSchemaError, NewerLibraryError
from learnpath.storage.library import Library, Surroundings
from learnpath.storage.recovery import Recovery, recover
from learnpath.storage.restoring import copied_files, locked_folder


@dataclass(frozen=True, slots=True)
class Repair:
    """What a repair did (`recovery` None: the file was sound and was left alone) and what a check says afterwards."""

    recovery: Recovery | None
    after: CheckReport


def repair_library(folder: Path, around: Surroundings | None = None) -> Repair:
    """Repair the library in a folder that nobody has open, when its file is damaged; a sound one is left alone.

    The damaged file is kept byte for byte in the folder `damaged`. Raises a LibraryError when the library is open
    somewhere, of a newer schema, no library at all, or not writable.
    """
    around = around or real_surroundings()
    folder = folder.expanduser().absolute()
    recovery = None
    if (folder / LIBRARY_FILE).exists():
        with locked_folder(folder, around):
            fault = _fault(folder, around)
            if fault is not None:
                recovery = recover(folder, around.now(), may_start_anew=not isinstance(fault, ForeignFileError))
    library = Library.open(folder, around)
    try:
        return Repair(recovery, check_library(library))
    finally:
        library.close()


def _fault(folder: Path, around: Surroundings) -> LibraryError | None:
    """Return why the library is to be repaired, None when it is sound or of a newer schema; other LibraryErrors pass.

    A copy is looked at: opening takes back a change that was cut off, which a damaged file does not survive unaltered.
    """
    with copied_files(folder) as copy:
        try:
            library = Library.open(copy, around)
        except (DamagedLibraryError, ForeignFileError, ForeignSchemaError) as error:
            return error
        except NewerLibraryError:
            # Opening the library itself says so, with its own folder.
            return None
        try:
            problems = library.problems()
            return DamagedLibraryError(folder, problems[0]) if problems else None
        except DamagedLibraryError as error:
            return error
        finally:
            library.close()
