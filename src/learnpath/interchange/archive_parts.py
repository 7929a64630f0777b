"""The files inside an archive that are imported one by one: of LinkedIn's export the ones about learning, else all.

Belongs here: which entries count. Opening an archive within limits is in `archive_files`. Nothing is unpacked to disk.
"""

from dataclasses import dataclass

from learnpath.errors import KnownError
from learnpath.interchange.archive_files import (
    ARCHIVE,
    MOST_FILE_BYTES,
    MOST_FILES,
    file_entries,
    has_unsafe_names,
    open_archive,
    read_entries,
)

LINKEDIN_PARTS = ("Certifications.csv", "Learning.csv", "Courses.csv", "Education.csv", "Skills.csv")
"""The files that are read, in the order in which they are shown. The export names them so in every language seen."""

# Files by which LinkedIn's export is known; all but the first are never opened.
_LINKEDIN_MARKS = {
    "certifications.csv",
    "profile.csv",
    "connections.csv",
    "messages.csv",
    "positions.csv",
    "registration.csv",
    "email addresses.csv",
    "ad_targeting.csv",
}
# Documents that are archives themselves; their parts mean nothing alone.
_APPLE_PART = ".iwa"
_DOCUMENT_MARKS = {"[content_types].xml", "mimetype", "manifest.mf", "androidmanifest.xml"}


@dataclass(frozen=True, slots=True)
class FilePart:
    """One file inside another: its name without folders, and its bytes."""

    name: str
    data: bytes


def find_parts(data: bytes) -> tuple[FilePart, ...]:
    """Return the files of an archive that are to be read; none for other bytes and for documents.

    Of LinkedIn's export only those about learning are opened: the others (messages, contacts, advertising) are nobody's
    business here. An archive inside an archive is a file like any other, and is not opened in turn. Raises KnownError
    for an archive that is damaged, protected, too large or of more than `MOST_FILES` files.
    """
    if not data.startswith(ARCHIVE):
        return ()
    archive = open_archive(data)
    entries = file_entries(archive)
    if not entries and has_unsafe_names(archive):
        raise KnownError(
            "The names of the files in the archive are unsafe: they point outside of it. "
            "Nothing was unpacked and nothing was imported.",
            "Do not unpack it. Ask for the file again from where it came from.",
        )
    folded = {name.lower(): name for name in reversed(entries)}
    if folded.keys() & _DOCUMENT_MARKS or any(name.endswith(_APPLE_PART) for name in folded):
        return ()
    if folded.keys() & _LINKEDIN_MARKS:
        entries = {part: entries[folded[part.lower()]] for part in LINKEDIN_PARTS if part.lower() in folded}
    if len(entries) > MOST_FILES:
        raise KnownError(
            f"The file is an archive of {len(entries):,} files; up to {MOST_FILES} are read. Nothing was imported.",
            "Unpack it and import those that you need.",
        )
    contents = read_entries(data, entries.values(), MOST_FILE_BYTES)
    return tuple(FilePart(name, content) for name, content in zip(entries, contents, strict=True))
