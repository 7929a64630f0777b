"""The files of LinkedIn's data export that hold nothing to import, told by their columns.

Each on its own looks like a table of something; what is in it is no program, credential or skill. `foreign_files` says
what they are.
"""

from learnpath.interchange.linkedin_columns import first_headers

HINT = (
    "From the same export, import Certifications.csv, Learning.csv, Courses.csv, Education.csv or Skills.csv, or the "
    "whole archive as it came."
)
# Columns in folded words that are together in no other file -> what the file is.
_FILES: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset(("first name", "last name", "headline", "industry")), "the profile of a LinkedIn export (Profile.csv)"),
    (
        frozenset(("company name", "title", "started on", "finished on")),
        "the list of jobs of a LinkedIn export (Positions.csv)",
    ),
    (
        frozenset(("email address", "confirmed", "primary")),
        "the list of email addresses of a LinkedIn export (Email Addresses.csv)",
    ),
    (
        frozenset(("first name", "last name", "company", "position", "connected on")),
        "the list of contacts of a LinkedIn export (Connections.csv)",
    ),
    (
        frozenset(("conversation id", "from", "to", "date", "content")),
        "the messages of a LinkedIn export (messages.csv)",
    ),
)


def describe_other(data: bytes) -> str:
    """Return what a file of the export is that holds nothing to import, "" for any other file."""
    for names in first_headers(data):
        for columns, what in _FILES:
            if names.keys() >= columns:
                return what
    return ""
