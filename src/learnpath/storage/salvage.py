"""The rows of a damaged library file, read page by page, and what is known to be missing.

A page that its tree still leads to belongs to that table; of the others, each belongs to the one table whose columns it
fits. Indexes and pointers name the records that must have been there: that is how losses are counted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from learnpath.storage.mapping import LINKS, RECORDED_TABLES, TABLES
from learnpath.storage.migrations import SCHEMA_VERSION
from learnpath.storage.pages import Cell, PageFile, Row
from learnpath.storage.shapes import Shape, TableShape, shape_of

Key = tuple[int, ...]
_SCHEMA_ROOT = 1
_RECORD_TABLES = {table.table: table for table in TABLES.values()}


@dataclass(slots=True)
class SalvagedTable:
    """The rows of one table by key (the id, or both ids of a link), and the keys known to have been there and gone.

    `broken` counts pages and rows of it that could not be read.
    """

    shape: TableShape
    rows: dict[Key, tuple[Cell, ...]] = field(default_factory=dict[Key, "tuple[Cell, ...]"])
    known: set[Key] = field(default_factory=set[Key])
    broken: int = 0

    @property
    def lost(self) -> set[Key]:
        """Return the keys that are known but have no row."""
        return self.known - self.rows.keys()


@dataclass(slots=True)
class Salvaged:
    """What was read out of a damaged file of a schema version, by table name."""

    schema: int
    tables: dict[str, SalvagedTable]

    @property
    def is_whole(self) -> bool:
        """Return whether nothing is known to be missing."""
        return not any(table.broken or table.lost for table in self.tables.values())


def salvage(data: bytes, more_roots: Sequence[Mapping[str, int]] = ()) -> Salvaged:
    """Read every row that can be read. `more_roots`: where tables begin in copies of the file, for one without."""
    file = PageFile(data)
    version = int.from_bytes(data[60:64], "big")
    version = version if 1 <= version <= SCHEMA_VERSION else SCHEMA_VERSION
    shape = shape_of(version)
    tables = {name: SalvagedTable(one) for name, one in shape.tables.items()}
    used = file.free_pages()
    is_list_whole = len(used) == int.from_bytes(data[36:40], "big") and data.startswith(b"SQLite format 3\0")
    candidates = (_own_roots(file), *more_roots, shape.roots)
    for table in tables.values():
        _read_tree(file, table, _roots_named(table.shape.name, candidates), used)
    _read_indexes(file, shape, tables, candidates, used)
    _read_stray_pages(file, tables, used, trusted=is_list_whole)
    _note_pointers(tables)
    return Salvaged(version, tables)


def _own_roots(file: PageFile) -> dict[str, int]:
    found: dict[str, int] = {}
    for _, page in file.tree(_SCHEMA_ROOT, index=False):
        for row in page.rows:
            if len(row.values) == 5 and isinstance(row.values[1], str) and isinstance(row.values[3], int):
                found[row.values[1]] = row.values[3]
    return found


def _roots_named(name: str, candidates: Iterable[Mapping[str, int]]) -> list[int]:
    return list(dict.fromkeys(roots[name] for roots in candidates if name in roots))


def _read_tree(file: PageFile, table: SalvagedTable, roots: list[int], used: set[int]) -> None:
    for root in roots:
        pages = list(file.tree(root, index=not table.shape.has_rowid))
        rows = [row for _, page in pages for row in page.rows]
        fitting = [row for row in rows if _is_row(table.shape, row, older=True)]
        if len(fitting) * 2 < len(rows):
            # Another table begins here: this is not where ours does.
            continue
        table.rows.update((_key(table.shape, row), _values(table.shape, row)) for row in fitting)
        table.broken += sum(page.broken for _, page in pages) + len(rows) - len(fitting)
        used.update(number for number, _ in pages)
        if pages and pages[0][0]:
            return


def _read_indexes(
    file: PageFile,
    shape: Shape,
    tables: dict[str, SalvagedTable],
    candidates: Iterable[Mapping[str, int]],
    used: set[int],
) -> None:
    candidates = tuple(candidates)
    for index in shape.indexes:
        table = tables[index.table]
        places = [index.columns.index(name) for name in (table.shape.columns[:2] if index.table in LINKS else ("id",))]
        kinds = [table.shape.types[table.shape.columns.index(name)] for name in index.columns]
        for root in _roots_named(index.name, candidates)[:1]:
            for number, page in file.tree(root, index=True):
                used.add(number)
                for row in page.rows:
                    key = tuple(row.values[place] for place in places) if len(row.values) == len(kinds) else ()
                    if key and all(isinstance(one, int) and one > 0 for one in key):
                        table.known.add(key)  # pyright: ignore[reportArgumentType]
    for name, root in _roots_of_others(candidates, shape):
        used.update(number for number, _ in file.tree(root, index=name.endswith(("_idx", "_config"))))


def _roots_of_others(candidates: tuple[Mapping[str, int], ...], shape: Shape) -> list[tuple[str, int]]:
    """Return where the search words and SQLite's own tables begin, whose pages are nobody else's."""
    ours = {*shape.tables, *(index.name for index in shape.indexes)}
    names = dict.fromkeys(name for roots in candidates for name in roots if name not in ours)
    return [(name, _roots_named(name, candidates)[0]) for name in names]


def _read_stray_pages(file: PageFile, tables: dict[str, SalvagedTable], used: set[int], *, trusted: bool) -> None:
    """Read the pages that no tree leads to any more.

    When the list of free pages cannot be read (not `trusted`), one of them may be long deleted: its rows then count
    only when an index still knows them.
    """
    links: list[Row] = []
    for number in range(2, file.count + 1):
        if number in used:
            continue
        if file.is_index_page(number):
            links += file.read(number).rows
        elif file.is_table_leaf(number) and (rows := file.read(number).rows):
            fitting = [table for table in tables.values() if all(_is_row(table.shape, row) for row in rows)]
            if len(fitting) == 1:
                (table,) = fitting
                for row in rows:
                    if trusted or not table.known or (row.rowid,) in table.known:
                        table.rows.setdefault((row.rowid,), _values(table.shape, row))
    for row in links:
        _place_link(tables, row)


def _place_link(tables: dict[str, SalvagedTable], row: Row) -> None:
    if len(row.values) != 3 or not all(isinstance(value, int) for value in row.values):
        return
    owner, target, _ = row.values
    for name in LINKS.keys() & tables.keys():
        owners, targets = tables[RECORDED_TABLES[name]], tables[LINKS[name].target_table]
        if (owner,) in owners.rows and (target,) in targets.rows:
            tables[name].rows.setdefault((owner, target), row.values)  # pyright: ignore[reportArgumentType]


def _note_pointers(tables: dict[str, SalvagedTable]) -> None:
    """Note the records that others point at: a sound library has no pointer into nothing."""
    for table in tables.values():
        for pointer in table.shape.pointers:
            place = table.shape.columns.index(pointer.column)
            values = {row[place] for row in table.rows.values() if place < len(row)}
            tables[pointer.target].known |= {(value,) for value in values if isinstance(value, int)}
    numbers = {key[0] for key in tables["change"].rows}
    if numbers:
        tables["change"].known |= {(number,) for number in range(min(numbers), max(numbers) + 1)}


def _key(shape: TableShape, row: Row) -> Key:
    return (row.rowid,) if shape.has_rowid else (int(str(row.values[0])), int(str(row.values[1])))


def _values(shape: TableShape, row: Row) -> tuple[Cell, ...]:
    return (row.rowid, *row.values[1:]) if shape.has_rowid else row.values


def _is_row(shape: TableShape, row: Row, *, older: bool = False) -> bool:
    if not shape.fits(row.values, older=older):
        return False
    if not shape.has_rowid:
        return len(row.values) == len(shape.columns)
    return row.rowid > 0 and (not row.values or row.values[0] is None) and _is_record(shape, _values(shape, row))


def _is_record(shape: TableShape, values: tuple[Cell, ...]) -> bool:
    """Return whether today's code can read the row: a wrong byte in a date or a stage would stop every list."""
    table = _RECORD_TABLES.get(shape.name)
    if table is None or len(values) < len(shape.columns) or set(table.column_names) != set(shape.columns):
        return shape.name in RECORDED_TABLES or shape.name == "change"
    named = dict(zip(shape.columns, values, strict=True))
    try:
        _ = table.decode([named[name] for name in table.column_names], {})  # pyright: ignore[reportArgumentType]
    except (ValueError, TypeError):
        return False
    return True
