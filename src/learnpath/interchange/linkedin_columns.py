"""What the files of LinkedIn's data export have in common: headers by name, cells as clean text, dates."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from learnpath.domain.dates import PartialDate
from learnpath.errors import KnownError
from learnpath.interchange.cells.dates import DateSurroundings, find_languages, read_date
from learnpath.interchange.cells.reading import UnreadableCell
from learnpath.interchange.cells.words import is_empty
from learnpath.interchange.checkpoints import watched
from learnpath.interchange.column_matching import header_words
from learnpath.interchange.corrections import corrected_cells, typed_cells, typed_fields
from learnpath.interchange.delimited import DelimitedRows, split_text
from learnpath.interchange.drafts import Draft, Fault, ParsedFile, ParsedRow, ParseOptions
from learnpath.interchange.table_layout import is_blank
from learnpath.interchange.text_decoding import decode, decode_plainly, is_binary, without_odd_signs

_HEADER_ROWS = 5
_HEAD_BYTES = 4096
_DATE_COLUMNS = ("started on", "finished on", "start date", "end date", "completed")


# From the names in a header, in folded words, with their columns: the columns we read by our names; None when the
# header is another one.
FindColumns = Callable[[Mapping[str, int]], "dict[str, int] | None"]


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One of the export's tables of credentials: its format, its name there, how its header is told, how a row is read.

    `read_row` returns None for a row that is left out.
    """

    format: str
    name: str
    find_columns: FindColumns
    read_row: "Callable[[ExportRow], ParsedRow | None]"

    def is_header_in(self, data: bytes) -> bool:
        """Return whether one of the first rows is the header."""
        return any(self.find_columns(names) is not None for names in first_headers(data))

    def parse(self, data: bytes, options: ParseOptions) -> tuple[ParsedFile, int]:
        """Return what the file says and how many rows were left out. Raises KnownError when the header is another one.

        A spreadsheet may have saved it again with other separators.
        """
        decoded, odd = decode_plainly(data)
        split = split_text(decoded.text, check=options.check)
        found = self._find_header(split)
        if found is None:
            raise KnownError(
                f"The file has not the columns of LinkedIn's {self.name}.", "Import it as a table and map its columns."
            )
        read = [self.read_row(row) for row in _export_rows(split, *found, options)]
        rows = tuple(row for row in read if row is not None)
        problems = (*odd, *(f"line {line}: a quotation mark is never closed" for line in split.unclosed))
        return ParsedFile(format=self.format, kind="credentials", rows=rows, problems=problems), len(read) - len(rows)

    def _find_header(self, split: DelimitedRows) -> tuple[int, dict[str, int]] | None:
        for at, names in enumerate(_headers(split)):
            if (columns := self.find_columns(names)) is not None:
                return at, columns
        return None


def first_headers(data: bytes) -> Iterator[dict[str, int]]:
    """Yield the first rows of a text file as headers: the column of each name in folded words."""
    if not is_binary(data):
        yield from _headers(split_text(without_odd_signs(decode(data[:_HEAD_BYTES]).text)))


def _headers(split: DelimitedRows) -> Iterator[dict[str, int]]:
    for row in split.rows[:_HEADER_ROWS]:
        # Of columns with one name the first counts.
        yield {header_words(cell): column for column, cell in reversed(list(enumerate(row)))}


def _cell_texts(cells: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    """Return the text of each named column on one line, "" where it says nothing (`N/A`)."""
    texts = {name: " ".join(cells[column].split()) if column < len(cells) else "" for name, column in columns.items()}
    return {name: "" if is_empty(text) else text for name, text in texts.items()}


def clean_title(text: str) -> str:
    """Return a title without the lone quotation mark some exports leave at one of its ends."""
    return text.strip('"').strip() if text.count('"') == 1 else text


@dataclass(slots=True)
class ExportRow:
    """One row of the export: its cells, the text of each column by name, and what it could not be read as."""

    line: int
    cells: Sequence[str]
    columns: Mapping[str, int]
    texts: Mapping[str, str]
    typed: Mapping[int, str] | None
    faults: list[Fault]
    around: DateSurroundings

    def note(self, field: str, column: str, reason: str) -> None:
        """Note that a column gave a field no value."""
        self.faults.append(Fault(field, self.columns.get(column), reason))

    def day(self, field: str, column: str) -> PartialDate | None:
        """Return a column's date, None for an empty cell; one that cannot be read is left out and noted."""
        text = self.texts.get(column, "")
        try:
            return read_date(text, around=self.around) if text else None
        except UnreadableCell as problem:
            self.note(field, column, str(problem))
            return None

    def parsed(
        self, draft: Draft, fields: Mapping[str, str], title: str = "title", missing: str = "no title"
    ) -> ParsedRow:
        """Return the row with its draft; one without a title cannot be used, for the reason `missing`.

        `fields` is field -> name of a column.
        """
        where, name = f"line {self.line}", fields[title]
        notes = tuple(f"{where}: {fault.reason}" for fault in self.faults)
        places = {field: self.columns[column] for field, column in fields.items() if column in self.columns}
        typed = typed_fields(places, self.typed)
        cells = tuple(self.cells)
        if getattr(draft, title):
            return ParsedRow(where, self.line, draft, notes, cells, tuple(self.faults), typed)
        faults = (Fault(title, self.columns.get(name), missing), *self.faults)
        return ParsedRow(where, self.line, None, (f"{where}: {missing}", *notes), cells, faults, typed, draft)


def _export_rows(
    split: DelimitedRows, header: int, columns: Mapping[str, int], options: ParseOptions
) -> Iterator[ExportRow]:
    """Yield the rows below the header at an index, with what the person typed; blank ones are left out."""
    typed_by_line = typed_cells(options.corrections)
    dates = [columns[name] for name in _DATE_COLUMNS if name in columns]
    cells = {row[column] for row in split.rows[header + 1 :] for column in dates if column < len(row)}
    around = DateSurroundings(options.today, find_languages(cells))
    for at in watched(range(header + 1, len(split.rows)), options.check):
        if is_blank(split.rows[at]):
            continue
        line = split.lines[at]
        typed = typed_by_line.get(line)
        cells = corrected_cells(split.rows[at], typed)
        yield ExportRow(line, cells, columns, _cell_texts(cells, columns), typed, [], around)
