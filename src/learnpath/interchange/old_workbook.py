"""The old Excel format (XLS) before the library that reads workbooks opens it: how far its cells reach.

That library keeps a sheet as a full rectangle, see `sheet_extent`. Structures after Microsoft's published
[MS-CFB] (the container: sectors in chains) and [MS-XLS] (records of a kind, a length and a body).
"""

import struct
from array import array
from collections.abc import Iterator

from learnpath.errors import KnownError
from learnpath.interchange.archive_files import damaged
from learnpath.interchange.sheet_extent import check_span

_FREE = 0xFFFFFFFA
# Excel has no limit of its own; more is a file that makes work.
_MOST_SHEETS = 1000
_STREAMS = ("Workbook", "Book")
# The end of a sheet, the place of a sheet, and that everything that follows is encrypted.
_END, _SHEET, _PASSWORD = 0x000A, 0x0085, 0x002F
# Kinds of records that put one cell at a row and a column.
_CELLS = frozenset((0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x0002, 0x0003, 0x0004, 0x0005))
# Runs of cells: numbers (MULRK); the last column stands at the end.
_RUN = 0x00BD


def check_old_workbook(data: bytes) -> None:
    """Raise KnownError for an XLS file that is damaged, protected, or whose sheets span too many cells."""
    stream = _read_stream(data)
    sheets: set[int] = set()
    for kind, body, length in _records(stream, 0):
        if kind == _PASSWORD:
            raise KnownError(
                "The workbook is protected with a password. Nothing was imported.",
                "Open it in your spreadsheet program, save it without a password, and import that file.",
            )
        if kind == _SHEET and length >= 4:
            sheets.add(struct.unpack_from("<I", stream, body)[0])
    if len(sheets) > _MOST_SHEETS:
        raise damaged()
    for start in sheets:
        _check_sheet(stream, start)


def _check_sheet(stream: bytes, start: int) -> None:
    rows, columns = 0, 0
    for kind, body, length in _records(stream, start):
        if length >= 4 and (kind in _CELLS or kind == _RUN):
            row, column = struct.unpack_from("<HH", stream, body)
            last = struct.unpack_from("<H", stream, body + length - 2)[0] if kind == _RUN else column
            rows, columns = max(rows, row + 1), max(columns, column + 1, last + 1)
            check_span(rows, columns)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield the kind of each record, where its body is and how long, up to the end of the sheet or of the stream."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _END or at + 4 + length > len(stream):
            return
        yield kind, at + 4, length
        at += 4 + length


def _read_stream(data: bytes) -> bytes:
    """Return the stream that holds the workbook. Raises KnownError when the container is damaged."""
    try:
        container = _Container(data)
        found = container.find(_STREAMS)
    except (struct.error, IndexError, ValueError):
        raise damaged() from None
    if found is None:
        raise damaged()
    return found


class _Container:
    """A compound file: sectors, the table of which follows which, and a directory of streams."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._sector = 1 << struct.unpack_from("<H", data, 30)[0]
        if self._sector not in (512, 4096):
            raise ValueError("no sector size of this format")
        directory, self._least, small, more = struct.unpack_from("<I4xII4xI", data, 48)
        tables = list(struct.unpack_from("<109I", data, 76))
        passed: set[int] = set()
        while more < _FREE and more not in passed:
            passed.add(more)
            numbers = self._numbers(more)
            tables += numbers[:-1]
            more = numbers[-1]
        self._next = array("I")
        for number in tables:
            if number < _FREE:
                self._next.extend(self._numbers(number))
        self._directory = self._chain(directory)
        links = self._chain(small)
        self._small = struct.unpack(f"<{len(links) // 4}I", links[: len(links) // 4 * 4])

    def find(self, names: tuple[str, ...]) -> bytes | None:
        """Return the stream of the first of the names that there is."""
        entries: dict[str, tuple[int, int]] = {}
        root = b""
        for at in range(0, len(self._directory) - 127, 128):
            entry = self._directory[at : at + 128]
            name = entry[: max(0, min(64, struct.unpack_from("<H", entry, 64)[0]) - 2)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", entry, 116)
            if entry[66] == 5:
                root = self._chain(start)
            elif entry[66] == 2:
                _ = entries.setdefault(name, (start, size))
        for name in names:
            if name in entries:
                start, size = entries[name]
                return (self._chain(start) if size >= self._least else self._small_chain(root, start))[:size]
        return None

    def _numbers(self, sector: int) -> list[int]:
        return list(struct.unpack_from(f"<{self._sector // 4}I", self._data, (sector + 1) * self._sector))

    def _chain(self, sector: int) -> bytes:
        parts: list[bytes] = []
        while sector < _FREE:
            if len(parts) > len(self._next):
                raise ValueError("a chain of sectors that never ends")
            parts.append(self._data[(sector + 1) * self._sector : (sector + 2) * self._sector])
            sector = self._next[sector]
        return b"".join(parts)

    def _small_chain(self, root: bytes, sector: int) -> bytes:
        parts: list[bytes] = []
        while sector < _FREE:
            if len(parts) > len(self._small):
                raise ValueError("a chain of sectors that never ends")
            parts.append(root[sector * 64 : sector * 64 + 64])
            sector = self._small[sector]
        return b"".join(parts)
