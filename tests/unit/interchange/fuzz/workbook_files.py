"""Workbooks: the XML parts of XLSX and ODS, the records of XLS, and the bytes of all three."""

import io
import struct
from datetime import date
from zipfile import ZIP_STORED, ZipFile

from hypothesis import strategies as st
from tests.unit.interchange.fuzz.fuzzer import Fuzzer
from tests.unit.interchange.fuzz.odd_markup import nearly_xml
from tests.unit.interchange.fuzz.odd_tables import odd_cells
from tests.unit.interchange.fuzz.odd_values import damaged
from tests.unit.interchange.workbooks import compound, ods, ods_row, workbook, xls_stream, zipped

_XLSX = workbook(
    {"List": [["Title", "Issuer", "Awarded on", "Hours"], ["Sails", "Port", date(2024, 5, 14), 12], ["Knots", "Port"]]},
    merged=("B2:B3",),
)
_ODS = ods(ods_row("Title", "Issuer") + ods_row("Sails", "Port") + ods_row("Knots", "", repeated=3))
_CELLS = {(0, 0): "Title", (0, 1): "Issuer", (1, 0): "Sails", (1, 1): "Port"}
_STREAM = xls_stream(_CELLS)
_XLS = compound(_STREAM)


@st.composite
def _parts(draw: st.DrawFn, archive: bytes) -> bytes:
    """Draw a workbook of which one part is nearly what it was, or missing."""
    with ZipFile(io.BytesIO(archive)) as opened:
        entries = {name: opened.read(name) for name in opened.namelist()}
    # The longest is the list itself in one of them, the styles in the other.
    longest = sorted(entries, key=lambda name: -len(entries[name]))
    name = draw(st.sampled_from([*longest, *longest[:2]]))
    if draw(st.integers(0, 8)) == 8:
        del entries[name]
    else:
        is_xml = entries[name].lstrip().startswith(b"<")
        entries[name] = draw(nearly_xml(entries[name]) if is_xml else damaged(entries[name]))
    return zipped(entries, ZIP_STORED)


@st.composite
def _written(draw: st.DrawFn) -> bytes:
    """Draw a sound workbook with odd cells."""
    rows = draw(st.lists(st.lists(odd_cells.filter(lambda text: len(text) < 2000 and text.isprintable()), max_size=5),
                         max_size=5))  # fmt: skip
    return workbook({"List": [["Title", "Issuer", "Price", "Hours", "Link"], *(_escaped(row) for row in rows)]})


def _escaped(row: list[str]) -> list[str]:
    return [cell if not cell.startswith(("=", "http", "file:", "mailto:", "{=")) else f" {cell}" for cell in row]


@st.composite
def _records(draw: st.DrawFn) -> bytes:
    """Draw an XLS workbook with a record that nobody expects among those of its sheet."""
    kind = draw(
        st.sampled_from((0x0006, 0x00FC, 0x00FD, 0x0203, 0x0204, 0x0208, 0x0200, 0x00E5, 0x003C, 0x0809, 0xFFFF))
    )
    body = draw(st.binary(max_size=40) | st.sampled_from((b"\xff" * 30, b"\0" * 30)))
    length = draw(st.sampled_from((len(body), 0, 0xFFFF)))
    texts = draw(st.dictionaries(st.tuples(st.integers(0, 70), st.integers(0, 260)), st.text("ab \x07\x85", max_size=9),
                                 max_size=3))  # fmt: skip
    return compound(xls_stream({**_CELLS, **texts}, extra=struct.pack("<HH", kind, length) + body))


def _as_xls(data: bytes) -> bytes:
    return data if data.startswith(_XLS[:8]) else compound(data[:60_000])


FUZZERS = (
    Fuzzer("XLSX workbook", "spreadsheet", _XLSX, _parts(_XLSX) | damaged(_XLSX), weight=0.7),
    Fuzzer("XLSX workbook with odd cells", "spreadsheet", _XLSX, _written(), weight=0.3),
    Fuzzer("ODS workbook", "spreadsheet", _ODS, _parts(_ODS) | damaged(_ODS)),
    Fuzzer("XLS workbook", "spreadsheet", _XLS, _records() | damaged(_XLS, _STREAM).map(_as_xls)),
)
