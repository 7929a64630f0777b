"""From rows of cells to drafts: one bad value never takes more than its row along."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

from learnpath.domain.records import Stage
from learnpath.interchange.cells.durations import read_weekly_minutes, read_weeks
from learnpath.interchange.cells.prices import read_price
from learnpath.interchange.cells.reading import CalendarTime, LeftOut, NoCurrency, UnreadableCell, quoted
from learnpath.interchange.cells.words import is_empty, is_placeholder
from learnpath.interchange.checkpoints import Checkpoint, go_on, watched
from learnpath.interchange.column_readers import ColumnReader
from learnpath.interchange.corrections import corrected_cells, typed_fields
from learnpath.interchange.drafts import CredentialDraft, Draft, Fault, ParsedRow, ProgramDraft, TableKind
from learnpath.interchange.text_decoding import without_odd_signs

# A length in weeks is effort only together with hours per week; a program longer than four years is a typing error.
_MOST_WEEKS = 208
_EMPTY: Any = None


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why a cell gave nothing. `spoils` the whole row when the field is strict and the text was no such value.

    `is_asked` is what the person is asked about for the whole column: its cells are not to be corrected one by one.
    """

    phrase: str
    spoils: bool = False
    lacks_currency: bool = False
    is_length: bool = False
    is_unknown: bool = False
    is_asked: bool = False


# Helper fields of which either is worth nothing without the other, with the labels under which they are kept then.
_LENGTHS = {"length": "Length", "weekly_effort": "Effort", "estimated_minutes": "Length"}


