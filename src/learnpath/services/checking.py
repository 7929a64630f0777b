"""Whether a library is sound: SQLite's own checks, every kept file still there and unaltered, and what lies about."""

import hashlib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from learnpath.domain.records import EvidenceFile, ImportSource
from learnpath.errors import LibraryError
from learnpath.services.conflict_copies import find_conflict_copies
from learnpath.storage.errors import known_file_errors
from learnpath.storage.evidence_store import read_file
from learnpath.storage.library import Library
from learnpath.storage.migrations import SCHEMA_VERSION
from learnpath.storage.totals import record_counts


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found: records by table name, and each problem as a sentence (none: sound).

    `hints` are sentences about what is no fault but worth knowing: copies left by a sync program, and files that no
    record names (a proof that was removed stays, so that Undo can bring it back).
    """

    schema: int
    records: dict[str, int]
    problems: tuple[str, ...]
    hints: tuple[str, ...] = ()
    orphans: tuple[str, ...] = ()
    conflict_copies: tuple[str, ...] = ()


def check_library(library: Library, report: Callable[[int, int], object] | None = None) -> CheckReport:
    """Return the state of the library. Reads every file, so it takes as long as reading the folder does.

    `report(done, total)` is told how many files have been read; what it raises stops the check.
    """
    problems = library.problems()
    files = _kept_files(library)
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
    copies = tuple(copy.name for copy in find_conflict_copies(library.folder))
    orphans = tuple(orphaned_files(library)) if not problems else ()
    hints = [f"A sync program left the copy “{name}”. Import it to take over what only it has." for name in copies]
    hints += [f"The file {name} belongs to no record." for name in orphans]
    return CheckReport(SCHEMA_VERSION, record_counts(library), tuple(problems), tuple(hints), orphans, copies)


def orphaned_files(library: Library) -> list[str]:
    """Return the names of stored files that no record names. Raises a LibraryError."""
    named = {_folded(one.file_name) for kind in (EvidenceFile, ImportSource) for one in library.all(kind)}
    with known_file_errors(library.folder):
        stored = [file.name for file in library.files_folder.iterdir() if not file.name.startswith(".")]
    return sorted(name for name in stored if _folded(name) not in named)


def _kept_files(library: Library) -> list[EvidenceFile | ImportSource]:
    try:
        return [*library.all(EvidenceFile), *library.all(ImportSource)]
    except LibraryError:
        # Said among the problems already; without the records there is nothing to compare the files with.
        return []


def _folded(name: str) -> str:
    # Some disks give names back in another Unicode form or case than they were given.
    return unicodedata.normalize("NFC", name).casefold()
