"""Keeps Python 3.11 alive under Qt's bindings. Nothing else belongs here."""

import ctypes
import sys

# PySide6 6.12.0 returns None from every call without a result as if None could never die. That is true from
# Python 3.12 on; on 3.11 each such call takes one reference too many, and after some ten thousand calls the
# interpreter ends with "none_dealloc: deallocating None". So it gets more than a session can use up.
_ENOUGH = 1 << 48


def protect_none() -> None:
    """Give None references that no session uses up, on interpreters where None can run out of them."""
    if sys.version_info < (3, 12) and sys.implementation.name == "cpython" and sys.getrefcount(None) < _ENOUGH:
        ctypes.c_ssize_t.from_address(id(None)).value += 2 * _ENOUGH
