"""All screens, in the order of the navigation. A screen is listed here when it works."""

from importlib import import_module
from importlib.util import find_spec
from typing import cast

from learnpath.gui.infra.jobs import Progress
from learnpath.gui.shell.screen import ScreenFactory

_NAMES = ("overview", "credentials", "programs", "paths", "deadlines", "portfolio", "history", "importing", "settings")


def prepare_screens(progress: Progress) -> None:
    """Import what all screens need, so that the first visit of each only has to build it. For a worker thread."""
    for package in _found():
        progress.raise_if_cancelled()
        _ = import_module(f"{package}.screen")


def all_screens() -> list[ScreenFactory]:
    """Return the factories of all screens."""
    return [cast("ScreenFactory", import_module(name).FACTORY) for name in _found()]


def _found() -> list[str]:
    return [f"{__package__}.{name}" for name in _NAMES if find_spec(f"{__package__}.{name}") is not None]
