"""What the rows of a preview are filtered by: their kind, how sure it is, and whether all that they say comes in."""

from typing import Final, Literal

from learnpath.interchange.plan import PlannedRow, RowKind
from learnpath.services.importing import Preview

PARTIAL: Final = "partial"
"""Rows that come in without something that could not be read. They are of another kind as well."""

LIKELY: Final = "likely"
"""Updates of a record that is only probably the same. They are of the kind of updates as well."""

RowFilter = RowKind | Literal["likely", "partial"]
ROW_FILTERS: tuple[RowFilter, ...] = (
    RowKind.NEW,
    RowKind.UPDATE,
    LIKELY,
    *(kind for kind in RowKind if kind not in (RowKind.NEW, RowKind.UPDATE)),
    PARTIAL,
)


def filters_of(preview: Preview, row: PlannedRow) -> tuple[RowFilter, ...]:
    """Return what a row is found by."""
    likely: tuple[RowFilter, ...] = (LIKELY,) if row.is_proposed else ()
    partial: tuple[RowFilter, ...] = (PARTIAL,) if row.notes and preview.comes_in_partly(row) else ()
    return (row.kind, *likely, *partial)


def row_filter(name: str) -> RowFilter:
    """Return what is called so."""
    return next(one for one in ROW_FILTERS if one == name)
