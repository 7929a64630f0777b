"""Archives of any files: which files come out, under which names, and what is refused."""

import io
import struct
import time
import warnings
import zipfile
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.memory import PeakMemory
from tests.mutants.seeds import name_of, seeds_by_kind
from tests.unit.interchange.workbooks import ods, ods_row, workbook, zipped

from learnpath.errors import KnownError
from learnpath.interchange.archive_files import MOST_FILES, has_unsafe_names, plain_name
from learnpath.interchange.archive_parts import find_parts
from learnpath.interchange.formats import parse_file, recognise, split_file

TABLE = b"Title,Issuer,Issue date\nKnots,Port School,2024-05-14\n"
BOOK = workbook({"List": [["Title", "Issuer"], ["Knots", "Port School"]]})
DOCUMENT = b"%PDF-1.4\n%%EOF\n"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


def archive(entries: Sequence[tuple[str, bytes]], compression: int = zipfile.ZIP_STORED) -> bytes:
    """Return an archive in which names may be there twice."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", compression) as target:
        warnings.simplefilter("ignore")
        for name, content in entries:
            target.writestr(zipfile.ZipInfo(name), content, compression)
    return out.getvalue()


def names(data: bytes) -> list[str]:
    return [part.name for part in split_file(data, "all.zip")]


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize(
    ("name", "content"),
    [("book.xlsx", BOOK), ("book.ods", ods(ods_row("Title") + ods_row("Knots"))), ("first.pdf", DOCUMENT)],
)
def test_a_packed_document_does_not_make_the_archive_one(name: str, content: bytes, compression: int) -> None:
    packed = archive([(name, content), ("list.csv", TABLE)], compression)
    assert names(packed) == [name, "list.csv"]
    assert recognise(packed, "all.zip") is None
    assert [part.data for part in split_file(packed, "all.zip")] == [content, TABLE]


def test_files_of_every_format_come_out_as_they_went_in() -> None:
    for kind, seeds in seeds_by_kind().items():
        if not kind.startswith("linkedin-zip"):
            name, content = name_of(kind), seeds[0].file
            parts = split_file(archive([(name, content), ("other.csv", TABLE)]), "all.zip")
            assert [(part.name, part.data) for part in parts] == [(name, content), ("other.csv", TABLE)], kind


def test_workbooks_stay_whole() -> None:
    assert recognise(BOOK, "x.zip") == recognise(BOOK[:-30], "x.zip") == "spreadsheet"
    assert split_file(BOOK, "x.zip")[0].data is BOOK


@pytest.mark.parametrize(
    ("given_names", "shown"),
    [
        (["a/list.csv", "list.csv"], ["list.csv", "list (2).csv"]),
        (["list.csv", "a/list.csv", "b/list.csv"], ["list.csv", "a/list.csv", "b/list.csv"]),
        (["list.csv", "list.csv", "list.csv"], ["list.csv", "list (2).csv", "list (3).csv"]),
        (["a/list", "list", "list (2)", "list"], ["list", "list (2)", "list (2) (2)", "list (3)"]),
        (["list.csv", "LIST.csv"], ["list.csv", "LIST.csv"]),
        (["\u00e9.csv", "e\u0301.csv"], ["\u00e9.csv", "e\u0301.csv"]),
        (["Exam: Knots.csv", "10:30.csv"], ["Exam: Knots.csv", "10:30.csv"]),
    ],
)
def test_files_of_equal_names_all_come_out(given_names: list[str], shown: list[str]) -> None:
    contents = [TABLE + str(at).encode() for at in range(len(given_names))]
    parts = split_file(archive(list(zip(given_names, contents, strict=True))), "all.zip")
    assert [(part.name, part.data) for part in parts] == list(zip(shown, contents, strict=True))


def test_ten_thousand_equal_names_are_refused_at_once() -> None:
    data = archive([("a.csv", b"x")] * 9_999)
    start = time.process_time()
    with pytest.raises(KnownError, match=f"archive of 9,999 files; up to {MOST_FILES}"):
        _ = find_parts(data)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "name",
    [
        "../list.csv", "a/../../list.csv", "..\\list.csv", "/etc/list.csv", "\\list.csv", "\\\\host\\share\\list.csv",
        "C:\\list.csv", "c:list.csv", "__MACOSX/list.csv", ".hidden.csv", "a/.hidden.csv", "folder/", "Thumbs.db",
        "a/desktop.ini", "a/..",
    ],
)  # fmt: skip
def test_names_that_lead_elsewhere_and_files_of_systems_stay_out(name: str) -> None:
    assert names(archive([(name, TABLE), ("list.csv", TABLE)])) == ["list.csv"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        *((one, one) for one in ("con", "NUL.csv", "a" * 300 + ".csv", "list.csv. ")),
        ("~/x.csv", "x.csv"),
        ("\u202ecsv.exe", "_csv.exe"),
        ("\x1b[2J.csv", "_[2J.csv"),
        ("a\nb.csv", "a_b.csv"),
    ],
)
def test_odd_names_are_only_names(name: str, shown: str) -> None:
    [part] = split_file(archive([(name, TABLE)]), "all.zip")
    assert part.name == shown
    assert len(parse_file(part.data, part.name).rows) == 1


@given(st.lists(st.tuples(TEXT, st.binary(max_size=40)), max_size=8))
def test_every_file_with_a_plain_name_comes_out_once_whatever_it_is_called(entries: list[tuple[str, bytes]]) -> None:
    data = archive([(f"folder/{name}", content) for name, content in entries])
    with zipfile.ZipFile(io.BytesIO(data)) as written:
        kept = [one for one in written.infolist() if _is_taken(one.filename)]
        expected = [written.read(one) for one in kept]
    with zipfile.ZipFile(io.BytesIO(data)) as written:
        is_unsafe = bool(entries) and not expected and has_unsafe_names(written)
    if is_unsafe:
        with pytest.raises(KnownError, match="unsafe"):
            _ = find_parts(data)
        return
    parts = find_parts(data) if entries else ()
    assert len({part.name for part in parts}) == len(parts)
    assert [part.data for part in parts] == expected


def _is_taken(path: str) -> bool:
    name = plain_name(path)
    return bool(name) and not name.startswith(".")


@given(st.data())
def test_a_damaged_archive_is_read_or_refused_with_a_sentence(data: st.DataObject) -> None:
    whole = zipped({"list.csv": TABLE, "a/book.xlsx": BOOK[:500], "inner.zip": zipped({"list.csv": TABLE})})
    at = data.draw(st.integers(0, len(whole) - 1))
    damage = data.draw(st.binary(max_size=4))
    damaged = (whole[:at] + damage + whole[at + len(damage) :])[: data.draw(st.integers(at, len(whole)))]
    refusals: list[str] = []
    try:
        for part in split_file(damaged, "all.zip"):
            _ = parse_file(part.data, part.name)
    except KnownError as error:
        refusals.append(error.message)
    assert all(refusals)


def test_an_archive_in_an_archive_is_not_opened() -> None:
    inner = zipped({"list.csv": TABLE})
    [part] = split_file(zipped({"inner.zip": zipped({"inner.zip": inner})}), "all.zip")
    with pytest.raises(KnownError, match=r"“inner.zip” is a ZIP archive"):
        _ = parse_file(part.data, part.name)


def _with_directory(data: bytes, offset: int, value: bytes) -> bytes:
    at = data.rindex(b"PK\x01\x02") + offset
    return data[:at] + value + data[at + len(value) :]


ONE = archive([("list.csv", TABLE)])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (_with_directory(ONE, 24, struct.pack("<I", 7)), "damaged"),
        (_with_directory(ONE, 24, struct.pack("<I", 0x7FFFFFFF)), "200 MB"),
        (_with_directory(ONE, 20, struct.pack("<I", 0x7FFFFFFF)), "damaged"),
        (_with_directory(ONE, 42, struct.pack("<I", 0x7FFFFFFF)), "damaged"),
        (_with_directory(ONE, 10, struct.pack("<H", 99)), "damaged"),
        (_with_directory(ONE, 8, struct.pack("<H", 1)), "password"),
        (archive([("a", bytes(2 << 20))], zipfile.ZIP_DEFLATED), "swells"),
        (archive([(f"{at}.csv", TABLE) for at in range(MOST_FILES + 1)]), "up to 500 are read"),
    ],
    ids=["smaller", "larger", "longer", "elsewhere", "method", "locked", "bomb", "many"],
)
def test_sizes_that_lie_and_bombs_are_refused_in_little_memory(data: bytes, words: str) -> None:
    memory = PeakMemory()
    with pytest.raises(KnownError, match=words) as caught:
        _ = split_file(data, "all.zip")
    assert caught.value.hint
    assert memory.extra < 64


def test_zip64_and_sizes_after_the_data_are_read() -> None:
    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return False

    out = Stream()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
        target.open("list.csv", "w", force_zip64=True) as one,
    ):
        _ = one.write(TABLE)
    assert [part.data for part in split_file(out.getvalue(), "all.zip")] == [TABLE]


def test_entries_that_share_their_bytes_are_bounded_by_what_they_unpack_to() -> None:
    block = bytes(range(256)) * 4000
    one = archive([("a", block)], zipfile.ZIP_DEFLATED)
    start = one.index(b"PK\x01\x02")
    entry = one[start : one.index(b"PK\x05\x06")]
    entries = [_renamed(entry, at) for at in range(250)]
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 250, 250, sum(map(len, entries)), start, 0)
    memory = PeakMemory()
    with pytest.raises(KnownError, match="200 MB"):
        _ = split_file(one[:start] + b"".join(entries) + end, "all.zip")
    assert memory.extra < 64


def _renamed(entry: bytes, at: int) -> bytes:
    name = f"{at}.csv".encode()
    return entry[:28] + struct.pack("<H", len(name)) + entry[30:46] + name
