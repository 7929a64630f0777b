"""The cards that list rows: the next deadlines, and what needs action."""

from collections.abc import Sequence
from datetime import date
from itertools import islice

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from learnpath.domain.attention import Attention
from learnpath.domain.deadlines import Deadline, Urgency
from learnpath.gui.infra.theme import Theme
from learnpath.gui.models.deadline_lines import deadline_line, deadline_tip
from learnpath.gui.screens.overview.attention_wording import attention_line, attention_tip
from learnpath.gui.widgets.agenda_line import AgendaLine
from learnpath.gui.widgets.card import Card
from learnpath.gui.widgets.deadline_row import DeadlineRow
from learnpath.gui.widgets.link_button import LinkButton
from learnpath.gui.widgets.plain_label import PlainLabel

DEADLINES_SHOWN = 4
ATTENTION_SHOWN = 4
ATTENTION_MOST = 40


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("RowsCard", text, None, count)


class RowsCard(Card):
    """A card with a few rows and a sentence for when there are none.

    `row_chosen(key)`: a row was opened. `refilled`: there are other rows than before.
    """

    row_chosen = Signal(object)
    refilled = Signal()

    def __init__(self, theme: Theme, title: str, link: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, title, link, parent)
        self.rows: list[DeadlineRow] = []
        self.empty = PlainLabel(theme, sentence, "body", "muted", wrap=True)
        self.body.setSpacing(0)
        self.body.addWidget(self.empty)
        self.body.addStretch()

    def show_rows(self, rows: Sequence[tuple[AgendaLine, str, object]]) -> None:
        """Show a row for each line, its explanation and its key."""
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [self._row(line, tip, key) for line, tip, key in rows]
        for index, row in enumerate(self.rows):
            self.body.insertWidget(index, row)
        self.empty.setVisible(not self.rows)
        self.refilled.emit()

    def tab_stops(self) -> list[QWidget]:
        """Return what the tab key stops at, in order."""
        return [self._link, *self.rows]

    def _row(self, line: AgendaLine, tip: str, key: object) -> DeadlineRow:
        row = DeadlineRow(self._theme, line.when, line.title, line.subtitle, line.chip, line.kind, key, tip=tip)
        row.activated.connect(self.row_chosen)
        return row


class DeadlinesCard(RowsCard):
    """The next four dates."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        sentence = _tr("No dates ahead. Expiry dates, exams, claims and targets appear here by themselves.")
        super().__init__(theme, _tr("Next deadlines"), _tr("All deadlines"), sentence, parent)

    def show_deadlines(self, deadlines: Sequence[Deadline], today: date) -> None:
        """Show the first four. A target that slipped is no date ahead: it stands in "Needs action"."""
        ahead = (one for one in deadlines if one.on >= today or one.urgency is Urgency.ACT)
        shown = list(islice(ahead, DEADLINES_SHOWN))
        self.show_rows(
            [(deadline_line(one, today, distance_first=True), deadline_tip(one, today), one) for one in shown]
        )


class AttentionCard(RowsCard):
    """What needs doing now, a few at first, more on request."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        sentence = _tr("Nothing needs you right now. A good day to learn something.")
        super().__init__(theme, _tr("Needs action"), "", sentence, parent)
        self._all: tuple[Attention, ...] = ()
        self._today = date.min
        self._whole = False
        self._beyond = 0
        self.more = LinkButton(theme, "")
        self.rest = PlainLabel(theme, "", "small", "muted", wrap=True)
        for widget in (self.more, self.rest):
            self.body.insertWidget(self.body.count() - 1, widget)
            widget.hide()
        self.more.clicked.connect(self._toggle)

    def show_attention(self, things: Sequence[Attention], beyond: int, today: date) -> None:
        """Show what needs doing; `beyond` is how many more credentials without proof the list leaves out."""
        self._all, self._beyond, self._today = tuple(things), beyond, today
        count = len(self._all) + beyond
        self.set_note(self.locale().toString(count) if count else "")
        self._fill()

    def tab_stops(self) -> list[QWidget]:
        """Return the rows and the button below them."""
        return [*self.rows, self.more]

    def _toggle(self) -> None:
        self._whole = not self._whole
        self._fill()
        self.more.setFocus()

    def _fill(self) -> None:
        most = ATTENTION_MOST if self._whole else ATTENTION_SHOWN
        shown = self._all[:most]
        self.show_rows([(attention_line(one, self._today), attention_tip(one, self._today), one) for one in shown])
        hidden = min(len(self._all), ATTENTION_MOST) - ATTENTION_SHOWN
        self.more.setVisible(hidden > 0)
        self.more.setText(_tr("Show fewer") if self._whole else _tr("Show %n more", max(hidden, 0)))
        rest = max(0, len(self._all) - ATTENTION_MOST) + self._beyond
        self.rest.setVisible(self._whole and rest > 0)
        self.rest.setText(_tr("And {count} more, less urgent.").format(count=self.locale().toString(rest)))
