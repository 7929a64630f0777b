"""The real lanes, the real threads: results, order, replacing, changes, errors, cancelling, shutting down."""

import functools
import sqlite3
import threading
from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from learnpath.domain.changes import ChangeSet, Outcome
from learnpath.errors import KnownError
from learnpath.gui.infra.bus import ChangeBus
from learnpath.gui.infra.jobs import JobState, Progress
from learnpath.gui.infra.messages import BannerMessage, Messages
from learnpath.gui.infra.operations import Operations

CHANGE = ChangeSet("Add Security+", frozenset({"credential"}), frozenset({7}))


class Bench:
    """Operations with everything they say written down in order."""

    def __init__(self) -> None:
        self.bus = ChangeBus()
        self.messages = Messages()
        self.ended: list[str] = []
        self.operations = Operations(self.bus, self.messages, on_thread_exit=self._note_end)
        self.log: list[object] = []
        self.banners: list[BannerMessage] = []
        self.bus.changed.connect(lambda change: self.log.append(("bus", change)))
        self.messages.toast_requested.connect(lambda text, undo: self.log.append(("toast", text, undo)))
        self.messages.banner_requested.connect(self.banners.append)
        self.operations.crashed.connect(lambda text: self.log.append(("crash", text)))
        self.operations.failed.connect(lambda error: self.log.append(("failed", error)))
        self.gate = threading.Event()

    def _note_end(self) -> None:
        self.ended.append(threading.current_thread().name)

    def hold(self) -> None:
        """A task that waits until the gate opens."""
        assert self.gate.wait(10)


@pytest.fixture
def bench(qapp: QObject) -> Iterator[Bench]:
    bench = Bench()
    yield bench
    bench.gate.set()
    bench.operations.shutdown()


def wait_idle(qtbot: QtBot, bench: Bench) -> None:
    qtbot.waitUntil(lambda: not bench.operations.busy, timeout=5000)


def fail(error: Exception) -> Callable[[], None]:
    def task() -> None:
        raise error

    return task


def test_read_runs_in_the_read_thread_and_delivers_in_the_gui_thread(qtbot: QtBot, bench: Bench) -> None:
    threads: list[str] = []

    def done(name: str) -> None:
        threads.extend([name, threading.current_thread().name])

    bench.operations.read(lambda: threading.current_thread().name, done)
    assert threads == []
    wait_idle(qtbot, bench)
    assert threads == ["learnpath-read", threading.main_thread().name]


def test_each_lane_keeps_one_thread(qtbot: QtBot, bench: Bench) -> None:
    idents: list[int] = []
    for _ in range(3):
        bench.operations.read(threading.get_ident, idents.append)
        wait_idle(qtbot, bench)
    assert len(idents) == 3
    assert len(set(idents)) == 1


def test_reads_keep_their_order(qtbot: QtBot, bench: Bench) -> None:
    seen: list[int] = []
    for number in range(50):
        bench.operations.read(functools.partial(int, number), seen.append)
    wait_idle(qtbot, bench)
    assert seen == list(range(50))


def test_a_change_does_not_wait_for_a_read(qtbot: QtBot, bench: Bench) -> None:
    seen: list[object] = []
    bench.operations.read(bench.hold, seen.append)
    bench.operations.change(lambda: Outcome("written", None), seen.append)
    qtbot.waitUntil(lambda: seen == ["written"])
    bench.gate.set()
    wait_idle(qtbot, bench)
    assert seen == ["written", None]


def test_a_newer_read_replaces_the_waiting_one(qtbot: QtBot, bench: Bench) -> None:
    ran: list[str] = []
    seen: list[object] = []
    bench.operations.read(bench.hold, seen.append)
    for text in ("a", "ab", "abc"):
        bench.operations.read(functools.partial(ran.append, text), lambda _: seen.append("x"), replaces="search")
    bench.gate.set()
    wait_idle(qtbot, bench)
    assert ran == ["abc"]
    assert seen == [None, "x"]


