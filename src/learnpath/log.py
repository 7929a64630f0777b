"""The log of what went wrong: small, private, and without what the person wrote.

Belongs here: where the log goes and what may stand in it. Not here: the crash dialog.

What is left out: the texts of exceptions (they quote titles, names and file names), the path of the home
folder, and the logs of other packages (peewee's quotes every value it stores).
"""

import faulthandler
import logging
import os
import sys
import threading
from collections.abc import Iterator
from io import BufferedWriter, TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from traceback import format_tb
from types import TracebackType

_LOGGER = "learnpath"
_FILES = 4
_BYTES_PER_FILE = 1_000_000
_CRASH_BYTES = 900_000


class Log:
    """The open log of this process. `file` is the newest part, `crashes` has what faulthandler saw."""

    def __init__(self, folder: Path) -> None:
        """Open the log in `folder`, which is made when missing; all files together stay below 5 MB.

        Raises OSError when the folder cannot be written.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.file = folder / "learnpath.log"
        self.crashes = folder / "crashes.log"
        self._handler = _PrivateFileHandler(
            self.file,
            maxBytes=_BYTES_PER_FILE,
            backupCount=_FILES - 1,
            encoding="utf-8",
            errors="backslashreplace",
        )
        self._handler.setFormatter(_PrivateFormatter(Path.home()))
        self._logger = logging.getLogger(_LOGGER)
        self._logger.setLevel(logging.INFO)
        self._logger.addHandler(self._handler)
        self._crash_stream = _open_crashes(self.crashes)
        faulthandler.enable(self._crash_stream)

    def close(self) -> None:
        """Stop logging and close the files."""
        faulthandler.disable()
        self._crash_stream.close()
        self._logger.removeHandler(self._handler)
        self._handler.close()


def log_uncaught() -> None:
    """From now on write every uncaught exception, of any thread, to the log and then report it as before."""
    report, report_in_thread = sys.excepthook, threading.excepthook
    logger = logging.getLogger(_LOGGER)

    def log_exception(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        if not isinstance(error, KeyboardInterrupt):
            logger.critical("Uncaught exception", exc_info=(kind, error, where))
        report(kind, error, where)

    def log_thread_exception(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            logger.critical("Uncaught exception in a thread", exc_info=arguments.exc_value)
        report_in_thread(arguments)

    sys.excepthook = log_exception
    threading.excepthook = log_thread_exception


class _PrivateFileHandler(RotatingFileHandler):
    def _open(self) -> "TextIOWrapper[BufferedWriter]":
        return _open_private(Path(self.baseFilename), self.mode)


class _PrivateFormatter(logging.Formatter):
    def __init__(self, home: Path) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._home = str(home)

    def format(self, record: logging.LogRecord) -> str:
        # Another handler may have kept its own rendering of the exception, with its text, on the record.
        kept, record.exc_text = record.exc_text, None
        try:
            return super().format(record).replace(self._home, "~")
        finally:
            record.exc_text = kept

    def formatException(  # noqa: N802
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        return "\n".join(part for error in _chain(ei[1]) for part in _describe(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _describe(error: BaseException) -> Iterator[str]:
    kind = type(error)
    number = f" (errno {error.errno})" if isinstance(error, OSError) else ""
    yield f"{kind.__module__}.{kind.__qualname__}{number}"
    yield "".join(format_tb(error.__traceback__)).rstrip()


def _open_crashes(file: Path) -> "TextIOWrapper[BufferedWriter]":
    too_long = file.exists() and file.stat().st_size > _CRASH_BYTES
    return _open_private(file, "w" if too_long else "a")


def _open_private(file: Path, mode: str) -> "TextIOWrapper[BufferedWriter]":
    # A mode set after opening would leave a moment in which others can read.
    beginning = os.O_TRUNC if mode == "w" else os.O_APPEND
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | beginning, 0o600)
    return TextIOWrapper(os.fdopen(descriptor, "wb"), encoding="utf-8", errors="backslashreplace")
