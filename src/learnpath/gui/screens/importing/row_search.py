"""Which rows of a preview have the words that somebody looks for.

Belongs here: the folded text of each row, made in the worker that reads the file, and looking through them. What a
row says is in `wording`.
"""

from collections.abc import Sequence

from learnpath.gui.screens.importing.preview_columns import columns_for
from learnpath.gui.screens.importing.wording import cell_text, note_text, raw_cell
from learnpath.interchange.cells.months import fold
from learnpath.interchange.checkpoints import Checkpoint, watched
from learnpath.interchange.drafts import ParsedFile, ParsedRow
from learnpath.interchange.plan import ImportPlan, PlannedRow

_FEWEST_ROWS = 12
# What a table says of what becomes of a row is the business of the chips, and follows the person's decisions.
_NOT_SEARCHED = "effect"
# A text longer than this would only slow down the others.
_MOST_LETTERS = 2000


def search_texts(parsed: ParsedFile, plan: ImportPlan | None, check: Checkpoint) -> Sequence[str]:
    """Return a text to search for each row, without case and accents; nothing for a file whose rows are seen at once.

    A text is what the row's cells say in full, also where the table has room for a part of it only.
    """
    if plan is None or len(plan.rows) < _FEWEST_ROWS:
        return ()
    keys = [column.key for column in columns_for(plan.kind) if column.key != _NOT_SEARCHED]
    return [
        _row_text(row, parsed_row, keys, parsed, plan)
        for row, parsed_row in zip(watched(plan.rows, check), parsed.rows, strict=True)
    ]


def find_rows(texts: Sequence[str], places: Sequence[int], words: str) -> Sequence[int]:
    """Return those of the rows at `places` whose text has every one of the words, in their order."""
    for word in sorted(fold(words).split(), key=len, reverse=True):
        # One word after the other: the longest mostly leaves little for the rest.
        places = [place for place in places if word in texts[place]]
    return places


def _row_text(row: PlannedRow, parsed_row: ParsedRow, keys: Sequence[str], parsed: ParsedFile, plan: ImportPlan) -> str:
    draft = row.draft or parsed_row.unfinished
    cells = [
        note_text(row, plan.kind)
        if key == "note"
        else raw_cell(row, key, parsed)
        if draft is None
        else cell_text(row, key, parsed, parsed_row.unfinished)
        for key in keys
    ]
    # A cell that gave no value is shown as it was written.
    faulty = {fault.place for fault in parsed_row.faults}
    cells.extend(cell for place, cell in enumerate(parsed_row.raw if faulty else ()) if place in faulty)
    # Line by line, because no word goes over the end of a line.
    return fold("\n".join(cell[:_MOST_LETTERS] for cell in cells if cell))
