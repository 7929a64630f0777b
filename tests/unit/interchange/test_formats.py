import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnpath.domain.contents import LibraryContents
from learnpath.errors import KnownError, UsageError
from learnpath.interchange.drafts import ParsedFile, title_of
from learnpath.interchange.formats import FORMAT_LABELS, format_names, parse_file, recognise, split_file
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
        (b"BEGIN:VCARD\nEND:VCARD", "a file of contacts"),
        (bytes(range(256)) * 4, "a binary file"),
        (b"SQLite format 3\0" + bytes(80), "a database (SQLite) of another program"),
        (b"{\\rtf1\\ansi a, b, c\\par d, e, f}", "a formatted text document (RTF)"),
        (b"[InternetShortcut]\r\nURL=https://a.example/\r\n", "a web shortcut"),
        (b"[General]\nname=a,b\n", "a text file"),
        (
            b"Return-Path: <a@b.example>\nFrom: A <a@b.example>\nTo: c, d\nSubject: Your badge\n\nHello, you\n",
            "an e-mail",
        ),
        (b"\xd0\xcf\x11\xe0" + bytes(500) + "__substg1.0_001A".encode("utf-16-le"), "an e-mail (Outlook"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"a,b\n" * 50, "a photo in HEIC format that carries no badge data"),
        (b"\0\0\0\x18ftypavif\0\0\0\0", "a picture in AVIF format"),
        (b"\0\0\0\x18ftypM4A \0\0\0\0", "a sound file"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "a video"),
        (b"\xff\xd8\xff\xe0" + b"a,b\n" * 50, "a photo or scan that carries no badge data"),
        (b"<?xml version='1.0'?><!-- <rss> --><gpx creator='a,b'>\n<trk/>,\n</gpx>", "a GPS track"),
        (b"<gpx creator='a,b'>\n<trk/>,\n</gpx>", "a GPS track"),
        (b"<rss version='2.0'>\n<channel>a,b</channel>\n</rss>", "a news feed"),
        (b"<?xml version='1.0'?>\n<feed xmlns='http://www.w3.org/2005/Atom'/>", "a news feed"),
        (b"<?xml version='1.0'?><!DOCTYPE plist><plist><dict><key>URL</key></dict></plist>", "a web shortcut"),
        (b"bplist00\xd1\x01\x02SURL", "a web shortcut"),
        (zipped("Index/Tables/DataList.iwa"), "an Apple Numbers, Pages or Keynote document"),
        (zipped("Index/Document.iwa"), "an Apple Numbers"),
        (b"just a few words\nand a second line\n", "a text file without columns"),
    ],
)
def test_foreign_files_are_named(data: bytes, what: str) -> None:
    with pytest.raises(KnownError) as caught:
        parse_file(data, "thing.csv" if data[:1] != b"[" else "thing.json")
    assert what in caught.value.message
    assert "Nothing was imported" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (b"<html><p>Nothing</p></html>", "save that, or add the program by hand"),
        (b"From: a\nTo: b\nDate: c\n\nx\n", "Save its attachments"),
        (zipped("Index/Document.iwa"), "Export it as CSV or Excel"),
        (b"Name,Email,Phone\nAda,a@b.example,5\n", "add a column with their titles"),
    ],
)
def test_what_to_do_with_a_foreign_file_is_told(data: bytes, advice: str) -> None:
    with pytest.raises(KnownError) as caught:
        split_and_parse(data)
    assert advice in caught.value.hint


def split_and_parse(data: bytes) -> None:
    for part in split_file(data, "thing"):
        parse_file(part.data, part.name)


@pytest.mark.parametrize(
    "header",
    [
        "Name,Email,Phone",
        "First Name,Last Name,Company,E-mail Address,Home Phone,Birthday",
        "Name,Given Name,E-mail 1 - Value,Phone 1 - Value,Organization 1 - Name,Website 1 - Value,Notes",
        "Vorname;Nachname;Telefon;Anschrift",
        "First Name,Last Name,Email,Web Page,Categories,Language",
        "Full name,Date of birth,Home address",
        "Recipient mailadres;Recipient EPPN;Narrative (optional);Evidence URL (optional);Grade (optional)",
    ],
)
def test_a_list_of_people_is_no_list_of_programs(header: str) -> None:
    mark = ";" if ";" in header else ","
    row = mark.join(["Ada Example"] * (header.count(mark) + 1))
    with pytest.raises(KnownError, match="a list of people") as caught:
        parse_file(f"{header}\n{row}\n".encode(), "contacts.csv")
    assert "Nothing was imported" in caught.value.message
    # Who knows better can still say what it is.
    assert parse_file(f"{header}\n{row}\n".encode(), "contacts.csv", format="table").rows


@pytest.mark.parametrize(
    "header",
    [
        "Name,Email,Course",
        "Name,Email,Completed on",
        "Title,Provider,Contact email",
        "Course,Price,Phone",
        "Title",
        "Name,Url",
        "Title,Description,URL,Contact email",
        "Name,Link,Phone",
        "Name,Learn about email and phone and what they are good for in the office",
    ],
)
def test_a_list_with_something_to_earn_may_have_addresses(header: str) -> None:
    row = ",".join("ABCD"[: header.count(",") + 1])
    assert recognise(f"{header}\n{row}\n{row}\n".encode(), "list.csv") == "table"


@pytest.mark.parametrize("sign", ["\x07", "\x1f", "\x01", "\u202e", "\x7f"])
def test_a_table_with_a_control_character_is_read_without_it(sign: str) -> None:
    parsed = parse_file(f"title,vendor\nSai{sign}ling,Acme\n".encode(), "list.csv")
    assert [row.draft and title_of(row.draft) for row in parsed.rows] == ["Sailing"]
    assert parsed.problems == ("Control characters or signs that turn the direction of writing were removed.",)


def test_signs_that_part_words_become_blanks() -> None:
    (row,) = parse_file(b"title,vendor\nSailing\x0band\x0cropes,Acme\n", "list.csv").rows
    assert row.draft is not None
    assert title_of(row.draft) == "Sailing and ropes"


def test_an_archive_of_unsafe_names_is_not_called_empty() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../Certifications.csv", "Name\nA\n")
        archive.writestr("/etc/list.csv", "title\nA\n")
    with pytest.raises(KnownError, match="unsafe: they point outside"):
        split_and_parse(out.getvalue())


def test_an_archive_of_what_only_a_system_needs_is_not_called_unsafe() -> None:
    with pytest.raises(KnownError, match="a ZIP archive"):
        split_and_parse(zipped("__MACOSX/._list.csv"))


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
