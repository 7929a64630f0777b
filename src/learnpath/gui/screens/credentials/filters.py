"""What stands above the table: status chips, search field, filter buttons, columns."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QMenu, QWidget

from learnpath.domain.listing import Choice, CredentialFilter, StatusGroup
from learnpath.domain.records import Stage
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.shell.commands import FIND
from learnpath.gui.widgets.choice_button import ChoiceButton
from learnpath.gui.widgets.filter_bar import FilterBar
from learnpath.gui.widgets.filter_chips import Filter
from learnpath.gui.widgets.record_wording import stage_text
from learnpath.settings import Json

_STAGES = tuple(Stage)


class CredentialFilterBar(FilterBar):
    """Says which credentials are wanted: `wanted`."""

    def __init__(self, context: GuiContext, columns_menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, columns_menu, context.actions.key_hint(FIND), parent)
        theme = context.theme
        self.issuer = ChoiceButton(theme, self.tr("Issuer"), self.tr("Any issuer"))
        self.skill = ChoiceButton(theme, self.tr("Skill"), self.tr("Any skill"))
        self.path = ChoiceButton(theme, self.tr("Path"), self.tr("Any path"))
        self.tag = ChoiceButton(theme, self.tr("Tag"), self.tr("Any tag"))
        self.stage = ChoiceButton(theme, self.tr("Stage"), self.tr("Any stage"))
        self.stage.set_choices([Choice(place, stage_text(stage), 0) for place, stage in enumerate(_STAGES, 1)])
        self.show_counts({StatusGroup.LET_GO: 1})
        self._assemble(
            (*self._buttons().values(), self.stage),
            chips=self.tr("Status"),
            search=self.tr("Search credentials"),
            clear_tip=self.tr("Show all credentials again"),
        )

    @property
    def wanted(self) -> CredentialFilter:
        """Return what is wanted, in the order of the titles."""
        return CredentialFilter(
            text=self.search.text(),
            group=StatusGroup(self.chips.current or "all"),
            stage=_STAGES[self.stage.current - 1] if self.stage.current else None,
            issuer_id=self.issuer.current or None,
            skill_id=self.skill.current or None,
            path_id=self.path.current or None,
            tag_id=self.tag.current or None,
        )

    @property
    def is_filtering(self) -> bool:
        """Return whether anything is left out."""
        return self.wanted != CredentialFilter()

    @Slot()
    def clear(self) -> None:
        """Want everything again; `changed` is sent once when that is a difference."""
        if not self.is_filtering:
            return
        self._set(CredentialFilter())
        self.announce()

    def show_counts(self, counts: Mapping[StatusGroup, int]) -> None:
        """Write the numbers into the chips; "Let go" is offered when there is any."""
        labels = {
            StatusGroup.ALL: self.tr("All"),
            StatusGroup.EARNED: self.tr("Earned"),
            StatusGroup.IN_PROGRESS: self.tr("In progress"),
            StatusGroup.PLANNED: self.tr("Planned"),
            StatusGroup.EXPIRED: self.tr("Expired"),
            StatusGroup.LET_GO: self.tr("Let go"),
        }
        always = self.chips.current == StatusGroup.LET_GO
        shown = [group for group in labels if group is not StatusGroup.LET_GO or counts.get(group) or always]
        self.chips.set_filters([Filter(group.value, labels[group], counts.get(group, 0)) for group in shown])

    def show_choices(self, choices: Mapping[str, Sequence[Choice]]) -> None:
        """Offer the issuers, skills, paths and tags in use."""
        for kind, button in self._buttons().items():
            button.set_choices(choices.get(kind, ()))

    def save_state(self) -> dict[str, Json]:
        """Return the filter as JSON values."""
        state: dict[str, Json] = {"group": self.chips.current, "text": self.search.text(), "stage": self.stage.current}
        return {**state, **{kind: button.current for kind, button in self._buttons().items()}}

    def restore_state(self, state: Mapping[str, Json]) -> None:
        """Take back a filter; what does not fit is ignored."""
        group, text, stage = state.get("group"), state.get("text"), state.get("stage")
        wanted = CredentialFilter(
            text=text if isinstance(text, str) else "",
            group=StatusGroup(group) if group in set(StatusGroup) else StatusGroup.ALL,
            stage=_STAGES[stage - 1] if isinstance(stage, int) and 0 < stage <= len(_STAGES) else None,
        )
        ids = {kind: value for kind in self._buttons() if isinstance(value := state.get(kind), int)}
        self._set(wanted, ids)

    def _buttons(self) -> dict[str, ChoiceButton]:
        return {"issuer": self.issuer, "skill": self.skill, "path": self.path, "tag": self.tag}

    def _set(self, wanted: CredentialFilter, ids: Mapping[str, int] | None = None) -> None:
        self.search.blockSignals(True)
        self.search.setText(wanted.text)
        self.search.blockSignals(False)
        self.chips.set_current(wanted.group.value)
        self.stage.set_current(_STAGES.index(wanted.stage) + 1 if wanted.stage else 0)
        for kind, button in self._buttons().items():
            button.set_current((ids or {}).get(kind, 0))
        self.show_clear()
