"""Names of skills, tags and paths: how they are kept, and when two of them are the same name."""

import unicodedata


def tidy_name(name: str) -> str:
    """Return a name as it is kept: one line, single blanks, composed letters (NFC)."""
    return unicodedata.normalize("NFC", " ".join(name.split()))


def fold_name(name: str) -> str:
    """Return a name for comparing: as it is kept, without case; "" for one of blanks only."""
    return tidy_name(name).casefold()
