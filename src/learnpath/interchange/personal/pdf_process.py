"""A process that reads the text of one PDF and ends: what it does to itself never reaches the app.

PDFium is a large program in C++ that reads files from strangers. Belongs here: starting Learnpath once more as that
reader, waiting for it, and the sentence for when it dies or is late. What runs inside is in `pdf_text`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from learnpath.errors import KnownError
from learnpath.interchange.personal.pdf_text import ADD_BY_HAND

# Known to `__main__`, and to no person.
ARGUMENT = "--read-pdf-text"
_SECONDS = 5.0


def text_of_pdf(data: bytes, command: Sequence[str] | None = None, seconds: float = _SECONDS) -> str:
    """Return the text of the first three pages of a PDF, at most 20,000 characters.

    `command` is what to start instead of Learnpath itself. Raises KnownError for a PDF that is damaged or has too many
    pages, and for one that makes the reader crash, take too much memory, or take longer than `seconds`.
    """
    try:
        done = subprocess.run(  # noqa: S603 - Learnpath itself
            list(command or _own_command()),
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            env=_environment(),
            # Without it a window of the console would flash up.
            creationflags=subprocess.CREATE_NO_WINDOW if sys.platform == "win32" else 0,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise KnownError(
            f"The PDF takes longer than {seconds:g} seconds to read: no certificate does. Nothing was imported.",
            ADD_BY_HAND,
        ) from None
    except OSError as error:
        raise KnownError(
            f"The PDF could not be read: its reader did not start ({error.strerror}). Nothing was imported.",
            ADD_BY_HAND,
        ) from error
    told = _parsed(done.stdout) if done.returncode == 0 else None
    if told is None:
        raise KnownError(
            "The PDF is damaged or made to do harm: reading it broke off. Nothing was imported.", ADD_BY_HAND
        )
    if "text" not in told:
        raise KnownError(told["message"], told["hint"])
    return told["text"]


def _parsed(answer: bytes) -> dict[str, str] | None:
    """Return what the reader said, None when it is no answer."""
    try:
        told: Any = json.loads(answer)
    except ValueError:
        return None
    return told


def _own_command() -> list[str]:
    if getattr(sys, "frozen", False):
        # An installed app is one program without a Python beside it: it is started again itself.
        return [sys.executable, ARGUMENT]
    # -P: no module from the folder that the person happens to be in.
    return [sys.executable, "-P", "-m", "learnpath", ARGUMENT]


def _environment() -> dict[str, str]:
    """Return this process's environment, in which the reader finds the same Learnpath."""
    found = [str(Path(__file__).resolve().parents[3]), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, found))}
