"""What stands above the table: status chips, search field, filter buttons, columns."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from learnpath.domain.listing import Choice, CredentialFilter, StatusGroup
from learnpath.domain.records import Stage
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.shell.commands import FIND
from learnpath.gui.widgets.choice_button import ChoiceButton
from learnpath.gui.widgets.filter_chips import Filter, FilterChipBar
from learnpath.gui.widgets.record_wording import stage_text
from learnpath.gui.widgets.search_field import SearchField
from learnpath.settings import Json

_TYPING_PAUSE_MILLISECONDS = 40
_STAGES = tuple(Stage)


class CredentialFilterBar(QWidget):
    """Says which credentials are wanted. `changed()`: `wanted` is another one. `details_toggled(bool)`: the panel."""

    changed = Signal()
    left_search = Signal()
    details_toggled = Signal(bool)

    def __init__(self, context: GuiContext, columns_menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = context.theme
        self._columns_menu = columns_menu
        self.chips = FilterChipBar(theme, self.tr("Status"))
        keys = context.actions.shortcut_text(FIND) if FIND in context.actions else ""
        self.search = SearchField(theme, self.tr("Search credentials"), keys.replace("+", " "))
        self.issuer = ChoiceButton(theme, self.tr("Issuer"), self.tr("Any issuer"))
        self.skill = ChoiceButton(theme, self.tr("Skill"), self.tr("Any skill"))
        self.path = ChoiceButton(theme, self.tr("Path"), self.tr("Any path"))
        self.tag = ChoiceButton(theme, self.tr("Tag"), self.tr("Any tag"))
        self.stage = ChoiceButton(theme, self.tr("Stage"), self.tr("Any stage"))
        self.clear_button = QToolButton()
        self.columns_button = QToolButton()
        self.details_button = QToolButton()
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MILLISECONDS)
        self._build(context)
        self._connect()

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

    def clear(self) -> None:
        """Want everything again; `changed` is sent once when that is a difference."""
        if not self.is_filtering:
            return
        self._set(CredentialFilter())
        self._now()

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

    def show_details(self, shown: bool) -> None:
        """Show whether the panel at the right is open."""
        self.details_button.setChecked(shown)

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
        self.clear_button.setVisible(self.is_filtering)

    def _build(self, context: GuiContext) -> None:
        icons, theme = context.icons, context.theme
        self.show_counts({StatusGroup.LET_GO: 1})
        self.stage.set_choices([Choice(place, stage_text(stage), 0) for place, stage in enumerate(_STAGES, 1)])
        self.clear_button.setText(self.tr("Clear"))
        self.clear_button.setToolTip(self.tr("Show all credentials again"))
        self.clear_button.setIcon(icons.icon("x", "muted"))
        self.clear_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.clear_button.hide()
        self.columns_button.setText(self.tr("Columns"))
        self.columns_button.setMenu(self._columns_menu)
        self.columns_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.details_button.setCheckable(True)
        self.details_button.setIcon(icons.icon("info", "muted"))
        self.details_button.setToolTip(self.tr("Show or hide the details"))
        self.details_button.setAccessibleName(self.tr("Details"))
        for button in (self.clear_button, self.columns_button, self.details_button):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setAutoRaise(True)
        self.search.setMinimumWidth(theme.px(150))
        self._lay_out()

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.chips, 1)
        first.addWidget(self.columns_button, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self.details_button, 0, Qt.AlignmentFlag.AlignTop)
        second.setSpacing(4)
        second.addWidget(self.search, 1)
        second.addSpacing(4)
        for button in (*self._buttons().values(), self.stage, self.clear_button):
            second.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 12, 12, 8)
        box.setSpacing(8)
        box.addLayout(first)
        box.addLayout(second)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._pause.start)
        self.search.left.connect(self.left_search)
        self._pause.timeout.connect(self._now)
        self.chips.chosen.connect(self._now)
        for button in (*self._buttons().values(), self.stage):
            button.chosen.connect(self._now)
        self.clear_button.clicked.connect(self.clear)
        self.details_button.clicked.connect(self.details_toggled)

    def _now(self) -> None:
        self._pause.stop()
        self.clear_button.setVisible(self.is_filtering)
        self.changed.emit()
