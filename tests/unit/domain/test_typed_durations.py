import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnpath.domain.typed_durations import read_typed_duration


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("1:30", 90),
        ("0:05", 5),
        ("1 h 30", 90),
        ("1h30m", 90),
        ("1.5 h", 90),
        ("1,5 hours", 90),
        ("90", 90),
        ("90 min", 90),
        ("2h", 120),
        ("0", 0),
    ],
)
def test_reads(typed: str, minutes: int) -> None:
    assert read_typed_duration(typed) == minutes


@pytest.mark.parametrize("typed", ["", "long", "1:75", "-5", "1:3", "99999 h", "9999:59 h"])
def test_says_why_not(typed: str) -> None:
    with pytest.raises(ValueError, match="no length of time"):
        read_typed_duration(typed)


@given(st.integers(0, 9999), st.integers(0, 59))
def test_hours_and_minutes_come_back(hours: int, minutes: int) -> None:
    assert read_typed_duration(f"{hours}:{minutes:02}") == hours * 60 + minutes
