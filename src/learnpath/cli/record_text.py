"""One record as lines of text, for `show`: a label and a value each, lists below one another."""

from collections.abc import Mapping, Sequence
from typing import cast

from learnpath.domain.wording import minutes_text, term_text

_WIDTH = 22
# Lists whose items are short words are read best side by side; all others go below one another.
_SIDE_BY_SIDE = {"skills", "tags"}
_MINUTES = {"estimated_minutes", "study_minutes"}
# What only tells a script something: an id of another record, whose name is shown as well.
_HIDDEN = {"issuer_id"}
_LABELS = {"estimated_minutes": "Effort", "study_minutes": "Studied", "is_active": "Active"}


def record_lines(kind: str, fields: Mapping[str, object]) -> list[str]:
    """Return the lines that show a record; fields that say nothing are left out."""
    lines = [f"{'Kind:':<{_WIDTH}}{kind}"]
    for name, value in fields.items():
        if name in _HIDDEN or _says_nothing(name, value):
            continue
        label = f"{_LABELS.get(name, name.replace('_', ' ').capitalize())}:"
        first, *more = _value_lines(name, value)
        lines += [f"{label:<{_WIDTH}}{first}", *(f"{'':<{_WIDTH}}{line}" for line in more)]
    return lines


def _says_nothing(name: str, value: object) -> bool:
    return value in ("", None, [], {}) or (value == 0 and not isinstance(value, bool) and name != "percent")


def _value_lines(name: str, value: object) -> Sequence[str]:
    if name == "percent":
        return [f"{value} %"]
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if name in _MINUTES:
        return [minutes_text(cast("int", value))]
    if name == "valid_for":
        return [term_text(str(value))]
    if name == "sources":
        return _source_lines(cast("dict[str, dict[str, str]]", value))
    if isinstance(value, dict):
        money = cast("dict[str, str]", value)
        return [f"{money['amount']} {money['currency']}"]
    if isinstance(value, list):
        items = [str(item) for item in cast("list[object]", value)]
        return [", ".join(items)] if name in _SIDE_BY_SIDE else items
    return str(value).splitlines() or [""]


def _source_lines(sources: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return a line for each imported file with the fields that came from it."""
    fields: dict[str, list[str]] = {}
    for name, source in sources.items():
        fields.setdefault(f"{source['file']}, {source['imported_at'][:10]}", []).append(name.replace("_", " "))
    return [f"{file}: {', '.join(names)}" for file, names in fields.items()]
