import faulthandler
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from learnpath.log import Log, log_uncaught


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    was_enabled = faulthandler.is_enabled()
    opened = Log(tmp_path / "logs")
    yield opened
    opened.close()
    if was_enabled:
        faulthandler.enable(sys.__stderr__ or sys.stderr)


@pytest.fixture
def reported(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """The exceptions that reached the hooks of before."""
    seen: list[BaseException] = []

    def report(_kind: object, error: BaseException, _where: object) -> None:
        seen.append(error)

    def report_in_thread(arguments: threading.ExceptHookArgs) -> None:
        assert arguments.exc_value is not None
        seen.append(arguments.exc_value)

    monkeypatch.setattr(sys, "excepthook", report)
    monkeypatch.setattr(threading, "excepthook", report_in_thread)
    log_uncaught()
    return seen


def _text(log: Log) -> str:
    return log.file.read_text(encoding="utf-8")


def test_our_lines_are_written_and_others_are_not(log: Log) -> None:
    logging.getLogger("learnpath.storage").info("Opened a library")
    logging.getLogger("peewee").error("INSERT INTO credential VALUES ('Jane')")
    assert "INFO learnpath.storage: Opened a library" in _text(log)
    assert "Jane" not in _text(log)


def test_an_exception_shows_kind_and_place_but_not_its_text(log: Log) -> None:
    try:
        try:
            raise OSError(28, "no space for jane.pdf")
        except OSError as error:
            raise ValueError("Jane's certificate") from error
    except ValueError:
        logging.getLogger("learnpath").exception("Could not copy")
    text = _text(log)
    assert "builtins.ValueError" in text
    assert "builtins.OSError (errno 28)" in text
    assert "test_log.py" in text
    assert "Jane's certificate\n" not in text
    assert "no space for jane.pdf\n" not in text


def test_a_rendering_of_another_handler_is_not_taken_over(log: Log, caplog: pytest.LogCaptureFixture) -> None:
    record = logging.LogRecord("learnpath", logging.ERROR, "", 1, "failed", None, (ValueError, ValueError("x"), None))
    record.exc_text = "ValueError: Jane"
    logging.getLogger("learnpath").handle(record)
    assert "builtins.ValueError" in _text(log)
    assert "Jane" not in _text(log)
    assert record.exc_text == "ValueError: Jane"
    caplog.clear()


def test_the_home_folder_is_not_named(log: Log) -> None:
    logging.getLogger("learnpath").warning("Cannot open %s", Path.home() / "library")
    assert str(Path.home()) not in _text(log)
    assert "~" in _text(log)


def test_a_circle_of_causes_ends(log: Log) -> None:
    first, second = ValueError("a"), KeyError("b")
    first.__cause__, second.__cause__ = second, first
    logging.getLogger("learnpath").error("odd", exc_info=first)
    assert _text(log).count("builtins.") == 2


@pytest.mark.usefixtures("needs_file_modes")
def test_only_the_owner_can_read_it(log: Log) -> None:
    assert log.file.parent.stat().st_mode & 0o777 == 0o700
    for file in (log.file, log.crashes):
        assert file.stat().st_mode & 0o777 == 0o600


def test_all_files_together_stay_below_five_megabytes(log: Log) -> None:
    logger = logging.getLogger("learnpath")
    for _ in range(700):
        logger.info("x" * 9_000)
    files = list(log.file.parent.glob("learnpath.log*"))
    assert len(files) == 4
    assert sum(file.stat().st_size for file in files) < 4_100_000
    assert all(file.stat().st_mode & 0o077 == 0 for file in files) or sys.platform == "win32"


def test_a_long_crash_file_starts_again_and_a_short_one_goes_on(tmp_path: Path) -> None:
    crashes = tmp_path / "crashes.log"
    for size, kept in ((1_000_000, 0), (1_000, 1_000)):
        crashes.write_bytes(b"x" * size)
        log = Log(tmp_path)
        assert faulthandler.is_enabled()
        log.close()
        assert crashes.stat().st_size == kept
    faulthandler.enable(sys.__stderr__ or sys.stderr)


def test_closing_ends_the_log(log: Log, tmp_path: Path) -> None:
    other = Log(tmp_path / "other")
    other.close()
    logging.getLogger("learnpath").warning("after")
    assert other.file.read_bytes() == b""
    assert "after" in _text(log)


def test_uncaught_exceptions_are_logged_and_reported(log: Log, reported: list[BaseException]) -> None:
    error = RuntimeError("secret")
    sys.excepthook(RuntimeError, error, None)
    thread = threading.Thread(target=_fail)
    thread.start()
    thread.join()
    assert [type(seen) for seen in reported] == [RuntimeError, ZeroDivisionError]
    assert "CRITICAL learnpath: Uncaught exception\nbuiltins.RuntimeError" in _text(log)
    assert "Uncaught exception in a thread\nbuiltins.ZeroDivisionError" in _text(log)
    assert "secret" not in _text(log)


def test_an_interrupt_is_reported_only(log: Log, reported: list[BaseException]) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert len(reported) == 1
    assert _text(log) == ""


def _fail() -> None:
    raise ZeroDivisionError
