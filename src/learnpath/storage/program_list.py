"""The catalogue: ids in order, light rows for a page, counts and choices for the filters."""

import json
from collections.abc import Sequence
from datetime import date

from learnpath.domain.listing import Choice, Having, ProgramFilter, ProgramRow, ProgramSort
from learnpath.domain.money import Money
from learnpath.domain.records import AchievementType, LifecycleStatus
from learnpath.domain.status import Status
from learnpath.storage.library import Library
from learnpath.storage.mapping import Value
from learnpath.storage.search import matching_ids
from learnpath.storage.status_sql import status_expression

# A person can have more than one record of a program (renewed, repeated): the catalogue leads to the newest.
_MINE = "(SELECT max(credential.id) FROM credential WHERE credential.program_id = program.id)"

# How long a term such as P18M lasts, near enough to order by: terms in use have a single unit, rarely two.
_TERM_DAYS = """
    CASE
        WHEN valid_for LIKE 'P%Y%' THEN 365 * CAST(substr(valid_for, 2) AS INTEGER)
            + CASE WHEN valid_for LIKE '%M' THEN
                30 * CAST(substr(valid_for, instr(valid_for, 'Y') + 1) AS INTEGER) ELSE 0 END
        WHEN valid_for LIKE 'P%M' THEN 30 * CAST(substr(valid_for, 2) AS INTEGER)
        WHEN valid_for LIKE 'P%W' THEN 7 * CAST(substr(valid_for, 2) AS INTEGER)
        ELSE CAST(substr(valid_for, 2) AS INTEGER)
    END
"""


def program_ids(library: Library, wanted: ProgramFilter) -> list[int]:
    """Return the ids of the programs that pass the filter, in its order (unknown values last)."""
    where, parameters = _conditions(wanted)
    join = "LEFT JOIN issuer ON issuer.id = program.issuer_id" if wanted.sort is ProgramSort.ISSUER else ""
    sql = f"SELECT program.id FROM program {join} WHERE {where} ORDER BY {_order(wanted)}"
    return [row[0] for row in library.rows(sql, parameters)]  # pyright: ignore[reportReturnType]


def program_rows(library: Library, ids: Sequence[int], today: date) -> list[ProgramRow]:
    """Return the rows with these ids, in their order; ids that no longer exist are left out."""
    sql = f"""
        SELECT program.id, program.name, coalesce(issuer.name, ''), program.human_code, program.achievement_type,
            program.level, program.estimated_minutes, price_minor, price_currency, program.valid_for,
            lifecycle_status, mine.id, CASE WHEN mine.id IS NULL THEN NULL ELSE {status_expression(today, "mine")} END
        FROM json_each(?) AS wanted JOIN program ON program.id = wanted.value
        LEFT JOIN issuer ON issuer.id = program.issuer_id
        LEFT JOIN credential AS mine ON mine.id = {_MINE}
        ORDER BY wanted.key
    """
    return library.each(_row, sql, (json.dumps(list(ids)),))


def program_counts(library: Library, wanted: ProgramFilter) -> dict[Having, int]:
    """Return how many programs each chip would show, under the filter's other conditions."""
    where, parameters = _conditions(wanted, with_having=False)
    sql = f"""
        SELECT count(*), coalesce(sum(program.id IN (SELECT program_id FROM credential)), 0) FROM program WHERE {where}
    """
    total, mine = (int(str(value)) for value in library.rows(sql, parameters)[0])
    return {Having.ANY: total, Having.NOT_CHOSEN: total - mine, Having.MINE: mine}


def program_choices(library: Library, kind: str) -> list[Choice]:
    """Return the issuers, skills or tags (`kind`) that programs carry, most used first."""
    members = (
        "SELECT issuer_id AS target FROM program"
        if kind == "issuer"
        else f"SELECT {kind}_id AS target FROM program_{kind}"
    )
    sql = f"""
        SELECT {kind}.id, {kind}.name, count(*) AS uses FROM ({members}) AS members
        JOIN {kind} ON {kind}.id = members.target GROUP BY {kind}.id ORDER BY uses DESC, {kind}.name COLLATE NOCASE
    """
    return library.each(lambda row: Choice(int(str(row[0])), str(row[1]), int(str(row[2]))), sql)


def _conditions(wanted: ProgramFilter, *, with_having: bool = True) -> tuple[str, list[Value]]:
    conditions = ["TRUE"]
    parameters: list[Value] = []

    def add(condition: str, *values: Value) -> None:
        conditions.append(condition)
        parameters.extend(values)

    if (matches := matching_ids(wanted.text, "program")) is not None:
        add(f"program.id IN ({matches[0]})", *matches[1])
    if with_having and wanted.having is not Having.ANY:
        negation = "NOT " if wanted.having is Having.NOT_CHOSEN else ""
        add(f"{negation}EXISTS (SELECT 1 FROM credential WHERE credential.program_id = program.id)")
    if wanted.issuer_id is not None:
        add("issuer_id = ?", wanted.issuer_id)
    if wanted.skill_id is not None:
        add("program.id IN (SELECT program_id FROM program_skill WHERE skill_id = ?)", wanted.skill_id)
    if wanted.tag_id is not None:
        add("program.id IN (SELECT program_id FROM program_tag WHERE tag_id = ?)", wanted.tag_id)
    if wanted.kind is not None:
        add("achievement_type = ?", wanted.kind.value)
    if wanted.max_price_minor is not None:
        add("price_minor <= ?", wanted.max_price_minor)
    if wanted.max_minutes is not None:
        add("estimated_minutes <= ?", wanted.max_minutes)
    if wanted.lifecycle_status is not None:
        add("lifecycle_status = ?", wanted.lifecycle_status.value)
    return " AND ".join(conditions), parameters


def _order(wanted: ProgramFilter) -> str:
    direction = "DESC" if wanted.descending else "ASC"
    name = "program.name COLLATE NOCASE"
    match wanted.sort:
        case ProgramSort.NAME:
            return f"{name} {direction}, program.id {direction}"
        case ProgramSort.ISSUER:
            return f"issuer.name IS NULL, issuer.name COLLATE NOCASE {direction}, {name}, program.id"
        case ProgramSort.KIND:
            return f"achievement_type {direction}, {name}, program.id"
        case ProgramSort.LEVEL:
            return f"level = '', level COLLATE NOCASE {direction}, {name}, program.id"
        case ProgramSort.EFFORT:
            return f"estimated_minutes IS NULL, estimated_minutes {direction}, {name}, program.id"
        case ProgramSort.PRICE:
            return f"price_minor IS NULL, price_currency, price_minor {direction}, {name}, program.id"
        case ProgramSort.VALID_FOR:
            return f"valid_for = '', {_TERM_DAYS} {direction}, {name}, program.id"
        case ProgramSort.MINE:
            return f"{_MINE} IS NULL {direction}, {name}, program.id"


def _row(row: tuple[Value, ...]) -> ProgramRow:
    return ProgramRow(
        id=int(str(row[0])),
        name=str(row[1]),
        issuer=str(row[2]),
        human_code=str(row[3]),
        kind=AchievementType(str(row[4])),
        level=str(row[5]),
        estimated_minutes=None if row[6] is None else int(str(row[6])),
        price=None if row[7] is None else Money(int(str(row[7])), str(row[8])),
        valid_for=str(row[9]),
        lifecycle_status=LifecycleStatus(str(row[10])),
        credential_id=None if row[11] is None else int(str(row[11])),
        status=None if row[12] is None else Status(str(row[12])),
    )
