"""What importing a parsed file would do, row by row with reasons, before anything is written.

A pure function of the file and of what the library holds. Applying a plan is a service's work: `to_insert` and
`to_update` say what to write.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from learnpath.domain.wording import date_text
from learnpath.errors import UsageError
from learnpath.interchange.checkpoints import Checkpoint, go_on, watched
from learnpath.interchange.drafts import Draft, ParsedFile, ParsedRow, ProgramDraft, RowsKind
from learnpath.interchange.known_records import ExistingRecord, KnownRecords
from learnpath.interchange.requirements import Requirements
from learnpath.interchange.row_changes import Change, RowChanges, former_value, known_as
from learnpath.interchange.row_matching import RowMatch
from learnpath.interchange.source_ranks import NEWEST, rank_of

OnDuplicate = Literal["update", "keep"]
Decision = Literal["new", "update", "skip"]
_FIELD_WORDS = {
    "issuer_name": "issuer",
    "program_name": "program",
    "human_code": "code",
    "achievement_type": "kind",
    "awarded_on": "day you earned it",
    "valid_for": "term",
    "license_number": "credential ID",
    "verification_url": "verification link",
    "external_id": "number",
    "estimated_minutes": "study time",
    "url": "link",
    "required_names": "requirements",
    "skill_names": "skills",
    "tag_names": "tags",
}

_DATE_WORDS = {"awarded_on": "earned on", "valid_until": "valid until", "revoked_on": "revoked on"}


class RowKind(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    UPDATE = "update"
    SAME = "same"
    UNDECIDED = "undecided"
    BROKEN = "broken"
    LEFT_OUT = "left_out"


_KIND_OF: Mapping[str, RowKind] = {kind.value: kind for kind in RowKind}


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row and what importing does with it.

    `reason` is a phrase for the person ("already here", "repeats line 7", "looks like “CKS”, 92% alike", or why it is
    broken), `notes` are what was left out of a usable row. `changes` are (field, old, new) of an update, and of an
    undecided row what deciding for "update" would change. `entered` are those of its fields that the person had
    entered in a record that is surely the same, `confirmed` fields that stay and are this file's from now on, `typed`
    those that the person typed in place of what the file says. `likeness` is 0 to 1. `decision` is the person's;
    deciding for "update" makes the fields in `settled` the person's own, too. An update `is_proposed` when the record
    is only probably the same: `reason` says why. `known_as` is by what else ("title=Cloud") the file then knows the
    record.
    """

    kind: RowKind
    where: str
    reason: str
    draft: Draft | None
    existing_id: int | None = None
    changes: tuple[Change, ...] = ()
    likeness: float = 1.0
    notes: tuple[str, ...] = ()
    raw: tuple[str, ...] = ()
    entered: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    decision: Decision | None = None
    is_proposed: bool = False
    settled: tuple[str, ...] = ()
    known_as: tuple[str, ...] = ()

    @property
    def persons_own(self) -> tuple[str, ...]:
        """Return the fields that are nobody's but the person's when the row updates its record."""
        return (*self.typed, *self.settled) if self.settled else self.typed

    @property
    def action(self) -> Decision:
        """Return what applying the plan does with the row: write a new record, update one, or skip."""
        if self.kind is RowKind.NEW:
            return self.decision or "new"
        if self.kind is RowKind.UPDATE:
            return self.decision or "update"
        return self.decision or "skip"


