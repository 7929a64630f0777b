"""Starting the window: the application object, the parts every screen is given, and what happens when it cannot open.

Belongs here: making and connecting. Needs Qt's system libraries, so import it only after `gui.preflight` has looked.
"""

import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QSize, QTimer, Slot
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from learnpath import __version__
from learnpath.domain.changes import ChangeSet
from learnpath.errors import KnownError, LibraryError
from learnpath.gui.infra.actions import ActionRegistry
from learnpath.gui.infra.backup_timer import BackupTimer
from learnpath.gui.infra.bus import ChangeBus
from learnpath.gui.infra.clipboard import release_clipboard
from learnpath.gui.infra.collector import GuiThreadCollector
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.icons import Icons
from learnpath.gui.infra.messages import Messages
from learnpath.gui.infra.navigation import Navigator
from learnpath.gui.infra.operations import Operations
from learnpath.gui.infra.single_instance import SingleInstance
from learnpath.gui.infra.theme import Theme
from learnpath.gui.infra.tokens import ThemeMode
from learnpath.gui.infra.watch import watch_if_asked
from learnpath.gui.restore_at_start import restore_chosen
from learnpath.gui.screens.catalogue import all_screens, prepare_screens
from learnpath.gui.screens.exporting import Exports
from learnpath.gui.screenshots import take_screenshots
from learnpath.gui.shell.crash_dialog import CrashReporter
from learnpath.gui.shell.palette_rows import PaletteHit
from learnpath.gui.shell.window import MainWindow
from learnpath.log import Log
from learnpath.services.libraries import open_library
from learnpath.services.window_queries import NavigationCounts, SearchHit, navigation_counts, search_records
from learnpath.settings import LIBRARY_FOLDER, TEXT_SCALE, THEME, Settings
from learnpath.storage.library import Library

_SWITCH_SECONDS = 0.0005
# Late enough for the first screen to be there, and early enough for the first key.
_PREPARE_AFTER_MILLISECONDS = 300
_LOG_TAIL_BYTES = 20_000
_HIT_ICONS = {"credential": "credential", "program": "program", "path": "path"}
_MODES: dict[str, ThemeMode] = {"system": "system", "light": "light", "dark": "dark", "contrast": "contrast"}


def make_application(arguments: Sequence[str]) -> QApplication:
    """Return the one application object of the process, named for the desktop."""
    # How long a worker thread may keep Python's lock while the window's thread waits: painting takes the lock hundreds
    # of times, and with the usual 5 ms one repaint of a table beside a worker took 480 ms, with this one 70.
    sys.setswitchinterval(_SWITCH_SECONDS)
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(list(arguments))
    if QLocale().language() == QLocale.Language.C:
        # A session without a language: numbers are grouped as they are elsewhere in the texts.
        plain = QLocale.c()
        plain.setNumberOptions(QLocale.NumberOption.DefaultNumberOptions)
        QLocale.setDefault(plain)
    application.setApplicationName("Learnpath")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("org.learnpath.Learnpath")
    return application


def make_theme(application: QApplication, settings: Settings) -> Theme:
    """Return the theme as the person set it on this machine."""
    scale = min(2.0, max(1.0, settings.get(TEXT_SCALE, 1.0)))
    return Theme(application, _MODES.get(settings.get(THEME, "system"), "system"), scale)


def make_context(library: Library, settings: Settings, theme: Theme, today: Callable[[], date]) -> GuiContext:
    """Return the parts that every screen is given, for one open library."""
    icons, bus, messages = Icons(theme), ChangeBus(), Messages()
    operations = Operations(bus, messages, on_thread_exit=library.close_thread)
    return GuiContext(
        library=library,
        operations=operations,
        bus=bus,
        actions=ActionRegistry(icons),
        theme=theme,
        icons=icons,
        settings=settings,
        messages=messages,
        navigate=Navigator(),
        backups=BackupTimer(library, operations, messages),
        today=today,
    )


def make_window(context: GuiContext) -> MainWindow:
    """Return the main window with all screens, its counts and its record search; call `restore` and `show` on it."""
    context.actions.add_all(Exports(context, context.actions).commands())
    window = MainWindow(context, all_screens(), RecordSearch(context).search)
    counts = CountKeeper(context, window)
    counts.refresh()
    return window


def picture_screens(
    library: Library, today: date, out: Path, theme: str, size: tuple[int, int], text: float
) -> list[Path]:
    """Save a picture of every screen into `out`, in a window of its own with no one's settings; return the files."""
    application = make_application(["learnpath"])
    with TemporaryDirectory(prefix="learnpath-") as folder:
        settings = Settings(Path(folder) / "settings.json")
        settings.set(THEME, theme)
        settings.set(TEXT_SCALE, text)
        context = make_context(library, settings, make_theme(application, settings), lambda: today)
        window = make_window(context)
        window.restore()
        try:
            return take_screenshots(window, context, out, QSize(*size))
        finally:
            context.operations.shutdown()
            window.close()


