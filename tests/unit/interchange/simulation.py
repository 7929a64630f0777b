"""A library in memory, just enough to apply plans to."""

from collections.abc import Sequence

from learnpath.interchange.drafts import Draft, ProgramDraft, draft_fields
from learnpath.interchange.plan import ExistingRecord, ImportPlan


def record(record_id: int, draft: Draft) -> ExistingRecord:
    """Return a record with all values of a draft."""
    values = {name: getattr(draft, name) for name in draft_fields(type(draft))}
    return ExistingRecord(record_id, "program" if isinstance(draft, ProgramDraft) else "credential", values)


def apply(plan: ImportPlan, existing: Sequence[ExistingRecord]) -> list[ExistingRecord]:
    """Return the records after applying a plan."""
    values = {one.id: dict(one.values) for one in existing}
    for _, record_id, changes in plan.to_update():
        for name, old, new in changes:
            assert values[record_id].get(name) == old
            values[record_id][name] = new
    records = [ExistingRecord(one.id, one.kind, values[one.id]) for one in existing]
    first = max(values, default=0) + 1
    return [*records, *(record(first + at, draft) for at, (_, draft) in enumerate(plan.to_insert()))]