@dataclass(frozen=True, slots=True, weakref_slot=True)
class ImportPlan:
    """The planned rows in the file's order. `counts` counts them by kind, undecided ones also once decided."""

    format: str
    kind: RowsKind
    rows: tuple[PlannedRow, ...]
    counts: Mapping[RowKind, int]

    def to_insert(self) -> Iterator[tuple[int, Draft]]:
        """Yield (row index, draft) of every row that becomes a new record."""
        for index, row in enumerate(self.rows):
            if row.action == "new" and row.draft is not None:
                yield index, row.draft

    def to_update(self) -> Iterator[tuple[int, int, tuple[Change, ...]]]:
        """Yield (row index, record id, changes) of every row that changes a record."""
        for index, row in enumerate(self.rows):
            if row.action == "update" and row.existing_id is not None and row.changes:
                yield index, row.existing_id, row.changes

    def to_confirm(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield (record id, fields) of every row whose file is believed more than what filled these fields alike."""
        for row in self.rows:
            if row.existing_id is not None and row.confirmed and row.decision != "skip":
                yield row.existing_id, row.confirmed


def plan_import(
    parsed: ParsedFile,
    known: KnownRecords,
    *,
    on_duplicate: OnDuplicate = "update",
    import_id: int | None = None,
    left_out: Collection[str] = (),
    check: Checkpoint = go_on,
) -> ImportPlan:
    """Return what importing a parsed file would do to a library that holds the `known` records of its kind.

    With "keep" a row that is already here changes nothing. `import_id` is the file's earlier import, if it had one:
    what a later import of the same rank filled then stays. Rows of the groups `left_out` that are not here yet stay
    out until the person decides otherwise; what is here already is updated as any other. `check` is called every
    thousand rows and raises to stop. A whole library is not planned (UsageError).
    """
    if parsed.kind == "library":
        raise UsageError("A whole library is restored, not planned row by row.")
    matcher = known.match_file(check)
    matches = matcher.match([(row.line, row.draft) for row in parsed.rows])
    requirements = Requirements(_titles(parsed.rows, matches), ((one.id, one.values) for one in known.records))
    own = (rank_of(parsed.format), NEWEST if import_id is None else import_id)
    rows: list[PlannedRow] = []
    for index, (row, match) in enumerate(zip(watched(parsed.rows, check), matches, strict=True)):
        if row.draft is None or match is None:
            reason = "; ".join(row.problems) or "nothing to read"
            rows.append(PlannedRow(RowKind.BROKEN, row.where, reason, None, notes=row.problems, raw=row.raw))
            continue
        draft = compared = row.draft
        record = known.find(match.existing_id) if match.existing_id is not None else None
        if isinstance(draft, ProgramDraft) and draft.required_names:
            row = _with_note(row, requirements.missing_of(draft))
            if record is not None:
                compared = replace(draft, required_names=requirements.names_of(draft, record.id))
        if record is None:
            planned = _planned(row, draft, match, RowChanges())
            if planned.kind is RowKind.NEW and parsed.choice and not row.typed:
                planned = replace(planned, kind=RowKind.UNDECIDED, reason=parsed.choice)
        else:
            found = matcher.find_changes(
                index, match, compared, record.values, record.filled_by, own, typed=_typed(row)
            )
            found = _without_undone_edits(found, record)
            if match.kind == "update" and (on_duplicate == "keep" or not found.changes):
                planned = _same(row, draft, match, found if on_duplicate == "update" else RowChanges())
            else:
                planned = _planned(row, draft, match, found)
            if planned.kind is RowKind.UPDATE:
                planned = _judge_update(planned, match, found, record)
            if found.changes and (match.is_likely or planned.kind is RowKind.UNDECIDED):
                planned = replace(planned, known_as=known_as(compared, record.values, found.changes))
        rows.append(_leave_out(planned, row.group) if row.group in left_out else planned)
    return ImportPlan(parsed.format, parsed.kind, tuple(rows), _count(rows))


def _titles(rows: Sequence[ParsedRow], matches: Sequence[RowMatch | None]) -> Iterator[tuple[str, str, int | None]]:
    """Yield the titles and issuers of usable programs, each with the id of the record that it surely is."""
    for row, match in zip(rows, matches, strict=True):
        if isinstance(row.draft, ProgramDraft) and match is not None:
            yield row.draft.name, row.draft.issuer_name, match.existing_id if match.kind == "update" else None


def _with_note(row: ParsedRow, missing: Sequence[str]) -> ParsedRow:
    """Return the row with a note on what it requires and nobody has."""
    if not missing:
        return row
    note = f"{row.where}: requires {' and '.join(f'“{one}”' for one in missing)}, not in the file and not here"
    return replace(row, problems=(*row.problems, note))


def _without_undone_edits(found: RowChanges, record: ExistingRecord) -> RowChanges:
    """Return the changes without those that only say again what the person replaced or took away."""
    former = {text for texts in record.former for text in texts}
    undone = {
        name
        for name, old, new in found.changes
        if former and former_value(name, new) in former and (name in found.entered or not old)
    }
    if not undone:
        return found
    changes = tuple(change for change in found.changes if change[0] not in undone)
    return replace(found, changes=changes, entered=tuple(name for name in found.entered if name not in undone))


def _planned(row: ParsedRow, draft: Draft, match: RowMatch, found: RowChanges) -> PlannedRow:
    return PlannedRow(
        _KIND_OF[match.kind],
        row.where,
        match.reason,
        draft,
        match.existing_id,
        found.changes,
        match.likeness,
        row.problems,
        row.raw,
        typed=_typed(row),
    )


def _same(row: ParsedRow, draft: Draft, match: RowMatch, found: RowChanges) -> PlannedRow:
    return PlannedRow(
        RowKind.SAME,
        row.where,
        "already here",
        draft,
        match.existing_id,
        (),
        match.likeness,
        row.problems,
        row.raw,
        confirmed=found.confirmed,
        typed=_typed(row),
    )


def _typed(row: ParsedRow) -> tuple[str, ...]:
    return tuple(field for field, _ in row.typed) if row.typed else ()


def _judge_update(row: PlannedRow, match: RowMatch, found: RowChanges, known: ExistingRecord) -> PlannedRow:
    """Return the row of a record that is the same as what it is: an update, perhaps a proposed one, or a question."""
    reasons = [match.reason] if match.is_likely else []
    if found.is_older:
        reasons.append("an older award, which only fills what is empty")
    if not found.entered and not found.later:
        reason = "; ".join(reasons)
        return replace(row, reason=reason, confirmed=found.confirmed, is_proposed=match.is_likely)
    if found.entered:
        fields = " and ".join(_FIELD_WORDS.get(name, name.replace("_", " ")) for name in found.entered)
        reasons.append(f"you {'changed' if known.filled_by else 'entered'} the {fields} yourself")
    reasons += [f"says {_DATE_WORDS[name]} {date_text(new)}, here {date_text(old)}" for name, old, new in found.later]
    settled = tuple(name for name, _, _ in found.later)
    asked = () if match.is_likely else (*found.entered, *settled)
    return replace(row, kind=RowKind.UNDECIDED, reason="; ".join(reasons), entered=asked, settled=settled)


def _leave_out(row: PlannedRow, group: str) -> PlannedRow:
    is_unknown = row.kind is RowKind.NEW or (row.kind is RowKind.UNDECIDED and not row.entered)
    return replace(row, kind=RowKind.LEFT_OUT, reason=f"left out with the {group}") if is_unknown else row


def decide(plan: ImportPlan, row_index: int, decision: Decision) -> ImportPlan:
    """Return the plan with the person's decision for one row.

    "new" and "update" are for undecided rows, those left out ("update" needs a record that it looks like) and those
    that are only probably a record; "skip" is for these and for new and changing ones. Raises UsageError for a row
    that does not take the decision.
    """
    return decide_all(plan, {row_index: decision})


def decide_all(plan: ImportPlan, decisions: Mapping[int, Decision]) -> ImportPlan:
    """Return the plan with the person's decisions by row index; UsageError as in `decide`."""
    rows = list(plan.rows)
    for row_index, decision in decisions.items():
        if not 0 <= row_index < len(rows):
            raise UsageError(f"The plan has no row {row_index}.")
        row = rows[row_index]
        if decision not in possible_decisions(row):
            raise UsageError(f"{row.where} cannot be decided as “{decision}”.")
        rows[row_index] = replace(row, decision=decision)
    return replace(plan, rows=tuple(rows))


def possible_decisions(row: PlannedRow) -> tuple[Decision, ...]:
    """Return what a person can decide about a row; nothing for one that is here already or broken."""
    if row.kind is RowKind.NEW:
        return ("new", "skip")
    if row.kind is RowKind.UPDATE:
        return ("new", "update", "skip") if row.is_proposed else ("update", "skip")
    if row.kind in {RowKind.UNDECIDED, RowKind.LEFT_OUT}:
        if row.entered:
            # It is surely that record: as a new one it would be there twice.
            return ("update", "skip")
        return ("new", "skip") if row.existing_id is None else ("new", "update", "skip")
    return ()


def _count(rows: Sequence[PlannedRow]) -> dict[RowKind, int]:
    counted = Counter(row.kind for row in rows)
    return {kind: counted[kind] for kind in RowKind}
