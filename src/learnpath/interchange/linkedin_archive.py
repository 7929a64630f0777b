"""LinkedIn's data export as it comes: a ZIP of many files, of which only those about learning are opened.

The others (messages, contacts, advertising) are never read, and nothing is unpacked to disk.
"""

from dataclasses import dataclass
from zipfile import ZipInfo

from learnpath.interchange.archive_files import open_archive, read_entries

PART_NAMES = ("Certifications.csv", "Learning.csv", "Courses.csv", "Education.csv", "Skills.csv")
"""The files that are read, in the order in which they are shown. The export names them so in every language seen."""

ARCHIVE = b"PK\x03\x04"
"""What a ZIP archive begins with."""

MOST_PART_BYTES = 20 * 1024 * 1024
"""Of one file. The largest Certifications.csv seen has 489 rows and 120 KB."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """One file inside another: its name without folders, and its bytes."""

    name: str
    data: bytes


def find_parts(data: bytes) -> tuple[FilePart, ...]:
    """Return the files of a LinkedIn export that can be imported; none when the bytes are no such archive.

    Raises KnownError for an archive that is damaged, protected or too large.
    """
    if not data.startswith(ARCHIVE):
        return ()
    found: dict[str, ZipInfo] = {}
    for entry in open_archive(data).infolist():
        name = _plain_name(entry.filename).lower()
        wanted = next((part for part in PART_NAMES if part.lower() == name), None)
        if wanted is not None:
            _ = found.setdefault(wanted, entry)
    names = [name for name in PART_NAMES if name in found]
    contents = read_entries(data, [found[name] for name in names], MOST_PART_BYTES)
    return tuple(FilePart(name, content) for name, content in zip(names, contents, strict=True))


def _plain_name(path: str) -> str:
    """Return the last part of an entry's name, "" for one that points elsewhere or is no file of the export."""
    folders, _, name = path.replace("\\", "/").rpartition("/")
    outside = path.startswith(("/", "\\")) or ":" in path or ".." in folders.split("/") or "__MACOSX" in folders
    return "" if outside else name
