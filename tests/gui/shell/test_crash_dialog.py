import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from learnpath import __version__
from learnpath.gui.shell.crash_dialog import CrashDialog, CrashReporter, make_report


class Logged:
    def __init__(self) -> None:
        self.texts: list[str] = []


@pytest.fixture
def logged() -> Logged:
    return Logged()


@pytest.fixture
def reporter(qapp: QObject, logged: Logged) -> Iterator[CrashReporter]:
    before = (sys.excepthook, threading.excepthook)
    reporter = CrashReporter(lambda: None, lambda: "the last line", logged.texts.append)
    reporter.install()
    yield reporter
    reporter.uninstall()
    assert (sys.excepthook, threading.excepthook) == before
    if reporter.dialog is not None:
        reporter.dialog.reject()


def shown(qtbot: QtBot, reporter: CrashReporter) -> CrashDialog:
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    dialog = reporter.dialog
    assert dialog is not None
    return dialog


def test_the_report_names_versions_traceback_and_log() -> None:
    report = make_report("Traceback\nZeroDivisionError\n", "a line\n")
    assert f"Learnpath {__version__}" in report
    assert "PySide6" in report
    assert report.endswith("Traceback\nZeroDivisionError\n\nLog:\na line\n")
    assert "Log:" not in make_report("Traceback")


def test_an_error_in_a_slot_is_shown_and_logged(qtbot: QtBot, reporter: CrashReporter, logged: Logged) -> None:
    class Button(QObject):
        clicked = Signal()

    def slot() -> None:
        raise ValueError("in a slot")

    button = Button()
    button.clicked.connect(slot)
    button.clicked.emit()
    dialog = shown(qtbot, reporter)
    assert "ValueError: in a slot" in dialog.details.toPlainText()
    assert "the last line" in dialog.details.toPlainText()
    assert len(logged.texts) == 1
    assert "ValueError: in a slot" in logged.texts[0]


def test_an_error_in_a_thread_is_shown(qtbot: QtBot, reporter: CrashReporter) -> None:
    def work() -> None:
        raise KeyError("in a thread")

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert "KeyError: 'in a thread'" in shown(qtbot, reporter).details.toPlainText()


def test_a_series_of_errors_shows_one_dialog_and_logs_all(
    qtbot: QtBot, reporter: CrashReporter, logged: Logged
) -> None:
    reporter.report("first")
    reporter.report("second")
    dialog = shown(qtbot, reporter)
    assert "first" in dialog.details.toPlainText()
    assert logged.texts == ["first", "second"]
    dialog.close_button.click()
    assert reporter.dialog is None
    reporter.report("third")
    assert "third" in shown(qtbot, reporter).details.toPlainText()


def test_the_report_can_be_copied(qtbot: QtBot) -> None:
    dialog = CrashDialog("the report")
    qtbot.addWidget(dialog)
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == "the report"
    assert dialog.copy_button.text() == "Copied"


def test_an_interrupt_from_the_keyboard_is_no_crash(
    reporter: CrashReporter, logged: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed: list[type[BaseException]] = []
    monkeypatch.setattr(reporter, "_hooks", (lambda kind, *_: passed.append(kind), threading.excepthook))
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    monkeypatch.undo()
    assert passed == [KeyboardInterrupt]
    assert logged.texts == []
