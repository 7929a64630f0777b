"""The list of credentials: ids in order, light rows for a page, counts for the chips, choices for the filters."""

import json
from collections.abc import Sequence
from datetime import date

from learnpath.domain.dates import PartialDate
from learnpath.domain.listing import (
    STATUSES_OF_GROUP,
    Choice,
    CredentialFilter,
    CredentialRow,
    CredentialSort,
    StatusGroup,
)
from learnpath.domain.records import AchievementType, Stage
from learnpath.domain.status import Status
from learnpath.storage.library import Library
from learnpath.storage.mapping import Value
from learnpath.storage.search import matching_ids
from learnpath.storage.status_sql import status_expression

_NEXT_DATE = "coalesce(exam_on, target_on)"
# What lies ahead of a credential: its expiry once it is earned, its exam or target before.
_AHEAD = f"CASE WHEN stage = 'earned' THEN valid_until ELSE {_NEXT_DATE} END"
_STATUS_ORDER = "'grace expiring renewable booked enrolled active planned wished expired revoked let_go'"


def credential_ids(library: Library, wanted: CredentialFilter, today: date) -> list[int]:
    """Return the ids of the credentials that pass the filter, in its order (empty dates always last)."""
    where, parameters = _conditions(wanted, today, with_status=True)
    order = _order(wanted, today)
    join = "LEFT JOIN issuer ON issuer.id = credential.issuer_id" if wanted.sort is CredentialSort.ISSUER else ""
    sql = f"SELECT credential.id FROM credential {join} WHERE {where} ORDER BY {order}"
    return [row[0] for row in library.rows(sql, parameters)]  # pyright: ignore[reportReturnType]


def credential_rows(library: Library, ids: Sequence[int], today: date) -> list[CredentialRow]:
    """Return the rows with these ids, in their order; ids that no longer exist are left out."""
    sql = f"""
        SELECT credential.id, title, coalesce(issuer.name, ''), human_code, achievement_type, stage,
            {status_expression(today)}, awarded_on, valid_until, {_NEXT_DATE}, estimated_minutes, license_number,
            verification_url, (SELECT count(*) FROM evidence_file WHERE credential_id = credential.id), program_id,
            exam_on IS NOT NULL, grace_days
        FROM json_each(?) AS wanted JOIN credential ON credential.id = wanted.value
        LEFT JOIN issuer ON issuer.id = credential.issuer_id
        ORDER BY wanted.key
    """
    return library.each(_row, sql, (json.dumps(list(ids)),))


def credential_counts(library: Library, wanted: CredentialFilter, today: date) -> dict[StatusGroup, int]:
    """Return how many credentials each chip would show, under the filter's other conditions."""
    where, parameters = _conditions(wanted, today, with_status=False)
    sql = f"SELECT {status_expression(today)} AS status, count(*) FROM credential WHERE {where} GROUP BY status"
    by_status = dict(library.each(lambda row: (Status(str(row[0])), int(str(row[1]))), sql, parameters))
    return {
        group: sum(by_status.get(status, 0) for status in statuses) for group, statuses in STATUSES_OF_GROUP.items()
    }


def credential_choices(library: Library, kind: str) -> list[Choice]:
    """Return the issuers, skills, tags or paths (`kind`) that credentials carry, most used first."""
    sources = {
        "issuer": ("issuer", "name", "SELECT issuer_id AS target, id AS credential_id FROM credential"),
        "skill": ("skill", "name", "SELECT skill_id AS target, credential_id FROM credential_skill"),
        "tag": ("tag", "name", "SELECT tag_id AS target, credential_id FROM credential_tag"),
        "path": ("path", "title", f"SELECT path_id AS target, credential_id FROM ({_PATH_MEMBERS})"),
    }
    table, name, members = sources[kind]
    sql = f"""
        SELECT {table}.id, {table}.{name}, count(DISTINCT credential_id) AS uses
        FROM ({members}) AS members JOIN {table} ON {table}.id = members.target
        GROUP BY {table}.id ORDER BY uses DESC, {table}.{name} COLLATE NOCASE
    """
    return library.each(lambda row: Choice(int(str(row[0])), str(row[1]), int(str(row[2]))), sql)


