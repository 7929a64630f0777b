"""What programs require, as an import brings it: linked once all that come with it are there."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from learnpath.domain.records import Issuer, Program
from learnpath.interchange.drafts import ProgramDraft
from learnpath.interchange.plan import ImportPlan, PlannedRow, RowKind
from learnpath.interchange.requirements import Requirements
from learnpath.storage.change import Change
from learnpath.storage.library import Library


def link_requirements(library: Library, change: Change, plan: ImportPlan, new: Mapping[int, int]) -> None:
    """Link the programs that a plan added or changed with those that they require, now that all of them are there.

    `new` are the ids of the added ones by row index. What a row requires and nobody has is left out.
    """
    wanted = dict(_requiring(plan, new))
    if not wanted:
        return
    titles = (
        (row.draft.name, row.draft.issuer_name, new.get(index) or _sure_record(row))
        for index, row in enumerate(plan.rows)
        if isinstance(row.draft, ProgramDraft)
    )
    issuers = {one.id: one.name for one in library.all(Issuer)}
    programs = {one.id: one for one in library.all(Program)}
    known = (
        (one.id, {"name": one.name, "issuer_name": issuers.get(one.issuer_id or 0, "")}) for one in programs.values()
    )
    requirements = Requirements(titles, known)
    linked: list[Program] = []
    for record_id, draft in wanted.items():
        program = programs[record_id]
        required = tuple(dict.fromkeys((*program.required_ids, *requirements.ids_of(draft, record_id))))
        if required != program.required_ids:
            linked.append(replace(program, required_ids=required))
    change.update_many(linked)


def _requiring(plan: ImportPlan, new: Mapping[int, int]) -> Iterator[tuple[int, ProgramDraft]]:
    for index, record_id in new.items():
        draft = plan.rows[index].draft
        if isinstance(draft, ProgramDraft) and draft.required_names:
            yield record_id, draft
    for index, record_id, changes in plan.to_update():
        draft = plan.rows[index].draft
        if isinstance(draft, ProgramDraft) and any(name == "required_names" for name, _, _ in changes):
            yield record_id, draft


def _sure_record(row: PlannedRow) -> int | None:
    is_known = row.kind is RowKind.SAME or (row.kind is RowKind.UPDATE and row.decision != "new")
    is_sure = is_known or bool(row.entered) or row.action == "update"
    return row.existing_id if is_sure else None
