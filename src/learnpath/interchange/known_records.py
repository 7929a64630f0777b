"""The records of one kind that files are planned against, one file after the other.

Belongs here: keeping them and what they are recognised by. What a plan makes of them is in `planned_records`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from learnpath.interchange.checkpoints import Checkpoint, go_on, watched
from learnpath.interchange.draft_kinds import DRAFT_KINDS, Aliases, Matcher
from learnpath.interchange.drafts import RowsKind
from learnpath.interchange.former_identities import FormerValues
from learnpath.interchange.source_ranks import Filling


@dataclass(frozen=True, slots=True)
class ExistingRecord:
    """A record of the library: its values by the field names of drafts (issuer, skill and tag names, not ids).

    `filled_by` tells which import filled a field; a field that is not in it was entered by the person. `former` is
    what files call the record, where it is called something else.
    """

    id: int
    values: Mapping[str, Any]
    filled_by: Mapping[str, Filling] = field(default_factory=dict[str, Filling])
    former: FormerValues = ()


class KnownRecords:
    """The records of one kind: those of a library in the order of their ids, and those that files bring.

    A file costs what it holds, however many records there are and however many files came before it.
    """

    def __init__(
        self,
        kind: RowsKind,
        records: Iterable[ExistingRecord],
        aliases: Aliases,
        check: Checkpoint = go_on,
    ) -> None:
        self.kind: RowsKind = kind
        self._index = DRAFT_KINDS[kind].make_index(aliases)
        self._records: dict[int, ExistingRecord] = {}
        self._planned = 0
        for record in watched(records, check):
            self.put(record)

    def put(self, record: ExistingRecord) -> None:
        """Take in a record that comes after all others, or one that is known and has changed."""
        self._records[record.id] = record
        self._index.put(record.id, record.values, record.former)

    def find(self, record_id: int) -> ExistingRecord | None:
        """Return a record, None where there is none with this id."""
        return self._records.get(record_id)

    @property
    def records(self) -> Iterator[ExistingRecord]:
        """Yield all records, in the order in which they came."""
        return iter(self._records.values())

    def planned_id(self) -> int:
        """Return an id for a record that is only planned: the ids of these count down from -1."""
        self._planned -= 1
        return self._planned

    def match_file(self, check: Checkpoint) -> Matcher:
        """Return what matches the rows of one file against the records as they are now."""
        return self._index.match_file(check)

    def release(self) -> None:
        """Free the records one by one, so that other threads go on meanwhile."""
        while self._records:
            _ = self._records.popitem()
