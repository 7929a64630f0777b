"""Whether a library is sound: SQLite's own checks, and every proof and imported file still there and unaltered."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from learnpath.domain.records import EvidenceFile, ImportSource
from learnpath.errors import LibraryError
from learnpath.storage.evidence_store import read_file
from learnpath.storage.library import Library
from learnpath.storage.migrations import SCHEMA_VERSION
from learnpath.storage.totals import record_counts


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found: records by table name, and each problem as a sentence (none: sound)."""

    schema: int
    records: dict[str, int]
    problems: tuple[str, ...]


def check_library(library: Library, report: Callable[[int, int], object] | None = None) -> CheckReport:
    """Return the state of the library. Reads every file, so it takes as long as reading the folder does.

    `report(done, total)` is told how many files have been read; what it raises stops the check.
    """
    problems = library.problems()
    files = (*library.all(EvidenceFile), *library.all(ImportSource))
    for place, kept in enumerate(files):
        if report is not None:
            report(place, len(files))
        try:
            data = read_file(library.files_folder, kept.file_name)
        except LibraryError:
            problems.append(f"The file {kept.file_name} is missing.")
            continue
        if hashlib.sha256(data).hexdigest() != kept.sha256:
            problems.append(f"The file {kept.file_name} is not the one that was kept.")
    return CheckReport(SCHEMA_VERSION, record_counts(library), tuple(problems))
