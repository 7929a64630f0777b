"""The work of the import that runs in worker threads: reading files, previewing, writing. No widget.

What takes long on large files and can be prepared is prepared here, so that the window only shows it.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from learnpath.domain.changes import Outcome
from learnpath.errors import KnownError, UsageError
from learnpath.gui.infra.jobs import Progress
from learnpath.gui.screens.importing.remembered import Remembered
from learnpath.gui.screens.importing.row_kinds import ROW_FILTERS, RowFilter, filters_of
from learnpath.gui.screens.importing.row_search import RowTexts
from learnpath.interchange.broken_rows import broken_rows_csv
from learnpath.interchange.checkpoints import Checkpoint, watched
from learnpath.interchange.drafts import ParsedFile, ProgramDraft
from learnpath.interchange.plan import Decision, RowKind
from learnpath.interchange.table_head import head_shape
from learnpath.services.import_sources import Source
from learnpath.services.importing import (
    ImportedFile,
    Preview,
    ReadingOptions,
    apply_previews,
    decide_rows,
    plan_again,
    preview_file,
)
from learnpath.services.planning import Planning
from learnpath.storage.library import Library

# Freed at once, the rows of a large file would hold up the window.
_RELEASED_AT_ONCE = 2000

Recall = Callable[[Sequence[str]], Remembered | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A preview made ready for showing.

    `places` are the row indexes of each kind, and of those that come in partly, in the file's order; `new` and
    `updated` how many records importing would write; `is_remembered` whether the columns were mapped as for an earlier
    file of the same columns. `shape` are a table's columns as it was read before anybody chose anything. `currencies`
    are those of its amounts, `groups` the parts of a file with how many rows they have. `texts` are what is searched
    in the rows.
    """

    preview: Preview
    texts: RowTexts
    places: Mapping[RowFilter, Sequence[int]]
    new: int
    updated: int
    is_remembered: bool
    shape: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ()
    groups: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True)
class Decided:
    """A file that was read, with the person's decisions by row index."""

    reading: Reading
    decisions: Mapping[int, Decision]

    @cached_property
    def preview(self) -> Preview:
        """Return the preview with the decisions: the same one each time, by which a `Planning` knows it again."""
        return decide_rows(self.reading.preview, self.decisions)


def read_source(
    library: Library,
    source: Source,
    options: ReadingOptions | None,
    recall: Recall,
    after: Sequence[Decided],
    planning: Planning,
    progress: Progress,
    known: Reading | None = None,
) -> Reading:
    """Return a file's preview. `options` None: as the file says, or as `recall` remembers for its columns.

    `after` are the files imported before it: what they bring is not new in this one. `planning` is the same for all
    files. `known` is the file as it was read before, where it was. Raises KnownError with a sentence for a file that
    cannot be read.
    """
    data = source.read(library)
    progress.raise_if_cancelled()
    earlier = [one.preview for one in after]

    def preview(chosen: ReadingOptions | None) -> Preview:
        return preview_file(library, source.name, data, chosen, progress.raise_if_cancelled, earlier, planning)

    if options is not None:
        is_remembered = known is not None and known.is_remembered and _choose_alike(known.preview.options, options)
        return _prepare(preview(options), known.shape if known else (), progress, is_remembered=is_remembered)
    shape = _text_columns(data, source.name)
    choice = recall(shape) if shape else None
    first = preview(None) if choice is None else None
    if first is not None and not shape and first.parsed.table is not None:
        # A workbook, whose columns are known when it was read.
        shape = first.parsed.table.columns
        choice = recall(shape)
    found = _preview_remembered(preview, choice) if choice is not None else None
    return _prepare(found or first or preview(None), shape, progress, is_remembered=found is not None)


def plan_reading(
    library: Library, known: Reading, after: Sequence[Decided], planning: Planning, progress: Progress
) -> Reading:
    """Return the preview of a file that was read, now that other files come before it or the library has changed."""
    earlier = [one.preview for one in after]
    preview = plan_again(library, known.preview, progress.raise_if_cancelled, earlier, planning)
    return _prepare(preview, known.shape, progress, is_remembered=known.is_remembered)


