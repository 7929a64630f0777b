"""Files in: read, plan, preview, apply as one change.

What a format says is read in `interchange`; this module asks the library what it holds and writes what was planned.
Applying drafts is in `draft_writing`, a whole exported library in `library_merge`.
"""

import hashlib
import stat
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from learnpath.domain.changes import Outcome
from learnpath.domain.records import ImportSource
from learnpath.domain.wording import count_text
from learnpath.errors import UsageError
from learnpath.interchange.checkpoints import Checkpoint, go_on, watched
from learnpath.interchange.draft_kinds import DRAFT_KINDS
from learnpath.interchange.drafts import Corrections, DateOrder, Kind, ParsedFile, TableKind
from learnpath.interchange.formats import check_size, parse_file
from learnpath.interchange.plan import (
    Decision,
    ExistingRecord,
    ImportPlan,
    OnDuplicate,
    PlannedRow,
    RowKind,
    decide_all,
    plan_import,
)
from learnpath.interchange.planned_records import records_after
from learnpath.services.backups import backup_before
from learnpath.services.conflict_copies import export_of_library_file, is_library_file
from learnpath.services.draft_writing import existing_records, issuer_aliases, write_plan
from learnpath.services.import_proof import attach_import, known_credential, lacks_proof
from learnpath.services.library_merge import LibraryMerge, plan_merge, write_merge
from learnpath.storage.change import Change
from learnpath.storage.evidence_store import free_name, store_bytes
from learnpath.storage.library import Library

# Called with rows done and rows in all; raises to cancel, which takes the whole import back.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """What the person decided about one file; None leaves it to the file. `mapping` is field -> column from 0.

    `left_out` are groups of rows that stay out, in files that have such groups (see `drafts.ParsedRow`). `corrections`
    are typed in place of cells of the file, for this import: the file itself is kept as it is.
    """

    format: str | None = None
    kind: TableKind | None = None
    mapping: Mapping[str, int] | None = None
    header_row: int | None = None
    date_order: DateOrder | None = None
    currency: str | None = None
    sheet: str | None = None
    on_duplicate: OnDuplicate = "update"
    left_out: frozenset[str] | None = None
    corrections: Corrections = field(default_factory=dict[tuple[int, int | str], str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One file and what importing it would do. `plan` is None for a whole library, whose `merge` is set instead.

    `titles` are the titles, by id, of the records that undecided rows look like. With `follows_others` it was planned
    as after other previews; ids below 0 are then of records that those would add. `only_proves` says that the file
    writes no record and is to be attached to a credential that is here already.
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
    def records_to_write(self) -> int:
        """Return how many records importing would add or change, with the person's decisions."""
        if self.plan is not None:
            return sum(1 for _ in self.plan.to_insert()) + sum(1 for _ in self.plan.to_update())
        return self.counts.get(RowKind.NEW, 0) + self.counts.get(RowKind.UPDATE, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFile:
    """What became of one file. `problems` and `to_decide` are (where, why) of broken rows and of those left open.

    `only_proved` says that it wrote no record and was attached to a credential that was there before. `left_out` are
    the rows of groups that stay out unless the person wants them in.
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
    only_proved: bool = False
    left_out: int = 0


def read_bytes(library: Library, path: Path) -> bytes:
    """Return a file's bytes (of another library's file: its export); KnownError when it cannot be read."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            # A pipe or a device may never end.
            raise UsageError(
                f"{path} is no file. Nothing was imported.", "Save what it holds as a file, and import it."
            )
        if is_library_file(path):
            return export_of_library_file(path, library)
        check_size(about.st_size, path.name)
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} could not be read: {error.strerror}.", "Nothing was imported.") from error


