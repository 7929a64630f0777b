"""A few mutants of every format; `python -m tests.mutants --full` reads ten thousand of each."""

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.mutants import __main__ as command
from tests.mutants import run
from tests.mutants.mutation import ODD
from tests.mutants.run import Outcome, answer, mutant_of, run_kind, table
from tests.mutants.seeds import Seed, format_of, kind_of, name_of, seeds_by_kind
from tests.unit.interchange.list_files import EARNED_BADGES, as_json

from learnpath.interchange.formats import format_names

SEEDS = seeds_by_kind()
DOCUMENTS = [json.loads(seed.data) for seed in SEEDS["badge-json"]]
STARTS = (
    b"",
    b"\x89PNG\r\n\x1a\n",
    b"<svg ",
    b"ey",
    b"{",
    b'[{"issued_at": 1, "badge_template": {"name": "',
    b"PK\x03\x04",
    b"%PDF-",
    b"BEGIN:VCALENDAR\n",
    b"|a|b|\n|-|-|\n",
)


def test_every_format_is_among_them() -> None:
    assert {format_of(kind) for kind in SEEDS} == {*format_names(), None}


@pytest.mark.parametrize("kind", SEEDS)
def test_what_is_damaged_was_valid(kind: str) -> None:
    for seed in SEEDS[kind]:
        assert kind_of(seed.file, name_of(kind)) == kind
        assert answer(seed.file, None, name_of(kind))


@pytest.mark.parametrize("kind", SEEDS)
def test_a_mutant_is_read_or_refused_with_a_sentence(kind: str) -> None:
    outcome = run_kind(kind, SEEDS[kind], 10 if kind == "pdf_certificate" else 60)
    assert not outcome.crashes
    assert not outcome.hangs
    assert outcome.read + outcome.refused == outcome.mutants


@settings(max_examples=150)
@given(st.recursive(st.sampled_from(ODD), lambda inner: st.lists(inner, max_size=3), max_leaves=6), st.data())
def test_any_value_may_stand_anywhere_in_a_badge(value: object, data: st.DataObject) -> None:
    document = data.draw(st.sampled_from(DOCUMENTS))
    name = data.draw(st.sampled_from(sorted(document)))
    _ = answer(json.dumps({**document, name: value}).encode())
    if isinstance(subject := document.get("credentialSubject"), dict) and subject:
        inner = data.draw(st.sampled_from(sorted(subject)))
        _ = answer(json.dumps({**document, "credentialSubject": {**subject, inner: value}}).encode())


@settings(max_examples=150)
@given(st.recursive(st.sampled_from(ODD), lambda inner: st.lists(inner, max_size=3), max_leaves=6), st.data())
def test_any_value_may_stand_anywhere_in_a_list_of_earned_badges(value: object, data: st.DataObject) -> None:
    badge: dict[str, Any] = EARNED_BADGES["data"][0]
    name = data.draw(st.sampled_from(sorted({*badge, "revoked_at", "revocation_reason"})))
    state = data.draw(st.sampled_from(("accepted", "pending", "revoked", "expired", "rejected")))
    assert isinstance(answer(as_json([{**badge, "state": state, name: value}]), "credly_badges"), bool)
    template = badge["badge_template"]
    inner = data.draw(st.sampled_from(sorted(template)))
    assert answer(as_json([{**badge, "badge_template": {**template, inner: value}}]), "credly_badges")


@settings(max_examples=150)
@given(st.binary(max_size=300), st.sampled_from(STARTS))
def test_any_bytes_are_read_or_refused(data: bytes, start: bytes) -> None:
    _ = answer(start + data)


def test_a_crash_and_a_hang_are_found(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    seeds = [Seed(b"title,vendor\nA,B\n")]
    crashing, hanging = mutant_of("table", seeds, 2), mutant_of("table", seeds, 4)

    def read(data: bytes, *_: object) -> bool:
        if data == crashing:
            raise ZeroDivisionError("no sentence")
        while data == hanging:
            time.sleep(0.01)
        return True

    monkeypatch.setattr(run, "answer", read)
    monkeypatch.setattr(run, "HANG_SECONDS", 0.2)
    monkeypatch.setattr(command, "FEW", 6)
    monkeypatch.setattr(command, "seeds_by_kind", lambda: {"table": seeds})
    assert command.main(["table"]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert printed[2].startswith("| table | 6 | 4 | 0 | 1 | 1 | 0.")
    assert printed[3].startswith("table 2: ZeroDivisionError: no sentence (")
    assert printed[4] == "table 4: hangs"


def test_the_table_has_a_line_for_each_format() -> None:
    lines = table([Outcome("xlsx", 10_000, 4_000, 6_000, slowest=0.25, memory=12)]).splitlines()
    assert lines[2] == "| xlsx | 10,000 | 4,000 | 6,000 | 0 | 0 | 0.25 s | 12 MB |"
