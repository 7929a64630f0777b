from datetime import date, timedelta

import apsw
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import Credential, Stage
from learnpath.domain.status import status_of
from learnpath.storage.status_sql import status_expression

_TODAYS = st.one_of(
    st.dates(date(2023, 12, 25), date(2029, 3, 5)),
    st.sampled_from([date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2026, 12, 31), date(2027, 1, 1)]),
    st.builds(
        lambda year, month: date(year, month, 1) - timedelta(days=1), st.integers(2024, 2028), st.integers(1, 12)
    ),
)
_OFFSETS = st.one_of(st.integers(-500, 900), st.integers(-3, 3), st.integers(85, 95))


def _partial(today: date, offset: int, length: int) -> PartialDate:
    return PartialDate((today + timedelta(days=offset)).isoformat()[:length])


@st.composite
def _cases(draw: st.DrawFn) -> tuple[Credential, date]:
    today = draw(_TODAYS)
    lengths = st.sampled_from([4, 7, 10])
    dates = st.none() | st.builds(_partial, st.just(today), _OFFSETS, lengths)
    credential = Credential(
        title="x",
        stage=draw(st.sampled_from([Stage.EARNED] * 6 + list(Stage))),
        valid_until=draw(dates),
        revoked_on=draw(st.none() | dates),
        renewal_opens_days=draw(st.none() | st.sampled_from([0, 1, 89, 90, 91, 180, 100_000]) | st.integers(0, 400)),
        grace_days=draw(st.sampled_from([0, 0, 1, 30, 100_000]) | st.integers(0, 120)),
    )
    return credential, today


def _by_sql(connection: apsw.Connection, credential: Credential, today: date) -> str:
    connection.execute("DELETE FROM credential")
    connection.execute(
        "INSERT INTO credential VALUES (?, ?, ?, ?, ?)",
        (
            credential.stage.value,
            str(credential.valid_until) if credential.valid_until else None,
            str(credential.revoked_on) if credential.revoked_on else None,
            credential.renewal_opens_days,
            credential.grace_days,
        ),
    )
    return str(connection.execute(f"SELECT {status_expression(today)} FROM credential").fetchall()[0][0])


@pytest.fixture(scope="module")
def connection() -> apsw.Connection:
    opened = apsw.Connection(":memory:")
    opened.execute("CREATE TABLE credential (stage, valid_until, revoked_on, renewal_opens_days, grace_days)")
    return opened


def _earned(until: str, opens: int | None = None, grace: int = 0) -> Credential:
    return Credential(
        title="x",
        stage=Stage.EARNED,
        valid_until=PartialDate(until),
        renewal_opens_days=opens,
        grace_days=grace,
    )


@given(case=_cases())
@example(case=(_earned("9999-12"), date(2026, 11, 21)))
@example(case=(_earned("9999-12", opens=10_000_000), date(2026, 11, 21)))
@example(case=(_earned("9999", opens=10_000_000), date(9999, 12, 1)))
@example(case=(_earned("2024-02", grace=5), date(2024, 3, 5)))
@example(case=(_earned("2024-02"), date(2024, 2, 29)))
@example(case=(_earned("2027-02"), date(2026, 11, 30)))
@example(case=(_earned("2026-12", grace=-5), date(2027, 1, 3)))
def test_sql_says_the_same_as_the_rule(connection: apsw.Connection, case: tuple[Credential, date]) -> None:
    credential, today = case
    assert _by_sql(connection, credential, today) == status_of(credential, today).value