def test_a_newer_read_drops_the_result_of_the_running_one(qtbot: QtBot, bench: Bench) -> None:
    seen: list[str] = []
    started = threading.Event()

    def slow() -> str:
        started.set()
        bench.hold()
        return "old"

    bench.operations.read(slow, seen.append, replaces="list")
    assert started.wait(5)
    bench.operations.read(lambda: "new", seen.append, replaces="list")
    bench.operations.read(lambda: "other", seen.append, replaces="detail")
    bench.gate.set()
    wait_idle(qtbot, bench)
    assert seen == ["new", "other"]


def test_a_known_error_of_a_replaced_read_is_not_shown(qtbot: QtBot, bench: Bench) -> None:
    seen: list[str] = []
    started = threading.Event()

    def slow() -> str:
        started.set()
        bench.hold()
        raise KnownError("The search is not valid.")

    bench.operations.read(slow, seen.append, replaces="list")
    assert started.wait(5)
    bench.operations.read(lambda: "new", seen.append, replaces="list")
    bench.gate.set()
    wait_idle(qtbot, bench)
    assert seen == ["new"]
    assert bench.banners == []


def test_a_change_is_published_then_delivered_then_told(qtbot: QtBot, bench: Bench) -> None:
    bench.operations.change(
        lambda: Outcome(7, CHANGE), lambda value: bench.log.append(("done", value)), toast="Added Security+"
    )
    wait_idle(qtbot, bench)
    assert bench.log == [("bus", CHANGE), ("done", 7), ("toast", "Added Security+", True)]


def test_a_bare_change_set_is_published_and_given_to_done(qtbot: QtBot, bench: Bench) -> None:
    bench.operations.change(lambda: CHANGE, lambda value: bench.log.append(value))
    wait_idle(qtbot, bench)
    assert bench.log == [("bus", CHANGE), CHANGE]


def test_nothing_changed_publishes_nothing_and_shows_no_toast(qtbot: QtBot, bench: Bench) -> None:
    bench.operations.change(lambda: Outcome(3, None), bench.log.append, toast="Added")
    bench.operations.change(lambda: None, bench.log.append, toast="Added")
    wait_idle(qtbot, bench)
    assert bench.log == [3, None]


def test_the_toast_can_speak_of_the_value(qtbot: QtBot, bench: Bench) -> None:
    bench.operations.change(lambda: Outcome(204, CHANGE), toast=lambda count: f"Imported {count} programs")
    wait_idle(qtbot, bench)
    assert bench.log[-1] == ("toast", "Imported 204 programs", True)


def test_a_known_error_becomes_a_banner(qtbot: QtBot, bench: Bench) -> None:
    error = KnownError("The disk is full.", "Free some space.")
    bench.operations.change(fail(error), bench.log.append)
    wait_idle(qtbot, bench)
    assert bench.log == [("failed", error)]
    assert [(b.text, b.hint, b.kind) for b in bench.banners] == [("The disk is full.", "Free some space.", "error")]


def test_a_failed_callback_takes_the_known_error(qtbot: QtBot, bench: Bench) -> None:
    error = KnownError("No such file.")
    bench.operations.read(fail(error), bench.log.append, failed=bench.log.append)
    wait_idle(qtbot, bench)
    assert bench.log == [error]
    assert bench.banners == []


def test_any_other_error_is_a_crash_with_its_traceback(qtbot: QtBot, bench: Bench) -> None:
    bench.operations.read(fail(ZeroDivisionError("boom")), bench.log.append, failed=bench.log.append)
    bench.operations.read(lambda: "alive", bench.log.append)
    wait_idle(qtbot, bench)
    kind, text = bench.log[0]  # pyright: ignore[reportGeneralTypeIssues]
    assert kind == "crash"
    assert "ZeroDivisionError: boom" in text
    assert "in task" in text
    assert bench.log[1] == "alive"


class Receiver(QLabel):
    def take(self, text: str, suffix: str = "") -> None:
        self.setText(text + suffix)


@pytest.mark.parametrize("wrap", ["method", "partial", "closure"])
def test_a_deleted_receiver_is_skipped(qtbot: QtBot, bench: Bench, wrap: str) -> None:
    receiver = Receiver()
    callbacks: dict[str, Callable[[str], object]] = {
        "method": receiver.take,
        "partial": functools.partial(receiver.take, suffix="!"),
        "closure": lambda text: receiver.setText(text),
    }
    bench.operations.read(bench.hold, bench.log.append)
    bench.operations.read(lambda: "late", callbacks[wrap])
    bench.operations.read(lambda: "next", bench.log.append)
    shiboken6.delete(receiver)
    bench.gate.set()
    wait_idle(qtbot, bench)
    assert bench.log == [None, "next"]


