from datetime import date

import pytest
from tests.unit.interchange.list_files import CALENDAR
from tests.unit.interchange.simulation import plan_against

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import Stage
from learnpath.errors import KnownError
from learnpath.interchange.drafts import CredentialDraft
from learnpath.interchange.formats import parse_file
from learnpath.interchange.personal import calendar_exams


def wrap(*lines: str, before: str = "") -> bytes:
    event = "\r\n".join(("BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT"))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{before}{event}\r\nEND:VCALENDAR\r\n".encode()


def test_exams_become_booked_credentials_and_the_rest_is_named() -> None:
    parsed = parse_file(CALENDAR, "calendar.ics")
    azure, master, weaver, floating = (row.draft for row in parsed.rows)
    assert azure == CredentialDraft(
        title="AZ-900 Azure Fundamentals",
        human_code="AZ-900",
        stage=Stage.BOOKED,
        exam_on=PartialDate("2026-12-04"),
        exam_time="09:15",
        exam_zone="Europe/Budapest",
        exam_place="Room 5",
        external_id="1",
        notes="Bring a passport",
    )
    assert isinstance(master, CredentialDraft)
    assert (master.title, master.exam_on, master.exam_time) == ("Meisterprüfung", PartialDate("2027-01-31"), "")
    assert isinstance(weaver, CredentialDraft)
    assert (weaver.exam_time, weaver.exam_zone) == ("18:30", "America/New_York")
    assert isinstance(floating, CredentialDraft)
    assert (floating.title, floating.exam_time, floating.exam_zone) == ("Weaving", "09:00", "Europe/Budapest")
    assert parsed.problems == (
        "“Exam prep with Ada”: no exam by its title",
        "“Cancelled exam”: cancelled",
        "“Undated exam”: no date that can be read",
        "“Weekly exam”: a repeated event",
        "event 9: no exam by its title",
    )


def test_an_event_is_known_by_its_uid_and_one_of_a_series_also_by_the_day_it_was_planned_on() -> None:
    def event(uid: str, day: str, *more: str) -> str:
        lines = (f"UID:{uid}", "SUMMARY:Exam", f"DTSTART;VALUE=DATE:{day}", *more)
        return "\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT\r\n"))

    moved = event("a", "20270301", "RECURRENCE-ID;VALUE=DATE:20270222")
    data = wrap("SUMMARY:Exam", "DTSTART;VALUE=DATE:20270101", before=event("a", "20270201") + moved)
    drafts = [row.draft for row in parse_file(data, "calendar.ics").rows]
    assert [one.external_id for one in drafts if isinstance(one, CredentialDraft)] == ["a", "a 2027-02-22", "1"]
    plan = plan_against(parse_file(data, "calendar.ics"), [])
    asked = "has the title of line 1 and another id"
    assert [(row.kind.value, row.reason) for row in plan.rows] == [("new", ""), *[("undecided", asked)] * 2]


def only(data: bytes) -> CredentialDraft:
    (row,) = parse_file(data, "x.ics").rows
    assert isinstance(row.draft, CredentialDraft)
    return row.draft


def test_an_event_keeps_its_address_and_is_told_apart_by_its_own_name() -> None:
    event = wrap("SUMMARY:Exam", "DTSTART:20260721", "DESCRIPTION:Bring a pen", "URL:https://test.example/17")
    assert only(event).notes == "Bring a pen\n\nLink: https://test.example/17"
    assert (only(event).external_id, only(event).verification_url) == ("1", "")
    moved = wrap("SUMMARY:Exam", "DTSTART:20260721", "RECURRENCE-ID;VALUE=DATE:20260720", "URL:javascript:alert(1)")
    assert (only(moved).external_id, only(moved).notes) == ("1 2026-07-20", "")
    assert "no web address" in parse_file(moved, "x.ics").rows[0].problems[0]


def test_a_to_do_is_a_plan_to_take_the_exam() -> None:
    def to_do(*lines: str) -> bytes:
        return wrap("SUMMARY:Weaving exam", *lines).replace(b"VEVENT", b"VTODO")

    due = only(to_do("DTSTART:20260101T080000", "DUE;TZID=Europe/Rome:20261204T091500"))
    assert (due.title, due.stage, due.exam_on) == ("Weaving", Stage.PLANNED, PartialDate("2026-12-04"))
    assert (due.exam_time, due.exam_zone) == ("09:15", "Europe/Rome")
    assert only(to_do("DTSTART;VALUE=DATE:20261204")).exam_on == PartialDate("2026-12-04")
    done = wrap("SUMMARY:Exam", "DTSTART:20261204") + to_do("DUE:20261204", "STATUS:COMPLETED")
    assert parse_file(done, "x.ics").problems == ("“Weaving exam”: completed",)


