"""Where the fields of records came from: which import filled them, and forgetting that when the person changes them.

Belongs here: reading and writing `RecordSource`. What follows from it for an import is decided in `interchange`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache

from learnpath.domain.records import Credential, ImportSource, Issuer, Program, RecordSource
from learnpath.interchange.former_identities import FormerValues
from learnpath.interchange.row_changes import IDENTITY_FIELDS, former_value
from learnpath.interchange.source_ranks import Filling, rank_of
from learnpath.storage.change import Change
from learnpath.storage.library import Library

_DRAFT_NAMES = {
    "issuer_id": "issuer_name",
    "program_id": "program_name",
    "required_ids": "required_names",
    "skill_ids": "skill_names",
    "tag_ids": "tag_names",
}


@dataclass(frozen=True, slots=True)
class FieldSource:
    """The file that a field came from: its name and format, and when it was imported (UTC ISO text)."""

    file_name: str
    format: str
    imported_at: str


def field_sources(library: Library, kind: str, record_id: int) -> dict[str, FieldSource]:
    """Return where the fields of a record came from, by field name; those the person entered are not in it."""
    found = library.where(RecordSource, "record_kind = ? AND record_id = ?", (kind, record_id))
    imports = {one.id: one for one in library.all(ImportSource, {one.import_source_id for one in found})}
    sources: dict[str, FieldSource] = {}
    for one in found:
        file = imports[one.import_source_id]
        sources |= dict.fromkeys(one.fields, FieldSource(file.original_name, file.format, file.imported_at))
    return sources


def fillings(library: Library, sources: Sequence[RecordSource]) -> dict[int, Mapping[str, Filling]]:
    """Return which import filled the fields of records, by record id."""
    used = library.all(ImportSource, {one.import_source_id for one in sources})
    imports = {one.id: (rank_of(one.format), one.id) for one in used}
    found: dict[int, Mapping[str, Filling]] = {}
    for one in sources:
        own = _filling_of(one.fields, imports[one.import_source_id])
        found[one.record_id] = {**found[one.record_id], **own} if one.record_id in found else own
    return found


def formers(sources: Sequence[RecordSource]) -> dict[int, FormerValues]:
    """Return what imports call records that are called something else, by record id; most are in no list."""
    found: dict[int, FormerValues] = {}
    for one in sources:
        if one.former:
            found[one.record_id] = (*found.get(one.record_id, ()), one.former)
    return found


@lru_cache(maxsize=256)
def _filling_of(names: tuple[str, ...], filling: Filling) -> Mapping[str, Filling]:
    """Return the same mapping for the same fields: nearly all records of one import share it."""
    return dict.fromkeys(names, filling)


def note_filled(
    library: Library, change: Change, kind: str, import_source_id: int, names_by_id: Mapping[int, tuple[str, ...]]
) -> None:
    """Note that an import filled these fields of records that were there before; no other import's they are now."""
    _take_out(library, change, kind, names_by_id, keep_for=import_source_id)
    own = {
        one.record_id: one for one in sources_of(library, kind, names_by_id) if one.import_source_id == import_source_id
    }
    added: list[RecordSource] = []
    grown: list[RecordSource] = []
    for record_id, names in names_by_id.items():
        if record_id in own:
            grown.append(replace(own[record_id], fields=tuple(dict.fromkeys((*own[record_id].fields, *names)))))
        elif names:
            added.append(
                RecordSource(record_kind=kind, record_id=record_id, import_source_id=import_source_id, fields=names)
            )
    change.update_many(grown)
    _ = change.insert_many(added)


def first_source(kind: str, record_id: int, import_source_id: int, names: tuple[str, ...]) -> RecordSource:
    """Return the source of a record that an import has just made, to be stored.

    It takes the record's own id, which no other source can have: 100,000 more ids would be felt.
    """
    return RecordSource(
        id=record_id, record_kind=kind, record_id=record_id, import_source_id=import_source_id, fields=names
    )


def forget_changed(
    library: Library,
    change: Change,
    before: Sequence[Program | Credential],
    after: Sequence[Program | Credential],
) -> None:
    """Forget where the fields came from that the person changed between `before` and `after` (in the same order).

    What a file called the record stays known, so that importing the file again finds it.
    """
    changed = {old.id: names for old, new in zip(before, after, strict=True) if (names := different_fields(old, new))}
    if before:
        kind = "program" if isinstance(before[0], Program) else "credential"
        called = {old.id: _called(library, old, changed[old.id]) for old in before if old.id in changed}
        _take_out(library, change, kind, changed, called=called)