def test_a_living_receiver_is_called(qtbot: QtBot, bench: Bench) -> None:
    receiver = Receiver()
    qtbot.addWidget(receiver)
    bench.operations.read(lambda: "text", functools.partial(receiver.take, suffix="!"))
    wait_idle(qtbot, bench)
    assert receiver.text() == "text!"


def test_busy_changes_once_each_way(qtbot: QtBot, bench: Bench) -> None:
    states: list[bool] = []
    bench.operations.busy_changed.connect(states.append)
    bench.operations.read(lambda: 1, lambda _: bench.operations.read(lambda: 2, bench.log.append))
    bench.operations.change(lambda: None)
    wait_idle(qtbot, bench)
    assert states == [True, False]


def test_an_error_in_done_still_ends_the_busy_state(qtbot: QtBot, bench: Bench) -> None:
    def done(_: int) -> None:
        raise ValueError("in the window")

    with qtbot.captureExceptions() as raised:
        bench.operations.read(lambda: 1, done)
        wait_idle(qtbot, bench)
    assert [str(error[1]) for error in raised] == ["in the window"]


def test_a_job_reports_throttled_progress_and_its_end(qtbot: QtBot, bench: Bench) -> None:
    seen: list[tuple[int, int, str]] = []

    def task(progress: Progress) -> str:
        bench.hold()
        for number in range(1, 10_001):
            progress.report(number, 10_000, "rows")
        return "all"

    job = bench.operations.long(task, bench.log.append, title="Export")
    job.progressed.connect(lambda done, total, text: seen.append((done, total, text)))
    with qtbot.waitSignal(job.finished) as finished:
        bench.gate.set()
    wait_idle(qtbot, bench)
    assert finished.args == [JobState.DONE]
    assert job.state is JobState.DONE
    assert seen[0] == (1, 10_000, "rows")
    assert seen[-1] == (10_000, 10_000, "rows")
    assert len(seen) < 100
    assert bench.log == ["all"]


def test_a_long_job_holds_up_neither_reads_nor_changes(qtbot: QtBot, bench: Bench) -> None:
    bench.operations.long(lambda _: bench.hold(), title="Export")
    bench.operations.read(lambda: "read", bench.log.append)
    bench.operations.change(lambda: Outcome("changed", None), bench.log.append)
    qtbot.waitUntil(lambda: sorted(map(str, bench.log)) == ["changed", "read"])


def test_cancelling_a_running_job_stops_it_and_calls_nothing(qtbot: QtBot, bench: Bench) -> None:
    started = threading.Event()

    def task(progress: Progress) -> None:
        started.set()
        while True:
            progress.raise_if_cancelled()
            bench.gate.wait(0.01)

    job = bench.operations.long(task, bench.log.append, title="Plan")
    assert started.wait(5)
    with qtbot.waitSignal(job.finished, timeout=200) as finished:
        job.cancel()
    assert finished.args == [JobState.CANCELLED]
    wait_idle(qtbot, bench)
    assert bench.log == []


def test_cancelling_a_waiting_job_never_starts_it(qtbot: QtBot, bench: Bench) -> None:
    ran: list[str] = []
    bench.operations.long(lambda _: bench.hold(), title="First")
    job = bench.operations.long(lambda _: ran.append("ran"), bench.log.append, title="Second")
    with qtbot.waitSignal(job.finished):
        job.cancel()
    job.cancel()
    bench.gate.set()
    wait_idle(qtbot, bench)
    assert ran == []
    assert bench.log == []


def test_cancelling_breaks_into_a_database_statement(qtbot: QtBot, bench: Bench) -> None:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    started = threading.Event()
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"

    def task(_: Progress) -> None:
        connection.set_progress_handler(lambda: started.set(), 1000)
        connection.execute(endless)

    job = bench.operations.long(task, title="Check", interrupt=connection.interrupt)
    assert started.wait(5)
    with qtbot.waitSignal(job.finished, timeout=1000) as finished:
        job.cancel()
    assert finished.args == [JobState.CANCELLED]
    assert bench.log == []
    connection.close()


