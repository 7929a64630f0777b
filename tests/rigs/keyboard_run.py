"""A new user's first hour in the real window, by keyboard alone: prints the seconds and the largest gap of each step.

Run it by hand: `python tests/rigs/keyboard_run.py OUT` with the checkout's `src` as its library path, or
`pytest -m heavy tests/rigs/keyboard_run.py`. OUT gets a picture of every step, to be looked at.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

_HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(_HERE))

from real_window import Display, RealWindow, RunError, missing_programs  # noqa: E402

LONGEST_GAP_MILLISECONDS = 100.0
LONGEST_ADDING_SECONDS = 20.0
LIST_ROWS = 3600


@dataclass(frozen=True, slots=True)
class Step:
    """What one step took: seconds, and the largest gap of the event loop in milliseconds (below 20: 0)."""

    name: str
    seconds: float
    gap: float


class KeyboardRun:
    """Does the steps one after another on one library; `steps` is what they took."""

    def __init__(self, window: RealWindow, folder: Path) -> None:
        self._window = window
        self._folder = folder
        self.steps: list[Step] = []

    def run(self) -> list[Step]:
        """Do all steps; return what each took. Raises RunError at the first that does not work."""
        parts: tuple[Callable[[], None], ...] = (
            self._begin,
            self._work_on_one,
            self._see_it,
            self._delete_and_undo,
            self._undo_all,
            self._import_list,
            self._look,
            self._second_start,
            self._close_while_importing,
        )
        for part in parts:
            part()
        return self.steps

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        _ = self._window.take_gaps()
        began = time.monotonic()
        yield
        seconds = time.monotonic() - began
        self._window.settle()
        gaps = self._window.take_gaps()
        self.steps.append(Step(name, seconds, max(gaps, default=0.0)))
        _ = self._window.picture(name.replace(" ", "-"))

    def _count(self, table: str, more: str = "") -> int:
        return int(str(self._window.ask_library(f"SELECT count(*) FROM {table} {more}")[0][0]))

    def _wait_count(self, table: str, count: int, more: str = "", seconds: float = 20) -> None:
        self._window.wait_for(lambda: self._count(table, more) == count, f"{table} never had {count} rows", seconds)

    def _begin(self) -> None:
        window = self._window
        with self._step("first start"):
            window.start()
        with self._step("door to sample data"):
            window.keys("Right", "Right", "Return")
            self._wait_count("credential", 25)
        with self._step("sample data out"):
            window.keys("ctrl+z")
            self._wait_count("credential", 0)
        with self._step("door to import"):
            window.keys("Return")
            window.wait_for_title("Import")
        with self._step("door to adding"):
            window.keys("ctrl+1", "Right", "Return")
            window.wait_for_title("Add credential")
            window.keys("Escape")
            window.wait_for_title("Learnpath")

    def _work_on_one(self) -> None:
        window = self._window
        with self._step("add a credential"):
            window.keys("ctrl+n")
            window.wait_for_title("Add credential")
            window.type("Certified Kubernetes Administrator")
            window.keys("Tab")
            window.type("Linux Foundation")
            window.keys("Tab", "Tab")
            window.type("28 Feb 2027")
            window.keys("Return")
            self._wait_count("credential", 1)
        window.keys("ctrl+n")
        window.wait_for_title("Add credential")
        window.type("Scrum Master")
        window.keys("Return")
        self._wait_count("credential", 2)
        window.wait_for_title("Learnpath")
        with self._step("find by three letters"):
            window.keys("ctrl+f")
            window.type("kub")
            window.keys("Return")
        with self._step("mark earned today"):
            window.keys("space")
            window.wait_for_title("Mark as earned")
            window.keys("Return")
            self._wait_count("credential", 1, "WHERE awarded_on = '2026-11-21'")
        with self._step("edit when it expires"):
            window.keys("F2")
            window.wait_for_title("Edit credential")
            window.keys("Tab", "Tab", "Tab", "Tab")
            window.type("21 Jan 2027")
            window.keys("Return")
            self._wait_count("credential", 1, "WHERE valid_until IS NOT NULL")
        with self._step("attach a file"):
            self._attach(self._folder / "certificate.pdf")
            self._wait_count("evidence_file", 1)

    def _attach(self, file: Path) -> None:
        window = self._window
        window.wait_for_title("Credentials")
        window.settle()
        window.keys("Return", "Tab", "Tab", "Tab", "Return")
        window.wait_for_title("Choose files as proof")
        window.type(str(file))
        window.keys("Return")
        window.wait_for_title("Learnpath")

    def _see_it(self) -> None:
        for number, name in enumerate(("overview", "credentials", "programs", "paths", "deadlines", "portfolio"), 1):
            with self._step(f"see {name}"):
                self._window.keys(f"ctrl+{number}")
                self._window.wait_for_title(f"{name.capitalize()} – Learnpath")
        with self._step("back and forward"):
            self._window.keys("alt+Left", "alt+Left")
            self._window.wait_for_title("Paths –")
            self._window.keys("alt+Right")
            self._window.wait_for_title("Deadlines –")

    def _delete_and_undo(self) -> None:
        window = self._window
        with self._step("palette to a record"):
            window.keys("ctrl+k")
            window.type("kub")
            window.settle()
            window.keys("Return")
            window.wait_for_title("Credentials –")
        with self._step("delete"):
            window.keys("Delete")
            self._wait_count("credential", 1)
        with self._step("undo in the message"):
            self._press_undo_in_message()
            self._wait_count("credential", 2)

    def _press_undo_in_message(self) -> None:
        """Press the message's Undo, which lies behind everything in the screen: just before its beginning."""
        window = self._window
        window.keys("ctrl+k", "shift+Tab", "shift+Tab", "Return")

    def _undo_all(self) -> None:
        window = self._window
        with self._step("close and start again"):
            window.keys("ctrl+q")
            code = window.wait_for_end()
            if code:
                raise RunError(f"The window ended with {code}.")
            window.start()
            window.wait_for_title("Credentials –")
        with self._step("undo it all after the restart"):
            for _ in range(8):
                window.keys("ctrl+z")
                time.sleep(0.15)
            self._wait_count("credential", 0)

    def _import_list(self) -> None:
        window = self._window
        with self._step("choose a list"):
            self._choose_list("list.csv")
        with self._step("preview of the list"):
            window.settle()
        with self._step("import the list"):
            window.keys("Tab", "Tab", "Return")
            self._wait_count("program", LIST_ROWS)
        with self._step("undo the import"):
            window.keys("ctrl+z")
            self._wait_count("program", 0)

    def _choose_list(self, name: str) -> None:
        window = self._window
        window.keys("ctrl+i")
        window.wait_for_title("Import –")
        window.settle()
        window.keys("Return")
        window.wait_for_title("Choose files to import")
        window.type(str(self._folder / name))
        window.keys("Return")
        window.wait_for_title("Import –")

    def _look(self) -> None:
        window = self._window
        with self._step("settings"):
            window.keys("ctrl+comma")
            window.wait_for_title("Settings –")
        with self._step("dark theme"):
            window.type("theme")
            window.settle()
            window.keys("Tab", "Down", "Down")
        with self._step("text at 150 per cent"):
            window.keys("ctrl+f")
            window.type("text size")
            window.settle()
            window.keys("Tab", "Down", "Down", "Down")
        for number, name in enumerate(("overview", "credentials"), 1):
            with self._step(f"{name} large and dark"):
                window.keys(f"ctrl+{number}")
                window.settle()

    def _second_start(self) -> None:
        window = self._window
        with self._step("command line beside the window"):
            done = window.run_command("list")
            if done.returncode != 3 or len(done.stderr.strip().splitlines()) > 2:
                raise RunError(f"The command line ended with {done.returncode}: {done.stderr}")
        with self._step("second start with a file"):
            done = window.run_command("gui", str(self._folder / "list.csv"))
            if done.returncode:
                raise RunError(f"The second start ended with {done.returncode}: {done.stderr}")
            window.wait_for_title("Import –")

    def _close_while_importing(self) -> None:
        window = self._window
        window.settle()
        with self._step("close while an import runs"):
            window.keys("Tab", "Tab", "Return", "ctrl+q")
            code = window.wait_for_end()
            if code:
                raise RunError(f"The window ended with {code}.")
        if self._count("program") not in {0, LIST_ROWS}:
            raise RunError("Half of an import was kept.")
        done = window.run_command("check")
        if done.returncode:
            raise RunError(f"The library is not as it should be: {done.stdout}{done.stderr}")


