"""Writing the rows that could not be imported to files of the person's choice."""

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from learnpath.errors import UsageError
from learnpath.interchange.broken_rows import Named, broken_rows_files


def save_broken_rows(files: Sequence[Named], target: Path) -> tuple[Path, ...]:
    """Write the broken rows of files as CSV and return what was written; nothing when no row is broken.

    Files of other columns than the first go into files of their own beside `target`, which alone replaces what is
    there. Raises UsageError when one cannot be written.
    """
    written: list[Path] = []
    names = _names_beside(target)
    for data in broken_rows_files(files):
        file = next(names)
        try:
            _ = file.write_bytes(data)
        except OSError as error:
            raise UsageError(f"{file} could not be written: {error.strerror}.", "Choose another folder.") from error
        written.append(file)
    return tuple(written)


def _names_beside(target: Path) -> Iterator[Path]:
    yield target
    for number in count(2):
        file = target.with_name(f"{target.stem} {number}{target.suffix}")
        if not file.exists():
            yield file
