"""What a library folder is made of, for the person to see: how many records, how large, and whether it opens.

Belongs here: facts about the folder. Whether it is sound is in `checking`.
"""

from dataclasses import dataclass
from pathlib import Path

from learnpath.services.libraries import open_library
from learnpath.services.sample import has_sample
from learnpath.storage.library import Library
from learnpath.storage.totals import record_counts


@dataclass(frozen=True, slots=True)
class LibraryFacts:
    """Records by table name, the size of the folder in bytes, and whether the sample is in it."""

    records: dict[str, int]
    size: int
    has_sample: bool


def library_facts(library: Library) -> LibraryFacts:
    """Return the facts as they are now."""
    return LibraryFacts(record_counts(library), folder_size(library.folder), has_sample(library))


def folder_size(folder: Path) -> int:
    """Return the bytes of all files in a folder and below it; what goes away meanwhile counts as nothing."""
    total = 0
    for file in folder.rglob("*"):
        try:
            total += file.stat().st_size if file.is_file() else 0
        except OSError:
            continue
    return total


def try_library(folder: Path) -> Path:
    """Open the library in a folder, making it in a new or empty one, and close it; return the folder.

    Raises a LibraryError with a sentence when it could not be used.
    """
    open_library(folder).close()
    return folder
