"""The panel that shows one credential with everything that belongs to it, or what can be done with several."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from learnpath.domain.records import Stage
from learnpath.domain.wording import money_text
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.screens.credentials.actions import CredentialActions
from learnpath.gui.screens.credentials.inspector_facts import CredentialFacts, source_lines
from learnpath.gui.screens.credentials.inspector_parts import (
    link_text,
    make_column,
    make_line,
    make_link,
    make_tool,
)
from learnpath.gui.screens.record_inspector import RecordInspector
from learnpath.gui.shell.commands import RECORD_HISTORY
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.record_table import dropped_paths
from learnpath.gui.widgets.record_wording import kind_text, stage_text
from learnpath.gui.widgets.wording import tip_text
from learnpath.services.credential_details import CredentialDetails

_STAGES = (Stage.WISHED, Stage.PLANNED, Stage.ENROLLED, Stage.BOOKED, Stage.LET_GO)


class CredentialInspector(RecordInspector):
    """Shows a credential, or what can be done with several."""

    def __init__(self, context: GuiContext, actions: CredentialActions, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("Select a credential to see its details."), parent)
        self._actions = actions
        self.setAcceptDrops(True)

    def show_nothing(self) -> None:
        """Say what the panel is for."""
        self._shown_id = 0
        super().show_nothing()

    def show_many(self, ids: list[int]) -> None:
        """Offer what can be done with several credentials."""
        focused = self._focused_name()
        self._shown_id = 0
        what = self.tr("%n credentials", None, len(ids))
        self.set_heading(self.tr("%n credentials selected", None, len(ids)), self.tr("Changes apply to all of them."))
        earned = self._button("earned", self.tr("Mark as earned"), partial(self._actions.ask_earned, ids, what))
        delete = self._button("delete", self.tr("Delete"), partial(self._actions.delete, ids, what))
        self._add_buttons(earned, self._more_button(ids, what, self.tr("Set stage"), with_delete=False), delete)
        self._restore_focus(focused)

    def show_details(self, details: CredentialDetails) -> None:
        """Show one credential; the button that had the focus keeps it."""
        focused = self._focused_name()
        one = details.credential
        self._shown_id = one.id
        facts = CredentialFacts(details, self._context.today())
        parts = (details.issuer.name if details.issuer else "", one.level, kind_text(one.achievement_type))
        title = f"{one.title} ({one.human_code})" if one.human_code and one.human_code not in one.title else one.title
        self.set_heading(title, " · ".join(part for part in parts if part), [facts.chip])
        self._add_commands(details)
        for name, value, note, tip in facts.rows():
            self.add_row(name, value, note=note, tip=tip)
        self._add_identity(details)
        self._add_costs(details)
        self._add_effort(details)
        self._add_names(details)
        self._add_proof(details)
        if one.notes:
            self.add_section(self.tr("Notes"))
            self.add_widget(PlainLabel(self._theme, one.notes, "body", wrap=True))
        self._add_links(details)
        self._add_sources(details)
        self._restore_focus(focused)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files while one credential is shown."""
        if self._shown_id and dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach the dropped files."""
        paths: list[Path] = dropped_paths(event)
        event.acceptProposedAction()
        self._actions.attach(self._shown_id, paths)

    def _add_commands(self, details: CredentialDetails) -> None:
        one = details.credential
        edit = self._button("edit", self.tr("Edit"), partial(self._actions.edit, one.id))
        more = self._more_button([one.id], one.title, self.tr("More"), with_delete=True)
        if one.stage is Stage.EARNED:
            self._add_buttons(edit, more)
        else:
            run = partial(self._actions.ask_earned, [one.id], one.title)
            self._add_buttons(edit, self._button("earned", self.tr("Mark as earned"), run), more)

    def _add_identity(self, details: CredentialDetails) -> None:
        one = details.credential
        if one.license_number:
            label = PlainLabel(self._theme, one.license_number, "body", elide=True, tabular=True)
            copy = self._tool(
                "copy", self.tr("Copy credential ID"), "copy", partial(self._actions.copy, one.license_number)
            )
            self.add_row_widget(self.tr("Credential ID"), make_line(label, copy, stretch=True))
        if one.verification_url:
            run = partial(self._actions.open_link, one.verification_url)
            link = make_link(self._theme, link_text(one.verification_url), "verify", run)
            link.setToolTip(one.verification_url.replace("&", "&amp;").replace("<", "&lt;"))
            self.add_row_widget(self.tr("Verify at"), link)

    def _add_costs(self, details: CredentialDetails) -> None:
        actions, lines = self._actions, list[QWidget]()
        for place, cost in enumerate(details.costs):
            text, note = CredentialFacts(details, self._context.today()).cost_text(cost)
            edit = make_link(self._theme, text, f"cost{place}", partial(actions.edit_cost, cost), 150)
            label = self.tr("Remove {amount}").format(amount=money_text(cost.price))
            remove = self._tool("x", label, f"uncost{place}", partial(actions.delete_cost, cost))
            lines.append(make_line(edit, remove))
            if note:
                lines.append(PlainLabel(self._theme, note, "small", "muted", wrap=True))
        add = partial(actions.add_cost, details.credential.id)
        lines.append(make_link(self._theme, self.tr("Add cost"), "addcost", add))
        self.add_row_widget(self.tr("Cost"), make_column(lines, 0))

    def _add_effort(self, details: CredentialDetails) -> None:
        text = CredentialFacts(details, self._context.today()).effort_text()
        tip = self.tr("Study time logged for it, and the estimate in its record")
        self.add_row(self.tr("Effort"), text, tip=tip)

    def _add_names(self, details: CredentialDetails) -> None:
        if details.skills:
            self.add_section(self.tr("Skills"))
            self.add_chips([(skill.name, "accent") for skill in details.skills])
        if details.tags:
            self.add_section(self.tr("Tags"))
            self.add_chips([(tag.name, "neutral") for tag in details.tags])

    def _add_proof(self, details: CredentialDetails) -> None:
        actions = self._actions
        facts = CredentialFacts(details, self._context.today())
        self.add_section(self.tr("Proof"))
        for place, file in enumerate(details.evidence):
            name = make_link(self._theme, file.original_name, f"file{place}", partial(actions.open_file, file), 150)
            reveal = self._tool("folder", self.tr("Show in folder"), f"reveal{place}", partial(actions.reveal, file))
            label = self.tr("Remove {name}").format(name=file.original_name)
            remove = self._tool("x", label, f"unfile{place}", partial(actions.detach, file))
            note = PlainLabel(self._theme, facts.file_text(file), "small", "muted", elide=True)
            self.add_widget(make_line(make_column([name, note], 0), reveal, remove, stretch=True))
        add = make_link(
            self._theme, self.tr("Add files"), "addfile", partial(actions.choose_files, details.credential.id)
        )
        self.add_widget(make_line(add, PlainLabel(self._theme, self.tr("or drop them here"), "small", "muted")))

    def _add_links(self, details: CredentialDetails) -> None:
        navigate = self._context.navigate
        if details.paths:
            self.add_section(self.tr("Part of"))
            for place, path in enumerate(details.paths):
                run = partial(navigate.to_record, "path", path.path_id)
                step = self.tr("step {number} of {steps}").format(number=path.number, steps=path.steps)
                note = PlainLabel(self._theme, f" · {step}", "small", "muted")
                self.add_widget(make_line(make_link(self._theme, path.title, f"path{place}", run, 196), note))
        if details.program is not None:
            self.add_section(self.tr("In the catalogue"))
            run = partial(navigate.to_record, "program", details.program.id)
            self.add_widget(make_line(make_link(self._theme, details.program.name, "program", run, 280)))

    def _add_sources(self, details: CredentialDetails) -> None:
        lines = source_lines(details)
        if not lines:
            return
        self.add_section(self.tr("Imported from"))
        for place, (text, fields) in enumerate(lines):
            label = PlainLabel(self._theme, text, "small", "muted", wrap=True)
            label.setObjectName(f"source{place}")
            label.setToolTip(tip_text(fields))
            self.add_widget(label)

    def _tool(self, icon: str, text: str, name: str, run: Callable[[], object]) -> QWidget:
        return make_tool(self._theme, icon, text, name, run)

    def _more_button(self, ids: list[int], what: str, text: str, *, with_delete: bool) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName("more")
        menu = QMenu(button)
        for stage in _STAGES:
            words = (
                self.tr("Let go…")
                if stage is Stage.LET_GO
                else self.tr("Set to {stage}").format(stage=stage_text(stage).lower())
            )
            menu.addAction(words).triggered.connect(partial(self._set_stage, ids, stage, what))
        if with_delete:
            _ = menu.addSeparator()
            if RECORD_HISTORY in self._context.actions:
                menu.addAction(self._context.actions.action(RECORD_HISTORY))
            menu.addAction(self.tr("Delete")).triggered.connect(partial(self._delete, ids, what))
        button.setMenu(menu)
        return button

    def _set_stage(self, ids: list[int], stage: Stage, what: str, _checked: bool = False) -> None:
        self._actions.set_stage(ids, stage, what)

    def _delete(self, ids: list[int], what: str, _checked: bool = False) -> None:
        self._actions.delete(ids, what)
