"""Where Learnpath keeps things on this machine.

Belongs here: the default places. Not here: making the folders, which whoever writes into one does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

HOME_VARIABLE = "LEARNPATH_HOME"
"""An environment variable that puts everything into one folder: for tests and throw-away profiles."""

_APP = "learnpath"


@dataclass(frozen=True, slots=True)
class Paths:
    """The default places: absolute, and none of them needs to exist yet."""

    library: Path
    settings_file: Path
    cache: Path
    logs: Path


def find_paths(environ: Mapping[str, str]) -> Paths:
    """Return the system's usual places, or all of them below `LEARNPATH_HOME` when `environ` has it."""
    home = environ.get(HOME_VARIABLE, "")
    if home:
        return paths_below(Path(home))
    return Paths(
        library=platformdirs.user_data_path(_APP, appauthor=False) / "library",
        settings_file=platformdirs.user_config_path(_APP, appauthor=False) / "settings.json",
        cache=platformdirs.user_cache_path(_APP, appauthor=False),
        logs=platformdirs.user_log_path(_APP, appauthor=False),
    )


def paths_below(home: Path) -> Paths:
    """Return the places of a profile that lives in the folder `home` alone."""
    home = home.expanduser().absolute()
    return Paths(
        library=home / "library",
        settings_file=home / "settings.json",
        cache=home / "cache",
        logs=home / "logs",
    )
