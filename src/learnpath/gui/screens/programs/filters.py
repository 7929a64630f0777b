"""What stands above the catalogue: chips, search field, filter buttons, columns."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from learnpath.domain.listing import Choice, Having, ProgramFilter
from learnpath.domain.records import AchievementType
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.widgets.choice_button import ChoiceButton
from learnpath.gui.widgets.filter_chips import Filter, FilterChipBar
from learnpath.gui.widgets.flow_layout import FlowLayout
from learnpath.gui.widgets.record_wording import kind_text
from learnpath.gui.widgets.search_field import SearchField
from learnpath.settings import Json

_TYPING_PAUSE_MILLISECONDS = 40
# In whole units of money, whatever the currency: amounts are not converted.
_PRICES = (0, 100, 300, 1000)
_HOURS = (5, 20, 40, 100)
_KINDS = tuple(AchievementType)


class ProgramFilterBar(QWidget):
    """Says which programs are wanted. `changed()`: `wanted` is another one. `details_toggled(bool)`: the panel."""

    changed = Signal()
    left_search = Signal()
    details_toggled = Signal(bool)

    def __init__(self, context: GuiContext, columns_menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = context.theme
        self._columns_menu = columns_menu
        self.chips = FilterChipBar(theme, self.tr("Chosen or not"))
        self.search = SearchField(theme, self.tr("Search programs"), context.actions.shortcut_text("edit.find"))
        self.issuer = ChoiceButton(theme, self.tr("Issuer"), self.tr("Any issuer"))
        self.skill = ChoiceButton(theme, self.tr("Skill"), self.tr("Any skill"))
        self.tag = ChoiceButton(theme, self.tr("Tag"), self.tr("Any tag"))
        self.kind = ChoiceButton(theme, self.tr("Kind"), self.tr("Any kind"))
        self.price = ChoiceButton(theme, self.tr("Price"), self.tr("Any price"))
        self.effort = ChoiceButton(theme, self.tr("Effort"), self.tr("Any effort"))
        self.clear_button = QToolButton()
        self.columns_button = QToolButton()
        self.details_button = QToolButton()
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MILLISECONDS)
        self._build(context)
        self._connect()

    @property
    def wanted(self) -> ProgramFilter:
        """Return what is wanted, in the order of the names."""
        return ProgramFilter(
            text=self.search.text(),
            having=Having(self.chips.current or "any"),
            issuer_id=self.issuer.current or None,
            skill_id=self.skill.current or None,
            tag_id=self.tag.current or None,
            kind=_KINDS[self.kind.current - 1] if self.kind.current else None,
            max_price_minor=_PRICES[self.price.current - 1] * 100 if self.price.current else None,
            max_minutes=_HOURS[self.effort.current - 1] * 60 if self.effort.current else None,
        )

    @property
    def is_filtering(self) -> bool:
        """Return whether anything is left out."""
        return self.wanted != ProgramFilter()

    @Slot()
    def clear(self) -> None:
        """Want everything again; `changed` is sent once when that is a difference."""
        if self.is_filtering:
            self.restore_state({})
            self._now()

    def show_counts(self, counts: Mapping[Having, int]) -> None:
        """Write the numbers into the chips."""
        labels = {
            Having.ANY: self.tr("All"),
            Having.NOT_CHOSEN: self.tr("Not chosen"),
            Having.MINE: self.tr("Mine"),
        }
        self.chips.set_filters([Filter(key.value, label, counts.get(key, 0)) for key, label in labels.items()])

    def show_choices(self, choices: tuple[dict[str, list[Choice]], dict[AchievementType, int]]) -> None:
        """Offer the issuers, skills, tags and kinds in use."""
        named, types = choices
        for key, button in (("issuer", self.issuer), ("skill", self.skill), ("tag", self.tag)):
            button.set_choices(named.get(key, ()))
        self.kind.set_choices(self._kinds(types))

    def show_details(self, shown: bool) -> None:
        """Show whether the panel at the right is open."""
        self.details_button.setChecked(shown)

    def save_state(self) -> dict[str, Json]:
        """Return the filter as JSON values."""
        state: dict[str, Json] = {"having": self.chips.current, "text": self.search.text()}
        return {**state, **{key: button.current for key, button in self._buttons().items()}}

    def restore_state(self, state: Mapping[str, Json]) -> None:
        """Take back a filter; what is missing or does not fit becomes "any"."""
        having, text = state.get("having"), state.get("text")
        self.search.blockSignals(True)
        self.search.setText(text if isinstance(text, str) else "")
        self.search.blockSignals(False)
        self.chips.set_current(having if isinstance(having, str) and having in set(Having) else Having.ANY.value)
        most = {"kind": len(_KINDS), "price": len(_PRICES), "effort": len(_HOURS)}
        for key, button in self._buttons().items():
            value = state.get(key)
            fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most.get(key, value)
            button.set_current(value if fits and isinstance(value, int) else 0)
        self.clear_button.setVisible(self.is_filtering)

    def _buttons(self) -> dict[str, ChoiceButton]:
        return {
            "issuer": self.issuer,
            "skill": self.skill,
            "tag": self.tag,
            "kind": self.kind,
            "price": self.price,
            "effort": self.effort,
        }

    def _kinds(self, types: Mapping[AchievementType, int]) -> Sequence[Choice]:
        return [Choice(_KINDS.index(kind) + 1, kind_text(kind), count) for kind, count in types.items()]

    def _build(self, context: GuiContext) -> None:
        icons, theme = context.icons, context.theme
        self.show_counts({})
        prices = [self.tr("Free"), *(self.tr("Up to {amount}").format(amount=amount) for amount in _PRICES[1:])]
        self.price.set_choices([Choice(place, name, 0) for place, name in enumerate(prices, 1)])
        hours = [self.tr("Up to {hours} h").format(hours=hours) for hours in _HOURS]
        self.effort.set_choices([Choice(place, name, 0) for place, name in enumerate(hours, 1)])
        self.kind.set_choices(self._kinds(dict.fromkeys(_KINDS, 0)))
        self.clear_button.setText(self.tr("Clear"))
        self.clear_button.setToolTip(self.tr("Show all programs again"))
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
        top = Qt.AlignmentFlag.AlignTop
        first, buttons = QHBoxLayout(), QWidget()
        first.setSpacing(8)
        self.search.setMaximumWidth(420)
        for widget, stretch in ((self.chips, 1), (self.search, 1), (self.columns_button, 0), (self.details_button, 0)):
            first.addWidget(widget, stretch, top)
        flow = FlowLayout(buttons, 4)
        for button in (*self._buttons().values(), self.clear_button):
            flow.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 12, 12, 8)
        box.setSpacing(8)
        box.addLayout(first)
        box.addWidget(buttons)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._pause.start)
        self.search.left.connect(self.left_search)
        self._pause.timeout.connect(self._now)
        self.chips.chosen.connect(self._now)
        for button in self._buttons().values():
            button.chosen.connect(self._now)
        self.clear_button.clicked.connect(self.clear)
        self.details_button.clicked.connect(self.details_toggled)

    @Slot()
    def _now(self) -> None:
        self._pause.stop()
        self.clear_button.setVisible(self.is_filtering)
        self.changed.emit()
