"""The format `calendar`: exams with a date, from a calendar file (iCalendar, RFC 5545).

An event is taken for an exam by the words of its title, its place and its description, and so is a to-do, which is a
plan and no booking. Repeated events are not expanded. Which exams are over is decided where today is known
(`without_past_bookings`).
"""

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from learnpath.domain.dates import PartialDate
from learnpath.domain.matching import extract_codes
from learnpath.domain.records import Stage
from learnpath.errors import KnownError
from learnpath.interchange.badges.addresses import web_address
from learnpath.interchange.badges.plain_text import line, paragraph
from learnpath.interchange.cells.reading import quoted
from learnpath.interchange.drafts import CredentialDraft, ParsedFile, ParsedRow, ParseOptions
from learnpath.interchange.lists.descriptions import described, sentence
from learnpath.interchange.text_decoding import decode

if TYPE_CHECKING:
    from icalendar import Component

FORMAT = "calendar"
# Two such megabytes of the shortest events take three seconds to read.
_MOST_BYTES = 2 * 1024 * 1024
_MOST_LISTED = 20
_EXAM = re.compile(
    r"\b(?:exams?|examination|certification test|certification|proctored|pr[üu]fung|\w{3,20}pr[üu]fung|examen|"
    r"certificaci[óo]n|exame|certifica[çc][ãa]o|esame|certificazione|vizsga\w{0,5}|examination|tentamen|egzamin)\b",
    re.IGNORECASE,
)
_TEST_CENTRE = re.compile(r"\b(?:pearson ?vue|prometric|certiport|proctoru|examity|onvue|kryterion)\b", re.IGNORECASE)
_NO_EXAM = re.compile(
    r"\b(?:study|studying|prep|preparation|revision|webinar|workshop|course|lesson|lecture|results?|renew\w{0,4}|"
    r"lernen|vorbereitung\w{0,5}|kurs|r[ée]vision|pr[ée]paration|estudiar|eye|dental|medical|physical|driving)\b",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"^(?:(?:exam|pr[üu]fung|examen|exame|esame|vizsga)\s*[:–—-]\s*)|(?:\s*[:–—-]?\s*\b(?:exam|pr[üu]fung|vizsga)$)",
    re.IGNORECASE,
)


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.9 for text that begins as iCalendar does."""
    del file_name
    if b"B" not in data[:16].upper():
        return 0.0
    head = decode(data[:200]).text.lstrip("\ufeff \t\r\n").lower()
    return 0.9 if head.startswith("begin:") and not head.startswith("begin:vcard") else 0.0


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return the exams as booked credentials, to-dos as planned ones; `problems` name what was left out and why.

    Raises KnownError for a damaged calendar and for one without an exam.
    """
    del options
    events, zone = _read(data)
    rows: list[ParsedRow] = []
    left_out: list[str] = []
    for number, event in enumerate(events, start=1):
        reason = _reason_against(event)
        if reason:
            left_out.append(f"{quoted(event.title) if event.title else f'{event.noun} {number}'}: {reason}")
        else:
            rows.append(_row(number, event, zone))
    if not rows:
        raise _without_exam(len(events))
    if len(left_out) > _MOST_LISTED:
        left_out[_MOST_LISTED:] = [f"{len(left_out) - _MOST_LISTED} more events were left out"]
    return ParsedFile(format=FORMAT, kind="credentials", rows=tuple(rows), problems=tuple(left_out))


def without_past_bookings(parsed: ParsedFile, today: date) -> ParsedFile:
    """Return a calendar in which no exam before `today` is called booked: how it went the calendar does not know.

    Other files state a stage themselves, and come back as they are.
    """
    if parsed.format != FORMAT:
        return parsed
    return replace(parsed, rows=tuple(_without_past_booking(row, today) for row in parsed.rows))


def _without_past_booking(row: ParsedRow, today: date) -> ParsedRow:
    draft = row.draft
    if not isinstance(draft, CredentialDraft) or draft.exam_on is None or draft.exam_on.last_day >= today:
        return row
    return replace(row, draft=replace(draft, stage=None))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    noun: str
    uid: str
    url: str
    title: str
    place: str
    description: str
    status: str
    is_repeated: bool
    start: date | None


