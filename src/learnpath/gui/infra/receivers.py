"""Whether a callback still has somebody to call: results must never reach a widget that Qt has deleted.

Belongs here: looking through bound methods, `functools.partial` and closures for dead QObjects.
"""

import functools
from collections.abc import Callable, Iterator
from typing import Any, cast

import shiboken6
from PySide6.QtCore import QObject


def is_alive(callback: Callable[..., object]) -> bool:
    """Return False when the callback belongs to, or holds, a QObject that Qt has already deleted."""
    return all(shiboken6.isValid(receiver) for receiver in _receivers(callback))


def _receivers(callback: Callable[..., object]) -> Iterator[QObject]:
    if isinstance(callback, functools.partial):
        partial = cast("functools.partial[Any]", callback)
        yield from _receivers(partial.func)
        held: list[object] = [*partial.args, *partial.keywords.values()]
    else:
        held = [getattr(callback, "__self__", None)]
        for cell in getattr(callback, "__closure__", None) or ():
            # An empty cell belongs to a name that is bound later; it holds nothing yet.
            try:
                held.append(cell.cell_contents)
            except ValueError:
                continue
    yield from (value for value in held if isinstance(value, QObject))
