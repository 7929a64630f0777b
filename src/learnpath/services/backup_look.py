"""Looking into a backup: its credentials, programs and paths beside those of the library, and taking some of them back.

The backup is opened for the length of a call, as a copy that goes when the call ends, however it ends.
"""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from learnpath.domain.changes import Outcome
from learnpath.domain.records import Credential, Issuer, Program, Record, Skill, Tag
from learnpath.domain.records import Path as LearningPath
from learnpath.services.field_wording import (
    KIND_WORDS,
    FieldChange,
    Names,
    field_changes,
    kind_of,
    part_text,
)
from learnpath.services.libraries import real_surroundings
from learnpath.services.record_comparison import (
    POINTS_AT,
    Comparison,
    PartDifference,
    RecordDifference,
    State,
    pointed_ids,
)
from learnpath.services.restoring import open_backup_read_only
from learnpath.services.taking_back import TakenBack, take_records_back
from learnpath.storage.backups import Backup, find_backup
from learnpath.storage.errors import NewerLibraryError
from learnpath.storage.library import Library, Surroundings
from learnpath.storage.mapping import table_of
from learnpath.storage.migrations import SCHEMA_VERSION
from learnpath.storage.restoring import require_sound

Report = Callable[[int, int], object]
LOOKED_AT: tuple[type[Record], ...] = (Credential, Program, LearningPath)
# Few enough that somebody who cancels between two pieces does not wait.
_PIECE = 500
_MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class BackupRecord:
    """One record of a backup. `kind` is its table name, `note` its issuer; `difference` None: it is the same here."""

    kind: str
    id: int
    title: str
    note: str
    difference: RecordDifference | None

    @property
    def state(self) -> State:
        """Return whether it is missing here, differs, or is the same."""
        return "same" if self.difference is None else self.difference.state


@dataclass(frozen=True, slots=True)
class BackupLook:
    """What a backup holds: its credentials, programs and paths, each by title; `names` are for `describe`."""

    backup: Backup
    records: tuple[BackupRecord, ...]
    names: Names = field(default_factory=dict[tuple[str, int], str])


def look_into_backup(
    library: Library, name: str | None = None, report: Report | None = None, around: Surroundings | None = None
) -> BackupLook:
    """Read a backup (None: the newest) through and compare its records with the library's; changes nothing.

    `report` is called with how many records are compared and of how many; what it raises ends the look. Raises
    UsageError for an unknown name, DamagedBackupError and other LibraryErrors.
    """
    backup = find_backup(library.folder, name)
    facts = require_sound(backup)
    if facts.schema > SCHEMA_VERSION:
        raise NewerLibraryError(backup.file, facts.schema, SCHEMA_VERSION)
    total = sum(facts.records.get(table_of(kind).table, 0) for kind in LOOKED_AT)
    tell = report or _tell_nobody
    tell(0, total)
    with open_backup_read_only(library.folder, backup.name, around or real_surroundings()) as opened:
        comparison = Comparison(library, opened)
        issuers = {one.id: one.name for one in (*opened.all(Issuer), *library.all(Issuer))}
        found: list[BackupRecord] = []
        for kind in LOOKED_AT:
            of_kind: list[BackupRecord] = []
            for piece in _pieces(opened, kind):
                of_kind += [_record(one, issuers) for one in comparison.differences(piece)]
                tell(len(found) + len(of_kind), total)
            found += sorted(of_kind, key=_order)
        names = _names(library, opened, [one.difference for one in found if one.difference is not None])
    return BackupLook(backup, tuple(found), names)


def describe(look: BackupLook, record: BackupRecord) -> list[FieldChange]:
    """Return what differs, field by field: what it was in the backup, and what it is now (empty: gone)."""
    difference = record.difference
    if difference is None:
        return []
    changes = field_changes(difference.then, difference.now, look.names)
    if difference.now is None:
        changes = [one for one in changes if one.before != record.title]
    for part in difference.parts:
        changes += _part_changes(part, look.names, is_record_gone=difference.now is None)
    gone = [FieldChange("proof", f"{name} (its file is gone)", "") for name in difference.lost_files]
    return [*changes, *gone]


def summary_text(look: BackupLook, record: BackupRecord) -> str:
    """Return the fields that differ in a few words; empty for a record that is missing or the same."""
    if record.difference is None or record.state != "differs":
        return ""
    own = [one.field for one in field_changes(record.difference.then, record.difference.now, look.names)]
    parts = [KIND_WORDS[kind_of(part.then)] for part in record.difference.parts]
    words = list(dict.fromkeys([*own, *parts]))
    more = len(words) - _MOST_TOLD
    told = ", ".join(words[:_MOST_TOLD])
    return f"{told} and {more} more" if more > 0 else told


def take_back(
    library: Library,
    name: str,
    wanted: Mapping[str, Iterable[int]],
    around: Surroundings | None = None,
    *,
    before_writing: Callable[[], object] | None = None,
) -> Outcome[TakenBack]:
    """Take records (ids by table name) back out of the backup `name`, as one undoable change.

    `before_writing` is called when the backup has been opened; what it raises ends this without a change.
    Raises what `look_into_backup` and `take_records_back` raise; nothing has changed then.
    """
    _ = require_sound(find_backup(library.folder, name))
    with open_backup_read_only(library.folder, name, around or real_surroundings()) as opened:
        if before_writing is not None:
            before_writing()
        return take_records_back(library, opened, wanted)


def _tell_nobody(_done: int, _total: int) -> None:
    """Take the place of a report that nobody wants."""


def _pieces(opened: Library, kind: type[Record]) -> Generator[Sequence[Record]]:
    last = -(1 << 63)
    condition = f"id IN (SELECT id FROM {table_of(kind).table} WHERE id > ? ORDER BY id LIMIT {_PIECE})"
    while piece := opened.where(kind, condition, (last,)):
        yield piece
        last = piece[-1].id


def _record(difference: RecordDifference, issuers: Mapping[int, str]) -> BackupRecord:
    then = difference.then
    title = then.name if isinstance(then, Program) else getattr(then, "title", "")
    note = issuers.get(getattr(then, "issuer_id", None) or 0, "")
    is_same = difference.state == "same"
    return BackupRecord(kind_of(then), then.id, title, note, None if is_same else difference)


def _order(record: BackupRecord) -> tuple[str, int]:
    return record.title.casefold(), record.id


def _part_changes(part: PartDifference, names: Names, *, is_record_gone: bool) -> list[FieldChange]:
    word, text = KIND_WORDS[kind_of(part.then)], part_text(part.then, names)
    told = [] if part.now is None or is_record_gone else field_changes(part.then, part.now, names)
    if not told:
        return [FieldChange(word, text, "")]
    return [FieldChange(f"{word} {text}: {one.field}", one.before, one.after) for one in told]


def _names(library: Library, opened: Library, differences: Iterable[RecordDifference]) -> Names:
    """Return what everything is called that the differing records point at: by today's name, else by that of then."""
    wanted: dict[type[Record], set[int]] = {}
    for difference in differences:
        both = [(difference.then, difference.now), *((part.then, part.now) for part in difference.parts)]
        for record in (one for pair in both for one in pair if one is not None):
            for name, kind in POINTS_AT.items():
                wanted.setdefault(kind, set()).update(pointed_ids(record, name))
    found: dict[tuple[str, int], str] = {}
    for source in (opened, library):
        for kind in (Issuer, Skill, Tag, Program, Credential, LearningPath):
            for one in source.all(kind, wanted.get(kind, ())):
                found[table_of(kind).table, one.id] = getattr(one, "title", "") or getattr(one, "name", "")
    return found
