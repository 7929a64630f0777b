"""What is dropped or named becomes the files to read: folders, archives, and what is no file at all."""

import os
import socket
import sys
from pathlib import Path
from typing import IO, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.interchange.badges.makers import CREDENTIAL, encoded, token
from tests.unit.interchange.test_archive_parts import archive
from tests.unit.interchange.workbooks import workbook, zipped

from learnpath.domain.records import Credential, ImportSource, Record
from learnpath.errors import KnownError, UsageError
from learnpath.interchange.archive_files import MOST_FILES
from learnpath.services import folder_files, import_sources
from learnpath.services.import_sources import Source, find_sources, paste
from learnpath.services.importing import Preview, ReadingOptions, apply_previews, preview_file
from learnpath.storage.library import Library

TABLE = b"Title,Issuer,Issue date\nKnots,Port School,2024-05-14\n"
OTHER = b"Title,Issuer,Issue date\nSails,Port School,2024-06-01\nKnots,Port School,2024-05-14\n"
needs_pipes = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among files")


def list_sources(paths: list[Path]) -> list[Source]:
    return find_sources(paths).files


def names(sources: list[Source]) -> list[str]:
    return [source.name for source in sources]


def test_files_folders_and_archives(tmp_path: Path, library: Library) -> None:
    folder = tmp_path / "folder"
    (folder / "deeper").mkdir(parents=True)
    for name, data in {"b.csv": TABLE, "a.zip": zipped({"x/in.csv": OTHER, "c.csv": TABLE}), ".hidden": TABLE}.items():
        _ = (folder / name).write_bytes(data)
    _ = (folder / "deeper" / "last.csv").write_bytes(TABLE)
    book = tmp_path / "book.xlsx"
    _ = book.write_bytes(workbook({"List": [["Title"], ["Knots"]]}))
    found = list_sources([book, folder])
    assert names(found) == ["book.xlsx", "in.csv", "c.csv", "b.csv", "last.csv"]
    assert [one.read(library) for one in found[1:]] == [OTHER, TABLE, TABLE, TABLE]
    assert found[0].data is None
    assert len({one.place for one in found}) == 5


