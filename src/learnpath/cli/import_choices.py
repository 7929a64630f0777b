"""What the options of the import say about one file: columns, dates, cells, decisions.

Belongs here: reading `NAME=VALUE` entries and finding what they name in a file. Nothing is printed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast, get_args

from learnpath.errors import UsageError
from learnpath.interchange.drafts import DateOrder, TableShape
from learnpath.interchange.plan import Decision, RowKind, possible_decisions
from learnpath.services.importing import Preview, ReadingOptions, decide_rows

_MOST_DIGITS = 10
_FIX_HINT = "Name a row that is there, and a column that is read or a field that is missing."
_UNDECIDED = "undecided"
_DECIDE_HINT = "Write LINE=new, LINE=update or LINE=skip, or undecided= for all rows that are open."


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided: rows by the line they are on, and what becomes of all others that are open (None: nothing)."""

    lines: Mapping[int, Decision] = field(default_factory=dict[int, Decision])
    of_open: Decision | None = None

    @classmethod
    def read(cls, entries: Sequence[str]) -> "Decisions":
        """Return the decisions that entries such as `12=new` and `undecided=skip` name; UsageError for others."""
        lines: dict[int, Decision] = {}
        of_open: Decision | None = None
        for entry in entries:
            place, _, word = entry.partition("=")
            line = _number(place)
            if word not in get_args(Decision) or (line is None and place.strip() != _UNDECIDED):
                raise UsageError(f"“{entry}” is no decision.", _DECIDE_HINT)
            decision = cast("Decision", word)
            if line is None:
                of_open = decision
            else:
                lines[line] = decision
        return cls(lines, of_open)

    def apply(self, preview: Preview) -> Preview:
        """Return the preview with these decisions; UsageError for a line that is not there or does not take its one."""
        chosen: dict[int, Decision] = {}
        plan = preview.plan
        places = {row.line: at for at, row in enumerate(preview.parsed.rows)} if plan is not None else {}
        for line, decision in self.lines.items():
            at = places.get(line)
            if at is None or plan is None:
                raise UsageError(f"{preview.file_name} has no row on line {line}. Nothing was imported.", _DECIDE_HINT)
            possible = possible_decisions(plan.rows[at])
            if decision not in possible:
                what = f"It can be decided as {' or '.join(possible)}." if possible else "It takes no decision."
                raise UsageError(f"Line {line} cannot be decided as “{decision}”. Nothing was imported.", what)
            chosen[at] = decision
        if self.of_open is not None and plan is not None:
            for at, row in enumerate(plan.rows):
                if row.kind is RowKind.UNDECIDED and at not in chosen and self.of_open in possible_decisions(row):
                    chosen[at] = self.of_open
        return decide_rows(preview, chosen)


def read_date_orders(entries: Sequence[str]) -> tuple[DateOrder | None, list[str]]:
    """Return the order for all columns, and the entries that name a column; UsageError for what is no order."""
    for_all: DateOrder | None = None
    for_columns: list[str] = []
    for entry in entries:
        column, _, order = entry.rpartition("=")
        if order not in get_args(DateOrder):
            raise UsageError(f"“{entry}” is no order of day and month.", "Write dmy or mdy, or COLUMN=dmy.")
        if column:
            for_columns.append(entry)
        else:
            for_all = cast("DateOrder", order)
    return for_all, for_columns


def order_dates(options: ReadingOptions, table: TableShape | None, entries: Sequence[str]) -> ReadingOptions:
    """Return the options with the date orders that entries `COLUMN=dmy` name; UsageError for an unknown column."""
    if not entries or table is None:
        return options
    orders = dict(options.date_orders)
    for entry in entries:
        column, _, order = entry.rpartition("=")
        orders[column_index(table.columns, column)] = cast("DateOrder", order)
    return replace(options, date_orders=orders)


def map_columns(preview: Preview, entries: Sequence[str]) -> ReadingOptions:
    """Return a preview's options with the columns that entries `FIELD=COLUMN` name; UsageError for unknown ones."""
    if not entries:
        return preview.options
    table = preview.parsed.table
    if table is None:
        raise UsageError(f"{preview.file_name} is no table: its columns cannot be mapped.")
    chosen = dict(table.mapping)
    known = {field.name for field in table.fields}
    for entry in entries:
        field_name, equals, column = entry.partition("=")
        if not equals:
            raise UsageError(f"“{entry}” is no mapping.", "Write FIELD=COLUMN.")
        if field_name not in known:
            raise UsageError(f"There is no field “{field_name}”.", f"Fields: {', '.join(sorted(known))}.")
        chosen[field_name] = column_index(table.columns, column)
    return replace(preview.options, mapping=chosen)


def fix_cells(preview: Preview, entries: Sequence[str], again: Callable[[ReadingOptions], Preview]) -> Preview:
    """Return the preview `again` makes with the cells that entries `LINE:COLUMN=TEXT` name; UsageError for others."""
    table = preview.parsed.table
    corrections: dict[tuple[int, int | str], str] = {}
    lines: dict[str, int] = {}
    for entry in entries:
        place, equals, text = entry.partition("=")
        line, colon, column = place.partition(":")
        number = _number(line)
        if not (equals and colon and number is not None):
            raise UsageError(f"“{entry}” names no cell.", "Write LINE:COLUMN=TEXT.")
        found: int | str = column.strip()
        if table is not None:
            found = column_index(table.columns, column)
        elif (at := _number(column)) is not None:
            if not 1 <= at <= max((len(row.raw) for row in preview.parsed.rows), default=0):
                raise UsageError(f"There is no column “{column}”.", "Columns are counted from 1.")
            found = at - 1
        corrections[number, found] = text
        lines[entry] = number
    fixed = again(replace(preview.options, corrections=corrections))
    before, after = ({row.line: row for row in one.parsed.rows} for one in (preview, fixed))
    for entry, number in lines.items():
        if before.get(number) == after.get(number):
            raise UsageError(f"“{entry}” mends nothing in {preview.file_name}. Nothing was imported.", _FIX_HINT)
    return fixed


def column_index(columns: Sequence[str], wanted: str) -> int:
    """Return the place of a column, from 0, that is named by its header or its number from 1; else UsageError."""
    for index, name in enumerate(columns):
        if name.casefold() == wanted.strip().casefold():
            return index
    number = _number(wanted)
    if number is not None and 1 <= number <= len(columns):
        return number - 1
    raise UsageError(f"There is no column “{wanted}”.", f"Columns: {', '.join(columns)}.")


def _number(text: str) -> int | None:
    digits = text.strip()
    return int(digits) if digits.isdecimal() and len(digits) < _MOST_DIGITS else None