def preview_file(
    library: Library,
    file_name: str,
    data: bytes,
    options: ReadingOptions | None = None,
    checkpoint: Checkpoint | None = None,
    after: Sequence[Preview] = (),
) -> Preview:
    """Return what importing a file would do; nothing is written. Raises KnownError for a file nobody can read.

    `checkpoint` is called every few milliseconds and may raise to stop. `after` are previews that would be applied
    before.
    """
    chosen = options or ReadingOptions()
    check = checkpoint or go_on
    parsed = parse_file(
        data,
        file_name,
        format=chosen.format,
        mapping=chosen.mapping,
        kind=chosen.kind,
        header_row=chosen.header_row,
        date_order=chosen.date_order,
        currency=chosen.currency,
        sheet=chosen.sheet,
        corrections=chosen.corrections,
        check=check,
    )
    if parsed.kind == "library":
        check()
        merge = _merge(library, parsed, chosen)
        return Preview(file_name=file_name, data=data, options=chosen, parsed=parsed, plan=None, merge=merge)
    check()
    existing = existing_records(library, parsed.kind, check)
    check()
    # What changes nothing need not be looked at again: an archive may hold hundreds of files.
    earlier = [one.plan for one in after if one.plan is not None and one.plan.kind == parsed.kind and _changes(one)]
    if earlier:
        existing = records_after(watched(earlier, check), existing)
        check()
    plan = _plan(library, parsed, data, chosen, existing, check)
    check()
    preview = Preview(
        file_name=file_name,
        data=data,
        options=chosen,
        parsed=parsed,
        plan=plan,
        merge=None,
        titles=_looked_like(plan, existing),
        follows_others=bool(earlier),
    )
    only_proves = not preview.writes_records and _unproved(library, preview, plan) is not None
    return replace(preview, only_proves=only_proves)


def decide_rows(preview: Preview, decisions: Mapping[int, Decision]) -> Preview:
    """Return the preview with the person's decisions by row index; UsageError when a row does not take its one."""
    if not decisions:
        return preview
    if preview.plan is None:
        raise UsageError("A whole library is imported as it is.")
    return replace(preview, plan=decide_all(preview.plan, decisions))


def apply_previews(
    library: Library, previews: Sequence[Preview], progress: Progress | None = None
) -> Outcome[list[ImportedFile]]:
    """Write what the previews planned as one change, and keep each file byte for byte.

    A backup is made first; when none can be made the import goes on and the first file's problems say so. A file that
    changes nothing leaves nothing behind, so that importing it again is no change at all; one that only confirms what a
    source believed less had said is from then on the source of it. A badge or certificate of exactly one credential is
    attached to it as proof.
    """
    total = sum(preview.records_to_write for preview in previews)
    what = previews[0].file_name if len(previews) == 1 else count_text(len(previews), "file")
    done = 0

    def advance(records: int) -> None:
        nonlocal done
        done += records
        if progress is not None:
            progress(done, total)

    failed = backup_before(library, "the import").problem if total else None
    with library.change(f"Import {what}") as change:
        imported: list[ImportedFile] = []
        for preview in previews:
            is_stale = preview.follows_others or any(one.new or one.updated for one in imported)
            current = _planned_again(library, preview) if is_stale else preview
            imported.append(_apply(library, change, current, advance))
    if failed is not None:
        imported[0] = replace(imported[0], problems=(("backup", failed.message), *imported[0].problems))
    return Outcome(imported, change.change_set)


def report(preview: Preview, new: int, updated: int) -> ImportedFile:
    """Return what became of a file of which so many records were written."""
    counts = preview.counts
    rows = preview.plan.rows if preview.plan is not None else ()
    problems = [(row.where, row.reason) for row in rows if row.kind is RowKind.BROKEN]
    problems += [("file", problem) for problem in preview.parsed.problems]
    undecided = [(row.where, row.reason) for row in rows if row.kind is RowKind.UNDECIDED and row.decision is None]
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
        left_out=sum(row.kind is RowKind.LEFT_OUT and row.action == "skip" for row in rows),
    )


def planned_report(preview: Preview) -> ImportedFile:
    """Return what would become of a file, for a dry run."""
    if preview.plan is None:
        return report(preview, preview.counts.get(RowKind.NEW, 0), preview.counts.get(RowKind.UPDATE, 0))
    planned = report(preview, sum(1 for _ in preview.plan.to_insert()), sum(1 for _ in preview.plan.to_update()))
    return replace(planned, only_proved=preview.only_proves)