class RecordSearch:
    """Finds records for the palette, in the reading lane."""

    def __init__(self, context: GuiContext) -> None:
        self._context = context

    def search(self, text: str, callback: Callable[[Sequence[PaletteHit]], object]) -> None:
        """Look up what a text finds and call back with it in the GUI thread."""
        task = partial(search_records, self._context.library, text, self._context.today())
        self._context.operations.read(task, partial(_give_hits, callback), replaces="palette")


def _give_hits(callback: Callable[[Sequence[PaletteHit]], object], hits: list[SearchHit]) -> None:
    callback([PaletteHit(hit.kind, hit.id, hit.title, hit.subtitle, _HIT_ICONS[hit.kind]) for hit in hits])


class CountKeeper(QObject):
    """Keeps the numbers beside the screens in the navigation right."""

    def __init__(self, context: GuiContext, window: MainWindow) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        context.bus.changed.connect(self._on_change)

    def refresh(self) -> None:
        """Count again."""
        task = partial(navigation_counts, self._context.library, self._context.today())
        self._context.operations.read(task, self._show, replaces="navigation.counts")

    @Slot(object)
    def _on_change(self, change: ChangeSet) -> None:
        if change.touches("credential", "program", "path", "cost_line"):
            self.refresh()

    def _show(self, counts: NavigationCounts) -> None:
        self._window.set_count("credentials", counts.credentials)
        self._window.set_count("programs", counts.programs)
        self._window.set_count("paths", counts.paths)
        self._window.set_count("deadlines", counts.needing_action, urgent=True)


class WindowStart:
    """Opens a library and its window, asks for another folder when that fails, and cleans up at the end."""

    def __init__(
        self, application: QApplication, settings: Settings, today: Callable[[], date], log: Log | None
    ) -> None:
        self._application = application
        self._settings = settings
        self._today = today
        self._log = log
        self._window: MainWindow | None = None

    def run(self, folder: Path, files: Sequence[Path]) -> int:
        """Run the window to its end; return the exit code (3: the library cannot be used)."""
        instance = SingleInstance(folder.expanduser().absolute())
        if instance.offer(files):
            return 0
        theme = make_theme(self._application, self._settings)
        restored = restore_chosen(self._settings, folder)
        library = self._open(folder)
        if library is None:
            return LibraryError.exit_code
        context = make_context(library, self._settings, theme, self._today)
        reporter = CrashReporter(self._top, self._log_tail, self._write_log)
        reporter.install()
        context.operations.crashed.connect(reporter.report)
        collector = GuiThreadCollector()
        self._window = make_window(context)
        self._window.restore()
        self._window.show()
        self._window.open_files(files)
        instance.activated.connect(self._take_files)
        collector.start()
        context.backups.start()
        for note in library.notes:
            context.messages.error(KnownError(note))
        if restored is not None:
            context.messages.banner(restored.text, restored.kind, hint=restored.hint)
        _ = watch_if_asked(os.environ, self._window)
        QTimer.singleShot(_PREPARE_AFTER_MILLISECONDS, self._window, partial(_prepare, context.operations))
        code = self._application.exec()
        # From now on nobody would take the files of another start.
        instance.close()
        release_clipboard()
        context.backups.stop()
        collector.stop()
        context.operations.shutdown()
        reporter.uninstall()
        library.close()
        return code

    def _open(self, folder: Path) -> Library | None:
        while True:
            try:
                return open_library(folder)
            except LibraryError as error:
                chosen = self._ask_for_folder(folder, error)
                if chosen is None:
                    return None
                if chosen != folder:
                    self._settings.set(LIBRARY_FOLDER, str(chosen))
                folder = chosen

    def _ask_for_folder(self, folder: Path, error: LibraryError) -> Path | None:
        """Show why the library cannot be opened; return a folder to try, the same one again, or None to quit."""
        box = QMessageBox(QMessageBox.Icon.Warning, "Learnpath", error.message)
        box.setTextFormat(box.textFormat().PlainText)
        box.setInformativeText(error.hint)
        again = box.addButton(_tr("Try again"), QMessageBox.ButtonRole.AcceptRole)
        other = box.addButton(_tr("Open another library…"), QMessageBox.ButtonRole.ActionRole)
        _ = box.addButton(_tr("Quit"), QMessageBox.ButtonRole.RejectRole)
        _ = box.exec()
        if box.clickedButton() is again:
            return folder
        if box.clickedButton() is other:
            chosen = QFileDialog.getExistingDirectory(None, _tr("Open another library"), str(folder.parent))
            return Path(chosen) if chosen else folder
        return None

    def _take_files(self, paths: list[str]) -> None:
        if self._window is not None:
            self._window.showNormal() if self._window.isMinimized() else self._window.show()
            self._window.open_files([Path(path) for path in paths])

    def _top(self) -> MainWindow | None:
        return self._window

    def _log_tail(self) -> str:
        if self._log is None:
            return ""
        return self._log.file.read_bytes()[-_LOG_TAIL_BYTES:].decode("utf-8", "replace")

    def _write_log(self, text: str) -> None:
        import logging

        logging.getLogger("learnpath").critical(text)


def _prepare(operations: Operations) -> None:
    _ = operations.long(prepare_screens, title=_tr("Preparing the screens"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Start", text)
