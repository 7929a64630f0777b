"""The files in a folder and in the folders inside it, within limits, and what of it is left out.

Belongs here: walking folders. What the files are is found out in `import_sources` and by the formats.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from learnpath.errors import UsageError
from learnpath.interchange import archive_files
from learnpath.storage.database import LIBRARY_FILE

DEEPEST_FOLDER = 8
"""So many folders inside one another are looked into, the one that was named not counted."""

MOST_FOLDERS = 5000

# What desktops put into folders by themselves; nobody misses it.
_SYSTEMS_OWN = frozenset((".DS_Store", ".localized", ".directory"))


class _TooManyFilesError(Exception):
    pass


class _TooManyFoldersError(Exception):
    pass


@dataclass(slots=True)
class FolderWalk:
    """The files found, by folder and name; how many hidden files and folders there are; folders not looked into.

    Of a folder that is a library, the library's file is found when it was named, and nothing otherwise. `unreadable`
    are folders that cannot be looked into, each with the system's reason.
    """

    files: list[Path] = field(default_factory=list[Path])
    hidden: int = 0
    linked: list[str] = field(default_factory=list[str])
    libraries: list[str] = field(default_factory=list[str])
    deeper: list[str] = field(default_factory=list[str])
    unreadable: list[tuple[Path, str]] = field(default_factory=list[tuple[Path, str]])
    _folders: int = 0

    def look_into(self, folder: Path, most_files: int, files_before: int = 0) -> None:
        """Add the files of a folder that was named and of those inside it.

        Raises UsageError when it cannot be read, when it and the folders before it, which held `files_before`, hold
        more than `most_files` files, and when it holds more than `MOST_FOLDERS` folders.
        """
        try:
            self._look_into(folder, most_files - files_before, 0)
        except _TooManyFilesError:
            name = shown_name(folder)
            holders = f"The folder “{name}” and those before it hold" if files_before else f"The folder “{name}” holds"
            raise UsageError(
                f"{holders} more than {most_files:,} files. Nothing was imported.", "Choose those that you need."
            ) from None
        except _TooManyFoldersError:
            raise UsageError(
                f"The folder “{shown_name(folder)}” holds more than {MOST_FOLDERS:,} folders. Nothing was imported.",
                "Choose the folder that the files are in.",
            ) from None

    def _look_into(self, folder: Path, most_files: int, depth: int) -> None:
        # The one that was named does not count.
        if depth:
            self._folders += 1
        if self._folders > MOST_FOLDERS:
            raise _TooManyFoldersError
        try:
            with os.scandir(folder) as entries:
                listed = sorted(entries, key=_name_of)
        except OSError as error:
            if depth == 0:
                raise UsageError(
                    f"{_as_text(str(folder))} could not be read: {error.strerror}.", "Nothing was imported."
                ) from error
            self.unreadable.append((folder, error.strerror or "no reason given"))
            return
        if any(entry.name == LIBRARY_FILE for entry in listed):
            # Its files and backups are its own matter.
            if depth:
                self.libraries.append(shown_name(folder))
            else:
                self.files.append(folder / LIBRARY_FILE)
            return
        shown = [entry for entry in listed if not entry.name.startswith(".")]
        self.hidden += sum(entry.name.startswith(".") and entry.name not in _SYSTEMS_OWN for entry in listed)
        self.files += [Path(entry.path) for entry in shown if _is(entry.is_file)]
        if len(self.files) > most_files:
            raise _TooManyFilesError
        for entry in shown:
            if not _is(entry.is_dir):
                continue
            if entry.is_symlink():
                self.linked.append(shown_name(Path(entry.path)))
            elif depth == DEEPEST_FOLDER:
                self.deeper.append(shown_name(Path(entry.path)))
            else:
                self._look_into(Path(entry.path), most_files, depth + 1)

    def notes(self, name: str) -> list[str]:
        """Return sentences on what was left out of a folder called `name`."""
        told: list[str] = []
        if self.hidden:
            told.append(f"{self.hidden:,} hidden {'file or folder' if self.hidden == 1 else 'files and folders'}")
        if self.linked:
            told.append(f"links to other folders ({_some(self.linked)})")
        if self.libraries:
            told.append(f"Learnpath libraries ({_some(self.libraries)})")
        if self.deeper:
            told.append(f"folders more than {DEEPEST_FOLDER} deep ({_some(self.deeper)})")
        return [f"Left out of the folder “{name}”: {', '.join(told)}."] if told else []


def shown_name(path: Path) -> str:
    """Return the name of a file or folder as text on one line, cleaned as names in archives are."""
    return _as_text(path.name)


def _as_text(name: str) -> str:
    # A file name of Linux can hold bytes that are no text; the database takes text only.
    return archive_files.shown_name(name.encode(errors="replace").decode())


def _name_of(entry: "os.DirEntry[str]") -> str:
    return entry.name


def _is(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except OSError:
        # A link to nowhere, or in a ring.
        return False


def _some(names: list[str]) -> str:
    more = len(names) - 3
    return ", ".join(names[:3]) + (f" and {more} more" if more > 0 else "")
