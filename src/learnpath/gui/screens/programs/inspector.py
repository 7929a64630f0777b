"""The panel that shows one program, or what can be done with several."""

from collections.abc import Callable, Sequence
from functools import partial
from urllib.parse import urlsplit

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from learnpath.domain.records import Path, Stage
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.programs.program_actions import ProgramActions
from learnpath.gui.screens.programs.words import language_text, lifecycle_chip, mine_chip, price_text, validity_text
from learnpath.gui.screens.record_inspector import RecordInspector
from learnpath.gui.shell.commands import RECORD_HISTORY
from learnpath.gui.widgets.chip import Chip, ChipKind
from learnpath.gui.widgets.link_button import LinkButton
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.record_wording import kind_text
from learnpath.gui.widgets.wording import date_text, duration_text, tip_text
from learnpath.services.program_listing import ProgramPanel, ProgramSelection
from learnpath.services.programs import ProgramDetails, RelatedProgram

_LINK_WIDTH = 200
_LINE_WIDTH = 300
_BESIDE_CHIP = 200


class ProgramInspector(RecordInspector):
    """Shows a program, or what can be done with several."""

    def __init__(self, context: GuiContext, actions: ProgramActions, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("Select a program to see its details."), parent)
        self._actions = actions

    def show_many(self, selection: ProgramSelection) -> None:
        """Offer what can be done with several programs; those of the person are not taken a second time."""
        focused = self._focused_name()
        count, new = len(selection.ids), len(selection.new_ids)
        note = self.tr("You have a record of {mine} of them.").format(mine=count - new) if new < count else ""
        self.set_heading(self.tr("{count} programs selected").format(count=f"{count:,}"), note)
        new_ids, what = selection.new_ids, self._count_text(new)
        buttons: list[QPushButton] = []
        if new_ids:
            plan = partial(self._actions.take, new_ids, what, Stage.PLANNED)
            buttons.append(self._button("plan", self.tr("Plan {what}").format(what=what), plan, primary=True))
            start = partial(self._actions.take, new_ids, what, Stage.ENROLLED)
            buttons.append(self._button("start", self.tr("Start {what}").format(what=what), start))
            have = partial(self._actions.ask_have, new_ids, what)
            buttons.append(self._button("have", self.tr("I have them"), have))
        buttons.append(self._more_button(selection.ids, self._count_text(count), selection.paths))
        self._add_buttons(*buttons)
        self._restore_focus(focused)

    def show_panel(self, panel: ProgramPanel) -> None:
        """Show one program; the button that had the focus keeps it."""
        focused = self._focused_name()
        details = panel.details
        program = details.program
        parts = (details.issuer.name if details.issuer else "", program.level, kind_text(program.achievement_type))
        self.set_heading(program.name, " · ".join(part for part in parts if part), self._chips(details))
        self._add_buttons(*self._buttons(details, panel.paths))
        if program.description:
            self.add_widget(PlainLabel(self._theme, program.description, "body", wrap=True))
            self._add_space()
        self._add_facts(details)
        self._add_related("required", self.tr("Requires"), details.required)
        self._add_related("leads_to", self.tr("Required for"), details.leads_to)
        self._add_names(details)
        self._add_paths(details)
        self._restore_focus(focused)

    def _chips(self, details: ProgramDetails) -> list[tuple[str, ChipKind]]:
        chips: list[tuple[str, ChipKind]] = []
        if details.status is not None:
            chips.append(mine_chip(details.status))
        lifecycle = lifecycle_chip(details.program, self._context.today())
        return chips if lifecycle is None else [*chips, lifecycle]

    def _buttons(self, details: ProgramDetails, paths: Sequence[Path]) -> list[QPushButton]:
        actions, program = self._actions, details.program
        ids, name = [program.id], program.name
        edit = partial(actions.edit, program.id)
        if details.credential is not None:
            run = partial(actions.open_credential, details.credential.id)
            return [
                self._button("record", self.tr("Open my record"), run, primary=True),
                self._button("edit", self.tr("Edit"), edit),
                self._more_button(ids, name, paths),
            ]
        return [
            self._button("plan", self.tr("Plan"), partial(actions.take, ids, name, Stage.PLANNED), primary=True),
            self._button("start", self.tr("Start"), partial(actions.take, ids, name, Stage.ENROLLED)),
            self._button("have", self.tr("I have it"), partial(actions.ask_have, ids, name)),
            self._more_button(ids, name, paths, edit),
        ]

    def _add_facts(self, details: ProgramDetails) -> None:
        program = details.program
        rows = (
            (self.tr("Code"), program.human_code),
            (self.tr("Effort"), duration_text(program.estimated_minutes) if program.estimated_minutes else ""),
            (self.tr("Price"), price_text(program.price) if program.price else ""),
            (self.tr("Valid for"), validity_text(program.valid_for) if program.valid_for else ""),
            (self.tr("Language"), language_text(program.language)),
        )
        for name, value in rows:
            if value:
                self.add_row(name, value)
        if program.url:
            self.add_row_widget(self.tr("Web"), self._web_link("web", program.url))
        if program.source_url:
            self.add_row_widget(self.tr("Source"), self._web_link("source", program.source_url))
        if program.checked_on:
            self.add_row(self.tr("Checked on"), date_text(program.checked_on), "muted")

    def _add_related(self, name: str, heading: str, programs: Sequence[RelatedProgram]) -> None:
        if programs:
            self.add_section(heading)
        for one in programs:
            width = _LINE_WIDTH if one.status is None else _BESIDE_CHIP
            link = self._link(name, one.name, partial(self._actions.open_program, one.id), width)
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(link)
            line.addStretch(1)
            if one.status is not None:
                line.addWidget(Chip(self._theme, *mine_chip(one.status)))
            self.add_widget(row)

    def _add_names(self, details: ProgramDetails) -> None:
        if details.skills:
            self.add_section(self.tr("Skills"))
            self.add_chips([(skill.name, "accent") for skill in details.skills])
        if details.tags:
            self.add_section(self.tr("Tags"))
            self.add_chips([(tag.name, "neutral") for tag in details.tags])

    def _add_paths(self, details: ProgramDetails) -> None:
        if details.credential is not None:
            self.add_section(self.tr("My record"))
            run = partial(self._actions.open_credential, details.credential.id)
            self.add_widget(self._link("my_record", details.credential.title, run, _LINE_WIDTH))
        if details.paths:
            self.add_section(self.tr("Part of"))
        for one in details.paths:
            text = self.tr("{path} · step {number} of {steps}").format(
                path=one.title, number=one.number, steps=one.steps
            )
            self.add_widget(self._link("path", text, partial(self._actions.open_path, one.path_id), _LINE_WIDTH))

    def _web_link(self, name: str, address: str) -> QWidget:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return PlainLabel(self._theme, address, "body", "muted", elide=True)
        shown = f"{parts.hostname.removeprefix('www.')}{parts.path.rstrip('/')}"
        link = self._link(name, shown, partial(self._actions.open_link, address), _LINK_WIDTH)
        link.setToolTip(tip_text(address))
        return link

    def _link(self, name: str, text: str, run: Callable[[], object], width: int) -> LinkButton:
        metrics = QFontMetrics(self._theme.font("body"))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, self._theme.px(width))
        link = LinkButton(self._theme, shown.replace("&", "&&"), "body")
        link.setObjectName(name)
        link.setAccessibleName(text)
        link.setToolTip(tip_text(text) if shown != text else "")
        link.clicked.connect(run)
        return link

    def _more_button(
        self, ids: Sequence[int], what: str, paths: Sequence[Path], edit: Callable[[], object] | None = None
    ) -> QPushButton:
        button = QPushButton(self.tr("More"))
        button.setObjectName("more")
        menu = QMenu(button)
        if edit is not None:
            menu.addAction(self.tr("Edit"), edit)
        steps = menu.addMenu(self.tr("Add to path"))
        for path in paths:
            steps.addAction(path.title.replace("&", "&&"), partial(self._actions.add_to_path, ids, path))
        if not paths:
            steps.addAction(self.tr("There is no path yet")).setEnabled(False)
        _ = menu.addSeparator()
        if len(ids) == 1 and RECORD_HISTORY in self._context.actions:
            menu.addAction(self._context.actions.action(RECORD_HISTORY))
        menu.addAction(self.tr("Delete"), partial(self._actions.delete, ids, what))
        button.setMenu(menu)
        return button

    def _count_text(self, count: int) -> str:
        return self.tr("1 program") if count == 1 else self.tr("{count} programs").format(count=f"{count:,}")
