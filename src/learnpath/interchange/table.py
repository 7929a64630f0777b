"""The format `table`: any CSV or TSV, as a list of programs or of the person's own credentials."""

from collections.abc import Sequence

from learnpath.errors import KnownError
from learnpath.interchange.cells.words import is_empty
from learnpath.interchange.column_matching import count_known, find_kind, match_columns
from learnpath.interchange.column_readers import ColumnReader, build_reader, header_currency, study_dates
from learnpath.interchange.columns import fields_for, rules_for
from learnpath.interchange.csv_export import own_delimiter, own_mapping
from learnpath.interchange.delimited import MOST_CELL_CHARACTERS, DelimitedRows, split_text
from learnpath.interchange.drafts import DateOrder, ParsedFile, ParsedRow, ParseOptions, TableKind, TableShape
from learnpath.interchange.table_layout import Layout, find_layout, is_blank
from learnpath.interchange.table_rows import RowBuilder
from learnpath.interchange.text_decoding import DecodedText, decode, is_binary

FORMAT = "table"
_SNIFF_BYTES = 65_536
_SAMPLE_ROWS = 5


def sniff(data: bytes, file_name: str) -> float:
    """Return how sure it is that bytes are a table: from even columns and known headers; the name adds a little."""
    if not data.strip() or is_binary(data):
        return 0.0
    text = decode(data[:_SNIFF_BYTES]).text
    start = text.lstrip()[:200].lower()
    if start.startswith(("<!doctype", "<html", "<?xml", "<svg", "<!--", "{", "%pdf", "begin:v")):
        return 0.0
    if start.startswith("[") and data.rstrip().endswith(b"]"):
        return 0.0
    split = split_text(text)
    rows = [row for row in split.rows[:50] if not is_blank(row)]
    if not rows:
        return 0.0
    known = max(count_known(row) for row in rows[:20])
    wide = [len(row) for row in rows if len(row) > 1]
    named = 0.1 if file_name.lower().endswith((".csv", ".tsv", ".tab")) else 0.0
    if not wide:
        return 0.3 + named if known else 0.0
    even = max(wide.count(width) for width in set(wide)) / len(rows)
    if even < 0.5 and known < 2 and not named:
        return 0.0
    return min(0.8, 0.2 + 0.3 * even + 0.1 * min(known, 3) + named)


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return the rows of a table as drafts. Raises KnownError when there is no row at all or a choice does not fit."""
    decoded = decode(data)
    text = decoded.text.replace("\0", "")
    own = own_delimiter(text)
    split = split_text(text, own)
    if all(map(is_blank, split.rows)):
        raise KnownError("The file holds no rows.", "Choose a file with a header line and at least one row.")
    layout = find_layout(split.rows, options.header_row)
    width = len(layout.columns)
    data_rows = [
        (line, row if len(row) >= width else row + [""] * (width - len(row)))
        for line, row in zip(split.lines[layout.first_row :], split.rows[layout.first_row :], strict=True)
        if line in split.too_long or not is_blank(row)
    ]
    table = _Table(decoded, split, layout, data_rows, own is not None, options)
    return table.parse(["Characters of value zero were removed."] if len(text) != len(decoded.text) else [])


class _Table:
    """One table on its way to drafts: the mapping, the readers, the shape to show."""

    def __init__(
        self,
        decoded: DecodedText,
        split: DelimitedRows,
        layout: Layout,
        rows: list[tuple[int, list[str]]],
        is_own: bool,
        options: ParseOptions,
    ) -> None:
        self._decoded, self._split, self._layout, self._options = decoded, split, layout, options
        self._rows, self._is_own = rows, is_own
        cells = [row for _, row in rows]
        self._kind: TableKind = options.kind or ("credentials" if is_own else find_kind(layout.columns, cells))
        self._mapping = self._map(cells)
        self._ambiguous: list[int] = []
        self._order: DateOrder | None = options.date_order

    def parse(self, problems: list[str]) -> ParsedFile:
        """Return the parsed file; `problems` are those already found in the whole file."""
        title = "name" if self._kind == "programs" else "title"
        if title not in self._mapping:
            problems.append("No column looks like a title. Choose the column that holds the titles.")
        builder = self._builder()
        whole = [(line, row) for line, row in self._rows if line not in self._split.too_long]
        rows = builder.build(whole) + self._too_long_rows()
        rows.sort(key=lambda row: row.line)
        for column in self._ambiguous:
            name = self._layout.columns[column]
            problems.append(
                f"The dates in “{name}” are ambiguous: day and month cannot be told apart. "
                "They stay unread until you choose the order."
            )
        if builder.lacks_currency:
            problems.append("Amounts without a currency were left out. Choose the currency to read them.")
        problems += [f"line {line}: a quotation mark is never closed" for line in self._split.unclosed]
        shape = self._shape(builder.lacks_currency)
        return ParsedFile(format=FORMAT, kind=self._kind, rows=tuple(rows), table=shape, problems=tuple(problems))

    def _map(self, rows: Sequence[Sequence[str]]) -> dict[str, int]:
        chosen = self._options.mapping
        if chosen is None:
            if self._is_own and self._kind == "credentials":
                return own_mapping(self._layout.columns)
            return match_columns(self._layout.columns, rows, self._kind).mapping
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
            cells = [row[column] for _, row in self._rows if len(row) > column]
            order = self._study(cells, column) if rule.value == "date" else None
            readers.append(
                build_reader(
                    rule,
                    column,
                    self._layout.columns[column],
                    cells if rule.value == "minutes" else (),
                    order=order,
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
            self._is_own,
            frozenset(self._ambiguous),
        )

    def _study(self, cells: Sequence[str], column: int) -> DateOrder | None:
        found = study_dates(cells, self._options.date_order)
        if found.is_ambiguous:
            self._ambiguous.append(column)
        self._order = self._order or found.order
        return found.order

    def _too_long_rows(self) -> list[ParsedRow]:
        reason = f"a cell has more than {MOST_CELL_CHARACTERS:,} characters"
        return [
            ParsedRow(f"line {line}", line, None, (f"line {line}: {reason}",), ())
            for line in sorted(self._split.too_long)
        ]

    def _shape(self, needs_currency: bool) -> TableShape:
        used = set(self._mapping.values())
        width = len(self._layout.columns)
        return TableShape(
            encoding=self._decoded.encoding,
            is_guessed=self._decoded.is_guessed,
            delimiter=self._split.delimiter,
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
            date_order=self._order,
            ambiguous_dates=tuple(self._ambiguous),
            needs_currency=needs_currency,
        )
