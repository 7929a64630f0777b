"""An exported library coming in: records with a known id are compared, the others are added."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace

from learnpath.domain.contents import LibraryContents
from learnpath.domain.records import Profile
from learnpath.interchange.checkpoints import Checkpoint, batches, watched
from learnpath.interchange.library_json import load_library
from learnpath.interchange.plan import RowKind
from learnpath.services.whole_library import insert_contents, store_files
from learnpath.storage.change import Change
from learnpath.storage.library import Library

_GROUPS = tuple(field.name for field in fields(LibraryContents) if field.name != "profile")
# Where fields came from goes along with the records and is none of its own to a person.
_COUNTED = tuple(name for name in _GROUPS if name != "sources")


@dataclass(frozen=True, slots=True)
class LibraryMerge:
    """What an exported library adds and changes. `profile` is None when the library's own stays."""

    new: LibraryContents
    updated: LibraryContents
    same: int
    profile: Profile | None

    @property
    def counts(self) -> Mapping[RowKind, int]:
        """Return the number of records by what happens to them."""
        return {
            RowKind.NEW: _count(self.new),
            RowKind.UPDATE: _count(self.updated),
            RowKind.SAME: self.same,
            RowKind.UNDECIDED: 0,
            RowKind.BROKEN: 0,
        }


def plan_merge(
    library: Library, incoming: LibraryContents, check: Checkpoint, *, keeps_known: bool = False
) -> LibraryMerge:
    """Return what an exported library would change here; with `keeps_known` it only adds.

    The name of a stored file is this library's own matter. `check` may raise to stop.
    """
    present = library.contents(check)
    new = updated = LibraryContents()
    same = 0
    for group in _GROUPS:
        known = {record.id: record for record in getattr(present, group)}
        added = tuple(record for record in watched(getattr(incoming, group), check) if record.id not in known)
        changed = tuple(
            record
            for record in watched(getattr(incoming, group), check)
            if not keeps_known and record.id in known and _comparable(record) != _comparable(known[record.id])
        )
        new, updated = replace(new, **{group: added}), replace(updated, **{group: changed})
        if group in _COUNTED:
            same += len(getattr(incoming, group)) - len(added) - len(changed)
    profile = incoming.profile if present.profile == Profile() and incoming.profile != Profile() else None
    return LibraryMerge(new, updated, same, profile)


def write_merge(
    library: Library,
    change: Change,
    merge: LibraryMerge,
    data: bytes,
    check: Checkpoint,
    advance: Callable[[int], None],
) -> tuple[int, int]:
    """Write a planned merge; return how many records were added and changed. `data` is the exported file.

    `check` may raise to stop.
    """
    _, files = load_library(data)
    insert_contents(change, store_files(library, merge.new, files), check)
    advance(_count(merge.new))
    updated = store_files(library, merge.updated, files)
    for group in _GROUPS:
        for batch in batches(getattr(updated, group), check):
            change.update_many(batch)
    advance(_count(merge.updated))
    if merge.profile is not None:
        change.set_profile(merge.profile)
    return _count(merge.new), _count(merge.updated)


def _count(contents: LibraryContents) -> int:
    return sum(len(getattr(contents, group)) for group in _COUNTED)


def _comparable(record: object) -> object:
    return replace(record, file_name="") if hasattr(record, "file_name") else record  # pyright: ignore[reportArgumentType, reportUnknownVariableType]
