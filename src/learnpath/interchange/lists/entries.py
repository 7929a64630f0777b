"""What the lists share: JSON with its limits, and one entry of a list on its way to a row.

What the entries of one format are called is in the module of that format.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import cast
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from learnpath.domain.dates import PartialDate
from learnpath.errors import KnownError
from learnpath.interchange.badges.addresses import web_address
from learnpath.interchange.badges.moments import read_moment
from learnpath.interchange.badges.plain_text import line, paragraph
from learnpath.interchange.badges.shape import JsonObject, first_text, is_object, many, objects, text_of
from learnpath.interchange.badges.strict_json import JsonRules, load_json
from learnpath.interchange.cells.durations import read_minutes, read_term
from learnpath.interchange.cells.reading import UnreadableCell
from learnpath.interchange.corrections import lacking_title
from learnpath.interchange.drafts import Draft, ParsedFile, ParsedRow, TableKind, title_of

# A saved catalogue of all of Microsoft Learn has some MB; 64 MB is ten times that.
_MOST_BYTES = 64 * 1024 * 1024
# The full catalogue of Microsoft Learn has about 20,000 objects and 400,000 values.
_MOST_PARTS, _MOST_VALUES = 500_000, 2_000_000
_MOST_ENTRIES = 15_000
_MOST_NAMES = 40
_MOST_MINUTES = 600_000
# Longer ones are sentences that somebody put where a skill belongs.
_LONGEST_NAME = 120
_HINT = "Save the list again from where it came from. Nothing was imported."
_RULES = JsonRules(what="The list", kind="list", most_bytes=_MOST_BYTES, most_objects=_MOST_PARTS, hint=_HINT)
_TRACKING = re.compile(r"(?:wt\.mc_id|utm_\w+|trk|trackingid)", re.IGNORECASE)
_OUTER_COMMA = re.compile(r'("(?:[^"\\]|\\.)*(?:"|\Z))|,(?=\s*[}\]])', re.DOTALL)


def load_list(data: bytes) -> object:
    """Return the value of a JSON list of up to 64 MB. Raises KnownError like `strict_json.load_json`."""
    # Counted before reading: a million empty lists in 3 MB take seconds and ten times the memory.
    if data.count(b"[") + data.count(b"{") > _MOST_PARTS or data.count(b",") > _MOST_VALUES:
        raise KnownError("The list has more parts than any real list. Nothing was imported.", _HINT)
    return load_json(data, _RULES)


def load_lenient(data: bytes) -> object:
    """Return the value of JSON as web pages carry it: commas before a closing bracket do no harm.

    Raises KnownError like `load_list`.
    """
    try:
        return load_list(data)
    except KnownError:
        text = data[:_MOST_BYTES].decode("utf-8", "replace")
        mended = _OUTER_COMMA.sub(_keep_text, text)
        if mended == text:
            raise
        return load_list(mended.encode("utf-8", "replace"))


def is_json(data: bytes) -> bool:
    """Return whether bytes begin as a JSON object or list does."""
    return data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))


def without_tracking(address: str) -> str:
    """Return an address without the parameters that tell where a reader came from (`WT.mc_id`, `utm_source`)."""
    if "?" not in address:
        return address
    try:
        parts = urlsplit(address)
        kept = [(name, value) for name, value in parse_qsl(parts.query, True) if not _TRACKING.fullmatch(name)]
    except ValueError:
        return address
    if len(kept) == len(parse_qsl(parts.query, True)):
        return address
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(kept), parts.fragment))


class Entry:
    """One entry of a list: reads its properties as plain values and collects what was left out in `notes`."""

    def __init__(self, number: int, thing: Mapping[str, object], noun: str = "entry") -> None:
        self.thing = thing
        self.notes: list[str] = []
        self._number, self._where = number, f"{noun} {number}"

    def line(self, *names: str) -> str:
        """Return the first of the properties that holds text, as one line."""
        return line(first_text(*(self.thing.get(name) for name in names)), self.notes)

    def paragraph(self, *names: str) -> str:
        """Return the first of the properties that holds text, as plain text without markup."""
        return paragraph(first_text(*(self.thing.get(name) for name in names)), self.notes)

    def address(self, *names: str) -> str:
        """Return the first of the properties that holds a web address, without tracking; "" for any other."""
        found = (web_address(text_of(self.thing.get(name)), self.notes) for name in names)
        return without_tracking(next((address for address in found if address), ""))

    def date(self, *names: str) -> PartialDate | None:
        """Return the day the first of the properties names that holds anything."""
        name = next((name for name in names if self.thing.get(name)), names[0])
        return read_moment(self.thing.get(name), name, self.notes)

    def minutes(self, *names: str) -> int | None:
        """Return effort in minutes from a whole number of minutes; None for anything else."""
        return whole_minutes(next((self.thing[name] for name in names if self.thing.get(name)), None))

    def names(self, *keys: str, inner: Sequence[str] = ("name",)) -> tuple[str, ...]:
        """Return the names in properties that hold texts or objects called by one of `inner`: each once, at most 40."""
        found: list[str] = []
        for part in (part for key in keys for part in many(self.thing.get(key))):
            # Before `text_of`: it would take a name of three letters, such as `url`, for a language.
            called = first_text(*(objects(part)[0].get(name) for name in inner)) if is_object(part) else ""
            text = called or text_of(part)
            found.append(line(text, self.notes))
        return tuple(dict.fromkeys(name for name in found if 0 < len(name) <= _LONGEST_NAME))[:_MOST_NAMES]

    def row(self, draft: Draft) -> ParsedRow:
        """Return the entry as a row; one without a title cannot be used."""
        problems = tuple(f"{self._where}: {note}" for note in dict.fromkeys(self.notes))
        raw = (title_of(draft), draft.issuer_name, draft.external_id)
        if not title_of(draft):
            spoiled = (f"{self._where}: no name", *problems)
            faults = lacking_title(draft, "no name")
            return ParsedRow(self._where, self._number, None, spoiled, raw, faults, unfinished=draft)
        return ParsedRow(self._where, self._number, draft, problems, raw)


def listed(format_name: str, kind: TableKind, rows: Iterable[ParsedRow], nothing: str) -> ParsedFile:
    """Return rows as a parsed file. Raises KnownError for more than 15,000, and with sentence `nothing` for none."""
    found = tuple(islice(rows, _MOST_ENTRIES + 1))
    if len(found) > _MOST_ENTRIES:
        raise KnownError("The list has more than 15,000 entries. Nothing was imported.", "Import it in parts.")
    if not found:
        raise KnownError(f"{nothing} Nothing was imported.", "Choose another file.")
    return ParsedFile(format=format_name, kind=kind, rows=found)


def as_objects(value: object) -> list[JsonObject]:
    """Return the objects of a list, or of an object whose values are objects by id."""
    parts = list(cast("JsonObject", value).values()) if is_object(value) else many(value)
    return [found for part in parts if is_object(part) for found in objects(part)]


def whole_minutes(value: object, times: int = 1) -> int | None:
    """Return effort in minutes from a number (of `times` minutes each); None for anything else."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value * times <= _MOST_MINUTES:
        return None
    return round(value * times) or None


def minutes_of(text: str) -> int | None:
    """Return the effort a text such as `PT22H` names; None for calendar time (`P4Y`) and other text."""
    try:
        return read_minutes(text) if text else None
    except UnreadableCell:
        return None


def term_of(text: str) -> str:
    """Return a term of validity such as `P3Y`, "" for text that is none."""
    try:
        return read_term(text) if text else ""
    except UnreadableCell:
        return ""


def _keep_text(match: re.Match[str]) -> str:
    return match[1] or ""