_PATH_MEMBERS = """
    SELECT path_id, credential_id FROM path_step WHERE credential_id IS NOT NULL
    UNION SELECT path_step.path_id, credential.id FROM path_step
        JOIN credential ON credential.program_id = path_step.program_id
"""


def _conditions(wanted: CredentialFilter, today: date, *, with_status: bool) -> tuple[str, list[Value]]:
    conditions = ["TRUE"]
    parameters: list[Value] = []

    def add(condition: str, *values: Value) -> None:
        conditions.append(condition)
        parameters.extend(values)

    if (matches := matching_ids(wanted.text, "credential")) is not None:
        add(f"credential.id IN ({matches[0]})", *matches[1])
    if wanted.stage is not None:
        add("stage = ?", wanted.stage.value)
    if wanted.issuer_id is not None:
        add("issuer_id = ?", wanted.issuer_id)
    if wanted.skill_id is not None:
        add("credential.id IN (SELECT credential_id FROM credential_skill WHERE skill_id = ?)", wanted.skill_id)
    if wanted.tag_id is not None:
        add("credential.id IN (SELECT credential_id FROM credential_tag WHERE tag_id = ?)", wanted.tag_id)
    if wanted.path_id is not None:
        add(f"credential.id IN (SELECT credential_id FROM ({_PATH_MEMBERS}) WHERE path_id = ?)", wanted.path_id)
    if wanted.has_proof is not None:
        negation = "" if wanted.has_proof else "NOT "
        add(f"{negation}EXISTS (SELECT 1 FROM evidence_file WHERE credential_id = credential.id)")
    statuses = STATUSES_OF_GROUP[wanted.group] & (wanted.statuses or frozenset(Status))
    if with_status and len(statuses) < len(Status):
        marks = ", ".join("?" * len(statuses))
        add(f"{status_expression(today)} IN ({marks})", *sorted(status.value for status in statuses))
    return " AND ".join(conditions), parameters


def _order(wanted: CredentialFilter, today: date) -> str:
    direction = "DESC" if wanted.descending else "ASC"
    match wanted.sort:
        case CredentialSort.TITLE:
            return f"title COLLATE NOCASE {direction}, credential.id {direction}"
        case CredentialSort.ISSUER:
            return f"issuer.name IS NULL, issuer.name COLLATE NOCASE {direction}, title COLLATE NOCASE, credential.id"
        case CredentialSort.STATUS:
            return (
                f"instr({_STATUS_ORDER}, {status_expression(today)}) {direction}, title COLLATE NOCASE, credential.id"
            )
        case CredentialSort.KIND:
            return f"achievement_type {direction}, title COLLATE NOCASE, credential.id"
        case CredentialSort.AHEAD:
            return f"{_AHEAD} IS NULL, {_AHEAD} {direction}, title COLLATE NOCASE, credential.id"
        case CredentialSort.NEXT_DATE:
            return f"{_NEXT_DATE} IS NULL, {_NEXT_DATE} {direction}, title COLLATE NOCASE, credential.id"
        case _:
            column = wanted.sort.value
            return f"{column} IS NULL, {column} {direction}, title COLLATE NOCASE, credential.id"


def _row(row: tuple[Value, ...]) -> CredentialRow:
    return CredentialRow(
        id=int(str(row[0])),
        title=str(row[1]),
        issuer=str(row[2]),
        human_code=str(row[3]),
        kind=AchievementType(str(row[4])),
        stage=Stage(str(row[5])),
        status=Status(str(row[6])),
        awarded_on=_date(row[7]),
        valid_until=_date(row[8]),
        next_date=_date(row[9]),
        estimated_minutes=None if row[10] is None else int(str(row[10])),
        license_number=str(row[11]),
        verification_url=str(row[12]),
        proof_count=int(str(row[13])),
        program_id=None if row[14] is None else int(str(row[14])),
        next_is_exam=bool(row[15]),
        grace_days=int(str(row[16])),
    )


def _date(value: Value) -> PartialDate | None:
    return None if value is None else PartialDate(str(value))
