"""The bar above lists: the same parts at the same places, beside one another or below."""

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from learnpath.domain.listing import Choice
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.choice_button import ChoiceButton
from learnpath.gui.widgets.filter_bar import FilterBar
from learnpath.gui.widgets.filter_chips import Filter


class _Bar(FilterBar):
    def __init__(self, theme: Theme, menu: QMenu) -> None:
        super().__init__(theme, menu, "Ctrl F")
        self.issuer = ChoiceButton(theme, "Issuer", "Any issuer")
        self.skill = ChoiceButton(theme, "Skill", "Any skill")
        self.issuer.set_choices([Choice(1, "Port School", 2)])
        self.chips.set_filters([Filter("all", "All", 3)])
        self._assemble((self.issuer, self.skill), chips="Status", search="Search things", clear_tip="Show all things")

    @property
    def is_filtering(self) -> bool:
        return bool(self.search.text() or self.issuer.current)

    def clear(self) -> None:
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.issuer.set_current(0)
        self.announce()


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme) -> _Bar:
    menu = QMenu()
    qtbot.addWidget(menu)
    bar = _Bar(theme, menu)
    qtbot.addWidget(bar)
    bar.resize(760, 90)
    bar.show()
    qtbot.waitExposed(bar)
    return bar


def test_buttons_stand_beside_the_field_and_below_it_in_little_room(bar: _Bar, qtbot: QtBot) -> None:
    field = bar.search.geometry()
    assert bar.issuer.mapTo(bar, bar.issuer.rect().center()).y() in range(field.top(), field.bottom())
    bar.resize(300, 130)
    qtbot.waitUntil(lambda: bar.issuer.mapTo(bar, bar.issuer.rect().topLeft()).y() > bar.search.geometry().bottom())
    assert bar.search.width() > 240


def test_clear_is_offered_while_something_is_left_out(bar: _Bar, qtbot: QtBot) -> None:
    assert not bar.clear_button.isVisible()
    with qtbot.waitSignal(bar.changed):
        bar.search.setText("rope")
    assert bar.clear_button.isVisible()
    with qtbot.waitSignal(bar.changed):
        bar.clear_button.click()
    assert bar.search.text() == ""
    assert not bar.clear_button.isVisible()


def test_its_parts_are_named(bar: _Bar) -> None:
    assert bar.chips.accessibleName() == "Status"
    assert (bar.search.accessibleName(), bar.search.placeholderText()) == ("Search things", "Search things")
    assert bar.clear_button.toolTip() == "Show all things"
