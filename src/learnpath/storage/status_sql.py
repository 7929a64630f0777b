"""`domain.status.status_of` as an SQL expression. A property test keeps the two equal."""

import calendar
from datetime import date, timedelta

from learnpath.domain.status import EXPIRING_DAYS

_LAST_DAY = "CASE length({0}) WHEN 10 THEN {0} WHEN 7 THEN {0} || '-31' ELSE {0} || '-12-31' END"
_FIRST_DAY = "CASE length({0}) WHEN 10 THEN {0} WHEN 7 THEN {0} || '-01' ELSE {0} || '-01-01' END"


def status_expression(today: date, table: str = "credential") -> str:
    """Return SQL that computes the status of a row of `table` on `today` (no parameters; dates are our own text).

    Months end on a nominal 31st, which compares right as text as long as the other side does the same.
    """
    until = f"{table}.valid_until"
    last_day = f"({_LAST_DAY.format(until)})"
    soon = min(today, date.max - timedelta(days=EXPIRING_DAYS)) + timedelta(days=EXPIRING_DAYS)
    days_over = f"(julianday('{today.isoformat()}') - julianday({_real_last_day(until)}))"
    return f"""CASE
        WHEN {table}.stage <> 'earned' THEN {table}.stage
        WHEN {table}.revoked_on IS NOT NULL
            AND ({_FIRST_DAY.format(f"{table}.revoked_on")}) <= '{today.isoformat()}' THEN 'revoked'
        WHEN {until} IS NULL THEN 'active'
        WHEN {last_day} < '{today.isoformat()}' THEN
            CASE WHEN {table}.grace_days > 0 AND {days_over} <= {table}.grace_days THEN 'grace' ELSE 'expired' END
        WHEN {last_day} <= '{_month_safe(soon)}' THEN 'expiring'
        WHEN {table}.renewal_opens_days IS NOT NULL AND -{days_over} <= {table}.renewal_opens_days THEN 'renewable'
        ELSE 'active'
    END"""


def _month_safe(day: date) -> str:
    if day.day == calendar.monthrange(day.year, day.month)[1]:
        return f"{day.year:04}-{day.month:02}-31"
    return day.isoformat()


def _real_last_day(column: str) -> str:
    # The month after December 9999 is beyond SQLite's calendar.
    of_month = f"coalesce(date({column} || '-01', '+1 month', '-1 day'), '9999-12-31')"
    return f"CASE length({column}) WHEN 10 THEN {column} WHEN 7 THEN {of_month} ELSE {column} || '-12-31' END"