def _called(library: Library, record: Program | Credential, names: Iterable[str]) -> dict[str, str]:
    """Return the values of these fields by which the record was recognised, by field name; "name=" for none."""
    found: dict[str, str] = {}
    for name in IDENTITY_FIELDS.intersection(names):
        if name == "issuer_name":
            issuer = library.find(Issuer, record.issuer_id or 0)
            value = issuer.name if issuer is not None else ""
        else:
            value = getattr(record, name) or ""
        found[name] = former_value(name, value)
    return found


def note_known_as(
    library: Library, change: Change, kind: str, import_source_id: int, known_as: Mapping[int, tuple[str, ...]]
) -> None:
    """Note by what else an import knows records than by what they say."""
    if not known_as:
        return
    own = {
        one.record_id: one for one in sources_of(library, kind, known_as) if one.import_source_id == import_source_id
    }
    noted = [replace(one, former=_joined(one.former, known_as[record_id])) for record_id, one in own.items()]
    change.update_many(noted)
    _ = change.insert_many(
        [
            RecordSource(record_kind=kind, record_id=record_id, import_source_id=import_source_id, former=texts)
            for record_id, texts in known_as.items()
            if record_id not in own
        ]
    )


def _joined(texts: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*texts, *more)))


def forget_sources(library: Library, change: Change, kind: str, names_by_id: Mapping[int, tuple[str, ...]]) -> None:
    """Forget where these fields came from: the person typed them while importing."""
    if names_by_id:
        _take_out(library, change, kind, names_by_id)


def sources_of(library: Library, kind: str, ids: Iterable[int]) -> list[RecordSource]:
    """Return which imports filled which fields of these records."""
    condition = "record_kind = ? AND record_id IN (SELECT value FROM json_each(?))"
    return library.where(RecordSource, condition, (kind, json.dumps(list(ids))))


def note_sources_again(
    library: Library,
    change: Change,
    kind: str,
    names_by_id: Mapping[int, tuple[str, ...]],
    sources: Sequence[RecordSource],
) -> None:
    """Note that these fields of records came from where `sources` say, and from nowhere else.

    `sources` name imports of the library; what they say of other fields or records is passed over.
    """
    forget_sources(library, change, kind, names_by_id)
    filled: dict[int, dict[int, tuple[str, ...]]] = {}
    for one in sources:
        names = tuple(name for name in one.fields if name in names_by_id.get(one.record_id, ()))
        filled.setdefault(one.import_source_id, {})[one.record_id] = names
    for import_source_id, names_of_import in filled.items():
        note_filled(library, change, kind, import_source_id, names_of_import)


def different_fields(old: Program | Credential | None, new: Program | Credential) -> tuple[str, ...]:
    """Return the fields that differ, named as in drafts; all of them without an old record."""
    return tuple(
        _DRAFT_NAMES.get(field.name, field.name)
        for field in fields(new)
        if old is None or getattr(old, field.name) != getattr(new, field.name)
    )


def _take_out(
    library: Library,
    change: Change,
    kind: str,
    names_by_id: Mapping[int, tuple[str, ...]],
    keep_for: int | None = None,
    called: Mapping[int, Mapping[str, str]] | None = None,
) -> None:
    """Take fields out of the lists of all imports but `keep_for`; an empty list goes.

    What they were `called` by record and field stays with the import that said so.
    """
    left: list[RecordSource] = []
    emptied: list[int] = []
    for one in sources_of(library, kind, names_by_id):
        if one.import_source_id == keep_for:
            continue
        kept = tuple(name for name in one.fields if name not in names_by_id[one.record_id])
        texts: Mapping[str, str] = called.get(one.record_id, {}) if called is not None else {}
        # What no file had said is part of how each of them knows the record.
        said = [text for name, text in texts.items() if name in one.fields or text == former_value(name, "")]
        former = _joined(one.former, sorted(said))
        if (kept, former) == (one.fields, one.former):
            continue
        if kept or former:
            left.append(replace(one, fields=kept, former=former))
        else:
            emptied.append(one.id)
    change.update_many(left)
    change.delete(RecordSource, emptied)
