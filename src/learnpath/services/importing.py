"""Files in: read, plan, preview, apply as one change.

What a format says is read in `interchange`; this module asks the library what it holds. Writing what was planned is in
`import_writing`.
"""

import stat
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from learnpath.domain.changes import Outcome
from learnpath.domain.wording import count_text
from learnpath.errors import UsageError
from learnpath.interchange.checkpoints import Checkpoint, go_on
from learnpath.interchange.draft_kinds import DRAFT_KINDS
from learnpath.interchange.formats import check_size, parse_file
from learnpath.interchange.known_records import KnownRecords
from learnpath.interchange.personal.calendar_exams import without_past_bookings
from learnpath.interchange.plan import Decision, ImportPlan, RowKind, decide_all
from learnpath.services.backups import backup_before
from learnpath.services.collecting import without_collecting
from learnpath.services.conflict_copies import export_of_library_file, is_library_file
from learnpath.services.import_proof import unproved_credentials
from learnpath.services.import_writing import ImportWriter
from learnpath.services.library_merge import plan_merge
from learnpath.services.planning import Planning, plan_file
from learnpath.services.previews import ImportedFile, Preview, ReadingOptions, report
from learnpath.storage.library import Library

# Called with rows done and rows in all; raises to cancel, which takes the whole import back.
Progress = Callable[[int, int], None]


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


@without_collecting()
def preview_file(
    library: Library,
    file_name: str,
    data: bytes,
    options: ReadingOptions | None = None,
    checkpoint: Checkpoint | None = None,
    after: Sequence[Preview] = (),
    planning: Planning | None = None,
) -> Preview:
    """Return what importing a file would do; nothing is written. Raises KnownError for a file nobody can read.

    `checkpoint` is called every few milliseconds and may raise to stop. `after` are previews that would be applied
    before. Who previews many files passes the same `planning` for all, so that each costs what it holds.
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
        date_orders=chosen.date_orders,
        currency=chosen.currency,
        sheet=chosen.sheet,
        corrections=chosen.corrections,
        today=library.now().date(),
        check=check,
    )
    check()
    parsed = without_past_bookings(parsed, date.fromisoformat(library.now_text()[:10]))
    preview = Preview(file_name=file_name, data=data, options=chosen, parsed=parsed, plan=None, merge=None)
    return plan_again(library, preview, check, after, planning or Planning(library))


def plan_again(
    library: Library, preview: Preview, check: Checkpoint, after: Sequence[Preview], planning: Planning
) -> Preview:
    """Return what importing the file of a preview would do now, after other previews; it is not read again.

    Decisions are not kept. `check` is called every few milliseconds and may raise to stop.
    """
    parsed = preview.parsed
    if parsed.kind == "library":
        contents, keeps_known = parsed.contents, preview.options.on_duplicate == "keep"
        return replace(preview, merge=contents and plan_merge(library, contents, check, keeps_known=keeps_known))
    earlier = [one.plan for one in after if one.plan is not None and one.plan.kind == parsed.kind]
    known, follows_others = planning.after(earlier, parsed.kind, check)
    check()
    plan = plan_file(library, parsed, preview.data, preview.options, known, check)
    check()
    titles = _looked_like(plan, known)
    planned = replace(preview, plan=plan, titles=titles, follows_others=follows_others, only_proves=False)
    proves = not planned.writes_records and bool(unproved_credentials(library, parsed, plan, preview.data))
    return replace(planned, only_proves=True) if proves else planned


def decide_rows(preview: Preview, decisions: Mapping[int, Decision]) -> Preview:
    """Return the preview with the person's decisions by row index; UsageError when a row does not take its one."""
    if not decisions:
        return preview
    if preview.plan is None:
        raise UsageError("A whole library is imported as it is.")
    return replace(preview, plan=decide_all(preview.plan, decisions))


@without_collecting()
def apply_previews(
    library: Library, previews: Sequence[Preview], progress: Progress | None = None, check: Checkpoint = go_on
) -> Outcome[list[ImportedFile]]:
    """Write what the previews planned as one change, and keep each file byte for byte.

    A backup is made first; when none can be made the import goes on and the first file's problems say so. A file that
    changes nothing leaves nothing behind, so that importing it again is no change at all; one that only confirms what a
    source believed less had said is from then on the source of it. A badge or certificate is attached as
    proof to each credential that came out of it. `progress` hears of what was written, and `check` is called every few
    milliseconds of all other work; both may raise to cancel.
    """
    total = sum(preview.records_to_write for preview in previews)
    what = previews[0].file_name if len(previews) == 1 else count_text(len(previews), "file")
    done = 0

    def advance(records: int) -> None:
        nonlocal done
        done += records
        if progress is not None:
            progress(done, total)

    failed = backup_before(library, "the import", check).problem if total else None
    with library.change(f"Import {what}", check) as change:
        writer = ImportWriter(library, change, check, advance)
        imported = [writer.write(preview) for preview in previews]
    if failed is not None:
        imported[0] = replace(imported[0], problems=(("backup", failed.message), *imported[0].problems))
    return Outcome(imported, change.change_set)


def planned_report(preview: Preview) -> ImportedFile:
    """Return what would become of a file, for a dry run."""
    if preview.plan is None:
        return report(preview, preview.counts.get(RowKind.NEW, 0), preview.counts.get(RowKind.UPDATE, 0))
    planned = report(preview, sum(1 for _ in preview.plan.to_insert()), sum(1 for _ in preview.plan.to_update()))
    return replace(planned, only_proved=preview.only_proves)


def _looked_like(plan: ImportPlan, known: KnownRecords) -> dict[int, str]:
    title = DRAFT_KINDS[plan.kind].title
    asked = (row for row in plan.rows if row.kind is RowKind.UNDECIDED or row.is_proposed)
    wanted = {row.existing_id for row in asked if row.existing_id is not None}
    found = [one for record_id in wanted if (one := known.find(record_id)) is not None]
    return {one.id: str(one.values[title]) for one in found}
