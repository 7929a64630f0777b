import pytest

from learnpath.interchange.cells.clocks import read_clock, read_zone
from learnpath.interchange.cells.reading import UnreadableCell
from learnpath.interchange.drafts import CredentialDraft
from learnpath.interchange.formats import parse_file


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("09:30", "09:30"),
        (" 9:30 ", "09:30"),
        ("09:30:00", "09:30"),
        ("14.15 Uhr", "14:15"),
        ("18h05", "18:05"),
        ("2:15 pm", "14:15"),
        ("12:00 a.m.", "00:00"),
        ("12:30PM", "12:30"),
    ],
)
def test_times_of_day(text: str, clock: str) -> None:
    assert read_clock(text) == clock


@pytest.mark.parametrize("text", ["", "planned", "24:00", "9:60", "13:00 pm", "0:10 am", "9", "١٢:٣٠"])
def test_what_is_no_time_of_day(text: str) -> None:
    with pytest.raises(UnreadableCell, match="no time of day"):
        read_clock(text)


def test_zones() -> None:
    assert read_zone(" Europe/Vienna ") == "Europe/Vienna"
    with pytest.raises(UnreadableCell, match="no time zone"):
        read_zone("Nowhere/Land")


def test_what_is_no_time_or_zone_is_left_out_of_its_row_and_told() -> None:
    (row,) = parse_file(
        b"Title,Earned on,Exam on,Exam time,Exam time zone\nA,2024,2024-05-13,soon,here\n", "list.csv"
    ).rows
    assert isinstance(row.draft, CredentialDraft)
    assert (row.draft.exam_time, row.draft.exam_zone) == ("", "")
    assert row.problems == (
        "line 2: “soon” is no time of day such as 09:30",
        "line 2: “here” is no time zone such as Europe/Vienna",
    )
