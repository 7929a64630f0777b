"""Badge files changed at random give a parsed file or a sentence, never a traceback, and quickly."""

import json
import random
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.interchange.badges.makers import ASSERTION, CREDENTIAL, EUROPEAN, baked, encoded, png, svg, token

from learnpath.domain.records import Stage
from learnpath.errors import KnownError
from learnpath.interchange.drafts import CredentialDraft
from learnpath.interchange.formats import parse_file

_CLR = {"type": ["ClrCredential"], "credentialSubject": {"verifiableCredential": [CREDENTIAL, token(CREDENTIAL)]}}
_DOCUMENTS: tuple[Any, ...] = (
    ASSERTION,
    CREDENTIAL,
    EUROPEAN,
    _CLR,
    {"payload": encoded(EUROPEAN).decode(), "signatures": []},
)
_FILES: dict[str, tuple[bytes, ...]] = {
    "json": tuple(map(encoded, _DOCUMENTS)),
    "token": (token(CREDENTIAL).encode(), token({"vc": CREDENTIAL, "nbf": 5}).encode()),
    "png": (
        png(baked(encoded(ASSERTION))),
        png(baked(encoded(ASSERTION), kind=b"tEXt")),
        png(baked(encoded(CREDENTIAL), b"openbadgecredential", b"zTXt")),
    ),
    "svg": (
        svg("", encoded(ASSERTION).decode()),
        svg(token(CREDENTIAL), "", "https://purl.imsglobal.org/ob/v3p0", "credential"),
    ),
}
_VALUES: tuple[object, ...] = (
    *(None, True, 0, -1, 1e300, 10**30, "", " ", "\0", "\u202e", "x" * 5000, "https://", "https://[", "javascript:x"),
    *(
        "%ff",
        "2015-04-31",
        "Assertion",
        "ey.ey.ey",
        [],
        {},
        [[]],
        [None],
        {"id": 5},
        {"@value": []},
        {"en": {}},
        [5, "a"],
    ),
    *({"id": "https://a.example/b"}, {"type": 5}, {"name": "n"}, ["https://a.example", {"name": "n"}]),
)
_DIRECTION = frozenset("\u202d\u202e\0\x07\n")
_PIECES = (
    b"\0",
    b"\xff",
    b'"',
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b"ey",
    b".",
    b"IEND",
    b"<",
    b"&a;",
    b"]]>",
    b"1e999",
    b"\\ud800",
)


def check_sentence(problem: KnownError) -> None:
    assert problem.message
    assert problem.hint


def read(data: bytes) -> bool:
    """Return whether a file was read."""
    try:
        parsed = parse_file(data, "x", format="badge")
    except KnownError as problem:
        check_sentence(problem)
        return False
    for row in parsed.rows:
        assert row.problems or isinstance(row.draft, CredentialDraft)
        assert row.line >= 1
        assert all(text.isprintable() and len(text) <= 350 for text in (*row.problems, *row.raw))
        if isinstance(row.draft, CredentialDraft):
            assert row.draft.title
            assert len(row.draft.notes) <= 8000
            texts = (row.draft.title, row.draft.issuer_name, row.draft.external_id, *row.draft.skill_names)
            assert all(not _DIRECTION & set(text) and len(text) <= 2000 for text in texts)
            assert row.draft.stage is Stage.EARNED
            assert row.draft.verification_url.lower().startswith(("http", "")[row.draft.verification_url == ""])
    return True


def mutate_bytes(data: bytes, chance: random.Random) -> bytes:
    """Return a file with a few places changed, cut out, doubled or filled with what parsers stumble over."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(changed) + 1)
        end = min(len(changed), at + chance.randrange(30))
        piece = (chance.choice(_PIECES), bytes([chance.randrange(256)]), changed[at:end] * 2, b"")[chance.randrange(4)]
        changed[at : end if chance.random() < 0.5 else at] = piece
    return bytes(changed)


def mutate_value(value: Any, chance: random.Random) -> Any:
    """Return a document in which values are others, in other places, missing or doubled."""
    if chance.random() < 0.06:
        return chance.choice(_VALUES)
    if isinstance(value, dict):
        kept = {name: mutate_value(part, chance) for name, part in value.items() if chance.random() > 0.02}
        return [kept, kept] if chance.random() < 0.02 else kept
    if isinstance(value, list):
        return [mutate_value(part, chance) for part in value]
    return [value] if chance.random() < 0.03 else value


def wrap(document: bytes, kind: str) -> bytes:
    """Return a document as a file of a kind."""
    if kind == "token":
        return token(json.loads(document)).encode()
    if kind == "svg":
        return svg("", document.decode().replace("]]>", ""))
    return png(baked(document)) if kind == "png" else document


def mutant(seed: int, kind: str) -> bytes:
    """Return one changed badge file of a kind: half of them changed in bytes, half in what they say."""
    chance = random.Random(seed)
    if chance.random() < 0.5:
        return mutate_bytes(chance.choice(_FILES[kind]), chance)
    return wrap(encoded(mutate_value(json.loads(encoded(chance.choice(_DOCUMENTS))), chance)), kind)


@settings(max_examples=250, deadline=None)
@given(st.integers(0, 2**40), st.sampled_from(sorted(_FILES)))
def test_changed_badges_are_read_or_refused(seed: int, kind: str) -> None:
    read(mutant(seed, kind))


@settings(max_examples=150, deadline=None)
@given(st.recursive(st.sampled_from(_VALUES), lambda inner: st.lists(inner, max_size=3), max_leaves=6), st.data())
def test_any_value_may_stand_anywhere(value: object, data: st.DataObject) -> None:
    document = data.draw(st.sampled_from(_DOCUMENTS))
    name = data.draw(st.sampled_from(sorted(document)))
    read(encoded({**document, name: value}))
    if isinstance(subject := document.get("credentialSubject"), dict):
        inner = data.draw(st.sampled_from(sorted(subject)))
        read(encoded({**document, "credentialSubject": {**subject, inner: value}}))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.sampled_from((b"", b"\x89PNG\r\n\x1a\n", b"<svg ", b"ey", b"{")))
def test_any_bytes_are_read_or_refused(data: bytes, start: bytes) -> None:
    read(start + data)


@pytest.mark.heavy
@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", sorted(_FILES))
def test_ten_thousand_changed_badges(kind: str) -> None:
    read_well, slowest = 0, 0.0
    for seed in range(10_000):
        data = mutant(seed, kind)
        before = time.monotonic()
        read_well += read(data)
        slowest = max(slowest, time.monotonic() - before)
    print(f"{kind}, 10,000 mutants: {read_well} read, {10_000 - read_well} refused, slowest {slowest:.3f} s")
    assert slowest < 5
    assert 1_000 < read_well < 9_900
