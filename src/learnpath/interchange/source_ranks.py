"""Which format is believed when two files say different things about one record.

Signed or hosted badges are the award itself, what a platform or catalogue publishes comes next, then what a person
entered at LinkedIn, then what anybody may have typed, and text that only seems to say something (a PDF). Within a rank
the newer import wins.
"""

from collections.abc import Mapping

SOURCE_RANKS: Mapping[str, int] = {
    "badge": 4,
    "credly_badges": 3,
    "ms_learn_transcript": 3,
    "ms_learn_catalogue": 3,
    "credly_catalogue": 3,
    "ctdl": 3,
    "schema_org": 3,
    "catalogue_json": 3,
    "linkedin_certifications": 2,
    "linkedin_learning": 2,
    "linkedin_courses": 2,
    "linkedin_education": 2,
    "spreadsheet": 1,
    "markdown_table": 1,
    "table": 1,
    "json_resume": 1,
    "europass_cv": 1,
    "calendar": 1,
    "pdf_certificate": 1,
    # Never compared: a library is merged by ids and brings its own sources, and no import changes what a skill or a
    # path already says.
    "library_json": 1,
    "esco": 1,
    "linkedin_skills": 1,
}
_LEAST = 1

Filling = tuple[int, int]
"""The rank of the format and the id of the import (ids grow with time): the greater one is believed."""

NEWEST = 2**63
"""Stands for the id of an import that is only planned."""


def rank_of(format_name: str) -> int:
    """Return the rank of a format, from 1; one that this version does not know counts like a table."""
    return SOURCE_RANKS.get(format_name, _LEAST)
