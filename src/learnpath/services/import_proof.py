"""The imported file as proof: which credential a badge or certificate proves, and attaching it to that one.

Belongs here: what follows from `ParsedFile.is_evidence`. Files the person attaches are in `evidence`.
"""

import hashlib
from collections.abc import Mapping, Sequence

from learnpath.domain.records import EvidenceFile, EvidenceRole
from learnpath.interchange.drafts import ParsedFile
from learnpath.interchange.plan import ImportPlan, RowKind
from learnpath.services.evidence import proof_record
from learnpath.storage.change import Change
from learnpath.storage.evidence_store import StoredFile
from learnpath.storage.library import Library

_ROLES: Mapping[str, EvidenceRole] = {"badge": EvidenceRole.BADGE, "pdf_certificate": EvidenceRole.CERTIFICATE}


def unproved_credential(library: Library, parsed: ParsedFile, plan: ImportPlan, data: bytes) -> int | None:
    """Return the id of the credential that is here, and that the file proves without being attached to it, or None.

    A row that was skipped or still waits for a decision proves nothing. Whether what is here is updated or kept does
    not matter: a proof is added to it and overwrites nothing.
    """
    if not parsed.is_evidence or len(plan.rows) != 1:
        return None
    row = plan.rows[0]
    is_taken = row.action == "update" or row.kind is RowKind.SAME
    if not is_taken or row.existing_id is None:
        return None
    sha256 = hashlib.sha256(data).hexdigest()
    attached = library.where(EvidenceFile, "credential_id = ? AND sha256 = ?", (row.existing_id, sha256))
    return None if attached else row.existing_id


def attach_import(
    library: Library,
    change: Change,
    file_name: str,
    parsed: ParsedFile,
    kept: StoredFile,
    credential_ids: Sequence[int],
) -> None:
    """Attach the imported file, which lies in the library as `kept`, to credentials as their proof."""
    role = _ROLES.get(parsed.format, EvidenceRole.EVIDENCE)
    records = [proof_record(library, one, file_name, kept, role) for one in credential_ids]
    _ = change.insert_many(records)
