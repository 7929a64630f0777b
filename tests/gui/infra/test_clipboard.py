"""What was copied must not end the process when the interpreter has gone."""

import subprocess
import sys

from PySide6.QtWidgets import QApplication

from learnpath.gui.infra.clipboard import release_clipboard
from learnpath.gui.widgets.record_copy import rows_as_mime

_COPY_AND_END = """
from learnpath.gui.infra.clipboard import release_clipboard
from learnpath.gui.widgets.record_copy import rows_as_mime
from PySide6.QtWidgets import QApplication
application = QApplication(["test"])
application.clipboard().setMimeData(rows_as_mime(["Title"], [["Security+"]]))
release_clipboard()
"""


def test_the_text_stays(qapp: QApplication) -> None:
    qapp.clipboard().setMimeData(rows_as_mime(["Title"], [["Security+"]]))
    release_clipboard()
    assert qapp.clipboard().text() == "Title\nSecurity+"


def test_the_process_ends_well() -> None:
    done = subprocess.run([sys.executable, "-c", _COPY_AND_END], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
