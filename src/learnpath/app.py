"""The composition root of the window: makes every part once and puts them together.

Belongs here: start and end. Nothing but Qt, peewee, apsw and platformdirs is imported before the window shows.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from learnpath.errors import KnownError
from learnpath.gui.preflight import check_display, check_libraries, choose_platform
from learnpath.log import Log
from learnpath.paths import Paths, find_paths
from learnpath.settings import LIBRARY_FOLDER, Settings
from learnpath.storage.library import Library


def run_plain_window() -> int:
    """Open the window on the usual library; return the exit code."""
    return run_window(None, None, ())


def run_window(folder: Path | None, today: date | None, files: Sequence[Path]) -> int:
    """Open the window on a library (None: the usual one) and run it to its end; return the exit code.

    `today` None is the real day. `files` are led to the import. Without a display: one sentence and 2.
    """
    try:
        check_display(os.environ)
        places = find_paths(os.environ)
        settings = Settings(places.settings_file)
    except KnownError as error:
        _print_error(error)
        return error.exit_code
    # Qt ends the process when its libraries are missing, so it is imported only now.
    from learnpath.gui.start import WindowStart, make_application

    application = make_application(sys.argv[:1])
    chosen = folder or Path(settings.get(LIBRARY_FOLDER, "") or places.library)
    start = WindowStart(application, settings, (lambda: today) if today else _real_today, _open_log(places))
    return start.run(chosen, files)


def has_display(environ: Mapping[str, str]) -> bool:
    """Return whether a window can be shown to a person here: a platform of Qt without a screen is none."""
    if environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in {"offscreen", "minimal"}:
        return False
    try:
        check_display(environ)
    except KnownError:
        return False
    return True


def write_screenshots(
    library: Library, today: date, out: Path, theme: str, size: tuple[int, int], scale: float, text: float
) -> list[Path]:
    """Save a picture of every screen of a library into `out`; return the files. Works without a display.

    `size` is in logical pixels, `scale` pixels to each, `text` the size of text (1 to 2). Raises DisplayError when
    Qt's system libraries are missing.
    """
    if choose_platform(os.environ) is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if scale != 1.0:
        os.environ["QT_SCALE_FACTOR"] = str(scale)
    check_libraries(os.environ)
    from learnpath.gui.start import picture_screens

    return picture_screens(library, today, out, theme, size, text)


def _real_today() -> date:
    return date.today()  # noqa: DTZ011 - the day where the person is


def _open_log(places: Paths) -> Log | None:
    try:
        return Log(places.logs)
    except OSError:
        # Without a place for the log the app still works: what goes wrong is shown in its dialog.
        return None


def _print_error(error: KnownError) -> None:
    sys.stderr.write(f"{error.message}\n{error.hint}\n" if error.hint else f"{error.message}\n")
