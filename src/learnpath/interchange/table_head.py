"""The beginning of a table as it is in the file, before anything is made of it: for choosing the header row."""

from learnpath.interchange.delimited import split_text
from learnpath.interchange.drafts import ParseOptions, TableShape
from learnpath.interchange.formats import recognise
from learnpath.interchange.table import FORMAT, parse
from learnpath.interchange.text_decoding import decode

_HEAD_BYTES = 65_536


def first_rows(data: bytes, count: int) -> tuple[tuple[str, ...], ...]:
    """Return the first rows of a table, blank ones included: `header_row` of a `TableShape` counts among them."""
    rows = split_text(decode(_head(data)).text.replace("\0", "")).rows
    return tuple(tuple(row) for row in rows[:count])


def head_shape(data: bytes, file_name: str) -> TableShape | None:
    """Return how the beginning of a table is read, None when the file is no table: to know its columns cheaply."""
    head = _head(data)
    if not head.strip() or recognise(head, file_name) != FORMAT:
        return None
    return parse(head, ParseOptions()).table


def _head(data: bytes) -> bytes:
    if len(data) <= _HEAD_BYTES:
        return data
    end = data.rfind(b"\n", 0, _HEAD_BYTES)
    return data[: end + 1] if end > 0 else data[:_HEAD_BYTES]