def _read(data: bytes) -> tuple[list[_Event], str]:
    from icalendar import Calendar

    if len(data) > _MOST_BYTES:
        raise KnownError(
            "The calendar is larger than 2 MB. Nothing was imported.", "Export only the exams, or a shorter time."
        )
    try:
        parts = cast("list[Component]", Calendar.from_ical(decode(data).text.replace("\0", ""), multiple=True))
        events = [_event(event) for part in parts for event in _walk(part)]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError, OSError):
        # What the library lets through for damaged lines; it has no error of its own for them.
        raise _damaged() from None
    if not parts:
        raise _damaged()
    return events, next((str(part["X-WR-TIMEZONE"]) for part in parts if "X-WR-TIMEZONE" in part), "")


def _without_exam(count: int) -> KnownError:
    if count == 0:
        return KnownError("The calendar holds no events. Nothing was imported.", "Export it again from your calendar.")
    what = "1 event, which does not look like an exam" if count == 1 else f"{count} events: none looks like an exam"
    return KnownError(
        f"The calendar holds {what}. Nothing was imported.", "Write “exam” into the title of the event and try again."
    )


def _walk(part: "Component") -> "list[Component]":
    return [*part.walk("VEVENT"), *part.walk("VTODO")]  # pyright: ignore[reportUnknownMemberType]


def _damaged() -> KnownError:
    return KnownError("The calendar file is damaged. Nothing was imported.", "Export it again from your calendar.")


def _event(component: "Component") -> _Event:
    is_to_do = component.name == "VTODO"
    when = component.get("DUE", component.get("DTSTART")) if is_to_do else component.get("DTSTART")
    start = cast("object", getattr(when, "dt", None))
    # Of a series that was moved event by event all have the same UID.
    moved = cast("object", getattr(component.get("RECURRENCE-ID"), "dt", None))
    uid = " ".join(str(one) for one in (component.get("UID"), moved) if one)
    return _Event(
        noun="to-do" if is_to_do else "event",
        uid=uid,
        url=str(component.get("URL") or ""),
        title=str(component.get("SUMMARY") or ""),
        place=str(component.get("LOCATION") or ""),
        description=str(component.get("DESCRIPTION") or ""),
        status=str(component.get("STATUS") or ""),
        is_repeated="RRULE" in component,
        start=start if isinstance(start, date) else None,
    )


def _reason_against(event: _Event) -> str:
    """Return why an event is no exam that can be planned, or ""."""
    title = event.title[:500]
    at_centre = _TEST_CENTRE.search(" ".join((title, event.place[:500], event.description[:2000])))
    if not (_EXAM.search(title) or at_centre) or _NO_EXAM.search(title):
        return "no exam by its title"
    if not line(title, []):
        return "no title"
    if event.status.upper() in {"CANCELLED", "COMPLETED"}:
        return event.status.lower()
    if event.start is None:
        return "no date that can be read"
    return "a repeated event" if event.is_repeated else ""


def _row(number: int, event: _Event, zone_name: str) -> ParsedRow:
    notes: list[str] = []
    title = line(event.title, notes)
    bare = _AROUND.sub("", title).strip()
    day, time, zone = _moment(event.start, zone_name, notes)
    address = web_address(event.url, notes)
    draft = CredentialDraft(
        title=bare if len(bare) > 3 else title,
        human_code=next(iter(extract_codes(title)), ""),
        stage=Stage.PLANNED if event.noun == "to-do" else Stage.BOOKED,
        exam_on=day,
        exam_time=time,
        exam_zone=zone,
        exam_place=line(event.place, notes),
        external_id=line(event.uid, []),
        notes=described(paragraph(event.description, notes), sentence("Link", [address], notes)),
    )
    where = f"{event.noun} {number}"
    return ParsedRow(where, number, draft, tuple(f"{where}: {note}" for note in notes), (title, draft.exam_place))


def _moment(start: date | None, zone_name: str, notes: list[str]) -> tuple[PartialDate | None, str, str]:
    """Return day, time and zone. UTC becomes the calendar's own zone; a time without zone is noted and left out."""
    if start is None:
        return None, "", ""
    if not isinstance(start, datetime):
        return PartialDate.of(start), "", ""
    own = _zone(zone_name)
    zone = str(getattr(start.tzinfo, "key", "") or "")
    if start.tzinfo is None or not zone:
        if start.tzinfo is None and own is not None:
            return PartialDate.of(start.date()), f"{start:%H:%M}", zone_name
        notes.append(f"the time {start:%H:%M} names no time zone that is known and was left out")
        return PartialDate.of(start.date()), "", ""
    if zone == "UTC" and own is not None:
        # The last hours of the year 9999 are in no other zone.
        with suppress(OverflowError):
            start, zone = start.astimezone(own), zone_name
    return PartialDate.of(start.date()), f"{start:%H:%M}", zone


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, LookupError):
        return None
