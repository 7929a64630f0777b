"""The first screen with real services on a temporary library, by what a person does."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import Credential, Profile, Stage
from learnpath.gui.infra.actions import Command
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.navigation import Place
from learnpath.gui.screens.overview.screen import OverviewScreen
from learnpath.gui.widgets.heat_map import HeatMap
from learnpath.gui.widgets.link_button import LinkButton
from learnpath.services.credentials import CredentialForm, save_credential
from learnpath.services.profile import save_profile
from learnpath.services.sample import has_sample

Show = Callable[[GuiContext, int, int], OverviewScreen]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    shown: list[OverviewScreen] = []

    def show_screen(context: GuiContext, width: int = 1112, height: int = 788) -> OverviewScreen:
        context.navigate.set_homes({"credential": "credentials", "path": "paths"})
        screen = OverviewScreen(context)
        shown.append(screen)
        qtbot.addWidget(screen)
        screen.resize(width, height)
        screen.show()
        qtbot.waitExposed(screen)
        qtbot.waitUntil(lambda: not context.operations.busy)
        return screen

    return show_screen


def texts(widget: QWidget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def link(card: QWidget) -> LinkButton:
    return next(one for one in card.findChildren(LinkButton) if one.isVisible())


def test_the_week_and_the_first_path_stand_in_rings(sample_context: GuiContext, show: Show) -> None:
    figures = show(sample_context, 1112, 788).figures
    assert figures.week.line.text() == "3 h 30 of 6 h · 1 day left"
    assert figures.week.ring.text == "58%"
    assert "goal" in figures.week.toolTip()
    assert figures.path.title.text() == "Path to Cloud Security Engineer"
    assert figures.path.line.text() == "6 of 9 steps · on track"
    assert figures.path.ring.text == "79%"


def test_credentials_and_spending_explain_themselves(sample_context: GuiContext, show: Show) -> None:
    figures = show(sample_context, 1112, 788).figures
    assert (figures.valid.number.text(), figures.valid.line.text()) == ("16", "11 with proof · 4 expire soon")
    assert (figures.spent.name.text(), figures.spent.number.text()) == ("Spent in 2026", "411 USD")
    assert figures.spent.line.text() == "and 42 EUR"
    assert "did not get back" in figures.spent.toolTip()
    assert "90 days" in figures.valid.toolTip()


def test_active_paths_say_when_they_will_be_done(sample_context: GuiContext, show: Show) -> None:
    blocks = show(sample_context, 1112, 788).paths.blocks
    assert [block.accessibleName() for block in blocks] == [
        "Cloud Security Engineer, 79%: 6 of 9 steps · 76 h left. Done by 18 Feb, 41 days early",
        "Data foundations, 96%: 4 of 5 steps · 7 h left. Done by 30 Nov, 20 days early",
        "Kubernetes administration, 40%: 1 of 4 steps · 111 h left. 9 days late at 6 h a week",
    ]


def test_the_next_dates_are_red_only_when_lost_this_week(sample_context: GuiContext, show: Show) -> None:
    lines = [row.line for row in show(sample_context, 1112, 788).deadlines.rows]
    assert [(line.when, line.title, line.chip, line.kind) for line in lines] == [
        ("18 Nov", "Claim AZ-104 exam fee", "Claim", "bad"),
        ("27 Nov", "SC-200 exam", "Exam", "bad"),
        ("2 Dec", "Terraform Associate (003) expires", "Expires", "warn"),
        ("5 Dec", "PL-200 expires", "Expires", "warn"),
    ]
    assert lines[1].subtitle.startswith("In 6 days · Pearson VUE")


def test_what_needs_action_names_the_next_step(qtbot: QtBot, sample_context: GuiContext, show: Show) -> None:
    card = show(sample_context, 1112, 788).attention
    assert [(row.line.title, row.line.subtitle) for row in card.rows[:3]] == [
        ("Claim AZ-104 costs", "Ask for the money back"),
        ("SC-200 exam in 6 days", "Check time and place"),
        ("Renew PL-200", "Plan the renewal, or let it go"),
    ]
    few = len(card.rows)
    qtbot.mouseClick(card.more, Qt.MouseButton.LeftButton)
    assert len(card.rows) == 10 > few
    assert card.rows[-1].line.subtitle == "Attach the certificate or badge"
    qtbot.mouseClick(card.more, Qt.MouseButton.LeftButton)
    assert len(card.rows) == few


def test_rows_and_links_lead_on_by_mouse_and_keyboard(qtbot: QtBot, sample_context: GuiContext, show: Show) -> None:
    screen = show(sample_context, 1112, 788)
    places: list[Place] = []
    sample_context.navigate.place_changed.connect(places.append)
    qtbot.mouseClick(screen.deadlines.rows[1], Qt.MouseButton.LeftButton)
    qtbot.keyClick(screen.attention.rows[0], Qt.Key.Key_Return)
    qtbot.keyClick(screen.paths.blocks[0], Qt.Key.Key_Return)
    qtbot.mouseClick(screen.figures.path, Qt.MouseButton.LeftButton)
    qtbot.keyClick(screen.figures.valid, Qt.Key.Key_Space)
    qtbot.mouseClick(link(screen.paths), Qt.MouseButton.LeftButton)
    qtbot.keyClick(link(screen.deadlines), Qt.Key.Key_Return)
    assert [place.screen_id for place in places] == [
        "credentials",
        "credentials",
        "paths",
        "paths",
        "credentials",
        "paths",
        "deadlines",
    ]
    assert all(place.record_id for place in places[:4])
    titles = {one.id: one.human_code for one in sample_context.library.all(Credential)}
    assert [titles[place.record_id] for place in places[:2]] == ["SC-200", "AZ-104"]


def test_study_and_years_show_the_past(sample_context: GuiContext, show: Show) -> None:
    screen = show(sample_context, 1112, 788)
    assert f"last {screen.study.weeks} weeks" in texts(screen.study)
    assert "best streak" in texts(screen.study)
    assert screen.study.findChild(HeatMap).as_table()[1:]
    assert screen.years.chart.as_table()[1:] == (
        ("2022", "1"),
        ("2023", "5"),
        ("2024", "4"),
        ("2025", "7"),
        ("2026", "2"),
    )


def test_fewer_weeks_are_shown_where_fewer_fit(qtbot: QtBot, sample_context: GuiContext, show: Show) -> None:
    screen = show(sample_context, 1112, 788)
    wide = screen.study.weeks
    screen.resize(420, 788)
    qtbot.waitUntil(lambda: screen.study.weeks < wide)
    assert screen.study.heat_map.width() <= screen.study.width()


def test_a_change_elsewhere_is_seen(qtbot: QtBot, sample_context: GuiContext, show: Show) -> None:
    screen = show(sample_context, 1112, 788)
    form = CredentialForm(credential=Credential(title="New", stage=Stage.EARNED, awarded_on=PartialDate("2026-11-20")))
    sample_context.operations.change(lambda: save_credential(sample_context.library, form))
    qtbot.waitUntil(lambda: screen.figures.valid.number.text() == "17")


def test_without_a_weekly_goal_the_ring_stays_open(qtbot: QtBot, sample_context: GuiContext, show: Show) -> None:
    profile = replace(sample_context.library.profile(), week_goal_minutes=0)
    save_profile(sample_context.library, profile)
    figures = show(sample_context, 1112, 788).figures
    assert figures.week.line.text() == "3 h 30 · no weekly goal"
    assert figures.week.ring.text == "–"


def test_an_empty_library_has_three_doors(qtbot: QtBot, context: GuiContext, show: Show) -> None:
    went: list[str] = []
    for command_id in ("import.open", "credential.add"):
        context.actions.add(Command(id=command_id, text=command_id, handler=lambda one=command_id: went.append(one)))
    screen = show(context, 1112, 788)
    assert not screen.grid.isVisible()
    doors = screen.first_run.doors
    assert [door.text() for door in doors] == ["Import a list", "Add your first credential", "Open sample data"]
    qtbot.mouseClick(doors[0], Qt.MouseButton.LeftButton)
    qtbot.keyClick(doors[1], Qt.Key.Key_Return)
    assert went == ["import.open", "credential.add"]


def test_sample_data_comes_and_goes_with_one_click_each(qtbot: QtBot, context: GuiContext, show: Show) -> None:
    screen = show(context, 1112, 788)
    assert not screen.sample_note.isVisible()
    qtbot.mouseClick(screen.first_run.doors[2], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.grid.isVisible() and screen.sample_note.isVisible())
    assert screen.sample_note.text == "You are looking at sample data."
    assert not screen.first_run.isVisible()
    with qtbot.waitSignal(context.messages.toast_requested):
        qtbot.keyClick(link(screen.sample_note), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.first_run.isVisible())
    assert not has_sample(context.library)
    assert context.library.profile() == Profile()


def test_empty_cards_say_what_belongs_there(context: GuiContext, show: Show) -> None:
    save_credential(context.library, CredentialForm(credential=Credential(title="Someday", stage=Stage.WISHED)))
    screen = show(context, 1112, 788)
    assert "No active path yet" in texts(screen.paths)
    assert "No dates ahead" in texts(screen.deadlines)
    assert "Nothing needs you right now" in texts(screen.attention)
    assert not screen.figures.path.isVisible()
    assert screen.figures.spent.number.text() == "0 EUR"


@pytest.mark.parametrize("mode", ["light", "dark", "contrast"])
@pytest.mark.parametrize("width", [430, 840, 1112])
def test_nothing_is_clipped_at_any_width(
    sample_context: GuiContext, show: Show, qtbot: QtBot, mode: str, width: int
) -> None:
    sample_context.theme.set_mode("dark" if mode == "dark" else "contrast" if mode == "contrast" else "light")
    screen = show(sample_context, width, 600)
    assert screen.grid.mode == {430: "narrow", 840: "middle", 1112: "wide"}[width]
    cards = (screen.figures, screen.paths, screen.deadlines, screen.attention, screen.study, screen.years)

    def clipped() -> list[str]:
        return [
            label.text()
            for card in cards
            for label in card.findChildren(QLabel)
            if label.isVisible() and label.minimumSizeHint().width() == label.sizeHint().width() > label.width()
        ]

    qtbot.waitUntil(lambda: clipped() == [])
    assert all(card.geometry().right() < screen.grid.width() for card in cards)
    assert not screen.grab().isNull()


def test_tab_goes_through_the_cards_as_the_eye_does(sample_context: GuiContext, show: Show) -> None:
    screen = show(sample_context, 1112, 788)
    order: list[QWidget] = []
    widget = screen.nextInFocusChain()
    while widget is not screen and len(order) < 500:
        order.append(widget)
        widget = widget.nextInFocusChain()
    expected = [screen.figures.week, screen.figures.path, screen.figures.valid, screen.figures.spent]
    expected += [screen.paths.blocks[0], screen.deadlines.rows[0], screen.attention.rows[0], screen.study.heat_map]
    places = [order.index(one) for one in expected]
    assert places == sorted(places)
