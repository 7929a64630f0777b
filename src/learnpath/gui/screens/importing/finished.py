"""An import that was made: its report and its files, kept until the person puts them away."""

from collections.abc import Iterator
from dataclasses import dataclass

from learnpath.gui.screens.importing.open_file import OpenFile
from learnpath.interchange.plan import RowKind
from learnpath.services.importing import ImportedFile


@dataclass(slots=True)
class FinishedImport:
    """What became of the files of one import. `undo_label` is what Undo said after it, "" before that is known."""

    report: list[ImportedFile]
    files: list[OpenFile]
    undo_label: str = ""

    @property
    def refused(self) -> list[str]:
        """Return sentences about files that could not be read."""
        return [file.error.message for file in self.files if file.error is not None]

    def reported(self) -> Iterator[tuple[ImportedFile, OpenFile]]:
        """Yield what became of each file that was read, with the file."""
        return zip(self.report, (file for file in self.files if file.reading is not None), strict=True)

    @property
    def broken(self) -> int:
        """Return how many rows had errors."""
        return sum(one.broken for one in self.report)


def broken_count(file: OpenFile) -> int:
    """Return how many rows of a file have errors, as it was read."""
    return len(file.reading.places[RowKind.BROKEN]) if file.reading is not None else 0
