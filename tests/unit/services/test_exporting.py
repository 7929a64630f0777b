import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from tests.library_fixtures import TODAY, add, earned

from learnpath.errors import KnownError, UsageError
from learnpath.interchange.library_json import load_library
from learnpath.services.evidence import attach_files
from learnpath.services.exporting import export_library, library_json, write_out
from learnpath.storage.library import Library


def _refuse(code: int) -> Callable[[int], NoReturn]:
    def fail(_descriptor: int) -> NoReturn:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize(
    ("code", "said"), [(errno.ENOSPC, "The disk is full: "), (errno.EIO, "could not be written: Input/output error.")]
)
def test_a_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    out = tmp_path / "out.csv"
    write_out(out, b"before")
    monkeypatch.setattr(os, "fsync", _refuse(code))
    with pytest.raises(KnownError, match=said):
        write_out(out, b"after")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("out.csv", b"before")]


def test_an_export_of_no_kind_is_refused(library: Library, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no export “doc”"):
        _ = export_library(library, "doc", tmp_path / "x", today=TODAY)
    assert not (tmp_path / "x").exists()


def test_the_notes_name_each_file_that_is_not_in_the_export(library: Library, tmp_path: Path) -> None:
    one = add(library, earned("Cloud"))
    sources = [tmp_path / f"{name}.txt" for name in ("good", "gone", "other")]
    for source in sources:
        _ = source.write_text(source.name)
    good, gone, other = attach_files(library, one.id, sources).value
    (library.files_folder / gone.file_name).unlink()
    _ = (library.files_folder / other.file_name).write_text("something else")
    data, notes = library_json(library)
    contents, files = load_library(data)
    assert contents == library.contents()
    assert files == {good.sha256: b"good.txt"}
    assert notes == (
        f"The file {gone.file_name} is missing in the library, and so in the export.",
        f"The file {other.file_name} is not the one that was kept; it was left out of the export.",
    )
