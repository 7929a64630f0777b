"""Which rows of a preview have the words that somebody looks for: work for a worker thread.

Belongs here: the folded text of each row, and looking through them. What a row says is in `wording`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from learnpath.gui.screens.importing.preview_columns import columns_for
from learnpath.gui.screens.importing.row_kinds import ROW_FILTERS, RowFilter, filters_of
from learnpath.gui.screens.importing.wording import cell_text, note_text, raw_cell
from learnpath.interchange.cells.months import fold
from learnpath.interchange.drafts import ParsedFile, ParsedRow
from learnpath.interchange.plan import ImportPlan, PlannedRow
from learnpath.services.importing import Preview

_FEWEST_ROWS = 12
# The first is the business of the chips, and follows the person's decisions; the other is no cell of the file.
_NOT_CELLS = frozenset(("effect", "note"))
# A text longer than this would only slow down the others.
_MOST_LETTERS = 2000
# About a tenth of a second: other screens wait for their lists in the same thread.
_ROWS_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Found:
    """The indexes of the rows that were found, in the file's order: all of them, and by what they are filtered by."""

    rows: Sequence[int]
    places: Mapping[RowFilter, Sequence[int]]


class RowTexts:
    """What is searched in the rows of a preview: what their cells say in full, without case and accents.

    The texts are made when the first search needs them. Only one thread may search.
    """

    def __init__(self, preview: Preview) -> None:
        self._preview: Preview | None = preview
        self._texts: list[str] = []
        self.is_offered = preview.plan is not None and len(preview.plan.rows) >= _FEWEST_ROWS
        """Whether there are more rows than are seen at once."""

    def find(self, words: str) -> Found | None:
        """Return the rows in which every word is found; None while not all texts are made: ask again."""
        preview = self._preview
        if preview is None or preview.plan is None:
            return Found((), dict.fromkeys(ROW_FILTERS, ()))
        plan = preview.plan
        if len(self._texts) < len(plan.rows):
            self._make_some(preview.parsed, plan)
            if len(self._texts) < len(plan.rows):
                return None
        rows: Sequence[int] = range(len(plan.rows))
        for word in sorted(fold(words).split(), key=len, reverse=True):
            # One word after the other: the longest mostly leaves little for the rest.
            rows = [row for row in rows if word in self._texts[row]]
        places: dict[RowFilter, list[int]] = {one: [] for one in ROW_FILTERS}
        for row in rows:
            for one in filters_of(preview, plan.rows[row]):
                places[one].append(row)
        return Found(rows, places)

    def give_up(self) -> list[str]:
        """Return the texts, and hold neither them nor the preview any longer."""
        texts, self._texts, self._preview = self._texts, [], None
        return texts

    def _make_some(self, parsed: ParsedFile, plan: ImportPlan) -> None:
        keys = [column.key for column in columns_for(plan.kind) if column.key not in _NOT_CELLS]
        start = len(self._texts)
        portion = slice(start, start + _ROWS_AT_ONCE)
        for row, parsed_row in zip(plan.rows[portion], parsed.rows[portion], strict=True):
            cells = [*_cells(row, parsed_row, keys, parsed), note_text(row, plan.kind)]
            # Line by line, because no word goes over the end of a line.
            self._texts.append(fold("\n".join(cell[:_MOST_LETTERS] for cell in cells if cell)))


def _cells(row: PlannedRow, parsed_row: ParsedRow, keys: Sequence[str], parsed: ParsedFile) -> list[str]:
    unfinished = parsed_row.unfinished
    if row.draft is None and unfinished is None:
        return [raw_cell(row, key, parsed) for key in keys]
    cells = [cell_text(row, key, parsed, unfinished) for key in keys]
    if parsed_row.faults:
        # A cell that gave no value is shown as it was written.
        faulty = {fault.place for fault in parsed_row.faults}
        cells.extend(cell for place, cell in enumerate(parsed_row.raw) if place in faulty)
    return cells
