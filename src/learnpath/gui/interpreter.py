"""Keeps Python 3.11 alive under Qt's bindings. Nothing else belongs here."""

import ctypes
import sys

# PySide6 6.12.0 is built for a Python (3.12 and later) in which None, True, False and NotImplemented can never die,
# and returns them without counting a reference. On 3.11 each such call takes one reference too many, and after some
# ten thousand calls the interpreter ends with "deallocating None" or "deallocating True or False". So these four get
# more references than a session can use up. Measured: 2,000 setter calls cost None 2,000 references; PySide6 6.11.3
# does not do it.
_SINGLETONS = (None, True, False, NotImplemented)
_ENOUGH = 1 << 48


def protect_singletons() -> None:
    """Give the four values references that no session uses up, on interpreters where they can run out of them."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    for value in _SINGLETONS:
        if sys.getrefcount(value) < _ENOUGH:
            ctypes.c_ssize_t.from_address(id(value)).value += 2 * _ENOUGH
