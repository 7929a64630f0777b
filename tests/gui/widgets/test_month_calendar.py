"""The month calendar by keyboard and mouse."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.month_calendar import MonthCalendar
from learnpath.gui.widgets.month_grid import DayMark, shift_month

TODAY = date(2026, 11, 21)
MARKS = {
    date(2026, 11, 27): [DayMark("Exam", "bad", "SC-200 exam")],
    date(2026, 11, 18): [DayMark("Claim", "bad", f"Claim {number}") for number in range(7)],
}


@pytest.fixture
def calendar(qtbot: QtBot, theme: Theme) -> MonthCalendar:
    calendar = MonthCalendar(theme, "Month", TODAY)
    qtbot.addWidget(calendar)
    calendar.set_marks(MARKS, TODAY)
    calendar.resize(380, 330)
    calendar.show()
    qtbot.waitExposed(calendar)
    calendar.grid.setFocus()
    return calendar


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Qt.Key.Key_Left, date(2026, 11, 20)),
        (Qt.Key.Key_Right, date(2026, 11, 22)),
        (Qt.Key.Key_Up, date(2026, 11, 14)),
        (Qt.Key.Key_Down, date(2026, 11, 28)),
        (Qt.Key.Key_PageDown, date(2026, 12, 21)),
        (Qt.Key.Key_PageUp, date(2026, 10, 21)),
    ],
)
def test_keys_move_the_day(qtbot: QtBot, calendar: MonthCalendar, key: Qt.Key, expected: date) -> None:
    qtbot.keyClick(calendar.grid, key)
    assert calendar.grid.day == expected
    qtbot.keyClick(calendar.grid, Qt.Key.Key_Home)
    assert calendar.grid.day == TODAY


def test_enter_activates_the_day(qtbot: QtBot, calendar: MonthCalendar) -> None:
    activated = QSignalSpy(calendar.activated)
    qtbot.keyClick(calendar.grid, Qt.Key.Key_Return)
    assert activated.count() == 1
    assert activated.at(0) == [TODAY]


def test_a_click_moves_to_the_day_under_the_pointer(qtbot: QtBot, calendar: MonthCalendar) -> None:
    day = date(2026, 11, 27)
    qtbot.mouseClick(calendar.grid, Qt.MouseButton.LeftButton, pos=calendar.grid.rect_of(day).center())
    assert calendar.grid.day == day
    assert calendar.grid.accessibleDescription().endswith("SC-200 exam")


def test_buttons_turn_the_months(qtbot: QtBot, calendar: MonthCalendar) -> None:
    qtbot.mouseClick(calendar.forward, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(calendar.forward, Qt.MouseButton.LeftButton)
    assert "January 2027" in calendar.title
    qtbot.mouseClick(calendar.back, Qt.MouseButton.LeftButton)
    assert "December 2026" in calendar.title


def test_weeks_begin_as_the_language_has_it(calendar: MonthCalendar) -> None:
    first = calendar.locale().firstDayOfWeek().value
    starts = [day for day in (date(2026, 11, number) for number in range(1, 8)) if day.isoweekday() == first]
    assert calendar.grid.rect_of(starts[0]).left() == 0


@pytest.mark.parametrize("mode", ["light", "dark", "contrast"])
def test_it_paints_marks_in_every_theme(theme: Theme, calendar: MonthCalendar, mode: str) -> None:
    theme.set_mode("dark" if mode == "dark" else "contrast" if mode == "contrast" else "light")
    picture = calendar.grid.grab().toImage()
    marked, plain = (calendar.grid.rect_of(date(2026, 11, number)) for number in (27, 26))
    assert picture.copy(marked.adjusted(0, 20, 0, 0)) != picture.copy(plain.adjusted(0, 20, 0, 0))


def test_the_last_day_of_a_month_stays_the_last_where_it_must() -> None:
    assert shift_month(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert shift_month(date(2026, 12, 5), 1) == date(2027, 1, 5)
    assert shift_month(date(2027, 1, 5), -1) == date(2026, 12, 5)
