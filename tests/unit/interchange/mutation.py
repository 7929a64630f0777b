"""Small damage to valid files: bytes lost, doubled, changed; values of JSON replaced by what nobody expects there."""

import json
from random import Random
from typing import Any

from learnpath.errors import KnownError
from learnpath.interchange.drafts import CredentialDraft, ParsedFile, ProgramDraft, SkillDraft, title_of
from learnpath.interchange.formats import parse_file

_ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 10**400, 1.5, "", " ", "x" * 5000, "\u202eabc\x00", "<b>b</b>", "javascript:alert(1)"),
    *("2015-04-31", "P3Y", "nan", "https://[", "data:,", [], {}, [[[]]], [None], {"": None}, {"@value": {}}),
    *({"id": 3}, {"en": ["a", {}]}, [{"name": []}], {"@graph": [{}]}, "9999-12-31T23:59:59.9999999+14:00"),
)  # fmt: skip
_BYTES = (b"", b"\0", b"\xff\xfe", b'"', b"{", b"]", b"<", b"&", b";", b":", b"\r", b"\n ", b"\xed\xa0\x80", b"9" * 400)


def mutate(data: bytes, random: Random) -> bytes:
    """Return the bytes with one to four things wrong."""
    if data.lstrip().startswith((b"{", b"[")) and random.random() < 0.6:
        document = json.loads(data)
        for _ in range(random.randint(1, 4)):
            document = _replace(document, random)
        return json.dumps(document).encode()
    for _ in range(random.randint(1, 4)):
        first = random.randint(0, len(data))
        last = min(len(data), first + random.choice((0, 1, 2, 8, 60)))
        data = data[:first] + random.choice((*_BYTES, data[first:last] * 2)) + data[last:]
    return data


def check_answer(data: bytes, name: str, format: str | None = None) -> None:
    """Fail unless a file is read, or refused with a sentence."""
    refusal: KnownError | None = None
    parsed: ParsedFile | None = None
    try:
        parsed = parse_file(data, name, format=format)
    except KnownError as error:
        refusal = error
    if parsed is None:
        assert refusal is not None
        assert refusal.message.endswith(".")
        assert refusal.hint
        return
    for row in parsed.rows:
        assert row.problems or row.draft is not None
        if isinstance(row.draft, ProgramDraft):
            assert row.draft.name
            assert not row.draft.url or row.draft.url.lower().startswith(("http://", "https://"))
        elif isinstance(row.draft, CredentialDraft):
            assert row.draft.title
            address = row.draft.verification_url
            assert not address or address.lower().startswith(("http://", "https://"))
        elif row.draft is not None:
            assert title_of(row.draft)
            if isinstance(row.draft, SkillDraft):
                assert not row.draft.uri or row.draft.uri.startswith(("http://", "https://"))


def _replace(value: Any, random: Random) -> Any:
    """Return a copy with one value inside replaced, removed or renamed."""
    if isinstance(value, dict) and value and random.random() < 0.85:
        copy: dict[str, Any] = dict(value)  # pyright: ignore[reportUnknownArgumentType]
        key = random.choice(list(copy))
        if random.random() < 0.1:
            del copy[key]
        else:
            copy[key] = _replace(copy[key], random)
        return copy
    if isinstance(value, list) and value and random.random() < 0.85:
        items: list[Any] = list(value)  # pyright: ignore[reportUnknownArgumentType]
        at = random.randrange(len(items))
        items[at] = _replace(items[at], random)
        return items
    return random.choice(_ODD)
