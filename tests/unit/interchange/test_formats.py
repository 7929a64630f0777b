import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnpath.domain.contents import LibraryContents
from learnpath.errors import KnownError, UsageError
from learnpath.interchange.drafts import ParsedFile
from learnpath.interchange.formats import FORMAT_LABELS, format_names, parse_file, recognise
from learnpath.interchange.library_json import dump_library


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a PNG picture"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "a JPEG picture"),
        (b"%PDF-1.7\n%\xe2\xe3,a,b\n1,2,3\n", "The PDF is damaged"),
        (zipped("a.csv"), "a ZIP archive"),
        (zipped("xl/workbook.bin"), "an Excel workbook"),
        (zipped("word/document.xml"), "an office document"),
        (b"<!DOCTYPE html><p>a,b</p>", "a web page"),
        (b"<?xml version='1.0'?><a/>", "an XML file"),
        (b'{"$schema": "http://json-schema.org/draft-07/schema#"}', "a description of a format"),
        (b'{"a": [1,2]}', "a JSON file"),
        (b"[1,2]", "a JSON file"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR", "The calendar holds no events"),
        (b"BEGIN:VCARD\nEND:VCARD", "an address card"),
        (bytes(range(256)) * 4, "a binary file"),
        (b"SQLite format 3\0" + bytes(80), "a database"),
        (b"just a few words\nand a second line\n", "a text file without columns"),
    ],
)
def test_foreign_files_are_named(data: bytes, what: str) -> None:
    with pytest.raises(KnownError) as caught:
        parse_file(data, "thing.csv" if data[:1] != b"[" else "thing.json")
    assert what in caught.value.message
    assert "Nothing was imported" in caught.value.message
    assert caught.value.hint


def test_formats_are_recognised_by_content() -> None:
    assert recognise(dump_library(LibraryContents(), {}), "x.csv") == "library_json"
    assert recognise(b"title,vendor\nA,B\n", "x.bin") == "table"
    assert recognise(b"Title\nA\nB\n", "x") == "table"
    assert set(format_names()) == set(FORMAT_LABELS)


def test_wrong_requests() -> None:
    with pytest.raises(UsageError, match="no format"):
        parse_file(b"a,b\n", "x", format="nonsense")
    with pytest.raises(UsageError, match="no currency code"):
        parse_file(b"a,b\n", "x", currency="euro")
    with pytest.raises(KnownError, match="columns of LinkedIn"):
        parse_file(b"a,b\n", "x", format="linkedin_certifications")


def read(data: bytes, **options: object) -> None:
    try:
        parsed = parse_file(data, "x.csv", **options)  # pyright: ignore[reportArgumentType]
    except KnownError:
        return
    assert isinstance(parsed, ParsedFile)
    for row in parsed.rows:
        assert row.draft is not None or row.problems
        assert row.line >= 1


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from((None, *format_names())))
def test_any_bytes_are_a_parsed_file_or_a_known_error(data: bytes, name: str | None) -> None:
    read(data, format=name)


_CELLS = st.sampled_from(
    ('"', "'", ",", ";", "\n", "\r", "\0", "title", "price", "Earned on", "4/5/2024", "2024", "[", "{", "1e9", "€",
     "nan", "\t", "9999999999999999999999", "Free", "PT1H", '[{"amount":', "javascript:x", "\ufeff", "sep=;", "\x85",
     "\u2028")
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(_CELLS, max_size=40), st.sampled_from((None, "programs", "credentials")))
def test_any_mix_of_cells_is_a_parsed_file_or_a_known_error(cells: list[str], kind: str | None) -> None:
    read("".join(cells).encode(), format="table", kind=kind)
