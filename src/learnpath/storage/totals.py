"""Sums and counts over the whole library, made by SQLite."""

from datetime import date

from learnpath.domain.money import Money
from learnpath.domain.status import Status
from learnpath.storage.library import Library
from learnpath.storage.mapping import Value
from learnpath.storage.status_sql import status_expression


def credentials_by_status(library: Library, today: date) -> dict[Status, int]:
    """Return how many credentials are in each status on a day; statuses without any are left out."""
    sql = f"SELECT {status_expression(today)} AS status, count(*) FROM credential GROUP BY status"
    return dict(library.each(lambda row: (Status(str(row[0])), int(str(row[1]))), sql))


def earned_by_year(library: Library) -> dict[int, int]:
    """Return how many credentials were earned in each year, oldest first."""
    sql = """
        SELECT substr(awarded_on, 1, 4) AS year, count(*) FROM credential
        WHERE stage = 'earned' AND awarded_on IS NOT NULL GROUP BY year ORDER BY year
    """
    return dict(library.each(_numbers, sql))


def valid_with_proof(library: Library, today: date) -> int:
    """Return how many valid credentials have at least one file as proof."""
    sql = f"""
        SELECT count(*) FROM credential WHERE {status_expression(today)} IN ('active', 'renewable', 'expiring')
        AND EXISTS (SELECT 1 FROM evidence_file WHERE credential_id = credential.id)
    """
    return int(str(library.rows(sql)[0][0]))


def unproven_ids(library: Library, today: date, limit: int) -> list[int]:
    """Return the ids of valid credentials without a file as proof, the newest award first, at most `limit`."""
    sql = f"""
        SELECT id FROM credential WHERE {status_expression(today)} IN ('active', 'renewable', 'expiring')
        AND NOT EXISTS (SELECT 1 FROM evidence_file WHERE credential_id = credential.id)
        ORDER BY awarded_on DESC, id DESC LIMIT ?
    """
    return [int(str(row[0])) for row in library.rows(sql, (limit,))]


def running_out_ids(library: Library, today: date) -> list[int]:
    """Return the ids of credentials that expire within 90 days or are in their days of grace."""
    sql = f"SELECT id FROM credential WHERE {status_expression(today)} IN ('expiring', 'grace')"
    return [int(str(row[0])) for row in library.rows(sql)]


def study_minutes_by_day(library: Library, first: date, last: date) -> dict[date, int]:
    """Return the minutes studied on each day from `first` to `last`; days without study are left out."""
    sql = """
        SELECT studied_on, sum(minutes) FROM study_session
        WHERE length(studied_on) = 10 AND studied_on BETWEEN ? AND ? GROUP BY studied_on
    """
    bounds = (first.isoformat(), last.isoformat())
    return dict(library.each(lambda row: (date.fromisoformat(str(row[0])), int(str(row[1]))), sql, bounds))


def logged_minutes(library: Library) -> dict[int, int]:
    """Return the minutes studied for each credential, by its id."""
    sql = "SELECT credential_id, sum(minutes) FROM study_session WHERE credential_id IS NOT NULL GROUP BY credential_id"
    return dict(library.each(_numbers, sql))


def spent_in_year(library: Library, year: int) -> list[Money]:
    """Return what was paid in a year and not refunded or reimbursed, one sum a currency, largest first."""
    sql = """
        SELECT sum(price_minor) AS total, price_currency FROM cost_line
        WHERE state = 'paid' AND claim_state <> 'reimbursed' AND payer = 'self' AND substr(incurred_on, 1, 4) = ?
        GROUP BY price_currency ORDER BY total DESC
    """
    return library.each(lambda row: Money(int(str(row[0])), str(row[1])), sql, (f"{year:04}",))


def record_counts(library: Library) -> dict[str, int]:
    """Return how many issuers, programs, credentials, paths, files … the library holds, by table name."""
    names = ("credential", "program", "path", "issuer", "skill", "tag", "evidence_file", "cost_line", "study_session")
    sql = "SELECT " + ", ".join(f"(SELECT count(*) FROM {name})" for name in names)
    return {name: int(str(count)) for name, count in zip(names, library.rows(sql)[0], strict=True)}


def records_by_issuer(library: Library) -> dict[int, tuple[int, int]]:
    """Return how many programs and how many credentials are of each issuer, by its id; without those that have none."""
    sql = """
        SELECT issuer_id, sum(is_program), count(*) - sum(is_program) FROM (
            SELECT issuer_id, 1 AS is_program FROM program UNION ALL SELECT issuer_id, 0 FROM credential
        ) WHERE issuer_id IS NOT NULL GROUP BY issuer_id
    """
    return dict(library.each(_issuer_counts, sql))


def _issuer_counts(row: tuple[Value, ...]) -> tuple[int, tuple[int, int]]:
    issuer_id, programs, credentials = (int(str(value)) for value in row)
    return issuer_id, (programs, credentials)


def _numbers(row: tuple[Value, ...]) -> tuple[int, int]:
    return int(str(row[0])), int(str(row[1]))
