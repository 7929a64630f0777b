"""What a plan would make of the records: files that are previewed together are planned one after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from learnpath.domain.records import Stage
from learnpath.interchange.checkpoints import Checkpoint, go_on, watched
from learnpath.interchange.drafts import CredentialDraft, Draft, draft_fields
from learnpath.interchange.known_records import ExistingRecord, KnownRecords
from learnpath.interchange.plan import ImportPlan
from learnpath.interchange.row_changes import UNSTATED, attributed_fields, filled_fields
from learnpath.interchange.source_ranks import NEWEST, Filling, rank_of


def take_plan(known: KnownRecords, plan: ImportPlan, check: Checkpoint = go_on) -> bool:
    """Make of the records what applying a plan of their kind, with its decisions, would make of them.

    Those it adds have ids below 0. Returns whether there was anything to change. `check` is called every thousand
    records and raises to stop.
    """
    is_changed = False
    own = (rank_of(plan.format), NEWEST)
    for index, record_id, changes in watched(plan.to_update(), check):
        if (one := known.find(record_id)) is not None:
            values = {**one.values, **{name: new for name, _, new in changes}}
            filled_by = {**one.filled_by, **dict.fromkeys(attributed_fields(changes), own)}
            typed = plan.rows[index].persons_own
            is_changed = True
            filled_by = _without(filled_by, typed) if typed else filled_by
            known_as = plan.rows[index].known_as
            former = (*one.former, known_as) if known_as else one.former
            known.put(ExistingRecord(record_id, values, filled_by, former))
    for record_id, names in watched(plan.to_confirm(), check):
        if (one := known.find(record_id)) is not None:
            is_changed = True
            known.put(replace(one, filled_by={**one.filled_by, **dict.fromkeys(names, own)}))
    for index, draft in watched(plan.to_insert(), check):
        filled_by = dict.fromkeys((*filled_fields(draft), "stage"), own)
        typed = plan.rows[index].typed
        filled_by = _without(filled_by, typed) if typed else filled_by
        is_changed = True
        known.put(ExistingRecord(known.planned_id(), _values(draft), filled_by))
    return is_changed


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
