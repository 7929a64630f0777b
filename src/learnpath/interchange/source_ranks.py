"""Which format is believed when two files say different things about one record.

Signed or hosted badges are the award itself, a platform's own export comes next, then what a person entered at
LinkedIn, then tables. Within a rank the newer import wins.
"""

from collections.abc import Mapping

SOURCE_RANKS: Mapping[str, int] = {
    "badge": 4,
    "ms_learn": 3,
    "credly": 3,
    "linkedin_certifications": 2,
    "table": 1,
}
_LEAST = 1

Filling = tuple[int, int]
"""The rank of the format and the id of the import (ids grow with time): the greater one is believed."""

NEWEST = 2**63
"""Stands for the id of an import that is only planned."""


def rank_of(format_name: str) -> int:
    """Return the rank of a format, from 1; one that is not listed counts like a table."""
    return SOURCE_RANKS.get(format_name, _LEAST)
