"""The composition root of the window: makes every part once and puts them together.

Belongs here: start and end. Nothing but Qt, peewee, apsw and platformdirs is imported before the window shows.
"""

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from learnpath.errors import KnownError
from learnpath.gui.preflight import check_display
from learnpath.log import Log
from learnpath.paths import Paths, find_paths
from learnpath.settings import LIBRARY_FOLDER, Settings


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
