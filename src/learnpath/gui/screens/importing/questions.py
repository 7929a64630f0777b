"""What a file leaves open and a person must say: which order its dates are in, and in which currency its amounts.

Asked in a strip above the rows; nothing is guessed, and the file can be imported without the answer. Columns of dates
are asked about one after the other.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from learnpath.gui.infra.shapes import paint_rounded
from learnpath.gui.infra.theme import Theme
from learnpath.gui.screens.importing.currency_choices import likeliest_first
from learnpath.gui.screens.importing.reading import Reading
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.themed import ThemedWidget
from learnpath.gui.widgets.wording import date_text, tip_text
from learnpath.interchange.drafts import DateOrder, TableShape
from learnpath.services.importing import ReadingOptions

_ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy")


class _Question(ThemedWidget):
    """One question with its answers at the right."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.label = PlainLabel(theme, "", "body", wrap=True)
        self.answers = QHBoxLayout()
        self.answers.setSpacing(8)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self.label, 1)
        row.addLayout(self.answers)
        self.hide()

    def ask(self, text: str) -> None:
        self.label.setText(text)
        self.setVisible(bool(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        line = self._theme.color("warn") if self._theme.name == "contrast" else None
        paint_rounded(QPainter(self), self.rect(), 8, self._theme.color("warn-soft"), line)


class Questions(QWidget):
    """The open questions of a file. `options_chosen(ReadingOptions)`: one was answered."""

    options_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = ReadingOptions()
        self._column = 0
        self._reading: Reading | None = None
        self._is_tight = False
        self._dates = _Question(theme, self)
        self._money = _Question(theme, self)
        self.orders: dict[DateOrder, QPushButton] = {order: QPushButton() for order in _ORDERS}
        self.currency = QComboBox()
        self._build()

    def show_reading(self, reading: Reading) -> None:
        """Ask what the file leaves open; nothing for most files."""
        table = reading.preview.parsed.table
        self._reading = reading
        self._options = reading.preview.options
        self._ask_dates(table)
        self._ask_money(table, reading.currencies)
        self.setVisible(not self._dates.isHidden() or not self._money.isHidden())

    def set_tight(self, tight: bool) -> None:
        """Ask in few words where there is little height, or no longer."""
        self._is_tight = tight
        if self._reading is not None:
            self.show_reading(self._reading)

    def forget(self) -> None:
        """Let go of a file that is no longer shown."""
        self._reading = None

    def _ask_dates(self, table: TableShape | None) -> None:
        if table is None or not table.ambiguous_dates:
            self._dates.ask("")
            return
        self._column, date = next(iter(table.ambiguous_dates.items()))
        proposed = _likely_order(table)
        for order, button in self.orders.items():
            kind = self.tr("Day first") if order == "dmy" else self.tr("Month first")
            whole = f"{kind}: {date_text(date.day_first if order == 'dmy' else date.month_first)}"
            button.setText(kind if self._is_tight else whole)
            button.setToolTip(whole if self._is_tight else "")
            button.setAccessibleName(whole)
            button.setProperty("primary", order == proposed)
            button.style().polish(button)
        text = self.tr("In “{0}”, is “{1}” written day first or month first? Until you say, they stay empty.")
        texts = [text.format(table.columns[self._column], date.text)]
        if proposed is not None:
            texts.append(
                self.tr("Other dates of this file are day first.")
                if proposed == "dmy"
                else self.tr("Other dates of this file are month first.")
            )
        if len(table.ambiguous_dates) > 1:
            texts.append(self.tr("%n more to ask about.", "", len(table.ambiguous_dates) - 1))
        whole = " ".join(texts)
        self._dates.ask(self.tr("What comes first in “{0}”?").format(date.text) if self._is_tight else whole)
        self._dates.label.setToolTip(tip_text(whole) if self._is_tight else "")

    def _ask_money(self, table: TableShape | None, currencies: Sequence[str]) -> None:
        if table is None or not table.needs_currency or self._options.currency is not None:
            self._money.ask("")
            return
        column = table.mapping.get("price", -1)
        name = table.columns[column] if 0 <= column < len(table.columns) else ""
        text = self.tr("The amounts in “{0}” have no currency. Which one is it? Until you say, they stay empty.")
        if self._is_tight:
            text = self.tr("In which currency is “{0}”?")
        self._offer(likeliest_first(currencies))
        self._money.ask(text.format(name))

    def _build(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self._dates)
        rows.addWidget(self._money)
        for order, button in self.orders.items():
            button.clicked.connect(partial(self._choose_order, order))
            self._dates.answers.addWidget(button)
        self.currency.setAccessibleName(self.tr("Currency of the amounts"))
        self.currency.activated.connect(self._choose_currency)
        self._money.answers.addWidget(self.currency)

    def _offer(self, codes: Sequence[str]) -> None:
        self.currency.clear()
        self.currency.addItem(self.tr("Choose a currency…"), None)
        for code in codes:
            self.currency.addItem(code, code)

    def _choose_order(self, order: DateOrder, _checked: bool = False) -> None:
        orders = {**self._options.date_orders, self._column: order}
        self.options_chosen.emit(replace(self._options, date_orders=orders))

    def _choose_currency(self, place: int) -> None:
        code: object = self.currency.itemData(place)
        if isinstance(code, str):
            self.options_chosen.emit(replace(self._options, currency=code))


def _likely_order(table: TableShape) -> DateOrder | None:
    """Return the order that the other columns of dates are in, None when there is none or they differ."""
    orders = set(table.date_orders.values())
    return table.proved_order or (orders.pop() if len(orders) == 1 else None)
