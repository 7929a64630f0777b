"""What stands above the catalogue: chips, search field, filter buttons, columns."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QMenu, QWidget

from learnpath.domain.listing import Choice, Having, ProgramFilter
from learnpath.domain.records import AchievementType
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.shell.commands import FIND
from learnpath.gui.widgets.choice_button import ChoiceButton
from learnpath.gui.widgets.filter_bar import FilterBar
from learnpath.gui.widgets.filter_chips import Filter
from learnpath.gui.widgets.record_wording import kind_text
from learnpath.settings import Json

# In whole units of money, whatever the currency: amounts are not converted.
_PRICES = (0, 100, 300, 1000)
_HOURS = (5, 20, 40, 100)
_KINDS = tuple(AchievementType)


class ProgramFilterBar(FilterBar):
    """Says which programs are wanted: `wanted`."""

    def __init__(self, context: GuiContext, columns_menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, columns_menu, context.actions.key_hint(FIND), parent)
        theme = context.theme
        self.issuer = ChoiceButton(theme, self.tr("Issuer"), self.tr("Any issuer"))
        self.skill = ChoiceButton(theme, self.tr("Skill"), self.tr("Any skill"))
        self.tag = ChoiceButton(theme, self.tr("Tag"), self.tr("Any tag"))
        self.kind = ChoiceButton(theme, self.tr("Kind"), self.tr("Any kind"))
        self.price = ChoiceButton(theme, self.tr("Price"), self.tr("Any price"))
        self.effort = ChoiceButton(theme, self.tr("Effort"), self.tr("Any effort"))
        self._offer()
        self._assemble(
            tuple(self._buttons().values()),
            chips=self.tr("Chosen or not"),
            search=self.tr("Search programs"),
            clear_tip=self.tr("Show all programs again"),
        )

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
            self.announce()

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
        self.show_clear()

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

    def _offer(self) -> None:
        self.show_counts({})
        prices = [self.tr("Free"), *(self.tr("Up to {amount}").format(amount=amount) for amount in _PRICES[1:])]
        self.price.set_choices([Choice(place, name, 0) for place, name in enumerate(prices, 1)])
        hours = [self.tr("Up to {hours} h").format(hours=hours) for hours in _HOURS]
        self.effort.set_choices([Choice(place, name, 0) for place, name in enumerate(hours, 1)])
        self.kind.set_choices(self._kinds(dict.fromkeys(_KINDS, 0)))
