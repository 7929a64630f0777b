"""All screens, in the order of the navigation. A screen is listed here when it works."""

from importlib import import_module
from importlib.util import find_spec
from typing import cast

from learnpath.gui.shell.screen import ScreenFactory

_NAMES = ("overview", "credentials", "programs", "paths", "deadlines", "portfolio", "history", "importing", "settings")


def all_screens() -> list[ScreenFactory]:
    """Return the factories of all screens."""
    found = [f"{__package__}.{name}" for name in _NAMES if find_spec(f"{__package__}.{name}") is not None]
    return [cast("ScreenFactory", import_module(name).FACTORY) for name in found]
