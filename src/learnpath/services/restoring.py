"""Going back: a whole backup in the place of the library, a look into one, or single records out of one."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from learnpath.domain.changes import Outcome
from learnpath.domain.records import (
    CostLine,
    Credential,
    EvidenceFile,
    Issuer,
    PathStep,
    Program,
    Record,
    Skill,
    StudySession,
    Tag,
)
from learnpath.domain.records import Path as LearningPath
from learnpath.domain.wording import count_text
from learnpath.errors import UsageError
from learnpath.services.libraries import real_surroundings
from learnpath.storage.backups import Backup, count_records, find_backup
from learnpath.storage.library import Library, Surroundings
from learnpath.storage.mapping import TABLES
from learnpath.storage.restoring import Kept, copy_library, locked_folder, opened_backup, restore_file

_KINDS: dict[str, type[Record]] = {table.table: record_type for record_type, table in TABLES.items()}
_POINTS_AT: dict[str, type[Record]] = {
    "issuer_id": Issuer,
    "program_id": Program,
    "credential_id": Credential,
    "path_id": LearningPath,
    "skill_ids": Skill,
    "tag_ids": Tag,
}
# What is part of a record and was removed with it.
_PARTS: dict[type[Record], tuple[tuple[type[Record], str], ...]] = {
    Credential: ((EvidenceFile, "credential_id"), (CostLine, "credential_id"), (StudySession, "credential_id")),
    LearningPath: ((PathStep, "path_id"),),
}
# What loses its pointer when a record is removed, and gets it back with it.
_POINTERS = (
    (Program, "issuer_id"),
    (Credential, "issuer_id"),
    (Credential, "program_id"),
    (StudySession, "credential_id"),
    (PathStep, "program_id"),
    (PathStep, "credential_id"),
)


@dataclass(frozen=True, slots=True)
class Restored:
    """A library that was put back: the backup, its records by table name, and where the file before it is kept."""

    backup: Backup
    records: dict[str, int]
    kept: Kept | None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many records came back that were gone, and how many are again as they were."""

    added: int
    changed: int


def restore_backup(folder: Path, name: str | None = None, around: Surroundings | None = None) -> Restored:
    """Put a backup (None: the newest) in the place of a library that is closed; the file before it is kept.

    Restoring the backup made of that file takes this back. Raises UsageError for an unknown name, a LibraryError when
    the library is open somewhere or the backup is damaged; nothing has changed then.
    """
    around = around or real_surroundings()
    folder = folder.expanduser().absolute()
    backup = find_backup(folder, name)
    with locked_folder(folder, around):
        kept = restore_file(folder, backup, around.now())
    return Restored(backup, count_records(backup.file).records, kept)


def restore_into(folder: Path, name: str | None, target: Path) -> Restored:
    """Make a new library folder from a backup and the proofs; the library itself is not touched."""
    backup = find_backup(folder, name)
    copy_library(folder, backup, target.expanduser().absolute())
    return Restored(backup, count_records(backup.file).records, None)


@contextmanager
def open_backup_read_only(
    folder: Path, name: str | None = None, around: Surroundings | None = None
) -> Generator[Library]:
    """Open a backup (None: the newest) to look into it; changing it raises a LibraryError."""
    with opened_backup(folder, find_backup(folder, name), around or real_surroundings()) as library:
        yield library


def take_records_back(library: Library, backup: Library, kind: str, ids: Iterable[int]) -> Outcome[TakenBack]:
    """Take records of a kind (a table name) out of an opened backup into the library, as one undoable change.

    Each becomes again what it was. With it comes what belongs to it and is gone (proofs, costs, study, steps) and what
    it points at and is gone; what is still there stays as it is. Raises UsageError for an unknown kind or id.
    """
    if kind not in _KINDS:
        raise UsageError(f"There is no kind of record “{kind}”.", f"Use one of: {', '.join(_KINDS)}.")
    wanted = backup.all(_KINDS[kind], sorted(set(ids)))
    if len(wanted) < len(set(ids)):
        raise UsageError("Not all of these records are in the backup.", "Nothing was changed.")
    missing = _missing_around(library, backup, _KINDS[kind], wanted)
    present = {one.id for one in library.all(_KINDS[kind], [one.id for one in wanted])}
    missing[_KINDS[kind]] = {
        **missing.get(_KINDS[kind], {}),
        **{one.id: one for one in wanted if one.id not in present},
    }
    changed = [one for one in wanted if one.id in present and one != library.find(_KINDS[kind], one.id)]
    with library.change(f"Take {count_text(len(wanted), kind.replace('_', ' '))} back from a backup") as change:
        for record_type in TABLES:
            _ = change.insert_many(list(missing.get(record_type, {}).values()))
        change.update_many(changed)
        for record_type, name in _POINTERS:
            change.update_many(_pointing_again(library, backup, record_type, name, _KINDS[kind], present, wanted))
    added = sum(len(group) for group in missing.values())
    return Outcome(TakenBack(added, len(changed)), change.change_set)


def _missing_around(
    library: Library, backup: Library, kind: type[Record], wanted: list[Any]
) -> dict[type[Record], dict[int, Record]]:
    """Return what belongs to the records or is pointed at by them, is in the backup and no longer in the library."""
    missing: dict[type[Record], dict[int, Record]] = {}
    waiting: list[Any] = list(wanted)
    for record in wanted:
        for part_type, name in _PARTS.get(kind, ()):
            parts = backup.where(part_type, f"{name} = ?", (record.id,))
            waiting += _note_missing(library, missing, part_type, {one.id: one for one in parts})
    while waiting:
        record = waiting.pop()
        for name in {field.name for field in fields(record)} & _POINTS_AT.keys():
            found = backup.all(_POINTS_AT[name], _ids(getattr(record, name)))
            waiting += _note_missing(library, missing, _POINTS_AT[name], {one.id: one for one in found})
    return missing


def _ids(pointer: int | tuple[int, ...] | None) -> tuple[int, ...]:
    if pointer is None:
        return ()
    return (pointer,) if isinstance(pointer, int) else pointer


def _note_missing(
    library: Library,
    missing: dict[type[Record], dict[int, Record]],
    record_type: type[Record],
    found: dict[int, Record],
) -> list[Record]:
    present = {one.id for one in library.all(record_type, found)}
    noted = missing.setdefault(record_type, {})
    new = {key: one for key, one in found.items() if key not in present and key not in noted}
    noted.update(new)
    return list(new.values())


def _pointing_again(
    library: Library,
    backup: Library,
    record_type: type[Record],
    name: str,
    target: type[Record],
    present: set[int],
    wanted: list[Any],
) -> list[Record]:
    """Return the library's records whose pointer was emptied when a wanted record went, pointing at it again."""
    if _POINTS_AT[name] is not target:
        return []
    found: list[Record] = []
    for gone in (one.id for one in wanted if one.id not in present):
        before = backup.where(record_type, f"{name} = ?", (gone,))
        now = library.all(record_type, [one.id for one in before])
        found += [replace(one, **{name: gone}) for one in now if getattr(one, name) is None]
    return found
