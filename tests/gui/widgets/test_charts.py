from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from learnpath.gui.infra.theme import Theme
from learnpath.gui.widgets.bar_chart import BarChart
from learnpath.gui.widgets.gauges import ProgressLine, RingGauge
from learnpath.gui.widgets.heat_map import HeatMap, level_of
from learnpath.gui.widgets.ribbon import Ribbon, RibbonItem
from learnpath.gui.widgets.ribbon_lanes import share_lanes

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("share", "text"), [(0, "0%"), (0.001, "1%"), (2 / 3, "67%"), (0.999, "99%"), (1, "100%"), (1.4, "100%")]
)
def test_only_what_is_done_reads_as_done(theme: Theme, qtbot: QtBot, share: float, text: str) -> None:
    ring, line = RingGauge(theme, "Path"), ProgressLine(theme, "Path")
    qtbot.addWidget(ring)
    qtbot.addWidget(line)
    ring.set_share(share)
    line.set_share(share)
    assert (ring.text, ring.accessibleName(), line.accessibleName()) == (
        text,
        f"Path: {text}",
        f"Path: {text}",
    )


def test_progress_line_is_filled(theme: Theme, qtbot: QtBot) -> None:
    line = ProgressLine(theme, "Path")
    qtbot.addWidget(line)
    line.resize(200, 8)
    line.set_share(0.5)
    image = line.grab().toImage()
    assert image.pixelColor(60, 4) == theme.color("accent")
    assert image.pixelColor(140, 4) == theme.color("track")


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_levels_rise_with_the_minutes(minutes: int, most: int) -> None:
    level = level_of(minutes, max(minutes, most))
    assert 0 <= level <= 4
    assert (level == 0) == (minutes == 0)
    assert level <= level_of(minutes + 1, max(minutes, most, 1))
    assert level_of(max(minutes, most), max(minutes, most)) in (0, 4)


@pytest.fixture
def heat(theme: Theme, qtbot: QtBot) -> HeatMap:
    widget = HeatMap(theme, "Study time")
    qtbot.addWidget(widget)
    widget.set_days({TODAY: 90, TODAY - timedelta(days=8): 30}, TODAY, weeks=4)
    return widget


def test_heat_map_is_walked_by_keys(heat: HeatMap, qtbot: QtBot) -> None:
    assert heat.accessibleDescription() == "Sat 21 Nov 2026: 1 h 30"
    qtbot.keyClick(heat, Qt.Key.Key_Left)
    qtbot.keyClick(heat, Qt.Key.Key_Up)
    assert heat.current_day == date(2026, 11, 13)
    assert heat.accessibleDescription() == "Fri 13 Nov 2026: 30 min"
    qtbot.keyClick(heat, Qt.Key.Key_Home)
    assert heat.current_day == date(2026, 10, 26)
    qtbot.keyClick(heat, Qt.Key.Key_Up)
    assert heat.current_day == date(2026, 10, 26)
    qtbot.keyClick(heat, Qt.Key.Key_End)
    qtbot.keyClick(heat, Qt.Key.Key_Right)
    assert heat.current_day == TODAY


def test_heat_map_finds_days_by_place(heat: HeatMap) -> None:
    for back in range(26):
        day = TODAY - timedelta(days=back)
        assert heat.day_at(heat.rect_of(day).center()) == day
    assert heat.day_at(heat.rect_of(TODAY + timedelta(days=1)).center()) is None
    assert heat.rect().contains(heat.rect_of(TODAY)) or heat.sizeHint().width() >= heat.rect_of(TODAY).right()


def test_heat_map_as_a_table(heat: HeatMap) -> None:
    assert heat.as_table()[1:] == (("Sat 21 Nov 2026", "1 h 30"), ("Fri 13 Nov 2026", "30 min"))


def test_bars_as_a_table(theme: Theme, qtbot: QtBot) -> None:
    chart = BarChart(theme, "Earned")
    qtbot.addWidget(chart)
    chart.set_bars([("2025", 8), ("2026", 3)])
    assert chart.as_table() == (("Label", "Earned"), ("2025", "8"), ("2026", "3"))
    assert chart.accessibleDescription() == "2025: 8, 2026: 3"
    chart.set_bars([])
    assert chart.grab().width() > 0


spans = st.lists(st.tuples(st.integers(0, 900), st.integers(1, 200)).map(lambda s: (s[0], s[0] + s[1])), max_size=30)


@given(spans, st.integers(0, 20))
def test_lanes_never_overlap(places: list[tuple[int, int]], gap: int) -> None:
    lanes = share_lanes(places, gap)
    for lane in set(lanes):
        inside = sorted(place for place, number in zip(places, lanes, strict=True) if number == lane)
        assert all(left[1] + gap <= right[0] for left, right in pairwise(inside))
    most = max((sum(a <= x < b + gap for a, b in places) for x, _ in places), default=0)
    assert len(set(lanes)) == most


@pytest.fixture
def ribbon(theme: Theme, qtbot: QtBot) -> Ribbon:
    widget = Ribbon(theme, "Next 12 months")
    qtbot.addWidget(widget)
    widget.resize(900, 120)
    widget.show()
    days = (
        (date(2027, 1, 3), "b"),
        (date(2026, 11, 27), "a"),
        (date(2027, 1, 4), "c"),
        (date(2028, 1, 1), "later"),
    )
    widget.set_items([RibbonItem(label, day, f"Item {label}", detail="renew") for day, label in days], TODAY)
    return widget


def test_ribbon_shows_its_months_in_order(ribbon: Ribbon) -> None:
    assert [item.key for item in ribbon.items] == ["a", "b", "c"]
    rects = [ribbon.rect_of(index) for index in range(3)]
    assert not any(one.intersects(other) for one in rects for other in rects if one is not other)
    assert all(ribbon.rect().contains(rect) for rect in rects)


def test_ribbon_by_keyboard(ribbon: Ribbon, qtbot: QtBot) -> None:
    assert ribbon.accessibleDescription() == "27 Nov 2026, Item a, renew"
    qtbot.keyClick(ribbon, Qt.Key.Key_Right)
    with qtbot.waitSignal(ribbon.activated) as sent:
        qtbot.keyClick(ribbon, Qt.Key.Key_Return)
    assert sent.args == ["b"]
    qtbot.keyClick(ribbon, Qt.Key.Key_End)
    qtbot.keyClick(ribbon, Qt.Key.Key_Right)
    assert ribbon.current_item == ribbon.items[-1]


def test_ribbon_by_mouse(ribbon: Ribbon, qtbot: QtBot) -> None:
    with qtbot.waitSignal(ribbon.activated) as sent:
        qtbot.mouseClick(ribbon, Qt.MouseButton.LeftButton, pos=ribbon.rect_of(2).center())
    assert sent.args == ["c"]
    with qtbot.assertNotEmitted(ribbon.activated):
        qtbot.mouseClick(ribbon, Qt.MouseButton.LeftButton, pos=ribbon.rect().bottomRight())


def test_empty_ribbon_stands_still(theme: Theme, qtbot: QtBot) -> None:
    widget = Ribbon(theme, "Next 12 months")
    qtbot.addWidget(widget)
    widget.set_items([], TODAY)
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert (widget.current_item, widget.accessibleDescription()) == (None, "")
