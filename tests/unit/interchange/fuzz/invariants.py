"""What holds for every file, however odd: it is refused with a sentence, or read into rows that can be imported."""

import re
import unicodedata
import zoneinfo
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from learnpath.domain.dates import PartialDate, Term
from learnpath.domain.money import Money
from learnpath.errors import KnownError
from learnpath.interchange.archive_parts import FilePart
from learnpath.interchange.csv_export import dump_credentials, own_delimiter
from learnpath.interchange.drafts import CredentialDraft, Draft, ParsedFile, ProgramDraft, title_of
from learnpath.interchange.formats import format_names, parse_file, split_file
from learnpath.interchange.known_records import KnownRecords
from learnpath.interchange.library_json import dump_library, load_library
from learnpath.interchange.plan import plan_import
from learnpath.interchange.text_decoding import decode
from learnpath.services.importing import apply_previews, preview_file
from learnpath.services.planning import Planning
from learnpath.services.previews import Preview
from learnpath.storage.library import Library

_STEERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_MOST_MINUTES = 600_000
_MOST_MINOR = 10**15
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_ENDS = (".", "”")


def read(data: bytes, file_name: str, format_name: str | None) -> list[tuple[FilePart, ParsedFile]]:
    """Return the parts of a file that can be read, with what they say; fails unless all is as it must be."""
    try:
        parts = (FilePart(file_name, data),) if format_name else split_file(data, file_name)
    except KnownError as error:
        refused, parts = [error], ()
    else:
        refused = []
    found: list[tuple[FilePart, ParsedFile]] = []
    for part in parts:
        try:
            found.append((part, parse_file(part.data, part.name, format=format_name)))
        except KnownError as error:
            refused.append(error)
    for error in refused:
        assert error.message.endswith(_ENDS)
        assert error.hint
        _check_text(error.message)
        _check_text(error.hint)
    for part, parsed in found:
        is_own = own_delimiter(decode(part.data[:4000]).text) is not None
        check(parsed, keeps_signs=parsed.kind == "library" or is_own)
    return found


def check(parsed: ParsedFile, *, keeps_signs: bool = False) -> None:
    """Fail unless a parsed file is as every one must be; `keeps_signs` for what this program wrote itself."""
    assert isinstance(parsed, ParsedFile)
    assert parsed.format in format_names()
    assert (parsed.kind == "library") == (parsed.contents is not None)
    assert parsed.is_evidence <= (parsed.kind == "credentials")
    for problem in parsed.problems:
        _check_text(problem)
    lines = [row.line for row in parsed.rows]
    assert len(set(lines)) == len(lines), "a row is there twice"
    for row in parsed.rows:
        assert row.line >= 1
        assert row.where
        assert row.draft is not None or row.problems, "a row is neither used nor told"
        assert row.draft is None or row.unfinished is None
        if keeps_signs:
            continue
        for text in (*row.problems, *row.raw, row.where, row.group, *(fault.reason for fault in row.faults)):
            _check_text(text)
        for draft in (row.draft, row.unfinished):
            if draft is not None:
                _check_draft(draft, is_titled=draft is row.draft)
    if parsed.table is not None and not keeps_signs:
        for text in _texts(parsed.table):
            _check_text(text)
    if parsed.kind != "library":
        plan = plan_import(parsed, KnownRecords(parsed.kind, [], {}))
        assert len(plan.rows) == len(parsed.rows) == sum(plan.counts.values())


def check_import(library: Library, data: bytes, file_name: str, format_name: str | None) -> None:
    """Fail unless what was read can be imported, and the library that it came into exported and read again."""
    parts = [part for part, _ in read(data, file_name, format_name)]
    planning = Planning(library)
    previews: list[Preview] = []
    for part in parts:
        previews.append(preview_file(library, part.name, part.data, after=tuple(previews), planning=planning))
    if not previews:
        return
    for preview, report in zip(previews, apply_previews(library, previews).value, strict=True):
        assert preview.plan is None or report.new == len(list(preview.plan.to_insert()))
    contents = library.contents()
    assert load_library(dump_library(contents, {}))[0] == contents
    _ = dump_credentials(contents)
    for part in parts:
        again = preview_file(library, part.name, part.data)
        assert again.plan is None or not list(again.plan.to_insert()), "what was imported is new again"


def _check_draft(draft: Draft, *, is_titled: bool) -> None:
    assert bool(title_of(draft).strip()) >= is_titled
    for text in _texts(draft):
        _check_text(text)
    for value in (getattr(draft, field.name) for field in fields(draft)):
        if isinstance(value, PartialDate):
            assert 1 <= value.first_day.year <= value.last_day.year <= 9999
        elif isinstance(value, Money):
            assert 0 <= value.minor <= _MOST_MINOR
    if not isinstance(draft, ProgramDraft | CredentialDraft):
        return
    assert draft.estimated_minutes is None or 0 <= draft.estimated_minutes <= _MOST_MINUTES
    if draft.valid_for:
        _ = Term.parse(draft.valid_for)
    address = draft.url if isinstance(draft, ProgramDraft) else draft.verification_url
    assert not address or address.lower().startswith(("http://", "https://"))
    if isinstance(draft, CredentialDraft):
        assert not draft.exam_time or _CLOCK.fullmatch(draft.exam_time)
        assert not draft.exam_zone or draft.exam_zone in zoneinfo.available_timezones()
        for days in (draft.renewal_opens_days, draft.grace_days):
            assert days is None or 0 <= days <= 36_500


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, dict):
        yield from _texts(list(value))
    elif is_dataclass(value) and not isinstance(value, PartialDate | Money):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def _check_text(text: str) -> None:
    odd = [sign for sign in text if sign in _STEERING or (_is_control(sign) and sign not in "\n\t\r")]
    assert not odd, f"{odd} in {text[:200]!r}"


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cs"}
