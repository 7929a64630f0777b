from datetime import date

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from learnpath.domain.dates import PartialDate
from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.chip import CHIP_COLORS, Chip, ChipKind, chip_size, paint_chip
from learnpath.gui.widgets.date_field import DateField
from learnpath.gui.widgets.duration_field import DurationField
from learnpath.gui.widgets.field_error import FieldError
from learnpath.gui.widgets.filter_chips import Filter, FilterChipBar
from learnpath.gui.widgets.flow_layout import FlowLayout
from learnpath.gui.widgets.plain_label import PlainLabel
from learnpath.gui.widgets.search_field import SearchField
from learnpath.gui.widgets.wording import date_text, duration_text, typed_date_text

TODAY = date(2026, 11, 21)


def today() -> date:
    return TODAY


@pytest.mark.parametrize(
    ("minutes", "text"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (210, "3 h 30"), (65, "1 h 05")]
)
def test_durations_in_words(minutes: int, text: str) -> None:
    assert duration_text(minutes) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2026-11-27", "Fri 27 Nov 2026 · in 6 days"),
        ("2026-11-21", "Sat 21 Nov 2026 · today"),
        ("2026-11-20", "Fri 20 Nov 2026 · yesterday"),
        ("2023-11-20", "Mon 20 Nov 2023 · 3 years ago"),
        ("2027-02", "Feb 2027"),
        ("2027", "2027"),
    ],
)
def test_dates_in_words(value: str, text: str) -> None:
    assert typed_date_text(PartialDate(value), TODAY) == text


def test_date_field_reads_and_explains(theme: Theme, qtbot: QtBot) -> None:
    field = DateField(theme, "Valid until", today)
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.changed):
        field.edit.setText("27 feb")
    assert field.value == PartialDate("2027-02-27")
    assert field.edit.accessibleDescription() == "Sat 27 Feb 2027 · in 3 months"
    assert field.edit.accessibleName() == "Valid until"
    field.edit.setText("")
    assert (field.value, field.is_valid) == (None, True)


def test_date_field_complains_only_when_left(theme: Theme, qtbot: QtBot) -> None:
    field = DateField(theme, "Valid until", today)
    qtbot.addWidget(field)
    field.show()
    field.edit.setText("27 f")
    assert not field.is_valid
    message = field.findChild(FieldError)
    assert message.isHidden()
    assert field.validate() is False
    assert message.isVisible()
    assert "is no date" in message.text
    assert field.edit.property("invalid") is True
    field.edit.setText("27 feb")
    assert message.isHidden()
    assert field.edit.property("invalid") is False


@pytest.mark.parametrize("value", ["2027-02-27", "2027-02", "2027", "2027-05", "1999-12-31", None])
def test_date_field_gives_back_what_was_set(theme: Theme, qtbot: QtBot, value: str | None) -> None:
    field = DateField(theme, "Valid until", today)
    qtbot.addWidget(field)
    wanted = None if value is None else PartialDate(value)
    field.set_value(wanted)
    assert field.value == wanted
    assert wanted is None or field.edit.text() == date_text(wanted)


def test_duration_field(theme: Theme, qtbot: QtBot) -> None:
    field = DurationField(theme, "Studied")
    qtbot.addWidget(field)
    field.set_minutes(90)
    assert (field.edit.text(), field.minutes) == ("1:30", 90)
    field.edit.setText("2.5 h")
    assert field.minutes == 150
    field.edit.setText("long")
    assert (field.minutes, field.validate()) == (None, False)
    field.set_minutes(None)
    assert (field.minutes, field.is_valid) == (None, True)


def test_search_field_clears_then_leaves(theme: Theme, qtbot: QtBot) -> None:
    field = SearchField(theme, "Search", "Ctrl K")
    qtbot.addWidget(field)
    with_cap = field.textMargins().right()
    qtbot.keyClicks(field, "aws")
    assert field.textMargins().right() < with_cap
    with qtbot.assertNotEmitted(field.left):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    with qtbot.waitSignal(field.left):
        qtbot.keyClick(field, Qt.Key.Key_Escape)


@pytest.mark.parametrize("kind", list(CHIP_COLORS))
def test_chips_in_their_colours(theme: Theme, qtbot: QtBot, kind: ChipKind) -> None:
    chip = Chip(theme, "Earned", "neutral")
    qtbot.addWidget(chip)
    chip.set_chip("Status", kind)
    assert (chip.text, chip.kind, chip.accessibleName()) == ("Status", kind, "Status")
    chip.resize(chip.sizeHint())
    assert chip.grab().toImage().pixelColor(chip.width() // 2, 2) == theme.color(CHIP_COLORS[kind][1])


def test_painted_chips_stay_in_their_cell(theme: Theme) -> None:
    pixmap = QPixmap(200, 36)
    pixmap.fill(Qt.GlobalColor.white)
    painter = QPainter(pixmap)
    paint_chip(painter, QRect(10, 0, 60, 36), "A status that is far too long", "bad", theme)
    painter.end()
    image = pixmap.toImage()
    assert chip_size("A status that is far too long", theme).width() > 60
    assert all(image.pixelColor(x, 18) == Qt.GlobalColor.white for x in (*range(10), *range(70, 200)))


@pytest.fixture
def bar(theme: Theme, qtbot: QtBot) -> FilterChipBar:
    widget = FilterChipBar(theme, "Status")
    qtbot.addWidget(widget)
    widget.set_filters([Filter("all", "All", 38), Filter("earned", "Earned", 26), Filter("none", "None")])
    widget.show()
    return widget


def test_filters_are_chosen_by_mouse_and_keys(bar: FilterChipBar, qtbot: QtBot) -> None:
    chips = bar.findChildren(QAbstractButton)
    assert [chip.text() for chip in chips] == ["All 38", "Earned 26", "None"]
    assert bar.current == "all"
    with qtbot.waitSignal(bar.chosen) as sent:
        qtbot.mouseClick(chips[1], Qt.MouseButton.LeftButton)
    assert sent.args == ["earned"]
    chips[1].setFocus()
    qtbot.keyClick(chips[1], Qt.Key.Key_Right)
    assert bar.current == "none"


def test_filters_keep_their_choice_when_counts_change(bar: FilterChipBar, qtbot: QtBot) -> None:
    bar.set_current("earned")
    with qtbot.assertNotEmitted(bar.chosen):
        bar.set_filters([Filter("all", "All", 3), Filter("earned", "Earned", 2), Filter("none", "None", 1)])
        bar.set_filters([Filter("earned", "Earned", 2)])
        assert bar.current == "earned"
        bar.set_filters([Filter("all", "All", 0)])
    assert bar.current == "all"
    with pytest.raises(KeyError):
        bar.set_current("gone")


def test_flow_breaks_into_lines(theme: Theme, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    flow = FlowLayout(host, 6)
    labels = [PlainLabel(theme, "word " * 4) for _ in range(6)]
    for label in labels:
        flow.addWidget(label)
    width = labels[0].sizeHint().width()
    one, many = flow.heightForWidth(width * 7), flow.heightForWidth(width + 2)
    assert many == one * 6 + 5 * 6
    host.resize(width * 2 + 8, 400)
    host.show()
    assert labels[1].y() == labels[0].y() < labels[2].y()
    host.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    flow.setGeometry(host.rect())
    assert labels[0].x() > labels[1].x()
    flow.clear()
    assert flow.count() == 0
