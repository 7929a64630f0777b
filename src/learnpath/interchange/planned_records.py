"""What a library would hold after a plan: files that are previewed together are planned one after the other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from learnpath.domain.records import Stage
from learnpath.interchange.draft_kinds import DRAFT_KINDS
from learnpath.interchange.drafts import CredentialDraft, Draft, draft_fields
from learnpath.interchange.plan import ExistingRecord, ImportPlan
from learnpath.interchange.row_changes import UNSTATED, attributed_fields, filled_fields
from learnpath.interchange.source_ranks import NEWEST, Filling, rank_of


def records_after(plans: Iterable[ImportPlan], existing: Sequence[ExistingRecord]) -> list[ExistingRecord]:
    """Return the records after applying plans of one kind with their decisions, one after the other.

    Those they add have ids below all others, below 0.
    """
    found = {one.id: one for one in existing}
    lowest = min((*found, 0))
    for plan in plans:
        lowest = _apply(plan, found, lowest)
    return list(found.values())


def _apply(plan: ImportPlan, found: dict[int, ExistingRecord], lowest: int) -> int:
    """Change `found` as a plan would; return the lowest id then."""
    own = (rank_of(plan.format), NEWEST)
    for index, record_id, changes in plan.to_update():
        if (one := found.get(record_id)) is not None:
            values = {**one.values, **{name: new for name, _, new in changes}}
            filled_by = {**one.filled_by, **dict.fromkeys(attributed_fields(changes), own)}
            typed = plan.rows[index].typed
            found[record_id] = replace(one, values=values, filled_by=_without(filled_by, typed) if typed else filled_by)
    for record_id, names in plan.to_confirm():
        if (one := found.get(record_id)) is not None:
            found[record_id] = replace(one, filled_by={**one.filled_by, **dict.fromkeys(names, own)})
    kind = DRAFT_KINDS[plan.kind].record
    for index, draft in plan.to_insert():
        lowest -= 1
        filled_by = dict.fromkeys((*filled_fields(draft), "stage"), own)
        typed = plan.rows[index].typed
        filled_by = _without(filled_by, typed) if typed else filled_by
        found[lowest] = ExistingRecord(lowest, kind, _values(draft), filled_by)
    return lowest


def _without(filled_by: Mapping[str, Filling], typed: Sequence[str]) -> dict[str, Filling]:
    return {name: filling for name, filling in filled_by.items() if name not in typed}


def _values(draft: Draft) -> dict[str, Any]:
    values = {name: getattr(draft, name) for name in draft_fields(type(draft))}
    for name, unstated in UNSTATED.items():
        if name in values and values[name] is None:
            values[name] = unstated
    if isinstance(draft, CredentialDraft) and draft.stage is None:
        values["stage"] = stage_of(draft)
    return values


def stage_of(draft: CredentialDraft) -> Stage:
    """Return the stage of a credential a file describes: what has an award is earned where nothing else is said."""
    return draft.stage or (Stage.EARNED if draft.awarded_on is not None else Stage.PLANNED)