def prepare(folder: Path) -> None:
    """Write the files that the run takes in: a certificate and a list of courses."""
    folder.mkdir(parents=True, exist_ok=True)
    _ = (folder / "certificate.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    rows = [f"{number},Course {number:04d},{number % 40 + 1}.5,Example Academy" for number in range(LIST_ROWS)]
    text = "\n".join(["course_id,course_title,content_duration,provider", *rows])
    _ = (folder / "list.csv").write_text(text, encoding="utf-8")


def run_all(folder: Path) -> list[Step]:
    """Do the whole run in a new profile below `folder`; return what each step took."""
    prepare(folder)
    with Display() as display:
        window = RealWindow(display, folder / "home", folder / "library", folder / "pictures")
        run = KeyboardRun(window, folder)
        try:
            return run.run()
        except RunError:
            print_steps(run.steps)
            raise
        finally:
            window.stop()
            print(*window.errors, sep="\n")


def print_steps(steps: list[Step]) -> None:
    """Print a table of the steps."""
    for step in steps:
        late = "  too long" if step.gap > LONGEST_GAP_MILLISECONDS else ""
        print(f"{step.name:34} {step.seconds:6.1f} s  {step.gap:5.0f} ms{late}")


@pytest.mark.heavy
@pytest.mark.timeout(600)
@pytest.mark.skipif(bool(missing_programs()), reason=f"not installed: {', '.join(missing_programs())}")
def test_keyboard_run(tmp_path: Path) -> None:
    steps = run_all(tmp_path)
    print_steps(steps)
    seconds = {step.name: step.seconds for step in steps}
    assert seconds["add a credential"] < LONGEST_ADDING_SECONDS
    assert [step for step in steps if step.gap > LONGEST_GAP_MILLISECONDS and step.name != "first start"] == []


if __name__ == "__main__":
    if missing_programs():
        sys.exit(f"Not installed: {', '.join(missing_programs())}")
    print_steps(run_all(Path(sys.argv[1])))
