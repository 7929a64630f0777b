"""What a library holds, kept while files are planned against it one after the other.

Belongs here: reading each kind of records once for all files of an import, whether they are previewed or written. How
a file is planned is in `interchange.plan`.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from weakref import ref

from learnpath.domain.records import ImportSource
from learnpath.interchange.checkpoints import Checkpoint
from learnpath.interchange.draft_kinds import Aliases
from learnpath.interchange.drafts import ParsedFile, RowsKind
from learnpath.interchange.known_records import KnownRecords
from learnpath.interchange.plan import ImportPlan, plan_import
from learnpath.interchange.planned_records import take_plan
from learnpath.services.draft_reading import existing_records, issuer_aliases
from learnpath.services.previews import ReadingOptions
from learnpath.storage.library import Library


@dataclass(slots=True)
class _Followed:
    """The records of one kind after `plans`, of which only is kept which ones they were."""

    known: KnownRecords
    plans: list[ref[ImportPlan]] = field(default_factory=list[ref[ImportPlan]])
    is_changed: bool = False


class Planning:
    """The records that files are planned against, each kind read when it is first needed. For one thread at a time.

    Previews ask for the records `after` other plans. What writes plans asks for those that are `stored`, and tells
    which it wrote.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._kinds: dict[RowsKind, _Followed] = {}
        self._aliases: Aliases | None = None
        self._mark = ""

    def after(self, plans: Sequence[ImportPlan], kind: RowsKind, check: Checkpoint) -> tuple[KnownRecords, bool]:
        """Return the records of a kind as plans of it would leave them, and whether these would change any.

        Plans that were followed the last time are not followed again; all is read anew when the library has changed
        since. `check` may raise to stop.
        """
        if (mark := self._library.state_mark()) != self._mark:
            self.forget()
            self._mark = mark
        # Not kept while it is being changed: what is stopped in the middle is read anew.
        found = self._kinds.pop(kind, None)
        if found is None or not _begins_with(plans, found.plans):
            found = _Followed(self._read(kind, check))
        for plan in plans[len(found.plans) :]:
            found.is_changed |= take_plan(found.known, plan, check)
            found.plans.append(ref(plan))
        self._kinds[kind] = found
        return found.known, found.is_changed

    def stored(self, kind: RowsKind, check: Checkpoint) -> KnownRecords:
        """Return the records of a kind as they lie in the library, also when they were written a moment ago."""
        if kind not in self._kinds:
            self._kinds[kind] = _Followed(self._read(kind, check))
        return self._kinds[kind].known

    def wrote(self, kind: RowsKind, ids: Iterable[int], check: Checkpoint) -> None:
        """Take in records that were just written, where their kind has been read."""
        found = self._kinds.get(kind)
        if found is not None:
            for record in existing_records(self._library, kind, check, ids):
                found.known.put(record)

    def issuers_changed(self) -> None:
        """Take in other names of issuers; records are read anew only if these say something else."""
        if self._aliases is not None and self._aliases != issuer_aliases(self._library):
            self.forget()

    def forget(self, *kinds: RowsKind) -> None:
        """Read the records of these kinds, without any of all kinds, and the names of issuers anew."""
        self._aliases = None
        for kind in kinds or tuple(self._kinds):
            _ = self._kinds.pop(kind, None)

    def release(self) -> None:
        """Free what was read, a little at a time; the planning is of no use then."""
        for found in self._kinds.values():
            found.known.release()

    def _read(self, kind: RowsKind, check: Checkpoint) -> KnownRecords:
        if self._aliases is None:
            self._aliases = issuer_aliases(self._library)
        return KnownRecords(kind, existing_records(self._library, kind, check), self._aliases)


def plan_file(
    library: Library,
    parsed: ParsedFile,
    data: bytes,
    options: ReadingOptions,
    known: KnownRecords,
    check: Checkpoint,
) -> ImportPlan:
    """Return what importing a file would do to these records. `check` may raise to stop."""
    earlier = earlier_import(library, data, parsed.format)
    return plan_import(
        parsed,
        known,
        on_duplicate=options.on_duplicate,
        import_id=earlier.id if earlier else None,
        left_out=parsed.left_out if options.left_out is None else options.left_out,
        check=check,
    )


def earlier_import(library: Library, data: bytes, format_name: str) -> ImportSource | None:
    """Return the record of the same file in the same format, None when it was never imported."""
    sha256 = hashlib.sha256(data).hexdigest()
    found = library.where(ImportSource, "sha256 = ? AND format = ?", (sha256, format_name))
    return found[0] if found else None


def _begins_with(plans: Sequence[ImportPlan], followed: Sequence[ref[ImportPlan]]) -> bool:
    return len(followed) <= len(plans) and all(old() is plan for old, plan in zip(followed, plans, strict=False))
