"""Writing whole sets of records at once: a sample, or an exported library that comes back."""

from dataclasses import replace

from learnpath.domain.contents import LibraryContents
from learnpath.domain.records import EvidenceFile, ImportSource
from learnpath.storage.change import Change
from learnpath.storage.evidence_store import free_name, store_bytes
from learnpath.storage.library import Library


def insert_contents(change: Change, contents: LibraryContents) -> None:
    """Insert every record with its own id; the profile is left alone. Parents come before children."""
    change.insert_many(contents.issuers)
    change.insert_many(contents.skills)
    change.insert_many(contents.tags)
    change.insert_many(contents.programs)
    change.insert_many(contents.credentials)
    change.insert_many(contents.evidence)
    change.insert_many(contents.costs)
    change.insert_many(contents.sessions)
    change.insert_many(contents.paths)
    change.insert_many(contents.steps)
    change.insert_many(contents.portfolios)
    change.insert_many(contents.imports)
    change.insert_many(contents.sources)


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