def test_an_archive_may_be_named_like_the_file_in_it(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    _ = file.write_bytes(zipped({"list.csv": TABLE}))
    [source] = list_sources([file])
    assert source.data == TABLE


@needs_pipes
def test_what_is_no_file_is_passed_over_in_folders_and_told_when_named(tmp_path: Path, library: Library) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    os.mkfifo(folder / "pipe")
    for name, target in {"loop": folder / "loop", "up": folder, "gone": folder / "nothing"}.items():
        (folder / name).symlink_to(target)
    _ = (folder / "list.csv").write_bytes(TABLE)
    with socket.socket(socket.AF_UNIX) as listener:
        before = Path.cwd()
        os.chdir(folder)
        listener.bind("socket")
        os.chdir(before)
        assert names(list_sources([folder])) == ["list.csv"]
        for name in ("pipe", "socket", "loop", "gone"):
            [source] = list_sources([folder / name])
            with pytest.raises(UsageError, match=r"no file|could not be read"):
                _ = source.read(library)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device")
def test_a_device_without_an_end_is_not_read(library: Library) -> None:
    [source] = list_sources([Path("/dev/zero")])
    with pytest.raises(UsageError, match="is no file"):
        _ = source.read(library)


def test_a_name_that_is_too_long_is_told(library: Library, tmp_path: Path) -> None:
    [source] = list_sources([tmp_path / ("a" * 5000)])
    with pytest.raises(UsageError, match="could not be read"):
        _ = source.read(library)


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text are Linux's")
def test_a_name_that_is_no_text_can_be_imported(library: Library, tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"caf\xe9.csv")
    _ = file.write_bytes(TABLE)
    [source] = list_sources([file])
    _ = apply_previews(library, [preview_file(library, source.name, source.read(library))])
    assert [one.original_name for one in library.all(ImportSource)] == ["caf?.csv"]


def test_a_file_too_large_is_refused_before_it_is_read(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large, packed = tmp_path / "large.bin", tmp_path / "large.zip"
    for file, start in ((large, b"x"), (packed, b"PK\x03\x04")):
        with file.open("wb") as stream:
            _ = stream.write(start)
            _ = stream.truncate(600 << 20)

    def refuse(path: Path) -> bytes:
        raise AssertionError(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    for source in list_sources([large, packed]):
        with pytest.raises(KnownError, match="larger than 512 MB"):
            _ = source.read(library)


def test_archives_that_do_not_fit_together_are_told(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_sources, "MOST_INFLATED_BYTES", 2 << 20)
    for name, size in (("a.zip", 1 << 20), ("b.zip", (1 << 20) + 1), ("c.zip", 5)):
        _ = (tmp_path / name).write_bytes(archive([(f"{name}.txt", bytes(size))]))
    first, second, third = list_sources([tmp_path])
    assert (first.name, third.name) == ("a.zip.txt", "c.zip.txt")
    with pytest.raises(KnownError, match=r"“b.zip” and the archives before it hold more than 2 MB") as caught:
        _ = second.read(library)
    assert caught.value.hint


def test_a_folder_and_an_archive_without_files_are_told(tmp_path: Path, library: Library) -> None:
    (tmp_path / "outer" / "inner").mkdir(parents=True)
    _ = (tmp_path / "none.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    folder, empty = list_sources([tmp_path / "outer", tmp_path / "none.zip"])
    with pytest.raises(KnownError, match="“outer” holds no files"):
        _ = folder.read(library)
    with pytest.raises(KnownError, match="an empty ZIP archive"):
        _ = preview_file(library, empty.name, empty.read(library))


def test_a_folder_of_too_many_files_is_told(tmp_path: Path) -> None:
    for at in range(MOST_FILES + 1):
        (tmp_path / f"{at}.csv").touch()
    with pytest.raises(UsageError, match=f"The folder “{tmp_path.name}” holds more than 500 files"):
        _ = list_sources([tmp_path])


def test_the_files_of_all_folders_count_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_sources, "MOST_FILES", 3)
    for name in ("a/1.csv", "a/in/2.csv", "b/3.csv", "b/in/4.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert names(list_sources([tmp_path / "a"])) == ["1.csv", "2.csv"]
    with pytest.raises(UsageError, match="The folder “b” and those before it hold more than 3 files"):
        _ = list_sources([tmp_path / "a", tmp_path / "b"])


def test_a_folder_of_too_many_folders_is_told_by_their_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_files, "MOST_FOLDERS", 3)
    (tmp_path / "a" / "b" / "c").mkdir(parents=True)
    (tmp_path / "a" / "list.csv").touch()
    assert names(list_sources([tmp_path])) == ["list.csv"]
    (tmp_path / "a" / "d").mkdir()
    with pytest.raises(UsageError, match=f"The folder “{tmp_path.name}” holds more than 3 folders") as caught:
        _ = list_sources([tmp_path])
    assert "files" not in caught.value.message


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text are Linux's")
def test_names_in_folders_are_cleaned_as_in_archives(tmp_path: Path) -> None:
    outer = tmp_path / "out\x1b[31mer"
    (outer / "/".join("12345678") / os.fsdecode(b"deep\xe9\n")).mkdir(parents=True)
    (outer / "link\x1b").symlink_to(tmp_path, target_is_directory=True)
    _ = (outer / "a\u202ecsv.b\ncsv").write_bytes(TABLE)
    found = find_sources([outer])
    assert names(found.files) == ["a_csv.b_csv"]
    (note,) = found.notes
    assert note.isprintable()
    assert "“out_[31mer”" in note
    assert "(link_)" in note
    assert "(deep?_)" in note


def test_folders_inside_are_read_in_order_and_what_is_left_out_is_told(tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    for name in ("z.csv", "b/2.csv", "b/.git/config", "a/1.csv", ".hidden.csv", "/".join("12345678") + "/9/10.csv"):
        (outer / name).parent.mkdir(parents=True, exist_ok=True)
        _ = (outer / name).write_bytes(TABLE)
    _ = (outer / "/".join("12345678") / "deep.csv").write_bytes(TABLE)
    (tmp_path / "elsewhere").mkdir()
    _ = (tmp_path / "elsewhere" / "secret.csv").write_bytes(TABLE)
    (outer / "link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    found = find_sources([outer])
    assert names(found.files) == ["z.csv", "deep.csv", "1.csv", "2.csv"]
    assert found.notes == (
        "Left out of the folder “outer”: 2 hidden files and folders, links to other folders (link), folders more than "
        "8 deep (9).",
    )
    (outer / "a" / ".DS_Store").touch()
    assert find_sources([outer / "a"]).notes == ()


def test_of_a_library_only_its_own_file_is_read_and_only_when_it_is_named(library: Library, tmp_path: Path) -> None:
    _ = (tmp_path / "list.csv").write_bytes(TABLE)
    found = find_sources([tmp_path])
    assert names(found.files) == ["list.csv"]
    assert found.notes == (f"Left out of the folder “{tmp_path.name}”: Learnpath libraries (library).",)
    assert names(list_sources([library.folder])) == ["library.learnpath"]


def test_a_link_to_a_folder_that_is_named_is_looked_into(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    _ = (tmp_path / "real" / "list.csv").write_bytes(TABLE)
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    assert names(list_sources([tmp_path / "link"])) == ["list.csv"]


def test_a_folder_inside_that_cannot_be_looked_into_is_told(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    _ = (tmp_path / "list.csv").write_bytes(TABLE)
    looked = os.scandir

    def deny(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return looked(path)

    monkeypatch.setattr(os, "scandir", deny)
    closed, table = list_sources([tmp_path])
    assert table.name == "list.csv"
    with pytest.raises(KnownError, match=r"“closed” could not be looked into: Permission denied") as caught:
        _ = closed.read(library)
    assert not isinstance(caught.value, UsageError)
    with pytest.raises(UsageError, match="could not be read"):
        _ = list_sources([tmp_path / "closed"])


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"Title\tIssuer\nKnots\tPort School\n", "Pasted table"),
        (b"| Title | Issuer |\n|---|---|\n| Knots | Port School |\n", "Pasted table"),
        (encoded(CREDENTIAL), "Pasted text"),
        (token({"vc": CREDENTIAL}).encode(), "Pasted text"),
    ],
)
def test_pasted_text_is_named_by_what_it_is(library: Library, data: bytes, name: str) -> None:
    source = paste(data)
    assert (source.name, source.read(library)) == (name, data)


@pytest.mark.parametrize("address", [b"https://badges.example/a?b=c", b" HTTP://badges.example \n"])
def test_a_link_alone_is_never_fetched(library: Library, address: bytes) -> None:
    with pytest.raises(KnownError, match="nothing is fetched") as caught:
        _ = paste(address).read(library)
    assert "download" in caught.value.hint


def test_text_of_no_format_is_told(library: Library) -> None:
    for data, said in (
        (b"hello", "neither rows of a table nor a badge"),
        (b'{"a": 1}', "is a JSON file that is neither a badge"),
        (b" ", "is empty"),
    ):
        with pytest.raises(KnownError, match=said):
            _ = paste(data).read(library)


def test_one_unreadable_file_in_a_folder_does_not_stop_the_others(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.csv", "b.csv"):
        _ = (tmp_path / name).write_bytes(TABLE)
    opened = Path.open

    def deny(path: Path, mode: Literal["rb"]) -> IO[bytes]:
        if path.name == "a.csv":
            raise PermissionError(13, "Permission denied")
        return opened(path, mode)

    monkeypatch.setattr(Path, "open", deny)
    first, second = list_sources([tmp_path])
    with pytest.raises(KnownError, match=r"“a.csv” could not be read: Permission denied") as caught:
        _ = first.read(library)
    assert not isinstance(caught.value, UsageError)
    assert second.name == "b.csv"


def preview_all(library: Library, paths: list[Path], options: ReadingOptions | None = None) -> list[Preview]:
    found: list[Preview] = []
    for source in list_sources(paths):
        found.append(preview_file(library, source.name, source.read(library), options, after=tuple(found)))
    return found


def held(library: Library) -> dict[type[Record], int]:
    return {kind: len(library.all(kind)) for kind in (Credential, ImportSource)}


ROWS = st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from(["", "X", "Y"])), min_size=1, max_size=5)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROWS, min_size=1, max_size=4), st.sampled_from(["update", "keep"]), st.booleans())
def test_files_and_their_archive_double_nothing(
    library: Library,
    tmp_path_factory: pytest.TempPathFactory,
    tables: list[list[tuple[str, str]]],
    on_duplicate: str,
    repeats: bool,
) -> None:
    folder = tmp_path_factory.mktemp("files")
    contents = {
        f"{at}.csv": ("Title,Issuer\n" + "".join(f"{title} course,{issuer}\n" for title, issuer in rows)).encode()
        for at, rows in enumerate(tables)
    }
    for name, data in contents.items():
        _ = (folder / name).write_bytes(data)
    _ = (folder / "all.zip").write_bytes(zipped(contents))
    options = ReadingOptions(kind="credentials", on_duplicate="keep" if on_duplicate == "keep" else "update")
    paths = [folder, folder] if repeats else [folder]
    _ = apply_previews(library, preview_all(library, paths, options))
    before = held(library)
    assert apply_previews(library, preview_all(library, paths, options)).change is None
    assert held(library) == before
    assert library.undo() is None or library.redo() is not None
    assert apply_previews(library, preview_all(library, paths, options)).change is None
    assert held(library) == before


def test_issuers_that_differ_in_case_alone_double_nothing(library: Library, tmp_path: Path) -> None:
    # Lower-cased by a program, a Turkish İ becomes an i with a dot of its own.
    for at, issuer in enumerate(("İstanbul Üniversitesi", "i\u0307stanbul üniversitesi")):
        text = f"Title,Issuer,Issue date\nKnots {at},{issuer},2024-05-1{at}\n"
        _ = (tmp_path / f"{at}.csv").write_text(text, encoding="utf-8")
    _ = apply_previews(library, preview_all(library, [tmp_path]))
    before = held(library)
    assert apply_previews(library, preview_all(library, [tmp_path])).change is None
    assert held(library) == before