@dataclass(slots=True)
class RowBuilder:
    """Builds drafts from padded rows. `lacks_currency` is set when an amount was left out for want of one.

    `ambiguous` are the columns of dates whose order is asked for. `currency` is that of amounts that name none,
    `free_in` that of what costs nothing.
    """

    kind: TableKind
    readers: Sequence[ColumnReader]
    width: int
    currency: str = ""
    free_in: str = ""
    is_own_export: bool = False
    ambiguous: frozenset[int] = frozenset()
    lacks_currency: bool = field(default=False, init=False)

    def build(
        self,
        rows: Iterable[tuple[int, list[str]]],
        typed: Mapping[int, Mapping[int, str]],
        check: Checkpoint = go_on,
    ) -> list[ParsedRow]:
        """Return one parsed row for each (line, cells). `typed` are the person's cells by line, then by column."""
        rows = watched(rows, check)
        return [self._build_row(line, cells, typed.get(line) if typed else None) for line, cells in rows]

    def _build_row(self, line: int, cells: list[str], typed: Mapping[int, str] | None) -> ParsedRow:
        where = f"line {line}"
        if typed:
            typed = {column: text for column, text in typed.items() if column < max(self.width, len(cells))}
            cells = corrected_cells(cells, typed)
        values: dict[str, Any] = {}
        lengths: dict[str, str] = {}
        notes: list[str] = []
        spoiled: list[str] = []
        faults: list[Fault] = []
        for reader in self.readers:
            value = self._value(reader, cells[reader.column], values)
            if value.__class__ is not _Failure:
                if value is not None:
                    values[reader.name] = value
                    if reader.name in ("length", "weekly_effort"):
                        lengths[reader.name] = cells[reader.column]
            elif value.is_length:
                lengths[reader.name] = cells[reader.column]
            elif not (value.is_unknown and values.get("stage") not in (None, Stage.EARNED)):
                (spoiled if value.spoils else notes).append(f"{where}: {value.phrase}")
                if reader.name == "awarded_on":
                    # That it was earned is said, though not read when.
                    _ = values.setdefault("stage", Stage.EARNED)
                if not value.is_asked:
                    faults.append(Fault(reader.name, reader.column, value.phrase))
        if len(cells) > self.width and not all(map(is_empty, cells[self.width :])):
            notes.append(f"{where}: {len(cells) - self.width} more cells than columns")
        title = "name" if self.kind == "programs" else "title"
        if not values.get(title):
            spoiled.append(f"{where}: no title")
            column = next((reader.column for reader in self.readers if reader.name == title), None)
            faults += [Fault(title, column, "no title")] if column is not None else []
        draft = None if spoiled else self._draft(values, lengths)
        mapped = typed_fields({reader.name: reader.column for reader in self.readers}, typed) if typed else ()
        return ParsedRow(where, line, draft, (*spoiled, *notes), tuple(cells), tuple(faults), mapped)

    def _value(self, reader: ColumnReader, cell: str, values: dict[str, Any]) -> Any:
        if reader.is_text:
            return self._text(cell)
        if reader.is_price:
            return self._price(reader, cell, values.get("currency") or self.currency)
        known = reader.known
        if cell in known:
            return known[cell]
        known[cell] = value = self._read(reader, cell)
        return value

    def _text(self, cell: str) -> str | None:
        if self.is_own_export:
            return unguard(cell) or None
        return None if is_empty(cell) else cell.strip() or None

    def _read(self, reader: ColumnReader, cell: str) -> Any:
        text = unguard(cell) if self.is_own_export else cell
        if reader.name == "awarded_on" and is_placeholder(text):
            return _Failure(f"{quoted(text)} does not say when it was earned", True, is_unknown=True)
        if is_empty(text) or (reader.may_be_unknown and is_placeholder(text)):
            return _EMPTY
        try:
            value = reader.read(text)
            if isinstance(value, tuple) and not self.is_own_export:
                # Escapes in a list of names may stand for what no text of a file may hold.
                names = cast("tuple[str, ...]", value)
                return tuple(plain for name in names if (plain := without_odd_signs(name)))
            return cast("object", value)
        except CalendarTime as length:
            return _Failure(str(length), is_length=reader.name in _LENGTHS)
        except LeftOut as left_out:
            return _Failure(str(left_out), is_asked=reader.column in self.ambiguous)
        except UnreadableCell as problem:
            return _Failure(str(problem), reader.is_strict)

    def _price(self, reader: ColumnReader, cell: str, currency: str) -> Any:
        if is_empty(cell) or is_placeholder(cell):
            return _EMPTY
        key = cell + "\0" + currency
        if key not in reader.known:
            try:
                reader.known[key] = read_price(cell, currency, self.free_in)
            except NoCurrency as bare:
                reader.known[key] = _Failure(str(bare), lacks_currency=True, is_asked=True)
            except LeftOut as left_out:
                reader.known[key] = _Failure(str(left_out))
            except UnreadableCell as problem:
                reader.known[key] = _Failure(str(problem), True)
        value = reader.known[key]
        self.lacks_currency |= isinstance(value, _Failure) and value.lacks_currency
        return value

    def _draft(self, values: dict[str, Any], lengths: Mapping[str, str]) -> Draft:
        values.pop("currency", None)
        if lengths:
            _take_lengths(values, lengths, "description" if self.kind == "programs" else "notes")
        if self.kind == "programs":
            return ProgramDraft(**values)
        if "stage" not in values and ("awarded_on" in values or "valid_until" in values or "license_number" in values):
            values["stage"] = Stage.EARNED
        return CredentialDraft(**values)


def _take_lengths(values: dict[str, Any], lengths: Mapping[str, str], text_field: str) -> None:
    """Turn a length and the hours per week into the whole effort; else keep both as they are written, in a text."""
    weekly, weeks = values.pop("weekly_effort", None), values.pop("length", None)
    if (stray := lengths.get("estimated_minutes")) is not None:
        weekly, weeks = weekly or _tried(read_weekly_minutes, stray), weeks or _tried(read_weeks, stray)
    if weekly and weeks and "estimated_minutes" not in values and weeks <= _MOST_WEEKS:
        values["estimated_minutes"] = int((Decimal(weekly) * weeks).to_integral_value())
        return
    lines = [f"{_LENGTHS[name]}: {' '.join(text.split())}" for name, text in lengths.items()]
    values[text_field] = "\n".join(filter(None, [values.get(text_field, ""), *dict.fromkeys(lines)]))


def _tried(read: Callable[[str], Any], text: str) -> Any:
    try:
        return read(text)
    except UnreadableCell:
        return None


def unguard(cell: str) -> str:
    """Return a cell of our own export without the one sign put before text that a spreadsheet would calculate."""
    return cell[1:] if cell[:1] == "'" else cell
