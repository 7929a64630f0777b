"""Files that may be archives, read and previewed one part after the other, as the window and the command line do."""

from learnpath.interchange.drafts import ParsedFile
from learnpath.interchange.formats import parse_file, split_file
from learnpath.services.importing import Preview, preview_file
from learnpath.services.planning import Planning
from learnpath.storage.library import Library


def parse_parts(data: bytes, file_name: str) -> list[ParsedFile]:
    """Return what each part of a file says; raises what `split_file` and `parse_file` raise."""
    return [parse_file(part.data, part.name) for part in split_file(data, file_name)]


def preview_parts(library: Library, file_name: str, data: bytes) -> list[Preview]:
    """Return what importing each part of a file would do, one after the other."""
    found: list[Preview] = []
    planning = Planning(library)
    for part in split_file(data, file_name):
        found.append(preview_file(library, part.name, part.data, after=tuple(found), planning=planning))
    return found
