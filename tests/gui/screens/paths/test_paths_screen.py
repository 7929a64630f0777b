"""The screen of paths, by what a person does, over a real library."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import Credential, Path, PathStep, Stage
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.navigation import Place
from learnpath.gui.infra.theme import Theme
from learnpath.gui.screens.paths.add_steps_dialog import AddStepsDialog
from learnpath.gui.screens.paths.path_dialog import PathDialog
from learnpath.gui.screens.paths.screen import PathsScreen
from learnpath.gui.screens.paths.step_model import STEP_MIME, STEP_ROLE, StepRow
from learnpath.gui.shell.commands import EDIT, UNDO
from learnpath.gui.shell.window import MainWindow
from learnpath.gui.widgets.date_dialog import DateDialog
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.services.credentials import CredentialForm, save_credential
from learnpath.services.paths import add_steps, path_details, save_path
from learnpath.storage.library import Library

Opener = Callable[[GuiContext, QSize], MainWindow]
TODAY = date(2026, 11, 21)
Dialog = TypeVar("Dialog", bound=QDialog)


class Desk:
    """The window on the screen of paths, and what a person does with it."""

    def __init__(self, qtbot: QtBot, context: GuiContext, window: MainWindow) -> None:
        self.qtbot, self.context, self.window = qtbot, context, window
        qtbot.waitUntil(window.isActiveWindow)
        context.navigate.to_screen("paths")
        self.settle()
        screen = window.stack.current()
        assert isinstance(screen, PathsScreen)
        self.screen = screen

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.context.operations.busy)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.screen.steps.setFocus()
        self.qtbot.keyClick(self.screen.steps, key, modifiers)
        self.settle()

    def click(self, widget: QWidget) -> None:
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    def dialog(self, kind: type[Dialog]) -> Dialog:
        found = self.screen.findChildren(kind)
        assert len(found) == 1
        return found[0]

    def rows(self) -> list[StepRow]:
        model = self.screen.steps.model()
        return [model.index(place, 0).data(STEP_ROLE) for place in range(model.rowCount())]

    def titles(self) -> list[str]:
        return [row.title for row in self.rows()]

    def select(self, title: str) -> StepRow:
        row = next(row for row in self.rows() if row.title == title)
        self.screen.steps.select_step(row.id)
        return row


@pytest.fixture
def own_path(library: Library) -> Path:
    """A path of three planned credentials: A, B and C."""
    path = save_path(library, Path(title="My way", goal_on=PartialDate("2027-03-31"))).value
    for title in "ABC":
        form = CredentialForm(credential=Credential(title=title, estimated_minutes=600))
        add_steps(library, path.id, credential_ids=[save_credential(library, form).value.id])
    return path


@pytest.fixture
def desk(qtbot: QtBot, context: GuiContext, open_window: Opener) -> Desk:
    return Desk(qtbot, context, open_window(context, QSize(1320, 840)))


def test_an_empty_library_offers_a_path_and_the_sample(desk: Desk) -> None:
    assert desk.screen.empty.isVisible()
    desk.screen.empty.secondary_clicked.emit()
    desk.settle()
    assert not desk.screen.empty.isVisible()
    assert "Cloud Security Engineer" in [
        desk.screen.paths.model().index(row, 0).data() for row in range(desk.screen.paths.model().rowCount())
    ]


def test_a_new_path_needs_a_title_and_comes_into_view(desk: Desk, library: Library) -> None:
    desk.context.actions.run("path.new")
    dialog = desk.dialog(PathDialog)
    desk.qtbot.keyClick(dialog.title_edit, Qt.Key.Key_Return)
    assert dialog.isVisible()
    desk.qtbot.keyClicks(dialog.title_edit, "Data engineer")
    desk.qtbot.keyClicks(dialog.goal.edit, "31 mar 2027")
    desk.qtbot.keyClick(dialog.title_edit, Qt.Key.Key_Return)
    desk.settle()
    assert [(path.title, path.goal_on) for path in library.all(Path)] == [("Data engineer", PartialDate("2027-03-31"))]
    assert desk.screen.header.title.text() == "Data engineer"
    assert desk.screen.empty_steps.isVisible()


@pytest.mark.usefixtures("sample_library")
def test_a_path_tells_progress_by_hours_forecast_and_next_step(desk: Desk) -> None:
    header = desk.screen.header
    progress = desk.screen.current_path
    assert progress is not None
    assert header.title.text() == "Cloud Security Engineer"
    assert header.progress.text() == "6 of 9 steps · 76 h left at 6 h a week"
    assert header.forecast.text() == "done by 18 Feb, 41 days before your goal"
    assert "left at 6 h a week" in header.forecast.toolTip()
    assert header.percent.text() == f"{progress.percent}%"
    nexts = [row.title for row in desk.rows() if row.is_next]
    assert nexts == ["Security Operations Analyst Associate"]
    assert [row.chip for row in desk.rows()] == [
        *["Done"] * 4, "Renew", "Done", "In progress", "Planned", "Open",
    ]  # fmt: skip
    assert desk.rows()[6].subtitle == "Exam 27 Nov 2026 · in 6 days · Microsoft"


@pytest.mark.usefixtures("sample_library")
def test_arrow_keys_go_from_path_to_path(desk: Desk) -> None:
    desk.screen.paths.setFocus()
    desk.qtbot.keyClick(desk.screen.paths, Qt.Key.Key_Down)
    assert desk.screen.header.title.text() == "Data foundations"
    assert desk.context.navigate.place == Place("paths", desk.screen.paths.current_id)


def test_alt_arrows_and_buttons_move_a_step(desk: Desk, own_path: Path, library: Library) -> None:
    desk.screen.mark_stale()
    desk.settle()
    assert desk.titles() == ["A", "B", "C"]
    desk.select("C")
    desk.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert desk.titles() == ["A", "C", "B"]
    desk.click(desk.screen.bar.up_button)
    assert desk.titles() == ["C", "A", "B"]
    assert not desk.screen.bar.up_button.isEnabled()
    desk.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert desk.titles() == ["A", "C", "B"]
    assert [step.title for step in path_details(library, own_path.id, TODAY).steps] == ["A", "C", "B"]


@pytest.mark.parametrize(("dragged", "below", "order"), [("A", "C", "BCA"), ("C", "A", "ACB"), ("B", "B", "ABC")])
def test_dragging_a_step_moves_it(desk: Desk, own_path: Path, dragged: str, below: str, order: str) -> None:
    desk.screen.mark_stale()
    desk.settle()
    row = desk.select(dragged)
    steps = desk.screen.steps
    data = QMimeData()
    data.setData(STEP_MIME, str(row.id).encode())
    place = steps.visualRect(steps.model().index(desk.titles().index(below), 0))
    left, move = Qt.MouseButton.LeftButton, Qt.DropAction.MoveAction
    where = QPointF(place.center().x(), place.bottom())
    steps.dropEvent(QDropEvent(where, move, data, left, Qt.KeyboardModifier.NoModifier))
    desk.settle()
    assert "".join(desk.titles()) == order


def test_del_removes_a_step_and_undo_brings_it_back(desk: Desk, own_path: Path, library: Library) -> None:
    desk.screen.mark_stale()
    desk.settle()
    desk.select("B")
    desk.press(Qt.Key.Key_Delete)
    assert desk.titles() == ["A", "C"]
    assert len(library.all(Credential)) == 3
    desk.context.actions.run(UNDO)
    desk.settle()
    assert desk.titles() == ["A", "B", "C"]


def test_del_on_the_list_of_paths_deletes_the_path(desk: Desk, own_path: Path, library: Library) -> None:
    desk.screen.mark_stale()
    desk.settle()
    desk.screen.paths.setFocus()
    desk.qtbot.keyClick(desk.screen.paths, Qt.Key.Key_Delete)
    desk.settle()
    assert library.all(Path) == []
    assert library.all(PathStep) == []
    assert desk.screen.empty.isVisible()
    desk.context.actions.run(UNDO)
    desk.settle()
    assert desk.titles() == ["A", "B", "C"]


def test_space_marks_a_step_done_on_a_day_and_then_not_done(desk: Desk, own_path: Path) -> None:
    desk.screen.mark_stale()
    desk.settle()
    desk.select("A")
    desk.press(Qt.Key.Key_Space)
    dialog = desk.dialog(DateDialog)
    assert dialog.field.value == PartialDate.of(TODAY)
    dialog.field.edit.setText("14 oct 2026")
    desk.qtbot.keyClick(dialog.field.edit, Qt.Key.Key_Return)
    desk.settle()
    row = desk.rows()[0]
    assert (row.chip, row.subtitle) == ("Done", "Earned 14 Oct 2026")
    desk.press(Qt.Key.Key_Space)
    assert desk.rows()[0].chip == "In progress"


@pytest.mark.usefixtures("sample_library")
def test_an_open_step_is_planned_and_then_started(desk: Desk) -> None:
    desk.select("Microsoft Certified: Cybersecurity Architect Expert")
    assert desk.screen.bar.advance_button.text() == "Plan this"
    desk.click(desk.screen.bar.advance_button)
    assert desk.rows()[8].chip == "Planned"
    assert desk.screen.bar.advance_button.text() == "Start"
    desk.click(desk.screen.bar.advance_button)
    assert desk.rows()[8].chip == "In progress"
    assert not desk.screen.bar.advance_button.isVisible()


@pytest.mark.usefixtures("sample_library")
def test_enter_opens_what_a_step_stands_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[str, int]] = []

    def open_record(kind: str, record_id: int) -> bool:
        opened.append((kind, record_id))
        return True

    monkeypatch.setattr(desk.context.navigate, "to_record", open_record)
    path = desk.screen.current_path
    assert path is not None
    desk.select("Azure Fundamentals")
    desk.press(Qt.Key.Key_Return)
    desk.select("Microsoft Certified: Cybersecurity Architect Expert")
    desk.click(desk.screen.bar.open_button)
    first, last = path.steps[0].credential, path.steps[8].program
    assert first is not None
    assert last is not None
    assert opened == [("credential", first.id), ("program", last.id)]


@pytest.mark.usefixtures("sample_library")
def test_several_steps_are_found_ticked_and_added(desk: Desk, library: Library) -> None:
    before = desk.titles()
    desk.context.actions.run("path.add_steps")
    dialog = desk.dialog(AddStepsDialog)
    desk.settle()
    assert not dialog.add_button.isEnabled()
    for words in ("docker", "kubernetes"):
        dialog.search.setText(words)
        with desk.qtbot.waitSignal(dialog.model.modelReset):
            pass
        desk.settle()
        desk.qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    count = len(dialog.model.chosen)
    assert count == 2
    assert dialog.add_button.text() == "Add 2 steps"
    desk.qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    desk.settle()
    assert len(desk.titles()) == len(before) + 2
    assert desk.titles()[: len(before)] == before


@pytest.mark.usefixtures("sample_library")
def test_what_is_in_the_path_cannot_be_ticked_again(desk: Desk) -> None:
    desk.context.actions.run("path.add_steps")
    dialog = desk.dialog(AddStepsDialog)
    desk.settle()
    dialog.search.setText("certified in cybersecurity")
    with desk.qtbot.waitSignal(dialog.model.modelReset):
        pass
    desk.settle()
    desk.qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog.model.chosen == {}
    assert dialog.model.index(0, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked


@pytest.mark.usefixtures("sample_library")
def test_f2_edits_the_path(desk: Desk, library: Library) -> None:
    desk.screen.steps.setFocus()
    assert desk.context.actions.action(EDIT).isEnabled()
    desk.context.actions.run(EDIT)
    dialog = desk.dialog(PathDialog)
    dialog.title_edit.setText("Security architect")
    dialog.save_button.click()
    desk.settle()
    assert desk.screen.header.title.text() == "Security architect"
    assert "Security architect" in [path.title for path in library.all(Path)]


@pytest.mark.usefixtures("sample_library")
def test_a_path_is_shown_when_something_leads_to_it_and_remembered(desk: Desk, library: Library) -> None:
    path = next(path for path in library.all(Path) if path.title == "Kubernetes administration")
    desk.context.navigate.to_record("path", path.id)
    desk.settle()
    assert desk.screen.header.title.text() == "Kubernetes administration"
    assert "after your goal" in desk.screen.header.forecast.text()
    state = desk.screen.save_state()
    other = PathsScreen(desk.context)
    desk.qtbot.addWidget(other)
    other.restore_state(state)
    other.show()
    desk.settle()
    assert other.header.title.text() == "Kubernetes administration"


def test_a_broken_state_is_ignored(desk: Desk) -> None:
    desk.screen.restore_state({"path": "x", "sizes": [1, "2"]})
    assert desk.screen.current_path is None


@pytest.mark.usefixtures("sample_library")
@pytest.mark.parametrize("mode", ["light", "dark", "contrast"])
def test_no_text_is_cut_in_a_small_window(
    qtbot: QtBot, context: GuiContext, theme: Theme, open_window: Opener, mode: str
) -> None:
    theme.set_mode(mode)  # pyright: ignore[reportArgumentType]
    desk = Desk(qtbot, context, open_window(context, QSize(900, 600)))
    for label in desk.screen.findChildren(PlainLabel):
        if label.isVisible():
            whole = label.fontMetrics().horizontalAdvance(label.text())
            assert label.width() >= min(label.minimumSizeHint().width(), whole)
    for button in (desk.screen.bar.done_button, desk.screen.header.add_button):
        assert button.width() >= button.sizeHint().width()
    picture = desk.window.grab().toImage()
    assert picture.pixelColor(300, 590) == theme.color("bg")


def test_the_stage_of_a_planned_step_follows_start(desk: Desk, own_path: Path, library: Library) -> None:
    desk.screen.mark_stale()
    desk.settle()
    desk.select("A")
    desk.click(desk.screen.bar.advance_button)
    assert {one.title: one.stage for one in library.all(Credential)}["A"] is Stage.ENROLLED
