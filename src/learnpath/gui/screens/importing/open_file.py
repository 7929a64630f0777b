"""One file that is being imported: what was read, what the person decided, and the numbers that follow."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from learnpath.errors import KnownError
from learnpath.gui.infra.jobs import Job, Progress
from learnpath.gui.screens.importing.reading import Decided, Reading, Recall, plan_reading, read_source
from learnpath.gui.screens.importing.row_search import Found
from learnpath.interchange.drafts import Corrections, ParsedRow
from learnpath.interchange.plan import Decision, PlannedRow, RowKind, possible_decisions
from learnpath.services.import_sources import Source
from learnpath.services.importing import ReadingOptions
from learnpath.services.planning import Planning
from learnpath.storage.library import Library


@dataclass(slots=True)
class OpenFile:
    """One file. `reading` is None until it was read; `error` says why it cannot be; `job` is reading it now.

    `waits` says that it will be read once the files before it have been.

    `options` None means that nothing was chosen by hand. `new`, `updated` and `undecided` follow the decisions.
    `words` are what the person looks for in its rows, and `found` the rows with them, None for all; `is_searching`
    says that `found` is not yet of these words.

    `originals` are what the file says where the person typed something else.
    """

    id: int
    source: Source
    options: ReadingOptions | None = None
    reading: Reading | None = None
    error: KnownError | None = None
    decisions: dict[int, Decision] = field(default_factory=dict[int, Decision])
    new: int = 0
    updated: int = 0
    undecided: int = 0
    job: Job | None = None
    waits: bool = False
    words: str = ""
    found: Found | None = None
    is_searching: bool = False
    originals: dict[tuple[int, int | str], str] = field(default_factory=dict[tuple[int, int | str], str])
    _decided: Decided | None = None

    @property
    def is_busy(self) -> bool:
        """Whether it is being read, or will be."""
        return self.job is not None or self.waits

    def reading_task(
        self, library: Library, recall: Recall, after: Sequence[Decided], planning: Planning
    ) -> Callable[[Progress], Reading]:
        """Return the work of reading it; what was read is only planned again while the file and the choices stay."""
        known = self.reading
        if known is not None and self.source.data is known.preview.data and self._chosen == known.preview.options:
            return partial(plan_reading, library, known, after, planning)
        return partial(read_source, library, self.source, self.options, recall, after, planning, known=known)

    @property
    def decided(self) -> Decided | None:
        """Return what was read with the decisions, the same one until one of these changes; None before it was read."""
        if self.reading is not None and self._decided is None:
            self._decided = Decided(self.reading, dict(self.decisions))
        return self._decided

    @property
    def is_shown_as_chosen(self) -> bool:
        """Whether what is shown was read with the person's choices, but perhaps without what was just typed."""
        if self.reading is None:
            return False
        return replace(self._chosen, corrections={}) == replace(self.reading.preview.options, corrections={})

    @property
    def corrections(self) -> Corrections:
        """Return what the person typed in place of cells, also what is only being read with them."""
        return self._chosen.corrections

    def choose(self, options: ReadingOptions) -> None:
        """Take other choices; what the person typed stays, unless another sheet has other rows on these lines."""
        before, corrections = self._chosen, self.corrections
        if replace(options, left_out=None, corrections={}) != replace(before, left_out=None, corrections={}):
            self.decisions.clear()
            self._decided = None
        stays = options.sheet == before.sheet or (options.sheet is not None and options.sheet == self._shown_sheet)
        if not stays:
            self.originals.clear()
        self.options = replace(options, corrections=corrections if stays else {})

    @property
    def _chosen(self) -> ReadingOptions:
        if self.options is not None:
            return self.options
        return self.reading.preview.options if self.reading is not None else ReadingOptions()

    @property
    def _shown_sheet(self) -> str:
        table = self.reading.preview.parsed.table if self.reading is not None else None
        return table.sheet if table is not None else ""

    def forget_corrections(self) -> None:
        """Forget what the person typed in place of cells."""
        self.originals.clear()
        if self.options is not None:
            self.options = replace(self.options, corrections={})

    def take_back(self, lines: Collection[int]) -> bool:
        """Give up what the person typed in rows; return whether there was something."""
        kept = {key: text for key, text in self.corrections.items() if key[0] not in lines}
        if self.options is None or len(kept) == len(self.options.corrections):
            return False
        self.options = replace(self.options, corrections=kept)
        return True

    def correct(self, line: int, place: int | str, text: str, original: str) -> bool:
        """Keep what the person typed for a cell, or what the file says; return whether that changes anything."""
        if self.reading is None:
            return False
        key = (line, place)
        corrections = {other: typed for other, typed in self.corrections.items() if other != key}
        if text != self.originals.setdefault(key, original):
            corrections[key] = text
        if corrections == self.corrections:
            return False
        self.options = replace(self._chosen, corrections=corrections)
        return True

    def parsed_row(self, row_index: int) -> ParsedRow | None:
        """Return a row as the file says it; None where there is none."""
        rows = self.reading.preview.parsed.rows if self.reading is not None else ()
        return rows[row_index] if 0 <= row_index < len(rows) else None

    @property
    def kinds(self) -> set[str]:
        """Return the kind of its records, nothing before it was read."""
        return {self.reading.preview.parsed.kind} if self.reading is not None else set()

    def stop_reading(self) -> None:
        """Give up reading it."""
        if self.job is not None:
            self.job.cancel()
        self.job, self.waits = None, False

    @property
    def to_write(self) -> int:
        """Return how many records importing would add or change."""
        return self.new + self.updated

    def take(self, reading: Reading | None) -> None:
        """Take what was read, instead of what was read before; decisions stay where they still fit."""
        kept, self.decisions = self.decisions, {}
        if self._row_count(reading) != self._row_count(self.reading):
            self.found = None
        self.reading, self._decided = reading, None
        if reading is not None and not reading.texts.is_offered:
            self.words = ""
        self.new = reading.new if reading is not None else 0
        self.updated = reading.updated if reading is not None else 0
        self.undecided = len(reading.places[RowKind.UNDECIDED]) if reading is not None else 0
        for row_index, decision in kept.items():
            _ = self.decide(row_index, decision)

    def search(self, words: str) -> None:
        """Take what the person looks for; without words all rows are found."""
        self.words, self.is_searching = words, bool(words.strip())
        if not self.is_searching:
            self.found = None

    def take_found(self, found: Found) -> None:
        """Take the rows that were found."""
        self.found, self.is_searching = found, False

    @staticmethod
    def _row_count(reading: Reading | None) -> int:
        return len(reading.preview.parsed.rows) if reading is not None else 0

    def decision(self, row_index: int) -> Decision | None:
        """Return what the person decided about a row."""
        return self.decisions.get(row_index)

    def row(self, row_index: int) -> PlannedRow | None:
        """Return a planned row; None where there is none."""
        plan = self.reading.preview.plan if self.reading is not None else None
        return plan.rows[row_index] if plan is not None and 0 <= row_index < len(plan.rows) else None

    def decide(self, row_index: int, decision: Decision | None) -> bool:
        """Keep a decision, or give it up with None; return whether the row takes it."""
        row = self.row(row_index)
        if row is None or (decision is not None and decision not in possible_decisions(row)):
            return False
        self._decided = None
        self._count(row, self.decisions.pop(row_index, None), -1)
        if decision is not None:
            self.decisions[row_index] = decision
        self._count(row, decision, 1)
        return True

    def _count(self, row: PlannedRow, decision: Decision | None, by: int) -> None:
        if row.kind is RowKind.UNDECIDED and decision is None:
            self.undecided += by
        action = decision or row.action
        if action == "new":
            self.new += by
        elif action == "update" and row.changes:
            self.updated += by


def decided_files(files: Iterable[OpenFile]) -> list[Decided]:
    """Return those of the files that were read, with their decisions."""
    return [one for file in files if (one := file.decided) is not None]
