"""The screen of deadlines with real services on a temporary library, by what a person does."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from learnpath.domain.dates import PartialDate
from learnpath.domain.deadlines import Deadline, DeadlineKind
from learnpath.domain.records import ClaimState, CostLine, Credential, Stage
from learnpath.domain.records import Path as LearningPath
from learnpath.gui.infra.actions import Command
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.navigation import Place
from learnpath.gui.screens.deadlines.agenda import Heading
from learnpath.gui.screens.deadlines.agenda_model import AgendaModel
from learnpath.gui.screens.deadlines.screen import DeadlinesScreen
from learnpath.gui.shell.commands import EDIT, TOGGLE_DONE
from learnpath.gui.shell.window import MainWindow
from learnpath.storage.library import Library

TODAY = date(2026, 11, 21)
Show = Callable[..., DeadlinesScreen]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    shown: list[DeadlinesScreen] = []

    def show_screen(context: GuiContext, width: int = 1112, height: int = 788) -> DeadlinesScreen:
        context.navigate.set_homes({"credential": "credentials", "path": "paths"})
        screen = DeadlinesScreen(context)
        shown.append(screen)
        qtbot.addWidget(screen)
        screen.resize(width, height)
        screen.show()
        qtbot.waitExposed(screen)
        screen.activateWindow()
        qtbot.waitUntil(lambda: not context.operations.busy)
        return screen

    return show_screen


@pytest.fixture
def places(context: GuiContext) -> list[Place]:
    places: list[Place] = []
    context.navigate.place_changed.connect(places.append)
    return places


def day(offset: int) -> PartialDate:
    return PartialDate.of(TODAY + timedelta(days=offset))


def rows(model: AgendaModel) -> list[str]:
    return [str(model.index(number).data()) for number in range(model.rowCount())]


def find(screen: DeadlinesScreen, title: str) -> Deadline:
    model = screen.agenda.agenda
    found = (model.row_at(model.index(number)) for number in range(model.rowCount()))
    return next(row for row in found if isinstance(row, Deadline) and row.title == title)


def click(qtbot: QtBot, screen: DeadlinesScreen, place: QPoint) -> None:
    qtbot.mouseClick(screen.agenda.viewport(), Qt.MouseButton.LeftButton, pos=place)


def put_slipped(library: Library) -> tuple[Credential, LearningPath]:
    with library.change("put") as change:
        credential = change.insert(Credential(title="CKA", stage=Stage.PLANNED, target_on=day(-10)))
        return credential, change.insert(LearningPath(title="Cloud", goal_on=day(-2)))


def test_the_agenda_groups_dates_by_what_needs_action(sample_context: GuiContext, show: Show) -> None:
    found = rows(show(sample_context).agenda.agenda)
    assert found[:4] == ["Overdue", "Claim AZ-104 exam fee", "This week", "SC-200 exam"]
    assert found.index("Next 30 days") < found.index("PL-200 expires") < found.index("Later")
    assert found.index("Later") < found.index("CC expires")


def test_each_row_says_all_in_one_sentence_and_explains_its_date(sample_context: GuiContext, show: Show) -> None:
    screen = show(sample_context)
    model = screen.agenda.agenda
    index = model.place_of(find(screen, "SC-200 exam"))
    sentence = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert sentence == "27 Nov, SC-200 exam, Pearson VUE online, 09:30 Europe/Budapest, in 6 days, Exam"
    expiry = model.place_of(find(screen, "Terraform Associate (003) expires"))
    assert "issued 2 Dec 2024, valid for 2 years" in expiry.data(Qt.ItemDataRole.ToolTipRole)


def test_the_ribbon_shows_twelve_months(sample_context: GuiContext, show: Show) -> None:
    screen = show(sample_context)
    assert [item.label for item in screen.ribbon.items[:2]] == ["AZ-104", "SC-200"]
    notes = [label.text() for label in screen.ribbon_card.findChildren(QLabel)]
    assert "19 dates · 2 need action" in notes


def test_a_dot_of_the_ribbon_leads_to_its_record(
    qtbot: QtBot, sample_context: GuiContext, show: Show, places: list[Place]
) -> None:
    screen = show(sample_context)
    screen.ribbon.setFocus()
    qtbot.keyClick(screen.ribbon, Qt.Key.Key_Right)
    qtbot.keyClick(screen.ribbon, Qt.Key.Key_Return)
    assert sample_context.library.get(Credential, places[-1].record_id).human_code == "SC-200"


def test_click_and_enter_lead_to_the_credential_or_path(
    qtbot: QtBot, sample_context: GuiContext, show: Show, places: list[Place]
) -> None:
    screen = show(sample_context)
    model = screen.agenda.agenda
    exam = screen.agenda.visualRect(model.place_of(find(screen, "SC-200 exam")))
    click(qtbot, screen, exam.center())
    assert places[-1].screen_id == "credentials"
    screen.agenda.reveal(find(screen, "Goal: Data foundations"))
    qtbot.keyClick(screen.agenda, Qt.Key.Key_Return)
    assert places[-1].screen_id == "paths"
    assert sample_context.library.get(LearningPath, places[-1].record_id).title == "Data foundations"


def test_arrow_keys_go_from_date_to_date_past_headings(qtbot: QtBot, sample_context: GuiContext, show: Show) -> None:
    screen = show(sample_context)
    screen.agenda.setFocus()
    screen.agenda.reveal(find(screen, "Claim AZ-104 exam fee"))
    qtbot.keyClick(screen.agenda, Qt.Key.Key_Down)
    assert screen.agenda.current is not None
    assert screen.agenda.current.title == "SC-200 exam"


def test_a_claim_is_marked_where_it_stands_and_undone(qtbot: QtBot, sample_context: GuiContext, show: Show) -> None:
    screen = show(sample_context)
    claim = find(screen, "Claim AZ-104 exam fee")
    toasts: list[str] = []
    sample_context.messages.toast_requested.connect(lambda text, _undo: toasts.append(text))
    click(qtbot, screen, screen.agenda.action_place(claim))
    qtbot.waitUntil(lambda: "Claim AZ-104 exam fee" not in rows(screen.agenda.agenda))
    assert toasts == ["Marked as claimed: AZ-104"]
    assert sample_context.library.get(CostLine, claim.cost_id or 0).claim_state is ClaimState.CLAIMED
    sample_context.operations.change(sample_context.library.undo)
    qtbot.waitUntil(lambda: "Claim AZ-104 exam fee" in rows(screen.agenda.agenda))


@pytest.mark.qt_log_ignore("does not support grabbing", extend=True)
def test_a_target_that_slipped_gets_a_new_date_in_a_popup(
    qtbot: QtBot, context: GuiContext, library: Library, show: Show
) -> None:
    credential, path = put_slipped(library)
    screen = show(context)
    assert rows(screen.agenda.agenda) == ["This week", "Finish CKA", "Goal: Cloud"]
    click(qtbot, screen, screen.agenda.action_place(find(screen, "Finish CKA")))
    assert screen.popup is not None
    qtbot.keyClicks(screen.popup.field.edit, "2027-02-28")
    qtbot.keyClick(screen.popup.field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: library.get(Credential, credential.id).target_on == PartialDate("2027-02-28"))
    click(qtbot, screen, screen.agenda.action_place(find(screen, "Goal: Cloud")))
    qtbot.mouseClick(screen.popup.suggestions[1], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(screen.popup.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: library.get(LearningPath, path.id).goal_on == day(28))


@pytest.mark.qt_log_ignore("does not support grabbing", extend=True)
def test_the_popup_takes_no_day_that_has_passed_and_esc_closes_it(
    qtbot: QtBot, context: GuiContext, library: Library, show: Show
) -> None:
    credential, _ = put_slipped(library)
    screen = show(context)
    click(qtbot, screen, screen.agenda.action_place(find(screen, "Finish CKA")))
    popup = screen.popup
    assert popup is not None
    qtbot.keyClicks(popup.field.edit, "2026-11-20")
    qtbot.keyClick(popup.field.edit, Qt.Key.Key_Return)
    assert popup.isVisible()
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert library.get(Credential, credential.id).target_on == credential.target_on


def test_the_tab_key_goes_from_the_ribbon_over_the_agenda_to_the_month(sample_context: GuiContext, show: Show) -> None:
    screen = show(sample_context)
    order: list[QWidget] = []
    widget = screen.nextInFocusChain()
    while widget is not screen:
        order.append(widget)
        widget = widget.nextInFocusChain()
    stops = (screen.ribbon, screen.agenda, screen.calendar.back, screen.calendar.forward, screen.calendar.grid)
    places = [order.index(one) for one in stops]
    assert places == sorted(places)


@pytest.mark.qt_log_ignore("does not support grabbing", extend=True)
def test_the_menu_of_a_row_offers_what_can_be_done(
    qtbot: QtBot, sample_context: GuiContext, show: Show, places: list[Place]
) -> None:
    screen = show(sample_context)
    screen.agenda.reveal(find(screen, "Finish CKA"))
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(screen.agenda.viewport(), asked)
    menu = screen.agenda.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == ["Open", "Choose a new date"]
    menu.actions()[1].trigger()
    assert screen.popup is not None
    screen.popup.close()
    menu.actions()[0].trigger()
    assert places[-1].screen_id == "credentials"
    menu.close()


def test_a_click_that_ends_on_another_row_opens_nothing(
    qtbot: QtBot, sample_context: GuiContext, show: Show, places: list[Place]
) -> None:
    screen = show(sample_context)
    model, viewport = screen.agenda.agenda, screen.agenda.viewport()
    claim, exam = (
        screen.agenda.visualRect(model.place_of(find(screen, title))).center()
        for title in ("Claim AZ-104 exam fee", "SC-200 exam")
    )
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=claim)
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=exam)
    assert places == []


def test_the_pointer_shows_what_can_be_clicked(qtbot: QtBot, sample_context: GuiContext, show: Show) -> None:
    screen = show(sample_context)
    viewport = screen.agenda.viewport()
    action = screen.agenda.action_place(find(screen, "Claim AZ-104 exam fee"))
    plain = viewport.grab().toImage()
    QApplication.sendEvent(viewport, hover(viewport, action))
    assert viewport.cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert viewport.grab().toImage() != plain
    QApplication.sendEvent(viewport, hover(viewport, QPoint(5, 5)))
    assert viewport.cursor().shape() == Qt.CursorShape.ArrowCursor


def hover(widget: QWidget, place: QPoint) -> QMouseEvent:
    at = QPointF(place)
    none = Qt.MouseButton.NoButton
    return QMouseEvent(
        QEvent.Type.MouseMove, at, QPointF(widget.mapToGlobal(place)), none, none, Qt.KeyboardModifier.NoModifier
    )


def test_commands_follow_the_current_row(sample_context: GuiContext, show: Show) -> None:
    screen = show(sample_context)
    assert not screen.can_run(TOGGLE_DONE)
    screen.agenda.reveal(find(screen, "Claim AZ-104 exam fee"))
    assert screen.can_run(TOGGLE_DONE)
    assert not screen.can_run(EDIT)
    screen.agenda.reveal(find(screen, "Finish CKA"))
    assert screen.can_run(EDIT)
    assert not screen.can_run(TOGGLE_DONE)


def test_space_marks_a_claim_in_the_whole_window(
    qtbot: QtBot, sample_context: GuiContext, open_window: Callable[[GuiContext, QSize], MainWindow]
) -> None:
    window = open_window(sample_context, QSize(1320, 840))
    sample_context.navigate.to_screen("deadlines")
    qtbot.waitUntil(lambda: not sample_context.operations.busy)
    screen = window.stack.current()
    assert isinstance(screen, DeadlinesScreen)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    screen.agenda.setFocus()
    screen.agenda.reveal(find(screen, "Claim AZ-104 exam fee"))
    qtbot.keyClick(screen.agenda, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Overdue" not in rows(screen.agenda.agenda))
    assert screen.agenda.current is not None


def test_the_calendar_opens_the_first_date_of_a_day(
    qtbot: QtBot, sample_context: GuiContext, show: Show, places: list[Place]
) -> None:
    screen = show(sample_context)
    grid = screen.calendar.grid
    grid.setFocus()
    grid.set_day(date(2026, 11, 26))
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert screen.agenda.current is not None
    assert screen.agenda.current.kind is DeadlineKind.EXAM
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert places[-1].record_id == screen.agenda.current.credential_id


def test_the_calendar_leaves_where_there_is_little_room(qtbot: QtBot, sample_context: GuiContext, show: Show) -> None:
    screen = show(sample_context)
    assert screen.calendar_card.isVisible()
    screen.resize(900, 600)
    qtbot.waitUntil(lambda: not screen.calendar_card.isVisible() and screen.agenda_card.width() > 800)


def test_without_dates_the_next_steps_are_offered(qtbot: QtBot, context: GuiContext, show: Show) -> None:
    went: list[str] = []
    for command_id in ("import.open", "credential.add"):
        context.actions.add(Command(id=command_id, text=command_id, handler=lambda one=command_id: went.append(one)))
    screen = show(context)
    assert screen.empty.isVisible()
    screen.empty.primary_clicked.emit()
    screen.empty.secondary_clicked.emit()
    assert went == ["credential.add", "import.open"]


def test_thousands_of_dates_stay_one_list(qtbot: QtBot, context: GuiContext, library: Library, show: Show) -> None:
    with library.change("many") as change:
        change.insert_many(
            [
                Credential(title=f"C{number}", stage=Stage.EARNED, awarded_on=day(-9), valid_until=day(number % 900))
                for number in range(5000)
            ]
        )
    screen = show(context)
    assert screen.agenda.agenda.rowCount() > 5000
    assert len(screen.ribbon.items) == 12
    first_of_june = next(item for item in screen.ribbon.items if item.day.month == 6)
    screen.ribbon.activated.emit(first_of_june.key)
    assert screen.agenda.current is not None
    assert screen.agenda.current.on.month == 6
    place = screen.agenda.visualRect(screen.agenda.currentIndex())
    assert screen.agenda.viewport().rect().intersects(place)


@pytest.mark.parametrize("mode", ["light", "dark", "contrast"])
def test_it_renders_in_every_theme_without_clipping(sample_context: GuiContext, show: Show, mode: str) -> None:
    sample_context.theme.set_mode("dark" if mode == "dark" else "contrast" if mode == "contrast" else "light")
    screen = show(sample_context, 840, 548)
    assert not screen.grab().isNull()
    assert screen.agenda_card.geometry().right() < screen.width()
    assert screen.ribbon_card.geometry().right() < screen.width()
    for label in screen.findChildren(QLabel):
        if label.isVisible() and label.minimumSizeHint().width() == label.sizeHint().width():
            assert label.width() >= label.sizeHint().width(), label.text()
    model = screen.agenda.agenda
    assert isinstance(model.row_at(model.index(0)), Heading)
