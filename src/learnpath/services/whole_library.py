"""Writing whole sets of records at once: a sample, or an exported library that comes back."""

from dataclasses import replace

from learnpath.domain.contents import LibraryContents
from learnpath.domain.records import EvidenceFile, ImportSource
from learnpath.interchange.checkpoints import Checkpoint, batches, go_on
from learnpath.storage.change import Change
from learnpath.storage.evidence_store import free_name, store_bytes
from learnpath.storage.library import Library


def insert_contents(change: Change, contents: LibraryContents, check: Checkpoint = go_on) -> None:
    """Insert every record with its own id; the profile is left alone. Parents come before children.

    `check` is called every thousand records and may raise to stop.
    """
    for records in (
        contents.issuers,
        contents.skills,
        contents.tags,
        contents.programs,
        contents.credentials,
        contents.evidence,
        contents.costs,
        contents.sessions,
        contents.paths,
        contents.steps,
        contents.portfolios,
        contents.imports,
        contents.sources,
    ):
        for batch in batches(records, check):
            _ = change.insert_many(batch)


def store_files(library: Library, contents: LibraryContents, files: dict[str, bytes]) -> LibraryContents:
    """Write the files that the records name and return the records with the names they have in this library.

    A record whose file `files` (bytes by SHA-256) lacks keeps the place for it; a check of the library then says so.
    """

    def stored(record: EvidenceFile | ImportSource) -> str:
        data = files.get(record.sha256)
        if data is None:
            return free_name(library.files_folder, record.original_name, record.sha256)
        return store_bytes(library.files_folder, record.original_name, data).file_name

    return replace(
        contents,
        evidence=tuple(replace(one, file_name=stored(one)) for one in contents.evidence),
        imports=tuple(replace(one, file_name=stored(one)) for one in contents.imports),
    )
