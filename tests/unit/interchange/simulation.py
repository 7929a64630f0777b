"""A library in memory, just enough to apply plans to."""

from collections.abc import Mapping, Sequence
from typing import Any

from learnpath.domain.matching import normalise_issuer
from learnpath.interchange.drafts import Draft, ParsedFile, draft_fields
from learnpath.interchange.known_records import ExistingRecord, KnownRecords
from learnpath.interchange.plan import ImportPlan, plan_import
from learnpath.interchange.row_changes import attributed_fields, filled_fields
from learnpath.interchange.source_ranks import Filling, rank_of

IMPORT_ID = 50


def record(record_id: int, draft: Draft, filled_by: Mapping[str, Filling] | None = None) -> ExistingRecord:
    """Return a record with all values of a draft; without `filled_by` the person entered them."""
    values = {name: getattr(draft, name) for name in draft_fields(type(draft))}
    return ExistingRecord(record_id, values, filled_by or {})


def imported(record_id: int, draft: Draft, format_name: str = "table", import_id: int = 1) -> ExistingRecord:
    """Return a record that an import made of a draft."""
    return record(record_id, draft, dict.fromkeys(filled_fields(draft), (rank_of(format_name), import_id)))


def plan_against(
    parsed: ParsedFile, existing: Sequence[ExistingRecord], *, aliases: Mapping[str, str] | None = None, **options: Any
) -> ImportPlan:
    """Return what importing a file would do to a library of these records."""
    kind = "programs" if parsed.kind == "library" else parsed.kind
    names = {normalise_issuer(alias): normalise_issuer(name) for alias, name in (aliases or {}).items()}
    return plan_import(parsed, KnownRecords(kind, existing, names), **options)


def apply(plan: ImportPlan, existing: Sequence[ExistingRecord], import_id: int = IMPORT_ID) -> list[ExistingRecord]:
    """Return the records after applying a plan."""
    values = {one.id: dict(one.values) for one in existing}
    filled = {one.id: dict(one.filled_by) for one in existing}
    former = {one.id: tuple(one.former) for one in existing}
    for index, record_id, changes in plan.to_update():
        for name, old, new in changes:
            assert values[record_id].get(name) == old
            values[record_id][name] = new
        filled[record_id].update(dict.fromkeys(attributed_fields(changes), (rank_of(plan.format), import_id)))
        for name in plan.rows[index].persons_own:
            _ = filled[record_id].pop(name, None)
        if plan.rows[index].known_as:
            former[record_id] = (*former[record_id], plan.rows[index].known_as)
    for record_id, names in plan.to_confirm():
        filled[record_id].update(dict.fromkeys(names, (rank_of(plan.format), import_id)))
    records = [ExistingRecord(one.id, values[one.id], filled[one.id], former[one.id]) for one in existing]
    first = max(values, default=0) + 1
    new = [draft for _, draft in plan.to_insert()]
    return [*records, *(imported(first + at, draft, plan.format, import_id) for at, draft in enumerate(new))]
