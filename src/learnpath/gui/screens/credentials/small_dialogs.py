"""The short questions of this screen: why it was let go, what it cost, how long one studied."""

from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial

from PySide6.QtCore import QStringListModel, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from learnpath.domain.dates import PartialDate
from learnpath.domain.listing import Choice
from learnpath.domain.money import Money
from learnpath.domain.records import ClaimState, CostKind, CostLine, CostState, Payer
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.widgets.date_field import DateField
from learnpath.gui.widgets.duration_field import DurationField
from learnpath.gui.widgets.form_dialog import FormDialog
from learnpath.services.suggestions import suggest_credentials

_TYPING_PAUSE_MILLISECONDS = 40


class LetGoDialog(FormDialog):
    """Asks for the reason, which may stay empty. `ready(str)`."""

    ready = Signal(str)

    def __init__(self, context: GuiContext, what: str, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, "", "", parent)
        self.heading.setText(self.tr("Let go: {what}").format(what=what))
        self.setWindowTitle(self.tr("Let go"))
        self.save_button.setText(self.tr("Let go"))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(self.tr("For your own memory; may stay empty"))
        self.add_field("reason", self.tr("Reason"), self.reason)
        self.submitted.connect(self._send)
        self.reason.setFocus()
        self.fit(420)

    def _send(self) -> None:
        self.ready.emit(self.reason.text().strip())


class CostDialog(FormDialog):
    """Asks for one cost line. `ready(CostLine)`."""

    ready = Signal(object)

    def __init__(self, context: GuiContext, cost: CostLine, parent: QWidget | None = None) -> None:
        """Show `cost`; its id is 0 when it is to be added."""
        is_new = cost.id == 0
        super().__init__(context.theme, "", "", parent)
        title = self.tr("Add cost") if is_new else self.tr("Edit cost")
        self.heading.setText(title)
        self.setWindowTitle(title)
        self.save_button.setText(self.tr("Add cost") if is_new else self.tr("Save changes"))
        self._cost = cost
        self.amount, self.currency, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.kind, self.state = QComboBox(), QComboBox()
        self.payer, self.claim = QComboBox(), QComboBox()
        self.incurred_on = DateField(context.theme, self.tr("On"), context.today, "past")
        self.claim_by = DateField(context.theme, self.tr("Claim by"), context.today)
        self._build()
        self._show(cost, is_new=is_new)
        self._follow_claim()
        self.submitted.connect(self._check)
        self.claim.currentIndexChanged.connect(self._follow_claim)
        self.amount.setFocus()

    def _build(self) -> None:
        names = self._names()
        for field, options in (
            (self.kind, CostKind),
            (self.state, CostState),
            (self.payer, Payer),
            (self.claim, ClaimState),
        ):
            for option in options:
                field.addItem(names[option])
        for key, name, field in (
            ("amount", self.tr("Amount"), self.amount),
            ("currency", self.tr("Currency"), self.currency),
            ("kind", self.tr("For"), self.kind),
            ("state", self.tr("State"), self.state),
            ("payer", self.tr("Paid by"), self.payer),
            ("incurred_on", self.tr("On"), self.incurred_on),
            ("claim", self.tr("Reimbursement"), self.claim),
            ("claim_by", self.tr("Claim by"), self.claim_by),
            ("note", self.tr("Note"), self.note),
        ):
            self.add_field(key, name, field)

    def _names(self) -> dict[object, str]:
        return {
            CostKind.EXAM: self.tr("Exam"),
            CostKind.COURSE: self.tr("Course"),
            CostKind.MATERIAL: self.tr("Material"),
            CostKind.MEMBERSHIP: self.tr("Membership"),
            CostKind.RENEWAL: self.tr("Renewal"),
            CostKind.TRAVEL: self.tr("Travel"),
            CostKind.OTHER: self.tr("Something else"),
            CostState.PLANNED: self.tr("Planned"),
            CostState.COMMITTED: self.tr("Committed"),
            CostState.PAID: self.tr("Paid"),
            CostState.REFUNDED: self.tr("Refunded"),
            Payer.SELF: self.tr("Me"),
            Payer.EMPLOYER: self.tr("My employer"),
            ClaimState.NONE: self.tr("None"),
            ClaimState.TO_CLAIM: self.tr("To claim"),
            ClaimState.CLAIMED: self.tr("Claimed"),
            ClaimState.REIMBURSED: self.tr("Reimbursed"),
        }

    def _show(self, cost: CostLine, *, is_new: bool) -> None:
        self.amount.setText("" if is_new else str(cost.price.amount))
        self.currency.setText(cost.price.currency)
        self.currency.setMaxLength(3)
        self.kind.setCurrentIndex(tuple(CostKind).index(cost.kind))
        self.state.setCurrentIndex(tuple(CostState).index(cost.state))
        self.payer.setCurrentIndex(tuple(Payer).index(cost.payer))
        self.claim.setCurrentIndex(tuple(ClaimState).index(cost.claim_state))
        self.incurred_on.set_value(cost.incurred_on)
        self.claim_by.set_value(cost.claim_by)
        self.note.setText(cost.note)

    def _follow_claim(self) -> None:
        self.show_field("claim_by", shown=tuple(ClaimState)[self.claim.currentIndex()] is ClaimState.TO_CLAIM)
        self.fit(460)

    def _check(self) -> None:
        price, mistakes = self._price()
        if self.show_mistakes(mistakes) or price is None:
            return
        cost = self._cost
        self.ready.emit(
            CostLine(
                id=cost.id,
                credential_id=cost.credential_id,
                kind=tuple(CostKind)[self.kind.currentIndex()],
                price=price,
                state=tuple(CostState)[self.state.currentIndex()],
                payer=tuple(Payer)[self.payer.currentIndex()],
                incurred_on=self.incurred_on.value,
                claim_state=tuple(ClaimState)[self.claim.currentIndex()],
                claim_by=self.claim_by.value,
                note=self.note.text().strip(),
            )
        )

    def _price(self) -> tuple[Money | None, dict[str, str]]:
        mistakes: dict[str, str] = {}
        try:
            amount = Decimal(self.amount.text().strip().replace(" ", "").replace(",", "."))
            if not amount.is_finite() or not 0 <= amount < 10**9:
                raise InvalidOperation
        except InvalidOperation:
            mistakes["amount"] = self.tr("Enter an amount such as 165 or 39.50.")
            amount = Decimal(0)
        try:
            return Money.of(amount, self.currency.text().strip().upper()), mistakes
        except ValueError:
            return None, {**mistakes, "currency": self.tr("Enter a currency of three letters such as EUR.")}


