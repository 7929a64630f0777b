"""JSON inside a cell, read with limits."""

import json

from learnpath.interchange.cells.reading import UnreadableCell, quoted

JsonValue = dict[str, "JsonValue"] | list["JsonValue"] | str | int | float | bool | None
_MOST_CHARACTERS = 200_000


def load_cell(text: str) -> JsonValue:
    """Return the value of a JSON cell. Raises UnreadableCell for damaged, very long or very deep JSON."""
    if len(text) > _MOST_CHARACTERS:
        raise UnreadableCell(f"{quoted(text)} is too long to read")
    try:
        value: JsonValue = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableCell(f"{quoted(text)} is damaged JSON") from None
    return value
