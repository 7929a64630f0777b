"""Records of an opened backup beside those of the library: what is missing here, what differs, and in what.

Belongs here: comparing, which reads both and writes neither. Writing them is in `taking_back`.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from learnpath.domain.records import (
    CostLine,
    Credential,
    EvidenceFile,
    ImportSource,
    Issuer,
    PathStep,
    Program,
    Record,
    Skill,
    StudySession,
    Tag,
)
from learnpath.domain.records import Path as LearningPath
from learnpath.storage.evidence_store import file_path
from learnpath.storage.library import Library

State = Literal["missing", "differs", "same"]

POINTS_AT: Mapping[str, type[Record]] = {
    "issuer_id": Issuer,
    "program_id": Program,
    "credential_id": Credential,
    "path_id": LearningPath,
    "required_ids": Program,
    "skill_ids": Skill,
    "tag_ids": Tag,
}
# What is part of a record, was removed with it and comes back with it: the type, and its field that names the record.
_PARTS: Mapping[type[Record], tuple[tuple[type[Record], str], ...]] = {
    Credential: ((EvidenceFile, "credential_id"), (CostLine, "credential_id"), (StudySession, "credential_id")),
    LearningPath: ((PathStep, "path_id"),),
}
_NAMED = (Issuer, Skill, Tag)


@dataclass(frozen=True, slots=True)
class PartDifference:
    """A part of a record that is another now, or is gone (`now` None)."""

    then: Record
    now: Record | None


@dataclass(frozen=True, slots=True)
class RecordDifference:
    """A record as it was and as it is (None: it is gone), with the parts that are not as they were.

    `lost_files` are the original names of proofs whose files are no longer there: these do not come back.
    """

    then: Record
    now: Record | None
    parts: tuple[PartDifference, ...] = ()
    lost_files: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        """Return whether the record is missing, differs (itself or in a part), or is the same."""
        if self.now is None:
            return "missing"
        return "same" if self.then == self.now and not self.parts else "differs"


class Comparison:
    """Compares records of a backup with those of a library; what has one name is one issuer, skill or tag."""

    def __init__(self, library: Library, backup: Library) -> None:
        self._library = library
        self._backup = backup
        self._namesakes = {kind: _namesakes(library.all(kind), backup.all(kind)) for kind in _NAMED}

    def differences(self, records: Sequence[Record]) -> list[RecordDifference]:
        """Return the differences of records of one type out of the backup, in their order, the same ones included."""
        if not records:
            return []
        kind: type[Record] = type(records[0])
        now = {one.id: one for one in self._library.all(kind, [one.id for one in records])}
        parts: dict[int, list[PartDifference]] = {}
        lost: dict[int, list[str]] = {}
        for part_type, owner in _PARTS.get(kind, ()):
            self._compare_parts(part_type, owner, [one.id for one in records], parts, lost)
        return [
            RecordDifference(
                self.as_here(one), now.get(one.id), tuple(parts.get(one.id, ())), tuple(lost.get(one.id, ()))
            )
            for one in records
        ]

    def as_here(self, record: Any) -> Any:
        """Return a record of the backup that points at the library's issuer, skill or tag where its own has gone."""
        changed: dict[str, object] = {}
        for field in fields(record):
            namesakes = self._namesakes.get(POINTS_AT.get(field.name, Program))  # pyright: ignore[reportArgumentType]
            value = getattr(record, field.name)
            if not namesakes or not value:
                continue
            if isinstance(value, tuple):
                changed[field.name] = tuple(dict.fromkeys(namesakes.get(one, one) for one in value))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
            else:
                changed[field.name] = namesakes.get(value, value)
        return replace(record, **changed) if changed else record

    def _compare_parts(
        self,
        part_type: type[Record],
        owner: str,
        ids: Sequence[int],
        found: dict[int, list[PartDifference]],
        lost: dict[int, list[str]],
    ) -> None:
        parts = self._backup.where(part_type, f"{owner} IN (SELECT value FROM json_each(?))", (json.dumps(ids),))
        here = self._library.where(part_type, f"{owner} IN (SELECT value FROM json_each(?))", (json.dumps(ids),))
        present = {one.id: one for one in self._library.all(part_type, [one.id for one in parts])}
        before = {one.id for one in parts}
        added_again = Counter(_sameness(one) for one in here if one.id not in before)
        for part in parts:
            now = present.get(part.id)
            if now == part:
                continue
            if now is None and added_again[_sameness(part)]:
                added_again[_sameness(part)] -= 1
                continue
            if isinstance(part, EvidenceFile) and now is None and not is_stored(self._library, part):
                lost.setdefault(getattr(part, owner), []).append(part.original_name)
            else:
                found.setdefault(getattr(part, owner), []).append(PartDifference(part, now))


def is_stored(library: Library, kept: EvidenceFile | ImportSource) -> bool:
    """Return whether the file that a record of a backup names is still in the library."""
    file = file_path(library.files_folder, kept.file_name)
    return file.is_file() and file.stat().st_size == kept.size


def _sameness(part: Record) -> object:
    """Return what is equal for a part and for the same one that was removed and added again."""
    match part:
        case EvidenceFile():
            return part.credential_id, part.sha256
        case PathStep():
            return part.path_id, part.title, part.program_id, part.credential_id
        case _:
            return replace(part, id=0)


def pointed_ids(record: Record, name: str) -> tuple[int, ...]:
    """Return the ids that a field of `POINTS_AT` holds; none for a record without that field."""
    pointer: int | tuple[int, ...] | None = getattr(record, name, None)
    if pointer is None:
        return ()
    return (pointer,) if isinstance(pointer, int) else pointer


def _namesakes(present: Iterable[Issuer | Skill | Tag], before: Iterable[Issuer | Skill | Tag]) -> dict[int, int]:
    """Return the library's id for each id of the backup that is gone while its name has been given again."""
    ids = {one.id for one in present}
    by_name = {one.name.casefold(): one.id for one in present}
    gone = {one.id: one.name.casefold() for one in before if one.id not in ids}
    return {one: by_name[name] for one, name in gone.items() if name in by_name}
