"""Proofs in the library's `files` folder: written beside first, synced, renamed; read back by name."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from learnpath.errors import UsageError
from learnpath.storage.errors import LibraryAccessError, known_file_errors
from learnpath.storage.private_files import write_file

# Most file systems take 255 bytes: room is left for the digest, the ending and a suffix of other programs.
_LONGEST_STEM = 150
_LONGEST_ENDING = 10
# Names that Windows keeps for devices, whatever their ending.
_RESERVED = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)
_UNSAFE = re.compile(r"[^\w.\- ()]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the `files` folder; `size` is bytes, `sha256` hexadecimal."""

    file_name: str
    size: int
    sha256: str


def store_file(files_folder: Path, source: Path) -> StoredFile:
    """Copy a file into the library and return its name there.

    Raises UsageError when the source cannot be read, a LibraryError when the library cannot take it.
    """
    try:
        data = source.read_bytes()
    except OSError as error:
        raise UsageError(f"{source} could not be read: {error.strerror}.", "Nothing was changed.") from error
    return store_bytes(files_folder, source.name, data)


def store_bytes(files_folder: Path, name: str, data: bytes) -> StoredFile:
    """Write bytes as a new file of the library under a readable, safe name of its own."""
    sha256 = hashlib.sha256(data).hexdigest()
    with known_file_errors(files_folder.parent):
        target = _free_path(files_folder, name, sha256)
        if not _holds(target, sha256):
            write_file(target, data)
    return StoredFile(target.name, len(data), sha256)


def read_file(files_folder: Path, file_name: str) -> bytes:
    """Return a stored file's bytes; LibraryAccessError when it is gone or cannot be read."""
    try:
        return file_path(files_folder, file_name).read_bytes()
    except OSError as error:
        raise LibraryAccessError(files_folder, f"{file_name}: {error.strerror}") from error


def file_path(files_folder: Path, file_name: str) -> Path:
    """Return where a stored file lies. The one place that joins a name from the database to a folder."""
    if Path(file_name).name != file_name or file_name in {"", ".", ".."} or not set(file_name).isdisjoint("/\\\0"):
        raise LibraryAccessError(files_folder, f"{file_name!r} is no file name of the library")
    return files_folder / file_name


def safe_name(name: str) -> str:
    """Return a name that every system takes: no reserved names, no separators, NFC, not too long."""
    plain = _UNSAFE.sub("_", unicodedata.normalize("NFC", name)).strip(" .") or "file"
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending.encode()) > _LONGEST_ENDING:
        stem, ending = plain, ""
    stem = stem.encode()[:_LONGEST_STEM].decode(errors="ignore").strip(" .") or "file"
    whole = f"{stem}.{ending}" if ending else stem
    return f"_{whole}" if _RESERVED.fullmatch(whole) else whole


def free_name(files_folder: Path, name: str, sha256: str) -> str:
    """Return the name that a file of this name and content has or would have in the library."""
    with known_file_errors(files_folder.parent):
        return _free_path(files_folder, name, sha256).name


def _free_path(files_folder: Path, name: str, sha256: str) -> Path:
    # The same content under the same name is the same file; a case-folding disk must not mix two others up.
    stem, dot, ending = safe_name(name).rpartition(".")
    if not dot:
        stem, ending = ending, ""
    short = files_folder / f"{stem}-{sha256[:8]}{dot}{ending}"
    return short if not short.exists() or _holds(short, sha256) else files_folder / f"{stem}-{sha256}{dot}{ending}"


def _holds(path: Path, sha256: str) -> bool:
    # Looked at, not believed: a damaged file of that name must never be taken for the good one.
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256
