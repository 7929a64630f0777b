"""What is shown when the program has a bug: that the data is safe, and a report to copy.

Belongs here: the report's text, the dialog, and catching what nobody else caught. Known errors never come here.
"""

import platform
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QObject, Qt, Signal, Slot, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from learnpath import __version__


def make_report(traceback_text: str, log_tail: str = "") -> str:
    """Return the text to send to the makers: versions, the traceback, and the last lines of the log."""
    parts = [
        f"Learnpath {__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}, PySide6 {pyside_version}",
        platform.platform(),
        "",
        traceback_text.rstrip(),
    ]
    if log_tail:
        parts += ["", "Log:", log_tail.rstrip()]
    return "\n".join(parts) + "\n"


class CrashDialog(QDialog):
    """Shows a report with a button that copies it."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Something went wrong"))
        self._report = report
        self._build()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        sentence = QLabel(
            self.tr(
                "Learnpath met an error it did not expect. Your data is safe: every change is either stored "
                "completely or not at all. You can go on working. The report below helps to fix the error; "
                "read it before you send it, file names may be in it."
            ),
            self,
        )
        sentence.setTextFormat(Qt.TextFormat.PlainText)
        sentence.setWordWrap(True)
        layout.addWidget(sentence)
        self.details = QPlainTextEdit(self._report, self)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(self.tr("Report"))
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        layout.addWidget(self.details, 1)
        buttons = QDialogButtonBox(self)
        self.copy_button = buttons.addButton(self.tr("Copy report"), QDialogButtonBox.ButtonRole.ActionRole)
        self.close_button = buttons.addButton(self.tr("Go on working"), QDialogButtonBox.ButtonRole.RejectRole)
        self.copy_button.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.resize(640, 420)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
        self.copy_button.setText(self.tr("Copied"))


class CrashReporter(QObject):
    """Catches what nobody caught, in every thread, and shows one dialog at a time.

    `install` takes over `sys.excepthook` (also reached by errors in Qt slots) and `threading.excepthook`;
    `Operations.crashed` is to be connected to `report`. `log` gets each report's text, so that it is in the log
    file too.
    """

    _arrived = Signal(str)

    def __init__(
        self,
        window: Callable[[], QWidget | None],
        log_tail: Callable[[], str],
        log: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._log_tail = log_tail
        self._log = log
        self.dialog: CrashDialog | None = None
        self._hooks = (sys.excepthook, threading.excepthook)
        # Queued: an error in another thread, or in the middle of painting, is shown when the event loop is free.
        self._arrived.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over the hooks of the interpreter."""
        self._hooks = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._hooks

    @Slot(str)
    def report(self, traceback_text: str) -> None:
        """Log a traceback and show it. Safe to call from any thread."""
        self._log(traceback_text)
        self._arrived.emit(traceback_text)

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._hooks[0](kind, error, trace)
            return
        self.report("".join(traceback.format_exception(kind, error, trace)))

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._on_exception(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    @Slot(str)
    def _show(self, traceback_text: str) -> None:
        # One dialog for a series of errors: the first is the cause, the others are in the log.
        if self.dialog is not None:
            return
        self.dialog = CrashDialog(make_report(traceback_text, self._log_tail()), self._window())
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    @Slot()
    def _forget(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
