"""The dialog to add or edit a program by hand."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLineEdit, QWidget

from learnpath.domain.money import Money
from learnpath.domain.records import AchievementType, LifecycleStatus
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.programs.words import lifecycle_text, validity_text
from learnpath.gui.widgets.date_field import DateField
from learnpath.gui.widgets.duration_field import DurationField
from learnpath.gui.widgets.form_dialog import FormDialog
from learnpath.gui.widgets.name_list_edit import NameListEdit, set_up_completer
from learnpath.gui.widgets.record_wording import kind_text
from learnpath.gui.widgets.text_area import TextArea
from learnpath.services.programs import ProgramForm, find_program_mistakes
from learnpath.services.suggestions import NameSuggestions, suggest_names

_KINDS = tuple(AchievementType)
_STATES = tuple(LifecycleStatus)
_TERMS = ("", "P1Y", "P2Y", "P3Y", "P5Y", "P10Y")
_MOST_MONEY = Decimal(10) ** 12


def _tr(text: str) -> str:
    return QCoreApplication.translate("ProgramDialog", text)


class ProgramDialog(FormDialog):
    """Edits a program (id 0: a new one). `saved(ProgramForm)` is sent once nothing is wrong; stores nothing itself."""

    saved = Signal(object)

    def __init__(self, context: GuiContext, form: ProgramForm, currency: str, parent: QWidget | None = None) -> None:
        """Show `form`; `currency` is the one of a price that is not there yet."""
        is_new = form.program.id == 0
        title = _tr("Add program") if is_new else _tr("Edit program")
        super().__init__(context.theme, title, _tr("Add program") if is_new else _tr("Save changes"), parent)
        self._form = form
        self._terms = (*_TERMS, *({form.program.valid_for} - set(_TERMS)))
        self.name, self.code, self.level = QLineEdit(), QLineEdit(), QLineEdit()
        self.issuer, self.url = QLineEdit(), QLineEdit()
        self.amount, self.currency = QLineEdit(), QLineEdit()
        self.kind, self.valid_for, self.lifecycle = QComboBox(), QComboBox(), QComboBox()
        self.effort = DurationField(context.theme, _tr("Effort"))
        self.retires_on = DateField(context.theme, _tr("Retires on"), context.today)
        # Titles have commas in them.
        self.required = NameListEdit(_tr("Separate programs by semicolons"), ";")
        self.skills = NameListEdit(_tr("Separate skills by commas"))
        self.tags = NameListEdit(_tr("Separate tags by commas"))
        self.description = TextArea(context.theme)
        self._build()
        self._show(form, currency)
        self.submitted.connect(self._on_submitted)
        context.operations.read(partial(suggest_names, context.library), self._offer)

    def _build(self) -> None:
        theme = self._theme
        price = QWidget()
        row = QHBoxLayout(price)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.amount, 1)
        row.addWidget(self.currency)
        price.setFocusProxy(self.amount)
        self.amount.setAccessibleName(_tr("Price"))
        self.currency.setAccessibleName(_tr("Currency"))
        self.currency.setMaxLength(3)
        self.currency.setFixedWidth(theme.px(64))
        self.url.setPlaceholderText("https://")
        for kind in _KINDS:
            self.kind.addItem(kind_text(kind))
        for state in _STATES:
            self.lifecycle.addItem(lifecycle_text(state))
        for term in self._terms:
            self.valid_for.addItem(validity_text(term) if term else _tr("Does not expire, or not known"))
        for key, name, field in (
            ("name", _tr("Name"), self.name),
            ("issuer", _tr("Issuer"), self.issuer),
            ("human_code", _tr("Code"), self.code),
            ("kind", _tr("Kind"), self.kind),
            ("level", _tr("Level"), self.level),
            ("effort", _tr("Effort"), self.effort),
            ("price", _tr("Price"), price),
            ("valid_for", _tr("Valid for"), self.valid_for),
            ("url", _tr("Web address"), self.url),
            ("required", _tr("Requires"), self.required),
            ("skills", _tr("Skills"), self.skills),
            ("tags", _tr("Tags"), self.tags),
            ("lifecycle", _tr("Availability"), self.lifecycle),
            ("retires_on", _tr("Retires on"), self.retires_on),
            ("description", _tr("Description"), self.description),
        ):
            self.add_field(key, name, field)
        self.fit(540)

    def _show(self, form: ProgramForm, currency: str) -> None:
        program = form.program
        for edit, text in (
            (self.name, program.name),
            (self.issuer, form.issuer_name),
            (self.code, program.human_code),
            (self.level, program.level),
            (self.url, program.url),
            (self.amount, str(program.price.amount) if program.price else ""),
            (self.currency, program.price.currency if program.price else currency),
        ):
            edit.setText(text)
            edit.setCursorPosition(0)
        self.kind.setCurrentIndex(_KINDS.index(program.achievement_type))
        self.lifecycle.setCurrentIndex(_STATES.index(program.lifecycle_status))
        self.valid_for.setCurrentIndex(self._terms.index(program.valid_for))
        self.effort.set_minutes(program.estimated_minutes)
        self.retires_on.set_value(program.retires_on)
        self.required.set_names(form.required_names)
        self.skills.set_names(form.skill_names)
        self.tags.set_names(form.tag_names)
        self.description.setPlainText(program.description)
        self.name.setFocus()

    def _offer(self, names: NameSuggestions) -> None:
        completer = QCompleter(self)
        set_up_completer(completer, names.issuers)
        self.issuer.setCompleter(completer)
        own = self._form.program.name
        self.required.offer([name for name in names.programs if name != own])
        self.skills.offer(names.skills)
        self.tags.offer(names.tags)

    @Slot()
    def _on_submitted(self) -> None:
        price, mistake = self._read_price()
        form = self._read(price)
        mistakes = find_program_mistakes(form)
        if mistake:
            mistakes["price"] = mistake
        if unknown := self.required.unknown():
            mistakes["required"] = _tr("There is no program “{name}” here.").format(name=unknown)
        if self.show_mistakes(mistakes):
            return
        self.saved.emit(form)
        self.accept()

    def _read(self, price: Money | None) -> ProgramForm:
        program = replace(
            self._form.program,
            name=self.name.text(),
            human_code=self.code.text().strip(),
            level=self.level.text().strip(),
            url=self.url.text().strip(),
            achievement_type=_KINDS[self.kind.currentIndex()],
            lifecycle_status=_STATES[self.lifecycle.currentIndex()],
            valid_for=self._terms[self.valid_for.currentIndex()],
            estimated_minutes=self.effort.minutes,
            retires_on=self.retires_on.value,
            price=price,
            description=self.description.toPlainText().strip(),
        )
        return ProgramForm(
            program=program,
            issuer_name=self.issuer.text().strip(),
            required_names=self.required.names,
            skill_names=self.skills.names,
            tag_names=self.tags.names,
        )

    def _read_price(self) -> tuple[Money | None, str]:
        """Return the price, None for none, and what is wrong with it."""
        text = self.amount.text().strip().replace(",", ".")
        if not text:
            return None, ""
        try:
            amount = Decimal(text)
            if not amount.is_finite() or not 0 <= amount < _MOST_MONEY:
                raise ValueError(text)
        except (InvalidOperation, ValueError):
            return None, _tr("Enter an amount such as 165 or 0.")
        try:
            return Money.of(amount, self.currency.text().strip().upper()), ""
        except ValueError:
            return None, _tr("Enter a currency of three letters such as EUR.")
