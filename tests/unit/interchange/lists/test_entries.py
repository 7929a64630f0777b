import time

import pytest

from learnpath.errors import KnownError
from learnpath.interchange.lists import entries, linked_data_pages
from learnpath.interchange.lists.entries import Entry, load_lenient, load_list, minutes_of, term_of, without_tracking
from learnpath.interchange.lists.linked_data_pages import linked_data


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        ("https://a.org/x", "https://a.org/x"),
        ("https://a.org/x?b=1", "https://a.org/x?b=1"),
        ("https://a.org/x?WT.mc_id=api", "https://a.org/x"),
        ("https://a.org/x?b=1&utm_source=y&c=#d", "https://a.org/x?b=1&c=#d"),
        ("https://[a/x?trk=1", "https://[a/x?trk=1"),
    ],
)
def test_tracking_is_taken_off(address: str, clean: str) -> None:
    assert without_tracking(address) == clean


def test_commas_before_a_closing_bracket_do_no_harm() -> None:
    assert load_lenient(b'{"a": [1, 2,], "b": ",]",}') == {"a": [1, 2], "b": ",]"}
    with pytest.raises(KnownError):
        load_lenient(b'{"a": ,}')
    with pytest.raises(KnownError):
        load_lenient(b'{"a": "b",')


def test_mending_takes_time_in_proportion() -> None:
    started = time.perf_counter()
    for text in (b'["\\"' * 100_000, b", " * 200_000, b'"' * 200_001, b",\n" * 100_000 + b" " * 100_000):
        with pytest.raises(KnownError):
            load_lenient(text)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    "text", [b"<", b"<!", b"<!--", b"<script type='application/ld+json'>", b"<a b='", b"&#", b"</"]
)
def test_reading_a_page_takes_time_in_proportion(text: bytes) -> None:
    started = time.perf_counter()
    assert isinstance(linked_data(b"<html>" + text * (300_000 // len(text))), list)
    assert time.perf_counter() - started < 5


def test_sizes_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KnownError, match="larger than 64 MB: no list is that long"):
        load_list(b" " * ((64 << 20) + 1))
    monkeypatch.setattr(linked_data_pages, "_MOST_BYTES", 10)
    with pytest.raises(KnownError, match="web page is larger"):
        linked_data(b"<html>.....")


@pytest.mark.parametrize("part", [b"[],", b"{},", b"1,"])
def test_lists_of_endless_parts_are_refused_before_they_are_read(part: bytes) -> None:
    started = time.perf_counter()
    with pytest.raises(KnownError, match="more parts than any real list"):
        load_list(b"[" + part * 2_500_000 + b"1]")
    assert time.perf_counter() - started < 2


def test_the_number_of_entries_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.unit.interchange.list_files import ROLES, as_json

    from learnpath.interchange.formats import parse_file

    monkeypatch.setattr(entries, "_MOST_ENTRIES", 1)
    with pytest.raises(KnownError, match="more than 15,000 entries"):
        parse_file(as_json(ROLES), "x.json")


def test_effort_and_terms() -> None:
    assert (minutes_of("PT22H"), minutes_of("P4Y"), minutes_of("")) == (1320, None, None)
    assert (term_of("P3Y"), term_of("often"), term_of("")) == ("P3Y", "", "")
    entry = Entry(1, {"a": True, "b": -4, "c": 90.0, "d": "4"})
    assert [entry.minutes(name) for name in ("a", "b", "c", "d", "e")] == [None, None, 90, None, None]


def test_an_entry_without_a_name_cannot_be_used() -> None:
    from learnpath.interchange.drafts import ProgramDraft

    entry = Entry(2, {"name": "a\u202eb", "when": "yesterday"})
    assert entry.date("when") is None
    assert entry.line("name") == "ab"
    row = entry.row(ProgramDraft(name=""))
    assert row.draft is None
    assert row.problems[0] == "entry 2: no name"
    assert len(row.problems) == 3
