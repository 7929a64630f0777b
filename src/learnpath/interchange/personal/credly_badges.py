"""The format `credly_badges`: the badges a person has earned on Credly, as a profile lists them (`badges.json`).

An array, or the `data` of an answer of Credly's interface. Each entry holds the template of its badge; templates alone
are a catalogue (`lists.credly_catalogue`).
"""

import re
from collections.abc import Iterator

from learnpath.domain.dates import PartialDate
from learnpath.domain.records import Stage
from learnpath.errors import KnownError
from learnpath.interchange.badges.found import joined
from learnpath.interchange.badges.shape import JsonObject, is_object, objects, one_object
from learnpath.interchange.drafts import CredentialDraft, ParsedFile, ParsedRow, ParseOptions
from learnpath.interchange.lists.credly import issuer_of, type_of
from learnpath.interchange.lists.entries import Entry, as_objects, is_json, listed, load_list

FORMAT = "credly_badges"
_MARKS = (b'"issued_at"', b'"issued_at_date"', b'"expires_at_date"', b'"accepted_at"')
_LISTS = ("data", "badges")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
_MOST_TOLD = 20
_ENDED = "Credly lists it as expired, without saying since when"
_REJECTED = "You rejected it on Credly"


def sniff(data: bytes, file_name: str) -> float:
    """Return 0.9 for JSON whose entries hold the template of a badge, and when it was issued."""
    del file_name
    if not is_json(data) or b'"badge_template"' not in data or not any(mark in data for mark in _MARKS):
        return 0.0
    try:
        return 0.9 if any(_is_badge(thing) for thing in _things(load_list(data))) else 0.0
    except KnownError:
        # A damaged list: said when nobody else knows the file.
        return 0.4


def parse(data: bytes, options: ParseOptions) -> ParsedFile:
    """Return the badges as credentials. Raises KnownError for damaged JSON and for lists without earned badges."""
    del options
    things = _things(load_list(data))
    earned = things if any(_is_badge(thing) for thing in things) else []
    rows = (_row(number, thing) for number, thing in enumerate(earned, start=1))
    return listed(FORMAT, "credentials", rows, "The file lists no badges that somebody earned on Credly.")


def _things(value: object) -> list[JsonObject]:
    if is_object(value):
        document = one_object(value)
        value = next((document[name] for name in _LISTS if name in document), value)
    return objects(value) if is_object(value) and _is_badge(one_object(value)) else as_objects(value)


def _is_badge(thing: JsonObject) -> bool:
    return is_object(thing.get("badge_template"))


def _row(number: int, thing: JsonObject) -> ParsedRow:
    described = one_object(thing.get("badge_template"))
    entry, template = Entry(number, thing, "badge"), Entry(number, described)
    # What was left out of the template is told with the badge.
    template.notes = entry.notes
    awarded, until = entry.date("issued_at_date", "issued_at"), entry.date("expires_at_date", "expires_at")
    state = entry.line("state").lower()
    reason = _REJECTED if state == "rejected" else _ENDED if state == "expired" and until is None else ""
    key = entry.line("id")
    address = f"https://www.credly.com/badges/{key.lower()}" if _UUID.fullmatch(key) else ""
    _note_state(thing, state, entry.notes)
    draft = CredentialDraft(
        title=template.line("name"),
        issuer_name=Entry(number, {"name": issuer_of(thing) or issuer_of(described)}).line("name"),
        achievement_type=type_of(described),
        level=template.line("level"),
        stage=Stage.LET_GO if reason else Stage.EARNED,
        awarded_on=awarded,
        valid_until=until,
        revoked_on=_revoked_on(entry, state, awarded),
        let_go_reason=reason,
        external_id=address or key,
        verification_url=address or entry.address("badge_url"),
        notes=joined([part for part in _told(entry, template) if part]),
        skill_names=template.names("skills"),
    )
    return entry.row(draft)


def _note_state(thing: JsonObject, state: str, notes: list[str]) -> None:
    if state == "pending":
        notes.append("not accepted on Credly yet: its address leads nowhere until you accept it there")
    elif thing.get("public") is False or thing.get("is_private_badge") is True:
        notes.append("private on Credly: nobody else can open its address")


def _revoked_on(entry: Entry, state: str, awarded: PartialDate | None) -> PartialDate | None:
    if state != "revoked" and not entry.thing.get("revoked_at"):
        return None
    day = entry.date("revoked_at")
    if day is None:
        instead = "enter the day yourself" if awarded is None else "the day of the award stands in for it"
        entry.notes.append(f"the issuer has revoked this badge, without saying when: {instead}")
    return day or awarded


def _told(entry: Entry, template: Entry) -> Iterator[str]:
    """Yield what the badge is for, what it asked for, what proves it and what others say of it."""
    yield template.paragraph("description")
    asked = Entry(0, {"title": template.thing.get("badge_template_activities")}).names("title", inner=("title",))
    yield f"Criteria: {'; '.join(asked)}" if asked else ""
    reason = entry.line("revocation_reason", "revoked_reason")
    yield f"Revoked by the issuer: {reason}" if reason else ""
    for proof in objects(entry.thing.get("evidence"))[:_MOST_TOLD]:
        part = Entry(0, proof)
        words = (part.line("name", "title"), part.paragraph("description"), part.address("url", "file_url", "id"))
        yield _sentence("Evidence", words)
    for praise in objects(entry.thing.get("recommendations"))[:_MOST_TOLD]:
        part = Entry(0, praise)
        words = (part.paragraph("comment", "text", "description"), part.line("recommender_name", "name"))
        yield _sentence("Recommendation", words)


def _sentence(what: str, words: tuple[str, ...]) -> str:
    found = dict.fromkeys(word for word in words if word)
    return f"{what}: {' – '.join(found)}" if found else ""
