"""One file and what importing it would do: what the person chose, what was planned, what is told in the end.

Values only. Making them is in `importing`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from learnpath.interchange.drafts import Corrections, DateOrder, Kind, ParsedFile, TableKind
from learnpath.interchange.plan import ImportPlan, OnDuplicate, PlannedRow, RowKind
from learnpath.services.import_notes import merged_notes
from learnpath.services.library_merge import LibraryMerge


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """What the person decided about one file; None leaves it to the file. `mapping` is field -> column from 0.

    `date_orders` are the orders of day and month of single columns (from 0), `date_order` is that of all others; what a
    column's own dates prove goes before both.
    `left_out` are groups of rows that stay out, in files that have such groups (see `drafts.ParsedRow`). `corrections`
    are typed in place of cells of the file, for this import: the file itself is kept as it is.
    """

    format: str | None = None
    kind: TableKind | None = None
    mapping: Mapping[str, int] | None = None
    header_row: int | None = None
    date_order: DateOrder | None = None
    date_orders: Mapping[int, DateOrder] = field(default_factory=dict[int, DateOrder])
    currency: str | None = None
    sheet: str | None = None
    on_duplicate: OnDuplicate = "update"
    left_out: frozenset[str] | None = None
    corrections: Corrections = field(default_factory=dict[tuple[int, int | str], str])


_COMING_IN = frozenset((RowKind.NEW, RowKind.UPDATE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One file and what importing it would do. `plan` is None for a whole library, whose `merge` is set instead.

    `titles` are the titles, by id, of the records that undecided rows look like or that rows are probably the same as.
    With `follows_others` it was planned as after other previews; ids below 0 are then of records that those would add.
    `only_proves` says that the file writes no record and is to be attached to credentials that are here already.
    """

    file_name: str
    data: bytes
    options: ReadingOptions
    parsed: ParsedFile
    plan: ImportPlan | None
    merge: LibraryMerge | None
    titles: Mapping[int, str] = field(default_factory=dict[int, str])
    follows_others: bool = False
    only_proves: bool = False

    @property
    def counts(self) -> Mapping[RowKind, int]:
        """Return the number of rows by kind."""
        if self.plan is not None:
            return self.plan.counts
        return self.merge.counts if self.merge is not None else {}

    @property
    def writes_records(self) -> bool:
        """Return whether importing would add or change a record, with the person's decisions."""
        if self.plan is None:
            return self.records_to_write > 0
        return next(self.plan.to_insert(), None) is not None or next(self.plan.to_update(), None) is not None

    @property
    def changes_records(self) -> bool:
        """Return whether importing would change a record, or only the sources of one."""
        is_confirming = self.plan is not None and next(self.plan.to_confirm(), None) is not None
        return self.writes_records or is_confirming

    def comes_in_partly(self, row: PlannedRow) -> bool:
        """Return whether a row comes in without something that its file says and that could not be read.

        What is noted of a badge or certificate is a remark on it, not something that is missing.
        """
        return bool(row.notes) and row.kind in _COMING_IN and not self.parsed.is_evidence

    @property
    def records_to_write(self) -> int:
        """Return how many records importing would add or change, with the person's decisions."""
        if self.plan is not None:
            return sum(1 for _ in self.plan.to_insert()) + sum(1 for _ in self.plan.to_update())
        return self.counts.get(RowKind.NEW, 0) + self.counts.get(RowKind.UPDATE, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFile:
    """What became of one file. `problems` and `to_decide` are (where, why) of broken rows and of those left open,
    `likely` of those that were taken for a record that is only probably the same.

    `only_proved` says that it wrote no record and was attached to credentials that were there before. `left_out` are
    the rows of groups that stay out unless the person wants them in.

    `notes` are (where, why) of what the rows that came in say and what could not be taken, those alike as one:
    `left_out_cells` are so many of them, of `partial` rows.
    """

    file_name: str
    format: str
    kind: Kind
    new: int
    updated: int
    same: int
    undecided: int
    broken: int
    problems: tuple[tuple[str, str], ...]
    to_decide: tuple[tuple[str, str], ...] = ()
    likely: tuple[tuple[str, str], ...] = ()
    only_proved: bool = False
    left_out: int = 0
    partial: int = 0
    left_out_cells: int = 0
    notes: tuple[tuple[str, str], ...] = ()


def report(preview: Preview, new: int, updated: int) -> ImportedFile:
    """Return what became of a file of which so many records were written."""
    counts = preview.counts
    rows = preview.plan.rows if preview.plan is not None else ()
    problems = [(row.where, row.reason) for row in rows if row.kind is RowKind.BROKEN]
    problems += [("file", problem) for problem in preview.parsed.problems]
    undecided = [(row.where, row.reason) for row in rows if row.kind is RowKind.UNDECIDED and row.decision is None]
    taken = [row for row in rows if row.notes and row.action != "skip"]
    partial = taken if not preview.parsed.is_evidence else []
    return ImportedFile(
        file_name=preview.file_name,
        format=preview.parsed.format,
        kind=preview.parsed.kind,
        new=new,
        updated=updated,
        same=counts.get(RowKind.SAME, 0),
        undecided=len(undecided),
        broken=counts.get(RowKind.BROKEN, 0),
        problems=tuple(problems),
        to_decide=tuple(undecided),
        likely=tuple((row.where, row.reason) for row in rows if row.is_proposed and row.action == "update"),
        left_out=sum(row.kind is RowKind.LEFT_OUT and row.action == "skip" for row in rows),
        partial=len(partial),
        left_out_cells=sum(len(row.notes) for row in partial),
        notes=merged_notes((row.where, note) for row in taken for note in row.notes),
    )