def _planned_again(library: Library, preview: Preview) -> Preview:
    """Return the preview as it is now that the files before it have come in: what they brought is not new again.

    A decision holds for a row that is judged as before.
    """
    if preview.plan is None:
        return replace(preview, merge=_merge(library, preview.parsed, preview.options))
    existing = existing_records(library, preview.plan.kind)
    plan = _plan(library, preview.parsed, preview.data, preview.options, existing)
    decisions: dict[int, Decision] = {
        index: before.decision
        for index, (before, now) in enumerate(zip(preview.plan.rows, plan.rows, strict=True))
        if before.decision is not None and _is_judged_alike(before, now)
    }
    return replace(preview, plan=decide_all(plan, decisions))


def _changes(preview: Preview) -> bool:
    """Return whether importing would change a record or its sources."""
    is_confirming = preview.plan is not None and next(preview.plan.to_confirm(), None) is not None
    return preview.writes_records or is_confirming


def _is_judged_alike(before: PlannedRow, now: PlannedRow) -> bool:
    # What was only planned had no id of its own yet.
    was_planned = before.existing_id is not None and before.existing_id < 0 and now.existing_id is not None
    return before.kind is now.kind and (was_planned or before.existing_id == now.existing_id)


def _plan(
    library: Library,
    parsed: ParsedFile,
    data: bytes,
    options: ReadingOptions,
    existing: Sequence[ExistingRecord],
    check: Checkpoint = go_on,
) -> ImportPlan:
    earlier = _earlier_import(library, data, parsed.format)
    return plan_import(
        parsed,
        existing,
        on_duplicate=options.on_duplicate,
        aliases=issuer_aliases(library),
        import_id=earlier.id if earlier else None,
        left_out=parsed.left_out if options.left_out is None else options.left_out,
        check=check,
    )


def _merge(library: Library, parsed: ParsedFile, options: ReadingOptions) -> LibraryMerge | None:
    if parsed.contents is None:
        return None
    return plan_merge(library, parsed.contents, keeps_known=options.on_duplicate == "keep")


def _looked_like(plan: ImportPlan, existing: Sequence[ExistingRecord]) -> dict[int, str]:
    wanted = {row.existing_id for row in plan.rows if row.kind is RowKind.UNDECIDED}
    title = DRAFT_KINDS[plan.kind].title
    return {record.id: str(record.values[title]) for record in existing if record.id in wanted}


def _apply(library: Library, change: Change, preview: Preview, advance: Callable[[int], None]) -> ImportedFile:
    if preview.merge is not None:
        new, updated = write_merge(library, change, preview.merge, preview.data, advance)
        return report(preview, new, updated)
    if preview.plan is None:
        raise ValueError("a preview has either a plan or a merge")
    unproved = _unproved(library, preview, preview.plan)
    if not _changes(preview) and unproved is None:
        return report(preview, 0, 0)
    source = _source_of(library, change, preview)
    new, updated = write_plan(library, change, preview.plan, source.id, advance)
    # Last, so that an import that is cancelled leaves no file behind.
    kept = store_bytes(library.files_folder, preview.file_name, preview.data)
    if preview.parsed.is_evidence:
        proved = new if unproved is None else [unproved]
        attach_import(library, change, preview.file_name, preview.parsed, kept, proved)
    result = report(preview, len(new), updated)
    return replace(result, only_proved=unproved is not None and not updated)


def _unproved(library: Library, preview: Preview, plan: ImportPlan) -> int | None:
    """Return the credential, here already, that the file proves and is not yet attached to."""
    known = known_credential(preview.parsed, plan)
    return known if known is not None and lacks_proof(library, known, preview.data) else None


def _source_of(library: Library, change: Change, preview: Preview) -> ImportSource:
    """Return the record of the file, which is new unless the same file came in the same format before."""
    earlier = _earlier_import(library, preview.data, preview.parsed.format)
    if earlier is not None:
        return earlier
    sha256 = hashlib.sha256(preview.data).hexdigest()
    return change.insert(
        ImportSource(
            original_name=preview.file_name,
            file_name=free_name(library.files_folder, preview.file_name, sha256),
            format=preview.parsed.format,
            sha256=sha256,
            size=len(preview.data),
            imported_at=library.now_text(),
        )
    )


def _earlier_import(library: Library, data: bytes, format_name: str) -> ImportSource | None:
    sha256 = hashlib.sha256(data).hexdigest()
    found = library.where(ImportSource, "sha256 = ? AND format = ?", (sha256, format_name))
    return found[0] if found else None