def test_the_interrupt_never_hits_a_job_that_has_ended(qtbot: QtBot, bench: Bench) -> None:
    hits: list[str] = []
    job = bench.operations.long(lambda _: 1, title="Short", interrupt=lambda: hits.append("hit"))
    wait_idle(qtbot, bench)
    job.cancel()
    assert hits == []
    assert job.state is JobState.DONE


def test_a_failing_job_says_so(qtbot: QtBot, bench: Bench) -> None:
    def task(_: Progress) -> None:
        raise KnownError("The folder is gone.")

    job = bench.operations.long(task, bench.log.append, title="Export")
    wait_idle(qtbot, bench)
    assert job.state is JobState.FAILED
    assert bench.banners[0].text == "The folder is gone."


def test_a_bug_in_a_cancelled_job_without_interrupt_is_still_a_crash(qtbot: QtBot, bench: Bench) -> None:
    started = threading.Event()

    def task(_: Progress) -> None:
        started.set()
        bench.hold()
        raise ZeroDivisionError

    job = bench.operations.long(task, title="Export")
    assert started.wait(5)
    job.cancel()
    bench.gate.set()
    wait_idle(qtbot, bench)
    assert job.state is JobState.FAILED
    assert "ZeroDivisionError" in str(bench.log)


def test_a_long_change_publishes_and_can_be_undone(qtbot: QtBot, bench: Bench) -> None:
    job = bench.operations.long_change(
        lambda _: Outcome(2, CHANGE),
        lambda value: bench.log.append(("done", value)),
        title="Import",
        toast=lambda count: f"Imported {count}",
    )
    wait_idle(qtbot, bench)
    assert bench.log == [("bus", CHANGE), ("done", 2), ("toast", "Imported 2", True)]
    assert job.state is JobState.DONE


def test_a_change_that_was_committed_before_the_cancel_is_told(qtbot: QtBot, bench: Bench) -> None:
    started = threading.Event()

    def task(_: Progress) -> Outcome[int]:
        started.set()
        bench.hold()
        return Outcome(2, CHANGE)

    job = bench.operations.long_change(task, title="Import")
    assert started.wait(5)
    job.cancel()
    bench.gate.set()
    wait_idle(qtbot, bench)
    assert job.state is JobState.DONE
    assert bench.log == [("bus", CHANGE)]


def test_shutdown_finishes_changes_drops_reads_cancels_jobs_and_ends_every_thread(qtbot: QtBot, bench: Bench) -> None:
    operations = bench.operations
    reading, changing = threading.Event(), threading.Event()

    def slow_read() -> None:
        reading.set()
        bench.gate.wait(0.05)

    def slow_change() -> ChangeSet:
        changing.set()
        bench.gate.wait(0.05)
        return CHANGE

    def endless(progress: Progress) -> None:
        while True:
            progress.raise_if_cancelled()
            bench.gate.wait(0.005)

    operations.read(slow_read, bench.log.append)
    operations.read(lambda: "never", bench.log.append)
    operations.change(slow_change)
    operations.change(lambda: Outcome("second", CHANGE), bench.log.append)
    job = operations.long(endless, bench.log.append, title="Export")
    assert reading.wait(5)
    assert changing.wait(5)
    operations.shutdown()
    assert bench.log == [("bus", CHANGE), ("bus", CHANGE), "second"]
    assert job.state is JobState.CANCELLED
    assert sorted(bench.ended) == ["learnpath-job", "learnpath-read", "learnpath-write"]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("learnpath-")]
    assert not operations.busy


def test_after_shutdown_nothing_starts(qtbot: QtBot, bench: Bench) -> None:
    bench.operations.shutdown()
    bench.operations.shutdown()
    bench.operations.read(lambda: 1, bench.log.append)
    job = bench.operations.long(lambda _: 1, title="Late")
    assert job.state is JobState.CANCELLED
    assert not bench.operations.busy
    assert bench.ended == []
