"""The columns of a table and what they mean: every field with its column, the header row, and how values are read."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from learnpath.gui.infra.theme import Theme
from learnpath.gui.screens.importing.currency_choices import likeliest_first
from learnpath.gui.screens.importing.reading import Reading
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.interchange.drafts import DateOrder, TableShape
from learnpath.services.importing import ReadingOptions

_Choices = Sequence[tuple[str, object]]
_Field = tuple[str, str, _Choices, object]
_SAMPLES = 2
_MOST_LETTERS = 28
_HEIGHT = 250
_LEAST_HEIGHT = 72
_COLUMN_ORDER = "date_order:"
# Narrower than this, two boxes beside each other would be cut off.
_TWO_FROM = 620


class MappingPanel(QScrollArea):
    """Shows how a table was read. `options_chosen(ReadingOptions)`: the person wants it read otherwise."""

    options_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._currencies: Sequence[str] = ()
        self._options = ReadingOptions()
        self._shape: TableShape | None = None
        self._waiting: Reading | None = None
        self._fields: dict[str, QComboBox] = {}
        self._grid = QGridLayout()
        self._groups: list[list[tuple[QWidget, QWidget]]] = []
        self._per_line = 2
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        """Return the height for some of the fields; the others are scrolled to."""
        return QSize(super().sizeHint().width(), self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the height for two lines of fields."""
        return QSize(super().minimumSizeHint().width(), self._theme.px(_LEAST_HEIGHT))

    def show_reading(self, reading: Reading) -> None:
        """Show how a file was read; does nothing for a file that is no table.

        The boxes are made when they are looked at: most files are imported without.
        """
        self._waiting = reading
        if self.isVisible():
            self._show_waiting()

    def forget(self) -> None:
        """Let go of a file that is no longer shown."""
        self._waiting = None

    def showEvent(self, event: QShowEvent) -> None:
        """Make the boxes of the file that was read last."""
        super().showEvent(event)
        self._show_waiting()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put one or two boxes on a line."""
        super().resizeEvent(event)
        per_line = 2 if self.width() >= self._theme.px(_TWO_FROM) else 1
        if per_line != self._per_line:
            self._per_line = per_line
            self._arrange()

    def _show_waiting(self) -> None:
        reading, self._waiting = self._waiting, None
        shape = reading.preview.parsed.table if reading is not None else None
        if reading is None or shape is None:
            return
        self._options, self._shape = reading.preview.options, shape
        self._currencies = likeliest_first(reading.currencies)
        holder = QWidget()
        holder.setAutoFillBackground(False)
        outer = QVBoxLayout(holder)
        outer.setContentsMargins(0, 0, 8, 0)
        outer.setSpacing(12)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._fields = {}
        self._groups = [self._make(self._general_fields(shape)), self._make(self._column_fields(shape))]
        self._arrange()
        outer.addLayout(self._grid)
        outer.addStretch()
        focused = self._focused_name()
        self.setWidget(holder)
        holder.setAutoFillBackground(False)
        if focused in self._fields:
            self._fields[focused].setFocus()

    def field(self, name: str) -> QComboBox:
        """Return the box of a field, or of `sheet`, `header_row`, `currency`, `on_duplicate`, `date_order`.

        `date_order:3` is that of the dates in column 3 (from 0), where they leave their order open.
        """
        self._show_waiting()
        return self._fields[name]

    def _focused_name(self) -> str:
        return next((name for name, box in self._fields.items() if box.hasFocus()), "")

    def _general_fields(self, shape: TableShape) -> Sequence[_Field]:
        options = self._options
        rows = [self._row_text(at, cells) for at, cells in enumerate(shape.head)]
        headers: list[tuple[str, object]] = [(self.tr("No header"), -1)]
        headers += [(text, at) for at, text in enumerate(rows) if text]
        if shape.header_row >= len(rows):
            headers.append((self.tr("Row {0}").format(shape.header_row + 1), shape.header_row))
        orders: list[tuple[str, object]] = [
            (self.tr("As the file says"), None),
            (self.tr("Day first (14/5/2024)"), "dmy"),
            (self.tr("Month first (5/14/2024)"), "mdy"),
        ]
        by_column = sorted(at for at in {*options.date_orders, *shape.ambiguous_dates} if at < len(shape.columns))
        columns: list[_Field] = [
            (
                f"{_COLUMN_ORDER}{at}",
                self.tr("Dates in “{0}”").format(_short(shape.columns[at])),
                orders,
                options.date_orders.get(at),
            )
            for at in by_column
        ]
        currencies: list[tuple[str, object]] = [(self.tr("As the file says"), None)]
        currencies += [(code, code) for code in self._currencies]
        present: list[tuple[str, object]] = [
            (self.tr("Update it"), "update"),
            (self.tr("Leave it as it is"), "keep"),
        ]
        sheets: list[tuple[str, object]] = [(name, name) for name in shape.sheets]
        chosen_sheet = [("sheet", self.tr("Sheet"), sheets, shape.sheet)] if len(sheets) > 1 else []
        return [
            *chosen_sheet,
            ("header_row", self.tr("Header"), headers, shape.header_row),
            ("date_order", self.tr("Other dates") if columns else self.tr("Dates"), orders, options.date_order),
            *columns,
            ("currency", self.tr("Amounts without currency"), currencies, options.currency),
            ("on_duplicate", self.tr("What is already here"), present, options.on_duplicate),
        ]

    def _column_fields(self, shape: TableShape) -> Sequence[_Field]:
        columns: list[tuple[str, object]] = [(self.tr("Not in the file"), -1)]
        columns += [(self._column_text(shape, at), at) for at in range(len(shape.columns))]
        return [
            (field.name, self.tr(field.label), columns, shape.mapping.get(field.name, -1)) for field in shape.fields
        ]

    def _make(self, fields: Sequence[_Field]) -> list[tuple[QWidget, QWidget]]:
        made: list[tuple[QWidget, QWidget]] = []
        for name, label, choices, current in fields:
            box = self._box(name, label, choices, current)
            self._fields[name] = box
            text = PlainLabel(self._theme, label, "small", "muted")
            text.setBuddy(box)
            made.append((text, box))
        return made

    def _arrange(self) -> None:
        first = 0
        for group in self._groups:
            lines = -(-len(group) // self._per_line)
            for place, (text, box) in enumerate(group):
                row, column = first + place % lines, place // lines * 2
                self._grid.addWidget(text, row, column)
                self._grid.addWidget(box, row, column + 1)
            self._grid.setRowMinimumHeight(first + lines, self._theme.px(8))
            first += lines + 1
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, self._per_line - 1)

    def _box(self, name: str, label: str, choices: Sequence[tuple[str, object]], current: object) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        box.setAccessibleName(label)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(12)
        for text, value in choices:
            box.addItem(text, value)
            if value == current:
                box.setCurrentIndex(box.count() - 1)
        box.activated.connect(partial(self._choose, name))
        return box

    def _choose(self, name: str, place: int) -> None:
        value: object = self._fields[name].itemData(place)
        shape = self._shape
        if shape is None:
            return
        if name == "header_row":
            # The columns are others then, so their mapping begins anew.
            options = replace(self._options, header_row=value, mapping=None, date_orders={})  # pyright: ignore[reportArgumentType]
        elif name == "sheet":
            # Another table altogether: only what holds for the whole file stays.
            options = ReadingOptions(sheet=str(value), on_duplicate=self._options.on_duplicate)
        elif name.startswith(_COLUMN_ORDER):
            at = int(name.removeprefix(_COLUMN_ORDER))
            others = {column: order for column, order in self._options.date_orders.items() if column != at}
            chosen = {at: cast("DateOrder", value)} if value is not None else {}
            options = replace(self._options, date_orders=others | chosen)
        elif name in {"date_order", "currency", "on_duplicate"}:
            options = replace(self._options, **{name: value})  # pyright: ignore[reportArgumentType]
        else:
            mapping = {field: at for field, at in shape.mapping.items() if at != value and field != name}
            if isinstance(value, int) and value >= 0:
                mapping[name] = value
            options = replace(self._options, mapping=mapping)
        if options != self._options:
            self._options = options
            self.options_chosen.emit(options)

    def _column_text(self, shape: TableShape, column: int) -> str:
        cells = (row[column] for row in shape.sample if column < len(row))
        samples = [_short(cell) for cell in cells if cell.strip()][:_SAMPLES]
        name = shape.columns[column]
        return f"{name} – {', '.join(samples)}" if samples else name

    def _row_text(self, at: int, cells: Sequence[str]) -> str:
        filled = [_short(cell) for cell in cells if cell.strip()]
        if not filled:
            return ""
        return self.tr("Row {0}: {1}").format(at + 1, ", ".join(filled[:4]))


def _short(text: str) -> str:
    plain = " ".join(text[:200].split())
    return plain if len(plain) <= _MOST_LETTERS else f"{plain[: _MOST_LETTERS - 1]}…"
