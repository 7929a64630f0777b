"""What the person chose for files with the same columns, kept in the settings of this machine.

A shape is the header of a table as it is found without anybody's help: the next export from the same place has the
same one. With another sheet or header row the columns are others; that they are there again is looked at as well.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast, get_args

from learnpath.gui.infra.session import SettingsStore
from learnpath.interchange.drafts import DateOrder, TableKind
from learnpath.services.importing import ReadingOptions
from learnpath.settings import Json

IMPORT_CHOICES = "import_choices"
"""Settings key. Object: shape of the header -> kind, mapping (field -> column from 0), date order, date orders of
single columns (column from 0, as text -> order), currency, sheet, header row (among all rows, -1: none), and the shape
that was read with them."""

_MOST_SHAPES = 100


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was chosen for a shape, and the name of the shape that was read with it."""

    options: ReadingOptions
    read_as: str = ""

    def fits(self, columns: Sequence[str]) -> bool:
        """Return whether a file that was read with the choices has the columns they were made for."""
        return not self.read_as or self.read_as == shape_key(columns)


def shape_key(columns: Sequence[str]) -> str:
    """Return the name of a header's shape."""
    return hashlib.sha256("\x1f".join(columns).encode()).hexdigest()[:24]


def load_choices(settings: SettingsStore) -> dict[str, Remembered]:
    """Return what is remembered, by shape; what is malformed is left out."""
    nothing: dict[str, Json] = {}
    stored = settings.get(IMPORT_CHOICES, nothing)
    return {key: _from_json(value) for key, value in stored.items() if isinstance(value, dict)}


def remember(
    settings: SettingsStore, columns: Sequence[str], options: ReadingOptions, read: Sequence[str] = ()
) -> None:
    """Keep choices for a shape; `read` are the columns that were read with them. Of shapes a hundred are kept."""
    nothing: dict[str, Json] = {}
    stored = dict(settings.get(IMPORT_CHOICES, nothing))
    stored.pop(shape_key(columns), None)
    for other in list(stored)[: max(0, len(stored) - _MOST_SHAPES + 1)]:
        del stored[other]
    stored[shape_key(columns)] = _to_json(options) | ({"read_as": shape_key(read)} if read else {})
    settings.set(IMPORT_CHOICES, stored)


def forget(settings: SettingsStore, columns: Sequence[str]) -> None:
    """Give up what was chosen for a shape."""
    nothing: dict[str, Json] = {}
    stored = dict(settings.get(IMPORT_CHOICES, nothing))
    if stored.pop(shape_key(columns), None) is not None:
        settings.set(IMPORT_CHOICES, stored)


def recall(choices: Mapping[str, Remembered], columns: Sequence[str]) -> Remembered | None:
    """Return what was chosen for a header, None for a new one or when it names columns that are not there."""
    found = choices.get(shape_key(columns))
    if found is None:
        return None
    is_same_table = found.options.header_row is None and found.options.sheet is None
    if is_same_table and any(column >= len(columns) for column in (found.options.mapping or {}).values()):
        return None
    return found


def _to_json(options: ReadingOptions) -> dict[str, Json]:
    mapping: Json = None if options.mapping is None else dict(options.mapping)
    return {
        "kind": options.kind,
        "mapping": mapping,
        "date_order": options.date_order,
        "date_orders": {str(column): order for column, order in options.date_orders.items()},
        "currency": options.currency,
        "sheet": options.sheet,
        "header_row": options.header_row,
    }


def _from_json(stored: Mapping[str, Json]) -> Remembered:
    kind, order, currency = stored.get("kind"), stored.get("date_order"), stored.get("currency")
    mapping = stored.get("mapping")
    columns: dict[str, int] | None = None
    if isinstance(mapping, dict):
        columns = {
            name: at for name, at in mapping.items() if isinstance(at, int) and not isinstance(at, bool) and at >= 0
        }
    sheet, header_row, read_as = stored.get("sheet"), stored.get("header_row"), stored.get("read_as")
    options = ReadingOptions(
        kind=cast("TableKind", kind) if kind in get_args(TableKind) else None,
        mapping=columns,
        date_order=cast("DateOrder", order) if order in get_args(DateOrder) else None,
        date_orders=_orders_from(stored.get("date_orders")),
        currency=currency if isinstance(currency, str) and len(currency) == 3 else None,
        sheet=sheet if isinstance(sheet, str) else None,
        header_row=header_row if isinstance(header_row, int) and not isinstance(header_row, bool) else None,
    )
    return Remembered(options, read_as if isinstance(read_as, str) else "")


def _orders_from(stored: Json) -> dict[int, DateOrder]:
    """Return the date orders of single columns; what is malformed is left out."""
    if not isinstance(stored, dict):
        return {}
    return {
        int(column): cast("DateOrder", order)
        for column, order in stored.items()
        if column.isascii() and column.isdigit() and len(column) < 6 and order in get_args(DateOrder)
    }
