import time

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from learnpath.gui.infra.watch import EventLoopWatch, watch_if_asked


class Clock:
    def __init__(self) -> None:
        self.now = 5.0

    def __call__(self) -> float:
        return self.now


def test_gaps_are_what_exceeds_the_interval(qapp: object) -> None:
    clock = Clock()
    watch = EventLoopWatch(clock=clock)
    watch.tick()
    watch.start()
    for seconds in (0.010, 0.060, 0.160, 0.009):
        clock.now += seconds
        watch.tick()
    assert round(watch.largest_gap) == 150
    assert [round(gap) for gap in watch.long_gaps] == [150]
    clock.now += 0.310
    watch.stop()
    assert [round(gap) for gap in watch.long_gaps] == [150, 300]
    clock.now += 9
    watch.tick()
    assert round(watch.largest_gap) == 300
    watch.start()
    assert watch.long_gaps == []
    assert watch.largest_gap == 0
    watch.stop()


def test_a_blocked_event_loop_is_seen(qtbot: QtBot) -> None:
    watch = EventLoopWatch()
    watch.start()
    until = time.perf_counter() + 0.15
    while time.perf_counter() < until:
        pass
    qtbot.waitUntil(lambda: bool(watch.long_gaps))
    watch.stop()
    assert watch.largest_gap >= 130


def test_the_watch_runs_only_when_asked(qapp: QObject) -> None:
    parent = QObject()
    assert watch_if_asked({}, parent) is None
    assert watch_if_asked({"LEARNPATH_WATCH": ""}, parent) is None
    watch = watch_if_asked({"LEARNPATH_WATCH": "1"}, parent)
    assert watch is not None
    assert watch.parent() is parent
    watch.stop()


def test_a_gap_worth_noting_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    now = [0.0]
    parent = QObject()
    watch = watch_if_asked({"LEARNPATH_WATCH": "1"}, parent)
    assert watch is not None
    watch.gap_seen.emit(123.4)
    assert capsys.readouterr().err == "event loop gap: 123 ms\n"
    watch.stop()
    seen: list[float] = []
    other = EventLoopWatch(clock=lambda: now[0])
    other.gap_seen.connect(seen.append)
    other.start()
    for seconds in (0.015, 0.055):
        now[0] += seconds
        other.tick()
    assert seen == [pytest.approx(45.0)]
    other.stop()
