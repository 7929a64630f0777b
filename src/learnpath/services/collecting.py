"""Python's search for cycles, kept out of work that makes many objects at once and no cycles of them."""

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Generator[None]:
    """Make objects without looking through all of them again and again; the window has switched that off for good."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
