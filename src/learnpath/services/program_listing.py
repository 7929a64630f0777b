"""The catalogue in one reading: ids in order, counts for the chips, rows seen first, and what a panel shows of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from learnpath.domain.listing import Choice, Having, ProgramFilter, ProgramRow
from learnpath.domain.records import AchievementType, Credential, Path
from learnpath.services.programs import ProgramDetails, program_details
from learnpath.storage.library import Library
from learnpath.storage.program_list import program_choices, program_counts, program_ids, program_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramListing:
    """The answer to a filter, with the rows of the pages seen first.

    `total` is the number of programs in the library, whatever the filter.
    """

    ids: list[int]
    counts: dict[Having, int]
    rows: list[ProgramRow]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramPanel:
    """One program, and the paths it could be added to."""

    details: ProgramDetails
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramSelection:
    """Several programs: all their ids, those without a record of the person, and the paths to add them to."""

    ids: tuple[int, ...]
    new_ids: tuple[int, ...]
    paths: tuple[Path, ...]


def list_programs(
    library: Library, wanted: ProgramFilter, today: date, page_rows: int, near: int = 0
) -> ProgramListing:
    """Return the programs that pass a filter, with the rows of the first page and of the one that holds `near`.

    Pages are `page_rows` long; a `near` that is not in the list is ignored.
    """
    ids = program_ids(library, wanted)
    pages = {0, ids.index(near) // page_rows} if near in ids else {0}
    seen = [one for page in sorted(pages) for one in ids[page * page_rows : (page + 1) * page_rows]]
    return ProgramListing(
        ids=ids,
        counts=program_counts(library, wanted),
        rows=program_rows(library, seen, today),
        total=int(str(library.rows("SELECT count(*) FROM program")[0][0])),
    )


def list_program_choices(library: Library) -> tuple[dict[str, list[Choice]], dict[AchievementType, int]]:
    """Return the issuers, skills and tags that programs carry, by kind, and how many programs are of each type."""
    sql = "SELECT achievement_type, count(*) FROM program GROUP BY achievement_type ORDER BY count(*) DESC"
    types = {AchievementType(str(name)): int(str(count)) for name, count in library.rows(sql)}
    return {kind: program_choices(library, kind) for kind in ("issuer", "skill", "tag")}, types


def read_program_rows(library: Library, ids: Sequence[int], today: date) -> list[ProgramRow]:
    """Return the rows of these programs in the same order; those that are gone are left out."""
    return program_rows(library, ids, today)


def read_program_panel(library: Library, program_id: int, today: date) -> ProgramPanel:
    """Return what a panel shows of one program; UsageError when there is none with this id."""
    return ProgramPanel(details=program_details(library, program_id, today), paths=_paths(library))


def read_program_selection(library: Library, ids: Sequence[int]) -> ProgramSelection:
    """Return what can be done with several programs."""
    wanted = set(ids)
    mine = {one.program_id for one in library.where(Credential, "program_id IS NOT NULL") if one.program_id in wanted}
    return ProgramSelection(ids=tuple(ids), new_ids=tuple(one for one in ids if one not in mine), paths=_paths(library))


def _paths(library: Library) -> tuple[Path, ...]:
    return tuple(sorted(library.all(Path), key=lambda path: (not path.is_active, path.title.casefold())))