def _choose_alike(first: ReadingOptions, second: ReadingOptions) -> bool:
    return replace(first, corrections={}) == replace(second, corrections={})


def _preview_remembered(preview: Callable[[ReadingOptions], Preview], choice: Remembered) -> Preview | None:
    """Return the preview as remembered, None when what fitted the earlier file does not fit this one."""
    try:
        found = preview(choice.options)
    except KnownError:
        return None
    table = found.parsed.table
    return found if table is not None and choice.fits(table.columns) else None


def _prepare(preview: Preview, shape: tuple[str, ...], progress: Progress, *, is_remembered: bool) -> Reading:
    places, new, updated = _sort(preview, progress.raise_if_cancelled)
    return Reading(
        preview=preview,
        texts=RowTexts(preview),
        places=places,
        new=new,
        updated=updated,
        is_remembered=is_remembered,
        shape=shape,
        currencies=_currencies(preview.parsed),
        groups=Counter(row.group for row in preview.parsed.rows if row.group),
    )


def import_readings(library: Library, readings: Sequence[Decided], progress: Progress) -> Outcome[list[ImportedFile]]:
    """Write what the previews and the person's decisions say, as one change; cancelling takes all of it back."""
    previews = [one.preview for one in readings]
    return apply_previews(library, previews, partial(_report, progress), progress.raise_if_cancelled)


def save_broken_rows(parsed: ParsedFile, target: Path) -> Path:
    """Write a file's broken rows to a CSV file and return it. Raises UsageError when it cannot be written."""
    try:
        _ = target.write_bytes(broken_rows_csv(parsed))
    except OSError as error:
        raise UsageError(f"{target} could not be written: {error.strerror}.", "Choose another folder.") from error
    return target


def release(held: list[Reading]) -> None:
    """Free previews a little at a time; `held` is emptied and must hold the only references to them."""
    lists: list[list[object]] = []
    for reading in held:
        lists.append(list(reading.preview.plan.rows) if reading.preview.plan is not None else [])
        lists.append(list(reading.preview.parsed.rows))
        lists.append(list(reading.texts.give_up()))
        lists.extend(list(places) for places in reading.places.values())
        del reading
    held.clear()
    for rows in lists:
        while rows:
            del rows[-_RELEASED_AT_ONCE:]


def release_planning(planning: Planning, progress: Progress) -> None:
    """Free what a planning has read; nobody waits for it, so that nothing cancels it."""
    del progress
    planning.release()


def _report(progress: Progress, done: int, total: int) -> None:
    progress.report(done, total)


def _text_columns(data: bytes, name: str) -> tuple[str, ...]:
    try:
        shape = head_shape(data, name)
    except KnownError:
        # The whole file tells the person what is wrong with it.
        return ()
    return shape.columns if shape is not None else ()


def _currencies(parsed: ParsedFile) -> tuple[str, ...]:
    """Return the currencies of a table's amounts, the commonest first."""
    if parsed.table is None:
        return ()
    drafts = (row.draft for row in parsed.rows)
    found = Counter(draft.price.currency for draft in drafts if isinstance(draft, ProgramDraft) and draft.price)
    return tuple(code for code, _ in found.most_common())


def _sort(preview: Preview, check: Checkpoint) -> tuple[Mapping[RowFilter, Sequence[int]], int, int]:
    places: dict[RowFilter, list[int]] = {one: [] for one in ROW_FILTERS}
    if preview.plan is None:
        return places, preview.counts[RowKind.NEW], preview.counts[RowKind.UPDATE]
    rows = preview.plan.rows
    for index, row in enumerate(watched(rows, check)):
        for one in filters_of(preview, row):
            places[one].append(index)
    return places, len(places[RowKind.NEW]), sum(bool(rows[index].changes) for index in places[RowKind.UPDATE])
