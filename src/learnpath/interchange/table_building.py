"""From a table's rows of text cells to a parsed file: the layout, the mapping, the readers, the shape to show.

Where the rows come from (delimited text, a sheet of a workbook, Markdown) is the business of the format modules.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from learnpath.errors import KnownError
from learnpath.interchange.cells.dates import DateSurroundings, Epoch
from learnpath.interchange.cells.prices import is_free, named_currency
from learnpath.interchange.cells.words import is_empty
from learnpath.interchange.checkpoints import watched
from learnpath.interchange.column_matching import find_kind, match_columns
from learnpath.interchange.column_readers import ColumnReader, DateColumn, build_reader, header_currency, study_dates
from learnpath.interchange.columns import fields_for, rules_for
from learnpath.interchange.corrections import typed_cells
from learnpath.interchange.csv_export import own_mapping
from learnpath.interchange.delimited import MOST_CELL_CHARACTERS
from learnpath.interchange.drafts import (
    AmbiguousDate,
    DateOrder,
    ParsedFile,
    ParsedRow,
    ParseOptions,
    TableKind,
    TableShape,
)
from learnpath.interchange.sheet_extent import check_span
from learnpath.interchange.table_layout import Layout, find_layout, is_blank
from learnpath.interchange.table_rows import RowBuilder

HEAD_ROWS = 12
"""How many first rows a `TableShape` shows as they are in the file, for choosing the header row."""

LINK_COLUMN = "Link of the row"
"""What the column is called that holds the addresses to which cells of a workbook lead."""

_SAMPLE_ROWS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSource:
    """A table as a format read it: rows of text cells (dates in ISO form), blank rows included.

    `lines[i]` is the place of row i in the file, from 1; `too_long` and `unclosed` are such places (see
    `delimited.DelimitedRows`). `is_own` is set for our own export. `sheet` is the one read of a workbook's `sheets`.
    `epoch` is the year from which a workbook counts days that are stored as plain numbers. `links` are the addresses
    that cells lead to without showing them, by the index of the row: they become a column of their own.
    """

    format: str
    rows: Sequence[list[str]]
    lines: Sequence[int]
    encoding: str = ""
    is_guessed: bool = False
    delimiter: str = ""
    too_long: Collection[int] = ()
    unclosed: Sequence[int] = ()
    is_own: bool = False
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    epoch: Epoch | None = None
    links: Mapping[int, str] = field(default_factory=dict[int, str])


def build_table(source: TableSource, options: ParseOptions, problems: Sequence[str] = ()) -> ParsedFile:
    """Return the rows of a table as drafts. Raises KnownError when there is no row at all or a choice does not fit.

    `problems` are those already found in the whole file.
    """
    if all(map(is_blank, source.rows)):
        raise KnownError("The file holds no rows.", "Choose a file with a header line and at least one row.")
    layout = find_layout(source.rows, options.header_row)
    if source.links:
        source, layout = _with_links(source, layout)
    width = len(layout.columns)
    check_span(len(source.rows), width)
    data_rows = [
        (line, row if len(row) >= width else row + [""] * (width - len(row)))
        for line, row in watched(
            zip(source.lines[layout.first_row :], source.rows[layout.first_row :], strict=True), options.check
        )
        if line in source.too_long or not is_blank(row)
    ]
    return _Table(source, layout, data_rows, options).parse(list(problems))


def _with_links(source: TableSource, layout: Layout) -> tuple[TableSource, Layout]:
    """Return a table with one more column that holds the links of its rows."""
    width = len(layout.columns)
    padded = (row + [""] * (width - len(row)) for row in source.rows)
    rows = [[*row[:width], source.links.get(at, ""), *row[width:]] for at, row in enumerate(padded)]
    return replace(source, rows=rows), replace(layout, columns=(*layout.columns, LINK_COLUMN))


class _Table:
    """One table on its way to drafts: the mapping, the readers, the shape to show."""

    def __init__(
        self, source: TableSource, layout: Layout, rows: list[tuple[int, list[str]]], options: ParseOptions
    ) -> None:
        self._source, self._layout, self._options = source, layout, options
        self._rows, self._is_own = rows, source.is_own
        cells = [row for _, row in rows]
        options.check()
        self._kind: TableKind = options.kind or self._find_kind(cells)
        self._mapping = self._map(cells)
        self._dates: dict[int, DateColumn] = {}
        self._around = DateSurroundings(options.today, epoch=source.epoch)

    def parse(self, problems: list[str]) -> ParsedFile:
        """Return the parsed file; `problems` are those already found in the whole file."""
        title = "name" if self._kind == "programs" else "title"
        if title not in self._mapping:
            problems.append("No column looks like a title. Choose the column that holds the titles.")
        builder = self._builder()
        whole = [(line, row) for line, row in self._rows if line not in self._source.too_long]
        typed = typed_cells(self._options.corrections)
        rows = builder.build(whole, typed, self._options.check) + self._too_long_rows()
        rows.sort(key=lambda row: row.line)
        for column in self._ambiguous():
            name = self._layout.columns[column]
            problems.append(
                f"The dates in “{name}” are ambiguous: day and month cannot be told apart. "
                "They stay unread until you choose the order."
            )
        if builder.lacks_currency:
            problems.append("Amounts without a currency were left out. Choose the currency to read them.")
        problems += [f"line {line}: a quotation mark is never closed" for line in self._source.unclosed]
        shape = self._shape(builder.lacks_currency)
        return ParsedFile(
            format=self._source.format, kind=self._kind, rows=tuple(rows), table=shape, problems=tuple(problems)
        )

    def _find_kind(self, rows: Sequence[Sequence[str]]) -> TableKind:
        return "credentials" if self._is_own else find_kind(self._layout.columns, rows, self._source.epoch)

    def _map(self, rows: Sequence[Sequence[str]]) -> dict[str, int]:
        chosen = self._options.mapping
        if chosen is None:
            if self._is_own and self._kind == "credentials":
                return own_mapping(self._layout.columns)
            return match_columns(self._layout.columns, rows, self._kind, self._source.epoch).mapping
        names = {rule.name for rule in rules_for(self._kind)}
        for name, column in chosen.items():
            if name not in names:
                raise KnownError(
                    f"“{name}” is nothing a column can be mapped to.",
                    f"Use one of: {', '.join(sorted(names))}.",
                )
            if not 0 <= column < len(self._layout.columns):
                raise KnownError(
                    f"The table has no column {column + 1}.",
                    f"Choose one of its {len(self._layout.columns)} columns.",
                )
        return dict(chosen)

    def _builder(self) -> RowBuilder:
        readers: list[ColumnReader] = []
        for rule in rules_for(self._kind):
            column = self._mapping.get(rule.name)
            if column is None:
                continue
            self._options.check()
            cells = [row[column] for _, row in self._rows if len(row) > column]
            dates = self._study(cells, column) if rule.value == "date" else None
            readers.append(
                build_reader(
                    rule,
                    column,
                    self._layout.columns[column],
                    cells if rule.value == "minutes" else (),
                    dates=dates,
                    by_hand=self._options.mapping is not None,
                )
            )
        # The row's currency must be known before its price is read.
        readers.sort(key=lambda reader: reader.name != "currency")
        price = self._mapping.get("price")
        named = header_currency(self._layout.columns[price]) if price is not None else ""
        return RowBuilder(
            self._kind,
            readers,
            len(self._layout.columns),
            named or self._options.currency or "",
            "" if price is None else self._free_in(price),
            self._is_own,
            frozenset(self._ambiguous()),
        )

    def _free_in(self, price: int) -> str:
        """Return the currency that the column of prices names, where some of them are "free"; "" for none or many."""
        cells = dict.fromkeys(row[price] for _, row in self._rows if len(row) > price)
        return named_currency(cells) if any(map(is_free, cells)) else ""

    def _study(self, cells: Sequence[str], column: int) -> DateColumn:
        chosen = self._options.date_orders.get(column) or self._options.date_order
        self._dates[column] = found = study_dates(cells, chosen, self._around)
        return found

    def _ambiguous(self) -> dict[int, AmbiguousDate]:
        return {column: found.example for column, found in self._dates.items() if found.example is not None}

    def _too_long_rows(self) -> list[ParsedRow]:
        reason = f"a cell has more than {MOST_CELL_CHARACTERS:,} characters"
        return [
            ParsedRow(f"line {line}", line, None, (f"line {line}: {reason}",), ())
            for line in sorted(self._source.too_long)
        ]

    def _shape(self, needs_currency: bool) -> TableShape:
        used = set(self._mapping.values())
        width = len(self._layout.columns)
        proved: set[DateOrder] = {found.proved for found in self._dates.values() if found.proved}
        return TableShape(
            encoding=self._source.encoding,
            is_guessed=self._source.is_guessed,
            delimiter=self._source.delimiter,
            header_row=self._layout.header_row,
            columns=self._layout.columns,
            sample=tuple(tuple(row[:width]) for _, row in self._rows[:_SAMPLE_ROWS]),
            mapping=dict(self._mapping),
            fields=fields_for(self._kind),
            unmapped=tuple(
                column
                for column in range(width)
                if column not in used and any(not is_empty(row[column]) for _, row in self._rows)
            ),
            date_orders={column: found.order for column, found in self._dates.items() if found.order},
            proved_order=proved.pop() if len(proved) == 1 else None,
            ambiguous_dates=self._ambiguous(),
            needs_currency=needs_currency,
            head=tuple(tuple(row) for row in self._source.rows[:HEAD_ROWS]),
            sheet=self._source.sheet,
            sheets=self._source.sheets,
        )
