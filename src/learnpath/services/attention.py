"""What needs doing now in a library."""

import json
from collections.abc import Sequence
from datetime import date

from learnpath.domain.attention import Attention, find_attention
from learnpath.domain.deadlines import Deadline
from learnpath.domain.progress import PathProgress, Verdict
from learnpath.domain.records import CostLine, Credential
from learnpath.storage.library import Library
from learnpath.storage.totals import running_out_ids, unproven_ids

# After an import nearly everything lacks a proof; the newest awards are the ones people still have at hand.
UNPROVEN_LIMIT = 20


def list_attention(
    library: Library, today: date, deadlines: Sequence[Deadline], paths: Sequence[PathProgress]
) -> list[Attention]:
    """Return what needs doing on a day, most urgent first, credentials without proof (the 20 newest) at the end.

    `deadlines` and `paths` are those of the whole library on that day.
    """
    ending = json.dumps(running_out_ids(library, today))
    credentials = library.where(
        Credential,
        """(stage IN ('wished', 'planned', 'enrolled', 'booked') AND exam_on IS NOT NULL)
        OR id IN (SELECT value FROM json_each(?))
        OR program_id IN (SELECT program_id FROM credential WHERE id IN (SELECT value FROM json_each(?)))""",
        (ending, ending),
    )
    fees = library.where(CostLine, "kind = 'renewal' AND credential_id IN (SELECT value FROM json_each(?))", (ending,))
    newest = unproven_ids(library, today, UNPROVEN_LIMIT)
    by_id = {one.id: one for one in library.all(Credential, newest)}
    return find_attention(
        deadlines,
        credentials,
        fees,
        unproven=[by_id[one] for one in newest],
        done_path_ids={one.path.id for one in paths if one.verdict is Verdict.DONE},
        today=today,
    )
