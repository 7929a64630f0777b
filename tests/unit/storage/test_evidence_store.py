import errno
import hashlib
import os
import stat
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from learnpath.errors import UsageError
from learnpath.storage.errors import DiskFullError, LibraryAccessError, ReadOnlyLibraryError
from learnpath.storage.evidence_store import file_path, read_file, safe_name, store_bytes, store_file

_DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{digit}" for name in ("com", "lpt") for digit in "0123456789¹²³")}


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("AZ-104 certificate (2).pdf", "AZ-104 certificate (2).pdf"),
        ("Bizonyítvány.pdf", "Bizonyítvány.pdf"),
        (unicodedata.normalize("NFD", "Bizonyítvány.pdf"), unicodedata.normalize("NFC", "Bizonyítvány.pdf")),
        ("a/b\\c:d*e?.pdf", "a_b_c_d_e_.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ("nul.tar.gz", "_nul.tar.gz"),
        ("COM².txt", "_COM².txt"),
        ("", "file"),
        ("...", "file"),
        (" .pdf. ", "pdf"),
        ("trailing. . ", "trailing"),
        ("invoice\u202efdp.exe", "invoice_fdp.exe"),
        ("line\nbreak\x00.txt", "line_break_.txt"),
        ("long." + "e" * 11, "long." + "e" * 11),
        ("x" * 300 + ".pdf", "x" * 150 + ".pdf"),
        ("検" * 300 + ".pdf", "検" * 50 + ".pdf"),
        (".pdf", "pdf"),
        ("bad\udcffname.txt", "bad_name.txt"),
    ],
)
def test_a_safe_name_is_one_that_every_system_takes(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=300))
@example("𐌀" * 90 + "." + "𐌀" * 9)
@example("con .txt")
@example("a. .pdf")
def test_any_text_becomes_a_safe_name(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert len(safe.encode()) <= 180
    assert not set(safe) & set('<>:"/\\|?*\0')
    assert all(character.isprintable() for character in safe)
    assert safe.strip(" .") == safe
    assert safe.partition(".")[0].strip().casefold() not in _DEVICES
    assert safe_name(safe) == safe
    assert file_path(Path("files"), safe).parent == Path("files")


def test_a_file_is_kept_byte_for_byte_under_a_readable_name(tmp_path: Path) -> None:
    source = tmp_path / "Score report.pdf"
    source.write_bytes(b"%PDF" * 700_000)
    files = tmp_path / "files"
    files.mkdir()

    kept = store_file(files, source)

    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    assert kept.file_name == f"Score report-{digest[:8]}.pdf"
    assert (kept.size, kept.sha256) == (2_800_000, digest)
    assert read_file(files, kept.file_name) == source.read_bytes()
    assert [one.name for one in files.iterdir()] == [kept.file_name]


@pytest.mark.usefixtures("needs_file_modes")
def test_a_stored_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    kept = store_bytes(tmp_path, "a.txt", b"x")
    assert stat.S_IMODE((tmp_path / kept.file_name).stat().st_mode) == 0o600


def test_the_same_content_twice_is_one_file_and_another_content_a_second(tmp_path: Path) -> None:
    first = store_bytes(tmp_path, "a", b"one")
    assert store_bytes(tmp_path, "a", b"one") == first
    assert store_bytes(tmp_path, "a", b"two").file_name != first.file_name
    assert len(list(tmp_path.iterdir())) == 2


def test_another_content_with_the_same_short_digest_gets_a_name_of_its_own(tmp_path: Path) -> None:
    digest = hashlib.sha256(b"good").hexdigest()
    (tmp_path / f"a-{digest[:8]}.txt").write_bytes(b"other")
    (tmp_path / f"a-{digest}.txt").write_bytes(b"good, but damaged")

    kept = store_bytes(tmp_path, "a.txt", b"good")

    assert kept.file_name == f"a-{digest}.txt"
    assert read_file(tmp_path, kept.file_name) == b"good"
    assert (tmp_path / f"a-{digest[:8]}.txt").read_bytes() == b"other"


def test_a_source_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    for source in (tmp_path / "missing.pdf", tmp_path):
        with pytest.raises(UsageError, match="could not be read"):
            _ = store_file(tmp_path, source)
    assert list(tmp_path.iterdir()) == []


def test_a_stored_file_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(LibraryAccessError, match=r"gone\.pdf"):
        _ = read_file(tmp_path, "gone.pdf")


@pytest.mark.parametrize("name", ["", ".", "..", "../a", "a/b", "/etc/passwd", "a\\b", "..\\a", "nul\0byte"])
def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(LibraryAccessError, match="no file name of the library"):
        _ = file_path(tmp_path, name)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (errno.ENOSPC, DiskFullError),
        (errno.EDQUOT, DiskFullError),
        (errno.EACCES, ReadOnlyLibraryError),
        (errno.EROFS, ReadOnlyLibraryError),
        (errno.EIO, LibraryAccessError),
    ],
)
def test_what_the_disk_refuses_is_said_and_nothing_half_written_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, expected: type[Exception]
) -> None:
    def refuse(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(expected):
        _ = store_bytes(tmp_path, "a.pdf", b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_library_without_its_folder_of_files_is_said(tmp_path: Path) -> None:
    with pytest.raises(LibraryAccessError):
        _ = store_bytes(tmp_path / "files", "a.pdf", b"x")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes names that are no text")
def test_a_source_whose_name_is_no_text_is_taken(tmp_path: Path) -> None:
    source = os.fsencode(tmp_path) + b"/caf\xe9.pdf"
    Path(os.fsdecode(source)).write_bytes(b"x")
    assert store_file(tmp_path, Path(os.fsdecode(source))).file_name.startswith("caf_-")
