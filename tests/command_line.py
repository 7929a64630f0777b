"""Running commands in tests: within the process, and as a process of their own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from tests.conftest import ROOT

from learnpath.cli.main import commands
from learnpath.domain.contents import LibraryContents
from learnpath.services.libraries import open_library

TODAY_TEXT = "2026-11-21"


@dataclass(frozen=True)
class CommandLine:
    """Commands on one library folder, on a fixed day."""

    folder: Path

    def run(self, *arguments: object, today: str = TODAY_TEXT) -> Result:
        """Run a command and return what it wrote and its exit code; a bug is raised."""
        words = ["--library", str(self.folder), "--today", today, *map(str, arguments)]
        result = CliRunner().invoke(commands, words, catch_exceptions=False)
        if "--json" in words and result.exit_code in {0, 1} and result.stdout:
            _ = json.loads(result.stdout)
        return result

    def done(self, *arguments: object, today: str = TODAY_TEXT) -> str:
        """Run a command that must succeed and return its standard output."""
        result = self.run(*arguments, today=today)
        assert (result.exit_code, result.stderr) == (0, ""), result.output
        return result.stdout

    def read(self, *arguments: object, today: str = TODAY_TEXT) -> Any:
        """Run a reading command with `--json` that must succeed and return what it says."""
        return json.loads(self.done(*arguments, "--json", today=today))

    def contents(self) -> LibraryContents:
        """Return what the library holds."""
        library = open_library(self.folder)
        try:
            return library.contents()
        finally:
            library.close()


def command_words(folder: Path, *arguments: object, today: str = TODAY_TEXT) -> list[str]:
    """Return the words that start a command as a process of its own."""
    return [sys.executable, "-m", "learnpath", "--library", str(folder), "--today", today, *map(str, arguments)]


def process_environment(**changes: str) -> dict[str, str]:
    """Return an environment for such a process: this source tree, no display."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), **changes}


def run_process(
    folder: Path, *arguments: object, today: str = TODAY_TEXT, **changes: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a process of its own, with changes to its environment, and return what it wrote."""
    words = command_words(folder, *arguments, today=today)
    return subprocess.run(words, capture_output=True, env=process_environment(**changes), timeout=60)
