"""Several names in one cell."""

import ast
from collections.abc import Iterable

from learnpath.interchange.cells.json_cells import load_cell
from learnpath.interchange.cells.reading import UnreadableCell

_MOST_CHARACTERS = 100_000


def read_names(text: str) -> tuple[str, ...]:
    """Return the names in a cell, each once: `a; b`, `a | b`, `["a", "b"]`, `['a', 'b']`, lines, or a single name.

    A comma only separates when nothing else does and the parts are short.
    """
    plain = text.strip()
    if plain.startswith("[") and plain.endswith("]"):
        return _once(_array(plain))
    for mark in (";", "|", "\n"):
        if mark in plain:
            return _once(plain.split(mark))
    parts = plain.split(",")
    return _once(parts if all(len(part) <= 40 for part in parts) else [plain])


def write_names(names: tuple[str, ...]) -> str:
    """Return names as one cell that `read_names` reads back: `a; b`, or a JSON array where a name has a separator."""
    import json

    plain = not any(mark in name for name in names for mark in ";|\n,[") and all(map(_is_trimmed, names))
    return "; ".join(names) if plain else json.dumps(list(names), ensure_ascii=False)


def _is_trimmed(name: str) -> bool:
    return name == name.strip() != ""


def _array(text: str) -> list[str]:
    try:
        value = load_cell(text)
    except UnreadableCell:
        value = _python_list(text)
    if not isinstance(value, list):
        return [text]
    return [item if isinstance(item, str) else str(item) for item in value if isinstance(item, str | int | float)]


def _python_list(text: str) -> list[str]:
    if len(text) <= _MOST_CHARACTERS:
        try:
            value: object = ast.literal_eval(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
            value = None
        if isinstance(value, list):
            return [item for item in value if isinstance(item, str)]  # pyright: ignore[reportUnknownVariableType]
    return text[1:-1].split(",")


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(trimmed for name in names if (trimmed := " ".join(name.split()))))
