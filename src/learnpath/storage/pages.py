"""The pages of an SQLite file read without SQLite: what is left to do when its own reader stops at the first fault.

Belongs here: the file format (sqlite.org/fileformat2.html) and nothing about what the rows mean. Every read is checked
against the page's bounds; what does not fit is counted as broken and passed over.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

Cell = int | str | bytes | float | None

_USUAL_PAGE_SIZE = 4096
_HEADER = 100
_INDEX_INTERIOR, _TABLE_INTERIOR, _INDEX_LEAF, _TABLE_LEAF = 0x02, 0x05, 0x0A, 0x0D
_TABLE_KINDS = frozenset((_TABLE_INTERIOR, _TABLE_LEAF))
_INDEX_KINDS = frozenset((_INDEX_INTERIOR, _INDEX_LEAF))
_INTEGER_SIZES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_LONGEST_PAYLOAD = 1 << 30


class BrokenPage(Exception):
    """A page or a cell does not follow the format."""


class Row(NamedTuple):
    """One row; `rowid` is 0 in an index or a table without rowids."""

    rowid: int
    values: tuple[Cell, ...]


@dataclass(slots=True)
class PageRows:
    """The rows that one page holds, how many of its cells could not be read, and the pages below it."""

    rows: list[Row] = field(default_factory=list[Row])
    broken: int = 0
    children: list[int] = field(default_factory=list[int])


class PageFile:
    """The bytes of an SQLite file as numbered pages, the first one being 1."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        size = int.from_bytes(data[16:18], "big")
        size = 65536 if size == 1 else size
        is_right = size >= 512 and size & (size - 1) == 0
        self.page_size = size if is_right else _USUAL_PAGE_SIZE
        reserved = data[20] if is_right and len(data) > 20 and data[20] < 64 else 0
        self._usable = self.page_size - reserved
        self.count = -(-len(data) // self.page_size)

    def page(self, number: int) -> bytes:
        """Return the bytes of a page, filled up with zeros where the file ends early; BrokenPage when it has none."""
        if not 1 <= number <= self.count:
            raise BrokenPage(number)
        start = (number - 1) * self.page_size
        return self._data[start : start + self.page_size].ljust(self.page_size, b"\0")

    def kind(self, number: int) -> int:
        """Return the type byte of a page, 0 when it is no page of a tree."""
        found = self.page(number)[_HEADER if number == 1 else 0]
        return found if found in _TABLE_KINDS | _INDEX_KINDS else 0

    def is_table_leaf(self, number: int) -> bool:
        """Return whether a page says that it holds rows of a table."""
        return self.kind(number) == _TABLE_LEAF

    def is_index_page(self, number: int) -> bool:
        """Return whether a page says that it holds rows of an index or of a table without rowids."""
        return self.kind(number) in _INDEX_KINDS

    def free_pages(self) -> set[int]:
        """Return the pages that hold nothing in use, as far as their list can be followed."""
        found: set[int] = set()
        trunk = int.from_bytes(self._data[32:36], "big")
        while trunk and trunk not in found and trunk <= self.count:
            found.add(trunk)
            page = self.page(trunk)
            listed = min(int.from_bytes(page[4:8], "big"), self._usable // 4 - 2)
            found |= {int.from_bytes(page[at : at + 4], "big") for at in range(8, 8 + 4 * listed, 4)}
            trunk = int.from_bytes(page[:4], "big")
        return found

    def tree(self, root: int, *, index: bool) -> Iterator[tuple[int, PageRows]]:
        """Return the pages of a tree with their numbers and rows; one that is no page of it counts as broken."""
        kinds = _INDEX_KINDS if index else _TABLE_KINDS
        waiting, seen = [root], set[int]()
        while waiting:
            number = waiting.pop()
            if number in seen or not 1 <= number <= self.count or self.kind(number) not in kinds:
                yield 0, PageRows(broken=1)
                continue
            seen.add(number)
            found = self.read(number)
            waiting += found.children
            yield number, found

    def read(self, number: int) -> PageRows:
        """Return what a page of a tree holds; broken cells are counted."""
        page, start = self.page(number), _HEADER if number == 1 else 0
        kind, found = page[start], PageRows()
        interior = kind in {_INDEX_INTERIOR, _TABLE_INTERIOR}
        first = start + (12 if interior else 8)
        most = (self.page_size - first) // 2
        count = int.from_bytes(page[start + 3 : start + 5], "big")
        if count > most:
            found.broken += 1
            count = 0
        if interior:
            found.children.append(int.from_bytes(page[start + 8 : start + 12], "big"))
        for at in range(first, first + 2 * count, 2):
            try:
                self._read_cell(page, int.from_bytes(page[at : at + 2], "big"), kind, found)
            except (BrokenPage, IndexError, ValueError, struct.error):
                found.broken += 1
        return found

    def _read_cell(self, page: bytes, at: int, kind: int, found: PageRows) -> None:
        if kind in {_INDEX_INTERIOR, _TABLE_INTERIOR}:
            if at + 4 > self.page_size:
                raise BrokenPage(at)
            found.children.append(int.from_bytes(page[at : at + 4], "big"))
            at += 4
        if kind == _TABLE_INTERIOR:
            return
        size, at = _varint(page, at)
        rowid = 0
        if kind == _TABLE_LEAF:
            rowid, at = _varint(page, at)
            rowid -= (rowid >> 63) << 64
        found.rows.append(Row(rowid, decode_row(self._payload(page, at, size, table=kind == _TABLE_LEAF))))

    def _payload(self, page: bytes, at: int, size: int, *, table: bool) -> bytes:
        usable = self._usable
        largest = usable - 35 if table else (usable - 12) * 64 // 255 - 23
        if size <= largest:
            if at + size > usable:
                raise BrokenPage(at)
            return page[at : at + size]
        if size > min(_LONGEST_PAYLOAD, len(self._data)):
            raise BrokenPage(size)
        least = (usable - 12) * 32 // 255 - 23
        local = least + (size - least) % (usable - 4)
        local = local if local <= largest else least
        if at + local + 4 > usable:
            raise BrokenPage(at)
        parts, left = [page[at : at + local]], size - local
        following = int.from_bytes(page[at + local : at + local + 4], "big")
        while left > 0:
            more = self.page(following)
            parts.append(more[4 : 4 + min(left, usable - 4)])
            left -= usable - 4
            following = int.from_bytes(more[:4], "big")
        return b"".join(parts)


def decode_row(payload: bytes) -> tuple[Cell, ...]:
    """Return the values of a stored row. BrokenPage, IndexError or ValueError when it is none."""
    header_size, at = _varint(payload, 0)
    if not 1 <= header_size <= len(payload):
        raise BrokenPage(header_size)
    body, values = header_size, list[Cell]()
    while at < header_size:
        serial, at = _varint(payload, at)
        value, body = _value(payload, body, serial)
        values.append(value)
    # A row that is shorter or longer than it says was not written by SQLite.
    if at != header_size or body != len(payload):
        raise BrokenPage(body)
    return tuple(values)


def _value(payload: bytes, at: int, serial: int) -> tuple[Cell, int]:
    if serial == 0:
        return None, at
    if serial in {8, 9}:
        return serial - 8, at
    if serial == 7:
        return float(struct.unpack_from(">d", payload, at)[0]), at + 8
    if serial in {10, 11}:
        raise BrokenPage(serial)
    size = _INTEGER_SIZES[serial] if serial <= 6 else (serial - 12) // 2
    end = at + size
    if end > len(payload):
        raise BrokenPage(end)
    if serial <= 6:
        return int.from_bytes(payload[at:end], "big", signed=True), end
    return (payload[at:end] if serial % 2 == 0 else payload[at:end].decode()), end


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for position in range(8):
        byte = data[at + position]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + position + 1
    return value << 8 | data[at + 8], at + 9
