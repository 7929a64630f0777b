"""From records, which have ids, to drafts, which have names: reading what is there for a plan to compare with."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any

from learnpath.domain.matching import normalise_issuer
from learnpath.domain.records import Credential, Issuer, Path, Program, Record, Skill, Tag
from learnpath.interchange.checkpoints import Checkpoint
from learnpath.interchange.draft_kinds import DRAFT_KINDS, Aliases
from learnpath.interchange.drafts import Draft, RowsKind
from learnpath.interchange.known_records import ExistingRecord
from learnpath.services.known_issuers import issuer_names
from learnpath.services.provenance import fillings, formers, sources_of
from learnpath.storage.library import Library

# What a record has as ids, or not at all.
NAMED = frozenset(("issuer_name", "skill_names", "tag_names", "program_name", "other_names", "required_names"))
Written = Program | Credential | Skill | Path
RECORD_TYPES: Mapping[RowsKind, type[Written]] = {
    "programs": Program,
    "credentials": Credential,
    "skills": Skill,
    "paths": Path,
}
# Read in a few milliseconds, so that whoever waits can cancel.
_BATCH = 1000


def existing_records(
    library: Library, kind: RowsKind, check: Checkpoint, ids: Iterable[int] | None = None
) -> Iterator[ExistingRecord]:
    """Yield records of a kind as an import plan compares them, in the order of their ids: all, or the given ones."""
    draft_kind, record_type = DRAFT_KINDS[kind], RECORD_TYPES[kind]
    plain, values_of = plain_values(draft_kind.draft_type)
    names = _Names(library)
    for batch in _id_batches(library, record_type, ids):
        check()
        sources = sources_of(library, draft_kind.record, batch) if draft_kind.keeps_sources else []
        filled_by, former = fillings(library, sources), formers(sources)
        records = library.all(record_type, batch)
        check()
        awards = [record for record in records if isinstance(record, Program | Credential)]
        names.look_up(awards)
        for record in records:
            values: dict[str, Any] = dict(zip(plain, values_of(record), strict=True))
            if isinstance(record, Program | Credential):
                values |= names.of(record)
            yield ExistingRecord(record.id, values, filled_by.get(record.id, {}), former.get(record.id, ()))


def issuer_aliases(library: Library) -> Aliases:
    """Return the other names of issuers, each with the name that its record has or would get, all normalised."""
    names = issuer_names(library.all(Issuer))
    return {normalise_issuer(alias): normalise_issuer(name) for alias, name in names.items()}


@cache
def plain_values(draft_type: type[Draft]) -> tuple[tuple[str, ...], Callable[[object], tuple[Any, ...]]]:
    """Return the fields that drafts and records share as they are, and a function that reads them all."""
    names = tuple(field.name for field in fields(draft_type) if field.name not in NAMED)
    return names, attrgetter(*names)


class _Names:
    """The names behind the ids of programs and credentials."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._issuers: dict[int, str] = {}
        self._skills: dict[int, str] = {}
        self._tags: dict[int, str] = {}
        self._programs: dict[int, str] = {}

    def look_up(self, records: Iterable[Program | Credential]) -> None:
        """Read the names that records need and that were not needed before."""
        issuers: set[int] = set()
        skills: set[int] = set()
        tags: set[int] = set()
        programs: set[int] = set()
        for record in records:
            issuers.add(record.issuer_id or 0)
            skills.update(record.skill_ids)
            tags.update(record.tag_ids)
            if isinstance(record, Credential):
                programs.add(record.program_id or 0)
            else:
                programs.update(record.required_ids)
        for record_type, wanted, known in (
            (Issuer, issuers, self._issuers),
            (Skill, skills, self._skills),
            (Tag, tags, self._tags),
            (Program, programs, self._programs),
        ):
            if missing := wanted - known.keys() - {0}:
                known.update((one.id, one.name) for one in self._library.all(record_type, missing))

    def of(self, record: Program | Credential) -> dict[str, Any]:
        """Return the names that a record stands for by ids; what was removed meanwhile has none."""
        found: dict[str, Any] = {
            "issuer_name": self._issuers.get(record.issuer_id or 0, ""),
            "skill_names": tuple(self._skills[one] for one in record.skill_ids if one in self._skills),
            "tag_names": tuple(self._tags[one] for one in record.tag_ids if one in self._tags),
        }
        if isinstance(record, Credential):
            found["program_name"] = self._programs.get(record.program_id or 0, "")
        else:
            found["required_names"] = tuple(self._programs[one] for one in record.required_ids if one in self._programs)
        return found


def _id_batches(library: Library, record_type: type[Record], ids: Iterable[int] | None) -> Iterator[list[int]]:
    wanted = library.ids(record_type) if ids is None else sorted(ids)
    for start in range(0, len(wanted), _BATCH):
        yield wanted[start : start + _BATCH]
