"""Files out of the window: where they go is asked, they are written beside everything else, then they can be opened.

Belongs here: the three exports for the menu and the screens that offer them.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from learnpath.domain.records import Portfolio
from learnpath.gui.infra.actions import Command, Menu
from learnpath.gui.infra.context import GuiContext
from learnpath.gui.infra.folders import documents_folder
from learnpath.gui.infra.jobs import Progress
from learnpath.gui.infra.messages import MessageAction
from learnpath.services.exporting import export_library, export_portfolio
from learnpath.settings import EXPORT_FOLDER

EXPORT_PDF = "export.pdf"
EXPORT_CSV = "export.csv"
EXPORT_JSON = "export.json"

Write = Callable[[Path], tuple[str, ...]]
_UNFIT_FOR_NAMES = '<>:"/\\|?*'
_LONGEST_NAME = 80


class Exports(QObject):
    """Asks for a file and writes an export into it. Made by each part that offers one."""

    def __init__(self, context: GuiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._write: Write | None = None

    def commands(self) -> tuple[Command, Command]:
        """Return the commands of the File menu that need no screen; the PDF is the portfolio screen's."""
        return (
            Command(
                id=EXPORT_CSV,
                text=self.tr("Export credentials as CSV…"),
                handler=self.export_table,
                icon="download",
                menu=Menu.FILE,
                group=3,
            ),
            Command(
                id=EXPORT_JSON,
                text=self.tr("Export library as JSON…"),
                handler=self.export_whole,
                icon="download",
                menu=Menu.FILE,
                group=3,
            ),
        )

    @Slot()
    def export_table(self) -> None:
        """Ask where the table of credentials goes and write it."""
        today = self._context.today()
        write = partial(_write_kind, self._context, "csv")
        self._ask(self.tr("Export credentials"), f"credentials-{today}.csv", self.tr("Table (*.csv)"), write)

    @Slot()
    def export_whole(self) -> None:
        """Ask where the whole library goes and write it."""
        today = self._context.today()
        write = partial(_write_kind, self._context, "json")
        self._ask(self.tr("Export library"), f"library-{today}.json", self.tr("Library (*.json)"), write)

    def export_pages(self, portfolio: Portfolio, owner: str) -> None:
        """Ask where a version of the portfolio goes and write it."""
        write = partial(_write_pages, self._context, portfolio)
        name = file_name(" - ".join(part for part in (owner, portfolio.name) if part))
        self._ask(self.tr("Export portfolio"), f"{name}.pdf", self.tr("PDF (*.pdf)"), write)

    def _ask(self, title: str, name: str, kinds: str, write: Write) -> None:
        folder = Path(self._context.settings.get(EXPORT_FOLDER, "") or documents_folder())
        self._write = write
        dialog = QFileDialog(self._window(), title, str(folder), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
        dialog.selectFile(name)
        dialog.fileSelected.connect(self.write_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _window(self) -> QWidget | None:
        host = self.parent()
        return host.window() if isinstance(host, QWidget) else QApplication.activeWindow()

    @Slot(str)
    def write_to(self, chosen: str) -> None:
        """Write what was asked for into the chosen file."""
        if self._write is None or not chosen:
            return
        out = Path(chosen)
        self._context.settings.set(EXPORT_FOLDER, str(out.parent))
        task = partial(_run, partial(self._write, out))
        self._context.operations.long(task, partial(self._tell, out), title=self.tr("Exporting {0}").format(out.name))

    def _tell(self, out: Path, notes: tuple[str, ...]) -> None:
        messages = self._context.messages
        if notes:
            messages.banner(" ".join(notes), "warn")
        else:
            messages.dismiss_banner()
        messages.offer(self.tr("Saved {0}").format(out.name), MessageAction(self.tr("Open"), partial(_open, out)))


def file_name(text: str) -> str:
    """Return a text as a name that every system takes, without suffix."""
    kept = "".join(" " if one in _UNFIT_FOR_NAMES or not one.isprintable() else one for one in text)
    return " ".join(kept.split())[:_LONGEST_NAME].strip(" .") or "portfolio"


def _write_kind(context: GuiContext, kind: str, out: Path) -> tuple[str, ...]:
    return export_library(context.library, kind, out, today=context.today())


def _write_pages(context: GuiContext, portfolio: Portfolio, out: Path) -> tuple[str, ...]:
    return export_portfolio(context.library, portfolio, out, context.today())


def _run(write: Callable[[], tuple[str, ...]], _progress: Progress) -> tuple[str, ...]:
    return write()


def _open(out: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(out)))
