"""The errors a person can do something about; everything else is a bug and is shown as one.

Belongs here: `KnownError` and nothing else. Subclasses live beside the code that raises them.
"""


class KnownError(Exception):
    """A failure with a sentence for the person: what happened and what was kept, and what to do next.

    `exit_code` is what the command line returns: 1 rejected input, 2 wrong use or environment, 3 the library
    cannot be used.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(KnownError):
    """The request itself is wrong (an unknown id, a field that does not exist)."""

    exit_code = 2


class LibraryError(KnownError):
    """The library cannot be used: damaged, newer, foreign, read-only, full disk, open elsewhere."""

    exit_code = 3
