"""Opening a library with the real clock, ids and device name."""

import platform
from pathlib import Path

from learnpath.storage.library import Library, Surroundings


def real_surroundings() -> Surroundings:
    """Return the system's clock, random ids and the name of this computer."""
    return Surroundings.real(platform.node() or "this computer")


def open_library(folder: Path) -> Library:
    """Open the library in `folder`, making it when there is none; raises a LibraryError with a sentence."""
    return Library.open(folder, real_surroundings())
