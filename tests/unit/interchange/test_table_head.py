from tests.unit.interchange.workbooks import workbook

from learnpath.interchange.formats import parse_file
from learnpath.interchange.table_head import head_shape

BANNER = b"My list\n\nTitle;Issuer;Hours\nSail Maker;Port School;12\n"


def test_the_first_rows_are_counted_as_the_header_row_is() -> None:
    table = parse_file(BANNER, "list.csv").table
    assert table is not None
    assert table.head[table.header_row] == ("Title", "Issuer", "Hours")
    assert table.head[0] == ("My list",)
    assert len(table.head) == 4


def test_a_workbook_has_no_beginning_to_be_read() -> None:
    assert head_shape(workbook({"List": [["Title", "Issuer"], ["Sail Maker", "Port School"]]}), "list.csv") is None


def test_the_shape_of_a_long_file_is_known_from_its_beginning() -> None:
    long = BANNER + b"".join(b"Course %d;School;3\n" % number for number in range(20_000))
    shape = head_shape(long, "list.csv")
    whole = parse_file(long, "list.csv").table
    assert shape is not None
    assert whole is not None
    assert shape.columns == whole.columns == ("Title", "Issuer", "Hours")


def test_what_is_no_table_has_no_shape() -> None:
    assert head_shape(b"", "a.csv") is None
    assert head_shape(b"\x89PNG\r\n\x1a\n", "a.png") is None
    assert head_shape(b"Name,Url,Authority,Started On,Finished On,License Number\n", "Certifications.csv") is None
