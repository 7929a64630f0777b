"""Small workbooks made for tests: XLSX by XlsxWriter, ODS and XLS by hand."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import xlsxwriter

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "table", "text")
)


@dataclass(frozen=True)
class Shown:
    """A number that a format shows."""

    number: float
    number_format: str


@dataclass(frozen=True)
class Linked:
    """A text that leads to an address."""

    text: str
    address: str


def workbook(
    sheets: Mapping[str, Sequence[Sequence[object]]],
    *,
    hidden: str = "",
    merged: Sequence[str] = (),
    epoch_1904: bool = False,
) -> bytes:
    """Return an XLSX workbook; `merged` are ranges of its last sheet."""
    out = io.BytesIO()
    book: Any = xlsxwriter.Workbook(out, {"date_1904": epoch_1904, "in_memory": True})
    formats: dict[type[object], Any] = {
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        time: book.add_format({"num_format": "hh:mm"}),
        timedelta: book.add_format({"num_format": "[h]:mm:ss"}),
    }
    sheet: Any = None
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        if name == hidden:
            sheet.hide()
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if type(cell) in formats:
                    sheet.write_datetime(at, column, cell, formats[type(cell)])
                elif cell == "#DIV/0!":
                    sheet.write_formula(at, column, "=1/0", None, cell)
                elif isinstance(cell, Shown):
                    sheet.write_number(at, column, cell.number, book.add_format({"num_format": cell.number_format}))
                elif isinstance(cell, Linked):
                    sheet.write_url(at, column, cell.address, string=cell.text)
                elif cell is not None:
                    sheet.write(at, column, cell)
    for cells in merged:
        first = cells.partition(":")[0]
        row, column = int(first[1:]) - 1, ord(first[0]) - 65
        sheet.merge_range(cells, list(sheets.values())[-1][row][column])
    book.close()
    return out.getvalue()


def zipped(entries: Mapping[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_entry(data: bytes, name: str, content: bytes) -> bytes:
    """Return an archive in which one entry holds something else."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {entry: archive.read(entry) for entry in archive.namelist()}
    return zipped({**entries, name: content})


def ods(rows: str, before: str = "") -> bytes:
    """Return an ODS workbook of one sheet from the XML of its rows."""
    content = (
        f"{before}<office:document-content {_NAMESPACES}><office:body><office:spreadsheet>"
        f'<table:table table:name="List">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest,
            "content.xml": content,
        },
        zipfile.ZIP_STORED,
    )


def ods_row(*cells: str, repeated: int = 1, across: int = 1) -> str:
    """Return the XML of a row of text cells."""
    inside = "".join(
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{across}">'
        f"<text:p>{cell}</text:p></table:table-cell>"
        for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inside}</table:table-row>'


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def xls_stream(cells: Mapping[tuple[int, int], str], *, extra: bytes = b"") -> bytes:
    """Return the records of a BIFF8 workbook of one sheet; `extra` goes in front of the sheet's cells."""
    beginning = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0x41, 6)
    sheet_beginning = struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0x41, 6)
    name = b"List"
    bound_length = 4 + 6 + 2 + len(name)
    end = _record(0x000A, b"")
    front = _record(0x0809, beginning)
    start = len(front) + bound_length + len(end)
    front += _record(0x0085, struct.pack("<IBBBB", start, 0, 0, len(name), 0) + name) + end
    labels = b"".join(
        _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode("latin-1"))
        for (row, column), text in sorted(cells.items())
    )
    return front + _record(0x0809, sheet_beginning) + extra + labels + end


def compound(stream: bytes, name: str = "Workbook", *, small: bool = False) -> bytes:
    """Return a compound file that holds one stream, in its ordinary sectors or, when small, in the 64-byte ones."""
    least = 4096
    free, end_of_chain, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    size = len(stream) if small else max(least, len(stream))
    held = -(-size // 512)
    # Sectors: table, directory, table of small sectors, then the stream.
    links = [table, end_of_chain, end_of_chain, *range(4, 3 + held), end_of_chain]
    fat = struct.pack("<128I", *links, *[free] * (128 - len(links)))
    pieces = -(-size // 64) if small else 0
    small_links = [*range(1, pieces), end_of_chain] if small else []
    small_fat = struct.pack("<128I", *small_links, *[free] * (128 - len(small_links)))

    def entry(title: str, kind: int, child: int, start: int, length: int) -> bytes:
        raw = (title + "\0").encode("utf-16-le")
        return (
            raw.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(raw), kind, 1, free, free, child)
            + bytes(16 + 4 + 16)
            + struct.pack("<IQ", start, length)
        )

    root = entry("Root Entry", 5, 1, 3 if small else end_of_chain, held * 512 if small else 0)
    directory = (root + entry(name, 2, free, 0 if small else 3, size)).ljust(512, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, least, 2, 1, end_of_chain, 0, 0)
    header += struct.pack("<108I", *[free] * 108)
    return header + fat + directory + small_fat + stream.ljust(held * 512, b"\0")
