"""The two dialogs of the import: which files to read, and where the rows with errors go."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from learnpath.gui.infra.folders import documents_folder

_READABLE = (
    "*.csv *.tsv *.tab *.txt *.json *.jsonld *.xlsx *.xls *.ods *.md *.zip *.png *.svg *.jwt *.jws *.1ob *.xml *.html "
    "*.ics *.pdf *.learnpath"
)


def ask_files(parent: QWidget, chosen: Callable[[list[str]], object]) -> None:
    """Ask for files to import; `chosen` is called with their paths."""
    dialog = QFileDialog(parent, _say("Choose files to import"), str(documents_folder()))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters([_say("All that can be read ({0})").format(_READABLE), _say("All files (*)")])
    dialog.filesSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def ask_target(parent: QWidget, source_name: str, chosen: Callable[[str], object]) -> None:
    """Ask where the rows of a file that have errors are to be saved; `chosen` is called with the path."""
    name = _say("{0} – error rows.csv").format(Path(source_name).stem)
    dialog = QFileDialog(parent, _say("Save error rows"), str(documents_folder() / name))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("csv")
    dialog.selectFile(name)
    dialog.fileSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _say(text: str) -> str:
    return QCoreApplication.translate("ImportScreen", text)
