"""The catalogue, by what a person does, over a real library."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QItemSelectionModel, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from learnpath.domain.dates import PartialDate
from learnpath.domain.money import Money
from learnpath.domain.records import Credential, LifecycleStatus, Path, PathStep, Program, Stage
from learnpath.domain.status import Status
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.theme import Theme
from learnpath.gui.screens.programs.program_dialog import ProgramDialog
from learnpath.gui.screens.programs.screen import ProgramsScreen
from learnpath.gui.screens.programs.words import language_text, lifecycle_chip, mine_chip
from learnpath.gui.shell.commands import UNDO
from learnpath.gui.shell.window import MainWindow
from learnpath.gui.widgets.chip import Chip
from learnpath.gui.widgets.date_dialog import DateDialog
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.services.paths import save_path
from learnpath.storage.library import Library

Opener = Callable[[GuiContext, QSize], MainWindow]
TODAY = date(2026, 11, 21)
Dialog = TypeVar("Dialog", bound=QDialog)
_Select = QItemSelectionModel.SelectionFlag


class Desk:
    """The window on the catalogue, and what a person does with it."""

    def __init__(self, qtbot: QtBot, context: GuiContext, window: MainWindow) -> None:
        self.qtbot, self.context, self.window = qtbot, context, window
        context.navigate.to_screen("programs")
        self.settle()
        screen = window.stack.current()
        assert isinstance(screen, ProgramsScreen)
        self.screen = screen

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.context.operations.busy)
        # What was put into a visible layout is shown by a posted event.
        QCoreApplication.processEvents()

    def click(self, widget: QWidget) -> None:
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    def dialog(self, kind: type[Dialog]) -> Dialog:
        self.qtbot.waitUntil(lambda: len(self.screen.findChildren(kind)) == 1)
        return self.screen.findChildren(kind)[0]

    def button(self, name: str) -> QPushButton:
        found = [one for one in self.screen.inspector.findChildren(QPushButton, name) if one.isVisible()]
        assert len(found) == 1
        return found[0]

    def has(self, name: str) -> bool:
        return any(one.isVisible() for one in self.screen.inspector.findChildren(QPushButton, name))

    def choose(self, text: str) -> None:
        """Choose an entry of the menu of rarer actions."""
        action = next(one for one in self.button("more").menu().actions() if one.text() == text)
        action.trigger()
        self.settle()

    def names(self) -> list[str]:
        model = self.screen.model
        return [str(model.index(place, 0).data()) for place in range(model.rowCount())]

    def search(self, text: str) -> None:
        self.screen.filters.search.clear()
        with self.qtbot.waitSignal(self.screen.filters.changed):
            self.qtbot.keyClicks(self.screen.filters.search, text)
        self.settle()

    def select(self, *names: str) -> None:
        model, selection = self.screen.model, self.screen.table.selectionModel()
        selection.clearSelection()
        for name in names:
            index = model.index(self.names().index(name), 0)
            selection.setCurrentIndex(index, _Select.Select | _Select.Rows)
        self.settle()

    def chips(self) -> list[str]:
        return [chip.text for chip in self.screen.inspector.findChildren(Chip) if chip.isVisible()]

    def labels(self) -> list[str]:
        return [label.text() for label in self.screen.inspector.findChildren(PlainLabel) if label.isVisible()]


@pytest.fixture
def catalogue(library: Library) -> list[Program]:
    """Four programs, no record of any."""
    with library.change("Add programs") as change:
        return change.insert_many(
            [
                Program(name="Alpha", price=Money(0, "EUR"), estimated_minutes=120),
                Program(name="Beta", price=Money(16500, "EUR"), estimated_minutes=3000, human_code="B-1"),
                Program(name="Gamma", url="https://example.org/gamma", valid_for="P3Y"),
                Program(name="Delta", url="javascript:alert(1)", retires_on=PartialDate("2026-12-31")),
            ]
        )


@pytest.fixture
def desk(qtbot: QtBot, catalogue: list[Program], context: GuiContext, open_window: Opener) -> Desk:
    return Desk(qtbot, context, open_window(context, QSize(1320, 840)))


@pytest.fixture
def sample_desk(qtbot: QtBot, sample_context: GuiContext, open_window: Opener) -> Desk:
    return Desk(qtbot, sample_context, open_window(sample_context, QSize(1320, 840)))


def test_an_empty_catalogue_offers_import_and_the_sample(
    qtbot: QtBot, context: GuiContext, open_window: Opener
) -> None:
    desk = Desk(qtbot, context, open_window(context, QSize(1000, 700)))
    assert desk.screen.nothing.isVisible()
    assert not desk.screen.inspector.isVisible()
    desk.screen.nothing.secondary_clicked.emit()
    desk.settle()
    assert not desk.screen.nothing.isVisible()
    assert len(desk.names()) > 30


def test_search_finds_as_one_types_and_clear_shows_all(desk: Desk) -> None:
    assert desk.names() == ["Alpha", "Beta (B-1)", "Delta", "Gamma"]
    desk.search("gam")
    assert desk.names() == ["Gamma"]
    desk.search("nothing such")
    assert desk.screen.no_match.isVisible()
    desk.screen.no_match.primary_clicked.emit()
    desk.settle()
    assert len(desk.names()) == 4
    assert desk.screen.filters.search.text() == ""


@pytest.mark.parametrize(("price", "names"), [(1, ["Alpha"]), (2, ["Alpha"]), (3, ["Alpha", "Beta (B-1)"])])
def test_price_narrows_the_list(desk: Desk, price: int, names: list[str]) -> None:
    desk.screen.filters.price.set_current(price)
    desk.screen.filters.price.chosen.emit(price)
    desk.settle()
    assert desk.names() == names


def test_effort_narrows_the_list(desk: Desk) -> None:
    desk.screen.filters.effort.set_current(1)
    desk.screen.filters.effort.chosen.emit(1)
    desk.settle()
    assert desk.names() == ["Alpha"]


def test_issuer_skill_kind_and_chips_narrow_the_list(sample_desk: Desk) -> None:
    filters = sample_desk.screen.filters
    every = sample_desk.names()
    for button in (filters.issuer, filters.skill, filters.kind):
        choice = 1 if button is filters.kind else sample_desk.screen.context.library.all(Program)[0].issuer_id
        assert choice is not None
        if button is filters.skill:
            choice = sample_desk.screen.context.library.all(Program)[0].skill_ids[0]
        button.set_current(choice)
        button.chosen.emit(choice)
        sample_desk.settle()
        assert 0 < len(sample_desk.names()) < len(every)
        filters.clear()
        sample_desk.settle()
        assert sample_desk.names() == every
    filters.chips.set_current("mine")
    filters.chips.chosen.emit("mine")
    sample_desk.settle()
    assert 0 < len(sample_desk.names()) < len(every)


def test_headers_sort(desk: Desk) -> None:
    keys = [column.key for column in desk.screen.model.columns]
    desk.screen.model.sort(keys.index("price"), Qt.SortOrder.DescendingOrder)
    desk.settle()
    assert desk.names()[:2] == ["Beta (B-1)", "Alpha"]
    for place, column in enumerate(desk.screen.model.columns):
        if column.sort:
            desk.screen.model.sort(place)
            desk.settle()
            assert sorted(desk.names()) == ["Alpha", "Beta (B-1)", "Delta", "Gamma"]


def test_plan_makes_a_planned_record_and_leads_to_it(desk: Desk, library: Library) -> None:
    desk.select("Gamma")
    desk.click(desk.button("plan"))
    (record,) = library.all(Credential)
    assert (record.title, record.stage) == ("Gamma", Stage.PLANNED)
    assert desk.chips() == ["Planned"]
    assert not desk.has("plan")
    assert desk.has("record")
    assert desk.has("my_record")
    desk.context.actions.run(UNDO)
    desk.settle()
    assert library.all(Credential) == []
    assert desk.has("plan")


def test_start_makes_a_record_in_progress(desk: Desk, library: Library) -> None:
    desk.select("Alpha")
    desk.click(desk.button("start"))
    assert [one.stage for one in library.all(Credential)] == [Stage.ENROLLED]


def test_i_have_it_asks_the_day_and_computes_the_end(desk: Desk, library: Library) -> None:
    desk.select("Gamma")
    desk.click(desk.button("have"))
    dialog = desk.dialog(DateDialog)
    assert dialog.field.value == PartialDate.of(TODAY)
    dialog.field.edit.setText("")
    dialog.save_button.click()
    assert dialog.isVisible()
    dialog.field.edit.setText("may 2025")
    dialog.save_button.click()
    desk.settle()
    (record,) = library.all(Credential)
    assert (record.stage, record.awarded_on) == (Stage.EARNED, PartialDate("2025-05"))
    assert record.valid_until == PartialDate("2028-05")
    assert desk.chips() == ["Earned"]


def test_several_are_taken_at_once_but_none_twice(desk: Desk, library: Library) -> None:
    desk.select("Alpha")
    desk.click(desk.button("start"))
    desk.select("Alpha", "Beta (B-1)", "Gamma")
    assert desk.button("plan").text() == "Plan 2 programs"
    desk.qtbot.waitUntil(lambda: "You have a record of 1 of them." in desk.labels())
    desk.click(desk.button("plan"))
    stages = {one.title: one.stage for one in library.all(Credential)}
    assert stages == {"Alpha": Stage.ENROLLED, "Beta": Stage.PLANNED, "Gamma": Stage.PLANNED}


@pytest.mark.parametrize(("command", "stage"), [("program.plan", Stage.PLANNED), ("program.start", Stage.ENROLLED)])
def test_commands_take_the_selection(desk: Desk, library: Library, command: str, stage: Stage) -> None:
    desk.select("Alpha", "Gamma")
    desk.context.actions.run(command)
    desk.settle()
    assert {(one.title, one.stage) for one in library.all(Credential)} == {("Alpha", stage), ("Gamma", stage)}


def test_programs_are_added_to_a_path_once(desk: Desk, library: Library) -> None:
    path = save_path(library, Path(title="My way")).value
    desk.select("Beta (B-1)")
    desk.screen.refresh(None)
    desk.settle()
    entry = next(one for one in desk.button("more").menu().actions() if one.text() == "Add to path")
    menu = entry.menu()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["My way"]
    menu.actions()[0].trigger()
    desk.settle()
    assert [step.path_id for step in library.all(PathStep)] == [path.id]
    assert desk.has("path")


def test_only_web_addresses_open(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    desk.select("Gamma")
    desk.click(desk.button("web"))
    desk.select("Delta")
    assert not desk.has("web")
    desk.qtbot.waitUntil(lambda: "javascript:alert(1)" in desk.labels())
    desk.screen.changes.open_link("javascript:alert(1)")
    desk.screen.changes.open_link("file:///etc/passwd")
    assert opened == ["https://example.org/gamma"]


def test_a_program_is_added_with_checks_beside_the_fields(desk: Desk, library: Library) -> None:
    desk.context.actions.run("program.add")
    dialog = desk.dialog(ProgramDialog)
    desk.settle()
    dialog.amount.setText("much")
    dialog.url.setText("ftp://example.org")
    dialog.save_button.click()
    assert dialog.isVisible()
    assert len(library.all(Program)) == 4
    desk.qtbot.keyClicks(dialog.name, "Epsilon")
    dialog.amount.setText("99,50")
    dialog.currency.setText("usd")
    dialog.url.setText("https://example.org/e")
    dialog.issuer.setText("Example Institute")
    dialog.skills.setText("SQL, Python, sql")
    dialog.effort.edit.setText("12 h")
    dialog.valid_for.setCurrentIndex(2)
    dialog.save_button.click()
    desk.settle()
    added = next(program for program in library.all(Program) if program.name == "Epsilon")
    assert (added.price, added.estimated_minutes, added.valid_for) == (Money(9950, "USD"), 720, "P2Y")
    assert len(added.skill_ids) == 2
    assert desk.screen.table.current_id == added.id
    desk.qtbot.waitUntil(lambda: {"99.50 USD", "12 h", "2 years"} <= set(desk.labels()))


def test_a_program_requires_others_which_are_shown_with_my_record_and_lead_there(desk: Desk, library: Library) -> None:
    with library.change("Add") as change:
        _ = change.insert(Program(name="Knots, splices; bends"))
    desk.select("Alpha")
    desk.click(desk.button("plan"))
    desk.select("Gamma")
    desk.choose("Edit")
    dialog = desk.dialog(ProgramDialog)
    desk.settle()
    dialog.required.setText("Alpha; Omega")
    dialog.save_button.click()
    assert dialog.isVisible()
    assert "There is no program “Omega” here." in [one.text() for one in dialog.findChildren(PlainLabel)]
    dialog.required.setText("Alpha; beta")
    dialog.save_button.click()
    desk.settle()
    desk.qtbot.waitUntil(lambda: desk.has("required"))
    links = [one for one in desk.screen.inspector.findChildren(QPushButton, "required") if one.isVisible()]
    assert [one.text() for one in links] == ["Alpha", "Beta"]
    assert "planned" in [chip.casefold() for chip in desk.chips()]
    desk.click(links[1])
    desk.qtbot.waitUntil(lambda: desk.has("leads_to"))
    assert desk.button("leads_to").text() == "Gamma"
    assert not desk.has("required")


def test_a_required_program_with_the_separator_in_its_name_stays_whole(
    desk: Desk, library: Library, catalogue: list[Program]
) -> None:
    with library.change("Add") as change:
        odd = change.insert(Program(name="Knots; bends"))
        change.update(replace(catalogue[2], required_ids=(odd.id, catalogue[0].id)))
    desk.context.navigate.to_record("program", catalogue[2].id)
    desk.settle()
    desk.choose("Edit")
    dialog = desk.dialog(ProgramDialog)
    desk.settle()
    assert dialog.required.names == ("Knots; bends", "Alpha")
    dialog.level.setText("Expert")
    dialog.save_button.click()
    desk.settle()
    stored = library.get(Program, catalogue[2].id)
    assert (stored.level, stored.required_ids) == ("Expert", (odd.id, catalogue[0].id))


def test_editing_keeps_what_the_form_does_not_show(desk: Desk, library: Library, catalogue: list[Program]) -> None:
    desk.select("Gamma")
    desk.choose("Edit")
    dialog = desk.dialog(ProgramDialog)
    dialog.level.setText("Expert")
    dialog.save_button.click()
    desk.settle()
    stored = library.get(Program, catalogue[2].id)
    assert (stored.level, stored.valid_for, stored.url) == ("Expert", "P3Y", "https://example.org/gamma")


def test_deleting_keeps_my_record_and_undo_brings_the_program_back(desk: Desk, library: Library) -> None:
    desk.select("Alpha")
    desk.click(desk.button("plan"))
    desk.choose("Delete")
    assert "Alpha" not in desk.names()
    assert len(library.all(Credential)) == 1
    desk.context.actions.run(UNDO)
    desk.settle()
    assert "Alpha" in desk.names()


def test_a_program_is_shown_although_a_filter_hides_it(desk: Desk, catalogue: list[Program]) -> None:
    desk.search("alpha")
    desk.context.navigate.to_record("program", catalogue[2].id)
    desk.settle()
    assert desk.screen.table.current_id == catalogue[2].id
    desk.qtbot.waitUntil(lambda: "Gamma" in desk.labels())


def test_the_screen_comes_back_as_it_was_left(desk: Desk, catalogue: list[Program]) -> None:
    desk.search("a")
    desk.select("Alpha")
    state = desk.screen.save_state()
    other = ProgramsScreen(desk.context)
    desk.qtbot.addWidget(other)
    other.restore_state(state)
    other.resize(1200, 700)
    other.show()
    desk.settle()
    assert other.filters.search.text() == "a"
    assert other.table.current_id == catalogue[0].id
    other.restore_state({"filters": {"having": 3, "kind": 99, "price": "x"}, "table": {}, "details": "no"})
    assert not other.filters.is_filtering


def test_ten_thousand_programs_are_read_a_page_at_a_time(
    qtbot: QtBot, context: GuiContext, library: Library, open_window: Opener
) -> None:
    with library.change("Add many") as change:
        change.insert_many([Program(name=f"Course {number:05}") for number in range(10_000)])
    desk = Desk(qtbot, context, open_window(context, QSize(1320, 840)))
    assert desk.screen.model.rowCount() == 10_000
    assert desk.screen.model.index(9_999, 0).data() is None
    desk.screen.table.scrollToBottom()
    qtbot.waitUntil(lambda: desk.screen.model.index(9_999, 0).data() == "Course 09999")


@pytest.mark.usefixtures("sample_library")
@pytest.mark.parametrize("mode", ["light", "dark", "contrast"])
def test_no_text_is_cut_in_a_small_window(
    qtbot: QtBot, context: GuiContext, theme: Theme, open_window: Opener, mode: str
) -> None:
    theme.set_mode(mode)  # pyright: ignore[reportArgumentType]
    desk = Desk(qtbot, context, open_window(context, QSize(900, 600)))
    assert not desk.screen.inspector.isVisible()
    desk.click(desk.screen.filters.details_button)
    assert desk.screen.inspector.isVisible()
    for button in desk.screen.inspector.findChildren(QPushButton):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width()
            assert button.mapTo(desk.screen.inspector, button.rect().topRight()).x() < desk.screen.inspector.width()
    filters = desk.screen.filters
    for button in (filters.issuer, filters.skill, filters.tag, filters.kind, filters.price, filters.effort):
        assert button.width() >= button.sizeHint().width()
        assert button.mapTo(filters, button.rect().bottomRight()).x() < filters.width()
    desk.qtbot.keyClick(desk.screen.inspector, Qt.Key.Key_Escape)
    assert not desk.screen.inspector.isVisible()


def test_every_status_and_life_has_words() -> None:
    assert all(mine_chip(status)[0] for status in Status)
    retired = Program(name="A", lifecycle_status=LifecycleStatus.RETIRED)
    assert lifecycle_chip(retired, TODAY) == ("Retired", "neutral")
    soon = Program(name="A", retires_on=PartialDate("2027-08-31"))
    assert lifecycle_chip(soon, TODAY) == ("Retires 31 Aug 2027", "warn")
    over = Program(name="A", retires_on=PartialDate("2026-08-31"))
    assert lifecycle_chip(over, TODAY) == ("Retired 31 Aug 2026", "neutral")
    assert lifecycle_chip(Program(name="A", lifecycle_status=LifecycleStatus.ANNOUNCED), TODAY) == (
        "Announced",
        "accent",
    )
    assert lifecycle_chip(Program(name="A"), TODAY) is None


@pytest.mark.parametrize(
    ("code", "name"), [("en", "English"), ("de-AT", "German"), ("Klingon tongue", "Klingon tongue"), ("", "")]
)
def test_languages_are_named(code: str, name: str) -> None:
    assert language_text(code) == name