def test_an_exam_that_is_over_is_not_called_booked() -> None:
    parsed = parse_file(CALENDAR, "calendar.ics")
    settled = calendar_exams.without_past_bookings(parsed, date(2026, 12, 4))
    stages = [row.draft.stage for row in settled.rows if isinstance(row.draft, CredentialDraft)]
    assert stages == [Stage.BOOKED, Stage.BOOKED, None, None]
    table = parse_file(b"Title,Stage,Exam date\nWeaving,booked,2020-01-01\n", "x.csv", kind="credentials")
    assert calendar_exams.without_past_bookings(table, date(2026, 12, 4)) is table


@pytest.mark.parametrize(
    ("start", "before", "expected", "noted"),
    [
        ("DTSTART:20260721T090000", "", ("2026-07-21", "", ""), True),
        ("DTSTART:20260721T230000Z", "", ("2026-07-21", "23:00", "UTC"), False),
        ("DTSTART:20260721T230000Z", "X-WR-TIMEZONE:Asia/Tokyo\r\n", ("2026-07-22", "08:00", "Asia/Tokyo"), False),
        ("DTSTART:20260721T090000", "X-WR-TIMEZONE:../etc/passwd\r\n", ("2026-07-21", "", ""), True),
        ("DTSTART;TZID=Mars/Base:20260721T090000", "", ("2026-07-21", "", ""), True),
    ],
)
def test_times_keep_their_zone(start: str, before: str, expected: tuple[str, str, str], noted: bool) -> None:
    (row,) = parse_file(wrap("SUMMARY:Exam", start, before=before), "x.ics").rows
    assert isinstance(row.draft, CredentialDraft)
    assert row.draft.exam_on is not None
    assert (row.draft.exam_on.text, row.draft.exam_time, row.draft.exam_zone) == expected
    assert bool(row.problems) == noted


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "holds no events"),
        (wrap("SUMMARY:Lunch", "DTSTART:20260721T090000"), "1 event, which does not look like an exam"),
        (wrap("SUMMARY:Eye exam", "DTSTART:20260721T090000"), "does not look like an exam"),
        (wrap("LOCATION:Prometric", "DTSTART:20260721T090000"), "does not look like an exam"),
        (wrap("END:VEVENT", "BEGIN:VEVENT"), "2 events: none looks like an exam"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Exam\r\n", "damaged"),
        (b"BEGIN:V\nRRULE:%n;BYMONTH=", "damaged"),
        (b"\xef\xbb\xbfbegin:x", "damaged"),
    ],
)
def test_calendars_without_an_exam_are_refused(data: bytes, words: str) -> None:
    with pytest.raises(KnownError, match=words):
        parse_file(data, "x.ics")


def test_a_long_calendar_names_twenty_events_and_counts_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    events = b"".join(wrap(f"SUMMARY:Lunch {at}") for at in range(30)) + wrap("SUMMARY:Exam", "DTSTART:20260721")
    parsed = parse_file(events, "x.ics")
    assert len(parsed.problems) == 21
    assert parsed.problems[-1] == "10 more events were left out"
    monkeypatch.setattr(calendar_exams, "_MOST_BYTES", 10)
    with pytest.raises(KnownError, match="larger than 2 MB"):
        parse_file(events, "x.ics")


def test_an_exam_in_the_last_hours_of_time_stays_in_its_own_zone() -> None:
    zoned = wrap("SUMMARY:Exam", "DTSTART:99991231T235959Z").replace(
        b"BEGIN:VEVENT", b"X-WR-TIMEZONE:Europe/Budapest\r\nBEGIN:VEVENT"
    )
    (row,) = parse_file(zoned, "x.ics").rows
    assert isinstance(row.draft, CredentialDraft)
    assert (str(row.draft.exam_on), row.draft.exam_time, row.draft.exam_zone) == ("9999-12-31", "23:59", "UTC")
