"""What the files of LinkedIn's data export have in common: headers by name, cells as clean text, dates."""

from collections.abc import Mapping, Sequence

from learnpath.domain.dates import PartialDate
from learnpath.interchange.cells.dates import read_date
from learnpath.interchange.cells.reading import UnreadableCell
from learnpath.interchange.cells.words import is_empty
from learnpath.interchange.column_matching import header_words
from learnpath.interchange.delimited import DelimitedRows, split_text
from learnpath.interchange.text_decoding import decode, is_binary

_HEADER_ROWS = 5
_HEAD_BYTES = 4096


def split_export(data: bytes) -> DelimitedRows:
    """Return the rows of one of the export's files. A spreadsheet may have saved it again with other separators."""
    return split_text(decode(data).text.replace("\0", ""))


def split_head(data: bytes) -> DelimitedRows | None:
    """Return the rows of a file's beginning, None when it is no text."""
    return None if is_binary(data) else split_text(decode(data[:_HEAD_BYTES]).text)


def header_rows(split: DelimitedRows) -> list[tuple[int, dict[str, int]]]:
    """Return the first rows as headers: their place, and the column of each name in folded words."""
    return [
        (at, {header_words(cell): column for column, cell in reversed(list(enumerate(row)))})
        for at, row in enumerate(split.rows[:_HEADER_ROWS])
    ]


def cell_texts(cells: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    """Return the text of each named column on one line, "" where it says nothing (`N/A`)."""
    texts = {name: " ".join(cells[column].split()) if column < len(cells) else "" for name, column in columns.items()}
    return {name: "" if is_empty(text) else text for name, text in texts.items()}


def clean_title(text: str) -> str:
    """Return a title without the lone quotation mark some exports leave at one of its ends."""
    return text.strip('"').strip() if text.count('"') == 1 else text


def read_day(text: str, notes: list[str]) -> PartialDate | None:
    """Return a date, None for an empty cell; one that cannot be read is left out and noted."""
    if not text:
        return None
    try:
        return read_date(text)
    except UnreadableCell as problem:
        notes.append(str(problem))
        return None
