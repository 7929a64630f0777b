"""Attaching files as proof, and finding them again."""

import mimetypes
from collections.abc import Sequence
from pathlib import Path

from learnpath.domain.changes import Outcome
from learnpath.domain.records import Credential, EvidenceFile, EvidenceRole
from learnpath.domain.wording import count_text
from learnpath.storage.evidence_store import StoredFile, file_path, store_file
from learnpath.storage.library import Library


def attach_files(
    library: Library, credential_id: int, sources: Sequence[Path], role: EvidenceRole | None = None
) -> Outcome[list[EvidenceFile]]:
    """Copy files into the library as proof of a credential; a file that is attached already is not added again.

    `role` None means: judged from each name. Raises UsageError for a source that cannot be read.
    """
    credential = library.get(Credential, credential_id)
    added = store_proof(library, credential_id, sources, role)
    what = added[0].original_name if len(added) == 1 else count_text(len(added), "file")
    with library.change(f"Attach {what} to {credential.title}") as change:
        new = change.insert_many(added)
    return Outcome(new, change.change_set)


def store_proof(
    library: Library, credential_id: int, sources: Sequence[Path], role: EvidenceRole | None = None
) -> list[EvidenceFile]:
    """Copy files into the library and return their records, not stored yet; those attached already are left out.

    For use within a change of somebody else; `attach_files` is the whole. Raises UsageError for an unreadable source.
    """
    known = {one.sha256 for one in library.where(EvidenceFile, "credential_id = ?", (credential_id,))}
    stored = [(source, store_file(library.files_folder, source)) for source in sources]
    added: dict[str, EvidenceFile] = {}
    for source, kept in stored:
        if kept.sha256 in known or kept.sha256 in added:
            continue
        role_of_file = role or likely_role(source.name)
        added[kept.sha256] = proof_record(library, credential_id, source.name, kept, role_of_file)
    return list(added.values())


def proof_record(library: Library, credential_id: int, name: str, kept: StoredFile, role: EvidenceRole) -> EvidenceFile:
    """Return the record, not stored yet, of a file in the library as proof; `name` is what it was called outside."""
    return EvidenceFile(
        credential_id=credential_id,
        file_name=kept.file_name,
        original_name=_as_text(name),
        media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        size=kept.size,
        sha256=kept.sha256,
        role=role,
        added_at=library.now_text(),
    )


def detach_file(library: Library, evidence_id: int) -> Outcome[EvidenceFile]:
    """Remove a file from its credential; the bytes stay in the library, so that Undo can bring it back."""
    evidence = library.get(EvidenceFile, evidence_id)
    with library.change(f"Remove {evidence.original_name}") as change:
        change.delete(EvidenceFile, [evidence_id])
    return Outcome(evidence, change.change_set)


def evidence_path(library: Library, evidence: EvidenceFile) -> Path:
    """Return where the file lies in the library, to open or copy it."""
    return file_path(library.files_folder, evidence.file_name)


def _as_text(name: str) -> str:
    # A file name of Linux can hold bytes that are no text; the database takes text only.
    return name.encode(errors="replace").decode()


def likely_role(name: str) -> EvidenceRole:
    """Return what a file most likely proves, from its name."""
    lower = name.casefold()
    words = {
        EvidenceRole.SCORE_REPORT: ("score", "result"),
        EvidenceRole.RECEIPT: ("receipt", "invoice", "order"),
        EvidenceRole.BADGE: ("badge",),
        EvidenceRole.CERTIFICATE: ("certificate", "cert", "diploma"),
    }
    return next((role for role, hints in words.items() if any(hint in lower for hint in hints)), EvidenceRole.EVIDENCE)
