"""From rows of cells to drafts: one bad value never takes more than its row along."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

from learnpath.domain.records import Stage
from learnpath.interchange.cells.prices import read_price
from learnpath.interchange.cells.reading import LeftOut, NoCurrency, UnreadableCell
from learnpath.interchange.cells.words import is_empty
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
    """Why a cell gave nothing. `spoils` the whole row when the field is strict and the text was no such value."""

    phrase: str
    spoils: bool
    is_silent: bool = False


_NO_CURRENCY = _Failure("", False, True)


@dataclass(slots=True)
class RowBuilder:
    """Builds drafts from padded rows. `lacks_currency` is set when an amount was left out for want of one."""

    kind: TableKind
    readers: Sequence[ColumnReader]
    width: int
    currency: str = ""
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
        notes: list[str] = []
        spoiled: list[str] = []
        faults: list[Fault] = []
        for reader in self.readers:
            value = self._value(reader, cells[reader.column], values)
            if value.__class__ is _Failure:
                if not value.is_silent:
                    (spoiled if value.spoils else notes).append(f"{where}: {value.phrase}")
                    faults.append(Fault(reader.name, reader.column, value.phrase))
            elif value is not None:
                values[reader.name] = value
        if len(cells) > self.width and not all(map(is_empty, cells[self.width :])):
            notes.append(f"{where}: {len(cells) - self.width} more cells than columns")
        title = "name" if self.kind == "programs" else "title"
        if not values.get(title):
            spoiled.append(f"{where}: no title")
            column = next((reader.column for reader in self.readers if reader.name == title), None)
            faults += [Fault(title, column, "no title")] if column is not None else []
        draft = None if spoiled else self._draft(values)
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
        if is_empty(text):
            return _EMPTY
        try:
            value = reader.read(text)
            if isinstance(value, tuple) and not self.is_own_export:
                # Escapes in a list of names may stand for what no text of a file may hold.
                names = cast("tuple[str, ...]", value)
                return tuple(plain for name in names if (plain := without_odd_signs(name)))
            return cast("object", value)
        except LeftOut as left_out:
            return _Failure(str(left_out), False, reader.column in self.ambiguous)
        except UnreadableCell as problem:
            return _Failure(str(problem), reader.is_strict)

    def _price(self, reader: ColumnReader, cell: str, currency: str) -> Any:
        if is_empty(cell):
            return _EMPTY
        key = cell + "\0" + currency
        if key not in reader.known:
            try:
                reader.known[key] = read_price(cell, currency)
            except NoCurrency:
                reader.known[key] = _NO_CURRENCY
            except LeftOut as left_out:
                reader.known[key] = _Failure(str(left_out), False)
            except UnreadableCell as problem:
                reader.known[key] = _Failure(str(problem), True)
        value = reader.known[key]
        self.lacks_currency |= value is _NO_CURRENCY
        return value

    def _draft(self, values: dict[str, Any]) -> Draft:
        values.pop("currency", None)
        if self.kind == "programs":
            weekly, weeks = values.pop("weekly_effort", None), values.pop("length", None)
            if weekly and weeks and "estimated_minutes" not in values and weeks <= _MOST_WEEKS:
                values["estimated_minutes"] = int((Decimal(weekly) * weeks).to_integral_value())
            return ProgramDraft(**values)
        if "stage" not in values and ("awarded_on" in values or "valid_until" in values or "license_number" in values):
            values["stage"] = Stage.EARNED
        return CredentialDraft(**values)


def unguard(cell: str) -> str:
    """Return a cell of our own export without the one sign put before text that a spreadsheet would calculate."""
    return cell[1:] if cell[:1] == "'" else cell
