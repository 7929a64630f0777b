"""The imported file as proof: which credentials a badge or certificate proves, and attaching it to them.

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


def unproved_credentials(library: Library, parsed: ParsedFile, plan: ImportPlan, data: bytes) -> list[int]:
    """Return the ids of the credentials that are here, and that the file proves without being attached to them.

    A row that was skipped or still waits for a decision proves nothing. Whether what is here is updated or kept does
    not matter: a proof is added to it and overwrites nothing.
    """
    if not parsed.is_evidence:
        return []
    taken = (row.existing_id for row in plan.rows if row.action == "update" or row.kind is RowKind.SAME)
    proved = dict.fromkeys(one for one in taken if one is not None)
    attached = library.where(EvidenceFile, "sha256 = ?", (hashlib.sha256(data).hexdigest(),))
    return [one for one in proved if one not in {file.credential_id for file in attached}]


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
