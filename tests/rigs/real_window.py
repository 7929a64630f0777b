"""Drives the real window on a display of its own: keys in, pictures and event-loop gaps out.

Belongs here: the display, the process and the keys. What is done with them is in `keyboard_run`.
"""

import os
import re
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

_ROOT = Path(__file__).resolve().parents[2]
_NEEDED = ("Xvfb", "xdotool", "openbox", "import")
_GAP = re.compile(r"event loop gap: (\d+) ms")
TODAY = "2026-11-21"


class RunError(Exception):
    """The window did not do what the run expects."""


def missing_programs() -> list[str]:
    """Return the programs of the system that a run needs and that are not there."""
    return [name for name in _NEEDED if shutil.which(name) is None]


class Display:
    """An Xvfb with a window manager; ends both on exit."""

    def __init__(self, width: int = 1400, height: int = 900) -> None:
        reader, writer = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=[writer],
            stderr=subprocess.DEVNULL,
        )
        os.close(writer)
        number = ""
        # It ends when nobody reads the line to its end.
        while not number.endswith("\n") and select.select([reader], [], [], 20)[0]:
            piece = os.read(reader, 16).decode()
            if not piece:
                break
            number += piece
        os.close(reader)
        number = number.strip()
        if not number:
            self._server.terminate()
            raise RunError("Xvfb did not start.")
        self.name = f":{number}"
        self._manager = subprocess.Popen(
            ["openbox"], env={**os.environ, "DISPLAY": self.name}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def __enter__(self) -> "Display":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in (self._manager, self._server):
            process.terminate()
            _ = process.wait(10)


class RealWindow:
    """One run of Learnpath on a display, with a profile folder and a library folder of its own."""

    def __init__(self, display: Display, home: Path, library: Path, pictures: Path) -> None:
        self._display = display
        self.home = home
        self.library = library
        self._pictures = pictures
        self._pictures.mkdir(parents=True, exist_ok=True)
        self._gaps: list[float] = []
        self.errors: list[str] = []
        self._process: subprocess.Popen[str] | None = None
        self._picture = 0

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment of every process of this run."""
        kept = {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"}
        return {
            **kept,
            "DISPLAY": self._display.name,
            "PYTHONPATH": str(_ROOT / "src"),
            "LEARNPATH_HOME": str(self.home),
            "LEARNPATH_WATCH": "1",
            "HOME": str(self.home),
        }

    def command(self, *arguments: str) -> list[str]:
        """Return the command line of Learnpath on this library."""
        return [sys.executable, "-m", "learnpath", "--library", str(self.library), "--today", TODAY, *arguments]

    def start(self, *arguments: str) -> None:
        """Start the window and wait until it can take keys."""
        self._process = subprocess.Popen(
            self.command(*arguments), env=self.environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )
        threading.Thread(target=self._listen, args=(self._process,), daemon=True).start()
        self.wait_for_title("Learnpath")
        self.settle()

    def run_command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run Learnpath's command line on the same library beside the window; return how it ended."""
        return subprocess.run(
            self.command(*arguments), env=self.environment, capture_output=True, text=True, timeout=60, check=False
        )

    @property
    def is_running(self) -> bool:
        """Return whether the window's process runs."""
        return self._process is not None and self._process.poll() is None

    def wait_for_end(self, seconds: float = 20) -> int:
        """Wait until the window's process has ended; return its exit code."""
        assert self._process is not None
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired as late:
            self._process.send_signal(signal.SIGTERM)
            raise RunError("The window did not close.") from late

    def stop(self) -> None:
        """End the process if it still runs, after a run that went wrong."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            _ = self._process.wait(10)

    # Keys and sight ------------------------------------------------------------------------------------------------

    def keys(self, *names: str) -> None:
        """Press keys by their X names, one after another, as fast as a quick person."""
        for name in names:
            self._xdotool("key", "--clearmodifiers", name)
            time.sleep(0.03)

    def type(self, text: str) -> None:
        """Type text."""
        self._xdotool("type", "--clearmodifiers", "--delay", "25", text)

    def title(self) -> str:
        """Return the title of the window that has the focus, or nothing."""
        return self._xdotool("getactivewindow", "getwindowname", quiet=True)

    def wait_for_title(self, part: str, seconds: float = 15) -> str:
        """Wait until the window with the focus says `part` in its title; return the title."""
        self.wait_for(lambda: part in self.title(), f"no window with the focus is called {part!r}", seconds)
        return self.title()

    def wait_for(self, happened: Callable[[], bool], otherwise: str, seconds: float = 15) -> None:
        """Wait until something holds. Raises RunError with a picture's name when it does not."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if happened():
                return
            time.sleep(0.05)
        raise RunError(f"{otherwise}; the window is {self.title()!r}, see {self.picture('failed')}")

    def settle(self, seconds: float = 10) -> None:
        """Wait until the picture of the display stands still for a moment."""
        end, before = time.monotonic() + seconds, b""
        while time.monotonic() < end:
            now = self._pixels()
            if now == before:
                return
            before = now
            time.sleep(0.2)

    def picture(self, name: str) -> Path:
        """Save a picture of the display; return its file."""
        self._picture += 1
        file = self._pictures / f"{self._picture:02d}-{name}.png"
        _ = subprocess.run(["import", "-silent", "-window", "root", str(file)], env=self.environment, check=True)
        return file

    def ask_library(self, query: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """Return rows of the library's file, read beside the window."""
        file = self.library / "library.learnpath"
        connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5)
        try:
            return connection.execute(query, tuple(values)).fetchall()
        finally:
            connection.close()

    def take_gaps(self) -> list[float]:
        """Return the gaps of the event loop since the last call, in milliseconds, and forget them."""
        taken, self._gaps = self._gaps, []
        return taken

    def _listen(self, process: "subprocess.Popen[str]") -> None:
        assert process.stderr is not None
        for line in process.stderr:
            found = _GAP.search(line)
            if found:
                self._gaps.append(float(found[1]))
            else:
                self.errors.append(line.rstrip())

    def _pixels(self) -> bytes:
        command = ["import", "-silent", "-window", "root", "-depth", "8", "rgb:-"]
        return subprocess.run(command, env=self.environment, capture_output=True, check=True).stdout

    def _xdotool(self, *arguments: str, quiet: bool = False) -> str:
        done = subprocess.run(
            ["xdotool", *arguments], env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode and not quiet:
            raise RunError(f"xdotool {arguments[0]}: {done.stderr.strip()}")
        return done.stdout.strip()
