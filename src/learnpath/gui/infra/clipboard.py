"""The clipboard at the end of the process. What is put there is made by the parts that copy."""

from PySide6.QtGui import QGuiApplication


def release_clipboard() -> None:
    """Leave only plain text of ours in the clipboard.

    A value made in Python is destroyed by Qt after the interpreter has gone, which ends the process with a
    segmentation fault; text that Qt made itself is not.
    """
    clipboard = QGuiApplication.clipboard()
    # The offscreen platform has a clipboard of its own and never says that it is ours.
    if clipboard.ownsClipboard() or QGuiApplication.platformName() == "offscreen":
        clipboard.setText(clipboard.text())
