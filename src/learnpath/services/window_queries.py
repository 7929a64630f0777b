"""What the frame of the window asks: the numbers in the navigation and the records behind the search field."""

from dataclasses import dataclass
from datetime import date

from learnpath.domain.listing import CredentialFilter, ProgramFilter
from learnpath.domain.records import Path
from learnpath.services.deadlines import count_needing_action
from learnpath.storage.credential_list import credential_ids, credential_rows
from learnpath.storage.library import Library
from learnpath.storage.program_list import program_ids, program_rows
from learnpath.storage.totals import record_counts

_MOST_OF_A_KIND = 8


@dataclass(frozen=True, slots=True)
class NavigationCounts:
    """The numbers beside the screens."""

    credentials: int
    programs: int
    paths: int
    needing_action: int


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A record that was found; `kind` is its table name."""

    kind: str
    id: int
    title: str
    subtitle: str


def navigation_counts(library: Library, today: date) -> NavigationCounts:
    """Return the numbers beside the screens on a day."""
    counts = record_counts(library)
    urgent = count_needing_action(library, today)
    return NavigationCounts(counts["credential"], counts["program"], counts["path"], urgent)


def search_records(library: Library, text: str, today: date) -> list[SearchHit]:
    """Return credentials, paths and programs that match a text, a few of each."""
    if not text.strip():
        return []
    credentials = credential_rows(
        library, credential_ids(library, CredentialFilter(text=text), today)[:_MOST_OF_A_KIND], today
    )
    hits = [
        SearchHit("credential", row.id, row.title, " · ".join(part for part in (row.issuer, row.human_code) if part))
        for row in credentials
    ]
    wanted = text.casefold()
    paths = [path for path in library.all(Path) if wanted in path.title.casefold()]
    hits += [SearchHit("path", path.id, path.title, "path") for path in paths[:_MOST_OF_A_KIND]]
    programs = program_rows(library, program_ids(library, ProgramFilter(text=text))[:_MOST_OF_A_KIND], today)
    hits += [
        SearchHit("program", row.id, row.name, " · ".join(part for part in (row.issuer, "program") if part))
        for row in programs
    ]
    return hits
