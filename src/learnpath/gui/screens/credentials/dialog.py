"""Adding and editing a credential.

Belongs here: the fields and when each matters. Saving is the screen's; what is wrong with a form is the service's.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QSpinBox, QWidget

from learnpath.domain.dates import PartialDate, Term
from learnpath.domain.records import AchievementType, Credential, Stage
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.credentials.proof_field import ProofField
from learnpath.gui.widgets.date_field import DateField
from learnpath.gui.widgets.duration_field import DurationField
from learnpath.gui.widgets.form_dialog import FormDialog
from learnpath.gui.widgets.name_list_edit import NameListEdit, set_up_completer
from learnpath.gui.widgets.record_wording import kind_text, stage_text
from learnpath.gui.widgets.text_area import TextArea
from learnpath.services.credentials import CredentialForm, find_mistakes
from learnpath.services.programs import ProgramForm
from learnpath.services.suggestions import NameSuggestions, suggest_names, suggest_programs

_AHEAD = (Stage.WISHED, Stage.PLANNED, Stage.ENROLLED, Stage.BOOKED)
_SHOWN_FOR: dict[str, tuple[Stage, ...]] = {
    "target_on": _AHEAD,
    "exam_on": (Stage.ENROLLED, Stage.BOOKED),
    "exam_time": (Stage.BOOKED,),
    "exam_place": (Stage.BOOKED,),
    "awarded_on": (Stage.EARNED,),
    "valid_until": (Stage.EARNED,),
    "proof": (Stage.EARNED,),
    "license_number": (Stage.EARNED,),
    "verification_url": (Stage.EARNED,),
    "renewal_opens_days": (Stage.EARNED,),
    "grace_days": (Stage.EARNED,),
    "let_go_reason": (Stage.LET_GO,),
}
_TYPING_PAUSE_MILLISECONDS = 40


class CredentialDialog(FormDialog):
    """Asks for a credential. `ready(CredentialForm, list[Path])`: it can be saved, with these files as proof."""

    ready = Signal(object, list)

    def __init__(self, context: GuiContext, form: CredentialForm, parent: QWidget | None = None) -> None:
        """Show `form`; its credential has the id 0 when it is to be added."""
        self._is_new = form.credential.id == 0
        super().__init__(context.theme, "", "", parent)
        title = self.tr("Add credential") if self._is_new else self.tr("Edit credential")
        self.heading.setText(title)
        self.setWindowTitle(title)
        self.save_button.setText(self.tr("Add credential") if self._is_new else self.tr("Save changes"))
        self._context = context
        self._form = form
        self._programs: dict[str, ProgramForm] = {}
        self._make_fields()
        self._build()
        self._connect()
        self._show_form(form)
        self._on_stage()
        context.operations.read(partial(suggest_names, context.library), self._offer_names)

    @property
    def form(self) -> CredentialForm:
        """Return what the fields say."""
        shown = self.is_shown
        one = replace(
            self._form.credential,
            title=self.title.text().strip(),
            achievement_type=self._kinds()[self.kind.currentIndex()],
            stage=self.chosen_stage,
            human_code=self.code.text().strip(),
            level=self.level.text().strip(),
            estimated_minutes=self.effort.minutes,
            notes=self.notes.toPlainText().strip(),
            target_on=self.target_on.value if shown("target_on") else self._form.credential.target_on,
        )
        if shown("exam_on"):
            one = replace(one, exam_on=self.exam_on.value)
        if shown("exam_time"):
            one = replace(one, exam_time=self.exam_time.text().strip(), exam_place=self.exam_place.text().strip())
        if shown("awarded_on"):
            one = self._with_award(one)
        if shown("let_go_reason"):
            one = replace(one, let_go_reason=self.let_go_reason.text().strip())
        return CredentialForm(
            credential=one,
            issuer_name=self.issuer.text().strip(),
            skill_names=self.skills.names,
            tag_names=self.tags.names,
        )

    @property
    def chosen_stage(self) -> Stage:
        """Return the stage that is chosen."""
        return tuple(Stage)[self.stage.currentIndex()]

    def set_stage(self, stage: Stage) -> None:
        """Choose a stage; the fields follow."""
        self.stage.setCurrentIndex(tuple(Stage).index(stage))

    def add_files(self, paths: Sequence[Path]) -> None:
        """Add files as proof, which means that it is earned."""
        self.set_stage(Stage.EARNED)
        self.proof.add_files(paths)

    def use_program(self, program: ProgramForm) -> None:
        """Fill what the catalogue knows; what the person typed already stays."""
        known = program.program
        base = self._form.credential
        self._form = replace(
            self._form, credential=replace(base, program_id=known.id, valid_for=known.valid_for or base.valid_for)
        )
        self.title.setText(known.name)
        _fill(self.issuer, program.issuer_name)
        _fill(self.code, known.human_code)
        _fill(self.level, known.level)
        self.kind.setCurrentIndex(self._kinds().index(known.achievement_type))
        if self.effort.minutes is None:
            self.effort.set_minutes(known.estimated_minutes)
        if not self.skills.names:
            self.skills.set_names(program.skill_names)
        self._say_validity()

    def _with_award(self, one: Credential) -> Credential:
        before = self._form.credential
        awarded, until = self.awarded_on.value, self.valid_until.value
        if until == before.valid_until and awarded != before.awarded_on and _is_computed(before):
            # The end came from the term: with another beginning it is another end.
            until = None
        opens = self.renewal_opens_days.value()
        return replace(
            one,
            awarded_on=awarded,
            valid_until=until,
            license_number=self.license_number.text().strip(),
            verification_url=self.verification_url.text().strip(),
            renewal_opens_days=opens if opens > 0 else None,
            grace_days=self.grace_days.value(),
        )

    def _make_fields(self) -> None:
        theme, today = self._context.theme, self._context.today
        self.title, self.issuer, self.code, self.level = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.kind, self.stage = QComboBox(), QComboBox()
        self.target_on = DateField(theme, self.tr("Wanted by"), today)
        self.exam_on = DateField(theme, self.tr("Exam on"), today)
        self.exam_time, self.exam_place = QLineEdit(), QLineEdit()
        self.awarded_on = DateField(theme, self.tr("Earned on"), today, "past")
        self.valid_until = DateField(theme, self.tr("Expires"), today)
        self.license_number, self.verification_url = QLineEdit(), QLineEdit()
        self.renewal_opens_days, self.grace_days = QSpinBox(), QSpinBox()
        self.let_go_reason = QLineEdit()
        self.effort = DurationField(theme, self.tr("Effort"))
        self.skills = NameListEdit(self.tr("Separated by commas"))
        self.tags = NameListEdit(self.tr("Separated by commas"))
        self.notes = TextArea(theme)
        self.proof = ProofField(theme)

    def _build(self) -> None:
        for kind in self._kinds():
            self.kind.addItem(kind_text(kind))
        for stage in Stage:
            self.stage.addItem(stage_text(stage))
        self.title.setPlaceholderText(self.tr("Type to choose from the catalogue, or enter your own"))
        self.exam_time.setPlaceholderText(self.tr("09:30"))
        self.verification_url.setPlaceholderText("https://")
        self.renewal_opens_days.setRange(0, 3650)
        self.renewal_opens_days.setSpecialValueText(self.tr("not known"))
        self.renewal_opens_days.setSuffix(self.tr(" days before"))
        self.grace_days.setRange(0, 3650)
        self.grace_days.setSpecialValueText(self.tr("none"))
        self.grace_days.setSuffix(self.tr(" days after"))
        for key, name, field in self._fields():
            self.add_field(key, name, field)
        self._title_completer = QCompleter(self)
        self._title_completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._titles = QStringListModel(self._title_completer)
        self._title_completer.setModel(self._titles)
        self.title.setCompleter(self._title_completer)
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MILLISECONDS)

    def _fields(self) -> tuple[tuple[str, str, QWidget], ...]:
        return (
            ("title", self.tr("Title"), self.title),
            ("issuer", self.tr("Issuer"), self.issuer),
            ("stage", self.tr("Status"), self.stage),
            ("target_on", self.tr("Wanted by"), self.target_on),
            ("exam_on", self.tr("Exam on"), self.exam_on),
            ("exam_time", self.tr("Exam time"), self.exam_time),
            ("exam_place", self.tr("Exam place"), self.exam_place),
            ("awarded_on", self.tr("Earned on"), self.awarded_on),
            ("valid_until", self.tr("Expires"), self.valid_until),
            ("proof", self.tr("Proof"), self.proof),
            ("license_number", self.tr("Credential ID"), self.license_number),
            ("verification_url", self.tr("Verify at"), self.verification_url),
            ("let_go_reason", self.tr("Reason"), self.let_go_reason),
            ("kind", self.tr("Kind"), self.kind),
            ("human_code", self.tr("Code"), self.code),
            ("level", self.tr("Level"), self.level),
            ("estimated_minutes", self.tr("Effort"), self.effort),
            ("skills", self.tr("Skills"), self.skills),
            ("tags", self.tr("Tags"), self.tags),
            ("renewal_opens_days", self.tr("Renewal opens"), self.renewal_opens_days),
            ("grace_days", self.tr("Grace"), self.grace_days),
            ("notes", self.tr("Notes"), self.notes),
        )

    def _connect(self) -> None:
        self.submitted.connect(self._check)
        self.stage.currentIndexChanged.connect(self._on_stage)
        self.title.textEdited.connect(self._pause.start)
        self._pause.timeout.connect(self._ask_programs)
        self._title_completer.activated.connect(self._on_program)
        self.awarded_on.changed.connect(self._say_validity)

    def _show_form(self, form: CredentialForm) -> None:
        one = form.credential
        for field, text in (
            (self.title, one.title),
            (self.issuer, form.issuer_name),
            (self.code, one.human_code),
            (self.level, one.level),
            (self.exam_time, one.exam_time),
            (self.exam_place, one.exam_place),
            (self.license_number, one.license_number),
            (self.verification_url, one.verification_url),
            (self.let_go_reason, one.let_go_reason),
        ):
            field.setText(text)
            field.setCursorPosition(0)
        self.target_on.set_value(one.target_on)
        self.exam_on.set_value(one.exam_on)
        self.awarded_on.set_value(one.awarded_on)
        self.valid_until.set_value(one.valid_until)
        self.effort.set_minutes(one.estimated_minutes)
        self.renewal_opens_days.setValue(one.renewal_opens_days or 0)
        self.grace_days.setValue(one.grace_days)
        self.kind.setCurrentIndex(self._kinds().index(one.achievement_type))
        self.set_stage(one.stage)
        self.skills.set_names(form.skill_names)
        self.tags.set_names(form.tag_names)
        self.notes.setPlainText(one.notes)
        self.title.setFocus()

    def _kinds(self) -> tuple[AchievementType, ...]:
        return tuple(AchievementType)

    def _on_stage(self) -> None:
        for key, stages in _SHOWN_FOR.items():
            self.show_field(key, shown=self.chosen_stage in stages)
        if self.chosen_stage is Stage.EARNED and self._is_new and not self.awarded_on.edit.text():
            self.awarded_on.set_value(PartialDate.of(self._context.today()))
        self._say_validity()
        self.fit(560)

    def _say_validity(self) -> None:
        """Say in the empty field what the term makes of it."""
        hint = self.tr("Leave empty when it does not expire")
        term, awarded = self._form.credential.valid_for, self.awarded_on.value
        if term and awarded is not None:
            try:
                ends = Term.parse(term).after(awarded.last_day)
            except (ValueError, OverflowError):
                ends = None
            if ends is not None:
                hint = self.tr("{day}, from its term").format(day=ends.isoformat())
        self.valid_until.edit.setPlaceholderText(hint)

    def _check(self) -> None:
        form = self.form
        if not self.show_mistakes(find_mistakes(form)):
            self.ready.emit(form, self.proof.paths)

    def _ask_programs(self) -> None:
        context = self._context
        task = partial(suggest_programs, context.library, self.title.text(), context.today())
        context.operations.read(task, self._offer_programs, replaces="credentials.programs")

    def _offer_programs(self, found: list[ProgramForm]) -> None:
        self._programs = {_program_line(one): one for one in found}
        self._titles.setStringList(list(self._programs))
        if found and self.title.hasFocus() and self.title.text() not in self._programs:
            self._title_completer.complete()
        elif (popup := self._title_completer.popup()) is not None:
            popup.hide()

    def _on_program(self, line: str) -> None:
        if (program := self._programs.get(line)) is not None:
            # The completer writes the line into the field after this signal.
            QTimer.singleShot(0, self, partial(self.use_program, program))

    def _offer_names(self, names: NameSuggestions) -> None:
        completer = QCompleter(self)
        set_up_completer(completer, names.issuers)
        completer.setFilterMode(Qt.MatchFlag.MatchStartsWith)
        self.issuer.setCompleter(completer)
        self.skills.offer(names.skills)
        self.tags.offer(names.tags)


def _program_line(form: ProgramForm) -> str:
    return f"{form.program.name} · {form.issuer_name}" if form.issuer_name else form.program.name


def _fill(field: QLineEdit, text: str) -> None:
    if not field.text().strip():
        field.setText(text)


def _is_computed(one: Credential) -> bool:
    if not one.valid_for or one.awarded_on is None or one.valid_until is None:
        return False
    try:
        ends = Term.parse(one.valid_for).after(one.awarded_on.last_day).isoformat()
    except (ValueError, OverflowError):
        return False
    return ends.startswith(one.valid_until.text)
