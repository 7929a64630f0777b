"""Files of one person: calendars, résumés of Europass, and the text of certificates on paper."""

from hypothesis import strategies as st
from tests.unit.interchange.fuzz.fuzzer import Fuzzer
from tests.unit.interchange.fuzz.odd_markup import nearly_xml
from tests.unit.interchange.fuzz.odd_values import choice, damaged, odd_texts, with_sign
from tests.unit.interchange.list_files import CALENDAR, CV, NEW_CV, OLD_CV

_STARTS = (
    "DTSTART:20261204T081500Z", "DTSTART;VALUE=DATE:20270131", "DTSTART;TZID=America/New_York:20260720T183000",
    "DTSTART:20260721T090000", "DTSTART;TZID=../../etc/passwd:20260721T090000", "DTSTART;TZID=:20260721T090000",
    "DTSTART:99991231T235959Z", "DTSTART:00010101T000000Z", "DTSTART;VALUE=PERIOD:20260721T090000/PT1H",
    "DTSTART:20261332T256199", "DTSTART;VALUE=DATE:20260721T090000Z", "DTSTART:20260721T090000,20260722T090000",
    'DTSTART;TZID="x\u202ey":20260721T090000', "DTSTART;TZID=Nowhere/Land:20260721T090000",
)  # fmt: skip
_OTHERS = ("RRULE:FREQ=WEEKLY", "RRULE:FREQ=NEVER;COUNT=x", "STATUS:CANCELLED", "UID:1", "DESCRIPTION:Bring\\na pass",
           "X-A;B=\"c;d\":e", "BEGIN:VALARM", "END:VALARM", "END:VEVENT", "BEGIN:VEVENT", "BEGIN:VTIMEZONE",
           "TZID:Custom", "TZOFFSETFROM:+9999", ":", ";", "SUMMARY", "CATEGORIES:a,b", "ATTACH:file:///x",
           "SUMMARY;ENCODING=QUOTED-PRINTABLE:=00", "BEGIN:VEVENT\r\nBEGIN:VEVENT")  # fmt: skip
_names = st.sampled_from(("SUMMARY", "LOCATION", "DESCRIPTION", "DTSTART", "X-WR-TIMEZONE", "STATUS", "DTSTART;TZID=x"))


@st.composite
def _calendars(draw: st.DrawFn) -> bytes:
    lines = ["BEGIN:VCALENDAR", draw(choice(("X-WR-TIMEZONE:Europe/Budapest", "X-WR-TIMEZONE:x/../y", "VERSION:9")))]
    for _ in range(draw(st.integers(0, 3))):
        titles = st.sampled_from(("Exam: AZ-900 Weaving", "Meisterprüfung", "Examen")) | with_sign("Exam of weaving")
        event = ["BEGIN:VEVENT", f"SUMMARY:{draw(titles)}", draw(st.sampled_from(_STARTS)), "END:VEVENT"]
        odd = st.builds("{}:{}".format, _names, odd_texts) | st.sampled_from(_OTHERS)
        for line in draw(st.lists(odd, max_size=3)):
            event.insert(draw(st.integers(0, len(event))), line)
        lines += event
    if draw(st.integers(0, 4)):
        lines.append("END:VCALENDAR")
    text = draw(choice(("\r\n", "\n", "\r"))).join(lines)
    return text.encode(draw(choice(("utf-8", "utf-16", "utf-8-sig"))), "surrogatepass")


FUZZERS = (
    Fuzzer("calendar", "calendar", CALENDAR, _calendars() | damaged(CALENDAR)),
    Fuzzer("Europass CV", "europass_cv", CV, nearly_xml(CV)),
    Fuzzer("Europass CV of other versions", "europass_cv", OLD_CV, nearly_xml(OLD_CV, NEW_CV)),
)
_WORDS = ("CERTIFICATE OF COMPLETION", "Ada Example", "has successfully completed the course", "Weaving", "2024-05-06",
          "Issued 31.04.2024", "Valid until 2099-99-99", "Certificate ID: W-17-001", "https://a.example/verify/1",
          "www.a.example/cert/%00", "Issued by Guild", "May 2024", "Date: 1 de mayo de 2024", "is awarded", "for",
          "Congratulations", "No: #", "Certified Weaver Professional", "at an online course")  # fmt: skip
certificate_texts: st.SearchStrategy[str] = st.lists(
    st.one_of(st.sampled_from(_WORDS), odd_texts, st.sampled_from(_WORDS).flatmap(with_sign)), max_size=14
).map("\r\n".join)
"""Texts as they stand on certificates, for a reader that takes the place of the process that reads PDFs."""
