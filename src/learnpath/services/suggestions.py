"""What a form offers while somebody types: names in use, and programs of the catalogue."""

from dataclasses import dataclass
from datetime import date

from learnpath.domain.listing import Choice, CredentialFilter, ProgramFilter
from learnpath.services.programs import ProgramForm, read_program_form
from learnpath.storage.credential_list import credential_ids, credential_rows
from learnpath.storage.library import Library
from learnpath.storage.program_list import program_ids


@dataclass(frozen=True, slots=True)
class NameSuggestions:
    """All names in use, in alphabetical order."""

    issuers: tuple[str, ...]
    skills: tuple[str, ...]
    tags: tuple[str, ...]
    programs: tuple[str, ...]


def suggest_names(library: Library) -> NameSuggestions:
    """Return the names of all issuers, skills, tags and programs."""
    return NameSuggestions(*(_names(library, table) for table in ("issuer", "skill", "tag", "program")))


def suggest_programs(library: Library, text: str, today: date, limit: int = 8) -> list[ProgramForm]:
    """Return the programs whose words begin with what was typed, at most `limit`; none for no text."""
    if not text.strip():
        return []
    return [read_program_form(library, one, today) for one in program_ids(library, ProgramFilter(text=text))[:limit]]


def suggest_credentials(library: Library, text: str, today: date, limit: int = 8) -> list[Choice]:
    """Return credentials whose words begin with what was typed, by title; none for no text. `count` is not used."""
    if not text.strip():
        return []
    ids = credential_ids(library, CredentialFilter(text=text), today)[:limit]
    return [Choice(row.id, row.title, 0) for row in credential_rows(library, ids, today)]


def _names(library: Library, table: str) -> tuple[str, ...]:
    return tuple(str(row[0]) for row in library.rows(f"SELECT name FROM {table} ORDER BY name COLLATE NOCASE"))
