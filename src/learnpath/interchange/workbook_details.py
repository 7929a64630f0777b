"""What an XLSX workbook says beside the values of its cells: the currencies of number formats, links, how days count.

The library that reads the values gives none of these. Belongs here: finding them in the XML of a workbook that has been
checked already. What they mean for a list is the business of `spreadsheet`.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO

from learnpath.interchange.cells.dates import Epoch
from learnpath.interchange.cells.prices import read_currency
from learnpath.interchange.cells.reading import UnreadableCell
from learnpath.interchange.checkpoints import Checkpoint
from learnpath.interchange.sheet_extent import xml_parts

# The patterns never go back over what they have passed: a file of a few kilobytes can hold megabytes of one letter.
_ATTRIBUTE = re.compile(r"""(?<![\w:])([\w:]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)')""")
_STYLES, _STYLES_END = re.compile(rb"<(?:\w+:)?cellXfs\b"), re.compile(rb"</(?:\w+:)?cellXfs>")
_STYLED_CELL = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^<>]*\bs=["'](\d{1,6})["'])[^<>]*\br=["']([A-Z]{1,3})([1-9]\d{0,6})["']"""
)
# Of the attributes of an element: an address in a workbook has 2,079 characters at most, a number format 255.
_MOST_BYTES = 4000
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
# "[$€-407]", a text in quotation marks, or the sign as it is.
_SIGN = re.compile(r"""\[\$([^\[\]-]++)[^\[\]]*+\]|"\s*+([^"\s][^"]{0,3}?|)\s*+"|\\?([$€£¥₹])""")


class WorkbookDetails:
    """Looks things up in a workbook whose parts were checked. Of what is no XLSX workbook nothing is found."""

    def __init__(self, checked: bytes) -> None:
        self._archive = zipfile.ZipFile(BytesIO(checked))
        self._names = frozenset(self._archive.namelist())
        self._book = self._part("xl/workbook.xml")

    @property
    def epoch(self) -> Epoch | None:
        """Return the year from which days are counted."""
        if not self._book:
            return None
        about = next(_elements(self._book, "workbookPr"), dict[str, str]())
        return 1904 if about.get("date1904") in ("1", "true") else 1900

    def currencies(self, sheet: str, check: Checkpoint) -> Iterator[tuple[int, int, str]]:
        """Yield (row, column, sign) from 0 of the cells of a sheet whose number format shows a currency."""
        signs = self._signs()
        if not signs:
            return
        data = self._part(self._path(sheet))
        for start, end in xml_parts(data):
            check()
            for match in _STYLED_CELL.finditer(data, start, end):
                sign = signs.get(int(match[1]))
                if sign is not None:
                    yield int(match[3]) - 1, _column(match[2].decode()), sign

    def links(self, sheet: str) -> Iterator[tuple[int, int, str]]:
        """Yield (row, column, address) from 0 of the cells of a sheet that lead out of the workbook."""
        path = self._path(sheet)
        targets = self._targets(path)
        if not targets:
            return
        data = self._part(path)
        # Links stand behind the cells.
        for link in _elements(data[max(0, data.rfind(b"sheetData")) :], "hyperlink"):
            place, target = _PLACE.match(link.get("ref", "")), targets.get(link.get("r:id", ""), "")
            if place is not None and target:
                yield int(place[2]) - 1, _column(place[1]), target

    def _path(self, name: str) -> str:
        """Return the name of the part that is a sheet."""
        sheet = next((one for one in _elements(self._book, "sheet") if one.get("name") == name), dict[str, str]())
        path = self._targets("xl/workbook.xml").get(sheet.get("r:id", ""), "")
        return path[1:] if path.startswith("/") else posixpath.normpath(posixpath.join("xl", path))

    def _part(self, name: str) -> bytes:
        return self._archive.read(name) if name in self._names else b""

    def _targets(self, part: str) -> dict[str, str]:
        folder, name = posixpath.split(part)
        relations = _elements(self._part(f"{folder}/_rels/{name}.rels"), "Relationship")
        return {one.get("Id", ""): one.get("Target", "") for one in relations}

    def _signs(self) -> dict[int, str]:
        """Return the number of each cell style that shows a currency, with its sign."""
        data = self._part("xl/styles.xml")
        formats = {one.get("numFmtId"): _sign_of(one.get("formatCode", "")) for one in _elements(data, "numFmt")}
        start = _STYLES.search(data)
        end = _STYLES_END.search(data, start.end()) if start else None
        styles = enumerate(_elements(data[start.end() : end.start()], "xf") if start and end else ())
        return {number: sign for number, style in styles if (sign := formats.get(style.get("numFmtId"), ""))}


def _elements(data: bytes, name: str) -> Iterator[dict[str, str]]:
    """Yield the attributes of every element of a name, in order; none of one with more than `_MOST_BYTES` of them."""
    for match in re.finditer(rb"<(?:\w+:)?" + name.encode() + rb"(?=[\s/>])([^<>]*)>", data):
        text = match[1].decode("utf-8", "replace") if len(match[1]) <= _MOST_BYTES else ""
        yield {key: unescape(first or second) for key, first, second in _ATTRIBUTE.findall(text)}


def _sign_of(code: str) -> str:
    match = _SIGN.search(code.partition(";")[0])
    sign = next(filter(None, match.groups()), "").strip() if match else ""
    try:
        return sign if read_currency(sign) else ""
    except UnreadableCell:
        return ""


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1
