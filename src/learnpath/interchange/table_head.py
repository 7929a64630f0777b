"""How a table would be read, found out from its beginning: to know its columns before the whole of it is read."""

from learnpath.interchange import table
from learnpath.interchange.drafts import ParseOptions, TableShape
from learnpath.interchange.formats import recognise

_HEAD_BYTES = 65_536


def head_shape(data: bytes, file_name: str) -> TableShape | None:
    """Return how the beginning of a table is read, None when the file is no table of text.

    A workbook cannot be read in part: None as well. Raises KnownError where reading it would.
    """
    head = _head(data)
    if not head.strip() or recognise(head, file_name) != table.FORMAT:
        return None
    return table.parse(head, ParseOptions()).table


def _head(data: bytes) -> bytes:
    if len(data) <= _HEAD_BYTES:
        return data
    end = data.rfind(b"\n", 0, _HEAD_BYTES)
    return data[: end + 1] if end > 0 else data[:_HEAD_BYTES]
