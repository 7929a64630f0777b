"""ZIP archives as files bring them: opened in memory, checked before anything is inflated, never unpacked to disk.

Belongs here: the limits and the reading of single entries. What the entries mean is the business of the formats.
Names of entries are only compared, never used as paths.
"""

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable
from io import BytesIO

from learnpath.errors import KnownError

ARCHIVE = b"PK\x03\x04"
"""What a ZIP archive begins with."""

MOST_ENTRIES = 10_000
"""More than any export or workbook has; a million empty entries cost seconds and memory just to list."""

MOST_INFLATED_BYTES = 200 * 1024 * 1024
"""Of all entries that are read together."""

MOST_RATIO = 100
"""Inflated to compressed bytes of one entry; text compresses 3 to 30 times, a bomb about 1,000 times."""

# Below this size a high ratio is harmless: a short list of equal rows reaches it honestly.
_RATIO_MATTERS_FROM = 1024 * 1024
_DRIVE = re.compile(r"[A-Za-z]:")
_SYSTEM_FILES = {"thumbs.db", "desktop.ini"}
_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER_BYTES = 30
MOST_FILES = 500
"""Of an archive whose files are all read, as many as a person could look through."""

MOST_FILE_BYTES = 20 * 1024 * 1024
"""Of one file in an archive. The largest Certifications.csv seen has 489 rows and 120 KB."""

_HINT = "Export or save it again from where it came from, and import that file."


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Return an opened archive whose entries have not been read. Raises KnownError when it is damaged or too large."""
    if data.count(_ENTRY) > MOST_ENTRIES:
        raise KnownError(
            f"The file is an archive of more than {MOST_ENTRIES:,} entries. Nothing was imported.",
            "Unpack it and import the files inside.",
        )
    try:
        return zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        raise damaged() from None


def read_entries(data: bytes, entries: Iterable[zipfile.ZipInfo], most_bytes: int) -> list[bytes]:
    """Return what the entries hold, in order. `most_bytes` is the limit of each.

    Raises KnownError for an entry that is encrypted, too large, swells too much or is not what the archive says.
    """
    wanted = list(entries)
    if sum(entry.file_size for entry in wanted) > MOST_INFLATED_BYTES:
        raise _too_large(MOST_INFLATED_BYTES)
    for entry in wanted:
        if entry.flag_bits & 0x1:
            raise KnownError(
                "The file is protected with a password. Nothing was imported.",
                "Save it without a password and import that file.",
            )
        if entry.file_size > most_bytes:
            raise _too_large(most_bytes)
        if entry.file_size > max(_RATIO_MATTERS_FROM, MOST_RATIO * entry.compress_size):
            raise KnownError(
                f"The file holds data that swells to more than {MOST_RATIO} times its size. Nothing was imported.",
                _HINT,
            )
    return [_inflate(data, entry) for entry in wanted]


def file_entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return the files of an archive by their names without folders, in order; of equal names with their folders.

    Where these are equal, too, they are numbered: no file is lost. Names that lead elsewhere and files that only the
    system that packed them needs are left out.
    """
    found: dict[str, zipfile.ZipInfo] = {}
    repeats: Counter[str] = Counter()
    for entry in archive.infolist():
        name, whole = shown_name(plain_name(entry.filename)), shown_name(entry.filename)
        if not name or name.startswith(".") or name.lower() in _SYSTEM_FILES:
            continue
        stem, dot, ending = whole.rpartition(".")
        shown = name if name not in found else whole
        while shown in found:
            repeats[whole] += 1
            number = f" ({repeats[whole] + 1})"
            shown = f"{stem}{number}{dot}{ending}" if dot else f"{whole}{number}"
        found[shown] = entry
    return found


def has_unsafe_names(archive: zipfile.ZipFile) -> bool:
    """Return whether an archive holds a file whose name leads elsewhere."""
    names = (entry.filename for entry in archive.infolist() if not entry.is_dir())
    return any(not plain_name(name) and "__MACOSX" not in name for name in names)


def shown_name(name: str) -> str:
    """Return a file's name without signs that steer a terminal, turn the writing round or are no text."""
    return "".join(sign if sign.isprintable() else "_" for sign in name)


def entry_names(data: bytes) -> frozenset[str] | None:
    """Return the names of all entries of an archive; None when it is damaged or has too many."""
    try:
        return frozenset(open_archive(data).namelist())
    except KnownError:
        return None


def plain_name(path: str) -> str:
    """Return the last part of an entry's name, "" for a folder and for one that points elsewhere."""
    folders, _, name = path.replace("\\", "/").rpartition("/")
    outside = path.startswith(("/", "\\")) or _DRIVE.match(path) or ".." in folders.split("/") or "__MACOSX" in folders
    return "" if outside else name


def damaged() -> KnownError:
    """Return the error for an archive or workbook that cannot be read."""
    return KnownError("The file is damaged: its end or some of its parts are missing. Nothing was imported.", _HINT)


def _too_large(limit: int) -> KnownError:
    return KnownError(
        f"The file holds more than {limit // (1024 * 1024)} MB when unpacked. Nothing was imported.",
        "Split it and import the parts.",
    )


def _inflate(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    """Return an entry's bytes, inflated to no more than the archive says it holds."""
    at = entry.header_offset
    header = data[at : at + _LOCAL_HEADER_BYTES]
    if len(header) < _LOCAL_HEADER_BYTES or not header.startswith(b"PK\x03\x04"):
        raise damaged()
    start = at + _LOCAL_HEADER_BYTES + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = data[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        found = packed
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        try:
            # One byte more than stated shows a size that is a lie; zero would mean no limit.
            found = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, entry.file_size + 1)
        except zlib.error:
            raise damaged() from None
    else:
        raise damaged()
    if len(found) != entry.file_size or zlib.crc32(found) != entry.CRC:
        raise damaged()
    return found