class StudyDialog(FormDialog):
    """Asks how long one studied. `ready(minutes, date, credential id or 0, note)`."""

    ready = Signal(int, object, object, str)

    def __init__(self, context: GuiContext, about: Choice | None, parent: QWidget | None = None) -> None:
        """`about` is the credential to begin with, None for study in general."""
        super().__init__(context.theme, "", "", parent)
        self.heading.setText(self.tr("Log study time"))
        self.setWindowTitle(self.tr("Log study time"))
        self.save_button.setText(self.tr("Log study time"))
        self._context = context
        self._known: dict[str, int] = {about.name: about.id} if about else {}
        self.length = DurationField(context.theme, self.tr("Studied"))
        self.on = DateField(context.theme, self.tr("Day"), context.today, "past")
        self.about, self.note = QLineEdit(about.name if about else ""), QLineEdit()
        self._names = QStringListModel(self)
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MILLISECONDS)
        self._build()
        self.submitted.connect(self._check)
        self.about.textEdited.connect(self._pause.start)
        self._pause.timeout.connect(self._ask)

    def _build(self) -> None:
        self.on.set_value(PartialDate.of(self._context.today()))
        self.about.setPlaceholderText(self.tr("Study in general"))
        self.about.setCursorPosition(0)
        self._completer = QCompleter(self._names, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.about.setCompleter(self._completer)
        self.add_field("length", self.tr("Studied"), self.length)
        self.add_field("on", self.tr("Day"), self.on)
        self.add_field("about", self.tr("For"), self.about)
        self.add_field("note", self.tr("Note"), self.note)
        self.length.setFocus()
        self.fit(460)

    def _ask(self) -> None:
        context = self._context
        task = partial(suggest_credentials, context.library, self.about.text(), context.today())
        context.operations.read(task, self._offer, replaces="credentials.study")

    def _offer(self, found: list[Choice]) -> None:
        self._known.update({choice.name: choice.id for choice in found})
        self._names.setStringList([choice.name for choice in found])
        if found and self.about.hasFocus() and self.about.text() not in self._known:
            self._completer.complete()

    def _check(self) -> None:
        mistakes: dict[str, str] = {}
        minutes, day = self.length.minutes, self._day()
        name = self.about.text().strip()
        if minutes is None or not 0 < minutes <= 24 * 60:
            mistakes["length"] = self.tr("Enter a study time between 1 minute and 24 hours.")
        if day is None:
            mistakes["on"] = self.tr("Enter a day.")
        if name and name not in self._known:
            mistakes["about"] = self.tr("Choose a credential from the list, or leave this empty.")
        if self.show_mistakes(mistakes) or minutes is None or day is None:
            return
        self.ready.emit(minutes, day, self._known.get(name, 0), self.note.text().strip())

    def _day(self) -> date | None:
        value = self.on.value
        return value.first_day if value is not None and value.precision == "day" else None
