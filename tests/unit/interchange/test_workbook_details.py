from time import process_time

import pytest
from tests.unit.interchange.workbooks import zipped

from learnpath.interchange.checkpoints import go_on
from learnpath.interchange.workbook_details import WorkbookDetails

_BOOK = '<workbook><workbookPr/><sheets><sheet name="List" r:id="r1"/></sheets></workbook>'
_RELATIONS = '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'
_EURO = '<numFmt numFmtId="164" formatCode="0.00 &quot;€&quot;"/>'
_STYLES = f'<styleSheet>{_EURO}<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
_CELL = '<c r="B3" s="1"><v>5</v></c>'


def _details(
    styles: str = _STYLES, cells: str = _CELL, book: str = _BOOK, links: str = "", relations: str = ""
) -> WorkbookDetails:
    parts = {
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": _RELATIONS,
        "xl/styles.xml": styles,
        "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{cells}</sheetData>{links}</worksheet>",
        "xl/worksheets/_rels/sheet1.xml.rels": relations,
    }
    return WorkbookDetails(zipped(parts))


@pytest.mark.parametrize(
    "cells",
    [
        _CELL,
        '<x:c s="1" r="B3"/>',
        "<c s='1' t='n' r='B3'>",
        '<c r="A3" s="0"/><c r="B3" s="1"/><c r="C3" s="11"/><c r="D3" s="1234567"/><c r="E3"/>',
    ],
)
def test_cells_of_a_style_with_a_currency_are_found(cells: str) -> None:
    assert list(_details(cells=cells).currencies("List", go_on)) == [(2, 1, "€")]


@pytest.mark.parametrize(
    "styles",
    [
        _STYLES.replace("<cellXfs>", "<x:cellXfs>").replace("</cellXfs>", "</x:cellXfs>"),
        _STYLES.replace("<cellXfs>", '<cellStyleXfs><xf numFmtId="164"/></cellStyleXfs><cellXfs count="2">'),
        _STYLES.replace("numFmtId=", "numFmtId = ").replace('"164"', "'164'"),
        # An element too long to be read is still one of the styles.
        _STYLES.replace('<xf numFmtId="0"', f'<xf x="{"y" * 9000}" numFmtId="164"'),
    ],
)
def test_styles_are_counted_however_they_are_written(styles: str) -> None:
    assert list(_details(styles).currencies("List", go_on)) == [(2, 1, "€")]


def test_styles_that_do_not_end_are_none() -> None:
    assert not list(_details(_STYLES.replace("</cellXfs>", "")).currencies("List", go_on))


_LETTERS = "a" * 100_000
_MANY = "".join(f'<xf numFmtId="{164 * (number % 2)}"/>' for number in range(65_000))
_ENDLESS = {
    "styles that do not end": "<cellXfs" * 200_000,
    "styles that begin again": f"{_EURO}{'<cellXfs>' * 200_000}",
    "letters": f'<numFmt {_LETTERS}/><cellXfs><xf numFmtId="164"/></cellXfs>',
    "letters between colons": f"<numFmt {'a:' * 50_000}/>",
    "signs in a bracket": f'<numFmt numFmtId="164" formatCode="{"[$" + "x" * 3_900}"/>' * 500,
    "blanks in a text": f"<numFmt numFmtId='164' formatCode='\"{' ' * 3_900}x'/>" * 50,
    "a number of a sign": f'<numFmt numFmtId="164" formatCode="&#{"9" * 5_000};"/>',
}


@pytest.mark.parametrize("styles", _ENDLESS.values(), ids=_ENDLESS.keys())
def test_endless_styles_are_read_at_once(styles: str) -> None:
    started = process_time()
    assert not list(_details(styles, cells="<c r='A1'/>").currencies("List", go_on))
    assert process_time() - started < 1


def test_many_styles_and_cells_are_read_at_once() -> None:
    cells = "".join(f'<c s="{number % 65_000}" r="A{number + 1}"/>' for number in range(100_000))
    details = _details(f"{_EURO}<cellXfs>{_MANY}</cellXfs>", cells)
    started = process_time()
    assert sum(1 for _ in details.currencies("List", go_on)) == 50_000
    assert process_time() - started < 3


def test_endless_names_of_attributes_are_read_at_once() -> None:
    started = process_time()
    details = _details(
        book=f"<workbookPr {_LETTERS}/>{_BOOK}",
        links=f'<hyperlink {_LETTERS}/><hyperlink ref="A2" r:id="r1"/>',
        relations=f'<Relationship {_LETTERS}/><Relationship Id="r1" Target="https://port.example/?a=1&amp;b=2"/>',
    )
    assert details.epoch == 1900
    assert list(details.links("List")) == [(1, 0, "https://port.example/?a=1&b=2")]
    assert process_time() - started < 1
