"""What the rows of a preview are filtered by: their kind, and whether all that they say comes in."""

from typing import Final, Literal

from learnpath.interchange.plan import PlannedRow, RowKind
from learnpath.services.importing import Preview

PARTIAL: Final = "partial"
"""Rows that come in without something that could not be read. They are of another kind as well."""

RowFilter = RowKind | Literal["partial"]
ROW_FILTERS: tuple[RowFilter, ...] = (*RowKind, PARTIAL)


def filters_of(preview: Preview, row: PlannedRow) -> tuple[RowFilter, ...]:
    """Return what a row is found by."""
    return (row.kind, PARTIAL) if row.notes and preview.comes_in_partly(row) else (row.kind,)


def row_filter(name: str) -> RowFilter:
    """Return what is called so."""
    return PARTIAL if name == PARTIAL else RowKind(name)
